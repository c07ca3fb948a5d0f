/**
 * What the demo's cases say of their households, needs, goals and plans. All of it is made up (합성); who it is about are roles, not people. As everywhere
 * in the demo, what is there already stays as it is.
 */
import type * as Y from 'yjs'
import type { NeedDomain } from '../../shared/codes.ts'
import { setCaseFacts, setCaseFlag } from '../../shared/documents/case-parts/case-facts.ts'
import { type CaseText, caseTextOf } from '../../shared/documents/case-parts/case-texts.ts'
import { type GoalValues, goals } from '../../shared/documents/case-parts/goals.ts'
import { type MemberValues, members } from '../../shared/documents/case-parts/household.ts'
import { type NeedValues, needs } from '../../shared/documents/case-parts/needs.ts'
import { type PlanValues, plan } from '../../shared/documents/case-parts/plan.ts'
import { money, supports } from '../../shared/documents/case-parts/supports-and-money.ts'
import type { CaseNeedId, GoalId, MemberId, PlanRowId } from '../../shared/ids.ts'
import type { DemoSlug } from './community.ts'
import { fixedId } from './fixed-ids.ts'
import { agencyIdOf, demoDocument, type Stage, seoulDay } from './stage.ts'
import { fill } from './writing.ts'

/** A member of a demo household, e.g. for its genogram to point to. */
export const demoMember = (household: string, name: string): MemberId => fixedId('member', `${household}-${name}`)
const needId = (household: string, name: string): CaseNeedId => fixedId('case-need', `${household}-${name}`)
const goalId = (household: string, name: string): GoalId => fixedId('goal', `${household}-${name}`)
/** A row of a demo household's plan, e.g. for a check to say how it went. */
export const demoPlanRow = (household: string, name: string): PlanRowId => fixedId('plan-row', `${household}-${name}`)

interface HouseholdPlan {
  household: string
  by: string
  facts: Parameters<typeof setCaseFacts>[1]
  types: readonly string[]
  targets: readonly string[]
  livelihood: readonly string[]
  texts: Partial<Record<CaseText, string>>
  members: Readonly<Record<string, Partial<MemberValues>>>
  needs: Readonly<
    Record<
      string,
      Partial<Omit<NeedValues, 'memberId'>> & {
        domain: NeedDomain
        whose?: string
        phenomenon: string
        cause: string
        wanted: string
      }
    >
  >
  goals: Readonly<Record<string, Partial<Omit<GoalValues, 'needId'>> & { need: string; text: string; before: string }>>
  plan: Readonly<
    Record<
      string,
      Partial<Omit<PlanValues, 'goalId' | 'memberId' | 'agencyId'>> & {
        goal: string
        agency: DemoSlug
        whose?: string
        content: string
      }
    >
  >
  money: readonly Parameters<typeof money.add>[2][]
  supports: readonly Parameters<typeof supports.add>[2][]
}

/** Once: a case whose household stands there already was written, by the demo or by people. */
function writeHousehold(stage: Stage, work: HouseholdPlan): Promise<void> {
  const { household } = work
  const whose = (name: string | undefined): MemberId | '' => (name === undefined ? '' : demoMember(household, name))
  return stage.write(demoDocument.case(household), work.by, (doc: Y.Doc) => {
    for (const [name, words] of Object.entries(work.texts)) fill(caseTextOf(doc, name as CaseText), words)
    if (members.of(doc).length > 0) return
    setCaseFacts(doc, work.facts)
    for (const code of work.types) setCaseFlag(doc, 'householdTypes', code, true)
    for (const code of work.targets) setCaseFlag(doc, 'targetGroups', code, true)
    for (const code of work.livelihood) setCaseFlag(doc, 'livelihood', code, true)
    for (const [name, values] of Object.entries(work.members)) members.add(doc, demoMember(household, name), values)
    for (const [name, { whose: of, phenomenon, cause, wanted, ...values }] of Object.entries(work.needs)) {
      const texts = { phenomenon, cause, wanted }
      needs.add(doc, needId(household, name), { ...values, memberId: whose(of) }, { texts })
    }
    for (const [name, { need, text, before, ...values }] of Object.entries(work.goals)) {
      goals.add(
        doc,
        goalId(household, name),
        { ...values, needId: needId(household, need) },
        { texts: { text, before } },
      )
    }
    for (const [name, { goal, agency, whose: of, content, ...values }] of Object.entries(work.plan)) {
      const row = { ...values, goalId: goalId(household, goal), agencyId: agencyIdOf(agency), memberId: whose(of) }
      plan.add(doc, demoPlanRow(household, name), row, { texts: { content } })
    }
    for (const [at, line] of work.money.entries()) money.add(doc, fixedId('money', `${household}-${at}`), line)
    for (const [at, support] of work.supports.entries())
      supports.add(doc, fixedId('support', `${household}-${at}`), support)
  })
}

