/** The figures: their questions and definitions in both languages, what their rows and columns are called, and which column hides with which. */
import { SERVICES } from '../code-sets/services.ts'
import type { CodeSetName } from '../code-sets/shipped.ts'
import {
  ATTENDANCE_MODES,
  CASE_STAGES,
  CONFERENCE_TYPES,
  DECISION_KINDS,
  DISCOVERY_ROUTES,
  type DiscoveryRoute,
  type Label,
  NEED_DOMAINS,
} from '../codes.ts'

/** Keys of rows that no code table has. */
export const TOTAL = 'total'
export const SINCE_JANUARY = 'since_january'
export const NOT_RECORDED = 'not_recorded'
const OTHER_ROWS = {
  [TOTAL]: { ko: '계', en: 'Total' },
  [SINCE_JANUARY]: { ko: '1월부터 누계', en: 'Since January' },
  [NOT_RECORDED]: { ko: '기록 없음', en: 'Not recorded' },
} as const satisfies Record<string, Label>

/** How the people of a meeting were there, taken together. */
export const MEETING_WAYS = {
  all_in_person: { ko: '모두 대면', en: 'All in person' },
  mixed: { ko: '대면과 원격', en: 'In person and remote' },
  all_remote: { ko: '모두 원격·전화', en: 'All remote or by phone' },
  [NOT_RECORDED]: OTHER_ROWS[NOT_RECORDED],
} as const satisfies Record<string, Label>

/** Decisions that a public report tells of. */
export const OUTCOMES = {
  select_case_management: DECISION_KINDS.select_case_management,
  select_service_linkage: DECISION_KINDS.select_service_linkage,
  allocate_resource: DECISION_KINDS.allocate_resource,
  emergency_support: DECISION_KINDS.emergency_support,
  close: DECISION_KINDS.close,
  start_aftercare: DECISION_KINDS.start_aftercare,
} as const satisfies Partial<Record<keyof typeof DECISION_KINDS, Label>>

/** The ways of finding in everyday words, and few enough to be told: of eleven nearly every one would be hidden. */
export const WAYS_FOUND = {
  asked: { ko: '본인이 도움을 청함', en: 'They asked for help' },
  visited: { ko: '담당자가 찾아가서 만남', en: 'A worker went and met them' },
  told: { ko: '이웃이나 신고의무자가 알림', en: 'Neighbours or reporters told of them' },
  referred: { ko: '다른 기관이 의뢰하거나 이어 줌', en: 'Another agency referred them' },
  system: { ko: '발굴시스템이나 직권으로 찾음', en: 'Found by the detection system or ex officio' },
  other: { ko: '그 밖', en: 'Otherwise' },
} as const satisfies Record<string, Label>

export const WAY_OF_ROUTE: Readonly<Record<DiscoveryRoute | '', keyof typeof WAYS_FOUND>> = {
  self_request: 'asked',
  case_manager_outreach: 'visited',
  outreach_visit: 'visited',
  neighbour_report: 'told',
  mandated_report: 'told',
  internal_referral: 'referred',
  external_referral: 'referred',
  transfer_in: 'referred',
  blind_spot_system: 'system',
  ex_officio: 'system',
  other: 'other',
  '': 'other',
}

const SECTORS = {
  public: { ko: '공공기관', en: 'Public agencies' },
  private: { ko: '민간기관', en: 'Private agencies' },
} as const satisfies Record<string, Label>

interface FigureWords {
  title: Label
  definition: Label
  /** What its rows are called; left out where they are quarters, months or agencies. */
  rows?: Readonly<Record<string, Label>>
}

