import { afterEach, describe, expect, test } from 'vitest'
import { readRecords } from '../../../server/meetings/meeting-records.ts'
import { createMeetingRepository } from '../../../server/meetings/meeting-repository.ts'
import { admitToConductMinutes, admitToMinutes } from '../../../server/minutes/minutes-admission.ts'
import { signMinutes } from '../../../server/minutes/minutes-commands.ts'
import { finishMinutes } from '../../../server/minutes/objections.ts'
import { createVerifier } from '../../../server/minutes/signing-key.ts'
import { must } from '../../../shared/assert.ts'
import { discussionOf } from '../../../shared/documents/item-document.ts'
import { paragraphsOf } from '../../../shared/documents/rich-text.ts'
import type { UserId } from '../../../shared/ids.ts'
import { verifyMinutes } from '../../../shared/minutes/verify.ts'
import { meet } from '../conferences/world.ts'
import {
  AT,
  DAY_MS,
  DECIDED,
  DISCUSSED,
  type MinutesUnderTest,
  minutesUnderTest,
  SUPERVISED,
} from './minutes-under-test.ts'

let m: MinutesUnderTest
afterEach(() => m.close())

const openItemOf = async (userId: UserId, number?: number) => {
  const { edition } = await m.view(userId, number)
  const item = must(
    edition.items.find(one => one.itemId === m.itemId),
    'the household',
  )
  if (item.restricted) throw new Error('restricted')
  return item
}

const verified = async (userId: UserId) => {
  const bundle = await m.bundle(userId)
  const { publicKey } = m.parts.signer
  return verifyMinutes(JSON.parse(JSON.stringify(bundle)), publicKey, must(createVerifier(publicKey), 'verifier'))
}

