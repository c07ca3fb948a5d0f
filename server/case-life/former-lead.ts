/**
 * What lets the agency that led a case go on knowing of it once another leads (LIFE.md CJ6). A public body that stays to manage the case has the task itself
 * (사회보장급여법 제42조의2), and public bodies tell each other what they need for it (제15조④). What another agency tells one that is not public needs the
 * household's consent or a statute (제15조④, 개인정보 보호법 제17조): for it nothing is made up here.
 */
import { opens, standingOf } from '../../shared/bases/bases.ts'
import type { LeadOffer } from '../../shared/cases/case-life.ts'
import type { AgencyId, CommandId } from '../../shared/ids.ts'
import type { LeadKeeps } from '../../shared/protocol/case-life.ts'
import { dayInSeoul } from '../../shared/working-days.ts'
import { enterBasis } from '../bases/basis-commands.ts'
import { type AdmittedCase, caseOfRecord } from '../conferences/admission.ts'
import type { Case } from '../conferences/case-repository.ts'
import type { By } from '../conferences/ports.ts'
import type { LifeParts } from './ports.ts'

/** What lets the present lead agency open the case once it only manages it together with others. */
export async function leadKeeps(parts: LifeParts, file: Case, lead: AgencyId): Promise<LeadKeeps> {
  const known = await parts.bases.find(file._id)
  if (opens(standingOf(known, lead, dayInSeoul(parts.now())).standing)) return 'basis'
  return (await parts.people.agency(lead))?.public === true ? 'task' : 'nothing'
}

/**
 * Enters the task of a public body that led the case until now, before the lead passes on, so that none of its screens closes in between. Left half done,
 * it is a basis of the agency that still leads, and the next try finds it.
 *
 * @param after the case as it is once the lead has passed on
 */
export async function keepFormerLead(
  parts: LifeParts,
  by: By,
  after: AdmittedCase['file'],
  { former, offer }: { former: AgencyId; offer: LeadOffer },
): Promise<void> {
  if (offer.staysAs !== 'co_managing' || (await leadKeeps(parts, after, former)) !== 'task') return
  const known = await parts.bases.find(after._id)
  await enterBasis(parts, by, await caseOfRecord(parts, after), {
    _v: known._v,
    command: offer.id as CommandId,
    receivers: [former],
    from: dayInSeoul(parts.now()),
    until: null,
    agreementId: null,
    basis: 'public_task',
    law: '사회보장급여의 이용·제공 및 수급권자 발굴에 관한 법률 제42조의2, 제15조제4항',
    purpose: '주관기관이 바뀐 뒤의 공동사례관리',
    items: '성명, 연락처, 주소, 가구 사항, 욕구와 서비스 내용',
    reason: '',
    // It handled the same information while it led; whether the decree covers the task is for each installation's own legal review.
    sensitiveLaw: '같은 법 시행령 제28조(주관기관이던 때의 처리를 이어 감)',
    measures: '목적 외 이용과 재제공 금지',
    reviewOn: null,
  })
}
