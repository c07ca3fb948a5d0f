/**
 * Who may do what: pure policy, one place. The server enforces it over HTTP and on sockets; the client asks the same functions to grey
 * out. Everything is judged on facts as they are now, never on what was true at sign-in. Default is no.
 *
 * Need to know: a role in an agency opens nothing by itself. A case opens to its named workers; a conference to its named participants; an
 * item to participants whose agency is cleared for it and who are not recused; to a guest only if it was ticked for them as well. Whatever is about
 * a case opens only to agencies that may know of it by law (`shared/bases/BASES.md`). The operator runs the installation and sees no case.
 */
import type { AgencyRole, CaseAgencyRole, ConferenceRole, ConferenceState, MinutesStanding } from './codes.ts'
import type { AgencyId, CaseId, ConferenceId, ItemId, UserId } from './ids.ts'

export interface Membership {
  agencyId: AgencyId
  role: AgencyRole
}

/** The facts about a signed-in person. An inactive person has no actor. */
export interface Actor {
  userId: UserId
  /** Runs the installation; has no memberships and sees no case. */
  operator: boolean
  memberships: readonly Membership[]
  /** Without an account, invited to this one conference for this agency: nothing else exists for them. Has no memberships. */
  guest?: { conferenceId: ConferenceId; agencyId: AgencyId } | undefined
}

export interface CaseFacts {
  caseId: CaseId
  agencies: readonly { agencyId: AgencyId; role: CaseAgencyRole }[]
  /** The people who work on it, named one by one, each for an agency of the case. */
  workers: readonly { userId: UserId; agencyId: AgencyId }[]
  /** Who is recused from one of its items. It holds for all of the case's items in that conference: what one of them decides is about the other. */
  recusals: readonly { userId: UserId; conferenceId: ConferenceId }[]
  /** Agencies that may know of it now: each with a basis in force (bases/BASES.md), and the lead agency, which stands by its own task. */
  grounded: readonly AgencyId[]
  /** Who opened it in an emergency (긴급 열람), while that lasts: reads the case and its open action items, and writes nothing. */
  emergencyReaders?: readonly { userId: UserId; agencyId: AgencyId }[] | undefined
}

export interface ConferenceFacts {
  conferenceId: ConferenceId
  state: ConferenceState
  hostAgencyId: AgencyId
  createdBy: UserId
  /** A guest's seat says which items their invitation opens. */
  participants: readonly {
    userId: UserId
    agencyId: AgencyId
    role: ConferenceRole
    guest?: { items: readonly ItemId[] } | undefined
  }[]
  /** Who has accepted its confidentiality statement. Undefined for one of the time before statements were asked for. */
  accepted?: readonly UserId[] | undefined
  /** Where the minutes of a closed one stand; left out where nothing is asked that rests on it. */
  minutesStanding?: MinutesStanding | undefined
}

export interface ItemFacts {
  itemId: ItemId
  conferenceId: ConferenceId
  kind: 'case' | 'general'
  caseId: CaseId | undefined
  /** Agencies cleared for this item. A general item is open to every participant and this list is empty. */
  agencies: readonly AgencyId[]
  /** Persons who may not open it although their agency may. */
  recused: readonly UserId[]
}

/** One action item (조치사항), asked for by itself and not through its ledger. */
export interface ActionFacts {
  /** Who owes it. */
  agencyId: AgencyId
  /** Whose task it is there, when somebody was named. */
  ownerUserId: UserId | null
  offer: { agencyId: AgencyId; userId: UserId | null } | null
  escalatedTo: readonly UserId[]
  /** Of a case's open ledger. In a restricted item's nobody is let in by a role. */
  open: boolean
  /**
   * What this person may through the case and the meetings that show it: read it, say something, enter for others, for who takes it over among them, lead the
   * case. `inEmergency`: they read it by nothing but an emergency (긴급 열람), and write nothing (break-glass/SPEC.md BG1).
   */
  through: {
    reads: boolean
    speaks: boolean
    conducts: boolean
    leads: boolean
    meetsTaker: boolean
    inEmergency?: boolean
  }
  /** Recused from an item of its case. */
  recused: boolean
  /** Agencies that may know of its case now ({@link CaseFacts.grounded}); undefined for one about no case. */
  grounded: readonly AgencyId[] | undefined
  /** Those of the owing and the offered agency that have a supervisor. */
  supervised: readonly AgencyId[]
}

