/** What a paper or a law says, checked before it is kept, and put into the eight fields of the register. Pure. */
import { type BasisFacts, misfit } from '../../shared/bases/bases.ts'
import {
  CONSENT_BASES,
  CONSENT_SCOPES,
  type ConsentScope,
  DISCLOSURE_BASES,
  type DisclosureBasis,
  REVIEW_WITHIN_DAYS,
} from '../../shared/bases/basis-codes.ts'
import { hasResidentNumber } from '../../shared/identifiers/resident-number.ts'
import type { BasisBody, BasisWords, ConsentBody } from '../../shared/protocol/bases.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import { addDays } from '../../shared/working-days.ts'
import type { DirectoryAgency } from '../conferences/ports.ts'
import type { DisclosureFields } from './disclosure-repository.ts'

const NO_WORDS: BasisWords = {
  sections: [],
  keptAt: '',
  under14: false,
  representative: null,
  law: '',
  purpose: '',
  items: '',
  reason: '',
  sensitiveLaw: '',
  measures: '',
}

const refuse = (detail: string): never => {
  throw new Refusal('bad-request', detail)
}

/** What a paper or a law says, read: what of it decides, and its words. */
export interface ReadPaper {
  facts: Pick<BasisFacts, 'basis' | 'given' | 'sensitive' | 'from' | 'until' | 'reviewOn'>
  refused: ConsentScope[]
  givenOn: string
  words: BasisWords
}

/** What a consent paper gives (BS5–BS8). @throws Refusal `bad-request` with what is missing */
export function readConsent(body: ConsentBody, today: string): ReadPaper {
  const { sections, receivers, under14, representative, keptAt, givenOn, from, until } = body
  const scopes = sections.map(section => section.scope)
  if (new Set(scopes).size !== scopes.length) refuse('consent-section-twice')
  const given = sections.flatMap(({ scope, agreed }) => (agreed ? [scope] : []))
  const givesTo = scopes.filter(scope => scope === 'third_party' || scope === 'other_purpose')
  if (receivers.length > 0 && givesTo.length === 0) refuse('consent-receivers-without-section')
  if (givesTo.length > 0 && receivers.length === 0) refuse('consent-receivers-missing')
  if (under14 && representative === null) refuse('consent-representative-missing')
  assertDays({ from, until }, today)
  if (givenOn > today) refuse('basis-given-later')
  const basis: DisclosureBasis =
    scopes.includes('other_purpose') && !scopes.includes('third_party') ? 'separate_consent_other_purpose' : 'consent'
  const words: BasisWords = { ...NO_WORDS, sections, keptAt, under14, representative }
  assertNoResidentNumber(words)
  const refused: ConsentScope[] = scopes.filter(scope => !given.includes(scope))
  const facts = { basis, given, sensitive: given.includes('sensitive'), from, until, reviewOn: null }
  return { facts, refused, givenOn, words }
}

/** What a law, a task or urgency gives (BS7, BS10, BS11). @throws Refusal `bad-request` with what is missing */
export function readBasis(body: BasisBody, today: string): ReadPaper {
  const { basis, law, purpose, items, reason, sensitiveLaw, measures, reviewOn, from, until, receivers } = body
  if (CONSENT_BASES.some(consent => consent === basis)) refuse('basis-consent-is-a-paper')
  if (receivers.length === 0) refuse('consent-receivers-missing')
  if ('law' in DISCLOSURE_BASES[basis] && law === '') refuse('basis-law-missing')
  const isUrgent = 'approved' in DISCLOSURE_BASES[basis]
  if (isUrgent && reason === '') refuse('basis-reason-missing')
  if (isUrgent) assertReview(reviewOn, today)
  else if (reviewOn !== null) refuse('basis-review-not-asked')
  assertDays({ from, until }, today)
  const words: BasisWords = { ...NO_WORDS, law, purpose, items, reason, sensitiveLaw, measures }
  assertNoResidentNumber(words)
  const facts = { basis, given: [], sensitive: sensitiveLaw !== '', from, until, reviewOn }
  return { facts, refused: [], givenOn: today, words }
}

/** @throws Refusal `bad-request` */
export function assertReview(reviewOn: string | null, today: string): void {
  if (reviewOn === null || reviewOn < today || reviewOn > addDays(today, REVIEW_WITHIN_DAYS)) refuse('basis-review-day')
}

function assertDays({ from, until }: Pick<BasisFacts, 'from' | 'until'>, today: string): void {
  if (until !== null && until < from) refuse('basis-days-backwards')
  if (until !== null && until < today) refuse('basis-over-already')
}

/** @throws Refusal `bad-request` for a basis that cannot be for one of these agencies (BS10) */
export function assertFits(basis: DisclosureBasis, agencies: readonly Pick<DirectoryAgency, 'public'>[]): void {
  if (agencies.some(agency => misfit(basis, agency) !== undefined)) refuse('basis-public-only')
}

/** 개인정보 보호법 제24조의2: a resident registration number has no place in any of these fields. */
export function assertNoResidentNumber(words: object): void {
  if (hasResidentNumber(textsOf(words).join('\n'))) refuse('resident-number')
}

function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(textsOf) : []
}

/** Of 개인정보파일의 명칭: every case of an installation is of this file. */
const FILE = '통합사례관리 대상자 파일'
const FORM = '두레 화면 열람(공동 회의·사례 문서)'

/** The row's eight fields for one receiver. They are the register's own words, in Korean whatever the screen speaks. */
export function disclosureFields(
  { basis, from, until, given }: Pick<BasisFacts, 'basis' | 'from' | 'until' | 'given'>,
  words: BasisWords,
  receiver: string,
): DisclosureFields {
  const { ko, article } = DISCLOSURE_BASES[basis]
  const giving = words.sections.find(({ scope }) => scope === 'third_party' || scope === 'other_purpose')
  const asked = given.map(scope => CONSENT_SCOPES[scope].ko).join(', ')
  return {
    file: FILE,
    receiver,
    purpose: giving?.purpose ?? words.purpose,
    legalBasis: [`${ko}(${article})`, words.law, asked].filter(Boolean).join(' · '),
    items: giving?.items ?? words.items,
    period: `${from} ~ ${until ?? '종료 시까지'}${giving ? ` (${giving.period})` : ''}`,
    form: FORM,
    measures: words.measures,
  }
}
