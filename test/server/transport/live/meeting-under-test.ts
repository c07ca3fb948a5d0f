/** `/meeting` on a real port, over meetings that only note what they are asked; and people's browsers in it, by the client or packet by packet. */
import type { Socket } from 'socket.io-client'
import type { AuditEntry } from '../../../../server/audit/audit.ts'
import { systemClock } from '../../../../server/lib/clock.ts'
import type { SignedInPerson } from '../../../../server/rooms/ports.ts'
import { createDenialPace } from '../../../../server/transport/denial-pace.ts'
import type { LiveLimits } from '../../../../server/transport/live/live-limits.ts'
import { type MeetingChannel, openMeetingChannel } from '../../../../server/transport/live/meeting-channel.ts'
import type { MeetingChannelLimits } from '../../../../server/transport/live/meeting-limits.ts'
import { assert } from '../../../../shared/assert.ts'
import { MEETING_NAMESPACE } from '../../../../shared/protocol/live-channel.ts'
import { type ComeOptions, come, entered, type LiveUnderTest, openLive } from './live-under-test.ts'
import { CONFERENCE, MeetingsDouble } from './meetings-double.ts'

export interface MeetingUnderTest extends LiveUnderTest {
  meetings: MeetingsDouble
  channel: MeetingChannel
  audited: AuditEntry[]
  /** Whoever did something, in order. */
  active: SignedInPerson[]
  /** Somebody who is in the namespace, and has joined unless told otherwise. */
  enter(person: string, options?: ComeOptions & { joins?: boolean }): Promise<Socket>
}

export async function openMeeting(
  options: { limits?: Partial<MeetingChannelLimits>; liveLimits?: Partial<LiveLimits> } = {},
): Promise<MeetingUnderTest> {
  const meetings = new MeetingsDouble()
  const audited: AuditEntry[] = []
  const active: SignedInPerson[] = []
  let channel: MeetingChannel | undefined
  const server = await openLive({
    ...(options.liveLimits && { limits: options.liveLimits }),
    prepare(live, parts) {
      channel = openMeetingChannel({
        live,
        meetings,
        authentication: parts.authentication,
        audit: { record: async entry => void audited.push(entry) },
        pace: createDenialPace({ clock: systemClock, beatMs: 0 }),
        onActivity: person => active.push(person),
        clock: systemClock,
        log: parts.log,
        ...(options.limits && { limits: options.limits }),
      })
    },
  })
  assert(channel, 'prepared')
  return {
    ...server,
    meetings,
    channel,
    audited,
    active,
    async enter(person, about = {}) {
      const socket = come(server, person, about)
      const outcome = await entered(socket)
      if (outcome !== 'entered') throw outcome
      if (about.joins !== false) await socket.emitWithAck('meeting.join', { conferenceId: CONFERENCE })
      return socket
    },
  }
}

/** Sends packets of the namespace as text, and collects their acknowledgements by the ids that the packets carry. */
export function rawPackets(socket: Socket) {
  const answers = new Map<number, unknown[]>()
  const head = `3${MEETING_NAMESPACE},`
  socket.io.engine.on('data', (data: unknown) => {
    if (typeof data !== 'string' || !data.startsWith(head)) return
    const [, id, json = '[]'] = /^(\d+)(.*)$/s.exec(data.slice(head.length)) ?? []
    if (id !== undefined) answers.set(Number(id), [...(answers.get(Number(id)) ?? []), ...JSON.parse(json)])
  })
  return {
    answers,
    /** `args` is what stands between the brackets, as JSON. Without an id no acknowledgement is asked for. */
    send(args: string, id?: number) {
      socket.io.engine.write(`2${MEETING_NAMESPACE},${id ?? ''}[${args}]`)
    },
    sendText(packet: string) {
      socket.io.engine.write(packet)
    },
  }
}
