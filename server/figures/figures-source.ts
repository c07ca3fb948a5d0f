/**
 * The facts that an agency's figures are counted from (FIGURES.md FG1, FG4). Read from the clear parts of records: stages, states, dates, ids. Needs come
 * from the items' documents by way of the search index, attendance from the meetings' records; neither leaves here but as codes.
 */
import type { ActionStatus, CaseStage, ConferenceState } from '../../shared/codes.ts'
import { documentNameOf } from '../../shared/documents/document-names.ts'
import type { AgencyFacts } from '../../shared/figures/agency-figures.ts'
import type { AgencyId, CaseId, ConferenceId, ItemId } from '../../shared/ids.ts'
import { dayInSeoul } from '../../shared/working-days.ts'
import type { MeetingRepository } from '../meetings/meeting-repository.ts'
import type { SearchIndex } from '../search/search-index.ts'
import type { Store } from '../storage/port.ts'

export interface FiguresSource {
  store: Store
  index: Pick<SearchIndex, 'of'>
  meetings: Pick<MeetingRepository, 'find'>
}

interface CaseInClear {
  _id: CaseId
  stage: CaseStage
  agencies: { agencyId: AgencyId; role: string }[]
  createdAt: Date
}

interface ItemInClear {
  _id: ItemId
  conferenceId: ConferenceId
  caseId: CaseId | null
  standing: string
}

interface ConferenceInClear {
  _id: ConferenceId
  state: ConferenceState
  hostAgencyId: AgencyId
  startsAt: Date
  startedAt: Date | null
  closedAt: Date | null
  minutes: number
}

interface ActionInClear {
  _id: string
  agencyId: AgencyId
  status: ActionStatus
  changedAt: Date | null
  history?: { at: Date; status: ActionStatus }[]
  facts?: { madeAt: number }
  gone?: boolean
}

/** @param year the calendar year in Seoul; what is not of one year (stages) comes whole */
export async function agencyFacts(source: FiguresSource, agencyId: AgencyId, year: number): Promise<AgencyFacts> {
  const isOfYear = (moment: Date) => dayInSeoul(moment).startsWith(`${year}-`)
  const led = (await casesOf(source, agencyId)).filter(({ agencies }) =>
    agencies.some(part => part.agencyId === agencyId && part.role === 'lead'),
  )
  const [items, actions, meetings] = await Promise.all([
    itemFacts(
      source,
      led.map(({ _id }) => _id),
      isOfYear,
    ),
    actionFacts(source, agencyId),
    meetingFacts(source, agencyId, isOfYear),
  ])
  return {
    cases: led.map(({ stage, createdAt }) => ({ stage, enteredAt: createdAt.getTime() })),
    items,
    actions,
    meetings,
  }
}

function casesOf({ store }: FiguresSource, agencyId: AgencyId): Promise<CaseInClear[]> {
  const projection = { stage: 1, agencies: 1, createdAt: 1 } as const
  return store.collection<CaseInClear>('cases').find({ 'agencies.agencyId': agencyId }, { projection }).toArray()
}

/** Of conferences that were held that year. */
async function itemFacts(
  { store, index }: FiguresSource,
  caseIds: readonly CaseId[],
  isOfYear: (moment: Date) => boolean,
): Promise<AgencyFacts['items']> {
  const items = await inHandfuls(caseIds, some =>
    store
      .collection<ItemInClear>('items')
      .find({ caseId: { $in: some }, standing: { $ne: 'leaving' } }, { projection: { conferenceId: 1, caseId: 1 } })
      .toArray(),
  )
  const conferenceIds = [...new Set(items.map(item => item.conferenceId))]
  const conferences = await inHandfuls(conferenceIds, some =>
    store
      .collection<ConferenceInClear>('conferences')
      .find({ _id: { $in: some } }, { projection: { state: 1, startsAt: 1 } })
      .toArray(),
  )
  const held = new Map(
    conferences
      .filter(({ state, startsAt }) => (state === 'live' || state === 'closed') && isOfYear(startsAt))
      .map(({ _id, startsAt }) => [_id, startsAt.getTime()]),
  )
  const facts = await inHandfuls(
    items.filter(item => held.has(item.conferenceId)),
    async some => {
      const nameOf = (item: ItemInClear) => documentNameOf({ kind: 'item', itemId: item._id })
      const entries = await index.of(some.map(nameOf))
      return some.map(item => ({
        caseKey: item.caseId ?? '',
        at: held.get(item.conferenceId) ?? 0,
        needs: entries.get(nameOf(item))?.needs ?? [],
      }))
    },
  )
  return facts
}

async function actionFacts({ store }: FiguresSource, agencyId: AgencyId): Promise<AgencyFacts['actions']> {
  const projection = { agencyId: 1, status: 1, changedAt: 1, history: 1, facts: 1, gone: 1 } as const
  const records = await store.collection<ActionInClear>('actions').find({ agencyId }, { projection }).toArray()
  return records.flatMap(record =>
    record.gone || record.facts === undefined
      ? []
      : [{ status: record.status, madeAt: record.facts.madeAt, changedAt: sinceWhen(record) }],
  )
}

/** When it came to stand as it does now: reports and reminders after that are no change. */
function sinceWhen({ status, changedAt, history = [] }: ActionInClear): number | null {
  const firstOfRun = history.findLastIndex(step => step.status !== status) + 1
  return (history[firstOfRun]?.at ?? changedAt)?.getTime() ?? null
}

async function meetingFacts(
  { store, meetings }: FiguresSource,
  agencyId: AgencyId,
  isOfYear: (moment: Date) => boolean,
): Promise<AgencyFacts['meetings']> {
  const projection = { startedAt: 1, closedAt: 1, minutes: 1 } as const
  const closed = await store
    .collection<ConferenceInClear>('conferences')
    .find({ hostAgencyId: agencyId, state: 'closed' }, { projection })
    .toArray()
  return inHandfuls(
    closed.filter(({ startedAt }) => startedAt !== null && isOfYear(startedAt)),
    some =>
      Promise.all(
        some.map(async ({ _id, startedAt, closedAt, minutes }) => {
          const { attendance } = (await meetings.find(_id)).state
          const was = attendance.filter(({ standing }) => standing === 'confirmed' || standing === 'left')
          return {
            startedAt: startedAt?.getTime() ?? 0,
            closedAt: (closedAt ?? startedAt)?.getTime() ?? 0,
            minutesPlanned: minutes,
            attended: was.flatMap(({ mode }) => mode ?? []),
          }
        }),
      ),
  )
}

/** As in the search's reach: a store holds each record that it finds against the whole list. */
async function inHandfuls<T, Found>(all: readonly T[], find: (some: T[]) => Promise<Found[]>): Promise<Found[]> {
  const found: Found[] = []
  for (let from = 0; from < all.length; from += HANDFUL) found.push(...(await find(all.slice(from, from + HANDFUL))))
  return found
}

const HANDFUL = 25
