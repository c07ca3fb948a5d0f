/**
 * Two sides and those who have nothing to do with it press whatever there is, at random and with old versions: no state is reached without what it asks
 * for, each step stands once with who made it, and what a side sees is what the table says of it.
 */
import { expect, test } from 'vitest'
import { admitToRefer } from '../../../server/referrals/referral-admission.ts'
import { createReferrals } from '../../../server/referrals/referral-commands.ts'
import { must } from '../../../shared/assert.ts'
import { codesOf } from '../../../shared/codes.ts'
import type { ReferralId, UserId } from '../../../shared/ids.ts'
import { Refusal } from '../../../shared/protocol/refusals.ts'
import { DECLINE_REASONS, REFERRAL_MOVES, type ReferralStatus } from '../../../shared/referrals/referral-codes.ts'
import { isOfReceiver, referralMovesFor, statusAfter } from '../../../shared/referrals/referral-moves.ts'
import { seededRandom, seedsToRun } from '../../support/seeded-random.ts'
import { CONSENT, DAY_MS, openReferralTown, referralBody } from './town.ts'

const ROUNDS = 120

test.for(seedsToRun(3))('[RF1] [RF13] no state is reached without its guard (seed %i)', async seed => {
  const random = seededRandom(seed)
  const town = await openReferralTown()
  const people = [
    town.leader,
    town.leader,
    town.taker,
    town.co,
    town.worker,
    town.taker,
    town.second,
    town.centreWatcher,
    town.other,
  ]
  const receivers: readonly UserId[] = [town.taker, town.second]
  const leaderBy = town.world.by(town.leader)
  const admitted = await admitToRefer(town.parts, leaderBy, town.caseId)
  for (const to of [[town.centre, town.charity], [town.centre], [town.centre]]) {
    await createReferrals(town.parts, leaderBy, admitted, referralBody(to))
  }
  const referralIds = (await town.ofCase(town.leader)).map(one => one.referralId)
  const expected = new Map<ReferralId, { status: ReferralStatus; steps: number; v: number }>(
    referralIds.map(id => [id, { status: 'draft', steps: 0, v: 1 }]),
  )
  const counted = { moved: 0, refused: 0, absent: 0, stale: 0 }

  for (let round = 0; round < ROUNDS; round++) {
    const [person, referralId] = [random.pick(people), random.pick(referralIds)]
    const before = must(expected.get(referralId), 'what holds')
    const possible = referralMovesFor(before.status, { sends: true, leads: true, takes: true })
    const isLikely = possible.length > 0 && random.chance(0.6)
    const move = random.pick((isLikely ? possible : codesOf(REFERRAL_MOVES)).filter(one => one !== 'discard'))
    const isStale = random.chance(0.1)
    const said = {
      note: random.chance(0.8) ? '적은 말' : '',
      ...(random.chance(0.7) && { declined: random.pick(codesOf(DECLINE_REASONS)) }),
      ...(random.chance(0.7) && { plannedOn: '2026-12-01' }),
      ...(random.chance(0.6) && { ground: CONSENT }),
      ...(isStale && { _v: before.v - 1 }),
    }
    if (random.chance(0.1)) town.world.pass(DAY_MS)
    const refusal = await town.move(person, referralId, { move, ...said }).then(
      () => undefined,
      (error: unknown) => error,
    )
    if (refusal === undefined) {
      counted.moved += 1
      const toCentre = (await town.parts.referrals.find(referralId))?.toAgencyId === town.centre
      const isTheirs = isOfReceiver(move)
        ? toCentre
          ? receivers.includes(person)
          : person === town.other
        : person === town.leader
      expect([move, person, isTheirs]).toEqual([move, person, true])
      expect(isStale).toBe(false)
      expect(referralMovesFor(before.status, { sends: true, leads: true, takes: true })).toContain(move)
      if (move === 'send') expect(said.ground).toBeDefined()
      if (move === 'accept') expect(said.plannedOn).toBeDefined()
      if (move === 'decline') expect([said.declined === undefined, said.note]).toEqual([false, '적은 말'])
      if (move === 'complete' || move === 'revoke' || move === 'report') expect(said.note).toBe('적은 말')
      expected.set(referralId, { status: statusAfter(before.status, move), steps: before.steps + 1, v: before.v + 1 })
    } else {
      expect(refusal).toBeInstanceOf(Refusal)
      const { reason } = refusal as Refusal
      if (reason === 'not-found') counted.absent += 1
      else if (isStale) counted.stale += 1
      else counted.refused += 1
    }
    const after = must(expected.get(referralId), 'what holds')
    const stored = must(await town.parts.referrals.find(referralId), 'the referral')
    expect([stored.status, stored.steps.length, stored._v]).toEqual([after.status, after.steps, after.v])
    expect(stored.given === null).toBe(after.status === 'draft')
  }
  expect(Object.values(counted).every(count => count > 0)).toBe(true)
  expect(counted.moved).toBeGreaterThan(5)
  const rows = await town.parts.disclosures.ofCase(town.caseId)
  expect(rows.length).toBe([...expected.values()].filter(one => one.status !== 'draft').length)
  await town.world.close()
})