const WORKING_ROLES: readonly AgencyRole[] = ['case_worker', 'supervisor']
const PLANNING_ROLES: readonly AgencyRole[] = ['case_worker', 'supervisor', 'agency_administrator']
const CONDUCTING_ROLES: readonly ConferenceRole[] = ['leader', 'deputy', 'minute_taker']

export function hasRole(actor: Actor, agencyId: AgencyId, roles: readonly AgencyRole[]): boolean {
  return actor.memberships.some(m => m.agencyId === agencyId && roles.includes(m.role))
}

/** Whether somebody with this part speaks for their agency: answers, votes, counts for the quorum. An observer watches, a supervisor advises. */
export const speaksForAgency = (role: ConferenceRole): boolean => role !== 'observer' && role !== 'supervisor'

/** The agency that a person speaks for in the conference; undefined for who speaks for none. */
export function agencySpokenFor(actor: Actor, conference: ConferenceFacts): AgencyId | undefined {
  const part = participationOf(actor, conference)
  return part && speaksForAgency(part.role) ? part.agencyId : undefined
}

/** The person's part in the conference, only while the agency they take part for is still theirs. */
export function participationOf(actor: Actor, conference: ConferenceFacts) {
  const { guest } = actor
  return conference.participants.find(p => {
    if (p.userId !== actor.userId) return false
    if (guest === undefined) return p.guest === undefined && actor.memberships.some(m => m.agencyId === p.agencyId)
    // A guest's ends with the meeting.
    const isTheirs = guest.conferenceId === conference.conferenceId && guest.agencyId === p.agencyId
    return isTheirs && p.guest !== undefined && conference.state !== 'closed'
  })
}

export const canAdministerInstallation = (actor: Actor): boolean => actor.operator

export function canAdministerAgency(actor: Actor, agencyId: AgencyId): boolean {
  return actor.operator || hasRole(actor, agencyId, ['agency_administrator'])
}

/** Seeing the names of agencies and staff of one's own city, in order to plan. */
export function canSeeDirectory(actor: Actor): boolean {
  return actor.operator || actor.memberships.some(m => PLANNING_ROLES.includes(m.role))
}

/** Its agreements with other agencies (업무협약), which name no client: its own people. */
export function canReadAgreements(actor: Actor, agencyId: AgencyId): boolean {
  return actor.memberships.some(one => one.agencyId === agencyId)
}

/** Entering and ending them. */
export function canKeepAgreements(actor: Actor, agencyId: AgencyId): boolean {
  return hasRole(actor, agencyId, ['supervisor', 'agency_administrator'])
}

/** An agency's figures, which name nobody: its own people, but for those who only watch. */
export function canSeeFigures(actor: Actor, agencyId: AgencyId): boolean {
  return hasRole(actor, agencyId, ['case_worker', 'supervisor', 'agency_administrator', 'privacy_officer'])
}

/** Lists of found households, and what is decided about each (imports/SPEC.md IM12): the agency's own case workers and supervisors. */
export function canTriage(actor: Actor, agencyId: AgencyId): boolean {
  return hasRole(actor, agencyId, WORKING_ROLES)
}

export function canCreateCase(actor: Actor, leadAgencyId: AgencyId): boolean {
  return hasRole(actor, leadAgencyId, WORKING_ROLES)
}

/** Whether a person is a named worker of the case for an agency that may know of it. */
export function worksOnCase(actor: Actor, facts: CaseFacts): boolean {
  return facts.workers.some(
    w =>
      w.userId === actor.userId &&
      facts.agencies.some(a => a.agencyId === w.agencyId) &&
      facts.grounded.includes(w.agencyId) &&
      actor.memberships.some(m => m.agencyId === w.agencyId),
  )
}

export function canReadCase(actor: Actor, facts: CaseFacts): boolean {
  return worksOnCase(actor, facts) || readsInEmergency(actor, facts)
}

/** By a reason of their own, for a short time (긴급 열람); a recused person by none. */
function readsInEmergency(actor: Actor, { emergencyReaders = [], recusals }: CaseFacts): boolean {
  return (
    emergencyReaders.some(one => one.userId === actor.userId && hasRole(actor, one.agencyId, WORKING_ROLES)) &&
    !recusals.some(recusal => recusal.userId === actor.userId)
  )
}

