/** Small marks: a state, an agency, a person. Each has words; its colour only helps to find it again. */
import type { ReactNode } from 'react'
import { agencyColour } from '../lib/agency-colours.ts'

export type ChipTone = 'neutral' | 'primary' | 'success' | 'warning' | 'danger'

export function Chip({ tone = 'neutral', icon, children }: { tone?: ChipTone; icon?: ReactNode; children: ReactNode }) {
  return (
    <span className={`chip chip-${tone}`}>
      {icon}
      {children}
    </span>
  )
}

/** An agency by its short name, with its stable colour 0–11. The full name is given on hover and to screen readers. */
export function AgencyChip({ shortName, name, colour }: { shortName: string; name?: string; colour: number }) {
  return (
    <span className="chip agency-chip" title={name}>
      <span className="agency-dot" style={{ background: agencyColour(colour).solid }} aria-hidden="true" />
      {shortName}
    </span>
  )
}

/** A person: the agency's colour with the family name's first syllable. Beside the person's name, so hidden from screen readers. */
export function Avatar({ name, colour, size = 32 }: { name: string; colour: number; size?: number }) {
  const { solid, ink } = agencyColour(colour)
  return (
    <span
      className="avatar"
      style={{ background: solid, color: ink, inlineSize: size, blockSize: size, fontSize: Math.max(15, size * 0.46) }}
      aria-hidden="true"
    >
      {[...name.trim()][0] ?? '·'}
    </span>
  )
}
