/**
 * What a new paper says before anybody changes it, as consent forms of welfare offices word it (DOMAIN §5.2), and what of a form is missing. Everything stands
 * on the screen and can be changed: it must say what the paper says.
 */

import { opens } from '../../../shared/bases/bases.ts'
import { CONSENT_SCOPES, type ConsentScope, type DisclosureBasis } from '../../../shared/bases/basis-codes.ts'
import { hasResidentNumber } from '../../../shared/identifiers/resident-number.ts'
import type { AgencyId } from '../../../shared/ids.ts'
import type { AgencyBasisView, BasisView, CaseBasesView, ConsentSection } from '../../../shared/protocol/bases.ts'

export type Answer = 'agreed' | 'refused' | 'not-asked'

export interface SectionDraft extends Omit<ConsentSection, 'agreed'> {
  answer: Answer
}

const REFUSAL =
  '동의하지 않을 수 있습니다. 동의하지 않아도 지원에 불이익이 없으나, 여러 기관이 함께 돕는 데 제한이 있을 수 있습니다.'
const PERIOD = '사례 종결 후 5년'

const USUAL: Record<ConsentScope, Pick<ConsentSection, 'purpose' | 'items'>> = {
  collection: {
    purpose: '통합사례관리 상담, 욕구조사와 서비스 제공',
    items: '성명, 생년월일, 연락처, 주소, 가구 사항, 소득·재산 상황',
  },
  sensitive: { purpose: '건강 욕구에 맞는 서비스 연계', items: '질병·장애, 치료 내용, 정신건강 상태' },
  unique_identifier: { purpose: '', items: '' },
  third_party: {
    purpose: '통합사례회의에서의 논의와 서비스 연계',
    items: '성명, 연락처, 주소, 가구 사항, 욕구와 서비스 내용',
  },
  other_purpose: { purpose: '', items: '' },
}

/** Asked as most papers ask: the first two and giving to others; agreed to nothing, because nobody has said so yet. */
export const newSections = (): SectionDraft[] =>
  (Object.keys(CONSENT_SCOPES) as ConsentScope[]).map(scope => ({
    scope,
    ...USUAL[scope],
    period: PERIOD,
    refusal: REFUSAL,
    answer: 'not-asked',
  }))

export const LAW_WORDS: Partial<Record<DisclosureBasis, { law: string; sensitiveLaw: string; purpose: string }>> = {
  public_task: {
    law: '사회보장급여의 이용·제공 및 수급권자 발굴에 관한 법률 제42조의2',
    sensitiveLaw: '',
    purpose: '통합사례관리 대상 가구 지원',
  },
}
export const LAW_ITEMS = '성명, 연락처, 주소, 가구 사항, 욕구와 서비스 내용'
export const LAW_MEASURES = '목적 외 이용과 재제공 금지'

/** What was asked, as it is sent. */
export const askedSections = (drafts: readonly SectionDraft[]): ConsentSection[] =>
  drafts.flatMap(({ answer, ...section }) =>
    answer === 'not-asked' ? [] : [{ ...section, agreed: answer === 'agreed' }],
  )

export type FieldFault = 'missing' | 'resident-number'

/** Of a field that must say something. */
export function faultOf(text: string): FieldFault | undefined {
  if (text.trim() === '') return 'missing'
  return hasResidentNumber(text) ? 'resident-number' : undefined
}

export const hasSectionFault = (section: ConsentSection): boolean =>
  [section.purpose, section.items, section.period, section.refusal].some(text => faultOf(text) !== undefined)

export interface Entered {
  /** Which words say it. */
  words: 'saved' | 'savedOpen' | 'savedWaiting' | 'savedShut'
  /** Those that see nothing yet, for the reason that their row gives. */
  shut: AgencyBasisView[]
}

/** What a paper that was just entered means for those whom it names, as the case stands then: the mark of sensitive information among it (BS7). */
export function enteredFor(view: Pick<CaseBasesView, 'agencies'>, receivers: readonly AgencyId[]): Entered {
  if (receivers.length === 0) return { words: 'saved', shut: [] }
  const shut = view.agencies.filter(row => receivers.includes(row.agencyId) && !opens(row.standing))
  if (shut.length === 0) return { words: 'savedOpen', shut }
  return { words: shut.every(row => row.standing === 'waiting') ? 'savedWaiting' : 'savedShut', shut }
}

/** Whether an agency would still see the case if a basis ended for it. */
export const wouldStay = (view: Pick<CaseBasesView, 'bases'>, ending: Pick<BasisView, 'basisId'>, agencyId: AgencyId) =>
  view.bases.some(
    one =>
      one.basisId !== ending.basisId &&
      one.receivers.some(receiver => receiver.agencyId === agencyId && opens(receiver.standing)),
  )

/** Agencies that see the case now and would not if it were marked as holding sensitive information. */
export const closedByMark = (view: CaseBasesView): AgencyId[] =>
  view.agencies.flatMap(({ agencyId, standing, sensitive }) =>
    opens(standing) && standing !== 'own_task' && !sensitive ? [agencyId] : [],
  )
