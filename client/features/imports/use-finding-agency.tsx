/** For which agency somebody looks at found households: their own, chosen where there are several. */
import type { ReactNode } from 'react'
import { useSearchParams } from 'react-router'
import { canTriage } from '../../../shared/access.ts'
import type { AgencyId } from '../../../shared/ids.ts'
import { AgencyChoice, useAgenciesWhere } from '../shell/my-agencies.tsx'
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
  const [search, setSearch] = useSearchParams()
  const agencies = useAgenciesWhere(canTriage)
  const asked = search.get('agency')
  const agencyId = (agencies.find(one => one.agencyId === asked) ?? agencies[0])?.agencyId
  return {
    agencyId,
    query: agencies.length > 1 && agencyId !== undefined ? `?agency=${agencyId}` : '',
    choice: (
      <AgencyChoice
        label={t('agency')}
        agencies={agencies}
        value={agencyId}
        onChange={next => setSearch({ agency: next }, { replace: true })}
      />
    ),
  }
}