/** Changing a case's header, agencies and workers: its workers in the lead agency. */
export function canChangeCase(actor: Actor, facts: CaseFacts): boolean {
  const lead = facts.agencies.find(a => a.role === 'lead')
  return (
    lead !== undefined &&
    facts.workers.some(w => w.userId === actor.userId && w.agencyId === lead.agencyId) &&
    hasRole(actor, lead.agencyId, WORKING_ROLES)
  )
}

export function canWriteCase(actor: Actor, facts: CaseFacts): boolean {
  return (
    worksOnCase(actor, facts) &&
    facts.workers.some(
      w =>
        w.userId === actor.userId && facts.grounded.includes(w.agencyId) && hasRole(actor, w.agencyId, WORKING_ROLES),
    )
  )
}

/** A record of a case (과정기록 …): who may read the case; one that is an agency's alone, the case's workers for that agency. */
export function canReadCaseRecord(actor: Actor, facts: CaseFacts, record: { narrowTo: AgencyId | null }): boolean {
  return canReadCase(actor, facts) && (record.narrowTo === null || worksOnCaseFor(actor, facts, record.narrowTo))
}

/** Adding a version to a record: who may write the case, for an agency whose record it is. A colleague stands in for who wrote it. */
export function canCorrectCaseRecord(
  actor: Actor,
  facts: CaseFacts,
  record: { narrowTo: AgencyId | null; agencies: readonly AgencyId[] },
): boolean {
  return (
    canWriteCase(actor, facts) &&
    canReadCaseRecord(actor, facts, record) &&
    record.agencies.some(agencyId => canWriteCaseFor(actor, facts, agencyId))
  )
}

/** Writing in the name of an agency of the case: its workers there who do case work. */
export function canWriteCaseFor(actor: Actor, facts: CaseFacts, agencyId: AgencyId): boolean {
  return canWriteCase(actor, facts) && worksOnCaseFor(actor, facts, agencyId)
}

/** Codes are the installation's own: its operator's, and those who administer its agencies (code-sets/CODE-SETS.md CO7). */
export function canPublishCodeSets(actor: Actor): boolean {
  return actor.operator || actor.memberships.some(m => m.role === 'agency_administrator')
}

/** Opening a case in an emergency that one is not on (break-glass/SPEC.md): asked before the case is known; whether it may be this one, the command says. */
export function canBreakGlass(actor: Actor, agencyId: AgencyId): boolean {
  return hasRole(actor, agencyId, WORKING_ROLES)
}

/** Looking into who saw what (access-desk/SPEC.md): an agency's privacy officer. A supervisor is looked at like everybody else, and looks at nobody. */
export function canReviewAccess(actor: Actor, agencyId: AgencyId): boolean {
  return hasRole(actor, agencyId, ['privacy_officer'])
}

/** How long cases are kept, and their destruction (retention/RETENTION.md RT5): those of the lead agency who answer for it. */
export function canKeepRetention(actor: Actor, agencyId: AgencyId): boolean {
  return hasRole(actor, agencyId, ['privacy_officer', 'supervisor'])
}

export function canPlanConference(actor: Actor, hostAgencyId: AgencyId): boolean {
  return hasRole(actor, hostAgencyId, PLANNING_ROLES)
}

/** Knowing that the conference exists. A draft is known to those who prepare it. */
export function canReadConference(actor: Actor, conference: ConferenceFacts): boolean {
  const part = participationOf(actor, conference)
  if (conference.state !== 'draft') return part !== undefined || canChangeConference(actor, conference)
  return (part !== undefined && CONDUCTING_ROLES.includes(part.role)) || canChangeConference(actor, conference)
}

/** Planning, inviting, its states and its agenda: who made it (while still planning for the host) and who conducts it. */
export function canChangeConference(actor: Actor, conference: ConferenceFacts): boolean {
  const part = participationOf(actor, conference)
  return (
    (part !== undefined && CONDUCTING_ROLES.includes(part.role)) ||
    (conference.createdBy === actor.userId && hasRole(actor, conference.hostAgencyId, PLANNING_ROLES))
  )
}

/** Order and time of the agenda: who conducts, until it is closed. */
export function canConductConference(actor: Actor, conference: ConferenceFacts): boolean {
  const part = participationOf(actor, conference)
  return part !== undefined && CONDUCTING_ROLES.includes(part.role) && conference.state !== 'closed'
}

