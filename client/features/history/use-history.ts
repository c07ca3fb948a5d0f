/** An item's versions: the list, read when it is opened and after each command of mine; and the words of those that were looked at. */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { ItemContent } from '../../../shared/history/item-content.ts'
import type { ItemVersionId } from '../../../shared/history/version-moments.ts'
import type { ConferenceId, ItemId } from '../../../shared/ids.ts'
import type { HistoryView } from '../../../shared/protocol/history.ts'
import { useApi } from '../../lib/services.tsx'
import { type HistoryApi, historyApi } from './history-api.ts'

export interface History {
  view: HistoryView | undefined
  error: unknown
  reload(): void
  /** The words of a version. It never changes, so it is asked for once. */
  contentOf(versionId: ItemVersionId): Promise<ItemContent>
  /** Does a command, whose answer is the list as it is then. */
  does(command: (api: HistoryApi) => Promise<HistoryView>): Promise<void>
}

/** @param sign when it changes, the list may be another */
export function useHistory(conferenceId: ConferenceId, itemId: ItemId, sign: string): History {
  const api = useApi()
  const calls = useMemo(() => historyApi(api, conferenceId, itemId), [api, conferenceId, itemId])
  const [view, setView] = useState<HistoryView>()
  const [error, setError] = useState<unknown>()
  const [asked, setAsked] = useState(0)
  const contents = useRef(new Map<ItemVersionId, Promise<ItemContent>>())
  // biome-ignore lint/correctness/useExhaustiveDependencies: the sign and the count say that it is asked again.
  useEffect(() => {
    let isOver = false
    setError(undefined)
    calls.list().then(
      found => {
        if (!isOver) setView(found)
      },
      failure => {
        if (!isOver) setError(failure)
      },
    )
    return () => {
      isOver = true
    }
  }, [calls, sign, asked])
  const contentOf = useCallback(
    (versionId: ItemVersionId) => {
      const known = contents.current.get(versionId)
      if (known !== undefined) return known
      const asked = calls.open(versionId).then(({ content }) => content)
      contents.current.set(versionId, asked)
      // What failed is asked for again.
      asked.catch(() => contents.current.delete(versionId))
      return asked
    },
    [calls],
  )
  const does = useCallback(
    async (command: (api: HistoryApi) => Promise<HistoryView>) => setView(await command(calls)),
    [calls],
  )
  const reload = useCallback(() => setAsked(count => count + 1), [])
  return useMemo(() => ({ view, error, reload, contentOf, does }), [view, error, reload, contentOf, does])
}
