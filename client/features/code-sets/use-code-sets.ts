/** The installation's code sets on a screen: what may be chosen, and what a code is called, also one that nobody chooses any more. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { entryOf, offered } from '../../../shared/code-sets/code-sets.ts'
import { CODE_SET_NAMES, type CodeSetName, shippedSet } from '../../../shared/code-sets/shipped.ts'
import type { CodeSetsView, CodeSetView } from '../../../shared/protocol/code-sets.ts'
import { useLanguage } from '../../i18n/use-language.ts'
import { useApi } from '../../lib/services.tsx'
import { codeSetsApi } from './code-sets-api.ts'

export const CODE_SETS_KEY = ['code-sets']
/** Labels change a few times a year; who publishes sees their own at once. */
const FRESH_MS = 10 * 60_000

/** Before the server's answer, and where it does not come: what was shipped. */
const SHIPPED = new Map<CodeSetName, CodeSetView>(
  CODE_SET_NAMES.map(set => [set, { set, version: 1, entries: [...shippedSet(set).entries] }]),
)

export interface CodesOnScreen {
  view(set: CodeSetName): CodeSetView
  /** The choices of a list, those under one heading where one is named. `kept` is offered as well, as a record may hold what is retired. */
  options(set: CodeSetName, of?: { heading?: string; kept?: string }): { id: string; label: string }[]
  /** What a code is called now; the code itself for one that is not known. */
  label(set: CodeSetName, code: string): string
  /** How it was called when that version held; undefined where that is how it is called now. */
  formerly(set: CodeSetName, code: string, version: number | undefined): string | undefined
  /** What it was called when that version held; what it is called now where that is not known. For what must not change any more (CO9). */
  labelAt(set: CodeSetName, code: string, version: number | undefined): string
  isRetired(set: CodeSetName, code: string): boolean
}

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
    const view = (set: CodeSetName): CodeSetView => sets.get(set) ?? { set, version: 1, entries: [] }
    const label = (set: CodeSetName, code: string) => entryOf(view(set), code)?.[language] ?? code
    const formerly = (set: CodeSetName, code: string, version: number | undefined) => {
      const entry = view(set).entries.find(one => one.code === code)
      if (version === undefined || entry?.formerly === undefined) return undefined
      // The earliest name that held until that version or later.
      return entry.formerly.filter(({ until }) => until >= version).at(-1)?.[language]
    }
    return {
      view,
      options(set, { heading, kept } = {}) {
        const choices = offered(view(set), heading)
        const held = kept === undefined ? undefined : entryOf(view(set), kept)
        const all = held && !choices.includes(held) ? [...choices, held] : choices
        return all.map(entry => ({ id: entry.code, label: entry[language] }))
      },
      label,
      formerly,
      labelAt: (set, code, version) => formerly(set, code, version) ?? label(set, code),
      isRetired: (set, code) => entryOf(view(set), code)?.retired === true,
    }
  }, [data, language])
}