describe('the draft', () => {
  test('[MN1] minutes begin when the conference is closed, and a draft is made anew at each look', async () => {
    m = await minutesUnderTest()
    const live = await meet(m.world, m.town, 'live')
    await expect(admitToMinutes(m.parts, m.world.by(m.town.leader), live.conferenceId)).rejects.toMatchObject({
      detail: 'conference-not-closed',
    })
    expect((await openItemOf(m.town.leader)).parts.discussion?.text.words).toBe(DISCUSSED)
    await m.write(m.item, doc => discussionOf(doc).push(paragraphsOf('더 적음')))
    expect((await openItemOf(m.town.leader)).parts.discussion?.text.words).toContain('더 적음')
    await m.circulate()
    await m.write(m.item, doc => discussionOf(doc).push(paragraphsOf('나중에')))
    expect((await openItemOf(m.town.leader)).parts.discussion?.text.words).not.toContain('나중에')
  })

  test('the record holds what the meeting left behind', async () => {
    m = await minutesUnderTest()
    const { edition } = await m.view(m.town.leader)
    const { heading, attendance, proceedings, facts } = edition.meeting.parts
    expect(heading).toMatchObject({
      title: '11월 통합사례회의',
      place: '2층 회의실',
      chair: 'leader',
      minuteTaker: 'taker',
    })
    expect(heading?.convenedBy.name).toBe('생연1동')
    expect(attendance?.attendees.map(one => one.name)).toEqual(['leader', 'co', 'partner', 'taker'])
    expect(attendance?.inAttendance.map(one => one.name)).toEqual(['watcher'])
    expect(proceedings?.map(one => [one.number, one.progress, one.label])).toEqual([
      [1, 'done', ''],
      [2, 'waiting', '지난 회의 조치사항 점검'],
    ])
    expect(facts).toMatchObject({ type: 'integrated', agencies: 3, attendees: 4, items: 2 })
    const { parts, supervision } = await openItemOf(m.town.leader)
    expect(parts.subject?.case).toMatchObject({ number: '2026-031', label: '김○○ 가구' })
    expect(parts.opinions?.map(one => [one.need, one.agency.name, one.text.words])).toEqual([
      ['health', '무한돌봄', '치료가 먼저다'],
    ])
    expect(parts.decisions?.map(one => [one.kind, one.text.words, one.reason.words])).toEqual([
      ['select_case_management', DECIDED, '복합 위기'],
    ])
    expect(parts.actions?.map(one => [one.agency?.name, one.what.words, one.status])).toEqual([
      ['무한돌봄', '간병비 지원', 'proposed'],
    ])
    expect(supervision?.parts.note?.text.words).toBe(SUPERVISED)
  })

  test('[MN2] everybody reads what is theirs, of the rest place and hash, and each reading is on record', async () => {
    m = await minutesUnderTest()
    await m.circulate()
    const { edition } = await m.view(m.town.partner)
    const household = edition.items[0]
    expect(household).toMatchObject({ restricted: true, number: 1, itemId: m.itemId })
    expect(household?.hash).toMatch(/^[0-9a-f]{64}$/)
    expect(JSON.stringify(edition)).not.toContain('간병비')
    expect(JSON.stringify(edition)).not.toContain('김○○')
    const co = await openItemOf(m.town.co)
    expect(co.supervision).toBeNull()
    expect(co.supervisionHash).toMatch(/^[0-9a-f]{64}$/)
    expect(JSON.stringify(co)).not.toContain(SUPERVISED)
    const opened = await m.world.records({ action: 'minutes.open' })
    const ofCase = opened.filter(record => record.subject === m.town.caseId).map(record => record.actor)
    expect(ofCase).toEqual([m.town.co])
    await expect(m.view(m.town.stranger)).rejects.toMatchObject({ reason: 'not-found' })
  })

  test('[MN17] how the room was closed stands there, with nothing from inside an item', async () => {
    m = await minutesUnderTest()
    const { state, version } = await m.parts.meetings.find(m.conferenceId)
    const open = { 'item-not-discussed': 1, 'decision-without-reason': 2, 'not-confirmed': 3 }
    const closing = { at: AT, by: m.town.leader, reason: '시간 부족', open }
    await createMeetingRepository(m.world).store(m.conferenceId, { state, version }, { ...state, closing })
    expect((await m.view(m.town.partner)).edition.meeting.parts.closing).toEqual({
      at: AT,
      by: 'leader',
      reason: '시간 부족',
      open: { 'item-not-discussed': 1 },
    })
  })

  test('[MN3] what the law asks for and is not there is named item by item, and refuses circulating', async () => {
    m = await minutesUnderTest()
    await m.write(m.item, doc => {
      discussionOf(doc).delete(0, discussionOf(doc).length)
      for (const root of [...doc.share.keys()].filter(name => name.startsWith('opinion:'))) {
        const text = doc.getXmlFragment(root)
        text.delete(0, text.length)
      }
    })
    const { missing } = await m.view(m.town.leader)
    expect(missing).toEqual([{ field: 'statements', itemId: m.itemId, number: 1 }])
    expect((await m.view(m.town.co)).missing).toEqual([])
    await expect(m.circulate()).rejects.toMatchObject({ detail: 'minutes-incomplete-statements' })
    expect((await m.kept()).state.standing).toBe('draft')
    await m.write(m.item, doc => discussionOf(doc).push(paragraphsOf('다시')))
    const { state } = await m.circulate()
    expect(state.versions[0]?.head).toMatchObject({ number: 1, workingDays: 3 })
    // Tuesday the 24th at noon; three working days later is Friday, to its end in Seoul.
    expect(state.versions[0]?.head.due).toBe('2026-11-27T15:00:00.000Z')
  })
})