/** Shared notes and proposals: every admitted participant but observers. */
export function canWriteConferenceNotes(actor: Actor, conference: ConferenceFacts): boolean {
  const part = participationOf(actor, conference)
  return (
    part !== undefined &&
    part.role !== 'observer' &&
    !hasRoleOnlyObserver(actor, part.agencyId) &&
    (conference.state === 'scheduled' || conference.state === 'live')
  )
}

/** Being in the room: participants, once it is scheduled; also afterwards, to read. */
export function canEnterRoom(actor: Actor, conference: ConferenceFacts): boolean {
  const part = participationOf(actor, conference)
  if (part === undefined) return false
  return conference.state !== 'draft' || CONDUCTING_ROLES.includes(part.role)
}

/**
 * Whether nothing but the confidentiality statement stands between a person and the items: in a live or closed conference it does for everybody
 * who takes part, who conducts it among them, until it was accepted (사회보장급여법 제49조 3호, 개인정보 보호법 제59조).
 */
export function needsStatement(actor: Actor, conference: ConferenceFacts): boolean {
  if (conference.state !== 'live' && conference.state !== 'closed') return false
  if (conference.accepted === undefined || conference.accepted.includes(actor.userId)) return false
  return participationOf(actor, conference) !== undefined
}

/** Who may not open the item because of a recusal from it, or from another item of its case in the same conference. */
export function recusedFrom(
  item: Pick<ItemFacts, 'conferenceId' | 'recused'>,
  caseFacts: Pick<CaseFacts, 'recusals'> | undefined,
): UserId[] {
  const throughCase = caseFacts?.recusals.filter(recusal => recusal.conferenceId === item.conferenceId) ?? []
  return [...new Set([...item.recused, ...throughCase.map(recusal => recusal.userId)])]
}

/**
 * Whether a person's agency is cleared for an item, may know of its case, and the person is not recused. Before the conference is live only those who prepare (who
 * conducts, and the case's own workers) open it; from then on whoever has accepted the confidentiality statement.
 */
export function canReadItem(
  actor: Actor,
  conference: ConferenceFacts,
  item: ItemFacts,
  caseFacts: CaseFacts | undefined,
): boolean {
  const part = participationOf(actor, conference)
  if (part === undefined || recusedFrom(item, caseFacts).includes(actor.userId)) return false
  if (item.kind === 'case' && !agenciesThatOpen(item, caseFacts).includes(part.agencyId)) return false
  if (part.guest !== undefined && !part.guest.items.includes(item.itemId)) return false
  if (conference.state === 'live' || conference.state === 'closed') return !needsStatement(actor, conference)
  return CONDUCTING_ROLES.includes(part.role) || (caseFacts !== undefined && worksOnCase(actor, caseFacts))
}

/** The agencies that a case item is open to: cleared for it, and with a basis in force for its case. Nobody's for one whose case is not known. */
export function agenciesThatOpen(
  item: Pick<ItemFacts, 'agencies'>,
  caseFacts: Pick<CaseFacts, 'grounded'> | undefined,
): AgencyId[] {
  return item.agencies.filter(agencyId => caseFacts?.grounded.includes(agencyId))
}

/** Opens it and does not only watch. */
function speaksToItem(
  actor: Actor,
  conference: ConferenceFacts,
  item: ItemFacts,
  caseFacts: CaseFacts | undefined,
): boolean {
  const part = participationOf(actor, conference)
  return (
    canReadItem(actor, conference, item, caseFacts) &&
    part !== undefined &&
    part.role !== 'observer' &&
    !hasRoleOnlyObserver(actor, part.agencyId)
  )
}

export function canWriteItem(
  actor: Actor,
  conference: ConferenceFacts,
  item: ItemFacts,
  caseFacts: CaseFacts | undefined,
): boolean {
  return (
    speaksToItem(actor, conference, item, caseFacts) &&
    (conference.state !== 'closed' || canWriteMinutes(actor, conference))
  )
}

/**
 * An agency's own research on a case before it is heard (기관별 조사자료): who sits there for an agency that the item is open to, speaks, has an account and
 * is not recused; from when the conference is planned, and after the confidentiality statement, because the sheet names the household.
 */
export function canResearch(
  actor: Actor,
  conference: ConferenceFacts,
  item: ItemFacts,
  caseFacts: CaseFacts | undefined,
): boolean {
  const hasAccepted = conference.accepted === undefined || conference.accepted.includes(actor.userId)
  return hasAccepted && mayHaveResearch(actor, conference, item, caseFacts)
}

