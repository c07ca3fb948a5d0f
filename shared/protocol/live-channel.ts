/**
 * The live channel (`LIVE.md`): the commands of a running meeting as strict schemas, their acknowledgements, and what comes from the server.
 * Every command names its conference and carries an id of its own; repeated with the same id it is done once and answered alike. Who may,
 * is not said here: the server declares a policy for each name.
 */
import * as z from 'zod'
import {
  ATTENDANCE_MODES,
  CONFERENCE_ROLES,
  DEFERRAL_KINDS,
  MEETING_FEATURES,
  POSITION_KINDS,
  PRESENT_MODES,
  QUORUM_CHOICES,
  RECUSAL_KINDS,
  VOTE_CHOICES,
} from '../codes.ts'
import type {
  AgencyId,
  AttendeeKey,
  CardGroupId,
  CardId,
  CommandId,
  ConferenceId,
  ConnectionId,
  ItemId,
  ReadBackId,
  UserId,
  VoteId,
} from '../ids.ts'
import type { MeetingChange, MeetingView } from '../meeting/meeting-view.ts'
import { code, day, id, line, optionalLine, paragraphs } from './fields.ts'
import type { RefusalReason } from './refusals.ts'

/** socket.io's path, and the namespace of meetings. */
export const LIVE_PATH = '/live/'
export const MEETING_NAMESPACE = '/meeting'

const envelope = { conferenceId: id<ConferenceId>(), commandId: id<CommandId>() }
const command = <Shape extends z.ZodRawShape>(shape: Shape) => z.strictObject({ ...envelope, ...shape })

const key = id<AttendeeKey>()
const itemId = id<ItemId>()
const readBackId = id<ReadBackId>()
const cardId = id<CardId>()
const groupId = id<CardGroupId>()
const voteId = id<VoteId>()
const hash = z.string().regex(/^[0-9a-f]{64}$/)
const timeOfDay = z.union([z.literal(''), z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)])
/** An agency's own words. */
const words = paragraphs(2_000)
/** Roots and records of an item's document, as screens name their parts. */
const place = z.string().regex(/^[A-Za-z0-9_:-]{1,80}$/)
const presentMode = z.enum(PRESENT_MODES)

/** An idea, not a statement: what is longer belongs to the discussion. */
export const CARD_MOST_LETTERS = 200

