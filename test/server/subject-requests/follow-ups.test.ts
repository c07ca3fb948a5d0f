/** What follows from an answer, over the real records: a suspended case of which nothing new is given, and a deletion at the retention desk. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createAccessLog } from '../../../server/audit/access-log.ts'
import { approveBasis, enterBasis, enterConsent, markSensitive } from '../../../server/bases/basis-commands.ts'
import { admitToPrintForm, recordCasePrint } from '../../../server/case-forms/case-form-commands.ts'
import { createCasePrintRepository } from '../../../server/case-forms/case-print-repository.ts'
import { admitToCase } from '../../../server/conferences/admission.ts'
import { changeCase } from '../../../server/conferences/case-commands.ts'
import { listCases, openCase } from '../../../server/conferences/case-views.ts'
import { changeItem, createItem } from '../../../server/conferences/item-commands.ts'
import { newId } from '../../../server/lib/random.ts'
import { admitToReferral } from '../../../server/referrals/referral-admission.ts'
import { printReferral } from '../../../server/referrals/referral-commands.ts'
import { admitToSheet } from '../../../server/research/research-admission.ts'
import { shareSheet, writeSheet } from '../../../server/research/research-commands.ts'
import { createResearchRepository } from '../../../server/research/research-repository.ts'
import {
  decideDestruction,
  holdCase,
  liftHold,
  proposeDestructions,
} from '../../../server/retention/retention-commands.ts'
import { inspectDestruction, requestedAtDesk, takeOutRegister } from '../../../server/retention/retention-views.ts'
import type { SubjectRequestParts } from '../../../server/subject-requests/ports.ts'
import { admitToRequest, enterRequest, moveRequest } from '../../../server/subject-requests/request-commands.ts'
import { createRequestRepository } from '../../../server/subject-requests/request-repository.ts'
import { openDeskRequests, openRequestsOfCase, requestsView } from '../../../server/subject-requests/request-views.ts'
import { must } from '../../../shared/assert.ts'
import type { CaseId, CommandId, UserId } from '../../../shared/ids.ts'
import { EMPTY_SHEET } from '../../../shared/protocol/research.ts'
import type { MoveRequestBody, SubjectRequestView } from '../../../shared/protocol/subject-requests.ts'
import type { RequestKind } from '../../../shared/subject-requests/request-codes.ts'
import { dayInSeoul } from '../../../shared/working-days.ts'
import { consentFor, taskFor } from '../../support/bases.ts'
import { suspend } from '../../support/suspend.ts'
import { withActions } from '../actions/action-world.ts'
import { withLife } from '../case-life/life-world.ts'
import { meet, NOON } from '../conferences/world.ts'
import { exportsUnderTest } from '../exports/exports-under-test.ts'
import { openReferralTown } from '../referrals/town.ts'
import { openRetention, type RetentionUnderTest, refusalOf, WHY } from '../retention/retention-under-test.ts'

const TODAY = dayInSeoul(NOON)
const DAY_MS = 86_400_000
const CLOSED = '2026-11-02T05:00:00Z'
const SUSPENDED = 'not-allowed case-suspended'
const LIFTED = '법원 명령에 따라 제공해야 하여 정지를 품'

let under: RetentionUnderTest
let parts: SubjectRequestParts
beforeEach(async () => {
  under = await openRetention()
  const { world } = under
  parts = {
    ...world.parts,
    store: world.store,
    requests: createRequestRepository({ store: world.store, keyring: world.keyring }),
    accessLog: createAccessLog({ store: world.store }),
    atRetention: caseId => requestedAtDesk(under.desk, caseId),
  }
})
afterEach(() => under.close())

/** Entered and answered at once. */
async function granted(
  kind: RequestKind,
  answer: Partial<Extract<MoveRequestBody, { do: 'answer' }>> = {},
  caseId: CaseId = under.town.caseId,
): Promise<SubjectRequestView> {
  const { world, town } = under
  const by = world.by(town.leader)
  const before = await parts.requests.ofCase(caseId)
  await enterRequest(parts, by, await world.changeCase(town.leader, caseId), {
    command: newId<CommandId>(),
    kind,
    asker: 'client',
    checked: 'identity_card',
    came: 'in_person',
    receivedOn: TODAY,
    name: '김가상',
    relation: '',
    what: '이제 제 정보를 쓰지 말아 주세요',
  })
  const made = must(
    (await parts.requests.ofCase(caseId)).find(one => !before.some(known => known._id === one._id)),
    'the request',
  )
  return move(made._id, {
    do: 'answer',
    _v: made._v,
    decision: 'granted',
    ground: '',
    on: dayInSeoul(world.parts.now()),
    went: 'mail',
    words: '요구한 대로 하겠다고 알림',
    ...answer,
  })
}