/** 생연1동's household of the integrated conference: needs are known, the plan is begun and lacks what the law wants before it is approved. */
export function writeKimCase(stage: Stage, household: string, by: string): Promise<void> {
  return writeHousehold(stage, {
    household,
    by,
    facts: {
      address: '동두천시 생연로 (합성)',
      phone: '010-0000-0031',
      housingType: 'row_house',
      housingTenure: 'deposit_rent',
      deposit: 5_000_000,
      monthlyRent: 300_000,
    },
    types: ['none'],
    targets: ['crisis_household', 'single_adult', 'lost_job'],
    livelihood: ['general'],
    texts: {
      summary: '실직 후 부채와 암 투병이 겹친 고위기 1인 가구. 가족·지인의 도움 없음. (합성)',
      housing: '방 하나, 난방은 되지만 계단이 가팔라 혼자 오르내리기 어려움. (합성)',
      strengths: '직장 생활을 오래 했고 치료 의지를 말로 표현함. (합성)',
      obstacles: '도움을 청한 경험이 적고 무기력으로 약속을 지키기 어려움. (합성)',
      clientView: '치료를 받고 다시 일하고 싶다. 집에서 지내고 싶다. (합성)',
      opinion: '간병과 검사를 먼저 시작하고, 급여 결정 전까지 생계를 이어 갈 지원이 필요함. (합성)',
      familyHistory: '부모는 사망, 여동생과는 5년 전부터 연락이 끊김. (합성)',
      personalHistory: '20년 가까이 직장 생활, 퇴직 후 빚이 늘고 폐암 진단을 받음. (합성)',
    },
    members: {
      self: {
        name: '김○○',
        relation: 'self',
        sex: 'male',
        birth: '1968',
        living: 'together',
        job: '무직(실직)',
        phone: '010-0000-0031',
      },
      sister: {
        name: '여동생(합성)',
        relation: 'sibling',
        sex: 'female',
        birth: '1972',
        living: 'apart',
        note: '연락 끊김',
      },
    },
    needs: {
      body: {
        domain: 'health',
        subdomain: 'physical_health',
        level: 4,
        whose: 'self',
        phenomenon: '폐암이 뇌로 전이되어 혼자 거동이 어려움',
        cause: '검사와 간병 비용을 마련하지 못해 치료가 늦어짐',
        wanted: '간병인과 검사비',
      },
      debts: {
        domain: 'economy',
        subdomain: 'asset_management',
        level: 4,
        whose: 'self',
        phenomenon: '실직 뒤 카드 빚이 쌓이고 월세가 두 달 밀림',
        cause: '소득이 없고 도와줄 가족이 없음',
        wanted: '생계비와 빚 상담',
      },
      mind: {
        domain: 'health',
        subdomain: 'mental_health',
        level: 3,
        whose: 'self',
        phenomenon: '우울과 무기력으로 집 밖에 나오지 않음',
        cause: '실직과 투병이 겹침',
        wanted: '집으로 찾아오는 상담',
      },
      alone: {
        domain: 'social_relations',
        subdomain: 'relatives_neighbours',
        level: 2,
        phenomenon: '연락하는 이웃이 없음',
        cause: '오랜 고립',
        wanted: '안부를 물어 주는 사람',
      },
    },
    goals: {
      care: {
        term: 'short_term',
        agreement: 'agreed',
        need: 'body',
        text: '이번 달 안에 간병을 시작하고 검사를 마친다.',
        before: '검사를 두 번 미룸',
      },
      income: {
        term: 'long_term',
        agreement: 'agreed',
        need: 'debts',
        text: '급여 결정을 받고 빚을 조정한다.',
        before: '소득 없음',
      },
    },
    plan: {
      livelihood: {
        goal: 'income',
        agency: 'saengyeon',
        service: 'basic_livelihood',
        domain: 'economy',
        method: 'cash',
        staff: '사례관리 담당',
        content: '국민기초생활 신청과 조사 동행',
        start: seoulDay(stage.at(0, 12)),
        end: seoulDay(stage.at(60, 12)),
        times: 1,
        interval: 'once',
      },
      caring: {
        goal: 'care',
        agency: 'angel',
        whose: 'self',
        service: 'caregiving_cost',
        domain: 'health',
        method: 'cash',
        staff: '후원 담당',
        content: '간병비·검사비 지원',
        amount: 1_500_000,
        start: seoulDay(stage.at(3, 12)),
      },
      counselling: {
        goal: 'care',
        agency: 'mind',
        whose: 'self',
        service: 'counselling',
        domain: 'health',
        method: 'visit',
        content: '우울 상담 방문',
        times: 1,
        interval: 'per_week',
        start: seoulDay(stage.at(5, 12)),
        end: seoulDay(stage.at(95, 12)),
      },
    },
    money: [
      { kind: 'other_income', amount: 0, note: '실업급여 끝남 (합성)' },
      { kind: 'rent', amount: 300_000 },
      { kind: 'living', amount: 400_000 },
      { kind: 'debt', amount: 23_000_000, note: '카드 세 곳 (합성)' },
    ],
    supports: [{ name: '통장', kind: 'neighbour', help: '한 달에 한 번 들름' }],
  })
}

