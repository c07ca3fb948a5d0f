/** What a case says, as the beginning of a referral (REFERRALS.md RF18). Pure: nothing is given to anybody by being taken. */
import { codesOf, NEED_DOMAINS, type NeedDomain } from '../codes.ts'
import type { CaseSnapshot } from '../documents/case-parts/case-snapshot.ts'
import type { CaseNeedId } from '../ids.ts'
import type { ReferralField } from './referral-codes.ts'
import type { ReferralDraft } from './referral-content.ts'

/** One need of the case, as far as a referral tells of it. */
export interface KnownNeed {
  id: CaseNeedId
  domain: NeedDomain
  /** What is seen, and what help is wanted; either may be empty. */
  phenomenon: string
  wanted: string
}

/** What one field holds at most; longer words are cut, and the person sees it. */
export const FIELD_MAX = 1000

/** In the order of their priority; a row about which nothing is said yet is none. */
export function needsOfCase({ needs }: Pick<CaseSnapshot, 'needs'>): KnownNeed[] {
  return needs.flatMap(({ id, domain, phenomenon, wanted }) => {
    const need = { id, phenomenon: oneLine(phenomenon.words), wanted: oneLine(wanted.words) }
    return domain === '' || (need.phenomenon === '' && need.wanted === '') ? [] : [{ ...need, domain }]
  })
}

/**
 * The fields that the case answers by itself. The name is that of whose name the case bears, or of the only member; how the case is called where nobody
 * is named.
 */
export function fieldsOfCase(
  { members, facts, householdTypes }: Pick<CaseSnapshot, 'members' | 'facts' | 'householdTypes'>,
  { label, labelOf }: { label: string; labelOf: (householdType: string) => string },
): Partial<Record<ReferralField, string>> {
  const head = members.find(member => member.relation === 'self') ?? (members.length === 1 ? members[0] : undefined)
  const known: Partial<Record<ReferralField, string>> = {
    name: head?.name || label,
    birthYear: head?.birth.slice(0, 4) ?? '',
    phone: facts.phone || (head?.phone ?? ''),
    address: facts.livesAt || facts.address,
    householdType: householdTypes.map(labelOf).join(', '),
  }
  return Object.fromEntries(Object.entries(known).filter(([, words]) => words.trim() !== ''))
}

/** Of a field that says something already nothing is changed. */
export function begunWith(draft: ReferralDraft, known: Partial<Record<ReferralField, string>>): ReferralDraft {
  return { ...draft, fields: { ...known, ...withoutEmpty(draft.fields) } }
}

/** Its domain is named, and its words stand as lines of their own in the fields for them. */
export function takeNeed(draft: ReferralDraft, need: KnownNeed): ReferralDraft {
  const fields = { ...draft.fields }
  for (const [field, line] of linesOf(need)) {
    const before = fields[field] ?? ''
    if (!before.split('\n').includes(line)) fields[field] = cut(before.trim() === '' ? line : `${before}\n${line}`)
  }
  return { ...draft, fields, needs: inOrder([...draft.needs, need.domain]) }
}

/** The lines that it brought go again, unless somebody has changed them since. Its domain stays while another taken need has it. */
export function leaveNeed(draft: ReferralDraft, need: KnownNeed, others: readonly KnownNeed[]): ReferralDraft {
  const fields = { ...draft.fields }
  const kept = others.flatMap(linesOf).map(([field, line]) => `${field}\n${line}`)
  for (const [field, line] of linesOf(need)) {
    if (kept.includes(`${field}\n${line}`)) continue
    fields[field] = (fields[field] ?? '')
      .split('\n')
      .filter(one => one !== line)
      .join('\n')
  }
  const isKept = others.some(other => other.domain === need.domain)
  return { ...draft, fields, needs: draft.needs.filter(domain => isKept || domain !== need.domain) }
}

/** What tells of health stands in the sensitive field alone, so that it is given only by that tick (RF6). */
function linesOf({ domain, phenomenon, wanted }: KnownNeed): [ReferralField, string][] {
  const isHealth = domain === 'health'
  const lines: [ReferralField, string][] = [
    [isHealth ? 'health' : 'problem', phenomenon],
    [isHealth ? 'health' : 'wishes', wanted],
  ]
  return lines.filter(([, line]) => line !== '')
}

const inOrder = (needs: readonly NeedDomain[]): NeedDomain[] =>
  codesOf(NEED_DOMAINS).filter(domain => needs.includes(domain))

const oneLine = (words: string): string => words.replace(/\s+/g, ' ').trim()

const cut = (words: string): string => (words.length <= FIELD_MAX ? words : `${words.slice(0, FIELD_MAX - 1)}…`)

const withoutEmpty = (fields: ReferralDraft['fields']): ReferralDraft['fields'] =>
  Object.fromEntries(Object.entries(fields).filter(([, words]) => words.trim() !== ''))
