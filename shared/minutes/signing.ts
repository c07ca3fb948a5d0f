/** Who has to sign, and how each agency stands to the version that is circulated (MINUTES.md MN6–MN8). Pure. */
import type { ConferenceType } from '../codes.ts'
import type { AgencyId } from '../ids.ts'
import type { SigningKind } from './bundle.ts'
import type { LeafKey } from './minutes-record.ts'

/** Kinds of meeting whose minutes are final only once every agency has signed. */
const SIGNED_TYPES: readonly ConferenceType[] = ['joint_management', 'statutory_body']

export const needsSigning = (type: ConferenceType): boolean => SIGNED_TYPES.includes(type)

export const AGENCY_SIGNINGS = {
  waiting: { ko: '서명 전', en: 'Not signed yet' },
  partly: { ko: '바뀐 안건 다시 서명', en: 'To sign again what changed' },
  signed: { ko: '서명', en: 'Signed' },
  noted: { ko: '의견 달고 서명', en: 'Signed with a note' },
  objected: { ko: '이의', en: 'Objected' },
  nobody: { ko: '서명할 사람 없음', en: 'Nobody left to sign' },
} as const
export type AgencySigning = keyof typeof AGENCY_SIGNINGS

/** What one signature says of the leaves: by key, the hash of the leaf as it was signed. */
export interface SigningFacts {
  agencyId: AgencyId
  kind: SigningKind
  at: string
  covered: Readonly<Partial<Record<LeafKey, string>>>
  /** Leaves that its note or objection is about. */
  about: readonly LeafKey[]
}

/**
 * How an agency stands. A later signature takes the place of an earlier one on the leaves that it covers; what was signed of a leaf holds while
 * the leaf has the same hash.
 * @param current hash of each leaf of the version
 * @param needed leaves that somebody of the agency may open now; none: nobody is left who could sign
 */
export function signingOf(
  agencyId: AgencyId,
  signatures: readonly SigningFacts[],
  current: Readonly<Partial<Record<LeafKey, string>>>,
  needed: readonly LeafKey[],
): AgencySigning {
  const own = signatures.filter(one => one.agencyId === agencyId).sort((a, b) => (a.at < b.at ? -1 : 1))
  const holding = (leaf: LeafKey) =>
    own.findLast(one => current[leaf] !== undefined && one.covered[leaf] === current[leaf])
  const kinds = needed.map(leaf => {
    const last = holding(leaf)
    if (last === undefined) return undefined
    return last.kind === 'signed' || last.about.includes(leaf) ? last.kind : 'signed'
  })
  if (kinds.includes('objected')) return 'objected'
  if (needed.length === 0) return own.length > 0 ? 'signed' : 'nobody'
  if (kinds.every(kind => kind === undefined)) return own.length > 0 ? 'partly' : 'waiting'
  if (kinds.includes(undefined)) return 'partly'
  return kinds.includes('noted') ? 'noted' : 'signed'
}

/** Whether nothing is waited for from this agency, and it does not object. */
export const isContent = (signing: AgencySigning): boolean =>
  signing === 'signed' || signing === 'noted' || signing === 'nobody'
