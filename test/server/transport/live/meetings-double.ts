/** Meetings that do nothing but tell what they were asked, by whom, and refuse when told to. */
import type { Connection, MeetingListener } from '../../../../server/meetings/ports.ts'
import type { MeetingsForChannel } from '../../../../server/transport/live/meeting-session.ts'
import type { ConferenceId, ItemId } from '../../../../shared/ids.ts'
import type { MeetingChange, MeetingView } from '../../../../shared/meeting/meeting-view.ts'
import type { CommandBody, CommandName, MeetingSnapshot } from '../../../../shared/protocol/live-channel.ts'
import { Refusal } from '../../../../shared/protocol/refusals.ts'

export const CONFERENCE = 'conferenceconference01' as ConferenceId

export const VIEW: MeetingView = {
  chair: { userId: null, since: null, awaySince: null, order: [] },
  pointer: null,
  attendance: [],
  progress: {},
  speaking: { now: null, since: null, queue: [] },
  online: [],
  features: { timer: false, requests: false, brainstorming: false, voting: false, quorum: false },
  quorumChoice: 'majority',
  quorum: null,
  hearings: {},
  own: { cards: {} },
} as MeetingView

export class MeetingsDouble implements MeetingsForChannel {
  readonly commands: { connection: Connection; name: CommandName; body: CommandBody<CommandName> }[] = []
  readonly listeners = new Map<string, MeetingListener>()
  readonly gone: Connection[] = []
  joins = 0
  /** What a command does besides being noted. */
  onCommand: (name: CommandName) => Promise<void> = async () => {}
  /** What a join does before it answers. */
  onJoin: (listener: MeetingListener) => Promise<void> | void = () => {}

  async join(connection: Connection, conferenceId: ConferenceId, listener: MeetingListener): Promise<MeetingSnapshot> {
    this.joins++
    if (conferenceId !== CONFERENCE) throw new Refusal('not-found')
    await this.onJoin(listener)
    this.listeners.set(connection.connectionId, listener)
    return { view: VIEW, now: '2026-11-24T05:00:00.000Z', connectionId: connection.connectionId }
  }

  leave(connection: Connection): void {
    this.listeners.delete(connection.connectionId)
  }

  disconnect(connection: Connection): void {
    this.gone.push(connection)
    this.listeners.delete(connection.connectionId)
  }

  async command<Name extends CommandName>(connection: Connection, name: Name, body: CommandBody<Name>): Promise<void> {
    this.commands.push({ connection, name, body })
    await this.onCommand(name)
  }

  /** Tells everybody who joined. */
  tell(change: MeetingChange): void {
    for (const listener of this.listeners.values()) listener.change(change)
  }
}

/** A change of about so many bytes. */
export function changeOf(n: number, bytes = 0): MeetingChange {
  const place = 'x'.repeat(bytes)
  const itemId = 'itemitemitemitemitem01' as ItemId
  return {
    n,
    set: {
      progress: { [itemId]: { state: 'open', openedAt: place, spentMs: n } },
    },
    hearings: {},
  } as MeetingChange
}
