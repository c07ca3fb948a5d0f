/**
 * What is still open before a meeting is closed, and what will come back next time (MINUTES.md MN16). Judged on the documents and records as they are at
 * this moment; whoever asks is told of their own items, of others only that something is open.
 */

import { agendaOf } from '../../shared/documents/conference-document.ts'
import { documentNameOf } from '../../shared/documents/document-names.ts'
import type { ItemId } from '../../shared/ids.ts'
import { changesSince, type ReadBackContent } from '../../shared/meeting/read-back.ts'
import type { OpenPointKind } from '../../shared/minutes/minutes-record.ts'
import type { OpenPoint } from '../../shared/protocol/minutes.ts'
import type { AdmittedItem } from '../conferences/admission.ts'
import type { ConferenceParts } from '../conferences/ports.ts'
import { readContentOf } from './hearing-content.ts'
import { progressOf } from './item-progress.ts'
import type { MeetingRecords } from './meeting-records.ts'
import type { HearingState, MeetingState } from './meeting-state.ts'

export interface ClosingSources {
  parts: Pick<ConferenceParts, 'documents' | 'people'>
  records: MeetingRecords
  meeting: MeetingState
  hearings: ReadonlyMap<ItemId, { state: HearingState }>
}

/** The items as they stand on the agenda. */
export async function itemsInOrder({
  parts,
  records,
}: Pick<ClosingSources, 'parts' | 'records'>): Promise<AdmittedItem[]> {
  const { _id: conferenceId } = records.conference
  const document = documentNameOf({ kind: 'conference', conferenceId })
  const ids = await parts.documents.read(document, doc => agendaOf(doc).map(line => line.id))
  const listed = ids.flatMap(itemId => records.items.get(itemId) ?? [])
  return [...listed, ...[...records.items.values()].filter(({ item }) => !ids.includes(item._id))]
}

/** Of the whole meeting, in the order of the agenda. */
export async function openPointsOf(sources: ClosingSources): Promise<OpenPoint[]> {
  const { parts, meeting, hearings } = sources
  const points: OpenPoint[] = []
  for (const [at, item] of (await itemsInOrder(sources)).entries()) {
    const { _id: itemId } = item.item
    const { state } = progressOf(meeting, itemId)
    const isUntouched = state === 'waiting' && progressOf(meeting, itemId).spentMs === 0
    const content = await readContentOf(parts, item)
    const counts = countsOf(content, hearings.get(itemId)?.state.confirmations.at(-1)?.content)
    if (isUntouched) counts.unshift(['item-not-discussed', 1, ''])
    for (const [kind, count, place] of counts) {
      if (count > 0) points.push({ kind, itemId, number: at + 1, place, count, people: [] })
    }
  }
  const ofMeeting = [
    ['attendance-not-confirmed', await peopleAnnounced(sources)],
    ['words-not-stored', await peopleAway(sources)],
  ] as const
  for (const [kind, people] of ofMeeting) {
    if (people.length > 0) points.push({ kind, itemId: null, number: 0, place: '', count: people.length, people })
  }
  return points
}

function countsOf(content: ReadBackContent, confirmed: ReadBackContent | undefined): [OpenPointKind, number, string][] {
  const { decisions, actions } = content
  const isSomething = decisions.length + actions.length > 0
  const owed = actions.filter(action => action.agencyId !== '')
  return [
    ['decision-without-reason', decisions.filter(decision => decision.reason === '').length, 'decisions'],
    ['action-without-agency', actions.length - owed.length, 'actions'],
    ['action-without-person', owed.filter(action => action.person === '').length, 'actions'],
    ['action-without-date', actions.filter(action => action.due === '').length, 'actions'],
    ['not-confirmed', confirmed === undefined && isSomething ? decisions.length + actions.length : 0, 'decisions'],
    ['changed-since-confirmed', confirmed === undefined ? 0 : changesSince(confirmed, content).length, 'decisions'],
  ]
}

/** Who said that they are there and was not confirmed: they would stand in the minutes as not there. */
function peopleAnnounced({ parts, meeting }: ClosingSources): Promise<string[]> {
  const announced = meeting.attendance.filter(({ standing }) => standing === 'announced')
  return Promise.all(
    announced.map(async ({ userId, guest }) =>
      userId === null ? (guest?.name ?? '') : ((await parts.people.person(userId))?.name ?? ''),
    ),
  )
}

/** Who attends from afar and has no line now: what they wrote without one is on their device only. */
async function peopleAway({ parts, records, meeting }: ClosingSources): Promise<string[]> {
  const document = documentNameOf({ kind: 'conference', conferenceId: records.conference._id })
  const away = meeting.attendance.flatMap(({ userId, standing, mode }) =>
    userId !== null && standing === 'confirmed' && mode === 'remote' && !parts.documents.isIn(userId, document)
      ? [userId]
      : [],
  )
  return Promise.all(away.map(async userId => (await parts.people.person(userId))?.name ?? ''))
}

/** How many of each. */
export function countOpen(points: readonly OpenPoint[]): Partial<Record<OpenPointKind, number>> {
  const open: Partial<Record<OpenPointKind, number>> = {}
  for (const { kind, count } of points) open[kind] = (open[kind] ?? 0) + count
  return open
}
