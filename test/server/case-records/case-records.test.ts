/** Records of a case: for exactly who may read them, and kept as they were written. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { newId } from '../../../server/lib/random.ts'
import type { StoredRecord } from '../../../server/storage/port.ts'
import { must } from '../../../shared/assert.ts'
import type { CaseRecordId, CommandId, UserId } from '../../../shared/ids.ts'
import { type ContentOf, RECORD_VERSIONS_MAX, type RecordContent } from '../../../shared/protocol/case-records.ts'
import { EARLIER, note, openRecordWorld, type RecordWorld } from './record-world.ts'

let records: RecordWorld
let town: RecordWorld['town']

beforeEach(async () => {
  records = await openRecordWorld()
  town = records.town
})
afterEach(() => records.close())

const day = (n: number) => `2026-11-${String(n).padStart(2, '0')}T01:00:00.000Z`
const refusal = (reason: string, detail?: string) => ({ reason, ...(detail !== undefined && { detail }) })

const monitoring = (more: Partial<ContentOf<'monitoring'>> = {}): RecordContent => ({
  kind: 'monitoring',
  at: EARLIER,
  type: 'regular',
  rows: [{ row: '', service: '간병비 지원', carriedOut: 'partly', note: '한 주 늦음' }],
  satisfaction: [{ item: 'in_time', points: 2 }],
  result: 'change',
  text: '간병이 더 필요합니다.',
  ...more,
})

const visit = (more: Partial<ContentOf<'joint_visit'>> = {}): RecordContent => ({
  kind: 'joint_visit',
  at: '2026-11-26T05:00:00.000Z',
  state: 'planned',
  agencies: [town.dong, town.muhan],
  people: [town.leader, town.co],
  lead: town.co,
  purpose: '집 안 위험물 확인',
  safety: '개가 있음. 두 사람이 함께 들어갈 것',
  minutes: null,
  text: '',
  ...more,
})

const risk = (answers: Record<string, string>, more: Partial<ContentOf<'risk'>> = {}): RecordContent => ({
  kind: 'risk',
  at: EARLIER,
  instrument: 'sample',
  instrumentVersion: 1,
  answers: Object.entries(answers).map(([item, answer]) => ({ item, answer })),
  override: null,
  text: '',
  ...more,
})

test('[CR1] [CR2] who may read the case reads its records, and each says who wrote it for whom', async () => {
  await records.write(town.leader, note('첫 방문'))
  await records.write(town.co, note('전화로 확인', { at: day(20) }))
  for (const who of [town.leader, town.mate, town.co, town.second]) {
    const view = await records.read(who)
    expect(view.counts.process_note).toBe(2)
    expect(view.records.map(({ by, content }) => [by.agency.name, textOf(content)])).toEqual([
      ['생연1동', '첫 방문'],
      ['무한돌봄', '전화로 확인'],
    ])
  }
  for (const who of [town.partner, town.stranger, town.worker, town.former, town.watcher]) {
    await expect(records.read(who)).rejects.toMatchObject(refusal('not-found'))
    await expect(records.write(who, note())).rejects.toMatchObject(refusal('not-found'))
    await expect(records.search(who, '방문')).rejects.toMatchObject(refusal('not-found'))
  }
})

test('[CR1] [LR-36] what an agency keeps for itself alone is for all others as if it did not exist', async () => {
  const shared = await records.write(town.leader, note('함께 보는 기록'))
  const before = await records.read(town.leader)
  const narrow = await records.write(town.co, note('배우자의 위협이 있어 우리만 봄'), { narrow: true })
  await records.correct(town.co, narrow, note('배우자의 위협이 있어 우리만 봄, 다시'))
  await records.draft(town.co, 'process_note', '{"text":"배우자"}')

  // The other agency: the same list, counts, tag and drafts as before; nothing to be found, and no such record.
  expect(await records.look(town.leader, { known: before.tag })).toEqual({ unchanged: true })
  expect(await records.read(town.mate)).toMatchObject({ counts: before.counts, drafts: {}, more: null })
  for (const query of ['배우자', '위협', 'ㅂㅇㅈ']) {
    expect(await records.search(town.leader, query)).toMatchObject({ count: 0, found: [] })
  }
  const unknown = newId<CaseRecordId>()
  for (const recordId of [narrow, unknown]) {
    await expect(records.versions(town.leader, recordId)).rejects.toMatchObject(refusal('not-found'))
    await expect(records.correct(town.leader, recordId, note())).rejects.toMatchObject(refusal('not-found'))
  }

  // Its own: all of it, the colleague as well as the writer, but for the draft.
  const own = await records.read(town.second)
  expect(own.records.map(({ recordId, narrowTo }) => [recordId, narrowTo?.name ?? null])).toEqual(
    expect.arrayContaining([
      [shared, null],
      [narrow, '무한돌봄'],
    ]),
  )
  expect(own.drafts).toEqual({})
  expect((await records.search(town.second, '배우자')).count).toBe(1)
  expect((await records.versions(town.second, narrow)).versions).toHaveLength(2)
})

test('[CR1] who works on the case no more reads none of it from then on', async () => {
  await records.write(town.leader, note())
  const file = must(await records.parts.cases.find(records.caseId), 'the case')
  await records.parts.cases.update(file, { ...file, workers: file.workers.filter(one => one.userId !== town.second) })
  await expect(records.read(town.second)).rejects.toMatchObject(refusal('not-found'))
  expect((await records.read(town.co)).counts.process_note).toBe(1)
})

test('[CR3] a correction keeps for whom it is', async () => {
  const narrow = await records.write(town.leader, note('우리끼리'), { narrow: true })
  await records.correct(town.mate, narrow, note('우리끼리, 고침'))
  expect((await records.read(town.co)).counts.process_note).toBe(0)
  const stored = await records.world.store.collection<Stored>('caseRecords').find({}).toArray()
  expect(stored.map(({ narrowTo }) => narrowTo)).toEqual([town.dong, town.dong])
})

test('[CR4] a correction is a version with its reason, and the old one can be read', async () => {
  const recordId = await records.write(town.leader, note('어머니가 아픔'))
  await records.correct(town.mate, recordId, note('아버지가 아픔'), { reason: '사람을 잘못 적음' })
  const { versions } = await records.versions(town.co, recordId)
  expect(versions.map(({ version, by, reason, content }) => [version, by.name, reason, textOf(content)])).toEqual([
    [2, 'mate', '사람을 잘못 적음', '아버지가 아픔'],
    [1, 'leader', '', '어머니가 아픔'],
  ])
  const [shown] = (await records.read(town.co)).records
  expect([shown?.version, shown?.first.by.name, shown?.by.name]).toEqual([2, 'leader', 'mate'])
  expect((await records.search(town.co, '어머니')).count).toBe(0)
})

test('[CR5] colleagues of who wrote it correct it, and nobody of another agency; a visit those who visit', async () => {
  const recordId = await records.write(town.leader, note())
  await expect(records.correct(town.co, recordId, note('무한이 고침'))).rejects.toMatchObject(refusal('not-allowed'))
  const together = await records.write(town.leader, visit())
  await records.correct(town.second, together, visit({ state: 'done', at: EARLIER, text: '함께 다녀왔습니다.' }))
  const view = await records.read(town.co)
  const may = view.records.map(({ recordId: id, mayCorrect }) => [id, mayCorrect])
  expect(new Map(may as [CaseRecordId, boolean][])).toEqual(
    new Map([
      [recordId, false],
      [together, true],
    ]),
  )
})

test('[CR6] of two who correct one version one is written, and the other keeps what was typed', async () => {
  const recordId = await records.write(town.leader, note('원래'))
  const both = await Promise.allSettled([
    records.correct(town.leader, recordId, note('하나')),
    records.correct(town.mate, recordId, note('둘')),
  ])
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  const refused = both.find(one => one.status === 'rejected')
  expect(refused).toMatchObject({ reason: refusal('conflict', 'record') })
  await expect(records.correct(town.mate, recordId, note('늦게'))).rejects.toMatchObject(refusal('conflict'))
  expect((await records.versions(town.leader, recordId)).versions).toHaveLength(2)
  // And what failed is said to have failed.
  expect(await records.world.records({ action: 'case-record.correct', outcome: 'failed' })).toHaveLength(1)
})

test('[CR7] sent again with its command, and sent twice at once, it is written once', async () => {
  const command = newId<CommandId>()
  const first = await records.write(town.leader, note(), { command })
  expect(await records.write(town.leader, note(), { command })).toBe(first)
  const twice = newId<CommandId>()
  const [one, other] = await Promise.all([
    records.write(town.leader, note('동시에'), { command: twice }),
    records.write(town.leader, note('동시에'), { command: twice }),
  ])
  expect(one).toBe(other)
  const again = newId<CommandId>()
  await records.correct(town.leader, first, note('고침'), { command: again })
  await records.correct(town.leader, first, note('고침'), { command: again })
  expect((await records.versions(town.leader, first)).versions).toHaveLength(2)
  expect((await records.read(town.leader)).counts.process_note).toBe(2)
})

test('[CR8] a code that is not offered is refused; what the record held may stay', async () => {
  await expect(records.write(town.leader, note('', { text: 'x', method: 'pigeon' }))).rejects.toMatchObject(
    refusal('bad-request', 'code-not-offered'),
  )
  const recordId = await records.write(town.leader, note('온라인으로', { method: 'online' }))
  const now = await records.parts.codeSets.now()
  const entries = now.current('contact_method').entries.map(entry => {
    return entry.code === 'online' ? { ...entry, retired: true as const } : entry
  })
  const at = new Date(records.parts.now())
  await records.codeSetVersions.add({
    ...{ set: 'contact_method', version: 2, by: town.leader, at, reason: '쓰지 않음' },
    entries: [...entries, { code: 'own_1', ko: '영상통화', en: 'Video call' }],
  })
  await expect(records.write(town.leader, note('다시', { method: 'online' }))).rejects.toMatchObject(
    refusal('bad-request', 'code-not-offered'),
  )
  await records.correct(town.leader, recordId, note('온라인으로, 고침', { method: 'online' }))
  await records.write(town.leader, note('얼굴을 보며', { method: 'own_1' }))
  const view = await records.read(town.leader)
  expect(view.records.map(({ codes }) => codes.contact_method).sort()).toEqual([2, 2])
  expect((await records.versions(town.leader, recordId)).versions.map(({ codes }) => codes.contact_method)).toEqual([
    2, 1,
  ])
})

test('[CR9] [LR-17] a resident registration number is refused in every text of every kind, in a reason and in a draft', async () => {
  const number = '900101-1234567'
  const withNumber: RecordContent[] = [
    note(`번호는 ${number} 입니다`),
    note('x', { contact: number }),
    intake({ wish: number }),
    intake({ text: `주민번호 ${number}` }),
    monitoring({ text: number }),
    monitoring({ rows: [{ row: '', service: '간병', carriedOut: 'no', note: number }] }),
    visit({ safety: number }),
    visit({ purpose: number }),
    risk({}, { text: number }),
    risk({}, { override: { level: 'high', reason: number } }),
  ]
  for (const content of withNumber) {
    await expect(records.write(town.leader, content)).rejects.toMatchObject(refusal('bad-request', 'resident-number'))
  }
  await expect(records.draft(town.leader, 'process_note', JSON.stringify({ text: number }))).rejects.toMatchObject(
    refusal('bad-request', 'resident-number'),
  )
  const recordId = await records.write(town.leader, note())
  await expect(records.correct(town.leader, recordId, note(), { reason: number })).rejects.toMatchObject(
    refusal('bad-request', 'resident-number'),
  )
  expect(await records.world.store.collection<Stored>('caseRecords').countDocuments({})).toBe(1)
  expect(await records.world.store.collection<Stored>('caseRecordDrafts').countDocuments({})).toBe(0)
})

test('[CR10] nothing has happened that is still to come, but a visit is planned', async () => {
  const tomorrow = '2026-11-25T03:00:00.000Z'
  for (const content of [note('x', { at: tomorrow }), note('x', { at: '1989-12-31T00:00:00Z' })]) {
    await expect(records.write(town.leader, content)).rejects.toMatchObject(refusal('bad-request', 'record-day'))
  }
  await records.write(town.leader, visit({ at: tomorrow }))
  await expect(records.write(town.leader, visit({ at: '2028-01-01T00:00:00Z' }))).rejects.toMatchObject(
    refusal('bad-request', 'record-day'),
  )
  await expect(
    records.write(town.leader, visit({ at: tomorrow, state: 'done', text: '다녀옴' })),
  ).rejects.toMatchObject(refusal('bad-request', 'record-day'))
})

test('[CR11] a visit is of two agencies, led by one who goes, and over once it is over', async () => {
  const wrong: [RecordContent, string][] = [
    [visit({ agencies: [town.dong, town.dong] }), 'record-twice'],
    [visit({ agencies: [town.dong, town.council] }), 'visit-agencies'],
    [visit({ agencies: [town.muhan, town.council] }), 'visit-agencies'],
    [visit({ people: [town.leader, town.stranger] }), 'visit-people'],
    [visit({ lead: town.mate }), 'visit-people'],
    [visit({ state: 'done', at: EARLIER }), 'visit-words'],
    [visit({ state: 'cancelled', text: '비가 와서' }), 'visit-over'],
  ]
  for (const [content, detail] of wrong) {
    await expect(records.write(town.leader, content)).rejects.toMatchObject(refusal('bad-request', detail))
  }
  await expect(records.write(town.leader, visit(), { narrow: true })).rejects.toMatchObject(
    refusal('bad-request', 'visit-narrow'),
  )
  const off = await records.write(town.leader, visit())
  await records.correct(town.leader, off, visit({ state: 'cancelled', text: '대상자가 입원함' }))
  for (const state of ['planned', 'done'] as const) {
    await expect(
      records.correct(town.leader, off, visit({ state, at: EARLIER, text: '다시' }), { _v: 2 }),
    ).rejects.toMatchObject(refusal('bad-request', 'visit-over'))
  }
})

test('[CR12] a check says what was carried out and how content the household is, each question once', async () => {
  await records.write(town.leader, monitoring())
  const [shown] = (await records.read(town.co)).records
  expect(shown?.content).toEqual(monitoring())
  const twice = [1, 5].map(points => ({ item: 'in_time', points }))
  await expect(records.write(town.leader, monitoring({ satisfaction: twice }))).rejects.toMatchObject(
    refusal('bad-request', 'record-twice'),
  )
  // Nothing begins by itself.
  expect((await records.parts.cases.find(records.caseId))?.stage).toBe('registered')
})

test("[CR13] a draft is its writer's alone, is there again, and is gone once the record is written", async () => {
  await records.draft(town.leader, 'process_note', '{"text":"쓰다 만"}')
  await records.draft(town.leader, 'process_note', '{"text":"쓰다 만 글"}')
  await records.draft(town.leader, 'monitoring', '{"text":"점검"}')
  expect((await records.read(town.leader)).drafts).toEqual({
    process_note: '{"text":"쓰다 만 글"}',
    monitoring: '{"text":"점검"}',
  })
  expect((await records.read(town.mate)).drafts).toEqual({})
  await records.write(town.leader, note('쓰다 만 글'))
  expect((await records.read(town.leader)).drafts).toEqual({ monitoring: '{"text":"점검"}' })
  await records.draft(town.leader, 'monitoring', '')
  expect((await records.read(town.leader)).drafts).toEqual({})
})

test('[CR14] [LR-11] reading, searching, writing and drafting are recorded with the case as subject and without a word', async () => {
  const recordId = await records.write(town.leader, note('비밀스러운 말'))
  await records.draft(town.leader, 'process_note', '비밀 초안')
  await records.read(town.leader)
  await records.search(town.leader, '비밀스러운')
  await records.versions(town.leader, recordId)
  await records.correct(town.leader, recordId, note('고친 말'))
  const actions = ['write', 'draft', 'open', 'search', 'versions', 'correct'].map(one => `case-record.${one}`)
  for (const action of actions) {
    const [found, ...more] = await records.world.records({ action })
    expect([action, more.length, found?.subject, found?.outcome]).toEqual([action, 0, records.caseId, 'ok'])
    expect(JSON.stringify(found)).not.toMatch(/비밀|고친/)
  }
  await expect(records.read(town.stranger)).rejects.toMatchObject(refusal('not-found'))
  const denied = await records.world.records({ outcome: 'denied' })
  expect(denied.at(-1)?.subject).toBe(records.caseId)
})

test('[CR15] markup is text, and what lies at rest says nothing', async () => {
  const text = '<b>김영희</b> 님의 통장'
  await records.write(town.leader, note(text))
  await records.draft(town.leader, 'intake', '박철수의 상담')
  expect(textOf(must((await records.read(town.co)).records[0], 'one').content)).toBe(text)
  for (const name of ['caseRecords', 'caseRecordDrafts']) {
    const stored = await records.world.store.collection<Stored>(name).find({}).toArray()
    expect(stored).toHaveLength(1)
    const bytes = stored.map(record =>
      Object.values(record).map(value => (Buffer.isBuffer(value) ? value.toString('utf8') : JSON.stringify(value))),
    )
    expect(JSON.stringify(bytes)).not.toMatch(/김영희|통장|박철수|본인/)
  }
})

test('[CR15] a case that is full takes no more', async () => {
  await records.write(town.leader, note())
  const [one] = await records.parts.caseRecords.clearVersions(records.caseId)
  const full = Array.from({ length: RECORD_VERSIONS_MAX }, () => must(one, 'a version'))
  records.parts.caseRecords = { ...records.parts.caseRecords, clearVersions: async () => full }
  await expect(records.write(town.leader, note())).rejects.toMatchObject(refusal('too-large', 'records-full'))
})

test('the list comes in pages by when it happened, of one kind or of all', async () => {
  for (let n = 1; n <= 20; n++) await records.write(town.leader, note(`기록 ${n}`, { at: day(n) }))
  for (let n = 1; n <= 12; n++) await records.write(town.co, monitoring({ text: `점검 ${n}`, at: day(n) }))
  const first = await records.read(town.leader)
  const second = await records.read(town.leader, { from: must(first.more, 'more') })
  expect([first.records.length, first.more, second.records.length, second.more]).toEqual([30, 30, 2, null])
  const days = [...first.records, ...second.records].map(({ content }) => content.at)
  expect(days).toEqual([...days].sort().reverse())
  const checks = await records.read(town.leader, { kind: 'monitoring' })
  expect([checks.records.length, checks.counts.process_note, checks.counts.monitoring]).toEqual([12, 20, 12])
  expect((await records.search(town.leader, '기록 7', 'process_note')).count).toBe(2)
  expect((await records.search(town.leader, '점검 12', 'process_note')).count).toBe(0)
})

test('[RK1] [RK3] [RK5] surveys stand in a row with the score of their own sheet and the judgement beside it', async () => {
  await records.write(town.leader, risk({ suicide: 'urgent', debt: 'some' }, { at: day(3) }))
  const urgent = Object.fromEntries(['suicide', 'mind', 'body', 'debt'].map(item => [item, 'urgent']))
  await records.write(
    town.leader,
    risk(urgent, { at: day(13), override: { level: 'middle', reason: '입원으로 안정됨' } }),
  )
  const { risks, records: shown } = await records.read(town.co)
  expect(risks.map(({ total, level, judged, isOpen }) => [total, level, judged, isOpen])).toEqual([
    [5, 'low', 'low', true],
    [16, 'high', 'middle', true],
  ])
  expect(shown.map(({ score }) => score?.total)).toEqual([16, 5])
  const wrong: [RecordContent, string][] = [
    [risk({}, { instrumentVersion: 2 }), 'risk-instrument'],
    [risk({ suicide: 'perhaps' }), 'risk-answers'],
    [risk({ unheard: 'some' }), 'risk-answers'],
    [risk({}, { override: { level: 'extreme', reason: 'x' } }), 'risk-level'],
  ]
  for (const [content, detail] of wrong) {
    await expect(records.write(town.leader, content)).rejects.toMatchObject(refusal('bad-request', detail))
  }
})

interface Stored extends StoredRecord {
  narrowTo: string | null
}

const textOf = (content: RecordContent) => content.text

const intake = (more: Partial<ContentOf<'intake'>> = {}): RecordContent => ({
  kind: 'intake',
  at: EARLIER,
  minutes: null,
  session: 1,
  route: 'outreach_visit',
  method: 'home_visit',
  contact: '본인',
  phone: '',
  team: '맞춤형복지팀',
  wish: '병원비',
  text: '처음 만남',
  ...more,
})

test('a first interview is kept whole', async () => {
  await records.write(town.leader, intake())
  expect((await records.read(town.co)).records[0]?.content).toEqual(intake())
})

test('what is no content of a record is refused before anything is looked up', async () => {
  const bad: unknown[] = [
    { ...note(), text: '' },
    { ...note(), minutes: 0 },
    { ...note(), minutes: 1441 },
    { ...note(), extra: 1 },
    { ...note(), kind: 'diary' },
    { ...note(), text: 'x'.repeat(8001) },
    { ...note(), text: 'a\u0000b' },
    { ...monitoring(), satisfaction: [{ item: 'in_time', points: 6 }] },
    { ...monitoring(), result: 'maybe' },
  ]
  for (const content of bad) await expect(records.write(town.leader, content as RecordContent)).rejects.toThrow()
  expect(await records.world.store.collection<Stored>('caseRecords').countDocuments({})).toBe(0)
})

test('somebody who only watches the case reads and does not write', async () => {
  const file = must(await records.parts.cases.find(records.caseId), 'the case')
  const watcher: UserId = town.watcher
  await records.parts.cases.update(file, {
    ...file,
    workers: [...file.workers, { userId: watcher, agencyId: town.muhan }],
  })
  await records.write(town.leader, note())
  const view = await records.read(watcher)
  expect([view.mayWrite, view.own, view.counts.process_note, view.records[0]?.mayCorrect]).toEqual([
    false,
    null,
    1,
    false,
  ])
  await expect(records.write(watcher, note())).rejects.toMatchObject(refusal('not-allowed'))
})
