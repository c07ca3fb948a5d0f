/** What waits for a person on the start page: in live meetings, and of minutes. */
import { afterEach, describe, expect, test } from 'vitest'
import { changeItem } from '../../../server/conferences/item-commands.ts'
import { type HomeParts, openHome } from '../../../server/home/home.ts'
import { newId } from '../../../server/lib/random.ts'
import { createMinutesRepository } from '../../../server/minutes/minutes-repository.ts'
import { documentNameOf } from '../../../shared/documents/document-names.ts'
import { addDecision } from '../../../shared/documents/item-document.ts'
import type { DecisionId, UserId } from '../../../shared/ids.ts'
import type { AskedView } from '../../../shared/protocol/home.ts'
import { buildBasis } from '../../support/bases.ts'
import type { World } from '../conferences/world.ts'
import { type MeetingUnderTest, meetingUnderTest } from '../meetings/meeting-under-test.ts'
import { minutesUnderTest } from '../minutes/minutes-under-test.ts'

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

async function askedOf(world: World, parts: HomeParts, userId: UserId): Promise<AskedView[]> {
  return (await openHome(parts, world.by(userId))).asked
}

describe('in a live meeting', () => {
  async function live(options: Parameters<typeof meetingUnderTest>[1] = {}) {
    const m = await meetingUnderTest('live', options)
    closing.push(() => m.close())
    const { store, keyring } = m.world
    const parts: HomeParts = {
      ...m.world.parts,
      hearings: m.repositories.hearings,
      minutes: createMinutesRepository({ store, keyring }),
    }
    return { m, asked: (userId: UserId) => askedOf(m.world, parts, userId) }
  }

  async function readBack(m: MeetingUnderTest) {
    const decision = {
      id: newId<DecisionId>(),
      kind: 'close' as const,
      by: m.town.leader,
      at: '2026-11-24T05:00:00.000Z',
    }
    await m.world.shelf.edit(documentNameOf({ kind: 'item', itemId: m.itemId }), { behalfOf: m.town.leader }, doc =>
      addDecision(doc, { ...decision, text: '종결한다' }),
    )
    const leader = await m.comes(m.town.leader)
    await leader.does('read-back.open', { itemId: m.itemId })
    await m.settled()
    return leader
  }

  test('[HO1] the statement first; nothing of what is in the meeting before it', async () => {
    const { m, asked } = await live({ accepted: false })
    expect(await asked(m.town.co)).toMatchObject([
      { kind: 'statement', conferenceId: m.conferenceId, title: '11월 통합사례회의' },
    ])
    await m.world.parts.conferences.accept(m.conferenceId, [m.town.co])
    expect(await asked(m.town.co)).toEqual([])
    expect(await asked(m.town.stranger)).toEqual([])
  })

  test('[HO3] who is asked for an agency’s answer is not any more once it was given', async () => {
    const { m, asked } = await live()
    await readBack(m)
    expect(await asked(m.town.co)).toMatchObject([{ kind: 'read-back', itemId: m.itemId, item: '김○○ 가구' }])
    for (const who of [m.town.watcher, m.town.partner, m.town.stranger]) expect(await asked(who)).toEqual([])
    const co = await m.comes(m.town.co)
    const reading = co.sees.hearings[m.itemId]?.readBack
    await co.does('read-back.answer', {
      itemId: m.itemId,
      readBackId: reading?.readBackId ?? newId(),
      hash: reading?.hash ?? '',
      agencyId: m.town.muhan,
      position: 'agrees',
      words: '',
    })
    expect(await asked(m.town.co)).toEqual([])
  })

  test('[HO2] naming the household is recorded first, and who is recused is not asked', async () => {
    const { m, asked } = await live()
    await readBack(m)
    await asked(m.town.co)
    expect(await m.world.records({ action: 'home.open' })).toMatchObject([{ actor: m.town.co, subject: m.town.caseId }])
    const admitted = await m.world.toChangeItem(m.town.leader, m.conferenceId, m.itemId)
    await changeItem(m.world.parts, m.by(m.town.leader), admitted, { _v: admitted.item._v, recused: [m.town.co] })
    expect(await asked(m.town.co)).toEqual([])
  })
})

describe('of minutes', () => {
  async function closed(type: 'integrated' | 'joint_management') {
    const m = await minutesUnderTest({ type })
    closing.push(() => m.close())
    return { m, kinds: async (userId: UserId) => (await askedOf(m.world, m.parts, userId)).map(asked => asked.kind) }
  }

  test('[HO1] who conducted is asked to circulate them; everybody at the table to look at them, until they are final', async () => {
    const { m, kinds } = await closed('integrated')
    expect(await kinds(m.town.leader)).toEqual(['minutes-circulate'])
    expect(await kinds(m.town.co)).toEqual([])
    await m.circulate()
    expect(await askedOf(m.world, m.parts, m.town.co)).toMatchObject([{ kind: 'minutes-read', due: '2026-11-27' }])
    expect(await kinds(m.town.watcher)).toEqual([])
    m.world.pass(10 * 86_400_000)
    await m.lapse()
    for (const who of [m.town.leader, m.town.co]) expect(await kinds(who)).toEqual([])
  })

  test('[HO3] minutes that are signed: once one of an agency has, nobody of it is asked', async () => {
    const { m, kinds } = await closed('joint_management')
    await m.circulate()
    expect(await kinds(m.minuteTaker)).toEqual(['minutes-sign'])
    expect(await kinds(m.town.co)).toEqual(['minutes-sign'])
    await m.sign(m.town.leader)
    expect(await kinds(m.minuteTaker)).toEqual([])
    expect(await kinds(m.town.co)).toEqual(['minutes-sign'])
    await m.correct()
    expect(await kinds(m.town.leader)).toEqual(['minutes-circulate'])
    expect(await kinds(m.town.co)).toEqual([])
  })
})

test('[HO4] [BS18] what is to be done about a basis is asked of who may change the case, and names no household', async () => {
  const m = await meetingUnderTest('live')
  closing.push(() => m.close())
  const { world, town } = m
  const { store, keyring } = world
  const minutes = createMinutesRepository({ store, keyring })
  const parts: HomeParts = { ...world.parts, hearings: m.repositories.hearings, minutes }
  const { _v } = await world.parts.cases.update(town.file, {
    ...town.file,
    workers: [...town.file.workers, { userId: town.worker, agencyId: town.dong }],
  })
  expect(_v).toBe(2)
  const known = await world.parts.bases.find(town.caseId)
  const urgent = buildBasis([town.council], {
    basis: 'urgent_interest',
    reviewOn: '2026-12-02',
    enteredBy: town.leader,
  })
  const paper = buildBasis([town.muhan], { basis: 'consent', given: ['third_party'], until: '2026-12-01' })
  await world.parts.bases.put(known, { sensitive: true, bases: [urgent, paper] }, '2026-11-24')
  const bases = async (userId: UserId) => (await openHome(parts, world.by(userId))).bases
  const renew = { ask: 'renew', caseId: town.caseId, agencies: ['무한돌봄'], until: '2026-12-01' }
  // Nobody approves what they entered; who only manages along is asked for nothing.
  expect(await bases(town.leader)).toMatchObject([renew])
  expect(await bases(town.worker)).toMatchObject([renew, { ask: 'approve', agencies: ['협의회'], until: '2026-12-02' }])
  for (const who of [town.co, town.watcher, town.partner, town.stranger]) expect(await bases(who)).toEqual([])
  expect(JSON.stringify(await openHome(parts, world.by(town.worker)))).not.toContain('김○○')
})
