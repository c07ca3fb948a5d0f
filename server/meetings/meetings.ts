/** All running meetings of this process, and the one door to them. A meeting is in memory while somebody is connected or a command is on its way. */
import type { ConferenceId, ItemId } from '../../shared/ids.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import { admitted, byOf, Meeting, type MeetingsOptions } from './meeting.ts'
import { itemIdOf } from './perform.ts'
import type { Connection, Meetings } from './ports.ts'

export function createMeetings(options: MeetingsOptions): Meetings {
  const { conferences: parts } = options
  const open = new Map<ConferenceId, Meeting>()
  /** The latest join of each connection to each conference: an older one, or one that was left meanwhile, does not go in. */
  const joins = new WeakMap<Connection, Map<ConferenceId, symbol>>()
  const stop = parts.changes.onChange(keys => {
    for (const meeting of open.values()) meeting.accessChanged(keys)
  })
  let isClosed = false

  function meetingOf(conferenceId: ConferenceId): Meeting {
    if (isClosed) throw new Refusal('server-restarting')
    const known = open.get(conferenceId)
    if (known) return known
    const meeting: Meeting = new Meeting(conferenceId, options, () => {
      if (open.get(conferenceId) === meeting) open.delete(conferenceId)
    })
    open.set(conferenceId, meeting)
    return meeting
  }

  /** Nothing is made for a conference that is not this person's (SECURITY S23). A meeting that is open asks again in its turn. */
  async function assertAdmitted(connection: Connection, conferenceId: ConferenceId, itemId?: ItemId): Promise<void> {
    if (open.has(conferenceId)) return
    await admitted(parts, await byOf(options, connection), conferenceId, itemId)
  }

  return {
    async join(connection, conferenceId, listener, how = { watches: false }) {
      const join = Symbol('join')
      const ofConnection = joins.get(connection) ?? new Map<ConferenceId, symbol>()
      joins.set(connection, ofConnection)
      ofConnection.set(conferenceId, join)
      await assertAdmitted(connection, conferenceId)
      if (joins.get(connection)?.get(conferenceId) !== join) throw new Refusal('not-found')
      return meetingOf(conferenceId).join(connection, listener, how)
    },
    leave(connection, conferenceId) {
      joins.get(connection)?.delete(conferenceId)
      open.get(conferenceId)?.leave(connection.connectionId)
    },
    disconnect(connection) {
      joins.delete(connection)
      for (const meeting of open.values()) meeting.leave(connection.connectionId)
    },
    async command(connection, name, body) {
      await assertAdmitted(connection, body.conferenceId, itemIdOf(body))
      await meetingOf(body.conferenceId).command(connection, name, body)
    },
    inTurn: (conferenceId, work) => meetingOf(conferenceId).inTurn(work),
    counts() {
      const connections = [...open.values()].reduce((sum, meeting) => sum + meeting.connections, 0)
      return { meetings: open.size, connections }
    },
    async close() {
      isClosed = true
      stop()
      await Promise.all([...open.values()].map(meeting => meeting.close()))
      open.clear()
    },
  }
}
