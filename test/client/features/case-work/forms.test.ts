/** The printed forms: their own fields in their own order, filled out of what was written once (server/case-forms/SPEC.md, CF). */
import i18next from 'i18next'
import { beforeAll, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { codesIn } from '../../../../client/features/case-work/codes.ts'
import type { FormData } from '../../../../client/features/case-work/forms/form-data.ts'
import { formOf } from '../../../../client/features/case-work/forms/form-of.ts'
import { teamAndPhone } from '../../../../client/features/case-work/forms/intake.ts'
import type { FormSheet, SheetBlock } from '../../../../client/features/case-work/forms/sheet.ts'
import { sheetEn } from '../../../../client/features/case-work/forms/sheet-en.ts'
import { sheetKo } from '../../../../client/features/case-work/forms/sheet-ko.ts'
import type { SheetWords } from '../../../../client/features/case-work/forms/use-sheet-words.ts'
import { setCaseFacts, setCaseFlag } from '../../../../shared/documents/case-parts/case-facts.ts'
import { snapshotOfCase } from '../../../../shared/documents/case-parts/case-snapshot.ts'
import { caseTextOf } from '../../../../shared/documents/case-parts/case-texts.ts'
import { goals } from '../../../../shared/documents/case-parts/goals.ts'
import { members } from '../../../../shared/documents/case-parts/household.ts'
import { needs } from '../../../../shared/documents/case-parts/needs.ts'
import { plan } from '../../../../shared/documents/case-parts/plan.ts'
import { money } from '../../../../shared/documents/case-parts/supports-and-money.ts'
import { paragraphsOf } from '../../../../shared/documents/rich-text.ts'
import type { AgencyId, CaseId, GoalId, MemberId, UserId } from '../../../../shared/ids.ts'
import { type CaseForm, type FormPart, PARTS_OF_FORM, usualPartsOf } from '../../../../shared/protocol/case-forms.ts'
import type { CaseLifeView } from '../../../../shared/protocol/case-life.ts'

const id = <T extends string>(name: string): T => name.padEnd(22, '0') as T
let t: SheetWords

beforeAll(async () => {
  const i18n = i18next.createInstance()
  await i18n.init({ lng: 'ko', resources: { ko: { caseForms: sheetKo }, en: { caseForms: sheetEn } } })
  t = i18n.getFixedT('ko', 'caseForms') as SheetWords
})

const view: FormData['view'] = {
  caseId: id<CaseId>('case'),
  number: '2026-031',
  label: '김○○ 가구',
  stage: 'service_planning',
  track: '',
  grade: '',
  clock: null,
  route: 'mandated_report',
  foundOn: '2026-10-02',
  agencies: [
    { agencyId: id<AgencyId>('dong'), name: '생연1동 행정복지센터', shortName: '생연1동', role: 'lead' },
    { agencyId: id<AgencyId>('council'), name: '사회복지협의회', shortName: '협의회', role: 'partner' },
  ],
  workers: [],
  suspendedOn: null,
  mayChange: true,
  synthetic: true,
  _v: 1,
}

function written(doc: Y.Doc): void {
  members.add(doc, id('kim'), {
    name: '김가상',
    relation: 'self',
    sex: 'male',
    birth: '1968-03-02',
    disability: 'brain_lesion',
    phone: '010-0000-1111',
  })
  members.add(doc, id('son'), { name: '김둘째', relation: 'child', birth: '2012', school: '생연중' })
  setCaseFacts(doc, { address: '동두천시 생연로 00', phone: '031-000-0000', housingType: 'apartment', reviewMonths: 3 })
  setCaseFlag(doc, 'householdTypes', 'single_parent', true)
  needs.add(
    doc,
    id('n1'),
    { domain: 'health', subdomain: 'physical_health', memberId: id<MemberId>('kim'), level: 4 },
    { texts: { phenomenon: '검사를 미룸', cause: '비용이 없음', wanted: '검사비' } },
  )
  needs.add(doc, id('n2'), { domain: 'economy' }, { texts: { phenomenon: '빚이 쌓임' } })
  goals.add(doc, id('g1'), { term: 'short_term', agreement: 'agreed' }, { texts: { text: '검사를 마친다' } })
  plan.add(
    doc,
    id('p1'),
    {
      goalId: id<GoalId>('g1'),
      service: 'exam_cost',
      agencyId: id<AgencyId>('council'),
      staff: '복지자원 담당',
      start: '2026-12-01',
      end: '2026-12-31',
      times: 1,
      interval: 'once',
      amount: 300_000,
      method: 'cash',
    },
    { texts: { content: '뇌 검사비' } },
  )
  money.add(doc, id('m1'), { kind: 'debt', amount: 12_000_000 })
  caseTextOf(doc, 'clientView').insert(0, paragraphsOf('집에서 지내고 싶다'))
}

function sheetOf(
  form: CaseForm,
  options: { picked?: readonly FormPart[]; write?: (doc: Y.Doc) => void } & Pick<
    Partial<FormData>,
    'interview' | 'check' | 'life'
  > = {},
): FormSheet {
  const doc = new Y.Doc()
  ;(options.write ?? written)(doc)
  const picked = options.picked ?? PARTS_OF_FORM[form]
  return formOf(form, {
    view,
    snapshot: snapshotOfCase(doc),
    life: options.life,
    interview: options.interview,
    check: options.check,
    writer: { name: '사례관리 담당', agency: '생연1동 행정복지센터' },
    today: '2026-11-22',
    has: part => picked.includes(part),
    language: 'ko',
    codes: codesIn('ko'),
    t,
  })
}

const blocks = (sheet: FormSheet): SheetBlock[] => sheet.parts.flatMap(part => [...part.blocks])
/** The names of all fields, in the order in which they stand on paper. */
const fieldsOf = (sheet: FormSheet): string[] => blocks(sheet).flatMap(fieldsIn)

function fieldsIn(block: SheetBlock): string[] {
  switch (block.kind) {
    case 'facts':
      return block.facts.map(fact => fact.label)
    case 'table':
      return [...block.columns]
    case 'text':
    case 'consent':
      return [block.title]
    case 'signatures':
      return [...block.signers]
    case 'note':
      return []
  }
}

const wordsOf = (sheet: FormSheet): string => JSON.stringify(sheet)

describe('the fields of each form, in its order', () => {
  test.each<[CaseForm, string[]]>([
    [
      'intake',
      [
        ...['상담번호', '상담일', '회차', '작성자', '소속', '연락처', '발굴 경로', '상담 방법'],
        ...['성명', '주민등록번호', '생년월일', '성별', '전화번호', '주민등록상 주소', '실거주지'],
        ...['가구유형', '생활보호 구분', '주거 형태', '점유 형태'],
        ...['관계', '성명', '생년월일', '동거 여부', '장애', '학교', '직업'],
        ...['대상', '생애주기', '문제', '원인', '원하는 도움', '우선순위', '연락처', '상담 내용'],
      ],
    ],
    [
      'needs_assessment',
      [
        ...['사례번호', '성명', '작성자', '조사일', '주거 형태', '점유 형태', '보증금', '월세', '주거 상태'],
        ...['관계', '성명', '성별', '생년월일', '생애주기', '동거 여부', '장애', '직업·학교'],
        ...['구분', '금액', '대상', '비고', '월 수입', '월 지출', '부채', '가족력', '개인력'],
        ...['욕구영역', '현상', '누구의 욕구', '주요 원인·원인 제공자', '정도', '우선순위'],
        ...['성명', '구분', '대상', '돕는 것', '연락처', '서비스', '대상', '제공기관', '우선순위', '욕구명', '내용'],
        ...['강점', '장애물', '대상자(보호자)의 의견', '종합 의견'],
      ],
    ],
    [
      'service_plan',
      [
        ...['사례번호', '성명', '작성자', '점검일', '소속', '번호', '기간', '목표', '합의', '처음 상태', '결과'],
        ...[
          '목표',
          '서비스',
          '대상',
          '우선순위',
          '시작일',
          '종료일',
          '횟수',
          '제공 방법',
          '금액',
          '제공기관',
          '담당자',
        ],
        ...['제공기관 사이의 연계 방법', '대상자(보호자)의 의견', '점검 주기', '다음 점검일'],
        ...['서비스', '상태', '점검 결과', '비고', '대상자(보호자)', '사례관리자'],
      ],
    ],
    [
      'closure_evaluation',
      [
        ...['사례번호', '성명', '작성자', '평가일', '의뢰·발굴일', '초기상담일', '욕구조사일', '사례회의일'],
        ...['계획 수립일', '서비스 제공·점검일', '종결일', '기간', '목표', '결과', '종합 의견', '변화 내용'],
        ...['사후관리 의견', '평가 결과', '종결유형'],
      ],
    ],
    [
      'consent',
      [
        ...['사례번호', '성명', '생년월일', '1. 개인정보 수집·이용 동의', '2. 고유식별정보 처리 동의'],
        ...['3. 민감정보 처리 동의', '4. 개인정보 제3자 제공 동의', '대상자(보호자)', '법정대리인(만 14세 미만)'],
      ],
    ],
  ])('[CF1] %s', (form, fields) => {
    expect(fieldsOf(sheetOf(form))).toEqual(fields)
    // A household of which nothing is known has the same sheet, for the pen.
    expect(fieldsOf(sheetOf(form, { write: () => {} }))).toEqual(fields)
  })
})

describe('what stands in them', () => {
  const tableWith = (sheet: FormSheet, column: string) => {
    const found = blocks(sheet).find(block => block.kind === 'table' && block.columns.includes(column))
    if (found?.kind !== 'table') throw new Error(`No table with ${column}`)
    return found
  }

  test('[CF1] [LR-17] the field for the resident registration number is empty on every sheet', () => {
    const fact = blocks(sheetOf('intake'))
      .flatMap(block => (block.kind === 'facts' ? [...block.facts] : []))
      .find(one => one.label === '주민등록번호')
    expect(fact?.value).toBe('')
  })

  test('[CF1] needs come with whose they are, their stage of life and their priority', () => {
    expect(tableWith(sheetOf('intake'), '원하는 도움').rows).toEqual([
      ['김가상', '중장년', '건강: 검사를 미룸', '비용이 없음', '검사비', '1', '010-0000-1111'],
      ['가구 전체', '', '경제: 빚이 쌓임', '', '', '2', ''],
    ])
    expect(tableWith(sheetOf('needs_assessment'), '현상').rows[0]).toEqual([
      '건강 / 신체적 건강',
      '검사를 미룸',
      '김가상',
      '비용이 없음',
      '매우 높음',
      '1',
    ])
  })

  test('[CF1] [LR-40] a row of the plan says goal, service, period, times, method, amount, provider and worker', () => {
    const sheet = sheetOf('service_plan')
    expect(tableWith(sheet, '시작일').rows).toEqual([
      [
        '1',
        '검사비 지원\n뇌 검사비',
        '가구 전체',
        '1',
        '2026. 12. 1.',
        '2026. 12. 31.',
        '1회',
        '현금',
        '300,000원',
        '협의회',
        '복지자원 담당',
      ],
    ])
    expect(wordsOf(sheet)).toContain('집에서 지내고 싶다')
    expect(wordsOf(sheet)).toContain('3개월')
  })

  test('[CF1] an interview and a check that were recorded fill the head of the sheet and its results', () => {
    const at = '2026-11-20T05:00:00Z'
    const intake = sheetOf('intake', {
      interview: {
        by: '통합사례관리사',
        agency: '무한돌봄팀',
        content: {
          kind: 'intake',
          at,
          minutes: 40,
          session: 2,
          route: '',
          method: 'home_visit',
          contact: '',
          phone: '031-860-0000',
          team: '',
          wish: '치료를 받고 싶다',
          text: '방 안이 어두웠다',
        },
      },
    })
    const facts = blocks(intake).flatMap(block => (block.kind === 'facts' ? [...block.facts] : []))
    const said = (label: string) => facts.find(fact => fact.label === label)?.value
    expect(['상담일', '회차', '작성자', '소속', '전화번호', '상담 방법'].map(said)).toEqual([
      '2026. 11. 20.(금) 14:00',
      '2',
      '통합사례관리사',
      '무한돌봄팀',
      '031-000-0000, 031-860-0000',
      '방문',
    ])
    expect(wordsOf(intake)).toContain('방 안이 어두웠다')
    const checked = sheetOf('service_plan', {
      check: {
        kind: 'monitoring',
        at,
        type: 'visit',
        rows: [{ row: id('p1'), service: '검사비', carriedOut: 'partly', note: '한 번 더 남음' }],
        satisfaction: [],
        result: 'keep',
        text: '',
      },
    })
    expect(tableWith(checked, '점검 결과').rows).toEqual([['검사비 지원', '예정', '일부', '한 번 더 남음']])
  })

  test('[CF1] a recorded closure evaluation is printed as it was recorded', () => {
    const closure = {
      id: id<string>('c1'),
      by: { userId: id<UserId>('worker'), name: '담당' },
      at: '2026-11-21T02:00:00Z',
      reasons: ['situation_improved', 'long_term_goal_achieved'],
      result: 'close',
      goals: [{ term: 'long_term', words: '스스로 지낸다', result: 'reached' }],
      opinion: '목표에 이르렀다',
      changes: '일을 다시 시작함',
      aftercareNote: '석 달 뒤 전화',
      days: [{ stage: 'assessment', on: '2026-03-02' }],
    } as const
    const life = { closures: [closure], history: [] } as Pick<CaseLifeView, 'closures' | 'history'> as CaseLifeView
    const words = wordsOf(sheetOf('closure_evaluation', { life }))
    for (const word of [
      '스스로 지낸다',
      '달성',
      '목표에 이르렀다',
      '일을 다시 시작함',
      '석 달 뒤 전화',
      '상황 호전, 장기목표 달성',
    ]) {
      expect(words).toContain(word)
    }
    expect(words).toContain('2026. 3. 2.')
    expect(words).toContain('2026. 10. 2.')
    expect(words).not.toContain('검사를 마친다')
    expect(words).not.toContain('☐')
  })

  test('[CF3] address, telephone, disability, money and histories are on a sheet only when they are picked', () => {
    for (const form of ['intake', 'needs_assessment'] as const) {
      const usual = wordsOf(sheetOf(form, { picked: usualPartsOf(form) }))
      for (const word of ['생연로', '010-0000-1111', '031-000-0000', '뇌병변', '12,000,000']) {
        expect(usual).not.toContain(word)
      }
      expect(usual).toContain('김가상')
    }
    const whole = wordsOf(sheetOf('intake'))
    for (const word of ['생연로', '010-0000-1111', '031-000-0000', '뇌병변']) expect(whole).toContain(word)
    expect(wordsOf(sheetOf('needs_assessment', { picked: ['head'] }))).not.toContain('검사를 미룸')
  })

  test('[CF1] a consent asks four things apart, each with purpose, items, period and the right to refuse; it names who would receive', () => {
    const asked = blocks(sheetOf('consent')).filter(block => block.kind === 'consent')
    expect(asked).toHaveLength(4)
    for (const section of asked) {
      expect(section.choices).toEqual(['동의함', '동의하지 않음'])
      expect(section.facts.slice(1).map(fact => fact.label)).toEqual([
        '목적',
        '항목',
        '보유·이용 기간',
        '거부할 권리와 불이익',
      ])
      expect(section.facts.filter(fact => fact.value === '')).toEqual([])
    }
    expect(asked[3]?.facts[0]).toMatchObject({ label: '제공받는 자', value: '사회복지협의회' })
  })
})

test('[CF1] the intake sheet has the team and its telephone apart, which are written in one field', () => {
  expect(teamAndPhone('중앙동 맞춤형복지팀 031-000-0200')).toEqual({
    team: '중앙동 맞춤형복지팀',
    phone: '031-000-0200',
  })
  expect(teamAndPhone('02)123-4567 / 복지팀')).toEqual({ team: '복지팀', phone: '02)123-4567' })
  expect(teamAndPhone('무한돌봄팀(내선 3)')).toEqual({ team: '무한돌봄팀(내선 3)', phone: '' })
})
