/**
 * One random meeting: people of several audiences come and go in several tabs, give every command there is, lose and get access, while the store
 * fails and the server restarts. Everything is drawn from one seed.
 */

import { caseFactsWith, conferenceFactsOf, itemFactsOf } from '../../../server/conferences/facts.ts'
import type { Log } from '../../../server/lib/log.ts'
import type { HearingState } from '../../../server/meetings/meeting-state.ts'
import { createMeetings } from '../../../server/meetings/meetings.ts'
import type { Meetings } from '../../../server/meetings/ports.ts'
import { canReadItem } from '../../../shared/access.ts'
import { must } from '../../../shared/assert.ts'
import { ATTENDANCE_MODES, codesOf, MEETING_FEATURES, POSITION_KINDS, RECUSAL_KINDS } from '../../../shared/codes.ts'
import {
  attendeeKeyOf,
  type CardGroupId,
  type CardId,
  type ItemId,
  type ReadBackId,
  type UserId,
  type VoteId,
} from '../../../shared/ids.ts'
import { Refusal } from '../../../shared/protocol/refusals.ts'
import { FakeClock } from '../../support/fake-clock.ts'
import { type SeededRandom, seededRandom } from '../../support/seeded-random.ts'
import { NOON } from '../conferences/world.ts'
import { Seat } from './meeting-under-test.ts'
import { SimRecords, secretOf } from './sim-records.ts'

/** More than joins are ever under way at once. */
const TURNS = 16

export class SimMeeting {
  readonly random: SeededRandom
  readonly clock = new FakeClock(NOON)
  readonly records: SimRecords
  seats: Seat[] = []
  /** What a listener did not expect. */
  readonly faults: unknown[] = []
  /** Who wrote which text on a card: each is written once. */
  readonly ideas = new Map<string, UserId>()
  #meetings: Meetings

  constructor(seed: number) {
    this.random = seededRandom(seed)
    this.records = new SimRecords(this.random, this.clock)
    this.#meetings = this.#open()
  }

