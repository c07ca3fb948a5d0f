/** Resident registration numbers in the long texts of an open document, found anew whenever it has changed (LR-17, RESIDENT-NUMBER.md RN8). */
import { useEffect, useState } from 'react'
import type * as Y from 'yjs'
import { maskResidentNumbersIn } from '../../shared/documents/resident-numbers.ts'

/** After the last letter; all long texts are looked through. */
const LOOK_AFTER_MS = 600

interface Found {
  fragment: Y.XmlFragment
  count: number
}

export interface ResidentNumbers<T extends Found> {
  found: readonly T[]
  /** How many in all. */
  count: number
  /** In those of the texts that the person may write in. */
  mask(texts: readonly T[]): void
}

/** @param find one function for as long as it looks for the same */
export function useResidentNumbers<T extends Found>(
  doc: Y.Doc,
  find: (doc: Y.Doc) => readonly T[],
): ResidentNumbers<T> {
  const [found, setFound] = useState<readonly T[]>([])
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const look = () => setFound(find(doc))
    const lookSoon = () => {
      clearTimeout(timer)
      timer = setTimeout(look, LOOK_AFTER_MS)
    }
    look()
    doc.on('update', lookSoon)
    return () => {
      clearTimeout(timer)
      doc.off('update', lookSoon)
    }
  }, [doc, find])
  return {
    found,
    count: found.reduce((sum, one) => sum + one.count, 0),
    mask(texts) {
      for (const { fragment } of texts) maskResidentNumbersIn(doc, fragment)
      setFound(find(doc))
    },
  }
}
