/** Brainstorming on an item, over the whole hub (SPEC MB): who writes cards, who is told of them, how they are put together. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { MAX_CARDS } from '../../../server/meetings/card-commands.ts'
import { must } from '../../../shared/assert.ts'
import type { CardId } from '../../../shared/ids.ts'
import { type BrainstormView, brainstormOf } from '../../../shared/meeting/meeting-view.ts'
import { type MeetingUnderTest, meetingUnderTest, type Seat } from './meeting-under-test.ts'

let room: MeetingUnderTest
let leader: Seat
let co: Seat

beforeEach(async () => {
  room = await meetingUnderTest('live')
  leader = await room.comes(room.town.leader)
  co = await room.comes(room.town.co)
  await leader.does('feature.switch', { feature: 'brainstorming', on: true })
})
afterEach(() => room.close())

const board = (seat: Seat): BrainstormView => must(brainstormOf(seat.sees, room.itemId) ?? undefined, 'a board')
const textsOf = (seat: Seat) => board(seat).cards.map(card => card.text)
const add = (seat: Seat, text: string) => seat.does('cards.add', { itemId: room.itemId, text })
const hide = (seat: Seat) => seat.does('cards.hide', { itemId: room.itemId })
const reveal = (seat: Seat) => seat.does('cards.reveal', { itemId: room.itemId })
const change = (seat: Seat, cardId: CardId, text: string) =>
  seat.does('cards.change', { itemId: room.itemId, cardId, text })
const remove = (seat: Seat, cardId: CardId) => seat.does('cards.remove', { itemId: room.itemId, cardId })
const group = (seat: Seat, text: string, title: string) =>
  seat.does('cards.group', { itemId: room.itemId, cardId: idOf(seat, text), groupId: '', title })
const idOf = (seat: Seat, text: string) =>
  must(
    board(seat).cards.find(card => card.text === text),
    text,
  ).cardId
const switchOff = () => leader.does('feature.switch', { feature: 'brainstorming', on: false })
const reason = (name: string, detail?: string) => ({ reason: name, ...(detail && { detail }) })

describe('writing', () => {
  test('[MB1] a card stands in its writer’s name and agency, and those in the item see it', async () => {
    await add(co, '이웃이 아침마다 들른다')
    const { cards, hiding, hiddenCards } = board(leader)
    expect({ hiding, hiddenCards }).toEqual({ hiding: false, hiddenCards: 0 })
    expect(cards).toMatchObject([
      { by: room.town.co, agencyId: room.town.muhan, text: '이웃이 아침마다 들른다', groupId: null, hidden: false },
    ])
    expect(cards[0]?.name).not.toBe('')
  })

  test('[MB1] who is not in the item neither writes nor hears of it', async () => {
    const partner = await room.comes(room.town.partner)
    await expect(add(partner, '나도')).rejects.toMatchObject(reason('not-found'))
    await add(co, '카나리아 하나')
    await leader.does('cards.hide', { itemId: room.itemId })
    await add(co, '카나리아 둘')
    await reveal(leader)
    const late = await room.comes(room.town.partner)
    for (const seat of [partner, late]) {
      expect(seat.sees.hearings).toEqual({})
      expect(seat.heard).not.toContain('카나리아')
      expect(seat.heard).not.toContain('"brainstorm"')
    }
  })

  test('[MB1] where it is not used nothing is written; cards that are there stay, and hidden ones are still revealed', async () => {
    await add(co, '처음')
    await hide(leader)
    await add(co, '숨은 것')
    const before = board(leader)
    await switchOff()
    const off = reason('not-allowed', 'brainstorming-off')
    await expect(add(co, '더')).rejects.toMatchObject(off)
    await expect(hide(leader)).rejects.toMatchObject(off)
    await expect(group(leader, '처음', '묶음')).rejects.toMatchObject(off)
    await expect(remove(leader, idOf(leader, '처음'))).rejects.toMatchObject(off)
    expect(board(leader)).toEqual(before)
    await reveal(leader)
    expect(textsOf(leader)).toEqual(['처음', '숨은 것'])
  })

  test('[MB1] no more than a wall takes', async () => {
    for (let n = 0; n < MAX_CARDS; n++) await add(co, `생각 ${n}`)
    await expect(add(leader, '하나 더')).rejects.toMatchObject(reason('too-large', 'too-many-cards'))
    expect(board(co).cards).toHaveLength(MAX_CARDS)
  })
})

describe('hidden cards', () => {
  test('[MB2] are told to their writer alone, in every tab; others learn how many there are', async () => {
    const tab = await room.comes(room.town.co)
    await hide(leader)
    await add(co, '카나리아 하나')
    await add(co, '카나리아 둘')
    await add(leader, '진행자의 것')
    expect(textsOf(co)).toEqual(['카나리아 하나', '카나리아 둘'])
    expect(textsOf(tab)).toEqual(textsOf(co))
    expect(board(co).hiddenCards).toBe(1)
    expect(textsOf(leader)).toEqual(['진행자의 것'])
    expect(board(leader)).toMatchObject({ hiding: true, hiddenCards: 2 })
    const fresh = await room.comes(room.town.leader)
    for (const seat of [leader, fresh]) expect(seat.heard).not.toContain('카나리아')
  })

  test('[MB2] that one of them is changed is not told to others at all', async () => {
    await hide(leader)
    await add(co, '카나리아')
    const told = leader.changes.length
    await change(co, idOf(co, '카나리아'), '다른 카나리아')
    await room.settled()
    expect(leader.changes).toHaveLength(told)
    expect(textsOf(co)).toEqual(['다른 카나리아'])
  })

  test('[MB2] for others, the chair among them, there is none to change, group or remove', async () => {
    await hide(leader)
    await add(co, '카나리아')
    const cardId = idOf(co, '카나리아')
    const none = 'A'.repeat(22) as CardId
    for (const id of [cardId, none]) {
      await expect(change(leader, id, 'x')).rejects.toMatchObject(reason('not-found'))
      await expect(remove(leader, id)).rejects.toMatchObject(reason('not-found'))
      const grouped = leader.does('cards.group', { itemId: room.itemId, cardId: id, groupId: '', title: '묶음' })
      await expect(grouped).rejects.toMatchObject(reason('not-found'))
    }
    await expect(group(co, '카나리아', '묶음')).rejects.toMatchObject(reason('not-allowed', 'card-hidden'))
    expect(textsOf(co)).toEqual(['카나리아'])
  })

  test('[MB2] at rest nothing of a card stands in clear', async () => {
    await add(co, 'canary-in-clear')
    await room.settled()
    const records = await room.world.store.collection<{ _id: string; sealed: Buffer }>('hearings').find({}).toArray()
    expect(records).toHaveLength(1)
    for (const { sealed, ...clear } of records) {
      expect(JSON.stringify(clear)).not.toContain('canary')
      expect(Buffer.from(sealed).toString('latin1')).not.toContain('canary')
    }
  })

  test('[MB3] all are revealed at once; what was shown before a round stays shown', async () => {
    await add(leader, '앞서')
    await hide(leader)
    await add(co, '숨은 것')
    expect(textsOf(co)).toEqual(['앞서', '숨은 것'])
    expect(textsOf(leader)).toEqual(['앞서'])
    await reveal(leader)
    expect(textsOf(leader)).toEqual(['앞서', '숨은 것'])
    expect(board(leader)).toMatchObject({ hiding: false, hiddenCards: 0 })
    await add(co, '이제는 바로')
    expect(textsOf(leader)).toContain('이제는 바로')
  })

  test('[MB3] rounds are begun and ended by who leads', async () => {
    await add(co, '하나')
    await expect(hide(co)).rejects.toMatchObject(reason('not-allowed'))
    await hide(leader)
    await expect(reveal(co)).rejects.toMatchObject(reason('not-allowed'))
    expect(board(co).hiding).toBe(true)
  })

  test('[MB3] they outlive a restart, and stay hidden', async () => {
    await hide(leader)
    await add(co, '카나리아')
    await room.restart()
    const again = await room.comes(room.town.leader)
    expect(board(again)).toMatchObject({ hiding: true, hiddenCards: 1, cards: [] })
    expect(textsOf(await room.comes(room.town.co))).toEqual(['카나리아'])
  })
})

describe('putting together', () => {
  beforeEach(async () => {
    for (const text of ['가', '나', '다']) await add(co, text)
  })

  test('[MB4] anybody who may write puts shown cards in a group, which takes the next of its title in', async () => {
    await group(leader, '가', '돈')
    await group(co, '나', '돈')
    const { groups, cards } = board(leader)
    expect(groups).toMatchObject([{ title: '돈' }])
    const groupId = must(groups[0], 'group').groupId
    expect(cards.map(card => card.groupId)).toEqual([groupId, groupId, null])
    await leader.does('cards.group', { itemId: room.itemId, cardId: idOf(leader, '다'), groupId, title: '' })
    expect(new Set(board(co).cards.map(card => card.groupId))).toEqual(new Set([groupId]))
  })

  test('[MB4] a group is there while a card is in it', async () => {
    await group(leader, '가', '돈')
    const { groupId } = must(board(co).groups[0], 'group')
    await group(leader, '가', '')
    expect(board(co).groups).toEqual([])
    const into = co.does('cards.group', { itemId: room.itemId, cardId: idOf(co, '나'), groupId, title: '' })
    await expect(into).rejects.toMatchObject(reason('not-found', 'card-group-gone'))
    await group(leader, '가', '집')
    await remove(leader, idOf(leader, '가'))
    expect(board(co).groups).toEqual([])
  })

  test('[MB4] named like another, the two are one', async () => {
    await group(leader, '가', '돈')
    await group(leader, '나', '살림')
    const named = must(
      board(leader).groups.find(({ title }) => title === '살림'),
      'group',
    )
    const name = (title: string) => co.does('cards.name-group', { itemId: room.itemId, groupId: named.groupId, title })
    await name('형편')
    expect(board(leader).groups.map(({ title }) => title)).toEqual(['돈', '형편'])
    await name('돈')
    expect(board(leader).groups.map(({ title }) => title)).toEqual(['돈'])
    expect(new Set(board(leader).cards.map(card => card.groupId)).size).toBe(2)
  })

  test('[MB4] its writer changes and takes away a card until others have taken it up; who leads takes away any', async () => {
    await change(co, idOf(co, '가'), '가나다')
    const [card, second] = board(leader).cards
    expect(card?.text).toBe('가나다')
    const { cardId } = must(card, 'card')
    const other = reason('not-allowed', 'card-of-another')
    await expect(change(leader, cardId, '고침')).rejects.toMatchObject(other)
    await group(leader, '가나다', '돈')
    const taken = reason('not-allowed', 'card-in-group')
    await expect(change(co, cardId, '고침')).rejects.toMatchObject(taken)
    await expect(remove(co, cardId)).rejects.toMatchObject(taken)
    await remove(leader, cardId)
    await remove(co, must(second, 'card').cardId)
    expect(textsOf(co)).toEqual(['다'])
  })

  test('[MB4] a card of somebody who does not lead is not theirs to take away', async () => {
    await add(leader, '라')
    await expect(remove(co, idOf(co, '라'))).rejects.toMatchObject(reason('not-allowed', 'card-of-another'))
  })
})
