import { useEffect, useReducer } from 'react'
import { actionsOf } from '../../../../shared/documents/actions-document.ts'
import { plainTextOf } from '../../../../shared/documents/rich-text.ts'
import type { LinkState } from '../../../room/document-link.ts'

/** The wording of all action items of the item, read again when one changes. */
export function useActionWords(links: readonly LinkState[]): readonly string[] {
  const [, bump] = useReducer((count: number) => count + 1, 0)
  useEffect(() => {
    const docs = links.map(link => link.doc)
    for (const doc of docs) doc.on('update', bump)
    return () => {
      for (const doc of docs) doc.off('update', bump)
    }
  }, [links])
  return links.flatMap(link => actionsOf(link.doc).map(action => plainTextOf(action.what)))
}
