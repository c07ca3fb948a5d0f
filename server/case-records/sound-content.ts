/** Whether what somebody wrote can be a record: its moment, its codes, its people, its instrument (SPEC CR8–CR12). Everything is refused before anything is written. */
import type { CaseFacts } from '../../shared/access.ts'
import { codesIn, textsOf } from '../../shared/case-records/record-texts.ts'
import { instrumentOf } from '../../shared/case-records/risk-sample.ts'
import { strangeAnswers } from '../../shared/case-records/risk-scoring.ts'
import { hasResidentNumber } from '../../shared/identifiers/resident-number.ts'
import type { AgencyId } from '../../shared/ids.ts'
import type { ContentOf, RecordContent } from '../../shared/protocol/case-records.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import { assertOffered, type CodeSetsNow } from '../code-sets/code-sets.ts'
import type { CaseRecordParts } from './ports.ts'

export interface Writing {
  facts: CaseFacts
  /** In whose name. */
  agencyId: AgencyId
  narrow: boolean
  /** The version that is corrected; undefined for a new record. */
  before: RecordContent | undefined
  codeSets: CodeSetsNow
  now: number
}

/** Clocks of PCs are not all right. */
const AHEAD_MS = 10 * 60_000
const PLANNED_AHEAD_MS = 366 * 86_400_000
const EARLIEST = Date.parse('1990-01-01T00:00:00+09:00')

const wrong = (detail: string) => new Refusal('bad-request', detail)

/** @throws Refusal `bad-request` with what is wrong */
export function assertSound(
  { instruments }: Pick<CaseRecordParts, 'instruments'>,
  writing: Writing,
  content: RecordContent,
  reason = '',
): void {
  const { before, codeSets, now } = writing
  if (before !== undefined && before.kind !== content.kind) throw wrong('record-kind')
  if ([reason, ...textsOf(content)].some(hasResidentNumber)) throw wrong('resident-number')
  assertOffered(codeSets, codesIn(content), before ? codesIn(before).map(([, code]) => code) : [])
  const at = Date.parse(content.at)
  const isAhead = content.kind === 'joint_visit' && content.state === 'planned'
  const latest = now + (isAhead ? PLANNED_AHEAD_MS : AHEAD_MS)
  // A visit that is called off was to be on a day that may never have come.
  const isCalledOff = content.kind === 'joint_visit' && content.state === 'cancelled'
  if (at < EARLIEST || (at > latest && !isCalledOff)) throw wrong('record-day')
  if (content.kind === 'joint_visit') assertVisit(writing, content)
  if (content.kind === 'monitoring') assertDistinct(content.satisfaction.map(({ item }) => item))
  if (content.kind === 'risk') assertRisk(instruments, before, content)
}

function assertDistinct(items: readonly string[]): void {
  if (new Set(items).size !== items.length) throw wrong('record-twice')
}

function assertVisit({ facts, agencyId, narrow, before }: Writing, visit: ContentOf<'joint_visit'>): void {
  const { agencies, people, lead, state, text } = visit
  const known = before?.kind === 'joint_visit' ? before : undefined
  if (narrow) throw wrong('visit-narrow')
  assertDistinct(agencies)
  assertDistinct(people)
  const isOfCase = (one: AgencyId) => facts.agencies.some(agency => agency.agencyId === one)
  if (!agencies.every(one => isOfCase(one) || known?.agencies.includes(one))) throw wrong('visit-agencies')
  if (known === undefined && !agencies.includes(agencyId)) throw wrong('visit-agencies')
  // Who does not work on the case any more may have been there.
  const mayCome = (userId: (typeof people)[number]) =>
    facts.workers.some(worker => worker.userId === userId && agencies.includes(worker.agencyId)) ||
    known?.people.includes(userId)
  if (!people.every(mayCome) || !people.includes(lead)) throw wrong('visit-people')
  const from = known?.state ?? 'planned'
  if (from !== 'planned' && state !== from) throw wrong('visit-over')
  if (known === undefined && state === 'cancelled') throw wrong('visit-over')
  if (state !== 'planned' && text === '') throw wrong('visit-words')
}

function assertRisk(
  instruments: CaseRecordParts['instruments'],
  before: RecordContent | undefined,
  { instrument, instrumentVersion, answers, override }: ContentOf<'risk'>,
): void {
  const sheet = instrumentOf(instruments, instrument, instrumentVersion)
  const isSame =
    before?.kind !== 'risk' || (before.instrument === instrument && before.instrumentVersion === instrumentVersion)
  if (sheet === undefined || !isSame) throw wrong('risk-instrument')
  assertDistinct(answers.map(({ item }) => item))
  const chosen = Object.fromEntries(answers.map(({ item, answer }) => [item, answer]))
  if (strangeAnswers(sheet, chosen).length > 0) throw wrong('risk-answers')
  if (override !== null && !sheet.levels.some(({ level }) => level === override.level)) throw wrong('risk-level')
}