export const FIGURES = {
  stages: {
    title: { ko: '우리 기관이 주관하는 사례는 지금 어느 단계에 있나?', en: 'Where do the cases stand that we lead?' },
    definition: {
      ko: '우리 기관이 주관기관인 모든 사례를 지금의 단계로 센 수. 연도와 관계없이 지금의 모습입니다.',
      en: 'All cases led by this agency, counted by their present stage. As of now, whatever the year.',
    },
    rows: CASE_STAGES,
  },
  routes: {
    title: {
      ko: '분기마다 몇 가구를 어떤 길로 찾았나?',
      en: 'How many households were found in each quarter, and how?',
    },
    definition: {
      ko: '우리 기관이 주관기관인 사례를 발굴한 날의 분기와 발굴 경로로 센 수. 발굴한 날을 적지 않은 사례는 두레에 등록한 날(서울 기준)로, 경로를 적지 않은 사례는 ‘기록 없음’으로 셉니다.',
      en: 'Cases led by this agency by the quarter in which they were found and by how. Where nobody said the day it is the day of entry (Seoul time); where nobody said how, it is not recorded.',
    },
    rows: DISCOVERY_ROUTES,
  },
  decided: {
    title: { ko: '분기마다 회의에서 무엇을 결정했나?', en: 'What did the meetings of each quarter decide?' },
    definition: {
      ko: '우리 기관이 열어 마친 회의에서 그렇게 결정한 가구의 수를 회의를 시작한 분기로 센 것. 한 가구는 분기와 결정마다 한 번만 셉니다.',
      en: 'Households about which meetings that this agency hosted and closed decided so, by the quarter in which the meeting began. A household counts once for each quarter and decision.',
    },
    rows: DECISION_KINDS,
  },
  linked: {
    title: { ko: '어떤 지원을 이어 주었나?', en: 'Which help was linked?' },
    definition: {
      ko: '우리 기관이 주관기관인 사례의 ‘지원’에 적힌 것을 서비스 종류와 첫날의 분기로 센 건수. 여러 달 드리는 것도 시작한 분기에 한 번만 셉니다. 시작하기 전에 그만둔 것은 세지 않습니다. 코드 관리에서 더한 서비스는 ‘기타’로 셉니다.',
      en: 'What stands in the ledger of help of cases led by this agency, by the kind of service and the quarter of its first day. What is given over months counts once, where it began; what was called off before it began is not counted. Services that the installation added count as ‘Other’.',
    },
    rows: SERVICES,
  },
  checks: {
    title: { ko: '얼마나 꾸준히 살폈나?', en: 'How steadily were households looked after?' },
    definition: {
      ko: '우리 기관이 주관기관인 사례에 남긴 점검 기록의 수와 점검한 가구의 수를 점검한 날의 분기로 센 것. 고친 기록은 한 번만 세고, 다른 기관이 자기만 보는 기록은 세지 않습니다.',
      en: 'Records of checks in cases led by this agency, and the households checked, by the quarter of the day of the check. A corrected record counts once; what another agency keeps to itself is not counted.',
    },
  },
  needs: {
    title: { ko: '어떤 욕구를 다루었나?', en: 'Which needs were discussed?' },
    definition: {
      ko: '그해 열린 회의의 안건에서 욕구영역으로 고른 사례의 수. 한 사례는 영역마다 한 번만 셉니다. 우리 기관이 주관기관인 사례만 셉니다.',
      en: 'Cases in whose agenda items of that year the need was put on the sheet; a case counts once for each need. Only cases that this agency leads.',
    },
    rows: NEED_DOMAINS,
  },
  plans: {
    title: { ko: '발굴에서 계획까지 며칠 걸렸나?', en: 'How many days from finding to a plan?' },
    definition: {
      ko: '우리 기관이 주관기관인 사례 가운데 그해 마친 회의에서 서비스 제공계획을 처음 승인한 사례를 그 회의가 열린 분기로 셉니다. 걸린 날은 발굴한 날부터 회의 날까지의 중앙값입니다. 발굴한 날을 적지 않은 사례는 두레에 등록한 날부터 세고, 회의보다 늦게 등록한 사례는 빼고 셉니다.',
      en: 'Cases led by this agency whose plan was first approved that year in a meeting that was closed, by the quarter of that meeting. Days from the day of finding to the meeting, as the median. Where nobody said the day it is the day of entry; cases entered after the meeting are left out.',
    },
  },
  actions: {
    title: { ko: '조치사항은 얼마나 약속하고 얼마나 해냈나?', en: 'What did we promise, and what was done?' },
    definition: {
      ko: '우리 기관이 맡은 조치사항. ‘약속’은 만든 달, ‘완료’와 ‘못 함’은 마지막으로 상태가 바뀐 달로 셉니다. ‘못 함’은 사정 변경으로 불가, 기관 미이행, 철회입니다.',
      en: 'Action items that this agency owes: promised by the month in which they were made, done and not done by the month of the last change of state. Not done: not possible, not done by the agency, dropped.',
    },
  },
  givers: {
    title: { ko: '어느 기관이 얼마나 도왔나?', en: 'Which agency gave how much?' },
    definition: {
      ko: '우리 기관이 주관기관인 사례에서 그해 완료한 조치사항을 맡은 기관으로 센 수. ‘금액을 적은 건’은 그 가운데 금액을 적은 조치사항이고, 금액은 그 합입니다. 우리 기관이 볼 수 없는 열람 제한 안건의 조치사항은 세지 않습니다.',
      en: 'Action items done that year in cases led by this agency, by the agency that owed them; of those, how many name an amount, and the amounts together. Those of restricted items that this agency may not see are not counted.',
    },
  },
  help: {
    title: { ko: '어떤 도움이 공공과 민간에서 왔나?', en: 'Which help came from public and from private agencies?' },
    definition: {
      ko: '우리 기관이 주관기관인 사례에서 그해 완료한 조치사항을 욕구영역과 맡은 기관의 공공·민간 구분으로 센 수. 서비스의 종류는 따로 기록하지 않아 욕구영역으로 나눕니다.',
      en: 'Action items done that year in cases led by this agency, by the need that they are for and by whether a public or a private agency did them. The kind of service is not recorded by itself, so the need stands for it.',
    },
    rows: NEED_DOMAINS,
  },
  meetings: {
    title: { ko: '회의는 몇 번, 얼마나 걸렸나?', en: 'How many meetings, and how long?' },
    definition: {
      ko: '우리 기관이 연 회의 가운데 마친 것을 시작한 달로 셉니다. 걸린 시간은 시작부터 마칠 때까지의 중앙값, 계획한 시간도 중앙값입니다.',
      en: 'Meetings hosted by this agency that were closed, by the month in which they began. Time taken from start to close and time planned, each as the median.',
    },
  },
  lengths: {
    title: {
      ko: '만나서 한 회의와 멀리서 한 회의는 얼마나 걸렸나?',
      en: 'How long did meetings take in person, and from afar?',
    },
    definition: {
      ko: '우리 기관이 그해 시작해 마친 회의를, 확인한 참석이 모두 대면인지 모두 원격·전화인지로 나눈 것. 참석을 확인하지 않은 회의는 ‘기록 없음’입니다. 시간은 중앙값입니다.',
      en: 'Meetings hosted by this agency that began that year and were closed, by whether all confirmed attendances were in person or all remote or by phone. Without a confirmed attendance it is not recorded. Times as the median.',
    },
    rows: MEETING_WAYS,
  },
  attendance: {
    title: { ko: '어떻게 참석했나?', en: 'How did people attend?' },
    definition: {
      ko: '우리 기관이 연 회의에서 확인한 참석을 참석 방식으로 센 연인원. 참석을 확인하지 않은 사람은 세지 않습니다.',
      en: 'Confirmed attendances at meetings hosted by this agency, by mode; each attendance counts. Whose attendance was not confirmed is not counted.',
    },
    rows: ATTENDANCE_MODES,
  },
  speaking: {
    title: { ko: '멀리서 참석한 사람도 말했나?', en: 'Did people who were far away speak as well?' },
    definition: {
      ko: '우리 기관이 연 회의 가운데 발언 요청 기능으로 발언 시간을 잰 회의만 셉니다. 참석 방식마다 확인한 참석의 연인원, 발언 횟수와 발언 시간의 합입니다. 누가 얼마나 말했는지는 기록하지 않습니다.',
      en: 'Only meetings hosted by this agency in which the floor was given by the speaking requests. For each way of attending: confirmed attendances, turns, and the minutes of all turns. Who spoke how long is not kept.',
    },
    rows: ATTENDANCE_MODES,
  },
  month: {
    title: { ko: '한 달 동안 회의에서 무엇을 했나?', en: 'What was done in the meetings of one month?' },
    definition: {
      ko: '우리 기관이 그달 시작해 마친 회의. 안건은 보류하지 않은 것만 세고 ‘지난 회의 조치사항 점검’은 뺍니다. 참여 기관은 우리 기관과 참석을 확인한 기관으로, 한 번만 셉니다. 선정·연계·종결은 통합사례관리 대상 선정, 서비스연계 대상, 종결로 결정한 가구의 수입니다. 한 가구는 한 번만 셉니다. 계와 누계에서도 기관과 가구는 한 번만 세므로 위 칸의 합과 다를 수 있습니다.',
      en: 'Meetings hosted by this agency that began in that month and were closed. Items that were not deferred, without the check of earlier action items. Agencies: this one and those with a confirmed attendance, each once. Selected, linked, closed: households about which it was decided so, each once. In the totals, too, each agency and household counts once, so that they need not be the sum.',
    },
    rows: CONFERENCE_TYPES,
  },
  quarter_meetings: {
    title: { ko: '얼마나 자주 모였나요?', en: 'How often did we meet?' },
    definition: {
      ko: '우리 기관이 열어 마친 사례회의의 수와 그 회의에서 다룬 안건의 수, 우리 기관을 포함해 참여한 기관의 수입니다. 같은 기관은 한 번만 셉니다.',
      en: 'Case conferences that we held, the items heard in them and the agencies that took part, ours among them; each agency counts once.',
    },
  },
  quarter_routes: {
    title: { ko: '어려운 이웃을 어떻게 찾았나요?', en: 'How were households in need found?' },
    definition: {
      ko: '이 분기에 새로 찾은 가구의 수입니다. 찾은 날을 적지 않은 가구는 등록한 날로 셉니다.',
      en: 'Households found in this quarter. Where nobody said the day it is the day of entry.',
    },
    rows: WAYS_FOUND,
  },
  quarter_needs: {
    title: { ko: '어떤 어려움을 함께 살폈나요?', en: 'Which difficulties did we look at together?' },
    definition: {
      ko: '이 분기의 회의에서 살핀 가구의 수입니다. 한 가구에 어려움이 여럿이면 칸마다 한 번씩 셉니다.',
      en: 'Households looked at in the meetings of this quarter. One with several difficulties counts once in each line.',
    },
    rows: NEED_DOMAINS,
  },
  quarter_outcomes: {
    title: { ko: '무엇을 결정했나요?', en: 'What was decided?' },
    definition: {
      ko: '그렇게 결정한 가구의 수입니다. 한 가구에 결정이 여럿이면 칸마다 한 번씩 셉니다.',
      en: 'Households about which it was decided so. One with several decisions counts once in each line.',
    },
    rows: OUTCOMES,
  },
  quarter_sectors: {
    title: { ko: '누가 얼마나 도왔나요?', en: 'Who helped, and how much?' },
    definition: {
      ko: '회의에서 약속하고 이 분기에 해낸 일의 수, 그 가운데 금액을 적은 일의 수와 금액의 합입니다.',
      en: 'What was promised in a meeting and done in this quarter; of that, how many name an amount, and the amounts together.',
    },
    rows: SECTORS,
  },
} as const satisfies Record<string, FigureWords>
export type FigureId = keyof typeof FIGURES

