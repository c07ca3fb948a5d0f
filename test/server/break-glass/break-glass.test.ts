/** A case opened in an emergency by somebody who is not on it, over the real records: narrow, seen by everybody whom it concerns, over by itself. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { listFlags } from '../../../server/access-desk/flag-commands.ts'
import { actionsOfCase } from '../../../server/actions/action-views.ts'
import { changeBreakGlass, endEmergency, openInEmergency } from '../../../server/break-glass/break-glass-commands.ts'
import { openBreakGlass } from '../../../server/break-glass/break-glass-views.ts'
import { Emergencies } from '../../../server/break-glass/emergencies.ts'
import { admitToCase, admitToChangeCase } from '../../../server/conferences/admission.ts'
import { canBreakGlass, canReadCase, canWriteCase } from '../../../shared/access.ts'
import { must } from '../../../shared/assert.ts'
import type { ActionId, AgencyId, BreakGlassId, UserId } from '../../../shared/ids.ts'
import { type OpenInEmergencyBody, openInEmergencyBody } from '../../../shared/protocol/break-glass.ts'
import { FakeClock } from '../../support/fake-clock.ts'
import { type DeskUnderTest, openDesk } from '../access-desk/desk-under-test.ts'
import { withActions } from '../actions/action-world.ts'
import { meet, NOON } from '../conferences/world.ts'

const MINUTE_MS = 60_000

let house: DeskUnderTest
beforeEach(async () => {
  house = await openDesk()
})
afterEach(() => house.close())

const WORDS = '담당자가 휴가인데 이웃이 문을 열지 않는다고 합니다'
const ask = (userId: UserId, about: Partial<OpenInEmergencyBody> = {}) =>
  openInEmergency(house.breakGlass, house.world.by(userId), {
    agencyId: house.town.dong,
    number: '2026-031',
    reason: 'worker_away',
    words: WORDS,
    ...about,
  })
const reads = (userId: UserId) =>
  admitToCase(house.world.parts, house.world.by(userId), house.town.caseId).then(
    () => true,
    () => false,
  )
const allow = async (agencyId: AgencyId, own: boolean, others: boolean, minutes = 60) => {
  const { _v } = await house.breakGlass.openings.settings(agencyId)
  const by = house.world.by(house.town.leader)
  await changeBreakGlass(house.breakGlass, by, agencyId, { _v, own, others, minutes })
}

describe('who is not on a case', () => {
  test('[BG1] [AC3] moves no action item of it, but what was given to them by name; the list offers no move that is refused', async () => {
    const { world, town } = house
    const actions = withActions(world, town)
    const ours = await actions.promise({ agencyId: town.dong })
    const theirs = await actions.promise({ agencyId: town.muhan })
    const seen = async (userId: UserId, actionId: ActionId) => {
      const by = world.by(userId)
      const { actions: all } = await actionsOfCase(actions.parts, by, await admitToCase(world.parts, by, town.caseId))
      return all.find(one => one.actionId === actionId)
    }
    await ask(town.worker)
    for (const actionId of [ours, theirs]) {
      expect(await seen(town.worker, actionId)).toMatchObject({ moves: [], entersFor: false })
      await expect(actions.move(town.worker, actionId, 'start')).rejects.toMatchObject({ reason: 'not-allowed' })
    }
    expect((await seen(town.leader, ours))?.moves).toContain('start')
    await actions.move(town.leader, ours, 'assign', { userId: town.worker })
    expect((await seen(town.worker, ours))?.moves).toContain('finish')
    expect(await actions.move(town.worker, ours, 'start')).toMatchObject({ status: 'in_progress' })
  })

  test('[BG1] [BG6] [LR-36] opens it by its number with a reason, reads it and writes nothing; record first, words sealed', async () => {
    const { world, town } = house
    expect(await reads(town.worker)).toBe(false)
    const answer = await ask(town.worker, { number: ' 2026 -031' })
    expect(answer.caseId).toBe(town.caseId)
    expect(await reads(town.worker)).toBe(true)
    const admitted = await admitToCase(world.parts, world.by(town.worker), town.caseId)
    expect(canReadCase(world.by(town.worker).actor, admitted.facts)).toBe(true)
    expect(canWriteCase(world.by(town.worker).actor, admitted.facts)).toBe(false)
    await expect(admitToChangeCase(world.parts, world.by(town.worker), town.caseId)).rejects.toMatchObject({
      reason: 'not-allowed',
    })
    expect(await world.grant(town.worker, { kind: 'case', caseId: town.caseId })).toMatchObject({ mayWrite: false })
    const [record] = await world.records({ action: 'break-glass.open' })
    expect(record).toMatchObject({ actor: town.worker, subject: town.caseId, outcome: 'ok', reason: 'worker_away' })
    const stored = JSON.stringify(await world.store.collection('breakGlass').find({}).toArray())
    expect(stored).not.toContain('휴가')
    expect(stored).not.toContain('2026-031')
  })

  test('[BG1] a reason in words is asked: too few are refused, and so is a resident registration number', () => {
    const body = { agencyId: house.town.dong, number: '2026-031', reason: 'other' }
    expect(openInEmergencyBody.safeParse({ ...body, words: '급함' }).success).toBe(false)
    expect(openInEmergencyBody.safeParse({ ...body, words: WORDS }).success).toBe(true)
    expect(openInEmergencyBody.safeParse({ ...body, words: `${WORDS} 900101-1234568` }).success).toBe(false)
    expect(openInEmergencyBody.safeParse({ ...body, words: WORDS, reason: 'curious' }).success).toBe(false)
  })

  test('[BG2] not an observer, not somebody of an agency that does not allow it, not where no privacy officer is', async () => {
    const { world, town, officer } = house
    expect(canBreakGlass(world.by(town.watcher).actor, town.muhan)).toBe(false)
    await allow(town.dong, false, false)
    await expect(ask(town.worker)).rejects.toMatchObject({ reason: 'not-found' })
    await allow(town.dong, true, false)
    must(world.people.get(officer), 'the officer').active = false
    await expect(ask(town.worker)).rejects.toMatchObject({ reason: 'not-found' })
    must(world.people.get(officer), 'the officer').active = true
    expect((await ask(town.worker)).opening).not.toBeNull()
  })

  test('[BG2] of another agency only where the lead agency lets others, and only with an officer of their own', async () => {
    const { world, town } = house
    const asStranger = () => ask(town.stranger, { agencyId: town.jungang })
    await expect(asStranger()).rejects.toMatchObject({ reason: 'not-found' })
    await allow(town.dong, true, true, 30)
    await expect(asStranger()).rejects.toMatchObject({ reason: 'not-found' })
    const theirs = world.person('officer of 중앙동', [town.jungang, 'privacy_officer'])
    const { opening } = await asStranger()
    expect(Date.parse(must(opening ?? undefined, 'an opening').until)).toBe(NOON + 30 * MINUTE_MS)
    expect(house.told.at(-1)?.officers).toContain(theirs)
  })

  test('[BG3] [LR-01] [LR-34] no such number, not allowed and recused are one answer, and each try is on record', async () => {
    const { world, town } = house
    const meeting = await meet(world, town)
    const item = must(await world.parts.items.find(meeting.itemId), 'the item')
    await world.parts.items.update(item, { agencies: item.agencies, recused: [town.worker], zones: item.zones })
    const tries = [
      ask(town.worker, { number: '2026-999' }),
      ask(town.worker),
      ask(town.stranger, { agencyId: town.jungang }),
    ]
    const answers = await Promise.allSettled(tries)
    const reasons = answers.map(answer => (answer.status === 'rejected' ? String(answer.reason) : 'opened'))
    expect(new Set(reasons).size).toBe(1)
    expect(reasons[0]).toContain('not-found')
    const denied = (await world.records({ action: 'authz.deny' })).filter(one => one.object?.startsWith('break-glass'))
    expect(denied.map(one => one.subject).sort()).toEqual([town.caseId, town.caseId, undefined].sort())
    expect(await world.store.collection('breakGlass').countDocuments({})).toBe(0)
  })

  test('[BG3] [LR-36] recused while it is open, it is closed to them at once, whatever time is left', async () => {
    const { world, town } = house
    await ask(town.worker)
    expect(await reads(town.worker)).toBe(true)
    const meeting = await meet(world, town)
    const item = must(await world.parts.items.find(meeting.itemId), 'the item')
    await world.parts.items.update(item, { agencies: item.agencies, recused: [town.worker], zones: item.zones })
    expect(await reads(town.worker)).toBe(false)
    expect(await world.grant(town.worker, { kind: 'case', caseId: town.caseId })).toBeUndefined()
  })

  test('[BG1] [LR-36] without a reason nothing is opened: not a code of ours, not a word, not one that says too little', () => {
    const body = { agencyId: house.town.dong, number: '2026-031', reason: 'worker_away', words: WORDS }
    expect(openInEmergencyBody.safeParse(body).success).toBe(true)
    for (const missing of ['reason', 'words'] as const) {
      const { [missing]: _, ...rest } = body
      for (const given of [
        rest,
        { ...rest, [missing]: '' },
        { ...rest, [missing]: null },
        { ...rest, [missing]: '가' },
      ]) {
        expect([missing, openInEmergencyBody.safeParse(given).success]).toEqual([missing, false])
      }
    }
  })

  test('[BG4] it ends by itself at its time: the case is announced and closed, and open documents are asked again', async () => {
    const { world, town } = house
    await ask(town.worker)
    await house.pass(59 * MINUTE_MS)
    expect(await reads(town.worker)).toBe(true)
    world.announced.length = 0
    await house.pass(MINUTE_MS)
    expect(world.announced).toContain(`case:${town.caseId}`)
    expect(await reads(town.worker)).toBe(false)
    expect(await world.grant(town.worker, { kind: 'case', caseId: town.caseId })).toBeUndefined()
    const { open, past } = await openBreakGlass(house.breakGlass, world.by(town.worker))
    expect([open.length, past.length, past[0]?.caseId]).toEqual([0, 1, null])
  })

  test('[BG4] ended before its time by the person, by who may change the case or by an officer; by nobody else', async () => {
    const { world, town, officer, otherOfficer } = house
    for (const who of [town.worker, town.leader, officer]) {
      const { opening } = await ask(town.worker)
      const { openingId } = must(opening ?? undefined, 'an opening')
      for (const other of [town.co, town.stranger, otherOfficer]) {
        await expect(endEmergency(house.breakGlass, world.by(other), openingId)).rejects.toMatchObject({
          reason: 'not-found',
        })
      }
      expect(await reads(town.worker)).toBe(true)
      await endEmergency(house.breakGlass, world.by(who), openingId)
      expect(await reads(town.worker)).toBe(false)
      // Once more changes nothing.
      await endEmergency(house.breakGlass, world.by(who), openingId)
    }
    expect(await world.records({ action: 'break-glass.end' })).toHaveLength(3)
    const missing = endEmergency(house.breakGlass, world.by(officer), 'x'.repeat(22) as BreakGlassId)
    await expect(missing).rejects.toMatchObject({ reason: 'not-found' })
  })

  test('[BG4] after a restart it lasts as long as it was given, and what ran out meanwhile stays shut', async () => {
    const { world, town } = house
    await ask(town.worker)
    const started = async (at: number) => {
      const emergencies = new Emergencies({ clock: new FakeClock(at), changes: world.parts.changes })
      await emergencies.fill(house.breakGlass.openings)
      return emergencies.readersOf(town.caseId)
    }
    expect(await started(NOON + 30 * MINUTE_MS)).toEqual([{ userId: town.worker, agencyId: town.dong }])
    expect(await started(NOON + 61 * MINUTE_MS)).toEqual([])
  })

  test('[BG5] [BG6] those who work on it for the lead agency and the officers are told; it waits with the officer', async () => {
    const { world, town, officer } = house
    await ask(town.worker)
    expect(house.told).toHaveLength(1)
    expect(house.told[0]).toMatchObject({ workers: [town.leader], officers: [officer] })
    const { flags } = await listFlags(house.desk, world.by(officer), town.dong)
    expect(flags).toMatchObject([{ rule: 'break_glass', state: 'open', name: 'worker', number: '2026-031' }])
  })

  test('[BG7] who reads it anyway is led to it, and nothing is opened', async () => {
    const { world, town } = house
    expect(await ask(town.leader)).toEqual({ caseId: town.caseId, opening: null })
    expect(await world.records({ action: 'break-glass.open' })).toEqual([])
    expect(house.told).toEqual([])
  })

  test('[BG8] [LR-03] what an agency allows is on record as a right; of two changes at once one wins', async () => {
    const { world, town } = house
    await allow(town.dong, true, true)
    expect(await world.records({ action: 'permission.change' })).toMatchObject([{ reason: 'own-others-60' }])
    const by = world.by(town.leader)
    const change = () =>
      changeBreakGlass(house.breakGlass, by, town.dong, { _v: 1, own: false, others: false, minutes: 15 })
    const both = await Promise.allSettled([change(), change()])
    expect(both.map(one => one.status).sort()).toEqual(['fulfilled', 'rejected'])
  })
})
