/** The figures, with their questions and definitions in both languages. */
import type { Label } from '../codes.ts'

export const FIGURES = {
  stages: {
    title: { ko: '우리 기관이 주관하는 사례는 지금 어느 단계에 있나?', en: 'Where do the cases stand that we lead?' },
    definition: {
      ko: '우리 기관이 주관기관인 모든 사례를 지금의 단계로 센 수. 연도와 관계없이 지금의 모습입니다.',
      en: 'All cases led by this agency, counted by their present stage. As of now, whatever the year.',
    },
  },
  quarters: {
    title: { ko: '분기마다 몇 가구가 새로 올라왔나?', en: 'How many households were new in each quarter?' },
    definition: {
      ko: '우리 기관이 주관기관인 사례를 두레에 등록한 날(서울 기준)의 분기로 센 수. 발굴 경로는 아직 기록하지 않아 나누지 않습니다.',
      en: 'Cases led by this agency by the quarter in which they were entered (Seoul time). By which route they were found is not recorded yet, so it is not told apart.',
    },
  },
  needs: {
    title: { ko: '어떤 욕구를 다루었나?', en: 'Which needs were discussed?' },
    definition: {
      ko: '그해 열린 회의의 안건에서 욕구영역으로 고른 사례의 수. 한 사례는 영역마다 한 번만 셉니다. 우리 기관이 주관기관인 사례만 셉니다.',
      en: 'Cases in whose agenda items of that year the need was put on the sheet; a case counts once for each need. Only cases that this agency leads.',
    },
  },
  actions: {
    title: { ko: '조치사항은 얼마나 약속하고 얼마나 해냈나?', en: 'What did we promise, and what was done?' },
    definition: {
      ko: '우리 기관이 맡은 조치사항. ‘약속’은 만든 달, ‘완료’와 ‘못 함’은 마지막으로 상태가 바뀐 달로 셉니다. ‘못 함’은 사정 변경으로 불가, 기관 미이행, 철회입니다.',
      en: 'Action items that this agency owes: promised by the month in which they were made, done and not done by the month of the last change of state. Not done: not possible, not done by the agency, dropped.',
    },
  },
  meetings: {
    title: { ko: '회의는 몇 번, 얼마나 걸렸나?', en: 'How many meetings, and how long?' },
    definition: {
      ko: '우리 기관이 연 회의 가운데 마친 것을 시작한 달로 셉니다. 걸린 시간은 시작부터 마칠 때까지의 중앙값, 계획한 시간도 중앙값입니다.',
      en: 'Meetings hosted by this agency that were closed, by the month in which they began. Time taken from start to close and time planned, each as the median.',
    },
  },
  attendance: {
    title: { ko: '어떻게 참석했나?', en: 'How did people attend?' },
    definition: {
      ko: '우리 기관이 연 회의에서 확인한 참석을 참석 방식으로 센 연인원. 참석을 확인하지 않은 사람은 세지 않습니다.',
      en: 'Confirmed attendances at meetings hosted by this agency, by mode; each attendance counts. Whose attendance was not confirmed is not counted.',
    },
  },
} as const satisfies Record<string, { title: Label; definition: Label }>
export type FigureId = keyof typeof FIGURES

export const COLUMNS = {
  cases: { ko: '사례 수', en: 'Cases' },
  households: { ko: '가구 수', en: 'Households' },
  promised: { ko: '약속', en: 'Promised' },
  done: { ko: '완료', en: 'Done' },
  notDone: { ko: '못 함', en: 'Not done' },
  held: { ko: '회의 수', en: 'Meetings' },
  minutesTaken: { ko: '걸린 시간(분)', en: 'Minutes taken' },
  minutesPlanned: { ko: '계획한 시간(분)', en: 'Minutes planned' },
  attended: { ko: '연인원', en: 'Attendances' },
} as const satisfies Record<string, Label>
export type ColumnId = keyof typeof COLUMNS

/** `inside`: for the agency's own people, every number. `outside`: for handing out, small ones hidden. */
export const AUDIENCES = {
  inside: { ko: '우리 기관 안에서 보기', en: 'For our own people' },
  outside: { ko: '밖에 내는 자료', en: 'For handing out' },
} as const satisfies Record<string, Label>
export type Audience = keyof typeof AUDIENCES