/** The same, but for the statement: who is to be asked for it. */
export function mayHaveResearch(
  actor: Actor,
  conference: ConferenceFacts,
  item: ItemFacts,
  caseFacts: CaseFacts | undefined,
): boolean {
  const part = participationOf(actor, conference)
  return (
    part !== undefined &&
    actor.guest === undefined &&
    speaksForAgency(part.role) &&
    conference.state !== 'draft' &&
    item.kind === 'case' &&
    hasRole(actor, part.agencyId, PLANNING_ROLES) &&
    agenciesThatOpen(item, caseFacts).includes(part.agencyId) &&
    !recusedFrom(item, caseFacts).includes(actor.userId)
  )
}

/** Putting the words of a closed conference right: who conducted it, while its minutes are a draft or being corrected (MINUTES.md MN5). */
export function canWriteMinutes(actor: Actor, conference: ConferenceFacts): boolean {
  const { state, minutesStanding } = conference
  const isOpen = minutesStanding === 'draft' || minutesStanding === 'correcting'
  return state === 'closed' && isOpen && canWriteForOthers(actor, conference)
}

/** Reading its minutes, leaf by leaf: everybody who takes part, once it is closed. */
export function canReadMinutes(actor: Actor, conference: ConferenceFacts): boolean {
  return conference.state === 'closed' && canEnterRoom(actor, conference)
}

/** Signing them for one's agency: who takes part for it, still belongs to it, and is no observer (MN7). */
export function canSignMinutes(actor: Actor, conference: ConferenceFacts): boolean {
  const part = participationOf(actor, conference)
  return (
    part !== undefined &&
    canReadMinutes(actor, conference) &&
    speaksForAgency(part.role) &&
    !hasRoleOnlyObserver(actor, part.agencyId)
  )
}

/** Circulating, correcting and sealing them: who conducted the conference. */
export function canConductMinutes(actor: Actor, conference: ConferenceFacts): boolean {
  return canReadMinutes(actor, conference) && canWriteForOthers(actor, conference)
}

/**
 * Reading and writing what a supervision keeps about a case item (슈퍼비전 기록): the case's workers in its lead agency who sit at the table, and who
 * supervises there ({@link supervises}); after the meeting as well. Leading the conference opens it to nobody.
 */
export function canSupervise(
  actor: Actor,
  conference: ConferenceFacts,
  item: ItemFacts,
  caseFacts: CaseFacts | undefined,
): boolean {
  const lead = caseFacts?.agencies.find(agency => agency.role === 'lead')?.agencyId
  const part = participationOf(actor, conference)
  if (caseFacts === undefined || lead === undefined || part === undefined || part.role === 'observer') return false
  if (!canReadItem(actor, conference, item, caseFacts)) return false
  const worksOnIt = caseFacts.workers.some(worker => worker.userId === actor.userId && worker.agencyId === lead)
  if (worksOnIt && part.agencyId === lead && hasRole(actor, lead, WORKING_ROLES)) return true
  return supervises(actor, { conference, item }, caseFacts, lead)
}

/** A meeting's item about a case, with what its policy is judged on. */
export interface CaseHearing {
  conference: ConferenceFacts
  item: ItemFacts
}

/**
 * Whether a person supervises in this item the workers of that agency: who may open it, and is either invited to this conference as its supervisor,
 * of whatever agency, or sits there for the workers' own agency as a supervisor of it.
 */
export function supervises(
  actor: Actor,
  { conference, item }: CaseHearing,
  caseFacts: CaseFacts,
  agencyId: AgencyId,
): boolean {
  const part = participationOf(actor, conference)
  if (item.caseId !== caseFacts.caseId || part === undefined || part.role === 'observer') return false
  if (part.role !== 'supervisor' && !(part.agencyId === agencyId && hasRole(actor, agencyId, ['supervisor'])))
    return false
  return canReadItem(actor, conference, item, caseFacts)
}

/** Whose supervision it is: one worker's, for the agency that they work on the case for, by one supervisor. */
export interface SupervisionFacts {
  worker: UserId
  agencyId: AgencyId
  supervisor: UserId
}

/**
 * Reading what one worker and one supervisor write to each other about a case (사례 슈퍼비전): these two alone, each while their own reason holds.
 * The worker's is the work on the case; the supervisor's that she supervises in one of its items where this worker sits at the table, in any meeting,
 * over or not. Recusal from one of the case's items closes it.
 */
