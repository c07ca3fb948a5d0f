/** The agencies for which somebody may open a desk: their own, once each, and a choice where there are several. */
import { type ReactNode, useState } from 'react'
import type { Actor } from '../../../shared/access.ts'
import type { AgencyId } from '../../../shared/ids.ts'
import { useSession } from '../../lib/session.tsx'
import { Choice } from '../../ui/fields.tsx'

interface MyAgency {
  agencyId: AgencyId
  agencyName: string
  agencyShortName: string
}

/** Who has two roles in an agency has one agency. */
export function useAgenciesWhere(may: (actor: Actor, agencyId: AgencyId) => boolean): readonly MyAgency[] {
  const { actor, person } = useSession()
  const mine = person.memberships.filter(({ agencyId }) => may(actor, agencyId))
  return [...new Map(mine.map(one => [one.agencyId, one])).values()]
}

/** Nothing where there is none to choose from. */
export function AgencyChoice(props: {
  label: string
  agencies: readonly MyAgency[]
  value: AgencyId | undefined
  onChange: (agencyId: AgencyId) => void
}) {
  const { label, agencies, value, onChange } = props
  if (agencies.length < 2 || value === undefined) return null
  return (
    <Choice
      label={label}
      value={value}
      onChange={onChange}
      options={agencies.map(one => ({ id: one.agencyId, label: one.agencyShortName }))}
    />
  )
}

export interface ChosenAgency {
  /** Undefined for whom there is no such desk. */
  agencyId: AgencyId | undefined
  agencyName: string
  choice: ReactNode
}

/** One of them, for as long as the page is open. */
export function useChosenAgency(may: (actor: Actor, agencyId: AgencyId) => boolean, label: string): ChosenAgency {
  const agencies = useAgenciesWhere(may)
  const [agencyId, setAgency] = useState(agencies[0]?.agencyId)
  return {
    agencyId,
    agencyName: agencies.find(one => one.agencyId === agencyId)?.agencyName ?? '',
    choice: <AgencyChoice label={label} agencies={agencies} value={agencyId} onChange={setAgency} />,
  }
}
