/** What may be taken out of the minutes, by whom, and what stays on record of it. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createVerifier } from '../../../server/minutes/signing-key.ts'
import { must } from '../../../shared/assert.ts'
import { discussionOf } from '../../../shared/documents/item-document.ts'
import { paragraphsOf } from '../../../shared/documents/rich-text.ts'
import { type Paper, textOfPaper } from '../../../shared/exports/paper.ts'
import { verifyMinutes } from '../../../shared/minutes/verify.ts'
import { DECIDED, DISCUSSED, SUPERVISED } from '../minutes/minutes-under-test.ts'
import { type ExportsUnderTest, exportsUnderTest, PURPOSE } from './exports-under-test.ts'
import { hwpxText, packed, pdfPages } from './readers.ts'

let e: ExportsUnderTest
beforeEach(async () => {
  e = await exportsUnderTest()
})
afterEach(() => e.close())

const paperIn = (bytes: Buffer): Paper => JSON.parse(bytes.toString()) as Paper
const saidBy = (bytes: Buffer): string => textOfPaper(paperIn(bytes)).join('\n')

describe('[EX1] an export shows what its reader may read, and nothing else', () => {
  test('minutes and report in print, PDF and HWPX say what was decided, to those who may know', async () => {
    await e.circulate()
    for (const form of ['minutes', 'report']) {
      expect(saidBy((await e.take(e.town.leader, { form, format: 'print' })).bytes)).toContain(DECIDED)
      const pdf = await e.take(e.town.leader, { form, format: 'pdf' })
      expect(packed(pdfPages(pdf.bytes).join(''))).toContain(packed(DECIDED))
      expect(pdf.type).toBe('application/pdf')
      const hwpx = await e.take(e.town.leader, { form, format: 'hwpx' })
      expect(packed(hwpxText(hwpx.bytes))).toContain(packed(DECIDED))
    }
  })

  test('who may not open an item gets its place and its hash, in every format', async () => {
    await e.circulate()
    const { edition } = await e.view(e.town.partner)
    const item = must(
      edition.items.find(one => one.itemId === e.itemId),
      'the household',
    )
    expect(item.restricted).toBe(true)
    const print = saidBy((await e.take(e.town.partner, { form: 'minutes', format: 'print' })).bytes)
    expect(print).toContain('열람 제한 안건')
    expect(packed(print)).toContain(item.hash)
    for (const format of ['print', 'pdf', 'hwpx', 'docx']) {
      for (const form of ['minutes', 'report', 'sign_sheet']) {
        const { bytes } = await e.take(e.town.partner, { form, format })
        const said =
          format === 'pdf' ? pdfPages(bytes).join('') : format === 'hwpx' ? hwpxText(bytes) : bytes.toString()
        for (const secret of [DECIDED, DISCUSSED, SUPERVISED, '간병비'])
          expect(packed(said)).not.toContain(packed(secret))
      }
    }
    for (const [form, format] of [
      ['actions', 'csv'],
      ['dates', 'ics'],
      ['bundle', 'json'],
      ['letter', 'text'],
    ]) {
      const { bytes } = await e.take(e.town.partner, { form, format })
      expect(bytes.toString()).not.toContain('간병비')
    }
  })

  test('the paper about an item is for those who may open it', async () => {
    await e.circulate()
    const household = { form: 'household', format: 'print', itemId: e.itemId }
    await expect(e.begin(e.town.partner, household)).rejects.toMatchObject({ reason: 'not-found' })
    const { bytes } = await e.take(e.town.leader, household)
    expect(saidBy(bytes)).toContain('여러 기관이 함께 도와드리기로 했습니다')
  })

  test('[EX9] the plan for the household says what is done, never what agencies thought of it', async () => {
    const said = saidBy((await e.take(e.town.leader, { form: 'household', format: 'print', itemId: e.itemId })).bytes)
    expect(said).toContain('간병비 지원')
    for (const inner of ['치료가 먼저다', '복합 위기', DISCUSSED, SUPERVISED]) expect(said).not.toContain(inner)
  })

  test('[EX10] a letter and a calendar name the case by its number', async () => {
    const { number, label } = must(await e.parts.cases.find(e.town.caseId), 'the case')
    const letter = (await e.take(e.town.leader, { form: 'letter', format: 'text' })).bytes.toString()
    expect(letter).toContain(number)
    expect(letter).not.toContain(label)
    expect(letter).not.toContain('간병비')
  })

  test('a supervision note goes out to its readers only', async () => {
    await e.circulate()
    const of = async (userId: typeof e.minuteTaker) =>
      saidBy((await e.take(userId, { form: 'minutes', format: 'print' })).bytes)
    const readers = [e.town.leader, e.minuteTaker, e.town.co, e.town.partner]
    for (const userId of readers) {
      const { edition } = await e.view(userId)
      const mayRead = edition.items.some(item => !item.restricted && item.supervision !== null)
      expect((await of(userId)).includes(SUPERVISED)).toBe(mayRead)
    }
  })
})

describe('[EX2] a redacted edition', () => {
  const redacted = (released: object[] = []) => ({ form: 'minutes', format: 'print', redacted: { released } })

  test('holds codes and counts; every text is a hash until somebody releases it', async () => {
    await e.circulate()
    const plain = saidBy((await e.take(e.town.leader, redacted())).bytes)
    for (const secret of [DECIDED, DISCUSSED, SUPERVISED, '간병비', '복합 위기', '11월 통합사례회의']) {
      expect(plain).not.toContain(secret)
    }
    expect(plain).toContain('비공개 · 확인값')
    const one = saidBy((await e.take(e.town.leader, redacted([{ leaf: e.leaf, part: 'decisions' }]))).bytes)
    expect(one).toContain(DECIDED)
    expect(one).not.toContain(DISCUSSED)
  })

  test('never shows a supervision note, not even released', async () => {
    await e.circulate()
    const released = [{ leaf: `supervision:${e.itemId}`, part: 'note' }]
    expect(saidBy((await e.take(e.town.leader, redacted(released))).bytes)).not.toContain(SUPERVISED)
  })

  test('names neither who took it out nor who signed', async () => {
    await e.circulate()
    await e.sign(e.town.co)
    const { bytes } = await e.take(e.town.leader, redacted())
    const person = must(await e.parts.people.person(e.town.leader), 'the leader')
    const signer = must(await e.parts.people.person(e.town.co), 'who signed')
    const all = [...textOfPaper(paperIn(bytes)), paperIn(bytes).stamp].join('\n')
    expect(all).not.toContain(person.name)
    expect(all).not.toContain(signer.name)
    expect(all).not.toContain(PURPOSE)
  })

  test('its bundle verifies', async () => {
    await e.circulate()
    await e.sign(e.town.co, 'noted', '예산이 확정되면')
    const { bytes } = await e.take(e.town.leader, { form: 'bundle', format: 'json', redacted: { released: [] } })
    const { publicKey } = e.parts.signer
    const said = await verifyMinutes(
      JSON.parse(bytes.toString()),
      publicKey,
      must(createVerifier(publicKey), 'verifier'),
    )
    expect(said).toMatchObject({ problems: [] })
    expect(bytes.toString()).not.toContain('예산이 확정되면')
    expect(bytes.toString()).not.toContain(DISCUSSED)
  })

  test('text is released by who conducted the conference alone', async () => {
    await e.circulate()
    const asked = redacted([{ leaf: e.leaf, part: 'decisions' }])
    await expect(e.begin(e.town.co, asked)).rejects.toMatchObject({ reason: 'not-allowed' })
    await expect(e.begin(e.town.co, redacted())).resolves.toMatchObject({ form: 'minutes' })
  })

  test('is made of a frozen version only, and of the forms that have one', async () => {
    await expect(e.begin(e.town.leader, redacted())).rejects.toMatchObject({ reason: 'not-found' })
    await e.circulate()
    const asked = { form: 'sign_sheet', format: 'print', redacted: { released: [] } }
    await expect(e.begin(e.town.leader, asked)).rejects.toMatchObject({ detail: 'redacted' })
  })
})

describe('purpose, stamp and record', () => {
  test('[EX3] the stamp says agency, person, time, number and purpose; purpose and form are kept', async () => {
    const { exportId } = await e.begin(e.town.leader, { form: 'minutes', format: 'print' })
    await e.made(e.town.leader, exportId)
    const { stamp } = paperIn((await e.fetch(e.town.leader, exportId)).bytes)
    const person = must(await e.parts.people.person(e.town.leader), 'the leader')
    for (const part of [person.name, '2026. 11. 24.(화)', `반출번호 ${exportId.slice(0, 8)}`, PURPOSE]) {
      expect(stamp).toContain(part)
    }
    expect(await e.parts.exports.ofConference(e.conferenceId)).toMatchObject([
      { _id: exportId, form: 'minutes', format: 'print', purpose: PURPOSE, by: e.town.leader, redacted: false },
    ])
    const raw = await e.world.store.collection<{ _id: string }>('exports').find({}).toArray()
    expect(JSON.stringify(raw)).not.toContain(PURPOSE)
  })

  test('[EX4] each leaf is on record before the bytes leave, with the case as subject, and again when they are fetched', async () => {
    await e.circulate()
    const { exportId } = await e.begin(e.town.leader, { form: 'report', format: 'print' })
    const made = await e.accesses('minutes.export')
    expect(made.map(entry => entry.object)).toContain(`${e.item} export.${exportId}`)
    expect(made.find(entry => entry.object?.startsWith(e.item))).toMatchObject({
      subject: e.town.caseId,
      outcome: 'ok',
      reason: 'report.print',
      actor: e.town.leader,
    })
    expect(await e.accesses('minutes.take')).toEqual([])
    await e.made(e.town.leader, exportId)
    await e.fetch(e.town.leader, exportId)
    expect((await e.accesses('minutes.take')).map(entry => entry.object)).toContain(`${e.item} export.${exportId}`)
  })

  test('a purpose of four letters is none', async () => {
    await expect(e.begin(e.town.leader, { form: 'minutes', format: 'pdf', purpose: '보고용.' })).rejects.toThrow()
  })

  test('a format that the form does not have, an item where none belongs: refused', async () => {
    await expect(e.begin(e.town.leader, { form: 'dates', format: 'pdf' })).rejects.toMatchObject({ detail: 'format' })
    const asked = { form: 'minutes', format: 'pdf', itemId: e.itemId }
    await expect(e.begin(e.town.leader, asked)).rejects.toMatchObject({ detail: 'itemId' })
    await expect(e.begin(e.town.leader, { form: 'household', format: 'pdf' })).rejects.toMatchObject({
      detail: 'itemId',
    })
  })
})

describe('[EX6] what is made waits for its maker', () => {
  test('once', async () => {
    const { exportId } = await e.begin(e.town.leader, { form: 'minutes', format: 'print' })
    await e.made(e.town.leader, exportId)
    await e.fetch(e.town.leader, exportId)
    await expect(e.fetch(e.town.leader, exportId)).rejects.toMatchObject({ reason: 'not-found' })
  })

  test('for nobody else, not even one who may read the same', async () => {
    const { exportId } = await e.begin(e.town.leader, { form: 'minutes', format: 'print' })
    await e.made(e.town.leader, exportId)
    expect(() => e.jobs.view(exportId, e.of(e.town.co))).toThrow('not-found')
    await expect(e.fetch(e.town.co, exportId)).rejects.toMatchObject({ reason: 'not-found' })
    await expect(e.fetch(e.town.leader, exportId)).resolves.toBeDefined()
  })

  test('for five minutes', async () => {
    const { exportId } = await e.begin(e.town.leader, { form: 'minutes', format: 'print' })
    await e.made(e.town.leader, exportId)
    await e.clock.advance(300_000)
    await expect(e.fetch(e.town.leader, exportId)).rejects.toMatchObject({ reason: 'not-found' })
  })

  test('and is gone when access to one of its items was withdrawn meanwhile', async () => {
    const { exportId } = await e.begin(e.town.co, { form: 'minutes', format: 'print' })
    await e.made(e.town.co, exportId)
    const item = must(await e.parts.items.find(e.itemId), 'the item')
    await e.parts.items.update(item, { ...item, agencies: [e.town.dong] })
    await expect(e.fetch(e.town.co, exportId)).rejects.toMatchObject({ reason: 'not-found' })
    expect(() => e.jobs.view(exportId, e.of(e.town.co))).toThrow('not-found')
  })

  test('three at once for a person; one that is called off makes room', async () => {
    e.renderer.isHeld = true
    const asked = { form: 'minutes', format: 'print' }
    const first = await e.begin(e.town.leader, asked)
    await e.begin(e.town.leader, asked)
    await e.begin(e.town.leader, asked)
    await expect(e.begin(e.town.leader, asked)).rejects.toMatchObject({ detail: 'exports-waiting' })
    await expect(e.begin(e.town.co, asked)).resolves.toMatchObject({ state: 'waiting' })
    e.jobs.cancel(first.exportId, e.of(e.town.leader))
    await expect(e.begin(e.town.leader, asked)).resolves.toMatchObject({ state: 'waiting' })
  })

  test('one that went wrong says so, and nothing of it can be fetched', async () => {
    e.renderer.failure = new Error('no')
    const { exportId } = await e.begin(e.town.leader, { form: 'minutes', format: 'print' })
    await new Promise(resolve => setImmediate(resolve))
    expect(e.jobs.view(exportId, e.of(e.town.leader))).toMatchObject({ state: 'failed', problem: 'internal' })
    await expect(e.fetch(e.town.leader, exportId)).rejects.toMatchObject({ detail: 'export-not-ready' })
  })
})

test('a draft can be taken out and says that it is one; what is written later is not in it', async () => {
  const before = saidBy((await e.take(e.town.leader, { form: 'minutes', format: 'print' })).bytes)
  expect(before).toContain('작성 중인 안')
  await e.write(e.item, doc => discussionOf(doc).push(paragraphsOf('나중에 적은 말')))
  expect(before).not.toContain('나중에 적은 말')
})

test('[CO9] what is taken out of a version keeps its words in every form, redacted as well, whatever is renamed later', async () => {
  await e.rename('need_domain', 'health', '몸과 마음의 건강')
  await e.rename('decision_kind', 'select_case_management', '=사례관리 가구로 정함')
  await e.circulate()
  await e.rename('need_domain', 'health', '보건')
  await e.rename('decision_kind', 'select_case_management', '선정함')
  const wanted: [Record<string, unknown>, string[]][] = [
    [{ form: 'minutes' }, ['몸과 마음의 건강', '사례관리 가구로 정함']],
    [{ form: 'minutes', redacted: { released: [] } }, ['사례관리 가구로 정함']],
    [{ form: 'report' }, ['사례관리 가구로 정함']],
    [{ form: 'letter' }, ['사례관리 가구로 정함']],
    [{ form: 'copy_sheet', itemId: e.itemId }, ['몸과 마음의 건강', '사례관리 가구로 정함']],
  ]
  for (const [body, said] of wanted) {
    const words = saidBy((await e.take(e.town.leader, { format: 'print', ...body })).bytes)
    for (const one of said) expect([body.form, words]).toEqual([body.form, expect.stringContaining(one)])
    for (const other of ['보건', '선정함', '통합사례관리 대상 선정']) expect(words).not.toContain(other)
  }
  const pdf = await e.take(e.town.leader, { form: 'minutes', format: 'pdf' })
  expect(packed(pdfPages(pdf.bytes).join(''))).toContain('몸과마음의건강')
})