export function canReadSupervision(
  actor: Actor,
  pair: SupervisionFacts,
  caseFacts: CaseFacts,
  hearings: readonly CaseHearing[],
): boolean {
  if (pair.worker === pair.supervisor || caseFacts.recusals.some(recusal => recusal.userId === actor.userId))
    return false
  if (actor.userId === pair.worker) return worksOnCaseFor(actor, caseFacts, pair.agencyId)
  if (actor.userId !== pair.supervisor) return false
  return hearings.some(hearing => sitsFor(pair, hearing) && supervises(actor, hearing, caseFacts, pair.agencyId))
}

/** Whether the worker is there to present it. */
const sitsFor = ({ worker, agencyId }: SupervisionFacts, { conference }: CaseHearing): boolean =>
  conference.participants.some(one => one.userId === worker && one.agencyId === agencyId)

/** Whether there is a supervision of a case at all for this person: who works on it for its lead agency, and who supervises there. */
export function canOpenSupervision(actor: Actor, caseFacts: CaseFacts, hearings: readonly CaseHearing[]): boolean {
  const lead = caseFacts.agencies.find(agency => agency.role === 'lead')?.agencyId
  if (lead === undefined || caseFacts.recusals.some(recusal => recusal.userId === actor.userId)) return false
  return worksOnCaseFor(actor, caseFacts, lead) || hearings.some(hearing => supervises(actor, hearing, caseFacts, lead))
}

function worksOnCaseFor(actor: Actor, caseFacts: CaseFacts, agencyId: AgencyId): boolean {
  return (
    caseFacts.agencies.some(agency => agency.agencyId === agencyId) &&
    caseFacts.grounded.includes(agencyId) &&
    caseFacts.workers.some(worker => worker.userId === actor.userId && worker.agencyId === agencyId) &&
    hasRole(actor, agencyId, WORKING_ROLES)
  )
}

/** Saying something to an item, before, during and after the meeting: who may open it and does not only watch. */
export const canComment = speaksToItem

/** Marking as resolved what was said, or opening it again: who began it, while they may say something, and who conducts. */
export function canResolveComment(
  actor: Actor,
  conference: ConferenceFacts,
  item: ItemFacts,
  caseFacts: CaseFacts | undefined,
  thread: { by: UserId },
): boolean {
  return (
    canComment(actor, conference, item, caseFacts) &&
    (thread.by === actor.userId || canWriteForOthers(actor, conference))
  )
}

/** Laying papers with an item: who may write in it, and who prepares the meeting and may open it; until the meeting is closed. */
export function canAddPaper(
  actor: Actor,
  conference: ConferenceFacts,
  item: ItemFacts,
  caseFacts: CaseFacts | undefined,
): boolean {
  return (
    conference.state !== 'closed' &&
    (canWriteItem(actor, conference, item, caseFacts) ||
      (canReadItem(actor, conference, item, caseFacts) && canChangeConference(actor, conference)))
  )
}

/** Taking a paper away again: who laid it there, while they may lay papers there, and who conducts. */
export function canRemovePaper(
  actor: Actor,
  conference: ConferenceFacts,
  item: ItemFacts,
  caseFacts: CaseFacts | undefined,
  paper: { addedBy: UserId },
): boolean {
  return (
    canAddPaper(actor, conference, item, caseFacts) &&
    (paper.addedBy === actor.userId || canConductConference(actor, conference))
  )
}

/** Whether a person may enter something for somebody else at the table who has no device (recorded as such). */
export function canWriteForOthers(actor: Actor, conference: ConferenceFacts): boolean {
  const part = participationOf(actor, conference)
  return part !== undefined && CONDUCTING_ROLES.includes(part.role)
}

/**
 * Seeing an action item: who may read its ledger, and whom it concerns, who see that one alone. Who is recused from its case sees none.
 */
export function canReadAction(actor: Actor, facts: ActionFacts): boolean {
  if (facts.recused) return false
  const { offer } = facts
  return (
    facts.through.reads ||
    concerns(actor, facts, facts.agencyId, facts.ownerUserId) ||
    (offer !== null && concerns(actor, facts, offer.agencyId, offer.userId)) ||
    (facts.escalatedTo.includes(actor.userId) && worksFor(actor, facts.agencyId) && mayKnow(facts, facts.agencyId))
  )
}