/** Those of a year, in their order. */
export const YEAR_FIGURES = [
  'stages',
  'needs',
  'routes',
  'decided',
  'plans',
  'actions',
  'givers',
  'help',
  'linked',
  'checks',
  'meetings',
  'lengths',
  'attendance',
  'speaking',
] as const satisfies readonly FigureId[]

/** What an installation calls a code now; undefined where it is called as shipped. */
export type CodeNames = (set: CodeSetName, code: string) => Label | undefined

/** Figures whose rows are codes that an installation may call otherwise (CODE-SETS.md CO9). */
const SET_OF_ROWS: Readonly<Partial<Record<FigureId, CodeSetName>>> = {
  stages: 'case_stage',
  needs: 'need_domain',
  routes: 'discovery_route',
  decided: 'decision_kind',
  linked: 'service',
  help: 'need_domain',
  quarter_needs: 'need_domain',
  quarter_outcomes: 'decision_kind',
}

/** What a row is called; undefined for a quarter or month, which stand in their own form, and for an agency, which has its name. */
export function rowLabel(id: FigureId, key: string, named: CodeNames = () => undefined): Label | undefined {
  const { rows = {} }: FigureWords = FIGURES[id]
  const set = SET_OF_ROWS[id]
  if (set !== undefined && Object.hasOwn(rows, key)) return named(set, key) ?? rows[key]
  const known: Readonly<Record<string, Label>> = { ...OTHER_ROWS, ...rows }
  return Object.hasOwn(known, key) ? known[key] : undefined
}