export const COMMANDS = {
  /** For oneself: I am here, in this way, and keep what I hear to myself (비밀유지). The chair confirms it. */
  'attendance.announce': command({ mode: presentMode, statement: z.literal(true), deputyFor: optionalLine(40) }),
  'attendance.leave': command({}),
  /** For people at the table without a device, or all at once: attendance and statement in one press. */
  'attendance.enter': command({
    entries: z
      .array(z.strictObject({ key, mode: code(ATTENDANCE_MODES) }))
      .min(1)
      .max(120),
    statement: z.boolean(),
  }),
  /** Somebody who is not among the participants and has no account here. */
  'attendance.add': command({
    name: line(40),
    agencyId: id<AgencyId>(),
    title: optionalLine(40),
    role: code({ attendee: CONFERENCE_ROLES.attendee, observer: CONFERENCE_ROLES.observer }),
    mode: presentMode,
    statement: z.boolean(),
  }),
  /** Only somebody added by mistake, before they were part of any confirmation. */
  'attendance.remove': command({ key }),
  'attendance.confirm': command({ keys: z.array(key).min(1).max(120) }),
  'attendance.depart': command({ key }),
  'attendance.leaves-at': command({ key, at: timeOfDay }),

  'chair.take': command({}),
  'chair.hand-over': command({ to: id<UserId>() }),
  'pointer.move': command({ itemId, place: z.union([z.null(), place]) }),
  'item.finish': command({ itemId }),
  'item.defer': command({ itemId }),
  /** Back to waiting: deferred or finished too early. */
  'item.reopen': command({ itemId }),
  'feature.switch': command({ feature: code(MEETING_FEATURES), on: z.boolean() }),

  /** The chair goes on with an item below the quorum, and why. */
  'quorum.go-on': command({ itemId, reason: line(200) }),

  /** What this meeting's quorum asks for, where its kind leaves a choice. */
  'quorum.choose': command({ choice: code(QUORUM_CHOICES) }),

  /** Why it was deferred, that it is to be tabled again at the next meeting, and on which day, where one was named. */
  'deferral.note': command({
    itemId,
    kind: code(DEFERRAL_KINDS),
    reason: optionalLine(200),
    retable: z.boolean(),
    meetOn: z.union([z.literal(''), day]).optional(),
  }),

  'vote.open': command({ itemId, question: line(200) }),
  /** One's own, or entered by who conducts for somebody without a device. */
  'vote.cast': command({
    itemId,
    voteId,
    voter: z.union([key, id<AgencyId>()]),
    choice: code(VOTE_CHOICES),
  }),
  'vote.close': command({ itemId, voteId }),

  'speech.request': command({ key }),
  'speech.withdraw': command({ key }),
  'speech.give': command({ key }),
  'speech.end': command({}),

  /** One's own wish for oneself, or entered by who conducts. */
  'recusal.begin': command({ itemId, userId: id<UserId>(), kind: code(RECUSAL_KINDS) }),
  'recusal.end': command({ itemId, userId: id<UserId>() }),

  'read-back.open': command({ itemId }),
  'read-back.cancel': command({ itemId, readBackId }),
  'read-back.answer': command({
    itemId,
    readBackId,
    hash,
    agencyId: id<AgencyId>(),
    position: code(POSITION_KINDS),
    words,
  }),
  /** Confirms for all present that have not answered apart that they do not differ (이견 없음), and freezes the record. */
  'read-back.confirm': command({ itemId, readBackId, hash }),

  'cards.add': command({ itemId, text: line(CARD_MOST_LETTERS) }),
  'cards.change': command({ itemId, cardId, text: line(CARD_MOST_LETTERS) }),
  'cards.remove': command({ itemId, cardId }),
  /** A new round: from now on each sees only their own cards, until they are revealed. */
  'cards.hide': command({ itemId }),
  'cards.reveal': command({ itemId }),
  /** Into a group; with an empty id into the group of that title, made where there is none; with both empty out of any. */
  'cards.group': command({ itemId, cardId, groupId: z.union([z.literal(''), groupId]), title: optionalLine(60) }),
  'cards.name-group': command({ itemId, groupId, title: line(60) }),

  /** The room is closed for good, and why with something open (MINUTES.md MN17). */
  'meeting.close': command({ reason: optionalLine(200) }),
} as const satisfies Record<string, z.ZodType>

export type CommandName = keyof typeof COMMANDS
export type CommandBody<Name extends CommandName> = z.output<(typeof COMMANDS)[Name]>

/** Beside the commands: coming and going. `meeting.join` answers the snapshot and starts the changes; again, it starts them anew. */
export const joinBody = z.strictObject({
  conferenceId: id<ConferenceId>(),
  /** A screen for others to look at, e.g. the projector's: told the same as its person's own, and nobody's presence. */
  watches: z.literal(true).optional(),
})
export const leaveBody = z.strictObject({ conferenceId: id<ConferenceId>() })
export type JoinBody = z.output<typeof joinBody>
export type LeaveBody = z.output<typeof leaveBody>

export interface MeetingSnapshot {
  view: MeetingView
  /** The server's time when it was made, ISO: screens count from it, not from their own clock. */
  now: string
  connectionId: ConnectionId
}

export type Ack<Value> = { ok: true; value: Value } | { ok: false; reason: RefusalReason; message: string }

export interface ClientEvents {
  'meeting.join': (body: JoinBody, ack: (answer: Ack<MeetingSnapshot>) => void) => void
  'meeting.leave': (body: LeaveBody, ack: (answer: Ack<null>) => void) => void
  command: <Name extends CommandName>(name: Name, body: CommandBody<Name>, ack: (answer: Ack<null>) => void) => void
}

export interface ServerEvents {
  'meeting.change': (conferenceId: ConferenceId, change: MeetingChange) => void
  /** Said before the line is cut, or before one conference is over for this person. */
  closed: (reason: RefusalReason, conferenceId: ConferenceId | null) => void
}