/** In which ways the person may move it, for `shared/actions/action-moves.ts`. */
export function relationToAction(actor: Actor, facts: ActionFacts) {
  const { offer, through } = facts
  const mayRead = canReadAction(actor, facts)
  const isTold = facts.escalatedTo.includes(actor.userId)
  // Who opened the case in an emergency moves only what was given to them by name.
  const isTheirs = (agencyId: AgencyId, named: UserId | null) =>
    concerns(actor, facts, agencyId, named) && (through.inEmergency !== true || named === actor.userId)
  return {
    owes:
      mayRead &&
      standsFor(actor, facts.agencyId) &&
      (through.speaks || isTold || isTheirs(facts.agencyId, facts.ownerUserId)),
    takes:
      mayRead &&
      offer !== null &&
      standsFor(actor, offer.agencyId) &&
      (through.speaks || isTheirs(offer.agencyId, offer.userId)),
    conducts: mayRead && through.conducts,
    // For an agency that is not at the table nobody can enter that it takes something over.
    conductsTaker: mayRead && through.conducts && through.meetsTaker,
    leads: mayRead && through.leads,
  }
}

/** What one agency asks of another for a household (의뢰); as far as who may see it goes. */
export interface ReferralFacts {
  fromAgencyId: AgencyId
  toAgencyId: AgencyId
  isDraft: boolean
}

/**
 * In which ways a person stands to a referral: works on its case for the agency that sends it or for the case's lead agency, takes referrals for the
 * agency that it goes to, or may read the case. A recused person stands to none of them (REFERRALS.md RF2, RF7, RF14).
 */
export function relationToReferral(actor: Actor, referral: ReferralFacts, caseFacts: CaseFacts) {
  const isRecused = caseFacts.recusals.some(recusal => recusal.userId === actor.userId)
  const writes = !isRecused && canWriteCase(actor, caseFacts)
  const sends = writes && worksOnCaseFor(actor, caseFacts, referral.fromAgencyId)
  return {
    sends,
    leads: writes && !referral.isDraft && canChangeCase(actor, caseFacts),
    takes: !isRecused && !referral.isDraft && canTakeReferrals(actor, referral.toAgencyId),
    reads: sends || (!isRecused && !referral.isDraft && canReadCase(actor, caseFacts)),
  }
}

export function canReadReferral(actor: Actor, referral: ReferralFacts, caseFacts: CaseFacts): boolean {
  const { reads, takes } = relationToReferral(actor, referral, caseFacts)
  return reads || takes
}

/** Taking what is referred to an agency. */
export const canTakeReferrals = (actor: Actor, agencyId: AgencyId): boolean => hasRole(actor, agencyId, WORKING_ROLES)

/** Reading what the agencies of the installation can give: those who plan with others. It names no household. */
export const canSeeResources = (actor: Actor): boolean => actor.memberships.some(m => PLANNING_ROLES.includes(m.role))

/** Keeping what one's own agency can give. */
export const canKeepResources = (actor: Actor, agencyId: AgencyId): boolean => worksFor(actor, agencyId)

/** Of the agency, or at the table for it without an account. */
const standsFor = (actor: Actor, agencyId: AgencyId) => worksFor(actor, agencyId) || actor.guest?.agencyId === agencyId

/** Whether an agency may know of the case that an action item is about. What it owes opens nothing to it by itself. */
const mayKnow = ({ grounded }: ActionFacts, agencyId: AgencyId) => grounded?.includes(agencyId) ?? true

/** Whom an agency's action item concerns: the person named; of an open ledger its supervisors, or its case workers where it has none. */
function concerns(actor: Actor, facts: ActionFacts, agencyId: AgencyId, named: UserId | null): boolean {
  if (!mayKnow(facts, agencyId)) return false
  if (named === actor.userId && worksFor(actor, agencyId)) return true
  if (!facts.open) return false
  return (
    hasRole(actor, agencyId, ['supervisor']) ||
    (!facts.supervised.includes(agencyId) && hasRole(actor, agencyId, ['case_worker']))
  )
}

const worksFor = (actor: Actor, agencyId: AgencyId): boolean => hasRole(actor, agencyId, PLANNING_ROLES)

function hasRoleOnlyObserver(actor: Actor, agencyId: AgencyId): boolean {
  const roles = actor.memberships.filter(m => m.agencyId === agencyId)
  return roles.length > 0 && roles.every(m => m.role === 'observer')
}
