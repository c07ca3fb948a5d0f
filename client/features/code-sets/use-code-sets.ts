/** The installation's code sets on a screen: what may be chosen, and what a code is called, also one that nobody chooses any more. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { CODE_SET_NAMES, type CodeSetName, shippedSet } from '../../../shared/code-sets/shipped.ts'
import type { CodeSetsView, CodeSetView } from '../../../shared/protocol/code-sets.ts'
import { useLanguage } from '../../i18n/use-language.ts'
import { useApi } from '../../lib/services.tsx'
import { codeSetsApi } from './code-sets-api.ts'
import { type CodesOnScreen, codesOnScreen } from './codes-on-screen.ts'

export const CODE_SETS_KEY = ['code-sets']
/** Labels change a few times a year; who publishes sees their own at once. */
const FRESH_MS = 10 * 60_000

/** Before the server's answer, and where it does not come: what was shipped. */
const SHIPPED = new Map<CodeSetName, CodeSetView>(
  CODE_SET_NAMES.map(set => [set, { set, version: 1, entries: [...shippedSet(set).entries] }]),
)

export function useCodeSets(): CodesOnScreen {
  const api = useApi()
  const queries = useQueryClient()
  const language = useLanguage()
  const { data } = useQuery({
    queryKey: CODE_SETS_KEY,
    queryFn: () => codeSetsApi(api).all(queries.getQueryData<CodeSetsView>(CODE_SETS_KEY)),
    staleTime: FRESH_MS,
  })
  return useMemo(() => {
    const sets = data ? new Map(data.sets.map(set => [set.set, set])) : SHIPPED
    return codesOnScreen(set => sets.get(set) ?? { set, version: 1, entries: [] }, language)
  }, [data, language])
}
