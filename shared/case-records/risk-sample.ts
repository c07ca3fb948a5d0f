/**
 * A sample sheet, made up so that the survey of risk can be tried (표본). Its items, points and limits are nobody's official ones: the ministry's are not
 * known to us.
 */
import type { RiskAnswer, RiskInstrument, RiskItem } from './risk-instrument.ts'

/** How serious something is, alike for every item. */
const GRADES: readonly RiskAnswer[] = [
  { answer: 'none', ko: '문제 없음', en: 'No problem', points: 0 },
  { answer: 'some', ko: '지켜볼 필요', en: 'To be watched', points: 1 },
  { answer: 'serious', ko: '도움 필요', en: 'Help needed', points: 2 },
  { answer: 'urgent', ko: '바로 개입 필요', en: 'Intervention needed now', points: 4 },
]

const item = (area: string, name: string, ko: string, en: string): RiskItem => ({
  item: name,
  area,
  ko,
  en,
  answers: GRADES,
})

export const SAMPLE_SHEET_1: RiskInstrument = {
  instrument: 'sample',
  version: 1,
  isSample: true,
  ko: '위기도 조사 표본',
  en: 'Risk assessment, sample',
  areas: [
    { area: 'safety', ko: '안전', en: 'Safety' },
    { area: 'health', ko: '건강', en: 'Health' },
    { area: 'living', ko: '생활·경제', en: 'Living and means' },
    { area: 'ties', ko: '관계·돌봄', en: 'Ties and care' },
  ],
  items: [
    item(
      'safety',
      'violence_at_home',
      '가족 안에서 폭력·학대·방임이 있는가',
      'Violence, abuse or neglect in the family',
    ),
    item('safety', 'danger_outside', '가족 밖에서 위협·착취를 받는가', 'Threats or exploitation from outside'),
    item('health', 'body', '치료받지 못하는 질병·부상이 있는가', 'Illness or injury without treatment'),
    item('health', 'mind', '우울·불안·중독 등으로 생활이 어려운가', 'Life made hard by depression, anxiety, addiction'),
    item('health', 'suicide', '자살 생각이나 시도가 있는가', 'Thoughts of suicide, or an attempt'),
    item('living', 'food_and_heat', '끼니·난방·공과금을 해결하지 못하는가', 'No means for meals, heating or bills'),
    item('living', 'home', '살 곳을 잃을 위험이 있는가', 'At risk of losing the home'),
    item('living', 'debt', '갚을 수 없는 빚·연체가 있는가', 'Debts or arrears that cannot be paid'),
    item('ties', 'isolation', '연락하고 지내는 사람이 없는가', 'Nobody to be in touch with'),
    item('ties', 'care_gap', '돌봄이 필요한 사람이 혼자 지내는가', 'Somebody in need of care is left alone'),
  ],
  levels: [
    { level: 'low', ko: '낮음', en: 'Low', from: 0, tone: 'calm' },
    { level: 'middle', ko: '보통', en: 'Middle', from: 6, tone: 'watch' },
    { level: 'high', ko: '높음', en: 'High', from: 14, tone: 'alarm' },
  ],
}

/** Every version that was ever shipped, so that each assessment can be reckoned again. */
export const SHIPPED_INSTRUMENTS: readonly RiskInstrument[] = [SAMPLE_SHEET_1]

export const instrumentOf = (
  instruments: readonly RiskInstrument[],
  instrument: string,
  version: number,
): RiskInstrument | undefined => instruments.find(one => one.instrument === instrument && one.version === version)
