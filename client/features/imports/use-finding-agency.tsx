/** For which agency somebody looks at found households: their own, chosen where there are several. */
import type { ReactNode } from 'react'
import { useSearchParams } from 'react-router'
import { canTriage } from '../../../shared/access.ts'
import type { AgencyId } from '../../../shared/ids.ts'
import { useSession } from '../../lib/session.tsx'
import { Choice } from '../../ui/fields.tsx'
import { useImportTexts } from './use-import-texts.ts'

export interface FindingAgency {
  /** Undefined for who triages for no agency. */
  agencyId: AgencyId | undefined
  /** For links to the other pages of found households. */
  query: string
  /** Nothing where there is none to choose from. */
  choice: ReactNode
}

export function useFindingAgency(): FindingAgency {
  const { t } = useImportTexts()
  const { actor, person } = useSession()
  const [search, setSearch] = useSearchParams()
  const mine = person.memberships.filter(({ agencyId }) => canTriage(actor, agencyId))
  const agencies = [...new Map(mine.map(one => [one.agencyId, one])).values()]
  const asked = search.get('agency')
  const agencyId = (agencies.find(one => one.agencyId === asked) ?? agencies[0])?.agencyId
  return {
    agencyId,
    query: agencies.length > 1 && agencyId !== undefined ? `?agency=${agencyId}` : '',
    choice:
      agencies.length > 1 && agencyId !== undefined ? (
        <Choice
          label={t('agency')}
          value={agencyId}
          onChange={next => setSearch({ agency: next }, { replace: true })}
          options={agencies.map(one => ({ id: one.agencyId, label: one.agencyShortName }))}
        />
      ) : null,
  }
}
