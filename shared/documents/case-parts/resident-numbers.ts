/**
 * Resident registration numbers in the long texts of a case's document (LR-17): where they stand, and masked in place. A short field masks what is
 * written into it; a long text is written letter by letter by several people, so the number is pointed out and one press masks it for everybody.
 */
import * as Y from 'yjs'
import { findResidentNumbers } from '../../identifiers/resident-number.ts'
import { CASE_TEXTS, type CaseText, caseTextOf } from './case-texts.ts'
import { goals } from './goals.ts'
import { needs } from './needs.ts'
import { plan } from './plan.ts'

/** A text of its own, or one field of the n-th row of a list, counted from 1. */
export type TextPlace =
  | { text: CaseText }
  | { list: 'needs'; row: number; field: 'phenomenon' | 'cause' | 'wanted' }
  | { list: 'goals'; row: number; field: 'text' | 'before' | 'after' }
  | { list: 'plan'; row: number; field: 'content' }

/** The long texts in which such numbers stand, and how many in each. */
export function residentNumbersIn(doc: Y.Doc): readonly { place: TextPlace; fragment: Y.XmlFragment; count: number }[] {
  return longTextsOf(doc)
    .map(({ place, fragment }) => ({ place, fragment, count: countIn(fragment) }))
    .filter(({ count }) => count > 0)
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

function longTextsOf(doc: Y.Doc): { place: TextPlace; fragment: Y.XmlFragment }[] {
  const texts = CASE_TEXTS.map(text => ({ place: { text }, fragment: caseTextOf(doc, text) }))
  const ofNeeds = needs.of(doc).flatMap((need, at) =>
    (['phenomenon', 'cause', 'wanted'] as const).map(field => ({
      place: { list: 'needs' as const, row: at + 1, field },
      fragment: need[field],
    })),
  )
  const ofGoals = goals.of(doc).flatMap((goal, at) =>
    (['text', 'before', 'after'] as const).map(field => ({
      place: { list: 'goals' as const, row: at + 1, field },
      fragment: goal[field],
    })),
  )
  const ofPlan = plan.of(doc).map((row, at) => ({
    place: { list: 'plan' as const, row: at + 1, field: 'content' as const },
    fragment: row.content,
  }))
  return [...texts, ...ofNeeds, ...ofGoals, ...ofPlan]
}

const countIn = (fragment: Y.XmlFragment): number =>
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
