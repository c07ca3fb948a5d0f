/** The town of the conferences' tests with records of its case: writing, correcting, reading and looking for them by a person's name. */
import {
  admitToCorrectRecord,
  admitToRecord,
  admitToWriteRecords,
} from '../../../server/case-records/record-admission.ts'
import { correctRecord, keepDraft, writeRecord } from '../../../server/case-records/record-commands.ts'
import { createRecordParts } from '../../../server/case-records/record-parts.ts'
import { searchRecords } from '../../../server/case-records/record-search.ts'
import { type Asked, openRecords, openVersions } from '../../../server/case-records/record-views.ts'
import { admitToCase } from '../../../server/conferences/admission.ts'
import { newId } from '../../../server/lib/random.ts'
import { must } from '../../../shared/assert.ts'
import type { CaseRecordKind } from '../../../shared/case-records/kinds.ts'
import type { CaseRecordId, CommandId, UserId } from '../../../shared/ids.ts'
import {
  type CaseRecordsView,
  type ContentOf,
  correctRecordBody,
  type RecordContent,
  writeRecordBody,
} from '../../../shared/protocol/case-records.ts'
import { openWorld, settle } from '../conferences/world.ts'

/** An hour before the town's noon. */
export const EARLIER = '2026-11-24T02:00:00.000Z'

export const note = (text = '병원비 고지서를 함께 보았습니다.', more: Partial<ContentOf<'process_note'>> = {}) =>
  ({
    kind: 'process_note',
    at: EARLIER,
    minutes: 40,
    method: 'home_visit',
    purpose: 'counselling',
    contact: '본인',
    service: '',
    text,
    ...more,
  }) satisfies RecordContent

/**
 * Beside the town's people:
 *
 *   mate     생연1동, works on the case as the leader does
 *   second   무한돌봄, works on the case as co does
 *   former   생연1동, did and does not any more
 */
export async function openRecordWorld() {
  const world = await openWorld()
  const town = await settle(world)
  const mate = world.person('mate', [town.dong, 'case_worker'])
  const second = world.person('second', [town.muhan, 'case_worker'])
  const former = world.person('former', [town.dong, 'case_worker'])
  const file = must(await world.parts.cases.find(town.caseId), 'the case')
  await world.parts.cases.update(file, {
    ...file,
    workers: [...file.workers, { userId: mate, agencyId: town.dong }, { userId: second, agencyId: town.muhan }],
  })
  const people = { ...town, mate, second, former }
  const parts = createRecordParts({ conferences: world.parts, store: world.store, keyring: world.keyring })
  const { codeSetVersions } = parts
  const { caseId } = town
  const admitted = (who: UserId) => admitToCase(parts, world.by(who), caseId)

  return {
    world,
    town: people,
    parts,
    codeSetVersions,
    caseId,
    async write(who: UserId, content: RecordContent, options: { narrow?: boolean; command?: CommandId } = {}) {
      const { narrow = false, command = newId<CommandId>() } = options
      const body = writeRecordBody.parse({ command, narrow, content })
      return writeRecord(parts, world.by(who), await admitToWriteRecords(parts, world.by(who), caseId), body)
    },
    async correct(
      who: UserId,
      recordId: CaseRecordId,
      content: RecordContent,
      options: { _v?: number; reason?: string; command?: CommandId } = {},
    ) {
      const { _v = 1, reason = '잘못 적음', command = newId<CommandId>() } = options
      const body = correctRecordBody.parse({ command, _v, reason, content })
      const by = world.by(who)
      await correctRecord(parts, by, await admitToCorrectRecord(parts, by, caseId, recordId), body)
    },
    async read(who: UserId, asked: Asked = {}): Promise<CaseRecordsView> {
      const view = await openRecords(parts, world.by(who), await admitted(who), asked)
      if ('unchanged' in view) throw new Error('Nothing was known')
      return view
    },
    look: async (who: UserId, asked: Asked) => openRecords(parts, world.by(who), await admitted(who), asked),
    search: async (who: UserId, query: string, kind?: CaseRecordKind) =>
      searchRecords(parts, world.by(who), await admitted(who), { query, ...(kind && { kind }) }),
    async versions(who: UserId, recordId: CaseRecordId) {
      const by = world.by(who)
      return openVersions(parts, by, await admitToRecord(parts, by, caseId, recordId))
    },
    async draft(who: UserId, kind: CaseRecordKind, draft: string) {
      const by = world.by(who)
      await keepDraft(parts, by, await admitToWriteRecords(parts, by, caseId), { kind, draft })
    },
    close: () => world.close(),
  }
}

export type RecordWorld = Awaited<ReturnType<typeof openRecordWorld>>
