import type { ReactNode } from 'react'
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components'
import { Link, type LinkProps } from 'react-router'

type Look = 'primary' | 'secondary' | 'tertiary' | 'text' | 'danger'
type Size = 'medium' | 'small' | 'large'

export interface ButtonProps extends Omit<AriaButtonProps, 'className' | 'style' | 'children'> {
  look?: Look
  size?: Size
  /** Stretches to the width of its place. */
  wide?: boolean
  children: ReactNode
}

/**
 * A verb of the work. While `isPending` it keeps its place and its focus, and presses do nothing. The pending state is our own: the library's
 * announces the button by reference, which points nowhere once the press has led to another screen.
 */
export function Button({
  look = 'secondary',
  size = 'medium',
  wide = false,
  isPending = false,
  children,
  ...props
}: ButtonProps) {
  const quiet: AriaButtonProps = isPending
    ? { type: 'button', onPress: () => {}, onClick: () => {}, 'aria-disabled': 'true' }
    : {}
  return (
    <AriaButton {...props} {...quiet} className={`button button-${look} button-${size}${wide ? ' button-wide' : ''}`}>
      {isPending ? <span className="spinner" aria-hidden="true" /> : null}
      {children}
    </AriaButton>
  )
}

/** Only a drawing; its words are the label. */
export function IconButton({
  label,
  children,
  ...props
}: Omit<AriaButtonProps, 'className' | 'style' | 'children' | 'aria-label'> & { label: string; children: ReactNode }) {
  return (
    <AriaButton {...props} aria-label={label} className="button button-text button-icon">
      {children}
    </AriaButton>
  )
}

/** Goes somewhere, looks like a button. */
export function ButtonLink({
  look = 'secondary',
  size = 'medium',
  ...props
}: Omit<LinkProps, 'className' | 'style'> & { look?: Look; size?: Size }) {
  return <Link {...props} className={`button button-${look} button-${size}`} />
}
