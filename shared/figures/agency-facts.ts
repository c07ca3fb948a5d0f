/** What an agency's figures are counted from (FIGURES.md FG1, FG4). Nothing in it names a household or a person. Times are milliseconds since 1970. */
import type { Service } from '../code-sets/services.ts'
import type {
  ActionStatus,
  AttendanceMode,
  CaseStage,
  ConferenceType,
  DecisionKind,
  DiscoveryRoute,
  NeedDomain,
  PresentMode,
} from '../codes.ts'

export interface AgencyFacts {
  /** Cases that the agency leads. `foundOn`: the day in Seoul that was said, else the day on which it was entered. */
  cases: readonly { caseKey: string; stage: CaseStage; route: DiscoveryRoute | ''; foundOn: string }[]
  /** One for each item of such a case in a conference of the year that was held: which needs and decisions are in it. */
  items: readonly {
    caseKey: string
    at: number
    isClosed: boolean
    needs: readonly NeedDomain[]
    decisions: readonly DecisionKind[]
  }[]
  /** Action items that the agency owes. `changedAt`: null while their state never changed. */
  actions: readonly { status: ActionStatus; madeAt: number; changedAt: number | null }[]
  /** Action items that any agency has done for such a case, as far as this agency may read them. */
  helps: readonly {
    giver: { key: string; name: string; isPublic: boolean }
    need: NeedDomain | ''
    doneAt: number
    /** Null where no amount was written. */
    won: number | null
  }[]
  /** Closed meetings of the year that the agency hosted. */
  meetings: readonly MeetingFact[]
  /** What any agency gives to such a case, out of its ledger, but for what was cancelled before it began. `from`: its first day. */
  linked: readonly { service: Service; from: string }[]
  /** Checks of the services of such a case (점검), each once however often it was corrected. `on`: the day in Seoul. */
  checks: readonly { caseKey: string; on: string }[]
}

export interface MeetingFact {
  type: ConferenceType
  startedAt: number
  closedAt: number
  minutesPlanned: number
  /** Of each confirmed attendance the way, where it was said. */
  attended: readonly AttendanceMode[]
  /** The one that held it, and those with a confirmed attendance. */
  agencyKeys: readonly string[]
  spoken: Readonly<Partial<Record<PresentMode, { turns: number; ms: number }>>>
  /** Items that were not deferred, but for the check of earlier action items. */
  items: number
  /** What was decided about which case. */
  decisions: readonly { caseKey: string; kind: DecisionKind }[]
}
