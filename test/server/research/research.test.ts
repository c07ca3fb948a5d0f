/** An agency's own research before a meeting: for exactly that agency's people at the table, until it is shared (server/research/SPEC.md). */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { admitToItem } from '../../../server/conferences/admission.ts'
import { changeItem } from '../../../server/conferences/item-commands.ts'
import { acceptOwnStatement } from '../../../server/conferences/statements.ts'
import type { ResearchParts } from '../../../server/research/ports.ts'
import { admitToSheet } from '../../../server/research/research-admission.ts'
import { shareSheet, takeBackSheet, writeSheet } from '../../../server/research/research-commands.ts'
import { createResearchRepository } from '../../../server/research/research-repository.ts'
import { listSheets, openShared, openSheet } from '../../../server/research/research-views.ts'
import type { StoredRecord } from '../../../server/storage/port.ts'
import { must } from '../../../shared/assert.ts'
import type { UserId } from '../../../shared/ids.ts'
import {
  EMPTY_SHEET,
  RESEARCH_TEXT_MAX,
  type ResearchSheet,
  writeResearchBody,
} from '../../../shared/protocol/research.ts'
import { type Meeting, meet, moveTo, openWorld, settle, type Town, type World } from '../conferences/world.ts'

const FACTS = '2025년 겨울 난방비를 두 번 지원하였다.'
const SECRET = '다른 가구원의 상담은 본인이 원하지 않아 알리지 않는다.'

let world: World
let town: Town
let parts: ResearchParts
let meeting: Meeting
let other: UserId

beforeEach(async () => {
  world = await openWorld()
  town = await settle(world)
  parts = { ...world.parts, research: createResearchRepository({ store: world.store, keyring: world.keyring }) }
  other = world.person('other', [town.muhan, 'case_worker'])
  meeting = await held('scheduled')
})
afterEach(() => world.close())

const held = (state: 'scheduled' | 'live' | 'closed', accepted = true) =>
  meet(world, town, state, { accepted, more: [[other, town.muhan, 'attendee']] })

const admit = (userId: UserId, at = meeting) => admitToSheet(parts, world.by(userId), at.conferenceId, at.itemId)
const open = async (userId: UserId, at = meeting) => openSheet(parts, world.by(userId), await admit(userId, at))
async function write(userId: UserId, fields: Partial<ResearchSheet>, _v?: number) {
  const known = _v ?? (await open(userId))._v
  const body = writeResearchBody.parse({ _v: known, sheet: { ...EMPTY_SHEET, ...fields } })
  await writeSheet(parts, world.by(userId), await admit(userId), body)
}
const share = async (userId: UserId) =>
  shareSheet(parts, world.by(userId), await admit(userId), { _v: (await open(userId))._v })
const shared = async (userId: UserId, at = meeting) =>
  openShared(parts, world.by(userId), await admitToItem(parts, world.by(userId), at.conferenceId, at.itemId))
const list = async (userId: UserId, at = meeting) =>
  listSheets(parts, world.by(userId), await world.toEnter(userId, at.conferenceId))

describe('whose it is', () => {
  test('[RS1] one sheet for all of an agency at the table; two agencies have two', async () => {
    await write(town.co, { known: 'known', facts: FACTS })
    expect((await open(other)).sheet.facts).toBe(FACTS)
    expect((await open(town.leader)).sheet).toEqual(EMPTY_SHEET)
    expect((await open(other)).savedBy).toMatchObject({ userId: town.co })
  })

  test('[RS1] who watches, who is recused, who is not cleared and who is not there find none, like an item that is not there', async () => {
    await write(town.co, { facts: FACTS })
    const admitted = await world.toChangeItem(town.leader, meeting.conferenceId, meeting.itemId)
    await changeItem(world.parts, world.by(town.leader), admitted, { _v: admitted.item._v, recused: [other] })
    const nowhere = await admitToSheet(parts, world.by(town.partner), meeting.conferenceId, meeting.generalId).catch(
      error => error,
    )
    for (const userId of [town.watcher, other, town.partner, town.stranger]) {
      const refused = await admit(userId).catch(error => error)
      expect([userId, refused.reason, refused.detail]).toEqual([userId, nowhere.reason, nowhere.detail])
    }
  })

  test('[RS7] that a sheet was begun shows to nobody else; only what is shared does', async () => {
    await moveTo(world, town, meeting.conferenceId, 'live')
    const before = await shared(town.leader)
    await write(town.co, { facts: FACTS })
    expect(await shared(town.leader)).toEqual(before)
    expect(before.missing.map(one => one.agencyId).sort()).toEqual([town.dong, town.muhan].sort())
    await share(town.co)
    const after = await shared(town.leader)
    expect(after.shared.map(one => [one.agencyId, one.sheet.facts])).toEqual([[town.muhan, FACTS]])
    expect(after.missing.map(one => one.agencyId)).toEqual([town.dong])
  })
})

