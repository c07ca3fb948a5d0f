/** Data subject requests over the real records: who enters and answers them, what stays sealed, what the sheet for the person says. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createAccessLog } from '../../../server/audit/access-log.ts'
import { enterConsent } from '../../../server/bases/basis-commands.ts'
import { admitToCase } from '../../../server/conferences/admission.ts'
import { openCase } from '../../../server/conferences/case-views.ts'
import { newId } from '../../../server/lib/random.ts'
import { handOut } from '../../../server/subject-requests/hand-out.ts'
import type { SubjectRequestParts } from '../../../server/subject-requests/ports.ts'
import { admitToRequest, enterRequest, moveRequest } from '../../../server/subject-requests/request-commands.ts'
import { createRequestRepository, openRequests } from '../../../server/subject-requests/request-repository.ts'
import {
  openDeskRequests,
  openNearRequests,
  openRequestsOfCase,
} from '../../../server/subject-requests/request-views.ts'
import { must } from '../../../shared/assert.ts'
import type { CommandId, SubjectRequestId, UserId } from '../../../shared/ids.ts'
import {
  type EnterRequestBody,
  enterRequestBody,
  type MoveRequestBody,
  moveRequestBody,
  type SubjectRequestView,
} from '../../../shared/protocol/subject-requests.ts'
import { dayInSeoul } from '../../../shared/working-days.ts'
import { consentFor } from '../../support/bases.ts'
import { NOON, openWorld, settle, type Town, type World } from '../conferences/world.ts'

const TODAY = dayInSeoul(NOON)
const DAY_MS = 86_400_000
const ASKED = '누가 제 서류를 보았는지 알고 싶습니다'

let world: World
let town: Town
let parts: SubjectRequestParts

beforeEach(async () => {
  world = await openWorld()
  town = await settle(world)
  parts = {
    ...world.parts,
    store: world.store,
    requests: createRequestRepository({ store: world.store, keyring: world.keyring }),
    accessLog: createAccessLog({ store: world.store }),
    atRetention: async () => null,
  }
})
afterEach(() => world.close())

async function enter(about: Partial<EnterRequestBody> = {}, by: UserId = town.leader): Promise<SubjectRequestView> {
  const body = enterRequestBody.parse({
    command: newId<CommandId>(),
    kind: 'access',
    asker: 'client',
    checked: 'identity_card',
    came: 'in_person',
    receivedOn: TODAY,
    name: '김가상',
    relation: '',
    what: ASKED,
    ...about,
  })
  const before = (await parts.requests.ofCase(town.caseId)).map(one => one._id)
  await enterRequest(parts, world.by(by), await world.changeCase(by, town.caseId), body)
  const all = await view(by)
  return must(all.find(one => !before.includes(one.requestId)) ?? all[0], 'the request')
}

const view = async (by: UserId = town.leader) =>
  (await openRequestsOfCase(parts, world.by(by), await world.changeCase(by, town.caseId))).requests

async function move(
  requestId: SubjectRequestId,
  body: MoveRequestBody,
  by: UserId = town.leader,
): Promise<SubjectRequestView> {
  const admitted = await admitToRequest(parts, world.by(by), { caseId: town.caseId, requestId })
  await moveRequest(parts, world.by(by), admitted, moveRequestBody.parse(body))
  return must(
    (await view(by)).find(one => one.requestId === requestId),
    'the request',
  )
}

const answer = (_v: number, about: Partial<Extract<MoveRequestBody, { do: 'answer' }>> = {}): MoveRequestBody => ({
  do: 'answer',
  _v,
  decision: 'granted',
  ground: '',
  on: TODAY,
  went: 'mail',
  words: '열람표를 우편으로 보냈습니다',
  ...about,
})

const take = async (
  requestId: SubjectRequestId,
  picked: ('who_saw' | 'names' | 'bases' | 'disclosures')[] = ['who_saw', 'bases', 'disclosures'],
) =>
  handOut(
    parts,
    world.by(town.leader),
    await admitToRequest(parts, world.by(town.leader), { caseId: town.caseId, requestId }),
    { parts: picked, purpose: '정보주체의 열람 요구에 답하기 위함' },
  )

describe('[LR-29] a request', () => {
  test('[DR2] is the lead agency’s workers’; another worker of the case may not, and for others there is none', async () => {
    await enter()
    await expect(world.changeCase(town.co, town.caseId)).rejects.toMatchObject({ reason: 'not-allowed' })
    for (const other of [town.worker, town.partner, town.stranger]) {
      await expect(world.changeCase(other, town.caseId)).rejects.toMatchObject({ reason: 'not-found' })
    }
    const requestId = must((await view())[0], 'it').requestId
    await expect(admitToRequest(parts, world.by(town.co), { caseId: town.caseId, requestId })).rejects.toMatchObject({
      reason: 'not-allowed',
    })
    await expect(
      admitToRequest(parts, world.by(town.leader), { caseId: town.caseId, requestId: newId<SubjectRequestId>() }),
    ).rejects.toMatchObject({ reason: 'not-found' })
  })

  test('[DR3] [DR5] begins its clock with the receipt and is answered once, with the day, the way and the words', async () => {
    const made = await enter({ receivedOn: '2026-11-20' })
    expect(made).toMatchObject({
      clock: { due: '2026-11-30', standing: 'running', daysLeft: 6 },
      state: 'open',
      name: '김가상',
      what: ASKED,
      enteredBy: 'leader',
    })
    const answered = await move(made.requestId, answer(made._v))
    expect(answered).toMatchObject({
      state: 'answered',
      clock: { standing: 'met' },
      answer: { decision: 'granted', ground: null, on: TODAY, went: 'mail', byName: 'leader' },
    })
    for (const again of [answer(answered._v), { do: 'take-back' as const, _v: answered._v, on: TODAY, words: '' }]) {
      await expect(move(made.requestId, again)).rejects.toMatchObject({ detail: 'request-over' })
    }
  })

  test('[DR3] late, it warns and is answered all the same', async () => {
    const made = await enter()
    world.pass(15 * DAY_MS)
    const [late] = await view()
    expect(late?.clock).toEqual({ due: '2026-12-04', standing: 'late', daysLeft: -5 })
    const answered = await move(made.requestId, answer(made._v, { on: '2026-12-09' }))
    expect(answered.clock).toMatchObject({ standing: 'missed', daysLeft: -5 })
  })

  test('[DR4] for access is put off once with a reason that stays', async () => {
    const made = await enter()
    const body = {
      do: 'put-off',
      _v: made._v,
      until: '2026-12-20',
      words: '열람 기록을 여러 기관에서 모으는 중',
    } as const
    const later = await move(made.requestId, body)
    expect(later).toMatchObject({
      clock: { due: '2026-12-20' },
      extension: { until: '2026-12-20', on: TODAY, words: body.words },
      mayPutOff: false,
    })
    await expect(move(made.requestId, { ...body, _v: later._v })).rejects.toMatchObject({
      detail: 'request-put-off-twice',
    })
    const correction = await enter({ kind: 'correction' })
    expect(correction.mayPutOff).toBe(false)
    await expect(move(correction.requestId, { ...body, _v: correction._v })).rejects.toMatchObject({
      detail: 'request-not-put-off',
    })
  })

  test('[DR5] refused without a ground of the law that fits is not refused', async () => {
    const made = await enter({ kind: 'deletion' })
    for (const ground of ['', 'law_forbids'] as const) {
      await expect(move(made.requestId, answer(made._v, { decision: 'refused', ground }))).rejects.toMatchObject({
        detail: 'request-ground',
      })
    }
    const refused = await move(made.requestId, answer(made._v, { decision: 'refused', ground: 'law_collects' }))
    expect(refused.answer).toMatchObject({ decision: 'refused', ground: 'law_collects' })
  })

  test('[DR1] [LR-17] a resident registration number is refused in each of its words, a check that does not fit who asks too', async () => {
    for (const about of [
      { name: '900101-1234568' },
      { relation: '딸 900101-1234568', asker: 'legal_representative', checked: 'family_register' } as const,
      { what: '900101-1234568 본인입니다' },
    ]) {
      await expect(enter(about)).rejects.toMatchObject({ detail: 'resident-number' })
    }
    await expect(enter({ asker: 'delegate', checked: 'identity_card' })).rejects.toMatchObject({
      detail: 'request-check',
    })
    const made = await enter({ asker: 'delegate', checked: 'delegation_letter', relation: '조카' })
    await expect(move(made.requestId, answer(made._v, { words: '900101-1234568' }))).rejects.toMatchObject({
      detail: 'resident-number',
    })
    expect(await parts.requests.ofCase(town.caseId)).toHaveLength(1)
  })

  test('[DR7] entered twice by one command it is one; of two answers at once one wins, and the other changed nothing', async () => {
    const command = newId<CommandId>()
    await enter({ command })
    const made = await enter({ command })
    expect(await view()).toHaveLength(1)
    const two = await Promise.allSettled([
      move(made.requestId, answer(made._v, { words: '첫째 답' })),
      move(made.requestId, answer(made._v, { words: '둘째 답' })),
    ])
    expect(two.map(one => one.status).sort()).toEqual(['fulfilled', 'rejected'])
    const lost = two.find(one => one.status === 'rejected')
    expect(lost?.reason).toMatchObject({ reason: 'conflict' })
    const won = two[0]?.status === 'fulfilled' ? '첫째 답' : '둘째 답'
    expect((await view())[0]?.answer?.words).toBe(won)
  })

  test('[DR6] [DR7] no word of it lies in the clear, and each command is on record with whose data it is about', async () => {
    const made = await enter()
    await move(made.requestId, answer(made._v))
    const stored = JSON.stringify(await world.store.collection('subjectRequests').find({}).toArray())
    for (const word of ['김가상', '서류', '우편으로']) expect(stored).not.toContain(word)
    const records = (await world.records()).filter(one => one.action.startsWith('subject-request'))
    expect(records.map(one => [one.action, one.reason, one.outcome])).toEqual([
      ['subject-request.enter', 'access', 'ok'],
      ['subject-request.open', undefined, 'ok'],
      ['subject-request.answer', 'granted', 'ok'],
      ['subject-request.open', undefined, 'ok'],
    ])
    expect(new Set(records.map(one => one.subject))).toEqual(new Set([town.caseId]))
    for (const word of ['김가상', '서류']) expect(JSON.stringify(records)).not.toContain(word)
  })
})

describe('who else sees it', () => {
  test('[DR8] while it is open it holds what would destroy the case', async () => {
    const made = await enter({ kind: 'deletion' })
    expect(await openRequests(parts.requests, town.caseId)).toEqual([
      { requestId: made.requestId, kind: 'deletion', receivedOn: TODAY },
    ])
    await move(made.requestId, { do: 'take-back', _v: made._v, on: TODAY, words: '' })
    expect(await openRequests(parts.requests, town.caseId)).toEqual([])
  })

  test('[DR9] the lead agency’s officer sees number, kind and clock, and none of its words; another agency’s sees nothing', async () => {
    await enter()
    const officer = world.person('officer', [town.dong, 'privacy_officer'])
    const desk = await openDeskRequests(parts, world.by(officer), town.dong)
    expect(desk.requests).toMatchObject([{ number: town.file.number, kind: 'access', clock: { standing: 'running' } }])
    for (const word of ['김가상', ASKED, town.file.label]) expect(JSON.stringify(desk)).not.toContain(word)
    const shown = (await world.records()).filter(one => one.actor === officer)
    expect(shown.map(one => [one.action, one.subject])).toEqual([['access.list', town.caseId]])
    const other = world.person('other officer', [town.muhan, 'privacy_officer'])
    expect((await openDeskRequests(parts, world.by(other), town.muhan)).requests).toEqual([])
  })

  test('[DR11] on the start page from three days before the last day on, for who answers it', async () => {
    await enter()
    const near = async (userId: UserId) => (await openNearRequests(parts, world.by(userId))).requests
    expect(await near(town.leader)).toEqual([])
    world.pass(7 * DAY_MS)
    expect(await near(town.leader)).toMatchObject([
      { label: town.file.label, clock: { standing: 'near', daysLeft: 3 } },
    ])
    expect(await near(town.co)).toEqual([])
    expect(await near(town.worker)).toEqual([])
    world.pass(10 * DAY_MS)
    const [late] = await near(town.leader)
    expect(late?.clock).toMatchObject({ standing: 'late', daysLeft: -7 })
    await move(must(late, 'it').requestId, answer(1))
    expect(await near(town.leader)).toEqual([])
    expect((await world.records({ action: 'home.open' })).map(one => one.subject)).toEqual([town.caseId, town.caseId])
  })
})

describe('[DR10] [LR-29] the sheet that answers a request for access', () => {
  async function look(userId: UserId): Promise<void> {
    const by = world.by(userId)
    await openCase(parts, by, await admitToCase(parts, by, town.caseId))
  }

  test('says who saw the data by day, agency and task, by what right, and what was given; names only when picked, addresses never', async () => {
    await look(town.leader)
    world.pass(DAY_MS)
    await look(town.co)
    await look(town.co)
    await admitToCase(parts, world.by(town.stranger), town.caseId).catch(() => undefined)
    const consent = consentFor([town.muhan], { from: TODAY, givenOn: TODAY, _v: 0 })
    await enterConsent(parts, world.by(town.leader), await world.changeCase(town.leader, town.caseId), consent)
    const made = await enter()
    const sheet = await take(made.requestId)
    const agency = (id: typeof town.dong) => must(world.agencies.get(id), 'agency')
    const saw = must(sheet.whoSaw, 'who saw')
    expect(saw.lines).toContainEqual({
      day: '2026-11-25',
      agency: agency(town.muhan).shortName,
      name: '',
      task: 'open',
      touched: 'case',
      count: 2,
    })
    expect(saw.lines).toContainEqual(expect.objectContaining({ day: TODAY, task: 'open', count: 1 }))
    expect(saw.lines).toContainEqual(expect.objectContaining({ task: 'refused', agency: expect.any(String) }))
    expect(sheet.bases).toMatchObject([
      { basis: 'consent', receivers: [{ name: agency(town.muhan).name, endedOn: null }], from: TODAY },
    ])
    expect(sheet.disclosures?.[0]?.fields).toHaveLength(8)
    expect(JSON.stringify(sheet)).not.toContain('127.0.0.1')
    expect(JSON.stringify(sheet)).not.toContain('"leader"')

    const named = await take(made.requestId, ['who_saw', 'names'])
    expect(named.whoSaw?.lines.map(line => line.name)).toEqual(expect.arrayContaining(['leader', 'co', 'stranger']))
    expect(named).toMatchObject({ bases: null, disclosures: null })
  })

  test('[LR-21] is on record with its parts before it is read, its purpose sealed; the request shows that it went out', async () => {
    const made = await enter()
    const { printId } = await take(made.requestId, ['bases'])
    expect(await world.records({ action: 'subject-request.take' })).toMatchObject([
      { subject: town.caseId, reason: 'bases', object: expect.stringContaining(printId) },
    ])
    expect(JSON.stringify(await world.store.collection('subjectRequests').find({}).toArray())).not.toContain('목적')
    expect((await view())[0]?.handOuts).toMatchObject([
      { printId, parts: ['bases'], purpose: '정보주체의 열람 요구에 답하기 위함', byName: 'leader' },
    ])
  })

  test('[DR10] only access is answered with it, and not what was refused or taken back', async () => {
    const deletion = await enter({ kind: 'deletion' })
    await expect(take(deletion.requestId)).rejects.toMatchObject({ detail: 'request-no-access' })
    const made = await enter()
    await move(made.requestId, answer(made._v, { decision: 'refused', ground: 'law_forbids' }))
    await expect(take(made.requestId)).rejects.toMatchObject({ detail: 'request-over' })
  })
})
