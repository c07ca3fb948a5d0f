/** The long texts of a case's document: roots of their own, so that two people who begin one at once merge letter by letter. */
import type * as Y from 'yjs'
import type { RootLayout } from '../layout-language.ts'

export const CASE_TEXTS = [
  /** The case in a few sentences (사례 개요). */
  'summary',
  /** State of the home beside its type (주거 상태). */
  'housing',
  'strengths',
  'obstacles',
  'personalHistory',
  'familyHistory',
  /** What the worker thinks of it all (종합 의견). */
  'opinion',
  /** What the client or guardian says and wants, in their own words; the plan has to heed it (사회보장급여법 제15조). */
  'clientView',
  /** How two or more providers work together (제공기관 사이의 연계 방법; 제15조). */
  'linkage',
] as const
export type CaseText = (typeof CASE_TEXTS)[number]

export const caseTextRoots: ReadonlyMap<string, RootLayout> = new Map(
  CASE_TEXTS.map(name => [name, { holds: 'rich-text', write: 'writer' }] as const),
)

export const caseTextOf = (doc: Y.Doc, text: CaseText): Y.XmlFragment => doc.getXmlFragment(text)
