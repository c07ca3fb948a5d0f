/** By what right the demo's agencies may know of its cases: public bodies by their task, the others by one consent paper of the household. */
import type { AgencyId, CommandId } from '../../shared/ids.ts'
import type { ConsentSection } from '../../shared/protocol/bases.ts'
import { enterBasis, enterConsent } from '../bases/basis-commands.ts'
import { type AdmittedCase, caseOfRecord } from '../conferences/admission.ts'
import type { By, ConferenceParts } from '../conferences/ports.ts'
import { DEMO_AGENCIES, type DemoSlug } from './community.ts'
import { fixedId } from './fixed-ids.ts'

/** What the screens propose as well (`client/features/bases/paper-words.ts`). */
const REFUSAL =
  '동의하지 않을 수 있습니다. 동의하지 않아도 지원에 불이익이 없으나, 여러 기관이 함께 돕는 데 제한이 있을 수 있습니다.'
const SECTIONS: ConsentSection[] = [
  {
    scope: 'collection',
    agreed: true,
    purpose: '통합사례관리 상담, 욕구조사와 서비스 제공',
    items: '성명, 생년월일, 연락처, 주소, 가구 사항, 소득·재산 상황',
    period: '사례 종결 후 5년',
    refusal: REFUSAL,
  },
  {
    scope: 'sensitive',
    agreed: true,
    purpose: '건강 욕구에 맞는 서비스 연계',
    items: '질병·장애, 치료 내용, 정신건강 상태',
    period: '사례 종결 후 5년',
    refusal: REFUSAL,
  },
  {
    scope: 'third_party',
    agreed: true,
    purpose: '통합사례회의에서의 논의와 서비스 연계',
    items: '성명, 연락처, 주소, 가구 사항, 욕구와 서비스 내용',
    period: '사례 종결 후 5년',
    refusal: REFUSAL,
  },
]

/** Each once, by the id of its command. @param consentUntil the last day of the paper; null for one without */
export async function putBases(
  parts: ConferenceParts,
  by: By,
  plan: {
    name: string
    file: AdmittedCase['file']
    slugs: readonly DemoSlug[]
    today: string
    consentUntil: string | null
  },
): Promise<void> {
  const { name, file, slugs, today, consentUntil } = plan
  const admitted = await caseOfRecord(parts, file)
  const receivers = (isPublic: boolean): AgencyId[] =>
    slugs.filter(slug => DEMO_AGENCIES[slug].public === isPublic).map(slug => DEMO_AGENCIES[slug].agencyId)
  const common = async (kind: string) => ({
    _v: (await parts.bases.find(file._id))._v,
    command: fixedId<CommandId>('basis', `${name}-${kind}`),
    from: today,
    agreementId: null,
  })
  const bodies = receivers(true)
  if (bodies.length > 0) {
    await enterBasis(parts, by, admitted, {
      ...(await common('task')),
      receivers: bodies,
      until: null,
      basis: 'public_task',
      law: '사회보장급여의 이용·제공 및 수급권자 발굴에 관한 법률 제42조의2',
      purpose: '통합사례관리 대상 가구 지원',
      items: '성명, 연락처, 주소, 가구 사항, 욕구와 서비스 내용',
      reason: '',
      sensitiveLaw: '같은 법 시행령 제28조',
      measures: '목적 외 이용과 재제공 금지',
      reviewOn: null,
    })
  }
  const named = receivers(false)
  if (named.length > 0) {
    await enterConsent(parts, by, admitted, {
      ...(await common('consent')),
      receivers: named,
      until: consentUntil,
      givenOn: today,
      sections: SECTIONS,
      under14: false,
      representative: null,
      keptAt: `${DEMO_AGENCIES.saengyeon.shortName} 문서보관함(합성)`,
    })
  }
}
