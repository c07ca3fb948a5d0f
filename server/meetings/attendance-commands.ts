/**
 * Who is at the table, in which way, and whether they keep what they hear to themselves (SPEC MA1–MA4). Most people there have no device: who
 * conducts enters them, all in one command. A participant's entry is made when there is something to say; people without an account are entries
 * of this meeting and of nothing else.
 */
import { canWriteForOthers } from '../../shared/access.ts'
import { isPresentMode } from '../../shared/codes.ts'
import { type AttendeeKey, attendeeKeyOf, type UserId } from '../../shared/ids.ts'
import type { CommandName } from '../../shared/protocol/live-channel.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import type { AccessKey } from '../auth/access-changes.ts'
import { invitedAgenciesOf } from '../conferences/conference-commands.ts'
import type { Conference } from '../conferences/conference-repository.ts'
import { acceptStatements, takeBackStatements } from '../conferences/statements.ts'
import type { CommandRules, StepContext } from './command-rule.ts'
import { type Attendance, type MeetingState, presentModeIn } from './meeting-state.ts'
import { withTurnCounted } from './spoken.ts'

type AttendanceCommand = Extract<CommandName, `attendance.${string}`>

/** More chairs than a hall has; a participant list of the same size fits beside it. */
const MOST_GUESTS = 120

export const ATTENDANCE_RULES: Pick<CommandRules, AttendanceCommand> = {
  'attendance.announce': {
    on: 'meeting',
    policy: 'canEnterRoom',
    step(state, context) {
      const { by, body, now } = context
      return change(state, entryOf(state, context, attendeeKeyOf(by.actor.userId)), entry => ({
        ...entry,
        // Who conducts confirms others and needs nobody's confirmation; announcing again takes none away.
        standing: entry.standing === 'confirmed' || conducts(context) ? 'confirmed' : 'announced',
        mode: body.mode,
        deputyFor: body.deputyFor,
        statement: 'own-press',
        enteredBy: null,
        arrivedAt: entry.arrivedAt ?? now,
        leftAt: null,
      }))
    },
    alongside: (_before, _after, { by, admitted }, parts) =>
      acceptStatements(parts, by, admitted.conference, [by.actor.userId], 'own-press'),
    announces: otherModes,
  },

  'attendance.leave': {
    on: 'meeting',
    policy: 'canEnterRoom',
    announces: otherModes,
    step: (state, { by, now }) => departed(state, attendeeKeyOf(by.actor.userId), { leftAt: now, enteredBy: null }),
  },

  'attendance.enter': {
    on: 'meeting',
    policy: 'canWriteForOthers',
    step(state, context) {
      const { entries } = context.body
      if (new Set(entries.map(entry => entry.key)).size < entries.length) {
        throw new Refusal('bad-request', 'attendee-twice')
      }
      return entries.reduce((next, said) => entered(next, context, said), state)
    },
    async alongside(before, after, { by, admitted }, parts) {
      const whoseIs = (statement: Attendance['statement']) => changedTo(before, after, statement)
      const { conference } = admitted
      await acceptStatements(parts, by, conference, whoseIs('by-minute-taker'), 'by-minute-taker')
      // One's own among them is one's own press; others who have one gave it before.
      const own = whoseIs('own-press').filter(userId => userId === by.actor.userId)
      await acceptStatements(parts, by, conference, own, 'own-press')
      await takeBackStatements(parts, by, conference, withoutTheirs(after, conference))
    },
    announces: otherModes,
  },

  'attendance.add': {
    on: 'meeting',
    policy: 'canWriteForOthers',
    step(state, { by, body, now, admitted, newId }) {
      const { name, agencyId, title, role, mode, statement } = body
      const { conference } = admitted
      if (![conference.hostAgencyId, ...invitedAgenciesOf(conference)].includes(agencyId)) {
        throw new Refusal('bad-request', 'agency-not-at-table')
      }
      if (state.attendance.filter(entry => entry.guest !== null).length >= MOST_GUESTS) {
        throw new Refusal('too-large', 'too-many-guests')
      }
      const guest: Attendance = {
        ...expected(newId<AttendeeKey>(), null),
        guest: { name, agencyId, title, role },
        standing: 'confirmed',
        mode,
        statement: statement ? 'by-minute-taker' : 'none',
        enteredBy: by.actor.userId,
        arrivedAt: now,
      }
      return { ...state, attendance: [...state.attendance, guest] }
    },
  },

  'attendance.remove': {
    on: 'meeting',
    policy: 'canWriteForOthers',
    step(state, { body: { key }, lastConfirmedAt }) {
      const entry = known(state, key)
      if (entry.guest === null) throw new Refusal('not-allowed', 'participant-stays')
      assertNotCounted(entry, { lastConfirmedAt })
      return silent({ ...state, attendance: state.attendance.filter(one => one.key !== key) }, key)
    },
  },

  'attendance.confirm': {
    on: 'meeting',
    policy: 'canWriteForOthers',
    step: (state, { body }) =>
      body.keys.reduce((next, key) => {
        const entry = known(next, key)
        if (!isHere(entry)) throw new Refusal('not-allowed', 'not-announced')
        return change(next, entry, one => ({ ...one, standing: 'confirmed' }))
      }, state),
  },

  'attendance.depart': {
    on: 'meeting',
    policy: 'canWriteForOthers',
    announces: otherModes,
    step: (state, { by, body, now }) => departed(state, body.key, { leftAt: now, enteredBy: by.actor.userId }),
  },

  'attendance.leaves-at': {
    on: 'meeting',
    // Everybody for themselves; for others who conducts.
    policy: 'canEnterRoom',
    step(state, context) {
      const { by, body } = context
      if (body.key !== attendeeKeyOf(by.actor.userId) && !conducts(context)) throw new Refusal('not-allowed')
      return change(state, entryOf(state, context, body.key), entry => ({ ...entry, leavesAt: body.at }))
    },
  },
}

