/** That the time for answering a request of the person concerned runs out: who is told when, and once. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createAccessLog } from '../../../server/audit/access-log.ts'
import { newId } from '../../../server/lib/random.ts'
import { countNotices, listNotices } from '../../../server/notices/notice-views.ts'
import type { SubjectRequestParts } from '../../../server/subject-requests/ports.ts'
import { admitToRequest, enterRequest, moveRequest } from '../../../server/subject-requests/request-commands.ts'
import { createRequestRepository } from '../../../server/subject-requests/request-repository.ts'
import { must } from '../../../shared/assert.ts'
import type { CommandId, UserId } from '../../../shared/ids.ts'
import type { MoveRequestBody } from '../../../shared/protocol/subject-requests.ts'
import { openWorld, settle, type Town, type World } from '../conferences/world.ts'
import { noticesOn } from './notices-under-test.ts'

const DAY_MS = 86_400_000

let world: World
let town: Town
let notices: Awaited<ReturnType<typeof noticesOn>>
let parts: SubjectRequestParts
let officer: UserId
let otherOfficer: UserId

beforeEach(async () => {
  world = await openWorld()
  town = await settle(world)
  officer = world.person('officer', [town.dong, 'privacy_officer'])
  otherOfficer = world.person('other officer', [town.muhan, 'privacy_officer'])
  notices = await noticesOn(world, town)
  parts = {
    ...world.parts,
    store: world.store,
    requests: createRequestRepository({ store: world.store, keyring: world.keyring }),
    accessLog: createAccessLog({ store: world.store }),
    atRetention: async () => null,
  }
})
afterEach(async () => {
  await notices.house.close()
  await world.close()
})

async function enter(receivedOn: string): Promise<void> {
  await enterRequest(parts, world.by(town.leader), await world.changeCase(town.leader, town.caseId), {
    command: newId<CommandId>(),
    kind: 'access',
    asker: 'client',
    checked: 'identity_card',
    came: 'in_person',
    receivedOn,
    name: '김가상',
    relation: '',
    what: '누가 제 서류를 보았는지 알고 싶습니다',
  })
  await notices.settled()
}

async function move(body: MoveRequestBody): Promise<void> {
  const { _id: requestId } = must((await parts.requests.ofCase(town.caseId))[0], 'the request')
  const by = world.by(town.leader)
  await moveRequest(parts, by, await admitToRequest(parts, by, { caseId: town.caseId, requestId }), body)
  await notices.settled()
}

async function days(count: number): Promise<void> {
  world.pass(count * DAY_MS)
  await notices.turn()
}

const told = async (userId: UserId) =>
  (await listNotices(notices.parts, world.by(userId))).notices.map(one => [one.kind, one.isOver, one.due, one.group.of])

test('[NT12] [DR16] [LR-29] three working days before and on the last day, once each, also after a stop; over when it is answered', async () => {
  await enter('2026-11-24')
  await days(6)
  expect(await told(town.leader)).toEqual([])
  await days(1)
  const near = (isOver: boolean, of = 'case') => ['request_near', isOver, '2026-12-04', of]
  const last = (isOver: boolean, of = 'case') => ['request_last', isOver, '2026-12-04', of]
  expect(await told(town.leader)).toEqual([near(false)])
  expect(await told(officer)).toEqual([near(false, 'desk')])
  for (const who of [town.co, town.worker, town.partner, town.stranger, otherOfficer]) {
    expect(await told(who)).toEqual([])
  }
  const words = JSON.stringify(await listNotices(notices.parts, world.by(officer)))
  for (const secret of [town.file.label, town.file.number, '김가상']) expect(words).not.toContain(secret)

  await notices.restart()
  await days(1)
  expect(await told(town.leader)).toEqual([near(false)])
  await days(2)
  expect(await told(town.leader)).toEqual([last(false), near(true)])
  expect(await told(officer)).toEqual([last(false, 'desk'), near(true, 'desk')])
  await days(3)
  expect(await told(town.leader)).toEqual([last(false), near(true)])
  expect(await countNotices(notices.parts, world.by(town.leader).actor)).toBe(1)

  const { _v } = must((await parts.requests.ofCase(town.caseId))[0], 'the request')
  await move({
    do: 'answer',
    _v,
    decision: 'granted',
    ground: '',
    on: '2026-12-07',
    went: 'mail',
    words: '열람표를 보냄',
  })
  expect(await told(town.leader)).toEqual([last(true), near(true)])
  expect(await countNotices(notices.parts, world.by(officer).actor)).toBe(0)
})

test('[NT12] entered on its last day it is told at once, the last alone; put off, the new day is told anew', async () => {
  await enter('2026-11-14')
  expect(await told(town.leader)).toEqual([['request_last', false, '2026-11-24', 'case']])
  await move({ do: 'put-off', _v: 1, until: '2026-12-10', words: '열람 기록을 여러 기관에서 모으는 중' })
  expect(await told(town.leader)).toEqual([['request_last', true, '2026-11-24', 'case']])
  await days(13)
  expect(await told(town.leader)).toEqual([
    ['request_near', false, '2026-12-10', 'case'],
    ['request_last', true, '2026-11-24', 'case'],
  ])
})
