import type { ReactNode } from 'react'

/** What may be wider or longer than its place and holds little or nothing that takes the focus: reached and moved by keyboard, too. */
export function ScrollRegion({
  label,
  className = 'table-scroll',
  children,
}: {
  label: string
  className?: string
  children: ReactNode
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable
    <section className={className} tabIndex={0} aria-label={label}>
      {children}
    </section>
  )
}