/** One entry as who conducts says it is. Who is there is confirmed with it, and may be said to have accepted the statement. */
function entered(
  state: MeetingState,
  context: StepContext<'attendance.enter'>,
  { key, mode }: StepContext<'attendance.enter'>['body']['entries'][number],
): MeetingState {
  const { by, now } = context
  const enteredBy = key === attendeeKeyOf(by.actor.userId) ? null : by.actor.userId
  const entry = entryOf(state, context, key)
  if (!isPresentMode(mode)) {
    assertNotCounted(entry, context)
    // What was only entered for them goes with it; what they did themselves stays.
    const statement = entry.statement === 'by-minute-taker' ? 'none' : entry.statement
    const away = { standing: 'absent', mode, statement, enteredBy, arrivedAt: null, leftAt: null } as const
    return silent(
      change(state, entry, one => ({ ...one, ...away })),
      key,
    )
  }
  const announcedSo = isHere(entry) && entry.enteredBy === null && entry.mode === mode
  return change(state, entry, one => ({
    ...one,
    standing: 'confirmed',
    mode,
    statement: statementAfter(entry, context, enteredBy),
    enteredBy: announcedSo ? null : enteredBy,
    arrivedAt: entry.arrivedAt ?? now,
    leftAt: null,
  }))
}

/** A confirmed record counts them in (SPEC MA5): such a person leaves instead. @throws Refusal `not-allowed` */
function assertNotCounted(
  { arrivedAt }: Attendance,
  { lastConfirmedAt }: Pick<StepContext<AttendanceCommand>, 'lastConfirmedAt'>,
): void {
  if (lastConfirmedAt && arrivedAt !== null && arrivedAt <= lastConfirmedAt) {
    throw new Refusal('not-allowed', 'was-there')
  }
}

function statementAfter(
  entry: Attendance,
  { body, admitted }: StepContext<'attendance.enter'>,
  enteredBy: UserId | null,
): Attendance['statement'] {
  if (entry.statement !== 'none') return entry.statement
  // Given before they were entered, for the year or over another window.
  const { accepted, enteredFor } = admitted.conference
  if (entry.userId !== null && accepted?.includes(entry.userId)) {
    // Entered already by a command that came no further: repeated, it is still no press of their own.
    return enteredFor?.includes(entry.userId) ? 'by-minute-taker' : 'own-press'
  }
  if (!body.statement) return 'none'
  return enteredBy === null ? 'own-press' : 'by-minute-taker'
}

