/** Codes of the sets that offices edit, as a screen offers and names them. */
import type { CodeEntry } from '../../../shared/code-sets/code-sets.ts'
import { offered } from '../../../shared/code-sets/code-sets.ts'
import { type CodeSetName, shippedSet } from '../../../shared/code-sets/shipped.ts'
import type { Language } from '../../lib/format.ts'

export interface Codes {
  /** What is offered for something new, under a heading where one is named. */
  options(set: CodeSetName, of?: string): readonly { id: string; label: string }[]
  /** A code's words, also of one that is no longer offered; the code itself where nobody knows it. */
  label(set: CodeSetName, code: string): string
}

/** @param entriesOf the set's newest version; the shipped one where nothing else is known */
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