async function move(requestId: SubjectRequestView['requestId'], body: MoveRequestBody): Promise<SubjectRequestView> {
  const { world, town } = under
  const caseId = must(await parts.requests.find(requestId), 'the request').caseId
  const by = world.by(town.leader)
  await moveRequest(parts, by, await admitToRequest(parts, by, { caseId, requestId }), body)
  const { requests } = await requestsView(parts, caseId)
  return must(
    requests.find(one => one.requestId === requestId),
    'the request',
  )
}

const settle = (one: SubjectRequestView, on = dayInSeoul(under.world.parts.now())) =>
  move(one.requestId, { do: 'settle', _v: one._v, on, words: LIFTED })

async function printForm(userId: UserId): Promise<unknown> {
  const { world, town } = under
  const casePrints = createCasePrintRepository({ store: world.store, keyring: world.keyring })
  const admitted = await admitToPrintForm({ ...world.parts, casePrints }, world.by(userId), town.caseId)
  const body = { form: 'service_plan' as const, parts: ['head' as const], purpose: '사례 파일에 철하기' }
  return recordCasePrint({ ...world.parts, casePrints }, world.by(userId), admitted, body)
}

describe('[DR14] [LR-28] of a suspended case', () => {
  /** Each gives something new of the case to others; by what it is. */
  async function tries(): Promise<Record<string, () => Promise<unknown>>> {
    const { world, town } = under
    const by = world.by(town.leader)
    const admitted = () => world.changeCase(town.leader, town.caseId)
    const version = async () => (await world.parts.bases.find(town.caseId))._v
    const meeting = await meet(world, town, 'scheduled')
    const another = await meet(
      world,
      { ...town, caseId: await under.over('2026-777', '2026-11-20T00:00:00Z') },
      'draft',
    )
    const actions = withActions(world, town)
    const actionId = await actions.promise({ agencyId: town.dong })
    const research = {
      ...world.parts,
      research: createResearchRepository({ store: world.store, keyring: world.keyring }),
    }
    const sheet = () => admitToSheet(research, world.by(town.co), meeting.conferenceId, meeting.itemId)
    await writeSheet(research, world.by(town.co), await sheet(), { _v: 0, sheet: { ...EMPTY_SHEET, known: 'known' } })
    return {
      consent: async () =>
        enterConsent(
          world.parts,
          by,
          await admitted(),
          consentFor([town.council], { from: TODAY, givenOn: TODAY, _v: await version() }),
        ),
      law: async () =>
        enterBasis(world.parts, by, await admitted(), taskFor([town.council], { from: TODAY, _v: await version() })),
      unmark: async () => markSensitive(world.parts, by, await admitted(), { _v: await version(), sensitive: false }),
      agency: async () => {
        const { file } = await admitted()
        const agencies = [...file.agencies, { agencyId: town.council, role: 'partner' as const }]
        return changeCase(world.parts, by, await admitted(), { _v: file._v, agencies })
      },
      worker: async () => {
        const { file } = await admitted()
        const also = world.person('also', [town.muhan, 'case_worker'])
        const workers = [...file.workers, { userId: also, agencyId: town.muhan }]
        return changeCase(world.parts, by, await admitted(), { _v: file._v, workers })
      },
      item: async () =>
        createItem(world.parts, by, await world.toChange(town.leader, another.conferenceId), {
          kind: 'case',
          caseId: town.caseId,
          agencies: [town.dong, town.muhan],
          minutes: 10,
        }),
      clearance: async () => {
        const item = await world.toChangeItem(town.leader, meeting.conferenceId, meeting.itemId)
        const agencies = [...item.item.agencies, town.council]
        return changeItem(world.parts, by, item, { _v: item.item._v, agencies })
      },
      offer: () => actions.move(town.leader, actionId, 'offer', { agencyId: town.jungang }),
      research: async () => shareSheet(research, world.by(town.co), await sheet(), { _v: 1 }),
      print: () => printForm(town.co),
    }
  }

  test('nothing new is given to others: each try is refused in words and on record, until it is lifted with a reason', async () => {
    const { world, town } = under
    const all = await tries()
    const suspended = await granted('suspension')
    expect(suspended).toMatchObject({ followUp: 'suspends', settled: null })
    for (const [what, attempt] of Object.entries(all)) {
      expect([what, await refusalOf(attempt())]).toEqual([what, SUSPENDED])
    }
    const denied = await world.records({ action: 'authz.deny', subject: town.caseId })
    expect(denied.filter(one => one.reason === 'case-suspended')).toHaveLength(Object.keys(all).length)

    const lifted = await settle(suspended)
    expect(lifted).toMatchObject({ followUp: 'suspends', settled: { on: TODAY, byName: 'leader', words: LIFTED } })
    await expect(settle(lifted)).rejects.toMatchObject({ detail: 'request-settled' })
    // Each of them would have been done but for the suspension.
    for (const [what, attempt] of Object.entries(all)) {
      expect([what, await refusalOf(attempt())]).toEqual([what, 'done'])
    }
  })

  test('[DR15] what is open stays open, the lead agency reads, writes and prints it, and who reads it sees that it is suspended', async () => {
    const { world, town } = under
    await granted('suspension', { decision: 'partly', ground: 'law_orders' })
    for (const userId of [town.leader, town.co]) {
      const by = world.by(userId)
      const view = await openCase(world.parts, by, await admitToCase(world.parts, by, town.caseId))
      expect(view.suspendedOn).toBe(TODAY)
      expect((await listCases(world.parts, by)).map(one => one.suspendedOn)).toEqual([TODAY])
    }
    const admitted = await world.changeCase(town.leader, town.caseId)
    await changeCase(world.parts, world.by(town.leader), admitted, { _v: admitted.file._v, label: '김○○ 가구(정정)' })
    const { file } = await world.changeCase(town.leader, town.caseId)
    const workers = [...file.workers, { userId: town.worker, agencyId: town.dong }]
    await changeCase(world.parts, world.by(town.leader), { ...admitted, file }, { _v: file._v, workers })
    await printForm(town.leader)
    const prints = await world.records({ action: 'case-form.print' })
    expect(prints).toMatchObject([{ actor: town.leader, subject: town.caseId, outcome: 'ok' }])
    // Heard by the lead agency alone it is nobody else's.
    const { conferenceId } = await meet(world, { ...town, caseId: await under.over('2026-777', CLOSED) }, 'draft')
    const item = await createItem(world.parts, world.by(town.leader), await world.toChange(town.leader, conferenceId), {
      kind: 'case',
      caseId: town.caseId,
      agencies: [town.dong],
      minutes: 10,
    })
    expect(item.agencies).toEqual([town.dong])
  })

  test('who may not know of the case hears what they always hear', async () => {
    const { world, town } = under
    const heard = async () => {
      const answers: string[] = []
      for (const userId of [town.partner, town.stranger, town.worker]) {
        answers.push(await refusalOf(admitToCase(world.parts, world.by(userId), town.caseId)))
        answers.push(await refusalOf(world.changeCase(userId, town.caseId)))
      }
      return answers
    }
    const before = await heard()
    await granted('suspension')
    expect(await heard()).toEqual(before)
    expect(new Set(before)).toEqual(new Set(['not-found']))
  })

  test('an urgent basis that waits for the second person waits on', async () => {
    const { world, town } = under
    const known = await world.parts.bases.find(town.caseId)
    const body = taskFor([town.council], {
      from: TODAY,
      _v: known._v,
      basis: 'urgent_interest',
      law: '',
      reason: '연락이 닿지 않아 생명이 위험할 수 있음',
      reviewOn: '2026-12-01',
    })
    await enterBasis(world.parts, world.by(town.leader), await world.changeCase(town.leader, town.caseId), body)
    await granted('suspension')
    const { bases, _v } = await world.parts.bases.find(town.caseId)
    const basisId = must(bases[0], 'the basis').basisId
    const second = world.person('second', [town.dong, 'case_worker'])
    const { file } = await world.changeCase(town.leader, town.caseId)
    const workers = [...file.workers, { userId: second, agencyId: town.dong }]
    await changeCase(world.parts, world.by(town.leader), await world.changeCase(town.leader, town.caseId), {
      _v: file._v,
      workers,
    })
    const approve = async () =>
      approveBasis(world.parts, world.by(second), await world.changeCase(second, town.caseId), basisId, { _v })
    expect(await refusalOf(approve())).toBe(SUSPENDED)
  })
})

