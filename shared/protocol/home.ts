/** What waits for a person, for the start page: `GET /api/home` (rules: `server/home/SPEC.md`). Action items come with their own list. */
import type { BasisAsk } from '../bases/basis-asks.ts'
import type { BasisId, CaseId, ConferenceId, ItemId } from '../ids.ts'

interface OfConference {
  conferenceId: ConferenceId
  title: string
  startsAt: string
}

export type AskedView =
  /** Accept the confidentiality statement. */
  | ({ kind: 'statement' } & OfConference)
  /** Answer for one's agency what is being read back. `item`: the household, or the general item's label. */
  | ({ kind: 'read-back'; itemId: ItemId; item: string } & OfConference)
  /** Look at the minutes. `due`: until then (`YYYY-MM-DD`) they can be objected to. */
  | ({ kind: 'minutes-read'; due: string } & OfConference)
  | ({ kind: 'minutes-sign'; due: string } & OfConference)
  /** Circulate the minutes of a conference that one conducted. */
  | ({ kind: 'minutes-circulate'; isCorrecting: boolean } & OfConference)

/** Something to be done about a case's bases (BASES.md BS18). No household is named: the page asks again and again. */
export interface AskedOfBasisView {
  ask: BasisAsk
  caseId: CaseId
  basisId: BasisId
  /** Their short names. */
  agencies: string[]
  /** `YYYY-MM-DD`; null where there is no last day. */
  until: string | null
}

export interface HomeView {
  asked: AskedView[]
  bases: AskedOfBasisView[]
}
