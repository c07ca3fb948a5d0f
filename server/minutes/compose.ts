/**
 * The whole record of a conference as it stands now, put together from everything that the meeting left behind: records, hearings and documents.
 * It is for the server alone; what of it a person reads is cut out by `editions.ts`. Texts are normalised here, once.
 */
import { documentNameOf } from '../../shared/documents/document-names.ts'
import { snapshotOfConference } from '../../shared/documents/snapshots.ts'
import { type AgencyId, attendeeKeyOf, type ConferenceId, type ItemId } from '../../shared/ids.ts'
import { normalised } from '../../shared/minutes/canonical.ts'
import type { ItemParts, MeetingParts, MinutesAttendee, SupervisionParts } from '../../shared/minutes/minutes-record.ts'
import { actionDocumentsOf } from '../conferences/action-zones.ts'
import type { AdmittedItem } from '../conferences/admission.ts'
import { progressOf } from '../meetings/item-progress.ts'
import { type MeetingRecords, readRecords } from '../meetings/meeting-records.ts'
import { emptyHearing, type MeetingState } from '../meetings/meeting-state.ts'
import { actionsFrom, type Composing, itemParts, type Statuses, supervisionParts, textOf } from './compose-item.ts'
import type { MinutesState } from './minutes-state.ts'
import { createNames, type Names } from './names.ts'
import type { MinutesParts } from './ports.ts'

export interface ComposedItem {
  itemId: ItemId
  number: number
  item: ItemParts
  supervision: SupervisionParts
}

export interface ComposedMinutes {
  meeting: MeetingParts
  /** In the order of the agenda. */
  items: ComposedItem[]
  /** Agencies at the table: whose signatures are waited for. */
  atTable: AgencyId[]
}

type Supplement = MinutesState['supplement']

/** @throws Error when the conference is gone */
export async function composeMinutes(
  parts: MinutesParts,
  conferenceId: ConferenceId,
  supplement: Supplement,
): Promise<ComposedMinutes> {
  const records = await readRecords(parts, conferenceId)
  if (records === undefined) throw new Error(`Conference ${conferenceId} is gone`)
  const [{ state }, hearings] = await Promise.all([
    parts.meetings.find(conferenceId),
    parts.hearings.ofConference(conferenceId),
  ])
  const names = createNames(parts.people)
  const composing: Composing = { parts, records, state, names }
  const document = await parts.documents.read(
    documentNameOf({ kind: 'conference', conferenceId }),
    snapshotOfConference,
  )
  const ordered = orderedItems(records, document.agenda)
  const lines = new Map(document.agenda.map(line => [line.id, line]))
  const statuses = await statusesOf(composing, ordered)
  const items: ComposedItem[] = []
  for (const [at, item] of ordered.entries()) {
    const hearing = hearings.get(item.item._id)?.state ?? emptyHearing()
    const label = lines.get(item.item._id)?.label ?? ''
    items.push({
      itemId: item.item._id,
      number: at + 1,
      item: await itemParts(composing, { item, hearing, label, statuses, conferenceActions: document.actions }),
      supervision: await supervisionParts(composing, item),
    })
  }
  const attendance = await attendanceOf(composing, supplement)
  const proceedings = ordered.map(({ item }, at) => {
    const { state: progress, spentMs } = progressOf(state, item._id)
    const line = lines.get(item._id)
    const { label = '', minutes = 0 } = line ?? {}
    return { itemId: item._id, number: at + 1, label, plannedMinutes: minutes, spentMs: Math.round(spentMs), progress }
  })
  const meeting: MeetingParts = {
    facts: meetingFacts(composing, attendance, ordered.length),
    heading: await headingOf(composing, supplement),
    attendance,
    proceedings,
    notes: {
      notes: textOf(document.notes),
      proposals: await Promise.all(
        document.proposals.map(async ({ text, by }) => ({ text: textOf(text), by: await names.person(by) })),
      ),
      actions: await actionsFrom(
        composing,
        statuses,
        document.actions.filter(action => action.itemId === ''),
      ),
    },
    closing: await closingOf(composing),
  }
  const isThere = attendance.attendees.filter(one => one.role !== 'supervisor').map(one => one.agency.agencyId)
  const invited = records.conference.participants.filter(one => one.role !== 'observer' && one.role !== 'supervisor')
  const atTable = [...new Set(isThere.length > 0 ? isThere : invited.map(one => one.agencyId))]
  return normalised({ meeting, items, atTable })
}

const PUBLIC_KINDS = ['item-not-discussed', 'attendance-not-confirmed', 'words-not-stored'] as const

