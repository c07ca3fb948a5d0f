/** Resident registration numbers in the long texts of a case's document (LR-17): where they stand, in the words of its screens. */
import type * as Y from 'yjs'
import { countResidentNumbers } from '../resident-numbers.ts'
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
    .map(({ place, fragment }) => ({ place, fragment, count: countResidentNumbers(fragment) }))
    .filter(({ count }) => count > 0)
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
