/**
 * Taking something out of the minutes: what it may show, the record of it, then the making; and fetching it, which asks again who may
 * (EXPORTS.md). Sources: 안전성 확보조치 기준 제8조② (why data were taken out), 제12조 (printing and copying); SECURITY R40.
 */
import { canConductMinutes, participationOf } from '../../shared/access.ts'
import type { AgencyType } from '../../shared/codes.ts'
import { documentNameOf } from '../../shared/documents/document-names.ts'
import {
  EXPORT_FORMS,
  type ExportForm,
  type ExportFormat,
  FORMS_OF_ITEM,
  FORMS_REDACTED,
  hasFormat,
} from '../../shared/exports/export-forms.ts'
import type { AgencyId, ExportId } from '../../shared/ids.ts'
import type { MinutesBundle } from '../../shared/minutes/bundle.ts'
import type { LeafKey } from '../../shared/minutes/minutes-record.ts'
import type { ExportBody, ExportView } from '../../shared/protocol/exports.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import { refuse } from '../conferences/admission.ts'
import type { By } from '../conferences/ports.ts'
import { once } from '../lib/once.ts'
import { leavesShown } from '../minutes/editions.ts'
import type { AdmittedMinutes } from '../minutes/minutes-admission.ts'
import { itemOfLeaf, readableLeaves } from '../minutes/minutes-readers.ts'
import { bundleFor, openMinutes } from '../minutes/minutes-views.ts'
import type { MinutesParts } from '../minutes/ports.ts'
import { assertMayTakeOut } from '../subject-requests/suspensions.ts'
import type { ExportJobs } from './export-jobs.ts'
import type { ExportRepository } from './export-repository.ts'
import type { FormSource } from './forms/form-source.ts'
import { paperOf } from './forms/paper-of.ts'
import { actionSheet, dueDays } from './lists.ts'
import { fileNameOf, printableLine } from './printable.ts'
import { editionOf, showsOf } from './redaction.ts'
import type { RenderTask } from './render/render-task.ts'
import { dateTimeWords, dayStamp } from './words.ts'

export interface ExportParts extends MinutesParts {
  exports: ExportRepository
  jobs: ExportJobs
  agencyTypeOf(agencyId: AgencyId): Promise<AgencyType | undefined>
}

const TYPES: Readonly<Record<ExportFormat, string>> = {
  print: 'application/json; charset=utf-8',
  pdf: 'application/pdf',
  hwpx: 'application/hwp+zip',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  text: 'text/plain; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  ics: 'text/calendar; charset=utf-8',
  json: 'application/json; charset=utf-8',
}
const ENDINGS: Readonly<Partial<Record<ExportFormat, string>>> = { print: 'json', text: 'txt' }

export async function beginExport(
  parts: ExportParts,
  by: By,
  admitted: AdmittedMinutes,
  input: ExportBody,
): Promise<ExportView> {
  assertFits(input)
  const { userId } = by.actor
  const { conference, facts } = admitted.records
  const redacted = input.redacted !== undefined
  if (redacted && (input.redacted?.released.length ?? 0) > 0 && !canConductMinutes(by.actor, facts)) {
    return refuse(parts, by, 'not-allowed', {
      object: documentNameOf({ kind: 'conference', conferenceId: conference._id }),
      detail: 'releases-text',
    })
  }
  parts.jobs.assertRoom(userId)
  const exportId = parts.newId<ExportId>()
  const at = new Date(parts.now())
  const stamp = await stampOf(parts, by, admitted, input, exportId, at)
  const { source, bundle } = await sourceOf(parts, by, admitted, input, stamp)
  const { edition } = source
  const leaves = leavesShown(edition)
  const { itemId } = input
  if (itemId !== undefined && !leaves.includes(`item:${itemId}`)) {
    return refuse(parts, by, 'not-found', { object: documentNameOf({ kind: 'item', itemId }) })
  }
  const taken = itemId === undefined ? leaves : leaves.filter(key => key === 'meeting' || itemOfLeaf(key) === itemId)
  await assertNoneSuspended(parts, by, admitted, input, taken)
  const work = workOf(input, source, bundle, at)
  await record(parts, by, admitted, { action: 'minutes.export', leaves: taken, exportId, ...input })
  await parts.exports.insert({
    _id: exportId,
    conferenceId: conference._id,
    form: input.form,
    format: input.format,
    version: edition.version,
    redacted,
    itemId: itemId ?? null,
    leaves: taken,
    by: userId,
    at,
    purpose: input.purpose,
    released: input.redacted?.released ?? [],
  })
  const fileName = nameOf(input, source)
  return parts.jobs.begin(
    { exportId, conferenceId: conference._id, userId, form: input.form, format: input.format, fileName, leaves: taken },
    work,
  )
}

