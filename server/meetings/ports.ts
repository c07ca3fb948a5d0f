/** What the live channel's transport asks of the meetings, and what a person's connection is told. */
import type { ConferenceId, ConnectionId } from '../../shared/ids.ts'
import type { MeetingChange } from '../../shared/meeting/meeting-view.ts'
import type { CommandBody, CommandName, MeetingSnapshot } from '../../shared/protocol/live-channel.ts'
import type { RefusalReason } from '../../shared/protocol/refusals.ts'
import type { MeetingOrder } from '../conferences/ports.ts'
import type { SignedInPerson } from '../rooms/ports.ts'

/** One connection of one person, for as long as its socket lives. */
export interface Connection {
  connectionId: ConnectionId
  person: SignedInPerson
  /** For the record of access. */
  address: string
}

/** Called in the order of what happens; never before the join has answered. */
export interface MeetingListener {
  change(change: MeetingChange): void
  /** This conference is over for this person: no access any more. Nothing follows. */
  closed(reason: RefusalReason): void
}

export interface JoinedHow {
  /** Told like every other, and nobody's presence (SPEC MA1): a screen on the wall. */
  watches: boolean
}

export interface Meetings extends MeetingOrder {
  /**
   * Joins a conference's meeting; a second join of the same connection to the same conference begins anew. @throws Refusal `not-found` for
   * one that does not exist or is not for this person: one answer for both, and nothing is made for it.
   */
  join(
    connection: Connection,
    conferenceId: ConferenceId,
    listener: MeetingListener,
    how?: JoinedHow,
  ): Promise<MeetingSnapshot>
  leave(connection: Connection, conferenceId: ConferenceId): void
  /** The socket is gone. */
  disconnect(connection: Connection): void
  /** Resolves when what it did is stored and told. @throws Refusal */
  command<Name extends CommandName>(connection: Connection, name: Name, body: CommandBody<Name>): Promise<void>
  counts(): { meetings: number; connections: number }
  close(): Promise<void>
}