describe('versions', () => {
  test('[MN4] a correction is a further version with a reason, and what did not change keeps its hash', async () => {
    m = await minutesUnderTest()
    await m.circulate()
    await expect(m.circulate()).rejects.toMatchObject({ detail: 'minutes-circulated' })
    await m.correct('금액 오기')
    await m.write(m.item, doc => discussionOf(doc).push(paragraphsOf('고침')))
    const { state } = await m.circulate()
    const [first, second] = state.versions.map(version => version.head)
    expect(second).toMatchObject({ number: 2, previous: state.versions[0]?.hash })
    const changed = second?.leaves.filter(([, hash], at) => first?.leaves[at]?.[1] !== hash).map(([key]) => key)
    expect(changed).toEqual([m.leaf])
    const view = await m.view(m.town.co)
    expect(view.versions[1]?.reason).toBe('금액 오기')
    expect(view.changes).toEqual([
      {
        itemId: m.itemId,
        number: 1,
        part: 'discussion',
        texts: [{ before: DISCUSSED, after: `${DISCUSSED}\n고침` }],
      },
    ])
    expect((await m.view(m.town.partner)).changes).toEqual([])
    expect((await openItemOf(m.town.co, 1)).parts.discussion?.text.words).toBe(DISCUSSED)
  })

  test('[MN5] who conducts writes while it is a draft or being corrected, and nobody in any other state', async () => {
    m = await minutesUnderTest()
    const writing = async () => [await m.mayWrite(m.town.leader), await m.mayWrite(m.town.co)]
    expect(await writing()).toEqual([true, false])
    await m.circulate()
    expect(await writing()).toEqual([false, false])
    await expect(m.change({ place: '다른 곳' })).rejects.toMatchObject({ detail: 'minutes-circulated' })
    await m.correct()
    expect(await writing()).toEqual([true, false])
    await m.circulate()
    m.world.pass(5 * DAY_MS)
    expect(await m.lapse()).toBe(1)
    expect(await writing()).toEqual([false, false])
    expect((await m.kept()).state.standing).toBe('sealed')
  })
})