describe('[DR13] [RT13] a deletion that was granted', () => {
  test('is due at the desk years before its time; proposed, confirmed by a second person and in the record by its ground', async () => {
    const { world, town } = under
    const caseId = await under.over('2026-100', CLOSED)
    expect((await under.view()).cases).toEqual([])
    const request = await granted('deletion', { scope: 'case' }, caseId)
    expect(request).toMatchObject({
      followUp: 'destroys',
      atRetention: { standing: 'due', standingHolds: [], holds: [] },
    })
    expect((await under.view()).cases).toMatchObject([
      {
        caseId,
        standing: 'due',
        ground: 'request',
        requestedOn: TODAY,
        closedOn: '2026-11-02',
        decreeDue: '2032-01-01',
      },
    ])
    await under.propose(caseId)
    expect(await requestedAtDesk(under.desk, caseId)).toMatchObject({ standing: 'proposed' })
    const officer = world.by(under.officer)
    const [row] = (await openDeskRequests(parts, officer, town.dong)).requests
    expect(row).toMatchObject({ caseId, followUp: 'destroys', decision: 'granted' })
    await under.confirm(caseId, '2026-100')
    const [destroyed] = (await under.view()).decided
    expect(destroyed).toMatchObject({ state: 'destroyed', ground: 'request', number: '2026-100' })
    expect(await world.records({ action: 'retention.destroy' })).toMatchObject([{ reason: `request ${TODAY}` }])
    const { bytes } = await takeOutRegister(under.desk, officer, town.dong, '파기 점검 보고')
    expect(Buffer.from(bytes).toString('utf8')).toContain('정보주체의 삭제 요구')
    expect(await parts.requests.ofCases([caseId])).toEqual([])
  })

  test('of a case that goes on is listed and held until the case is over', async () => {
    const { world, town } = under
    const request = await granted('deletion', { scope: 'case' })
    expect(request.atRetention).toMatchObject({ standing: 'held', standingHolds: ['going_on'] })
    const [line] = (await under.view()).cases
    expect(line).toMatchObject({
      caseId: town.caseId,
      standing: 'held',
      closedOn: '',
      decreeDue: '',
      requestedOn: TODAY,
    })
    const propose = () =>
      proposeDestructions(under.desk, world.by(under.officer), town.dong, { caseIds: [town.caseId], words: WHY })
    expect(await refusalOf(propose())).toBe('not-allowed held')
  })

  test('[RT4] is kept by another law’s duty with the reason, which who answers for the request reads', async () => {
    const { world, town } = under
    const caseId = await under.over('2026-100', CLOSED)
    const request = await granted('deletion', { scope: 'case' }, caseId)
    const words = '보조금 집행 서류로 5년 동안 보존해야 함'
    const by = world.by(under.supervisor)
    await holdCase(under.desk, by, town.dong, { caseId, reason: 'legal_duty', until: '2027-06-30', words })
    const seen = async () => {
      const admitted = await world.changeCase(town.leader, caseId)
      return (await openRequestsOfCase(parts, world.by(town.leader), admitted)).requests[0]?.atRetention
    }
    expect(await seen()).toEqual({
      standing: 'held',
      standingHolds: [],
      holds: [{ reason: 'legal_duty', until: '2027-06-30', words }],
    })
    expect(await refusalOf(under.propose(caseId))).toBe('not-allowed held')
    const { holdId, _v } = must((await under.view()).cases[0]?.holds[0], 'the hold')
    await liftHold(under.desk, by, { agencyId: town.dong, holdId }, { _v, words: '보존 기간이 끝났습니다' })
    expect(await seen()).toMatchObject({ standing: 'due', holds: [] })
    expect(request.atRetention?.standing).toBe('due')
  })

  test('taken back since, it makes nothing due any more: a proposal is not confirmed', async () => {
    const { world, town } = under
    const caseId = await under.over('2026-100', CLOSED)
    const request = await granted('deletion', { scope: 'case' }, caseId)
    const { destructionId } = await under.propose(caseId)
    await settle(request)
    const by = world.by(under.supervisor)
    const shown = await inspectDestruction(under.desk, by, town.dong, destructionId)
    expect(shown.isDue).toBe(false)
    const body = { do: 'confirm' as const, _v: shown.destruction._v, number: '2026-100', counts: shown.counts }
    const confirm = decideDestruction(under.desk, by, { agencyId: town.dong, destructionId }, body)
    expect(await refusalOf(confirm)).toBe('not-allowed not-due')
    expect((await under.view()).cases).toEqual([])
  })

  test('[DR12] of a part leaves the case where it is, and is settled with what was removed', async () => {
    const { world } = under
    const caseId = await under.over('2026-100', CLOSED)
    const request = await granted('deletion', { scope: 'part' }, caseId)
    expect(request).toMatchObject({ followUp: 'removes', atRetention: null })
    expect((await under.view()).cases).toEqual([])
    world.pass(DAY_MS)
    expect(await settle(request)).toMatchObject({ settled: { on: '2026-11-25' } })
    const records = await world.records({ action: 'subject-request.settle' })
    expect(records).toMatchObject([{ subject: caseId, reason: 'removes', outcome: 'ok' }])
    expect(JSON.stringify(await world.store.collection('subjectRequests').find({}).toArray())).not.toContain('법원')
  })
})

