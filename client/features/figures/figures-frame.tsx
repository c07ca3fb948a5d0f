/** What the pages of the figures share: whose they are, and the ways from one to another. */
import { type ReactNode, useState } from 'react'
import { NavLink } from 'react-router'
import { canSeeFigures } from '../../../shared/access.ts'
import type { AgencyId } from '../../../shared/ids.ts'
import { useSession } from '../../lib/session.tsx'
import { Choice } from '../../ui/fields.tsx'
import { useFiguresTexts } from './use-figures-texts.ts'

export interface FiguresAgency {
  /** Undefined for who may see no agency's figures. */
  agencyId: AgencyId | undefined
  agencyName: string
  /** Nothing where there is none to choose from. */
  choice: ReactNode
}

export function useFiguresAgency(): FiguresAgency {
  const { t } = useFiguresTexts()
  const { actor, person } = useSession()
  const mine = person.memberships.filter(({ agencyId }) => canSeeFigures(actor, agencyId))
  // Who has two roles in an agency has one agency.
  const agencies = [...new Map(mine.map(one => [one.agencyId, one])).values()]
  const [agencyId, setAgency] = useState(agencies[0]?.agencyId)
  return {
    agencyId,
    agencyName: agencies.find(one => one.agencyId === agencyId)?.agencyName ?? '',
    choice:
      agencies.length > 1 && agencyId !== undefined ? (
        <Choice
          label={t('agency')}
          value={agencyId}
          onChange={setAgency}
          options={agencies.map(one => ({ id: one.agencyId, label: one.agencyShortName }))}
        />
      ) : null,
  }
}

export function FiguresWays() {
  const { t } = useFiguresTexts()
  return (
    <nav className="figures-ways no-print" aria-label={t('ways.label')}>
      <NavLink to="/figures" end>
        {t('ways.year')}
      </NavLink>
      <NavLink to="/figures/month">{t('ways.month')}</NavLink>
      <NavLink to="/figures/quarter">{t('ways.quarter')}</NavLink>
    </nav>
  )
}