describe('signing and sealing', () => {
  test('[MN6] without objection ordinary minutes are final when they are due, and not before', async () => {
    m = await minutesUnderTest()
    await m.circulate()
    await expect(m.seal()).rejects.toMatchObject({ detail: 'minutes-not-due' })
    expect(await m.lapse()).toBe(0)
    m.world.pass(4 * DAY_MS)
    expect(await m.lapse()).toBe(1)
    expect(await m.lapse()).toBe(0)
    const { versions, standing } = await m.view(m.town.co)
    expect(standing).toBe('sealed')
    expect(versions[0]?.seal).toMatchObject({ how: 'no_objection', by: '' })
    expect((await verified(m.town.co)).final?.how).toBe('no_objection')
    const [record] = await m.world.records({ action: 'minutes.seal' })
    expect(record).toMatchObject({ actor: null, reason: 'no_objection', outcome: 'ok' })
  })

  test('[MN6] joint management is final only once every agency has signed', async () => {
    m = await minutesUnderTest({ type: 'joint_management' })
    await m.circulate()
    m.world.pass(20 * DAY_MS)
    expect(await m.lapse()).toBe(0)
    await m.sign(m.town.leader)
    await m.sign(m.town.co, 'noted', '예산은 다음 달에 확정', m.leaf)
    await expect(m.seal()).rejects.toMatchObject({ detail: 'minutes-not-signed' })
    await m.sign(m.town.partner)
    await m.seal()
    const view = await m.view(m.town.partner)
    expect(view.versions[0]?.seal).toMatchObject({ how: 'all_signed', by: 'leader' })
    expect(view.agencies.map(agency => agency.signing)).toEqual(['signed', 'noted', 'signed'])
  })

  test('[MN7] an observer, a stranger and one who left the agency cannot sign, and nobody signs what was not shown', async () => {
    m = await minutesUnderTest()
    await m.circulate()
    await expect(m.sign(m.town.watcher)).rejects.toMatchObject({ reason: 'not-allowed' })
    await expect(m.sign(m.town.stranger)).rejects.toMatchObject({ reason: 'not-found' })
    await expect(m.sign(m.town.partner, 'objected', '모르는 안건', m.leaf)).rejects.toMatchObject({
      reason: 'not-found',
    })
    await expect(m.sign(m.town.co, 'objected', '')).rejects.toMatchObject({ detail: 'words-needed' })
    const admitted = await admitToMinutes(m.parts, m.world.by(m.town.co), m.conferenceId)
    const stale = { head: '0'.repeat(64), kind: 'signed', about: 'meeting', words: '' } as const
    await expect(signMinutes(m.parts, m.world.by(m.town.co), admitted, stale)).rejects.toMatchObject({
      detail: 'minutes-changed',
    })
    const co = must(m.world.people.get(m.town.co), 'co')
    co.memberships = []
    await expect(m.sign(m.town.co)).rejects.toMatchObject({ reason: 'not-found' })
    expect((await m.kept()).state.signatures).toEqual([])
    await m.sign(m.town.partner)
    const [signature] = (await m.kept()).state.signatures
    expect(signature?.covered).toEqual(['meeting', `item:${m.generalId}`])
  })

  test('[MN8] a correction asks again only for what changed, and a signature never spreads', async () => {
    m = await minutesUnderTest({ type: 'joint_management' })
    await m.circulate()
    for (const person of [m.town.leader, m.town.co, m.town.partner]) await m.sign(person)
    await m.correct()
    await m.write(m.item, doc => discussionOf(doc).push(paragraphsOf('고침')))
    await m.circulate()
    const signings = async () => (await m.view(m.town.leader)).agencies.map(agency => agency.signing)
    expect(await signings()).toEqual(['partly', 'partly', 'signed'])
    await m.sign(m.town.co)
    await m.sign(m.minuteTaker)
    expect(await signings()).toEqual(['signed', 'signed', 'signed'])
    await m.seal()
    expect((await verified(m.town.co)).problems).toEqual([])
  })

  test('[MN9] with an objection nothing is final by itself; it proposes itself for the next agenda once', async () => {
    m = await minutesUnderTest()
    await m.circulate()
    await m.sign(m.town.co, 'objected', '금액을 정한 적이 없다', m.leaf)
    m.world.pass(10 * DAY_MS)
    expect(await m.lapse()).toBe(0)
    await expect(m.seal()).rejects.toMatchObject({ detail: 'reason-needed' })
    const proposals = () => m.parts.proposals.openOf(m.town.dong)
    expect(await proposals()).toMatchObject([
      { kind: 'objection', itemId: m.itemId, caseId: m.town.caseId, agencyId: m.town.muhan },
    ])
    await finishMinutes(m.parts, id => readRecords(m.parts, id))
    expect(await proposals()).toHaveLength(1)
    await m.seal('다음 회의에서 다시 다룸')
    const report = await verified(m.town.co)
    expect([report.problems, report.final?.how]).toEqual([[], 'with_objections'])
    expect(await proposals()).toHaveLength(1)
  })

  test('[MN9] an agency that was not counted as attending objects as well', async () => {
    m = await minutesUnderTest()
    const { state, version } = await m.parts.meetings.find(m.conferenceId)
    const attendance = state.attendance.filter(one => one.userId !== m.town.co)
    await createMeetingRepository(m.world).store(m.conferenceId, { state, version }, { ...state, attendance })
    await m.circulate()
    await m.sign(m.town.co, 'objected', '참석했는데 빠졌다')
    m.world.pass(10 * DAY_MS)
    for (const person of [m.town.leader, m.town.partner]) await m.sign(person)
    expect(await m.lapse()).toBe(0)
    expect((await m.view(m.town.leader)).may.sealWithReason).toBe(true)
  })

  test('[MN9] an objection that a further version answers stands in the way no more', async () => {
    m = await minutesUnderTest()
    await m.circulate()
    await m.sign(m.town.co, 'objected', '금액을 정한 적이 없다', m.leaf)
    await m.correct('금액 삭제')
    await m.write(m.item, doc => discussionOf(doc).push(paragraphsOf('금액은 정하지 않음')))
    await m.circulate()
    m.world.pass(10 * DAY_MS)
    expect(await m.lapse()).toBe(1)
    expect((await m.view(m.town.co)).versions[1]?.seal?.how).toBe('no_objection')
  })

  test('[MN11] what is said of an item is told to its readers alone, and so is who signed it', async () => {
    m = await minutesUnderTest()
    await m.circulate()
    await m.sign(m.town.co, 'objected', '금액을 정한 적이 없다', m.leaf)
    expect((await m.view(m.town.leader)).said).toMatchObject([
      { agency: '무한돌봄', number: 1, words: '금액을 정한 적이 없다' },
    ])
    expect((await m.view(m.town.partner)).said).toEqual([])
    const bundle = await m.bundle(m.town.partner)
    expect(JSON.stringify(bundle)).not.toContain('금액')
    const slips = must(bundle.signatures[0], 'signature').slips
    expect(slips.map(slip => slip.opened?.content.covered)).toEqual([true, undefined, undefined, true, undefined])
    expect((await verified(m.town.partner)).problems).toEqual([])
  })

  test('[MN10] two who seal at once make one seal', async () => {
    m = await minutesUnderTest()
    await m.circulate()
    for (const person of [m.town.leader, m.town.co, m.town.partner]) await m.sign(person)
    const results = await Promise.allSettled([m.seal(), m.seal(), m.lapse()])
    expect(results.filter(one => one.status === 'rejected').map(one => one.reason.reason)).toEqual(['conflict'])
    const { state } = await m.kept()
    expect(state.versions.map(version => version.seal?.seal.how)).toEqual(['all_signed'])
  })

  test('who conducted the conference conducts its minutes, nobody else', async () => {
    m = await minutesUnderTest()
    for (const person of [m.town.co, m.town.partner]) {
      await expect(admitToConductMinutes(m.parts, m.world.by(person), m.conferenceId)).rejects.toMatchObject({
        reason: 'not-allowed',
      })
    }
    expect((await m.view(m.town.co)).may).toEqual({
      change: false,
      circulate: false,
      correct: false,
      sign: false,
      seal: false,
      sealWithReason: false,
    })
  })
})

