/**
 * Which agencies a case is open to today, out of its bases (BASES.md BS1–BS3, BS7). Pure: days are days in Seoul and are given.
 */
import type { AgencyId, UserId } from '../ids.ts'
import { addDays } from '../working-days.ts'
import {
  BASIS_STANDINGS,
  type BasisStanding,
  type ConsentScope,
  DISCLOSURE_BASES,
  type DisclosureBasis,
  ENDING_DAYS,
} from './basis-codes.ts'

/** `YYYY-MM-DD` in Seoul. */
type Day = string

/** An agency that a basis names, and until when. */
export interface Receiver {
  agencyId: AgencyId
  /** Null while it was neither withdrawn nor ended for this agency, nor has run out and been noted. */
  end: { why: 'withdrawn' | 'ended' | 'expired'; on: Day } | null
}

/** What of a basis decides. */
export interface BasisFacts {
  basis: DisclosureBasis
  receivers: readonly Receiver[]
  /** First and last day; without a last day until it is ended. */
  from: Day
  until: Day | null
  /** Whether it covers sensitive information. */
  sensitive: boolean
  /** Of a consent: what was agreed to. Empty for any other basis. */
  given: readonly ConsentScope[]
  /** Who approved it; undefined where none is needed or none was given yet. */
  approvedBy?: UserId | null | undefined
  /** By when it is looked at again; over after that day. */
  reviewOn: Day | null
}

export interface CaseBases {
  /** Marked as holding sensitive information (BS7). */
  sensitive: boolean
  bases: readonly BasisFacts[]
}

/** A case of which nothing was entered. */
export const NO_BASES: CaseBases = { sensitive: true, bases: [] }

export const needsApproval = (basis: DisclosureBasis): boolean => 'approved' in DISCLOSURE_BASES[basis]

/** The last day on which it may hold: its own, or the day by which it is looked at again. */
export function lastDayOf({ until, reviewOn }: Pick<BasisFacts, 'until' | 'reviewOn'>): Day | null {
  if (until === null || reviewOn === null) return until ?? reviewOn
  return until < reviewOn ? until : reviewOn
}

/** Whether a consent says that others may have it. Any other basis does by itself. */
function givesToOthers({ basis, given }: BasisFacts): boolean {
  if (basis === 'consent') return given.includes('third_party')
  return basis !== 'separate_consent_other_purpose' || given.includes('other_purpose')
}

/** How one basis stands for an agency that it names; undefined for one that it does not name (BS6). */
export function standingUnder(
  one: BasisFacts,
  agencyId: AgencyId,
  today: Day,
  isSensitiveCase: boolean,
): BasisStanding | undefined {
  const receiver = one.receivers.find(named => named.agencyId === agencyId)
  if (receiver === undefined) return undefined
  if (receiver.end !== null) return receiver.end.why
  if (!givesToOthers(one)) return 'refused'
  const last = lastDayOf(one)
  if (last !== null && last < today) return 'expired'
  if (needsApproval(one.basis) && !one.approvedBy) return 'waiting'
  if (today < one.from) return 'not_begun'
  if (isSensitiveCase && !one.sensitive) return 'lacks_sensitive'
  return last !== null && last <= addDays(today, ENDING_DAYS) ? 'ending' : 'in_force'
}

/** From what serves an agency best to what serves it least; of what opens nothing, first what can be mended. */
const BEST_FIRST: readonly BasisStanding[] = [
  'own_task',
  'in_force',
  'ending',
  'waiting',
  'lacks_sensitive',
  'not_begun',
  'expired',
  'withdrawn',
  'ended',
  'refused',
]

export interface AgencyStanding<B extends BasisFacts = BasisFacts> {
  standing: BasisStanding
  /** The basis that serves it best; undefined where none names it. Of two alike, the one that lasts longer. */
  by: B | undefined
}

/** How things stand for one agency under everything that was entered. */
export function standingOf<B extends BasisFacts>(
  { sensitive, bases }: { sensitive: boolean; bases: readonly B[] },
  agencyId: AgencyId,
  today: Day,
): AgencyStanding<B> {
  let best: AgencyStanding<B> = { standing: 'none', by: undefined }
  for (const by of bases) {
    const standing = standingUnder(by, agencyId, today, sensitive)
    if (standing === undefined) continue
    const rank = best.by === undefined ? Number.POSITIVE_INFINITY : BEST_FIRST.indexOf(best.standing)
    const own = BEST_FIRST.indexOf(standing)
    const lastsLonger = best.by !== undefined && (lastDayOf(by) ?? '9') > (lastDayOf(best.by) ?? '9')
    if (own < rank || (own === rank && lastsLonger)) best = { standing, by }
  }
  return best
}

export const opens = (standing: BasisStanding): boolean => BASIS_STANDINGS[standing].opens

/** The day on which the answer may be another without anybody doing anything; null where time changes nothing. */
export function nextChangeOn({ bases }: Pick<CaseBases, 'bases'>, today: Day): Day | null {
  const days = bases
    .filter(one => one.receivers.some(receiver => receiver.end === null))
    .flatMap(one => {
      const last = lastDayOf(one)
      return [one.from, ...(last === null ? [] : [addDays(last, 1)])]
    })
    .filter(day => day > today)
  return days.length === 0 ? null : days.reduce((a, b) => (a < b ? a : b))
}

/** Why this kind of basis cannot be for that agency; undefined when it can (BS10). */
export function misfit(basis: DisclosureBasis, agency: { public: boolean }): 'public-only' | undefined {
  return 'public' in DISCLOSURE_BASES[basis] && !agency.public ? 'public-only' : undefined
}

/** What is proposed for an agency that has none yet: its task for a public body, the client's consent for any other. */
export const proposedFor = (agency: { public: boolean }): DisclosureBasis => (agency.public ? 'public_task' : 'consent')

/** What a case says of its agencies to those who may know of it, for one agency in one cell. */
export interface GroundView {
  standing: BasisStanding
  basis: DisclosureBasis | null
  /** The last day; null where it has none. */
  until: Day | null
}

/** What is known of a case's bases wherever the case is looked at. */
export interface CaseGrounds {
  /** Agencies with a basis in force. */
  open: readonly AgencyId[]
  /** Every agency that any basis names. */
  named: ReadonlyMap<AgencyId, GroundView>
}

export function groundsOf(record: CaseBases, today: Day): CaseGrounds {
  const named = new Map<AgencyId, GroundView>()
  for (const { agencyId } of record.bases.flatMap(one => one.receivers)) {
    if (named.has(agencyId)) continue
    const { standing, by } = standingOf(record, agencyId, today)
    named.set(agencyId, { standing, basis: by?.basis ?? null, until: (by && lastDayOf(by)) ?? null })
  }
  return { open: [...named].flatMap(([agencyId, { standing }]) => (opens(standing) ? [agencyId] : [])), named }
}

/** The cell of one agency. The agency that answers for the case stands by its own task. */
export function groundOf(grounds: CaseGrounds | undefined, agencyId: AgencyId, lead: AgencyId | undefined): GroundView {
  if (agencyId === lead) return { standing: 'own_task', basis: null, until: null }
  return grounds?.named.get(agencyId) ?? { standing: 'none', basis: null, until: null }
}
