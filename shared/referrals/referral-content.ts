/** What a referral says, and what of it is given to the receiver (REFERRALS.md RF5). Pure. */
import type { NeedDomain } from '../codes.ts'
import { REFERRAL_FIELDS, type ReferralField, SENSITIVE_FIELDS } from './referral-codes.ts'

/** All that the sender wrote; empty where nothing is said. */
export interface ReferralDraft {
  /** What is asked for, in words; the referral itself. */
  request: string
  /** How to reach who wrote it. */
  contact: string
  needs: NeedDomain[]
  fields: Partial<Record<ReferralField, string>>
  /** Which of the fields the receiver gets. */
  chosen: ReferralField[]
  /** Whether the receiver is told the needs. */
  givesNeeds: boolean
}

/** What the receiver gets: the request, and of the household what was chosen and is said. */
export interface ReferralGiven {
  request: string
  contact: string
  needs: NeedDomain[]
  fields: Partial<Record<ReferralField, string>>
}

export const fieldsInOrder = Object.keys(REFERRAL_FIELDS) as ReferralField[]

export function givenOf({ request, contact, needs, fields, chosen, givesNeeds }: ReferralDraft): ReferralGiven {
  const given: ReferralGiven['fields'] = {}
  for (const field of fieldsInOrder) {
    const words = fields[field]
    if (chosen.includes(field) && words !== undefined && words.trim() !== '') given[field] = words
  }
  return { request, contact, needs: givesNeeds ? [...needs] : [], fields: given }
}

/** Whether it tells of health: by the field for it, or by naming the need (RF6). */
export const showsSensitive = ({ needs, fields }: ReferralGiven): boolean =>
  needs.includes('health') || SENSITIVE_FIELDS.some(field => fields[field] !== undefined)

/** Everything that was typed, for what is looked for in it before it is written. */
export const textsOf = ({
  request,
  contact,
  fields,
}: Pick<ReferralDraft, 'request' | 'contact' | 'fields'>): string[] => [request, contact, ...Object.values(fields)]