describe('what codes are called', () => {
  const saidOf = async (number?: number) => {
    const { labels } = await m.view(m.town.leader, number)
    return [labels.needs.health.ko, labels.decisions.select_case_management.ko, labels.stages.case_finding.ko]
  }
  const SHIPPED = ['건강', '통합사례관리 대상 선정', '발굴']

  test('[CO9] a draft says what they are called now, a version what they were called when it was circulated', async () => {
    m = await minutesUnderTest()
    expect(await saidOf()).toEqual(SHIPPED)
    await m.rename('need_domain', 'health', '몸과 마음의 건강')
    await m.rename('decision_kind', 'select_case_management', '사례관리 가구로 정함')
    const renamed = ['몸과 마음의 건강', '사례관리 가구로 정함', '발굴']
    expect(await saidOf()).toEqual(renamed)
    await m.circulate()
    await m.rename('need_domain', 'health', '보건')
    await m.rename('case_stage', 'case_finding', '찾음')
    expect(await saidOf()).toEqual(renamed)
    await m.correct('이름 바뀜')
    expect(await saidOf()).toEqual(['보건', '사례관리 가구로 정함', '찾음'])
    await m.circulate()
    expect([await saidOf(1), await saidOf(2)]).toEqual([renamed, ['보건', '사례관리 가구로 정함', '찾음']])
    for (const person of [m.minuteTaker, m.town.co, m.town.partner]) await m.sign(person)
    await m.seal()
    await m.rename('decision_kind', 'select_case_management', '또 다른 이름')
    expect((await saidOf())[1]).toBe('사례관리 가구로 정함')
    expect(await verified(m.town.leader)).toMatchObject({ problems: [] })
  })

  test('[CO9] a version of the time before they were kept is called as shipped', async () => {
    m = await minutesUnderTest()
    await m.circulate()
    const kept = await m.kept()
    const versions = kept.state.versions.map(({ codes: _, ...version }) => version)
    await m.parts.minutes.store(m.conferenceId, kept, { ...kept.state, versions }, null)
    await m.rename('need_domain', 'health', '보건')
    expect(await saidOf()).toEqual(SHIPPED)
  })
})