/** A redacted edition names no household, but for what somebody released into it. @throws Refusal `not-allowed` `case-suspended` */
async function assertNoneSuspended(
  parts: ExportParts,
  by: By,
  { records }: AdmittedMinutes,
  { redacted }: ExportBody,
  leaves: readonly LeafKey[],
): Promise<void> {
  const named = redacted === undefined ? leaves : redacted.released.map(({ leaf }) => leaf)
  const items = new Set(named.map(itemOfLeaf))
  for (const [itemId, { ofCase }] of records.items) {
    if (items.has(itemId) && ofCase) await assertMayTakeOut(parts, by, ofCase.file)
  }
}

/** The bytes, once: after asking again whether all of it may still be read, and after a record of that. */
export async function fetchExport(
  parts: ExportParts,
  by: By,
  admitted: AdmittedMinutes,
  exportId: ExportId,
): Promise<{ type: string; name: string; bytes: number; content: AsyncIterable<Uint8Array> }> {
  const of = { userId: by.actor.userId, conferenceId: admitted.records.conference._id }
  const { leaves, form, format, state } = parts.jobs.find(exportId, of)
  const readable = readableLeaves(by.actor, admitted.records)
  if (!leaves.every(key => readable.has(key))) {
    parts.jobs.cancel(exportId, of)
    return refuse(parts, by, 'not-found', {
      object: documentNameOf({ kind: 'conference', conferenceId: of.conferenceId }),
    })
  }
  if (state !== 'ready') throw new Refusal('not-found', 'export-not-ready')
  await record(parts, by, admitted, { action: 'minutes.take', leaves, exportId, form, format })
  const { name, bytes } = parts.jobs.take(exportId, of)
  return { type: TYPES[format], name, bytes: bytes.length, content: once(bytes) }
}

function assertFits({ form, format, itemId, redacted }: ExportBody): void {
  if (!hasFormat(form, format)) throw new Refusal('bad-request', 'format')
  if (FORMS_OF_ITEM.includes(form) !== (itemId !== undefined)) throw new Refusal('bad-request', 'itemId')
  if (redacted !== undefined && !FORMS_REDACTED.includes(form)) throw new Refusal('bad-request', 'redacted')
}

async function sourceOf(
  parts: ExportParts,
  by: By,
  admitted: AdmittedMinutes,
  input: ExportBody,
  stamp: string,
): Promise<{ source: FormSource; bundle: MinutesBundle | undefined }> {
  const hostType = (await parts.agencyTypeOf(admitted.records.conference.hostAgencyId)) ?? 'other'
  const view = await openMinutes(parts, by, admitted, input.version)
  if (input.redacted === undefined) {
    const { edition, labels, standing, versions, agencies, said } = view
    const bundle = input.form === 'bundle' ? await bundleFor(parts, by, admitted, { number: input.version }) : undefined
    return { source: { edition, labels, standing, versions, agencies, said, hostType, stamp }, bundle }
  }
  const shows = showsOf(input.redacted.released)
  const bundle = await bundleFor(parts, by, admitted, { number: input.version, shows, hidesNames: true })
  const edition = editionOf(bundle)
  // Who signed is no code, and a reason for a version may name somebody.
  const versions = view.versions.map(version => ({ ...version, by: '', reason: '' }))
  const { labels, standing } = view
  return { source: { edition, labels, standing, versions, agencies: [], said: [], hostType, stamp }, bundle }
}