function departed(
  state: MeetingState,
  key: AttendeeKey,
  { leftAt, enteredBy }: Pick<Attendance, 'leftAt' | 'enteredBy'>,
): MeetingState {
  const entry = known(state, key)
  if (!isHere(entry)) throw new Refusal('not-allowed', 'not-here')
  const counted = state.speaking.now === key && leftAt !== null ? withTurnCounted(state, leftAt) : state
  return silent(
    change(counted, entry, one => ({ ...one, standing: 'left', leftAt, enteredBy: enteredBy ?? one.enteredBy })),
    key,
  )
}

const isHere = ({ standing }: Attendance) => standing === 'announced' || standing === 'confirmed'

const conducts = ({ by, admitted }: Pick<StepContext<AttendanceCommand>, 'by' | 'admitted'>) =>
  canWriteForOthers(by.actor, admitted.facts)

/** @throws Refusal for a key that nobody at this table has said anything under */
function known(state: MeetingState, key: AttendeeKey): Attendance {
  const entry = state.attendance.find(one => one.key === key)
  if (entry === undefined) throw new Refusal('bad-request', 'unknown-attendee')
  return entry
}

/** The entry of somebody at the table, of a participant also before there is one. @throws Refusal for anybody else */
function entryOf(
  state: MeetingState,
  { admitted }: Pick<StepContext<AttendanceCommand>, 'admitted'>,
  key: AttendeeKey,
): Attendance {
  const entry = state.attendance.find(one => one.key === key)
  if (entry?.guest) return entry
  const participant = admitted.conference.participants.find(one => attendeeKeyOf(one.userId) === key)
  if (participant === undefined) throw new Refusal('bad-request', 'unknown-attendee')
  return entry ?? expected(key, participant.userId)
}

function expected(key: AttendeeKey, userId: UserId | null): Attendance {
  return {
    key,
    userId,
    guest: null,
    standing: 'expected',
    mode: null,
    deputyFor: '',
    statement: 'none',
    enteredBy: null,
    arrivedAt: null,
    leftAt: null,
    leavesAt: '',
  }
}

/** The state with this one entry another; it keeps its place, a new one comes last. */
function change(state: MeetingState, entry: Attendance, to: (entry: Attendance) => Attendance): MeetingState {
  const isKnown = state.attendance.some(one => one.key === entry.key)
  return {
    ...state,
    attendance: isKnown
      ? state.attendance.map(one => (one.key === entry.key ? to(one) : one))
      : [...state.attendance, to(entry)],
  }
}

/** Who is not at the table neither speaks nor waits to. */
function silent(state: MeetingState, key: AttendeeKey): MeetingState {
  const { speaking } = state
  const floor = speaking.now === key ? { now: null, since: null } : { now: speaking.now, since: speaking.since }
  return { ...state, speaking: { ...floor, queue: speaking.queue.filter(waiting => waiting.key !== key) } }
}

/** For whom one was entered that their entry does not say any more. */
function withoutTheirs({ attendance }: MeetingState, { enteredFor = [] }: Pick<Conference, 'enteredFor'>): UserId[] {
  return attendance.flatMap(({ userId, statement }) =>
    userId !== null && statement === 'none' && enteredFor.includes(userId) ? [userId] : [],
  )
}

/** Who is shown in the documents as attending in another way than before the step. */
function otherModes(before: MeetingState, after: MeetingState): AccessKey[] {
  return after.attendance.flatMap(({ userId }) =>
    userId !== null && presentModeIn(before, userId) !== presentModeIn(after, userId)
      ? [`user:${userId}` as const]
      : [],
  )
}

/** The participants whose statement is this one only since the step. */
function changedTo(before: MeetingState, after: MeetingState, statement: Attendance['statement']): UserId[] {
  const was = new Map(before.attendance.map(entry => [entry.key, entry.statement]))
  return after.attendance.flatMap(entry =>
    entry.userId !== null && entry.statement === statement && (was.get(entry.key) ?? 'none') !== statement
      ? [entry.userId]
      : [],
  )
}
