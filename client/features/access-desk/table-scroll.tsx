import type { ReactNode } from 'react'

/** A table that may be wider than its place: reached and moved by keyboard, too. */
export function TableScroll({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable
    <section className="table-scroll" tabIndex={0} aria-label={label}>
      {children}
    </section>
  )
}
