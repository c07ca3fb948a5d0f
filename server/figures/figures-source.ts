/**
 * The facts that an agency's figures are counted from (FIGURES.md FG1, FG4). Read from the clear parts of records: stages, states, dates, ids. Needs,
 * decisions and amounts come from the documents by way of the search index, attendance from the meetings' records; nothing of them leaves here but
 * codes and numbers.
 */
import type { CaseStage, ConferenceState, DiscoveryRoute } from '../../shared/codes.ts'
import type { AgencyFacts } from '../../shared/figures/agency-facts.ts'
import type { AgencyId, CaseId, ConferenceId, ItemId } from '../../shared/ids.ts'
import { dayInSeoul } from '../../shared/working-days.ts'
import { actionFacts, helpFacts } from './action-facts.ts'
import { type FiguresSource, inHandfuls, nameOf } from './figures-reading.ts'
import { checkFacts, linkedFacts } from './help-facts.ts'
import { meetingFacts } from './meeting-facts.ts'

interface CaseInClear {
  _id: CaseId
  stage: CaseStage
  route?: DiscoveryRoute | ''
  foundOn?: string
  agencies: { agencyId: AgencyId; role: string }[]
  createdAt: Date
}

/** An item of a case that the agency leads. */
export interface LedItem {
  _id: ItemId
  conferenceId: ConferenceId
  caseId: CaseId
  agencies?: AgencyId[]
}

interface HeldConference {
  _id: ConferenceId
  state: ConferenceState
  startsAt: Date
}

/** @param year the calendar year in Seoul; what is not of one year (stages) comes whole */
export async function agencyFacts(source: FiguresSource, agencyId: AgencyId, year: number): Promise<AgencyFacts> {
  const isOfYear = (moment: Date) => dayInSeoul(moment).startsWith(`${year}-`)
  const led = (await casesOf(source, agencyId)).filter(({ agencies }) =>
    agencies.some(part => part.agencyId === agencyId && part.role === 'lead'),
  )
  const ledIds = led.map(({ _id }) => _id)
  const ledItems = await itemsOf(source, ledIds)
  const cleared = new Set(ledItems.filter(item => item.agencies?.includes(agencyId)).map(({ _id }) => _id))
  const [items, actions, helps, meetings, linked, checks] = await Promise.all([
    itemFacts(source, ledItems, isOfYear),
    actionFacts(source, agencyId),
    helpFacts(source, { caseIds: ledIds, cleared, isOfYear }),
    meetingFacts(source, agencyId, isOfYear),
    linkedFacts(source, ledIds),
    checkFacts(source, ledIds, agencyId),
  ])
  return {
    cases: led.map(({ _id, stage, route, foundOn, createdAt }) => ({
      caseKey: _id,
      stage,
      route: route ?? '',
      foundOn: foundOn || dayInSeoul(createdAt),
    })),
    items,
    actions,
    helps,
    meetings,
    linked,
    checks,
  }
}

/** What a month is counted from: the meetings of its year. */
export async function hostedMeetings(
  source: FiguresSource,
  agencyId: AgencyId,
  year: number,
): Promise<Pick<AgencyFacts, 'meetings'>> {
  return { meetings: await meetingFacts(source, agencyId, moment => dayInSeoul(moment).startsWith(`${year}-`)) }
}

function casesOf({ store }: FiguresSource, agencyId: AgencyId): Promise<CaseInClear[]> {
  const projection = { stage: 1, route: 1, foundOn: 1, agencies: 1, createdAt: 1 } as const
  return store.collection<CaseInClear>('cases').find({ 'agencies.agencyId': agencyId }, { projection }).toArray()
}

function itemsOf({ store }: FiguresSource, caseIds: readonly CaseId[]): Promise<LedItem[]> {
  const projection = { conferenceId: 1, caseId: 1, agencies: 1 } as const
  return inHandfuls(caseIds, some =>
    store
      .collection<LedItem & { standing: string }>('items')
      .find({ caseId: { $in: some }, standing: { $ne: 'leaving' } }, { projection })
      .toArray(),
  )
}

/** Of conferences that were held that year. */
async function itemFacts(
  { store, index }: FiguresSource,
  items: readonly LedItem[],
  isOfYear: (moment: Date) => boolean,
): Promise<AgencyFacts['items']> {
  const conferences = await inHandfuls([...new Set(items.map(item => item.conferenceId))], some =>
    store
      .collection<HeldConference>('conferences')
      .find({ _id: { $in: some } }, { projection: { state: 1, startsAt: 1 } })
      .toArray(),
  )
  const held = new Map(
    conferences
      .filter(({ state, startsAt }) => (state === 'live' || state === 'closed') && isOfYear(startsAt))
      .map(conference => [conference._id, conference]),
  )
  return inHandfuls(
    items.flatMap(item => {
      const conference = held.get(item.conferenceId)
      return conference === undefined ? [] : [{ ...item, conference }]
    }),
    async some => {
      const entries = await index.of(some.map(nameOf))
      return some.map(item => {
        const { needs = [], decisions = [] } = entries.get(nameOf(item)) ?? {}
        return {
          caseKey: item.caseId,
          at: item.conference.startsAt.getTime(),
          isClosed: item.conference.state === 'closed',
          needs,
          decisions: decisions.flatMap(({ kind }) => kind ?? []),
        }
      })
    },
  )
}
