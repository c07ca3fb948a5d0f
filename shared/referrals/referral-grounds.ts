/** On what ground a referral leaves the house (REFERRALS.md RF3, RF6). Pure. */
import type { DisclosureBasis } from '../bases/basis-codes.ts'
import type { ReferralGround } from './referral-codes.ts'
import type { ReferralRefused } from './referral-moves.ts'

/** A basis in force by which the receiver may know of this case. */
export interface StandingBasis {
  kind: DisclosureBasis
  /** Whether it covers sensitive information (개인정보 보호법 제23조). */
  sensitive: boolean
  /** The last day of it, `YYYY-MM-DD`; empty for one without an end. */
  until: string
}

/** A ground that the sender enters for this referral alone. */
export interface EnteredGround {
  ground: ReferralGround
  /** Law and article, where the consent lies, or whose life is in danger. */
  words: string
  /** That the consent names sensitive information, or that the law allows it. */
  sensitive: boolean
}

export interface Receiver {
  isPublic: boolean
}

/** Why a referral that shows this may not be sent on it; undefined where it may. */
export function groundRefused(
  basis: StandingBasis | undefined,
  entered: EnteredGround | undefined,
  receiver: Receiver,
  showsSensitive: boolean,
): ReferralRefused | undefined {
  if (entered !== undefined) {
    if (entered.words.trim() === '') return 'referral-needs-ground'
    if (entered.ground === 'public_task' && !receiver.isPublic) return 'referral-ground-public'
    if (showsSensitive && !coversSensitive(entered)) return 'referral-sensitive'
    return undefined
  }
  if (basis === undefined) return 'referral-needs-ground'
  return showsSensitive && !basis.sensitive ? 'referral-sensitive' : undefined
}

/** 제23조 repeats consent and law, and does not repeat the urgent interest nor the public task. */
const coversSensitive = ({ ground, sensitive }: EnteredGround): boolean =>
  sensitive && (ground === 'consent' || ground === 'statute')
