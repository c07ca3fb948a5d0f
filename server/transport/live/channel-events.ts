/**
 * The events that a client may send to `/meeting`, each declared whole: whose question is asked, what its arguments are, what it does. An event
 * without a policy does not compile, and nothing else is listened to. Handlers get arguments that were read, and a session; never a socket.
 */
import * as z from 'zod'
import type { ConferenceId } from '../../../shared/ids.ts'
import {
  type ClientEvents,
  COMMANDS,
  type CommandBody,
  type CommandName,
  joinBody,
  leaveBody,
} from '../../../shared/protocol/live-channel.ts'
import type { AccessQuestion } from '../route.ts'
import { withoutResidentNumbers } from '../typed-words.ts'

/** What an event may do. */
export interface EventTarget {
  /** @param how.watches only looks on, e.g. on the wall */
  join(conferenceId: ConferenceId, how: { watches: boolean }): Promise<EventOutcome>
  leave(conferenceId: ConferenceId): void
  command<Name extends CommandName>(name: Name, body: CommandBody<Name>): Promise<void>
}

export interface EventOutcome {
  /** The answer's. */
  value: unknown
  /** Called once the answer has left. */
  told?: () => void
  /** Called instead when it came too late to be answered. */
  abandon?: () => void
}

/**
 * `signed-in`: opens nothing. `of-the-command`: each command's own rule names its question (`server/meetings/command-rule.ts`). Otherwise
 * the question of `shared/access.ts` that the meetings ask on the records as they are then.
 */
export type EventPolicy = 'signed-in' | 'of-the-command' | AccessQuestion

/** Arguments that were read, ready to be done. */
export interface ReadEvent {
  /** For the record of access: names and opaque ids. */
  object: string
  run(target: EventTarget): Promise<EventOutcome>
}

export interface ChannelEvent {
  readonly policy: EventPolicy
  /** Reads the arguments without the acknowledgement; undefined when they are another number or of another form. */
  read(args: readonly unknown[]): ReadEvent | undefined
}

function event<Args extends z.ZodTuple>(spec: {
  policy: EventPolicy
  args: Args
  read: (...args: z.output<Args>) => ReadEvent | undefined
}): ChannelEvent {
  return {
    policy: spec.policy,
    read(args) {
      const parsed = spec.args.safeParse(args)
      return parsed.success ? spec.read(...parsed.data) : undefined
    },
  }
}

const COMMAND_NAMES = Object.keys(COMMANDS) as [CommandName, ...CommandName[]]

export const EVENTS: { readonly [Name in keyof ClientEvents]: ChannelEvent } = {
  'meeting.join': event({
    policy: 'canEnterRoom',
    args: z.tuple([joinBody]),
    read: ({ conferenceId, watches = false }) => ({
      object: `meeting.join ${conferenceId}`,
      run: target => target.join(conferenceId, { watches }),
    }),
  }),
  'meeting.leave': event({
    policy: 'signed-in',
    args: z.tuple([leaveBody]),
    read: ({ conferenceId }) => ({
      object: `meeting.leave ${conferenceId}`,
      async run(target) {
        target.leave(conferenceId)
        return { value: null }
      },
    }),
  }),
  command: event({
    policy: 'of-the-command',
    args: z.tuple([z.enum(COMMAND_NAMES), z.unknown()]),
    read(name, asked) {
      const body = COMMANDS[name].safeParse(asked)
      if (!body.success) return undefined
      const { data } = body
      return {
        object: `${name} ${[data.conferenceId, 'itemId' in data ? data.itemId : ''].join(' ').trim()}`,
        async run(target) {
          await target.command(name, withoutResidentNumbers(data))
          return { value: null }
        },
      }
    },
  }),
}

/** The event of a name from outside. */
export function eventNamed(name: unknown): ChannelEvent | undefined {
  return typeof name === 'string' && Object.hasOwn(EVENTS, name) ? EVENTS[name as keyof ClientEvents] : undefined
}
