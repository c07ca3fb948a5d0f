/** Joint case management: who answers for which need, what each agency says to the steps, and how the lead passes on. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { enterConsent } from '../../../server/bases/basis-commands.ts'
import { openNearLife } from '../../../server/case-life/near-life.ts'
import { admitToCase } from '../../../server/conferences/admission.ts'
import { changeCase } from '../../../server/conferences/case-commands.ts'
import { must } from '../../../shared/assert.ts'
import { consentFor, giveBases } from '../../support/bases.ts'
import { meet, moveTo, openWorld, settle, type Town, type World } from '../conferences/world.ts'
import { CLOSURE, type Life, withLife } from './life-world.ts'

let world: World
let town: Town
let life: Life

beforeEach(async () => {
  world = await openWorld()
  town = await settle(world)
  life = withLife(world, town)
})
afterEach(() => world.close())

const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: { reason?: string; detail?: string }) => [error.reason, error.detail],
  )

async function selected() {
  await life.tell(town.leader, { do: 'move', to: 'assessment' })
  const meeting = await meet(world, town)
  await life.writes(meeting, 'select_case_management')
  await life.confirms(meeting)
  const view = await life.tell(town.leader, { do: 'move', to: 'selection' })
  return { meeting, entryId: must(view.history[0], 'the selection').id }
}
const offer = (to = town.muhan, kind: 'transfer' | 'hand_over' = 'transfer') =>
  life.tell(town.leader, { do: 'offer-lead', kind, to, staysAs: 'co_managing', reason: '거주지 이전' })
const offered = async () => must((await offer()).offers.at(-1), 'the offer').id

describe('the agreement', () => {
  const agreement = () => ({
    do: 'joint' as const,
    from: '2026-11-24',
    until: '',
    agencies: [
      { agencyId: town.dong, needs: ['economy' as const] },
      { agencyId: town.muhan, needs: ['health' as const, 'daily_living' as const] },
    ],
    exitRule: '한 달 전에 알리고 회의에서 정한다',
  })

  test('[CJ1] says who answers for which need, and a new one stands beside the old', async () => {
    expect((await life.view(town.co)).joint).toBeNull()
    const view = await life.tell(town.leader, agreement())
    expect(view.joint).toMatchObject({ holds: true, exitRule: agreement().exitRule })
    expect(view.joint?.agencies.map(({ shortName, needs }) => [shortName, needs])).toEqual([
      ['생연1동', ['economy']],
      ['무한돌봄', ['health', 'daily_living']],
    ])
    await life.tell(town.leader, { ...agreement(), until: '2026-11-24' })
    world.pass(86_400_000)
    expect((await life.view(town.co)).joint).toMatchObject({ holds: false, until: '2026-11-24' })
    expect((await world.parts.cases.find(town.caseId))?.life.joint).toHaveLength(2)
  })

  test('[CJ1] is between agencies that manage the case together', async () => {
    const between = (...agencyIds: (typeof town.dong)[]) =>
      refusal(
        life.tell(town.leader, { ...agreement(), agencies: agencyIds.map(agencyId => ({ agencyId, needs: [] })) }),
      )
    expect(await between(town.dong, town.council)).toEqual(['bad-request', 'not-co-managing'])
    expect(await between(town.dong, town.dong)).toEqual(['bad-request', 'agency-twice'])
    expect(await refusal(life.tell(town.leader, { ...agreement(), until: '2026-11-01' }))).toEqual([
      'bad-request',
      'day-earlier',
    ])
  })
})

describe('acknowledgements', () => {
  test('[CJ2] each co-managing agency is asked; the move stands meanwhile and what is open is shown and asked', async () => {
    const { entryId } = await selected()
    const view = await life.view(town.co)
    expect(view).toMatchObject({ stage: 'selection', speaksFor: [town.muhan] })
    expect(view.history[0]).toMatchObject({ step: 'selection', asked: [{ agencyId: town.muhan }], answers: [] })
    expect((await openNearLife(life.parts, world.by(town.co))).asked).toMatchObject([
      { kind: 'acknowledge', step: 'selection', entryId, label: '김○○ 가구' },
    ])
    await life.tell(town.leader, { do: 'move', to: 'service_planning' })
    const after = await life.answer(town.co, { do: 'acknowledge', entryId, agencyId: town.muhan })
    expect(after.history[1]?.answers).toMatchObject([{ answer: 'acknowledged', by: { name: 'co' } }])
    expect((await openNearLife(life.parts, world.by(town.co))).asked).toEqual([])
  })

  test('[CJ3] dissent keeps its words when the agency acknowledges later, and nobody answers twice or for another', async () => {
    const { entryId } = await selected()
    const mine = { entryId, agencyId: town.muhan }
    await life.answer(town.co, { do: 'dissent', ...mine, words: '먼저 정신건강 평가가 필요합니다' })
    expect(await refusal(life.answer(town.co, { do: 'dissent', ...mine, words: '다시' }))).toEqual([
      'conflict',
      'step-answered',
    ])
    const view = await life.answer(town.co, { do: 'acknowledge', ...mine })
    expect(view.history[0]?.answers).toMatchObject([
      { answer: 'dissents', words: '먼저 정신건강 평가가 필요합니다' },
      { answer: 'acknowledged', words: '' },
    ])
    expect(await refusal(life.answer(town.co, { do: 'acknowledge', ...mine }))).toEqual(['conflict', 'step-answered'])
    expect(await refusal(life.answer(town.leader, { do: 'acknowledge', ...mine }))).toEqual(['not-allowed', undefined])
    expect(
      await refusal(life.answer(town.co, { do: 'acknowledge', entryId: town.caseId, agencyId: town.muhan })),
    ).toEqual(['bad-request', 'step-unknown'])
    await expect(life.answer(town.watcher, { do: 'acknowledge', ...mine })).rejects.toMatchObject({
      reason: 'not-found',
    })
  })

  test('[CJ3] an answer holds although somebody else changes the case in the same moment', async () => {
    const { entryId } = await selected()
    const [answered, moved] = await Promise.allSettled([
      life.answer(town.co, { do: 'acknowledge', entryId, agencyId: town.muhan }),
      life.tell(town.leader, { do: 'move', to: 'service_planning' }),
    ])
    expect(answered.status).toBe('fulfilled')
    if (moved.status === 'rejected') await life.tell(town.leader, { do: 'move', to: 'service_planning' })
    const { stage, history } = await life.view(town.leader)
    expect(stage).toBe('service_planning')
    expect(history.find(({ id }) => id === entryId)?.answers).toHaveLength(1)
  })
})

describe('the lead', () => {
  test('[CJ4] goes by acceptance alone: not with the head of the case, and not by being offered', async () => {
    const admitted = await world.changeCase(town.leader, town.caseId)
    const agencies = admitted.file.agencies.map(({ agencyId, role }) => ({
      agencyId,
      role: role === 'lead' ? ('co_managing' as const) : ('lead' as const),
    }))
    expect(await refusal(changeCase(world.parts, world.by(town.leader), admitted, { _v: 1, agencies }))).toEqual([
      'bad-request',
      'lead-by-acceptance',
    ])
    const view = await offer()
    expect(view.offers).toMatchObject([
      { to: { agencyId: town.muhan }, isOpen: true, outcome: null, reason: '거주지 이전' },
    ])
    expect(view.agencies.find(({ role }) => role === 'lead')?.agencyId).toBe(town.dong)
    expect(await refusal(offer())).toEqual(['conflict', 'lead-offered'])
    expect((await openNearLife(life.parts, world.by(town.co))).asked).toMatchObject([
      { kind: 'accept-lead', from: '생연1동' },
    ])
  })

  test('[CJ4] is declined with a reason or taken back, and then nothing has changed', async () => {
    const id = await offered()
    await expect(life.answer(town.leader, { do: 'accept-lead', id })).rejects.toMatchObject({ reason: 'not-allowed' })
    const declined = await life.answer(town.co, { do: 'decline-lead', id, reason: '사례관리사가 비어 있습니다' })
    expect(declined.offers[0]).toMatchObject({
      isOpen: false,
      reason: '거주지 이전',
      outcome: { kind: 'declined', name: 'co', reason: '사례관리사가 비어 있습니다' },
    })
    expect(await refusal(life.answer(town.co, { do: 'accept-lead', id }))).toEqual(['conflict', 'offer-over'])
    const again = await offered()
    await life.tell(town.leader, { do: 'withdraw-lead', id: again })
    expect(await refusal(life.answer(town.co, { do: 'accept-lead', id: again }))).toEqual(['conflict', 'offer-over'])
    expect((await life.view(town.leader)).leads).toBe(true)
  })

  test('[CJ5] on acceptance the other agency leads, in its meetings as well, and the former stays as offered', async () => {
    const { meeting } = await selected()
    await world.parts.items.withdrawAgency(meeting.itemId, town.muhan)
    const id = await offered()
    world.announced.length = 0
    const view = await life.answer(town.co, { do: 'accept-lead', id })
    expect(view).toMatchObject({ leads: true, agencies: [{ role: 'co_managing' }, { role: 'lead' }] })
    expect(world.announced).toContain(`case:${town.caseId}`)
    expect((await world.parts.items.find(meeting.itemId))?.agencies).toContain(town.muhan)
    const former = await admitToCase(world.parts, world.by(town.leader), town.caseId)
    expect(former.file.agencies.find(({ role }) => role === 'lead')?.agencyId).toBe(town.muhan)
    await expect(life.tell(town.leader, { do: 'move', to: 'service_planning' })).rejects.toMatchObject({
      reason: 'not-allowed',
    })
    expect((await life.tell(town.co, { do: 'move', to: 'service_planning' })).history[0]?.agency.agencyId).toBe(
      town.muhan,
    )
  })

  test('[CJ5] a hand-over to the city is for a high-difficulty case, and to an agency whose people work on it', async () => {
    expect(await refusal(offer(town.muhan, 'hand_over'))).toEqual(['bad-request', 'hand-over-needs-grade'])
    await life.tell(town.leader, { do: 'grade', grade: 'high_difficulty', reason: '안전 욕구' })
    expect((await offer(town.muhan, 'hand_over')).offers.at(-1)).toMatchObject({ kind: 'hand_over', isOpen: true })
    await life.tell(town.leader, {
      do: 'withdraw-lead',
      id: must((await life.view(town.leader)).offers.at(-1), 'it').id,
    })
    expect(await refusal(offer(town.council))).toEqual(['bad-request', 'lead-to-agency-of-case'])
    const admitted = await world.changeCase(town.leader, town.caseId)
    await changeCase(world.parts, world.by(town.leader), admitted, {
      _v: admitted.file._v,
      agencies: [...admitted.file.agencies, { agencyId: town.council, role: 'partner' }],
    })
    expect(await refusal(offer(town.council))).toEqual(['bad-request', 'no-lead-worker'])
  })
})

describe('the former lead', () => {
  let own: World
  let place: Town
  let there: Life
  beforeEach(async () => {
    own = await openWorld({ bases: 'as-entered' })
    place = await settle(own)
    there = withLife(own, place)
    await giveBases({ conferences: own.parts, changes: own.parts.changes }, place.caseId, [place.muhan])
  })
  afterEach(() => own.close())

  const isPublic = (known: boolean) =>
    own.agencies.set(place.dong, { ...must(own.agencies.get(place.dong), 'the agency'), public: known })
  const passOn = async (staysAs: 'co_managing' | 'partner') => {
    const command = { do: 'offer-lead' as const, kind: 'transfer' as const, to: place.muhan, staysAs, reason: '이사' }
    const id = must((await there.tell(place.leader, command)).offers.at(-1), 'the offer').id
    return there.answer(place.co, { do: 'accept-lead', id })
  }

  test('[CJ6] [LR-35] a public body that stays goes on knowing of the case by its task, which the register shows', async () => {
    isPublic(true)
    expect((await there.view(place.leader)).leadKeeps).toBe('task')
    await passOn('co_managing')
    expect(await there.view(place.leader)).toMatchObject({ leads: false, leadKeeps: null, speaksFor: [place.dong] })
    const { bases } = await own.parts.bases.find(place.caseId)
    expect(bases.at(-1)).toMatchObject({ basis: 'public_task', receivers: [{ agencyId: place.dong, end: null }] })
    expect(await own.parts.disclosures.ofCase(place.caseId)).toContainEqual(
      expect.objectContaining({ giver: place.muhan, receiver: place.dong, basis: 'public_task' }),
    )
  })

  test('[CJ6] [BS17] [LR-35] one that is not public goes on only by a paper that names it, entered while it led', async () => {
    isPublic(false)
    expect((await there.view(place.leader)).leadKeeps).toBe('nothing')
    const admitted = await own.changeCase(place.leader, place.caseId)
    const { _v } = await own.parts.bases.find(place.caseId)
    await enterConsent(own.parts, own.by(place.leader), admitted, consentFor([place.dong], { _v }))
    expect((await there.view(place.leader)).leadKeeps).toBe('basis')
    await passOn('co_managing')
    expect((await there.view(place.leader)).leads).toBe(false)
    expect((await own.parts.bases.find(place.caseId)).bases).toHaveLength(2)
  })

  test('[CJ6] without a paper it sees no more of the case, and as partner nothing is entered for it either', async () => {
    isPublic(false)
    await passOn('co_managing')
    await expect(there.view(place.leader)).rejects.toMatchObject({ reason: 'not-found' })
    expect((await own.parts.bases.find(place.caseId)).bases).toHaveLength(1)
  })

  test('[CJ6] a public body that stays as partner has only what it has otherwise', async () => {
    isPublic(true)
    await passOn('partner')
    await expect(there.view(place.leader)).rejects.toMatchObject({ reason: 'not-found' })
  })
})

test('[CJ2] [CL6] scenario 3: two agencies carry a household together from the first contact to its end', async () => {
  // 중앙동 and the senior centre of seed 000 are here 생연1동 and 무한돌봄.
  const steps: string[] = []
  const acknowledge = async () => {
    const { history } = await life.view(town.co)
    const open = must(
      history.find(({ step, answers }) => step !== null && answers.length === 0),
      'an open step',
    )
    await life.answer(town.co, { do: 'acknowledge', entryId: open.id, agencyId: town.muhan })
    steps.push(`${open.step}`)
  }
  await life.tell(town.leader, { do: 'move', to: 'assessment' })
  await life.tell(town.leader, { do: 'grade', grade: 'general', reason: '첫 조사' })
  await life.tell(town.leader, {
    do: 'joint',
    from: '2026-11-24',
    until: '',
    agencies: [
      { agencyId: town.dong, needs: ['economy'] },
      { agencyId: town.muhan, needs: ['health'] },
    ],
    exitRule: '회의에서 정한다',
  })
  const first = await meet(world, town)
  await life.writes(first, 'select_case_management')
  await life.confirms(first)
  await life.tell(town.leader, { do: 'move', to: 'selection' })
  await acknowledge()
  await life.tell(town.leader, { do: 'move', to: 'service_planning' })
  life.plans({ hasPlan: true })
  await life.tell(town.leader, { do: 'move', to: 'service_delivery' })
  await acknowledge()
  await moveTo(world, town, first.conferenceId, 'closed')
  world.pass(60 * 86_400_000)
  const second = await meet(world, town)
  await life.writes(second, 'close')
  await life.confirms(second)
  await life.tell(town.leader, CLOSURE)
  const [proposal] = (await life.view(town.leader)).proposals
  expect(proposal).toMatchObject({ to: 'closed', decision: { kind: 'close' } })
  await life.tell(town.leader, { do: 'move', to: 'closed' })
  await acknowledge()
  await life.tell(town.leader, { do: 'move', to: 'aftercare' })
  await life.tell(town.leader, {
    do: 'aftercare',
    on: '2027-01-23',
    state: 'stable',
    changes: '약을 스스로 챙김',
    satisfaction: 5,
    measures: '',
  })
  const end = await life.tell(town.leader, { do: 'move', to: 'ended' })
  expect(steps).toEqual(['selection', 'plan', 'closure'])
  expect(end.history.map(({ to }) => to).reverse()).toEqual([
    'registered',
    'assessment',
    'conference',
    'selection',
    'service_planning',
    'service_delivery',
    'conference',
    'closed',
    'aftercare',
    'ended',
  ])
  expect(end.history.flatMap(({ answers }) => answers.map(({ answer }) => answer))).toEqual(
    Array(3).fill('acknowledged'),
  )
  expect(end.clocks.every(({ done }) => done !== '')).toBe(true)
})