interface ColumnWords extends Label {
  /** Left out: a count. */
  unit?: 'minutes' | 'days' | 'won'
  /** The count that it is of: it is hidden with that one, and there is none where that is 0. */
  of?: string
}

export const COLUMNS = {
  cases: { ko: '사례 수', en: 'Cases' },
  households: { ko: '가구 수', en: 'Households' },
  quarter1: { ko: '1분기', en: 'Quarter 1' },
  quarter2: { ko: '2분기', en: 'Quarter 2' },
  quarter3: { ko: '3분기', en: 'Quarter 3' },
  quarter4: { ko: '4분기', en: 'Quarter 4' },
  planned: { ko: '계획을 세운 사례', en: 'Cases with a plan' },
  daysToPlan: { ko: '걸린 날', en: 'Days taken', unit: 'days', of: 'planned' },
  checks: { ko: '점검', en: 'Checks' },
  householdsChecked: { ko: '점검한 가구', en: 'Households checked' },
  promised: { ko: '약속', en: 'Promised' },
  done: { ko: '완료', en: 'Done' },
  notDone: { ko: '못 함', en: 'Not done' },
  given: { ko: '해낸 일(건)', en: 'Done' },
  paid: { ko: '금액을 적은 건', en: 'With an amount' },
  won: { ko: '금액(원)', en: 'Amount (won)', unit: 'won', of: 'paid' },
  publicGiven: { ko: '공공(건)', en: 'Public' },
  privateGiven: { ko: '민간(건)', en: 'Private' },
  held: { ko: '회의 수', en: 'Meetings' },
  minutesTaken: { ko: '걸린 시간(분)', en: 'Minutes taken', unit: 'minutes', of: 'held' },
  minutesPlanned: { ko: '계획한 시간(분)', en: 'Minutes planned', unit: 'minutes', of: 'held' },
  attended: { ko: '연인원', en: 'Attendances' },
  turns: { ko: '발언 횟수', en: 'Turns' },
  minutesSpoken: { ko: '발언 시간(분)', en: 'Minutes spoken', unit: 'minutes', of: 'turns' },
  items: { ko: '안건', en: 'Items' },
  agencies: { ko: '참여 기관', en: 'Agencies' },
  selected: { ko: '선정(가구)', en: 'Selected' },
  linked: { ko: '연계(가구)', en: 'Linked' },
  closed: { ko: '종결(가구)', en: 'Closed' },
} as const satisfies Record<string, ColumnWords>
export type ColumnId = keyof typeof COLUMNS

export const QUARTER_COLUMNS = ['quarter1', 'quarter2', 'quarter3', 'quarter4'] as const satisfies readonly ColumnId[]

export const columnOf = (id: ColumnId): ColumnWords => COLUMNS[id]

/** The two editions of a month: the city, which it is counted for, gets every number. */
export const MONTH_AUDIENCES = {
  inside: { ko: '시에 내는 실적(모든 수)', en: 'For the city (every number)' },
  outside: { ko: '밖에 내는 자료(작은 수 가림)', en: 'For handing out (small numbers hidden)' },
} as const satisfies Record<string, Label>

/** `inside`: for the agency's own people, every number. `outside`: for handing out, small ones hidden. */
export const AUDIENCES = {
  inside: { ko: '우리 기관 안에서 보기', en: 'For our own people' },
  outside: { ko: '밖에 내는 자료', en: 'For handing out' },
} as const satisfies Record<string, Label>
export type Audience = keyof typeof AUDIENCES
