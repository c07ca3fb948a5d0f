/**
 * What meetings have deferred (SPEC MD3), for whoever makes the next agenda. It rests on the meeting's own record of where each item stands; the
 * words of the reason are not in it. Whether somebody may know of an item is for the caller to ask.
 */
import type { DeferralKind } from '../../shared/codes.ts'
import type { AgencyId, CaseId, ConferenceId, ItemId } from '../../shared/ids.ts'
import type { ConferenceRecords } from '../conferences/ports.ts'
import type { HearingRepository } from './hearing-repository.ts'
import type { MeetingRepository } from './meeting-repository.ts'

export interface Deferred {
  conferenceId: ConferenceId
  itemId: ItemId
  caseId: CaseId | null
  /** Empty while nobody wrote why. */
  kind: DeferralKind | ''
  /** To be tabled again; true also while nobody said otherwise. */
  retable: boolean
  /** `YYYY-MM-DD` in Seoul; empty where no term runs, and where no day was named. */
  reopenBy: string
  meetOn: string
}

export interface DeferralRecords {
  conferences: Pick<ConferenceRecords['conferences'], 'ofHost'>
  items: Pick<ConferenceRecords['items'], 'ofConference'>
  meetings: Pick<MeetingRepository, 'find'>
  hearings: Pick<HearingRepository, 'ofConference'>
}

/** The items that stand deferred in one conference. */
export async function deferredIn(
  { items, meetings, hearings }: Pick<DeferralRecords, 'items' | 'meetings' | 'hearings'>,
  conferenceId: ConferenceId,
): Promise<Deferred[]> {
  const { progress } = (await meetings.find(conferenceId)).state
  const standing = (await items.ofConference(conferenceId)).filter(item => progress[item._id]?.state === 'deferred')
  if (standing.length === 0) return []
  const heard = await hearings.ofConference(conferenceId)
  return standing.map(({ _id: itemId, caseId }) => {
    const said = heard.get(itemId)?.state.deferral
    const { kind = '', retable = true, reopenBy = '', meetOn = '' } = said ?? {}
    return { conferenceId, itemId, caseId, kind, retable, reopenBy, meetOn }
  })
}

/** The same over all conferences that an agency hosts, the earliest first. */
export async function deferredByHost(records: DeferralRecords, hostAgencyId: AgencyId): Promise<Deferred[]> {
  const conferences = await records.conferences.ofHost(hostAgencyId)
  const inOrder = conferences.toSorted((a, b) => a.startsAt.getTime() - b.startsAt.getTime())
  const found = await Promise.all(inOrder.map(({ _id }) => deferredIn(records, _id)))
  return found.flat()
}
