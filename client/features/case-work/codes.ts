/** Codes of the sets that offices edit, as a screen offers and names them. */
import { useMemo } from 'react'
import { type CodeEntry, offered } from '../../../shared/code-sets/code-sets.ts'
import { type CodeSetName, shippedSet } from '../../../shared/code-sets/shipped.ts'
import type { Language } from '../../lib/format.ts'
import { useCodeSets } from '../code-sets/use-code-sets.ts'

export interface Codes {
  /** What is offered for something new, under a heading where one is named; and what a row holds although it is not offered any more. */
  options(set: CodeSetName, of?: string, kept?: string): readonly { id: string; label: string }[]
  /** A code's words, also of one that is no longer offered; the code itself where nobody knows it. */
  label(set: CodeSetName, code: string): string
}

/** The installation's sets as they are now. */
export function useCodes(): Codes {
  const sets = useCodeSets()
  return useMemo(
    () => ({
      options: (set, heading, kept) =>
        sets.options(set, { ...(heading !== undefined && { heading }), ...(kept !== undefined && { kept }) }),
      label: sets.label,
    }),
    [sets],
  )
}

/** The shipped sets, or others. */
export function codesIn(
  language: Language,
  entriesOf: (set: CodeSetName) => readonly CodeEntry[] = set => shippedSet(set).entries,
): Codes {
  return {
    options: (set, of) =>
      offered({ entries: entriesOf(set) }, of).map(entry => ({ id: entry.code, label: entry[language] })),
    label: (set, code) => entriesOf(set).find(entry => entry.code === code)?.[language] ?? code,
  }
}
