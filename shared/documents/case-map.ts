/**
 * Genogram and eco-map in the case's document (가계도·생태도): their roots and rules. `case-map-genogram.ts` and `case-map-eco.ts` write them,
 * `shared/case-map` says what of them holds together and how it is drawn (CASE-MAP.md).
 *
 * A figure that stands for a member of the household has the member's id as its key, a system that is an agency of the case the agency's: two who
 * put the same one at once have put one. What can be only once between two things has a key made of theirs (`derived-id.ts`).
 */
import {
  CHILD_KINDS,
  codeSet,
  FIGURE_FORMS,
  FIGURE_LIVES,
  FIGURE_SEXES,
  RELATION_KINDS,
  SYSTEM_KINDS,
  TIE_FLOWS,
  TIE_STRENGTHS,
  TWIN_KINDS,
  UNION_KINDS,
} from '../case-map/case-map-codes.ts'
import { MOST_PACKED } from '../case-map/offsets.ts'
import type { FieldRule, RootLayout, RootPattern } from './layout-language.ts'

export const MAX_FIGURE_NAME = 40
export const MAX_SYSTEM_NAME = 60
export const MAX_MAP_NOTE = 200
/** Great-grandparents of somebody born in 1930, and nobody later than a document may speak of. */
export const FIRST_FIGURE_YEAR = 1800
export const LAST_FIGURE_YEAR = 2199

const year: FieldRule = { value: 'integer', least: FIRST_FIGURE_YEAR, most: LAST_FIGURE_YEAR, orNull: true }
const note: FieldRule = { value: 'text', most: MAX_MAP_NOTE }
const offset: FieldRule = { value: 'integer', least: 0, most: MOST_PACKED, orNull: true }
const yes: FieldRule = { value: 'code', codes: new Set(['yes']), orEmpty: true }

export const personFields: ReadonlyMap<string, FieldRule> = new Map<string, FieldRule>([
  ['name', { value: 'text', most: MAX_FIGURE_NAME }],
  ['sex', { value: 'code', codes: codeSet(FIGURE_SEXES) }],
  ['form', { value: 'code', codes: codeSet(FIGURE_FORMS) }],
  ['life', { value: 'code', codes: codeSet(FIGURE_LIVES) }],
  ['born', year],
  ['died', year],
  ['index', yes],
  ['home', yes],
  ['note', note],
  ['offset', offset],
  ['order', { value: 'order' }],
])

export const unionFields: ReadonlyMap<string, FieldRule> = new Map<string, FieldRule>([
  ['a', { value: 'id' }],
  ['b', { value: 'id', orEmpty: true }],
  ['kind', { value: 'code', codes: codeSet(UNION_KINDS) }],
  ['since', year],
  ['until', year],
])

export const childFields: ReadonlyMap<string, FieldRule> = new Map<string, FieldRule>([
  ['child', { value: 'id' }],
  ['union', { value: 'id' }],
  ['kind', { value: 'code', codes: codeSet(CHILD_KINDS) }],
  ['twinOf', { value: 'id', orEmpty: true }],
  ['twins', { value: 'code', codes: codeSet(TWIN_KINDS) }],
])

export const relationFields: ReadonlyMap<string, FieldRule> = new Map<string, FieldRule>([
  ['a', { value: 'id' }],
  ['b', { value: 'id' }],
  ['kind', { value: 'code', codes: codeSet(RELATION_KINDS) }],
  ['note', note],
])

export const systemFields: ReadonlyMap<string, FieldRule> = new Map<string, FieldRule>([
  ['kind', { value: 'code', codes: codeSet(SYSTEM_KINDS) }],
  ['name', { value: 'text', most: MAX_SYSTEM_NAME }],
  ['note', note],
  ['offset', offset],
  ['order', { value: 'order' }],
])

export const tieFields: ReadonlyMap<string, FieldRule> = new Map<string, FieldRule>([
  ['system', { value: 'id' }],
  ['person', { value: 'id', orEmpty: true }],
  ['strength', { value: 'code', codes: codeSet(TIE_STRENGTHS) }],
  ['flow', { value: 'code', codes: codeSet(TIE_FLOWS) }],
  ['note', note],
])

/** The roots by what stands in them. */
export const MAP_ROOTS = {
  people: 'genogramPeople',
  unions: 'genogramUnions',
  children: 'genogramChildren',
  relations: 'genogramRelations',
  systems: 'ecoSystems',
  ties: 'ecoTies',
} as const
export type MapRoot = keyof typeof MAP_ROOTS
/** For whoever listens to, or takes back, changes of the whole map. */
export const MAP_ROOT_NAMES: readonly string[] = Object.values(MAP_ROOTS)

const records = (fields: ReadonlyMap<string, FieldRule>): RootLayout => ({ holds: 'records', write: 'writer', fields })

export const caseMapRoots: readonly (readonly [string, RootLayout])[] = [
  [MAP_ROOTS.people, records(personFields)],
  [MAP_ROOTS.unions, records(unionFields)],
  [MAP_ROOTS.children, records(childFields)],
  [MAP_ROOTS.relations, records(relationFields)],
  [MAP_ROOTS.systems, records(systemFields)],
  [MAP_ROOTS.ties, records(tieFields)],
]

/** No root of the map carries anything in its name. */
export const caseMapPatterns: readonly RootPattern[] = []
