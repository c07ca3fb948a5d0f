/** The plan's form without its screen: what it starts with, what is wrong with it, what is sent. */
import type { AgencyRole, ConferenceRole, ConferenceType } from '../../../shared/codes.ts'
import type { AgencyId, UserId } from '../../../shared/ids.ts'
import type { ChangeConferenceBody, ConferenceView, CreateConferenceBody } from '../../../shared/protocol/http-api.ts'
import { formatTime, fromSeoulTime, seoulDay } from '../../lib/format.ts'

/** The limits of `shared/protocol/http-api.ts`, told before sending. */
export const TITLE_MAX = 80
export const PLACE_MAX = 80
export const LABEL_MAX = 80
export const MINUTES_MIN = 5
export const MINUTES_MAX = 600

export interface Participant {
  userId: UserId
  agencyId: AgencyId
  role: ConferenceRole
}

export interface PlanForm {
  type: ConferenceType
  /** Null: the title that is proposed from type and month. */
  title: string | null
  /** `2026-11-24` in Seoul, empty while it is unfinished. */
  date: string
  /** `14:00` in Seoul. */
  time: string
  minutes: number
  place: string
  remoteLink: string
  hostAgencyId: AgencyId
  /** In the order they were added; an agency may be here before its people are chosen. */
  agencies: AgencyId[]
  participants: Participant[]
}

const DAY_MS = 86_400_000

export function newPlanForm(hostAgencyId: AgencyId, now: number): PlanForm {
  return {
    type: 'integrated',
    title: null,
    date: seoulDay(now + 7 * DAY_MS),
    time: '14:00',
    minutes: 90,
    place: '',
    remoteLink: '',
    hostAgencyId,
    agencies: [hostAgencyId],
    participants: [],
  }
}

export function toPlanForm(view: ConferenceView): PlanForm {
  // Guests are invited apart; saving the plan leaves their seats as they are.
  const participants = view.participants.filter(p => !p.guest)
  return {
    type: view.type,
    title: view.title,
    date: seoulDay(view.startsAt),
    time: formatTime(view.startsAt),
    minutes: view.minutes,
    place: view.place,
    remoteLink: view.remoteLink,
    hostAgencyId: view.hostAgencyId,
    agencies: [...new Set([view.hostAgencyId, ...participants.map(p => p.agencyId)])],
    participants: participants.map(({ userId, agencyId, role }) => ({ userId, agencyId, role })),
  }
}

/** Undefined while date or time is unfinished. */
export function startsAtOf(form: Pick<PlanForm, 'date' | 'time'>): string | undefined {
  const date = /^(\d{4})-(\d\d)-(\d\d)$/.exec(form.date)
  const time = /^(\d\d):(\d\d)$/.exec(form.time)
  if (!date || !time) return undefined
  const [year, month, day] = date.slice(1).map(Number)
  const [hour, minute] = time.slice(1).map(Number)
  if (year === undefined || month === undefined || day === undefined || hour === undefined || minute === undefined)
    return undefined
  return fromSeoulTime({ year, month, day, hour, minute })
}

export interface PlanFaults {
  title?: 'missing' | 'too-long'
  when?: boolean
  minutes?: boolean
  place?: boolean
  remoteLink?: boolean
  /** How many, when there is not at most one (a draft), or not exactly one (announced). */
  leaders?: number
  minuteTakers?: number
}

export function planFaults(form: PlanForm, title: string, isAnnounced: boolean): PlanFaults {
  const faults: PlanFaults = {}
  if (title.trim() === '') faults.title = 'missing'
  else if (title.trim().length > TITLE_MAX) faults.title = 'too-long'
  if (startsAtOf(form) === undefined) faults.when = true
  if (!Number.isInteger(form.minutes) || form.minutes < MINUTES_MIN || form.minutes > MINUTES_MAX) faults.minutes = true
  if (form.place.trim().length > PLACE_MAX) faults.place = true
  if (form.remoteLink.trim() !== '' && !isWebAddress(form.remoteLink.trim())) faults.remoteLink = true
  const count = (role: ConferenceRole) => form.participants.filter(p => p.role === role).length
  const leaders = count('leader')
  if (leaders > 1 || (isAnnounced && leaders !== 1)) faults.leaders = leaders
  if (count('minute_taker') > 1) faults.minuteTakers = count('minute_taker')
  return faults
}

function isWebAddress(text: string): boolean {
  return /^https?:\/\//i.test(text) && URL.canParse(text) && text.length <= 500
}

type Fields = Omit<CreateConferenceBody, 'hostAgencyId'>

function fieldsOf(form: PlanForm, title: string): Fields {
  return {
    type: form.type,
    title: title.trim(),
    startsAt: startsAtOf(form) ?? '',
    minutes: form.minutes,
    place: form.place.trim(),
    remoteLink: form.remoteLink.trim(),
    participants: form.participants,
  }
}

export function toCreateBody(form: PlanForm, title: string): CreateConferenceBody {
  return { ...fieldsOf(form, title), hostAgencyId: form.hostAgencyId }
}

/** Only what was edited is sent, so that a colleague's change to another field is not undone. */
export function toChangeBody(
  form: PlanForm,
  edits: Partial<PlanForm>,
  title: string,
  version: number,
): ChangeConferenceBody {
  const fields = fieldsOf(form, title)
  return {
    _v: version,
    ...('type' in edits ? { type: fields.type } : {}),
    ...('title' in edits ? { title: fields.title } : {}),
    ...('date' in edits || 'time' in edits ? { startsAt: fields.startsAt } : {}),
    ...('minutes' in edits ? { minutes: fields.minutes } : {}),
    ...('place' in edits ? { place: fields.place } : {}),
    ...('remoteLink' in edits ? { remoteLink: fields.remoteLink } : {}),
    ...('participants' in edits ? { participants: fields.participants } : {}),
  }
}

/** Who comes along when an agency is invited. */
export function isUsuallyInvited(role: AgencyRole): boolean {
  return role === 'case_worker' || role === 'supervisor'
}

/** Somebody who only observes in their agency can only observe here. */
export function partsFor(role: AgencyRole | undefined): readonly ConferenceRole[] {
  return role === 'observer' ? ['observer'] : ['leader', 'deputy', 'minute_taker', 'attendee', 'supervisor', 'observer']
}