test('[DR14] no referral of a suspended case is written or sent; who was asked before hears nothing of it', async () => {
  const house = await openReferralTown()
  const { world, caseId, leader, parts: referrals } = house
  try {
    await house.ground(house.city)
    const sent = must((await house.write([house.city]))[0], 'the draft').referralId
    const draft = must((await house.write([house.charity]))[0], 'the draft').referralId
    await house.move(leader, sent, { move: 'send' })
    await suspend(world, caseId, TODAY)
    expect(await refusalOf(house.write([house.centre]))).toBe(SUSPENDED)
    expect(await refusalOf(house.move(leader, draft, { move: 'send' }))).toBe(SUSPENDED)
    const print = async (userId: UserId) => {
      const by = world.by(userId)
      const admitted = await admitToReferral(referrals, by, sent)
      await printReferral(referrals, by, admitted, { purpose: '상담 때 볼 것', what: 'referral' })
    }
    expect(await refusalOf(print(house.co))).toBe(SUSPENDED)
    expect(await refusalOf(print(leader))).toBe('done')
    expect(await refusalOf(print(house.official))).toBe('done')
    await house.move(house.official, sent, { move: 'accept', plannedOn: TODAY })
  } finally {
    await world.close()
  }
})

test('[DR14] minutes with an item about a suspended case leave with its lead agency alone; without names they leave with anybody', async () => {
  const e = await exportsUnderTest()
  const { town, world } = e
  try {
    await e.circulate()
    const minutes = { form: 'minutes', format: 'print' }
    await e.take(town.co, minutes)
    await suspend(world, town.caseId, TODAY)
    expect(await refusalOf(e.begin(town.co, minutes))).toBe(SUSPENDED)
    expect(await refusalOf(e.begin(town.co, { form: 'household', format: 'print', itemId: e.itemId }))).toBe(SUSPENDED)
    await e.take(town.co, { ...minutes, redacted: { released: [] } })
    await e.take(town.leader, minutes)
    // The item is not open to this one, so there is nothing to hear of it either.
    await e.take(town.partner, minutes)
  } finally {
    await e.close()
  }
})

test('[DR14] the lead of a suspended case passes to nobody, also where it was offered before', async () => {
  const { world, town } = under
  const life = withLife(world, town)
  const offer = () =>
    life.tell(town.leader, {
      do: 'offer-lead',
      kind: 'transfer',
      to: town.muhan,
      staysAs: 'co_managing',
      reason: '거주지 이전',
    })
  const id = must((await offer()).offers.at(-1), 'the offer').id
  await suspend(world, town.caseId, TODAY)
  expect(await refusalOf(life.answer(town.co, { do: 'accept-lead', id }))).toBe(SUSPENDED)
  await life.tell(town.leader, { do: 'withdraw-lead', id })
  expect(await refusalOf(offer())).toBe(SUSPENDED)
})