/** As on the agenda; an item whose line is missing comes last. */
function orderedItems({ items }: MeetingRecords, agenda: readonly { id: ItemId }[]): AdmittedItem[] {
  const listed = agenda.flatMap(({ id }) => items.get(id) ?? [])
  const others = [...items.values()].filter(({ item }) => !agenda.some(({ id }) => id === item._id))
  return [...listed, ...others]
}

/** By document and action; one without a record is proposed. */
async function statusesOf({ parts }: Composing, items: readonly AdmittedItem[]): Promise<Statuses> {
  const documents = new Set(
    items.flatMap(({ item, ofCase }) => {
      const { current, others } = actionDocumentsOf(item, ofCase?.file)
      return [current, ...others]
    }),
  )
  const states = await parts.actions.ofDocuments([...documents])
  return new Map(states.map(one => [one.actionId, one.status]))
}

function meetingFacts(
  { records: { conference } }: Composing,
  { attendees, inAttendance }: MeetingParts['attendance'],
  items: number,
): MeetingParts['facts'] {
  const { type, startsAt, minutes, startedAt, closedAt, synthetic } = conference
  return {
    type,
    plannedAt: startsAt.toISOString(),
    plannedMinutes: minutes,
    startedAt: startedAt?.toISOString() ?? null,
    closedAt: closedAt?.toISOString() ?? null,
    agencies: new Set(attendees.map(one => one.agency.agencyId)).size,
    attendees: attendees.length,
    inAttendance: inAttendance.length,
    items,
    synthetic,
  }
}

async function headingOf(
  { records: { conference }, state, names }: Composing,
  supplement: Supplement,
): Promise<MeetingParts['heading']> {
  const inRole = (role: string) => conference.participants.find(participant => participant.role === role)?.userId
  const chair = state.chair.userId ?? inRole('leader')
  const minuteTaker = inRole('minute_taker')
  return {
    title: conference.title,
    convenedBy: await names.agency(conference.hostAgencyId),
    place: supplement.place || conference.place,
    chair: await names.person(chair),
    minuteTaker: await names.person(minuteTaker),
    remarks: supplement.remarks,
  }
}

async function attendanceOf(
  { records: { conference }, state, names }: Composing,
  { onPaper }: Supplement,
): Promise<MeetingParts['attendance']> {
  const entries = new Map(state.attendance.map(entry => [entry.key, entry]))
  const { accepted = [], enteredFor = [] } = conference
  const participants = conference.participants.map(async ({ userId, agencyId, role }): Promise<MinutesAttendee> => {
    const entry = entries.get(attendeeKeyOf(userId))
    const given = enteredFor.includes(userId) ? 'by-minute-taker' : 'own-press'
    const statement = entry?.statement ?? 'none'
    return {
      ...(await attendeeOf(entry, names)),
      name: await names.person(userId),
      agency: await names.agency(agencyId),
      title: await names.title(userId),
      role,
      statement: statement === 'none' && accepted.includes(userId) ? given : statement,
    }
  })
  const guests = state.attendance.flatMap(entry => {
    const { guest } = entry
    if (guest === null) return []
    const { name, title, role } = guest
    return [
      attendeeOf(entry, names).then(async one => ({
        ...one,
        name,
        title,
        role,
        agency: await names.agency(guest.agencyId),
      })),
    ]
  })
  const all = await Promise.all([...participants, ...guests])
  const wasThere = ({ standing }: MinutesAttendee) => standing === 'confirmed' || standing === 'left'
  return {
    attendees: all.filter(one => wasThere(one) && one.role !== 'observer'),
    inAttendance: all.filter(one => wasThere(one) && one.role === 'observer'),
    absent: all.filter(one => !wasThere(one)),
    onPaper,
  }
}

type Entry = MeetingState['attendance'][number]

async function attendeeOf(entry: Entry | undefined, names: Names) {
  const { enteredBy = null, userId = null } = entry ?? {}
  return {
    standing: entry?.standing ?? ('expected' as const),
    mode: entry?.mode ?? null,
    deputyFor: entry?.deputyFor ?? '',
    statement: entry?.statement ?? ('none' as const),
    enteredBy: enteredBy === null || enteredBy === userId ? '' : await names.person(enteredBy),
    arrivedAt: entry?.arrivedAt ?? null,
    leftAt: entry?.leftAt ?? null,
  }
}

async function closingOf({ state: { closing }, names }: Composing): Promise<MeetingParts['closing']> {
  if (closing === null) return null
  // Everybody reads this leaf: what was open inside an item is for those who may open it, and stands there.
  const open = Object.fromEntries(
    PUBLIC_KINDS.flatMap(kind => (closing.open[kind] ? [[kind, closing.open[kind]]] : [])),
  )
  return { at: closing.at, by: await names.person(closing.by), reason: closing.reason, open }
}
