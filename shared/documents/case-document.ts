/**
 * The document of a case: its household, needs, goals and plan, written by the people who work on it while the case goes on, in and between meetings.
 * What kind of row holds what is said in `case-parts/`; here they are put together. Genogram and eco-map have their roots in `case-map.ts`.
 */
import type * as Y from 'yjs'
import { caseMapPatterns, caseMapRoots } from './case-map.ts'
import { caseFactRoots } from './case-parts/case-facts.ts'
import { caseTextOf, caseTextRoots } from './case-parts/case-texts.ts'
import { goals } from './case-parts/goals.ts'
import { members } from './case-parts/household.ts'
import { needs } from './case-parts/needs.ts'
import { plan } from './case-parts/plan.ts'
import { money, supports } from './case-parts/supports-and-money.ts'
import type { DocumentLayout } from './layout-language.ts'

/** Every root that holds rows. */
export const CASE_LISTS = [members, needs, supports, money, goals, plan] as const

export const caseLayout: DocumentLayout = {
  roots: new Map([
    ...caseTextRoots,
    ...caseFactRoots,
    ...CASE_LISTS.map(list => [list.root, list.layout] as const),
    ...caseMapRoots,
  ]),
  patterns: caseMapPatterns,
}

export function summaryOf(doc: Y.Doc): Y.XmlFragment {
  return caseTextOf(doc, 'summary')
}
