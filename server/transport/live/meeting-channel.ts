/** The namespace `/meeting` (LIVE.md): makes a session of each socket and hands it everything that comes. */
import type { ConnectionId, UserId } from '../../../shared/ids.ts'
import { MEETING_NAMESPACE } from '../../../shared/protocol/live-channel.ts'
import { newId } from '../../lib/random.ts'
import { TokenBucket } from '../../rooms/token-bucket.ts'
import type { LiveServer } from './live-server.ts'
import { MEETING_CHANNEL_LIMITS, type MeetingChannelLimits } from './meeting-limits.ts'
import { MeetingSession, type MeetingSessionOptions } from './meeting-session.ts'

export interface MeetingChannelOptions
  extends Pick<
    MeetingSessionOptions,
    'meetings' | 'authentication' | 'audit' | 'pace' | 'subjectOf' | 'onActivity' | 'clock' | 'log'
  > {
  live: Pick<LiveServer, 'namespace' | 'connectionOf'>
  limits?: Partial<MeetingChannelLimits>
}

export interface MeetingChannel {
  counts(): { sockets: number; persons: number }
}

/** From now on meetings are joined and led over the live channel. It ends with the live server. */
export function openMeetingChannel(options: MeetingChannelOptions): MeetingChannel {
  const { live, meetings, authentication, audit, pace, subjectOf, onActivity, clock, log } = options
  const limits = { ...MEETING_CHANNEL_LIMITS, ...options.limits }
  const allowances = new Map<UserId, { bucket: TokenBucket; sockets: number }>()
  let sockets = 0

  /** One allowance per person, kept until it would be full again anyway: coming back in a hurry fills nothing. */
  function allowanceOf(userId: UserId): { bucket: TokenBucket; release(): void } {
    const { userBurst: burst, userPerSecond: perSecond } = limits
    const allowance = allowances.get(userId) ?? {
      bucket: new TokenBucket({ burst, perSecond, now: clock.now() }),
      sockets: 0,
    }
    allowances.set(userId, allowance)
    allowance.sockets++
    return {
      bucket: allowance.bucket,
      release() {
        allowance.sockets--
        clock.after((burst / perSecond) * 1000, () => {
          if (allowance.sockets === 0) allowances.delete(userId)
        })
      },
    }
  }

  live.namespace(MEETING_NAMESPACE).on('connection', socket => {
    const line = live.connectionOf(socket)
    const { person, address } = line
    const allowance = allowanceOf(person.userId)
    const session = new MeetingSession({
      emit: (name, ...args) => socket.emit(name, ...args),
      line,
      connection: { connectionId: newId<ConnectionId>(), person, address },
      meetings,
      authentication,
      audit,
      pace,
      subjectOf,
      onActivity,
      allowance: allowance.bucket,
      clock,
      log,
      limits,
    })
    sockets++
    // The only listener: every event comes through here, whatever its name.
    socket.onAny((name: unknown, ...args: unknown[]) => {
      if (socket.connected) session.receive(name, args)
    })
    socket.once('disconnect', () => {
      sockets--
      allowance.release()
      session.end()
    })
  })
  return { counts: () => ({ sockets, persons: allowances.size }) }
}
