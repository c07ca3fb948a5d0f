/** What the closed meetings that an agency hosted tell for its figures: how long, who was there and how, what was heard and decided. */
import type { ConferenceType } from '../../shared/codes.ts'
import type { AgencyFacts, MeetingFact } from '../../shared/figures/agency-facts.ts'
import type { AgencyId, CaseId, ConferenceId, ItemId, UserId } from '../../shared/ids.ts'
import type { MeetingState } from '../meetings/meeting-state.ts'
import { type FiguresSource, inHandfuls, nameOf } from './figures-reading.ts'

interface ClosedConference {
  _id: ConferenceId
  type: ConferenceType
  startedAt: Date | null
  closedAt: Date | null
  minutes: number
  participants: { userId: UserId; agencyId: AgencyId }[]
}

interface ItemInClear {
  _id: ItemId
  conferenceId: ConferenceId
  caseId: CaseId | null
  standing: string
  review?: boolean
}

export async function meetingFacts(
  source: FiguresSource,
  agencyId: AgencyId,
  isOfYear: (moment: Date) => boolean,
): Promise<AgencyFacts['meetings']> {
  const projection = { type: 1, startedAt: 1, closedAt: 1, minutes: 1, participants: 1 } as const
  const closed = await source.store
    .collection<ClosedConference & { hostAgencyId: AgencyId; state: string }>('conferences')
    .find({ hostAgencyId: agencyId, state: 'closed' }, { projection })
    .toArray()
  return inHandfuls(
    closed.flatMap(({ startedAt, ...conference }) =>
      startedAt !== null && isOfYear(startedAt) ? [{ ...conference, startedAt }] : [],
    ),
    async some => {
      const items = await itemsOf(
        source,
        some.map(({ _id }) => _id),
      )
      const entries = await source.index.of(items.filter(({ caseId }) => caseId !== null).map(nameOf))
      return Promise.all(
        some.map(async conference => {
          const { state } = await source.meetings.find(conference._id)
          const own = items.filter(item => item.conferenceId === conference._id)
          return {
            type: conference.type,
            startedAt: conference.startedAt.getTime(),
            closedAt: (conference.closedAt ?? conference.startedAt).getTime(),
            minutesPlanned: conference.minutes,
            ...presenceIn(state, conference, agencyId),
            spoken: state.spoken,
            items: own.filter(({ _id, review }) => !review && state.progress[_id]?.state !== 'deferred').length,
            decisions: own.flatMap(item =>
              (entries.get(nameOf(item))?.decisions ?? []).flatMap(({ kind }) =>
                kind === undefined || item.caseId === null ? [] : [{ caseKey: item.caseId, kind }],
              ),
            ),
          }
        }),
      )
    },
  )
}

function itemsOf({ store }: FiguresSource, conferenceIds: readonly ConferenceId[]): Promise<ItemInClear[]> {
  const projection = { conferenceId: 1, caseId: 1, review: 1 } as const
  return store
    .collection<ItemInClear>('items')
    .find({ conferenceId: { $in: [...conferenceIds] }, standing: { $ne: 'leaving' } }, { projection })
    .toArray()
}

/** Of those whose attendance was confirmed: also who went earlier. */
function presenceIn(
  { attendance }: MeetingState,
  { participants }: Pick<ClosedConference, 'participants'>,
  host: AgencyId,
): Pick<MeetingFact, 'attended' | 'agencyKeys'> {
  const was = attendance.filter(({ standing }) => standing === 'confirmed' || standing === 'left')
  const agencyOf = new Map(participants.map(({ userId, agencyId }) => [userId, agencyId]))
  return {
    attended: was.flatMap(({ mode }) => mode ?? []),
    // Who held the meeting was in it, also where nobody's attendance was confirmed.
    agencyKeys: [
      host,
      ...was.flatMap(({ userId, guest }) => guest?.agencyId ?? (userId && agencyOf.get(userId)) ?? []),
    ],
  }
}
