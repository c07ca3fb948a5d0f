/** All that stands in the item now, read again when it has been quiet for a moment. */
import { useEffect, useMemo, useState } from 'react'
import { type ItemContent, itemContentOf } from '../../../shared/history/item-content.ts'
import type { ItemId } from '../../../shared/ids.ts'
import type { LinkState } from '../../room/document-link.ts'

const QUIET_MS = 400

export function useContentNow(itemId: ItemId, link: LinkState, ledgers: readonly LinkState[]): ItemContent {
  const docs = useMemo(
    () => [link.doc, ...ledgers.filter(one => one.loaded).map(one => one.doc)] as const,
    [link, ledgers],
  )
  const [version, setVersion] = useState(0)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const changed = () => {
      clearTimeout(timer)
      timer = setTimeout(() => setVersion(count => count + 1), QUIET_MS)
    }
    for (const doc of docs) doc.on('update', changed)
    return () => {
      clearTimeout(timer)
      for (const doc of docs) doc.off('update', changed)
    }
  }, [docs])
  // The version says that the same documents read differently now.
  return useMemo(() => {
    const [own, ...others] = docs
    return { of: itemContentOf(itemId, own, others), version }
  }, [docs, itemId, version]).of
}