/** 중앙동's and 노인복지관's household: a whole plan, as the law wants it before it is approved. */
export function writeJungCase(stage: Stage, household: string, by: string): Promise<void> {
  return writeHousehold(stage, {
    household,
    by,
    facts: {
      address: '동두천시 중앙로 (합성)',
      phone: '031-000-0029',
      housingType: 'detached',
      housingTenure: 'owned',
      reviewMonths: 3,
    },
    types: ['older_person_alone'],
    targets: ['lonely_death_risk'],
    livelihood: ['near_poor'],
    texts: {
      summary: '생활실태·복지욕구 조사에서 찾은 홀로 사는 어르신. 식사와 집수리가 급함. (합성)',
      strengths: '이웃과 사이가 좋고 경로당에 다니던 경험이 있음. (합성)',
      obstacles: '무릎이 아파 장을 보기 어렵고 집이 낡음. (합성)',
      clientView: '살던 집에서 지내고 싶다. 밥은 같이 먹고 싶다. (합성)',
      opinion: '식사와 안부는 복지관이, 집수리는 동이 맡아 함께 점검함. (합성)',
      linkage: '복지관이 배달 때 살핀 것을 매주 금요일 동에 알리고, 석 달마다 두 기관이 함께 방문해 점검함. (합성)',
    },
    members: {
      self: { name: '정○○', relation: 'self', sex: 'female', birth: '1944', living: 'together', phone: '031-000-0029' },
      son: {
        name: '아들(합성)',
        relation: 'child',
        sex: 'male',
        birth: '1970',
        living: 'apart',
        job: '운전',
        note: '명절에 들름',
      },
    },
    needs: {
      meals: {
        domain: 'daily_living',
        subdomain: 'basic_living',
        level: 3,
        whose: 'self',
        phenomenon: '하루 한 끼로 지냄',
        cause: '장보기와 조리가 힘듦',
        wanted: '반찬과 식사 배달',
      },
      home: {
        domain: 'living_environment',
        subdomain: 'inside_home',
        level: 2,
        whose: 'self',
        phenomenon: '지붕이 새고 문턱이 높음',
        cause: '오래된 집',
        wanted: '집수리',
      },
    },
    goals: {
      eats: {
        term: 'short_term',
        agreement: 'agreed',
        need: 'meals',
        text: '하루 두 끼를 거르지 않는다.',
        before: '하루 한 끼',
      },
      safe: {
        term: 'long_term',
        agreement: 'agreed',
        need: 'home',
        text: '겨울 전에 지붕과 문턱을 고친다.',
        before: '비가 샘',
      },
    },
    plan: {
      meals: {
        goal: 'eats',
        agency: 'senior',
        whose: 'self',
        service: 'elder_care',
        domain: 'daily_living',
        method: 'goods',
        staff: '사례관리팀 사회복지사',
        content: '주 3회 식사 배달과 안부 확인',
        times: 3,
        interval: 'per_week',
        start: seoulDay(stage.at(6, 12)),
        end: seoulDay(stage.at(180, 12)),
      },
      repair: {
        goal: 'safe',
        agency: 'jungang',
        service: 'other_service',
        domain: 'living_environment',
        method: 'goods',
        staff: '사례관리 담당',
        content: '주거급여 수선유지 신청과 집수리',
        amount: 3_000_000,
        start: seoulDay(stage.at(1, 12)),
        end: seoulDay(stage.at(60, 12)),
      },
    },
    money: [
      { kind: 'pension', amount: 340_000, note: '기초연금 (합성)' },
      { kind: 'support', amount: 100_000 },
      { kind: 'living', amount: 350_000 },
    ],
    supports: [
      { name: '옆집 이웃', kind: 'neighbour', help: '반찬을 나눔' },
      { name: '경로당', kind: 'agency', help: '말벗' },
    ],
  })
}