  #open(): Meetings {
    const quiet = () => undefined
    const log: Log = {
      debug: quiet,
      info: quiet,
      warn: quiet,
      error: fields => {
        this.faults.push(fields)
      },
    }
    const { records, clock } = this
    const { parts, meetings, hearings } = records
    return createMeetings({ conferences: parts, meetings, hearings, signIns: { actorOf: records.actorOf }, clock, log })
  }

  seatOf(userId: UserId): Seat {
    const seat = new Seat(userId, this.records.conference._id, () => this.#meetings)
    seat.onTold = words => this.#assertMayHear(userId, words)
    return seat
  }

  /** At the very moment of being told (SPEC MV2): what is withdrawn here is announced in the same turn. */
  #assertMayHear(userId: UserId, words: string): void {
    const heard = [...this.records.items.keys()].filter(itemId => words.includes(secretOf(itemId)))
    const shut = heard.find(itemId => !this.mayOpen(userId, itemId))
    if (shut !== undefined) throw new Error(`Told of an item that is not for them any more: ${words}`)
    for (const [text, by] of this.ideas) {
      const isTheirs = by === userId || this.records.shownCards.has(text)
      if (!isTheirs && words.includes(text)) throw new Error(`Told of a hidden card: ${words}`)
    }
  }

  #ideaOf(userId: UserId, itemId: ItemId): string {
    const text = `${secretOf(itemId)} idea ${this.ideas.size}.`
    this.ideas.set(text, userId)
    return text
  }

  /** Any card or group that is stored, also one that is hidden from whoever takes it. */
  #storedIn(itemId: ItemId): { cardId: CardId; groupId: CardGroupId } {
    const stored = this.records.stored.get(itemId)
    const { cards, cardGroups }: Partial<HearingState> = stored ? JSON.parse(stored.state) : {}
    const { random, records } = this
    return {
      cardId: cards?.length ? random.pick(cards).cardId : records.newId<CardId>(),
      groupId: cardGroups?.length ? random.pick(cardGroups).groupId : records.newId<CardGroupId>(),
    }
  }

  get counts() {
    return this.#meetings.counts()
  }

  /** Whether the person may open the item as the records are now. */
  mayOpen(userId: UserId, itemId: ItemId): boolean {
    const { conference, items, cases, people } = this.records
    const item = items.get(itemId)
    const person = people.get(userId)
    if (item === undefined || !person?.active) return false
    const file = item.caseId === null ? undefined : cases.get(item.caseId)
    const ofCase = [...items.values()].filter(other => other.caseId !== null && other.caseId === item.caseId)
    const actor = { userId, operator: false, memberships: person.memberships }
    return canReadItem(actor, conferenceFactsOf(conference), itemFactsOf(item), file && caseFactsWith(file, ofCase))
  }

  /** Everything that is on its way is done: nothing here takes longer than the turn, but for joins, which end with it. */
  async settle(): Promise<void> {
    for (let turn = 0; turn < TURNS; turn++) await new Promise(resolve => setImmediate(resolve))
    this.seats = this.seats.filter(seat => seat.closed === undefined)
  }

  async pass(ms: number): Promise<void> {
    await this.settle()
    await this.clock.advance(ms, () => this.settle())
  }

  anybody = () => this.random.pick(this.records.invited).userId
  anyItem = () => this.random.pick([...this.records.items.keys()])
  anyKey = () => attendeeKeyOf(this.anybody())

  /** Connections of who may conduct now, or else all. */
  conducting(): Seat[] {
    const taker = this.records.conference.participants.find(({ role }) => role === 'minute_taker')?.userId
    const lead = this.seats.filter(({ view, connection }) =>
      [taker, view?.chair.userId].includes(connection.person.userId),
    )
    return lead.length > 0 ? lead : this.seats
  }

  async comes(userId: UserId): Promise<void> {
    const seat = this.seatOf(userId)
    const meetings = this.#meetings
    await allowed(seat.comes())
    // Who came into the process that ended meanwhile is in none.
    if (meetings !== this.#meetings) return
    if (seat.view !== undefined && seat.closed === undefined) this.seats.push(seat)
  }

  leaves(seat: Seat): void {
    this.seats = this.seats.filter(other => other !== seat)
    seat.leaves()
  }

  async restart(): Promise<void> {
    const people = this.seats.map(seat => seat.connection.person.userId)
    await this.#meetings.close()
    this.seats = []
    this.#meetings = this.#open()
    for (const userId of people) if (this.random.chance(0.8)) await this.comes(userId)
  }

  /** Any command by anybody. True when it was done. */
  async command(seat: Seat): Promise<boolean> {
    const { random } = this
    const itemId = this.anyItem()
    const reading = seat.view?.hearings[itemId]?.readBack
    const readBackId = reading?.readBackId ?? this.records.newId<ReadBackId>()
    const hash = reading?.hash ?? 'a'.repeat(64)
    const key = this.anyKey()
    const { cardId, groupId } = this.#storedIn(itemId)
    const vote = seat.view?.hearings[itemId]?.votes.at(-1)
    const voteId = vote?.voteId ?? this.records.newId<VoteId>()
    const voters = vote?.voters ?? this.records.agencies
    const idea = () => this.#ideaOf(seat.connection.person.userId, itemId)
    const title = () => `${secretOf(itemId)} group ${random.below(3)}`
    const commands: (() => Promise<void>)[] = [
      () => seat.does('pointer.move', { itemId, place: random.chance(0.5) ? null : secretOf(itemId) }),
      () => seat.does('pointer.move', { itemId, place: secretOf(itemId) }),
      () => seat.does('item.finish', { itemId }),
      () => seat.does('item.defer', { itemId }),
      () => seat.does('item.reopen', { itemId }),
      () => seat.does('chair.take', {}),
      () => seat.does('chair.hand-over', { to: this.anybody() }),
      () => seat.does('feature.switch', { feature: random.pick(codesOf(MEETING_FEATURES)), on: random.chance(0.7) }),
      () => seat.does('feature.switch', { feature: 'requests', on: true }),
      () => seat.does('speech.request', { key: attendeeKeyOf(seat.connection.person.userId) }),
      () => seat.does('speech.request', { key }),
      () => seat.does('speech.withdraw', { key }),
      () => seat.does('speech.give', { key }),
      () => seat.does('speech.end', {}),
      () => seat.does('attendance.announce', { mode: 'remote', statement: true, deputyFor: '' }),
      () => seat.does('attendance.leave', {}),
      () =>
        seat.does('attendance.enter', {
          entries: [{ key, mode: random.pick(codesOf(ATTENDANCE_MODES)) }],
          statement: random.chance(0.7),
        }),
      () => seat.does('attendance.confirm', { keys: [key] }),
      () => seat.does('attendance.depart', { key }),
      () => seat.does('attendance.leaves-at', { key, at: '15:30' }),
      () =>
        seat.does('attendance.add', {
          name: `손님 ${random.below(100)}`,
          agencyId: random.pick(this.records.agencies),
          title: '이장',
          role: 'attendee',
          mode: 'in_person',
          statement: true,
        }),
      () => seat.does('read-back.open', { itemId }),
      () => seat.does('read-back.open', { itemId }),
      () => seat.does('read-back.cancel', { itemId, readBackId }),
      () => seat.does('read-back.confirm', { itemId, readBackId, hash }),
      () =>
        seat.does('read-back.answer', {
          itemId,
          readBackId,
          hash,
          agencyId: random.pick(this.records.agencies),
          position: random.pick(codesOf(POSITION_KINDS)),
          words: secretOf(itemId),
        }),
      () => seat.does('recusal.begin', { itemId, userId: seat.connection.person.userId, kind: 'withdrawal' }),
      () => seat.does('recusal.begin', { itemId, userId: this.anybody(), kind: random.pick(codesOf(RECUSAL_KINDS)) }),
      () => seat.does('recusal.end', { itemId, userId: this.anybody() }),
      () => seat.does('recusal.end', { itemId, userId: this.anybody() }),
      () => seat.does('quorum.go-on', { itemId, reason: secretOf(itemId) }),
      () => seat.does('quorum.choose', { choice: random.pick(['majority', 'three_agencies']) }),
      () => seat.does('deferral.note', { itemId, kind: 'no_time', reason: secretOf(itemId), retable: true }),
      () => seat.does('feature.switch', { feature: 'voting', on: true }),
      () => seat.does('vote.open', { itemId, question: secretOf(itemId) }),
      () => seat.does('vote.cast', { itemId, voteId, voter: random.pick(voters), choice: 'for' }),
      () => seat.does('vote.close', { itemId, voteId }),
      () => seat.does('feature.switch', { feature: 'brainstorming', on: true }),
      () => seat.does('feature.switch', { feature: 'brainstorming', on: true }),
      () => seat.does('feature.switch', { feature: 'brainstorming', on: true }),
      () => seat.does('cards.add', { itemId, text: idea() }),
      () => seat.does('cards.add', { itemId, text: idea() }),
      () => seat.does('cards.add', { itemId, text: idea() }),
      () => seat.does('cards.change', { itemId, cardId, text: idea() }),
      () => seat.does('cards.remove', { itemId, cardId }),
      () => seat.does('cards.hide', { itemId }),
      () => seat.does('cards.hide', { itemId }),
      () => seat.does('cards.hide', { itemId }),
      () => seat.does('cards.reveal', { itemId }),
      () => seat.does('cards.group', { itemId, cardId, groupId: '', title: random.chance(0.3) ? '' : title() }),
      () => seat.does('cards.group', { itemId, cardId, groupId: '', title: random.chance(0.3) ? '' : title() }),
      () => seat.does('cards.group', { itemId, cardId, groupId, title: '' }),
      () => seat.does('cards.name-group', { itemId, groupId, title: title() }),
    ]
    return allowed(random.pick(commands)())
  }

  /** Access is given or taken over HTTP, by somebody else. */
  changeAccess(): void {
    const { random, records } = this
    const itemId = this.anyItem()
    const item = must(records.items.get(itemId), 'item')
    const userId = this.anybody()
    const changes: (() => void)[] = [
      () =>
        item.kind === 'case' &&
        records.changeItem(itemId, { agencies: records.agencies.filter(() => random.chance(0.6)) }),
      () => records.changeItem(itemId, { recused: random.chance(0.5) ? [] : [userId] }),
      () => records.changePerson(userId, { active: random.chance(0.6) }),
      () => records.changePerson(userId, { name: `이름 ${random.below(1000)}` }),
      () => {
        const { participants } = records.conference
        const isIn = participants.some(participant => participant.userId === userId)
        records.changeConference({
          participants: isIn
            ? participants.filter(participant => participant.userId !== userId)
            : records.invited.filter(one => one.userId === userId || participants.includes(one)),
        })
      },
      () => records.addItem(random.chance(0.5) ? undefined : [random.pick(records.agencies)]),
      () => records.items.size > 2 && records.removeItem(itemId),
    ]
    random.pick(changes)()
  }
}

/** False when it was refused or the store was away; anything else is a fault. */
export async function allowed(doing: Promise<unknown>): Promise<boolean> {
  try {
    await doing
    return true
  } catch (error) {
    if (error instanceof Refusal) return false
    if (error instanceof Error && error.name === 'StoreUnavailable') return false
    throw error
  }
}
