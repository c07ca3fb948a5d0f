/** What somebody has to do about the bases of a case, and until when (BASES.md BS18). Pure: days are days in Seoul and are given. */
import type { AgencyId } from '../ids.ts'
import { type BasisFacts, type CaseBases, lastDayOf, needsApproval, standingOf } from './bases.ts'

export const BASIS_ASKS = ['approve', 'review', 'renew'] as const
export type BasisAsk = (typeof BASIS_ASKS)[number]

export interface AskedOfBasis<B extends BasisFacts = BasisFacts> {
  /** Approve an urgent one; look at an urgent one again; see to what follows one that ends. */
  ask: BasisAsk
  one: B
  /** Whom it concerns. */
  agencies: AgencyId[]
  /** The last day on which it can be done in time; null where there is none. */
  until: string | null
}

/**
 * In the order in which they were entered. An agency that stands on something that lasts longer asks for nothing, nor does the one that answers for the
 * case: it stands by its own task.
 */
export function asksOf<B extends BasisFacts>(
  record: { sensitive: CaseBases['sensitive']; bases: readonly B[] },
  today: string,
  lead?: AgencyId,
): AskedOfBasis<B>[] {
  const standing = new Map(
    [...new Set(record.bases.flatMap(namedIn))].map(agencyId => [agencyId, standingOf(record, agencyId, today)]),
  )
  return record.bases.flatMap((one): AskedOfBasis<B>[] => {
    const until = lastDayOf(one)
    const named = namedIn(one).filter(agencyId => agencyId !== lead)
    if (named.length === 0 || (until !== null && until < today)) return []
    if (needsApproval(one.basis) && !one.approvedBy) return [{ ask: 'approve', one, agencies: named, until }]
    const agencies = named.filter(agencyId => {
      const stands = standing.get(agencyId)
      return stands?.standing === 'ending' && stands.by === one
    })
    if (agencies.length === 0) return []
    return [{ ask: one.reviewOn !== null && one.reviewOn === until ? 'review' : 'renew', one, agencies, until }]
  })
}

/** The agencies that it still names. */
const namedIn = ({ receivers }: BasisFacts): AgencyId[] =>
  receivers.flatMap(({ agencyId, end }) => (end === null ? [agencyId] : []))
