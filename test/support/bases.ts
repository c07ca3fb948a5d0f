/** By what right agencies may know of a test's cases: what the screens enter as a paper or a law, put there at once. */
import type { App } from '../../server/app.ts'
import type { BasesOfCase, Basis, BasisRepository } from '../../server/bases/basis-repository.ts'
import { newId } from '../../server/lib/random.ts'
import type { AgencyId, BasisId, CaseId, CommandId, UserId } from '../../shared/ids.ts'
import type { BasisBody, ConsentBody, ConsentSection } from '../../shared/protocol/bases.ts'
import { dayInSeoul } from '../../shared/working-days.ts'

/** In force for these agencies, sensitive information included, without a last day; but for what is said. */
export const buildBasis = (agencies: readonly AgencyId[], about: Partial<Basis> = {}): Basis => ({
  basisId: newId<BasisId>(),
  basis: 'statute',
  receivers: agencies.map(agencyId => ({ agencyId, end: null })),
  from: '2020-01-01',
  until: null,
  sensitive: true,
  given: [],
  refused: [],
  givenOn: '2020-01-01',
  reviewOn: null,
  approvedBy: null,
  approvedAt: null,
  agreementId: null,
  enteredBy: newId<UserId>(),
  enteredAt: new Date('2020-01-01T00:00:00Z'),
  command: newId<CommandId>(),
  ...about,
})

/** For a town in which every agency may know of every case: what most tests ask is something else. */
export function everybodyMayKnow(agencies: () => readonly AgencyId[]): Pick<BasisRepository, 'find' | 'findMany'> {
  const find = async (caseId: CaseId): Promise<BasesOfCase> => ({
    caseId,
    _v: 1,
    sensitive: true,
    bases: [buildBasis(agencies())],
  })
  return {
    find,
    findMany: async caseIds => new Map(await Promise.all(caseIds.map(async id => [id, await find(id)] as const))),
  }
}

/** These agencies may know of the case from now on; whoever has it open is asked again. */
export async function giveBases(
  { conferences, changes }: Pick<App, 'conferences' | 'changes'>,
  caseId: CaseId,
  agencies: readonly AgencyId[],
  about: Partial<Basis> = {},
): Promise<Basis> {
  const known = await conferences.bases.find(caseId)
  const basis = buildBasis(agencies, about)
  const { sensitive, bases } = known
  await conferences.bases.put(known, { sensitive, bases: [...bases, basis] }, dayInSeoul(conferences.now()))
  changes.announce([`case:${caseId}`])
  return basis
}

const SECTION: ConsentSection = {
  scope: 'third_party',
  agreed: true,
  purpose: '통합사례관리 대상 가구의 서비스 연계',
  items: '성명, 연락처, 주소, 가구 사항, 욕구와 서비스 내용',
  period: '사례 종결 후 5년',
  refusal: '동의하지 않을 수 있으며, 동의하지 않아도 지원을 받습니다. 다만 다른 기관과 함께 돕기 어렵습니다.',
}
export const sectionOf = (scope: ConsentSection['scope'], about: Partial<ConsentSection> = {}): ConsentSection => ({
  ...SECTION,
  scope,
  ...about,
})

/** A paper in which everything was agreed to. */
export const consentFor = (receivers: readonly AgencyId[], about: Partial<ConsentBody> = {}): ConsentBody => ({
  _v: 0,
  command: newId<CommandId>(),
  receivers: [...receivers],
  from: dayInSeoul(Date.now()),
  until: null,
  agreementId: null,
  givenOn: dayInSeoul(Date.now()),
  sections: [sectionOf('collection'), sectionOf('sensitive'), sectionOf('third_party')],
  under14: false,
  representative: null,
  keptAt: '생연1동 행정복지센터 문서보관함 2-3',
  ...about,
})

/** A public body's task, under a law that allows sensitive information as well. */
export const taskFor = (receivers: readonly AgencyId[], about: Partial<BasisBody> = {}): BasisBody => ({
  _v: 0,
  command: newId<CommandId>(),
  receivers: [...receivers],
  from: dayInSeoul(Date.now()),
  until: null,
  agreementId: null,
  basis: 'public_task',
  law: '사회보장급여의 이용·제공 및 수급권자 발굴에 관한 법률 제42조의2',
  purpose: '통합사례관리',
  items: '가구 사항, 욕구, 서비스 내용',
  reason: '',
  sensitiveLaw: '같은 법 시행령 제28조',
  measures: '목적 외 이용 금지',
  reviewOn: null,
  ...about,
})
