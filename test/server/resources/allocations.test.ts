import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { admitToCase } from '../../../server/conferences/admission.ts'
import { newId } from '../../../server/lib/random.ts'
import { admitToRefer, admitToReferral } from '../../../server/referrals/referral-admission.ts'
import { referralView } from '../../../server/referrals/referral-views.ts'
import {
  admitToAllocation,
  createAllocation,
  createAllocationOnReferral,
  endAllocation,
  tickAllocation,
} from '../../../server/resources/allocation-commands.ts'
import { openAllocations } from '../../../server/resources/allocation-views.ts'
import {
  admitToResource,
  admitToResources,
  changeResource,
  createResource,
  listResources,
} from '../../../server/resources/resource-commands.ts'
import type { StoredRecord } from '../../../server/storage/port.ts'
import { must } from '../../../shared/assert.ts'
import type { ActionId, AgencyId, AllocationId, CommandId, UserId } from '../../../shared/ids.ts'
import type { CreateAllocationBody, CreateResourceBody } from '../../../shared/protocol/resources.ts'
import { CONSENT, DAY_MS, openReferralTown, type ReferralTown } from '../referrals/town.ts'

let town: ReferralTown
beforeEach(async () => {
  town = await openReferralTown()
})
afterEach(() => town.world.close())

const TODAY = '2026-11-24'
const giving = (about: Partial<CreateAllocationBody> = {}): CreateAllocationBody => ({
  command: newId<CommandId>(),
  agencyId: town.dong,
  service: 'caregiving_cost',
  emergency: '',
  what: '간병비',
  amount: 600_000,
  rule: '내부 규정 3조',
  rhythm: 'once',
  from: TODAY,
  until: TODAY,
  resourceId: null,
  source: { of: 'none' },
  despite: '',
  ...about,
})

const by = (userId: UserId) => town.world.by(userId)
const enter = async (userId: UserId, about: Partial<CreateAllocationBody> = {}) =>
  createAllocation(town.parts, by(userId), await admitToRefer(town.parts, by(userId), town.caseId), giving(about))
const ledger = async (userId: UserId = town.leader) =>
  openAllocations(town.parts, by(userId), await admitToCase(town.parts, by(userId), town.caseId))
const only = async () => must((await ledger()).allocations[0], 'an allocation')