describe('when', () => {
  test('[RS2] before the confidentiality statement no sheet is named, and none opens', async () => {
    const early = await held('scheduled', false)
    expect(await list(town.co, early)).toMatchObject({ statement: 'needed', sheets: [] })
    await expect(open(town.co, early)).rejects.toMatchObject({ reason: 'not-found' })
    await acceptOwnStatement(world.parts, world.by(town.co), await world.toEnter(town.co, early.conferenceId))
    expect(await list(town.co, early)).toMatchObject({
      statement: 'accepted',
      sheets: [{ itemId: early.itemId, case: { label: '김○○ 가구' }, standing: 'empty' }],
    })
    expect((await open(town.co, early)).mayWrite).toBe(true)
    // Not cleared for any case: nothing to accept for.
    expect(await list(town.partner, early)).toMatchObject({ statement: 'accepted', sheets: [] })
  })

  test('[RS2] after the meeting it is read and not written', async () => {
    await write(town.co, { facts: FACTS })
    await moveTo(world, town, meeting.conferenceId, 'live')
    await moveTo(world, town, meeting.conferenceId, 'closed')
    expect(await open(town.co)).toMatchObject({ mayWrite: false, sheet: { facts: FACTS } })
    await expect(write(town.co, { facts: '뒤늦은 말' })).rejects.toMatchObject({ reason: 'not-allowed' })
    await expect(share(town.co)).rejects.toMatchObject({ reason: 'not-allowed' })
  })
})

describe('sharing', () => {
  test('[RS3] [RS4] shared is what stood then, but for what is kept back; later words are shared by sharing again', async () => {
    await write(town.co, { known: 'known', facts: FACTS, withheld: SECRET })
    await share(town.co)
    expect(await list(town.co)).toMatchObject({ sheets: [{ standing: 'shared' }] })
    await write(town.co, { known: 'known', facts: `${FACTS} 세 번째는 거절하였다.`, withheld: SECRET })
    expect(await open(town.co)).toMatchObject({ changedSince: true, shared: { version: 1 } })
    expect(await list(town.co)).toMatchObject({ sheets: [{ standing: 'changed' }] })
    await moveTo(world, town, meeting.conferenceId, 'live')
    expect((await shared(town.leader)).shared.map(one => one.sheet.facts)).toEqual([FACTS])
    await share(town.co)
    const now = await shared(town.leader)
    expect(now.shared).toMatchObject([{ version: 2, sheet: { facts: `${FACTS} 세 번째는 거절하였다.` } }])
    expect(JSON.stringify(now)).not.toContain(SECRET)
    expect(await open(town.co)).toMatchObject({ changedSince: false, sheet: { withheld: SECRET } })
  })

  test('[RS5] an empty sheet is not shared; one that says that nothing is known is; taken back until the meeting is live', async () => {
    await write(town.co, { withheld: SECRET })
    await expect(share(town.co)).rejects.toMatchObject({ reason: 'bad-request', detail: 'research-empty' })
    await write(town.co, { known: 'unknown', lastContact: '2026-11-01' })
    expect((await open(town.co)).sheet.lastContact).toBe('')
    await share(town.co)
    const takeBack = async () =>
      takeBackSheet(parts, world.by(town.co), await admit(town.co), { _v: (await open(town.co))._v })
    await takeBack()
    expect(await open(town.co)).toMatchObject({ shared: null, sheet: { known: 'unknown' } })
    await share(town.co)
    await moveTo(world, town, meeting.conferenceId, 'live')
    await expect(takeBack()).rejects.toMatchObject({ reason: 'not-allowed', detail: 'research-was-read' })
    expect((await shared(town.leader)).shared).toHaveLength(1)
  })
})

test('[RS6] of two who save at once one is written, and the other is told', async () => {
  await write(town.co, { facts: FACTS }, 0)
  await expect(write(other, { facts: '다른 말' }, 0)).rejects.toMatchObject({ reason: 'conflict' })
  const { _v } = await open(other)
  const answers = await Promise.allSettled([write(town.co, { facts: '하나' }, _v), write(other, { facts: '둘' }, _v)])
  expect(answers.map(one => one.status).sort()).toEqual(['fulfilled', 'rejected'])
  await expect(shareSheet(parts, world.by(other), await admit(other), { _v })).rejects.toMatchObject({
    reason: 'conflict',
  })
})

test('[RS8] [LR-17] a resident registration number is masked on the way in; a part has its length', () => {
  const body = (facts: string) => writeResearchBody.safeParse({ _v: 0, sheet: { ...EMPTY_SHEET, facts } })
  expect(must(body('주민등록번호 900101-1234567 확인').data, 'a body').sheet.facts).not.toContain('234567')
  expect(body('가'.repeat(RESEARCH_TEXT_MAX)).success).toBe(true)
  expect(body('가'.repeat(RESEARCH_TEXT_MAX + 1)).success).toBe(false)
  expect(body('\u0000').success).toBe(false)
})

test('[RS9] something on a sheet is known to the agenda, and what lies with an item can go with it', async () => {
  expect(await parts.research.isWritten(meeting.itemId)).toBe(false)
  await write(town.co, { facts: FACTS })
  expect(await parts.research.isWritten(meeting.itemId)).toBe(true)
  await parts.research.removeOf(meeting.itemId)
  expect((await open(town.co))._v).toBe(0)
})

test('[LR-11] each look, list and change is in the record of access with the case; no word of it is at rest in clear', async () => {
  await write(town.co, { facts: FACTS, withheld: SECRET })
  await share(town.co)
  await list(town.co)
  await moveTo(world, town, meeting.conferenceId, 'live')
  await shared(town.leader)
  const entries = await world.store
    .collection<StoredRecord & { action: string; subject?: string }>('audit')
    .find({ subject: town.caseId })
    .toArray()
  const actions = entries.map(entry => entry.action)
  for (const action of ['research.write', 'research.open', 'research.share', 'research.list']) {
    expect(actions).toContain(action)
  }
  const records = await world.store.collection<StoredRecord>('research').find({}).toArray()
  expect(records).toHaveLength(1)
  const bytes = JSON.stringify(records, (_key, value) =>
    value?.type === 'Buffer' ? Buffer.from(value.data).toString('utf8') : value,
  )
  for (const word of ['난방비', '상담은']) expect(bytes).not.toContain(word)
})
