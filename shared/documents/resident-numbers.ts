/**
 * Resident registration numbers in documents (LR-17, RESIDENT-NUMBER.md RN8). A long text is written letter by letter by several people, so a number in it
 * is pointed out, and one press masks it for everybody; a short field masks what is written into it (`records.ts`).
 */
import * as Y from 'yjs'
import { findResidentNumbers } from '../identifiers/resident-number.ts'
import { rootOf } from './layout.ts'
import type { DocumentLayout, WriteRule } from './layout-language.ts'
import { entriesOf, recordsRoot, textField } from './records.ts'

export interface NumbersFound {
  root: string
  write: WriteRule
  /** Whose root it is, where it belongs to one agency. */
  agencyId: string | undefined
  fragment: Y.XmlFragment
  count: number
}

/** The long texts of a document in which such numbers stand, and how many in each. */
export function residentNumbersInTexts(doc: Y.Doc, layout: DocumentLayout): readonly NumbersFound[] {
  const found: NumbersFound[] = []
  for (const root of new Set([...layout.roots.keys(), ...doc.share.keys()])) {
    const known = rootOf(layout, root)
    if (known === undefined) continue
    const { layout: rule, agencyId } = known
    const note = (fragment: Y.XmlFragment | undefined) => {
      const count = fragment === undefined ? 0 : countResidentNumbers(fragment)
      if (fragment !== undefined && count > 0) found.push({ root, write: rule.write, agencyId, fragment, count })
    }
    if (rule.holds === 'rich-text') note(doc.getXmlFragment(root))
    if (rule.holds !== 'records') continue
    const texts = [...rule.fields].flatMap(([name, field]) => (field.value === 'rich-text' ? [name] : []))
    for (const [, record] of entriesOf(recordsRoot(doc, root))) for (const name of texts) note(textField(record, name))
  }
  return found
}

/** Masks them in a text, each run by itself, in one transaction; how many there were. What a number was marked with, its masked form keeps. */
export function maskResidentNumbersIn(doc: Y.Doc, fragment: Y.XmlFragment): number {
  let masked = 0
  doc.transact(() => {
    for (const run of runsOf(fragment)) {
      // From the end, so that places before it stay.
      for (const { start, end, masked: words } of findResidentNumbers(wordsOf(run)).reverse()) {
        // Behind its first letter, which carries the marks on to what is put in.
        run.insert(start + 1, words.slice(1))
        run.delete(start + words.length, end - start - 1)
        masked += 1
      }
    }
  })
  return masked
}

export const countResidentNumbers = (fragment: Y.XmlFragment): number =>
  runsOf(fragment).reduce((sum, run) => sum + findResidentNumbers(wordsOf(run)).length, 0)

function runsOf(parent: Y.XmlFragment): Y.XmlText[] {
  const runs: Y.XmlText[] = []
  for (const child of parent.toArray()) {
    if (child instanceof Y.XmlText) runs.push(child)
    else if (child instanceof Y.XmlElement) runs.push(...runsOf(child))
  }
  return runs
}

/** The letters of a run without its marks; nothing else stands in one, so places in both are the same. */
function wordsOf(run: Y.XmlText): string {
  const parts: { insert?: unknown }[] = run.toDelta()
  return parts.map(({ insert }) => (typeof insert === 'string' ? insert : '')).join('')
}