describe('the ledger of a case', () => {
  test('[AL1] a worker enters what their own agency gives, the lead agency’s also what another of the case gives', async () => {
    await enter(town.co, { agencyId: town.muhan })
    await enter(town.leader, { agencyId: town.muhan, service: 'exam_cost', what: '검사비' })
    for (const [person, agencyId] of [
      [town.co, town.dong],
      [town.leader, town.centre],
    ] as const) {
      await expect(enter(person, { agencyId })).rejects.toMatchObject({ reason: 'not-allowed' })
    }
    const { allocations } = await ledger(town.co)
    expect(allocations.map(one => [one.what, one.enteredFor]).sort()).toEqual([
      ['간병비', false],
      ['검사비', true],
    ])
    for (const person of [town.stranger, town.taker, town.worker]) {
      await expect(ledger(person)).rejects.toMatchObject({ reason: 'not-found' })
    }
  })

  test('[AL3] amounts and wording are sealed; codes and days lie in clear', async () => {
    await enter(town.leader, { what: '카나리아 간병비' })
    const { allocationId } = await only()
    const stored = await town.world.store
      .collection<StoredRecord & { sealed: Buffer }>('allocations')
      .findOne({ _id: allocationId })
    const { sealed, ...clear } = must(stored, 'the record')
    expect(clear).toMatchObject({ service: 'caregiving_cost', from: TODAY, caseId: town.caseId })
    expect(JSON.stringify(clear)).not.toMatch(/카나리아|600000|내부 규정/)
    expect(Buffer.from(sealed).includes(Buffer.from('카나리아'))).toBe(false)
  })

  test('[AL4] an action item stands there once, a press sent again is one', async () => {
    const source = { of: 'action' as const, actionId: newId<ActionId>() }
    const body = giving({ source })
    const admitted = await admitToRefer(town.parts, by(town.leader), town.caseId)
    await createAllocation(town.parts, by(town.leader), admitted, body)
    await createAllocation(town.parts, by(town.leader), admitted, body)
    expect((await ledger()).allocations).toHaveLength(1)
    await expect(enter(town.leader, { source, service: 'exam_cost' })).rejects.toMatchObject({
      detail: 'allocation-twice',
    })
  })

  test('[AL5] the same help from two sides is told before it is entered, and entered with a reason', async () => {
    await enter(town.co, { agencyId: town.muhan, rhythm: 'weekly', until: '2026-12-31' })
    const again = { rhythm: 'weekly' as const, from: '2026-12-10', until: '2027-01-10' }
    await expect(enter(town.leader, again)).rejects.toMatchObject({ reason: 'conflict', detail: 'allocation-double' })
    expect((await ledger()).allocations).toHaveLength(1)
    await enter(town.leader, { ...again, despite: '간병이 하루 두 번 필요함' })
    const view = await ledger()
    expect([view.allocations.length, view.doubles.length]).toEqual([2, 1])
    expect(view.allocations.some(one => one.despite === '간병이 하루 두 번 필요함')).toBe(true)
  })

  test('[AL6] beyond the limit of emergency support it takes a reason; where it stands is said', async () => {
    const emergency = { service: 'emergency_welfare' as const, emergency: 'medical' as const, what: '의료지원' }
    const day = (from: string) => ({ ...emergency, from, until: from })
    await enter(town.leader, day('2026-11-24'))
    await enter(town.leader, day('2026-12-24'))
    await expect(enter(town.leader, day('2027-01-24'))).rejects.toMatchObject({ detail: 'allocation-over-limit' })
    expect((await ledger()).emergency).toEqual([
      { kind: 'medical', counts: 'times', before: 2, after: 2, most: 2, standing: 'review' },
    ])
    await expect(enter(town.leader, { ...day('2027-01-24'), emergency: '' })).rejects.toMatchObject({
      detail: 'allocation-emergency-kind',
    })
    await enter(town.leader, { ...day('2027-01-24'), despite: '새로운 위기사유' })
    expect((await ledger()).emergency[0]?.standing).toBe('beyond')
  })

  test('[AL7] days are ticked off by whoever may enter, and a tick is taken back; both are recorded', async () => {
    await enter(town.co, { agencyId: town.muhan, rhythm: 'weekly', from: '2026-11-17', until: '2026-12-08' })
    const { allocationId } = await only()
    const tick = async (person: UserId, day: string, given: boolean) => {
      const admitted = await admitToAllocation(town.parts, by(person), allocationId)
      await tickAllocation(town.parts, by(person), admitted, { _v: admitted.allocation._v, day, given })
    }
    await tick(town.co, '2026-11-17', true)
    await tick(town.leader, '2026-11-24', true)
    await tick(town.co, '2026-11-17', false)
    expect((await only()).ticks.map(one => [one.day, one.byName])).toEqual([['2026-11-24', 'leader']])
    await expect(tick(town.co, '2026-11-25', true)).rejects.toMatchObject({ detail: 'allocation-day' })
    await expect(tick(town.co, '2026-12-01', true)).rejects.toMatchObject({ detail: 'allocation-day-ahead' })
    const records = await town.world.records({ action: 'allocation.tick' })
    expect(records.map(({ reason, subject }) => [reason, subject])).toEqual(
      ['given', 'given', 'taken-back'].map(reason => [reason, town.caseId]),
    )
  })

  test('[AL8] sums by agency and for the household', async () => {
    await enter(town.co, { agencyId: town.muhan, rhythm: 'monthly', amount: 100_000, until: '2027-01-24' })
    await enter(town.leader, { service: 'donation_goods', what: '쌀', amount: null })
    const { allocations } = await ledger()
    const monthly = must(
      allocations.find(one => one.rhythm === 'monthly'),
      'the monthly one',
    )
    const admitted = await admitToAllocation(town.parts, by(town.co), monthly.allocationId)
    await tickAllocation(town.parts, by(town.co), admitted, { _v: monthly._v, day: TODAY, given: true })
    const sums = (await ledger()).sums.map(({ agency, sum }) => [agency?.name ?? 'all', sum])
    expect(Object.fromEntries(sums)).toEqual({
      생연1동: { given: 0, promised: 0, givenTimes: 0, promisedTimes: 1 },
      무한돌봄: { given: 100_000, promised: 200_000, givenTimes: 0, promisedTimes: 0 },
      all: { given: 100_000, promised: 200_000, givenTimes: 0, promisedTimes: 1 },
    })
  })

  test('[AL9] ended with a reason, what was given stays; not before what was given', async () => {
    await enter(town.leader, { rhythm: 'weekly', from: TODAY, until: '2026-12-31' })
    const { allocationId } = await only()
    const admit = () => admitToAllocation(town.parts, by(town.leader), allocationId)
    const first = await admit()
    await tickAllocation(town.parts, by(town.leader), first, { _v: first.allocation._v, day: TODAY, given: true })
    const ticked = await admit()
    const end = (on: string) =>
      endAllocation(town.parts, by(town.leader), ticked, { _v: ticked.allocation._v, on, reason: '대상자가 입원함' })
    await expect(end('2026-11-24')).rejects.toMatchObject({ detail: 'allocation-given-later' })
    await end('2026-11-25')
    expect(await only()).toMatchObject({ endedOn: '2026-11-25', endReason: '대상자가 입원함', ticks: [{ day: TODAY }] })
    expect((await ledger()).sums[0]?.sum).toEqual({ given: 600_000, promised: 0, givenTimes: 0, promisedTimes: 0 })
  })

  test('[AL10] of two who change one at once one does', async () => {
    await enter(town.leader, { rhythm: 'weekly', from: '2026-11-17', until: '2026-12-31' })
    const { allocationId, _v } = await only()
    const both = await Promise.allSettled(
      ['2026-11-17', TODAY].map(async day =>
        tickAllocation(
          town.parts,
          by(town.leader),
          await admitToAllocation(town.parts, by(town.leader), allocationId),
          {
            _v,
            day,
            given: true,
          },
        ),
      ),
    )
    expect(both.map(one => one.status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(both.find(one => one.status === 'rejected')).toMatchObject({ reason: { reason: 'conflict' } })
    expect((await only()).ticks).toHaveLength(1)
  })

  test('[LR-17] a resident registration number in it is refused', async () => {
    await expect(enter(town.leader, { what: `간병비 900101-1${'2'.repeat(6)}` })).rejects.toMatchObject({
      detail: 'resident-number',
    })
  })
})

describe('what is given on a referral', () => {
  async function accepted() {
    const referralId = await town.sent(town.centre)
    await town.move(town.taker, referralId, { move: 'accept', plannedOn: TODAY })
    return referralId
  }
  const admit = async (person: UserId, referralId: Awaited<ReturnType<typeof accepted>>) =>
    admitToReferral(town.parts, by(person), referralId)

  test('[AL2] who took it enters what their agency gives, and reads nothing else of the ledger', async () => {
    await enter(town.leader, { what: '카나리아 다른 지원', service: 'donation_goods' })
    const referralId = await accepted()
    const body = giving({
      agencyId: town.centre,
      service: 'donation_goods',
      what: '밑반찬',
      amount: null,
      source: { of: 'none' },
    })
    // The same kind in the same time: whoever may not know of the other is not told either (AL5).
    await createAllocationOnReferral(town.parts, by(town.taker), await admit(town.taker, referralId), body)
    const view = await referralView(town.parts, await admit(town.taker, referralId))
    expect(view.allocations.map(one => [one.what, one.mayChange])).toEqual([['밑반찬', true]])
    expect(JSON.stringify(view)).not.toContain('카나리아')
    const seen = await ledger()
    expect([seen.allocations.length, seen.doubles.length]).toEqual([2, 1])
    const [own] = view.allocations
    const through = await admitToAllocation(town.parts, by(town.taker), must(own, 'their own').allocationId)
    expect(through.mayChange).toBe(true)
    const foreign = must(
      seen.allocations.find(one => one.what !== '밑반찬'),
      'the other',
    ).allocationId
    for (const id of [foreign, newId<AllocationId>()]) {
      await expect(admitToAllocation(town.parts, by(town.taker), id)).rejects.toMatchObject({ reason: 'not-found' })
    }
  })

  test('[AL2] not before it was accepted, not for another agency, and by nobody else', async () => {
    const referralId = await town.sent(town.centre)
    const body = giving({ agencyId: town.centre })
    const enterOn = async (person: UserId, about: Partial<CreateAllocationBody> = {}) =>
      createAllocationOnReferral(town.parts, by(person), await admit(person, referralId), { ...body, ...about })
    await expect(enterOn(town.taker)).rejects.toMatchObject({ reason: 'not-allowed' })
    await town.move(town.taker, referralId, { move: 'accept', plannedOn: TODAY })
    await expect(enterOn(town.taker, { agencyId: town.charity })).rejects.toMatchObject({ reason: 'not-allowed' })
    await expect(enterOn(town.leader)).rejects.toMatchObject({ reason: 'not-allowed' })
    await expect(enterOn(town.other)).rejects.toMatchObject({ reason: 'not-found' })
    expect((await ledger()).allocations).toEqual([])
  })
})

describe('the directory', () => {
  const entry = (about: Partial<CreateResourceBody> = {}): CreateResourceBody => ({
    agencyId: town.centre,
    command: newId<CommandId>(),
    name: '밑반찬 배달',
    domains: ['daily_living'],
    service: 'donation_goods',
    sector: 'private',
    eligibility: '60세 이상 독거 어르신',
    rule: '운영위원회가 매월 정함',
    cost: '무료',
    contact: '복지1팀',
    places: 30,
    takenElsewhere: 28,
    from: '',
    until: '',
    ...about,
  })
  const add = (person: UserId, about: Partial<CreateResourceBody> = {}) =>
    createResource(town.parts, by(person), entry(about))

  test('[RD1] [RD2] is kept by the agency’s own people and read by all that plan with others', async () => {
    const { resourceId } = await add(town.taker)
    for (const person of [town.leader, town.centreWatcher, town.other]) {
      await expect(add(person)).rejects.toMatchObject({ reason: 'not-allowed' })
    }
    await expect(admitToResource(town.parts, by(town.other), resourceId)).rejects.toMatchObject({
      reason: 'not-allowed',
    })
    await expect(admitToResources(town.parts, by(town.centreWatcher))).rejects.toMatchObject({ reason: 'not-allowed' })
    const seen = await listResources(town.parts, by(town.stranger))
    expect(seen.map(one => [one.name, one.mayChange])).toEqual([['밑반찬 배달', false]])
    const clerk = await admitToResource(town.parts, by(town.clerk), resourceId)
    expect(clerk._id).toBe(resourceId)
  })

  test('[RD3] what is left counts what runs under it today', async () => {
    const { resourceId, left } = await add(town.taker)
    expect(left).toBe(2)
    const referralId = await town.sent(town.centre)
    await town.move(town.taker, referralId, { move: 'accept', plannedOn: TODAY })
    const body = giving({ agencyId: town.centre, rhythm: 'weekly', until: '2026-12-15', resourceId })
    await createAllocationOnReferral(
      town.parts,
      by(town.taker),
      await admitToReferral(town.parts, by(town.taker), referralId),
      body,
    )
    const leftNow = async () => (await listResources(town.parts, by(town.stranger)))[0]?.left
    expect(await leftNow()).toBe(1)
    town.world.pass(30 * DAY_MS)
    expect(await leftNow()).toBe(2)
    await expect(enter(town.leader, { resourceId, service: 'exam_cost' })).rejects.toMatchObject({
      detail: 'allocation-resource',
    })
  })

  test('[RD4] retired, it is gone from the others’ directory and stays with its own', async () => {
    const { resourceId, _v } = await add(town.taker)
    const known = await admitToResource(town.parts, by(town.taker), resourceId)
    const { agencyId: _a, command: _c, ...fields } = entry()
    await changeResource(town.parts, by(town.taker), known, { ...fields, _v, retired: true })
    expect(await listResources(town.parts, by(town.stranger))).toEqual([])
    expect((await listResources(town.parts, by(town.second))).map(one => one.retired)).toEqual([true])
    await expect(admitToResource(town.parts, by(town.other), resourceId)).rejects.toMatchObject({ reason: 'not-found' })
  })

  test('[RD5] of two who change it at once one does', async () => {
    const { resourceId, _v } = await add(town.taker)
    const { agencyId: _a, command: _c, ...fields } = entry()
    const change = async (person: UserId, name: string) =>
      changeResource(town.parts, by(person), await admitToResource(town.parts, by(person), resourceId), {
        ...fields,
        name,
        _v,
        retired: false,
      })
    const both = await Promise.allSettled([change(town.taker, '하나'), change(town.clerk, '둘')])
    expect(both.map(one => one.status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(both.find(one => one.status === 'rejected')).toMatchObject({ reason: { reason: 'conflict' } })
  })

  test('a press sent again adds one entry', async () => {
    const command = newId<CommandId>()
    const [first, second] = [await add(town.taker, { command }), await add(town.taker, { command })]
    expect(second.resourceId).toBe(first.resourceId)
    expect(await listResources(town.parts, by(town.taker))).toHaveLength(1)
  })
})

describe('services that the installation added (CODE-SETS.md)', () => {
  const bath = { code: 'own_1', ko: '이동 목욕', en: 'Bath on wheels' }
  const addBath = () => town.publish('service', entries => [...entries, bath])
  const retireBath = () =>
    town.publish('service', entries =>
      entries.map(one => (one.code === bath.code ? { ...one, retired: true as const } : one)),
    )
  const refused = { reason: 'bad-request', detail: 'code-not-offered' }
  const entry: CreateResourceBody = {
    agencyId: '' as AgencyId,
    command: newId<CommandId>(),
    name: '이동 목욕차',
    domains: ['daily_living'],
    service: 'own_1',
    sector: 'private',
    eligibility: '',
    rule: '',
    cost: '',
    contact: '',
    places: null,
    takenElsewhere: 0,
    from: '',
    until: '',
  }

  test('[RD6] [CO3] the directory takes them, none that is unknown, and keeps a retired one where an entry holds it', async () => {
    const body = { ...entry, agencyId: town.centre }
    await expect(createResource(town.parts, by(town.taker), body)).rejects.toMatchObject(refused)
    await addBath()
    const { resourceId } = await createResource(town.parts, by(town.taker), body)
    await retireBath()
    const { agencyId: _a, command: _c, ...fields } = body
    const change = async (service: CreateResourceBody['service']) => {
      const known = await admitToResource(town.parts, by(town.taker), resourceId)
      return changeResource(town.parts, by(town.taker), known, {
        ...fields,
        service,
        name: '목욕차',
        _v: known._v,
        retired: false,
      })
    }
    expect(await change('own_1')).toMatchObject({ service: 'own_1', name: '목욕차' })
    expect(await change('other_service')).toMatchObject({ service: 'other_service' })
    await expect(change('own_1')).rejects.toMatchObject(refused)
    const again = { ...body, command: newId<CommandId>() }
    await expect(createResource(town.parts, by(town.taker), again)).rejects.toMatchObject(refused)
  })

  test('[RD6] [CO3] [CO5] [AL5] the ledger takes them, tells the same help twice, and keeps with which version each was entered', async () => {
    await expect(enter(town.leader, { service: 'own_1' })).rejects.toMatchObject(refused)
    await addBath()
    await enter(town.leader, { service: 'own_1', what: '이동 목욕' })
    await expect(enter(town.co, { agencyId: town.muhan, service: 'own_1' })).rejects.toMatchObject({
      detail: 'allocation-double',
    })
    await retireBath()
    expect(await only()).toMatchObject({ service: 'own_1', codes: { service: 2 } })
    await expect(
      enter(town.co, { agencyId: town.muhan, service: 'own_1', despite: '주 2회가 필요함' }),
    ).rejects.toMatchObject(refused)
    expect((await ledger()).allocations).toHaveLength(1)
  })

  test('[AL4] [CO3] a press sent again after its service was retired is answered as before', async () => {
    await addBath()
    const command = newId<CommandId>()
    await enter(town.leader, { service: 'own_1', command })
    await retireBath()
    await enter(town.leader, { service: 'own_1', command })
    expect((await ledger()).allocations).toHaveLength(1)
  })
})

test('[AL1] a ground that was entered with a referral opens the case’s ledger to nobody', async () => {
  const [draft] = await town.write([town.centre])
  await town.move(town.leader, must(draft, 'a draft').referralId, { move: 'send', ground: CONSENT })
  await expect(ledger(town.taker)).rejects.toMatchObject({ reason: 'not-found' })
})