function workOf(
  { form, format, itemId }: ExportBody,
  source: FormSource,
  bundle: MinutesBundle | undefined,
  madeAt: Date,
): RenderTask | Uint8Array {
  if (format === 'json') return Buffer.from(JSON.stringify(bundle))
  if (format === 'csv' || format === 'xlsx') {
    return { kind: 'sheet', format, sheet: actionSheet(source) }
  }
  if (format === 'ics') {
    const name = printableLine(source.edition.meeting.parts.heading?.title ?? '') || EXPORT_FORMS.dates.ko
    return { kind: 'calendar', name, days: dueDays(source.edition), madeAt }
  }
  return { kind: 'paper', format, paper: paperOf(form, source, itemId), madeAt }
}

/** `생연1동 김주무 · 2026. 11. 28.(토) 09:12 · 반출번호 AbCd1234 · 기관 내 보고` */
async function stampOf(
  parts: ExportParts,
  by: By,
  { records }: AdmittedMinutes,
  { purpose, redacted }: ExportBody,
  exportId: ExportId,
  at: Date,
): Promise<string> {
  const agencyId = participationOf(by.actor, records.facts)?.agencyId ?? records.conference.hostAgencyId
  const [person, agency] = await Promise.all([parts.people.person(by.actor.userId), parts.people.agency(agencyId)])
  const who = redacted === undefined ? `${agency?.shortName ?? ''} ${person?.name ?? ''}` : (agency?.shortName ?? '')
  const number = `반출번호 ${exportId.slice(0, 8)}`
  // A purpose may name somebody; in a redacted edition it stays in the record.
  const why = redacted === undefined ? cutTo(60, printableLine(purpose)) : '비공개 정보 제외본'
  return [printableLine(who), dateTimeWords(at), number, why].join(' · ')
}

function cutTo(most: number, words: string): string {
  const letters = [...words]
  return letters.length <= most ? words : `${letters.slice(0, most - 1).join('')}…`
}

/** `사례회의록_20261124_11월 통합사례회의.pdf`; a redacted one without the meeting's name. */
function nameOf({ form, format, redacted }: ExportBody, { edition }: FormSource): string {
  const { facts, heading } = edition.meeting.parts
  const day = facts ? dayStamp(facts.startedAt ?? facts.plannedAt) : ''
  const title = redacted === undefined ? (heading?.title ?? '') : '비공개 정보 제외본'
  return fileNameOf([EXPORT_FORMS[form].ko, day, title].filter(Boolean).join('_'), ENDINGS[format] ?? format)
}

async function record(
  parts: ExportParts,
  by: By,
  { records }: AdmittedMinutes,
  about: {
    action: 'minutes.export' | 'minutes.take'
    leaves: readonly LeafKey[]
    exportId: ExportId
    form: ExportForm
    format: ExportFormat
    redacted?: unknown
  },
): Promise<void> {
  const { _id: conferenceId } = records.conference
  const { action, leaves, exportId, form, format } = about
  // One of an edition that shows no leaf at all is on record as well.
  const keys: readonly LeafKey[] = leaves.length > 0 ? leaves : ['meeting']
  for (const key of keys) {
    const itemId = itemOfLeaf(key)
    const kind = key.startsWith('supervision:') ? 'supervision' : 'item'
    const document = documentNameOf(itemId === null ? { kind: 'conference', conferenceId } : { kind, itemId })
    await parts.audit.record({
      actor: by.actor.userId,
      sessionId: by.sessionId,
      address: by.address,
      action,
      subject: itemId === null ? undefined : (records.items.get(itemId)?.item.caseId ?? undefined),
      object: `${document} export.${exportId}`,
      outcome: 'ok',
      reason: `${form}.${format}${about.redacted === undefined ? '' : '.redacted'}`,
    })
  }
}
