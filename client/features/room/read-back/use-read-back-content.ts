/** What would be read back now: the documents that are on this screen, put together as the server does. */
import { useEffect, useMemo, useReducer } from 'react'
import type * as Y from 'yjs'
import { type ReadBackContent, readBackContentOf } from '../../../../shared/meeting/read-back.ts'
import type { ItemView } from '../../../../shared/protocol/http-api.ts'
import { actionDocumentsOf } from '../../../room/room-client.ts'
import { useRoomState } from '../room-context.tsx'
import { watchRoots } from '../use-shared.ts'

export type OpenItem = Extract<ItemView, { restricted: false }>

/** Null while one of the documents is still on its way, or is not for this person. */
export function useReadBackContent(record: OpenItem): ReadBackContent | null {
  const { item, actions } = useRoomState()
  const itemDoc = item?.loaded ? item.doc : null
  const isWhole = actions.length === actionDocumentsOf(record).length && actions.every(link => link.loaded)
  // The links are replaced whenever anything about a line changes; their documents are not.
  const actionDocs = useSame(isWhole ? actions.map(link => link.doc) : null)
  const [version, bump] = useReducer((count: number) => count + 1, 0)

  useEffect(() => {
    const docs = [...new Set([itemDoc, ...(actionDocs ?? [])])].filter(doc => doc !== null)
    const stops = docs.map(doc => watchRoots(doc, ['decisions', 'actions'], bump))
    // What came between the first drawing and this line.
    bump()
    return () => {
      for (const stop of stops) stop()
    }
  }, [itemDoc, actionDocs])

  return useMemo(() => {
    const of = itemDoc && actionDocs ? readBackContentOf(record.itemId, itemDoc, actionDocs) : null
    // The version says that the same documents read differently now.
    return { of, version }
  }, [itemDoc, actionDocs, record.itemId, version]).of
}

function useSame(docs: readonly Y.Doc[] | null): readonly Y.Doc[] | null {
  const [kept, keep] = useReducer(
    (before: readonly Y.Doc[] | null, now: readonly Y.Doc[] | null) => (isSame(before, now) ? before : now),
    docs,
  )
  useEffect(() => keep(docs))
  return kept
}

function isSame(a: readonly Y.Doc[] | null, b: readonly Y.Doc[] | null): boolean {
  if (a === null || b === null) return a === b
  return a.length === b.length && a.every((doc, at) => doc === b[at])
}
