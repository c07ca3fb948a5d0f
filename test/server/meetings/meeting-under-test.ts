/**
 * A running meeting on real records, with virtual time and a language for the people at it. Each person's picture is put together from the snapshot
 * and the changes they were told, as a client does it.
 */
import type { By } from '../../../server/conferences/ports.ts'
import { createLog } from '../../../server/lib/log.ts'
import { newId } from '../../../server/lib/random.ts'
import { createHearingRepository, type HearingRepository } from '../../../server/meetings/hearing-repository.ts'
import { createMeetingRepository, type MeetingRepository } from '../../../server/meetings/meeting-repository.ts'
import { createMeetings } from '../../../server/meetings/meetings.ts'
import type { Connection, MeetingListener, Meetings } from '../../../server/meetings/ports.ts'
import { must } from '../../../shared/assert.ts'
import type { ConferenceState } from '../../../shared/codes.ts'
import type { CommandId, ConferenceId, ConnectionId, ItemId, SessionId, UserId } from '../../../shared/ids.ts'
import { applyChange, type MeetingChange, type MeetingView } from '../../../shared/meeting/meeting-view.ts'
import type { CommandBody, CommandName } from '../../../shared/protocol/live-channel.ts'
import type { RefusalReason } from '../../../shared/protocol/refusals.ts'
import { FakeClock } from '../../support/fake-clock.ts'
import { type Meeting, meet, NOON, openWorld, settle, type Town, type World } from '../conferences/world.ts'

/** A command's own fields. */
export type Said<Name extends CommandName> = Omit<CommandBody<Name>, 'conferenceId' | 'commandId'>

/** One connection of one person, and what it has been told. */
export class Seat {
  readonly connection: Connection
  readonly conferenceId: ConferenceId
  readonly #meetings: () => Meetings
  view: MeetingView | undefined
  changes: MeetingChange[] = []
  closed: RefusalReason | undefined
  /** Everything that reached this connection, as it stood on the wire. */
  heard = ''
  /** Looks at each change at the moment it comes. */
  onTold: (words: string) => void = () => undefined

  constructor(person: UserId, conferenceId: ConferenceId, meetings: () => Meetings) {
    const sessionId = person as string as SessionId
    this.connection = {
      connectionId: newId<ConnectionId>(),
      person: { userId: person, sessionId },
      address: '127.0.0.1',
    }
    this.conferenceId = conferenceId
    this.#meetings = meetings
  }

  /** @param how.watches as a screen on the wall */
  async comes(how = { watches: false }): Promise<this> {
    let hasAnswered = false
    this.changes = []
    const listener: MeetingListener = {
      change: change => {
        if (!hasAnswered) throw new Error('Told of a change before the answer')
        this.changes.push(change)
        const words = JSON.stringify(change)
        this.heard += words
        this.onTold(words)
        if (change.n !== this.changes.length)
          throw new Error(`Change ${change.n} came as number ${this.changes.length}`)
        this.view = applyChange(must(this.view, 'view'), change)
      },
      closed: reason => {
        this.closed = reason
      },
    }
    const snapshot = await this.#meetings().join(this.connection, this.conferenceId, listener, how)
    hasAnswered = true
    this.heard += JSON.stringify(snapshot)
    this.view = snapshot.view
    return this
  }

  leaves(): void {
    this.#meetings().disconnect(this.connection)
  }

  does<Name extends CommandName>(name: Name, said: Said<Name>, commandId = newId<CommandId>()): Promise<void> {
    // The two parts of the envelope and a command's own fields make its body.
    const body = { conferenceId: this.conferenceId, commandId, ...said } as CommandBody<Name>
    return this.#meetings().command(this.connection, name, body)
  }

  get sees(): MeetingView {
    return must(this.view, 'the picture of somebody who came')
  }
}

export interface MeetingUnderTest extends Meeting {
  world: World
  town: Town
  clock: FakeClock
  meetings: Meetings
  repositories: { meetings: MeetingRepository; hearings: HearingRepository }
  /** Who was gone with their last connection, and what had been open to them. */
  gone: { userId: UserId; open: ReadonlySet<ItemId> }[]
  by(person: UserId): By
  seat(person: UserId): Seat
  comes(person: UserId): Promise<Seat>
  /** Lets time pass and what is due in it happen. */
  pass(ms: number): Promise<void>
  /** Everything that is on its way is done. */
  settled(): Promise<void>
  /** The server stops and another one starts on the same store. */
  restart(): Promise<void>
  close(): Promise<void>
}

export async function meetingUnderTest(
  state: ConferenceState = 'live',
  options: Parameters<typeof meet>[3] = {},
): Promise<MeetingUnderTest> {
  const world = await openWorld()
  const town = await settle(world)
  const meeting = await meet(world, town, state, options)
  const clock = new FakeClock(NOON)
  const parts = { ...world.parts, now: () => clock.now() }
  const repositories = {
    meetings: createMeetingRepository({ store: world.store, keyring: world.keyring }),
    hearings: createHearingRepository({ store: world.store, keyring: world.keyring }),
  }
  const signIns = {
    actorOf: async ({ userId }: { userId: UserId }) =>
      world.people.get(userId)?.active ? world.by(userId).actor : undefined,
  }
  const gone: MeetingUnderTest['gone'] = []
  const open = () =>
    createMeetings({
      conferences: parts,
      ...repositories,
      signIns,
      clock,
      log: createLog({ level: 'silent' }),
      onGone: (_conferenceId, userId, open) => gone.push({ userId, open }),
    })
  let meetings = open()
  const stranger = new Seat(town.stranger, meeting.conferenceId, () => meetings)
  // What is refused has waited behind everything before it; the second time, behind what that brought about.
  const settled = async () => {
    for (let round = 0; round < 2; round++) await stranger.does('speech.end', {}).catch(() => undefined)
  }
  const underTest: MeetingUnderTest = {
    ...meeting,
    world,
    town,
    clock,
    repositories,
    gone,
    get meetings() {
      return meetings
    },
    by: person => world.by(person),
    seat: person => new Seat(person, meeting.conferenceId, () => meetings),
    comes: person => underTest.seat(person).comes(),
    pass: async ms => {
      // What is on its way already takes no time.
      await settled()
      await clock.advance(ms, settled)
    },
    settled,
    async restart() {
      await meetings.close()
      meetings = open()
    },
    async close() {
      await meetings.close()
      await world.close()
    },
  }
  return underTest
}
