/**
 * 중앙동's monthly internal conferences (news of 11 February 2022, DOMAIN §1 item 002): two households, selected four months and one month
 * before; one is closed because its needs are met, the other is linked at once to a public service for heavy medical cost. One action item
 * of the second is overdue. Wordings are made up (합성).
 */
import { demoDocument, type Stage, seoulDay } from './stage.ts'
import { writeActions, writeItem } from './writing.ts'

const MET = 'jungang-park'
const MEDICAL = 'jungang-choi'
const LEADER = 'jungang.head'
const WORKER = 'jungang.team'
const MINUTE_TAKER = 'jungang.case'

export const OVERDUE_ACTION = 'jungang-choi-papers'

export async function stageInternalConferences(stage: Stage): Promise<void> {
  await stage.case({
    name: MET,
    number: '2026-012',
    label: '박○○ 가구',
    stage: 'closed',
    route: 'outreach_visit',
    foundDaysAgo: 132,
    enteredDaysAgo: 1,
    lead: 'jungang',
    workers: [WORKER, MINUTE_TAKER, LEADER],
  })
  await stage.case({
    name: MEDICAL,
    number: '2026-027',
    label: '최○○ 가구',
    stage: 'service_linked',
    route: 'neighbour_report',
    foundDaysAgo: 40,
    enteredDaysAgo: 1,
    lead: 'jungang',
    workers: [WORKER, MINUTE_TAKER, LEADER],
  })
  await stageSelection(stage, { days: -121, about: MET, name: 'jungang-internal-1', need: 'economy' })
  await stageSelection(stage, { days: -31, about: MEDICAL, name: 'jungang-internal-2', need: 'health' })
  await stageOutcome(stage)
  await stage.conference({
    ...plan('jungang-internal-4', stage.at(27, 14)),
    items: [{ name: 'jungang-internal-4-review', label: '지난 회의 조치사항 점검', minutes: 20, isReview: true }],
    state: 'scheduled',
  })
}

const plan = (name: string, startsAt: Date) => ({
  name,
  type: 'internal' as const,
  title: `${new Intl.DateTimeFormat('ko', { month: 'long', timeZone: 'Asia/Seoul' }).format(startsAt)} 내부사례회의 · 중앙동`,
  place: '중앙동 행정복지센터 회의실',
  host: 'jungang' as const,
  startsAt,
  minutes: 60,
  participants: [
    [WORKER, 'deputy'],
    [LEADER, 'leader'],
    [MINUTE_TAKER, 'minute_taker'],
  ] as const,
})

/** One of the two meetings in which a household was selected. */
async function stageSelection(
  stage: Stage,
  { days, about, name, need }: { days: number; about: string; name: string; need: 'economy' | 'health' },
): Promise<void> {
  const startsAt = stage.at(days, 14)
  const item = `${name}-${about}`
  await stage.conference({
    ...plan(name, startsAt),
    items: [{ name: item, about, agencies: ['jungang'], minutes: 30 }],
    state: 'closed',
  })
  await writeItem(stage, {
    item,
    minuteTaker: MINUTE_TAKER,
    at: startsAt,
    text: {
      presentation: '찾아가는 복지상담에서 만난 가구입니다. (합성)',
      opinions: [{ need, login: WORKER, text: '한 가지 지원으로 끝나지 않아 사례관리가 필요합니다. (합성)' }],
      decisions: [
        { name: `${item}-selection`, kind: 'select_case_management', text: '통합사례관리 대상자로 선정한다. (합성)' },
      ],
    },
  })
  if (about !== MEDICAL) return
  await writeActions(stage, {
    ledger: demoDocument.openLedger(MEDICAL),
    item,
    conference: name,
    by: MINUTE_TAKER,
    at: startsAt,
    actions: [
      {
        name: OVERDUE_ACTION,
        agency: 'jungang',
        what: '의료비 지원 신청 서류 준비 (합성)',
        person: '사례관리 담당',
        due: seoulDay(stage.at(-10, 12)),
        need: 'health',
      },
    ],
  })
  await stage.settle({
    login: WORKER,
    ledger: demoDocument.openLedger(MEDICAL),
    action: OVERDUE_ACTION,
    status: 'in_progress',
  })
}

/** The latest meeting: one closed, one linked at once. */
async function stageOutcome(stage: Stage): Promise<void> {
  const name = 'jungang-internal-3'
  const startsAt = stage.at(-2, 14)
  const met = `${name}-${MET}`
  const medical = `${name}-${MEDICAL}`
  await stage.conference({
    ...plan(name, startsAt),
    items: [
      { name: met, about: MET, agencies: ['jungang'], minutes: 20 },
      { name: medical, about: MEDICAL, agencies: ['jungang'], minutes: 30 },
    ],
    state: 'closed',
  })
  await writeItem(stage, {
    item: met,
    minuteTaker: MINUTE_TAKER,
    at: startsAt,
    text: {
      presentation: '넉 달 동안 지원한 가구로, 어려움이 모두 해소되었습니다.',
      opinions: [{ need: 'economy', login: WORKER, text: '수급이 결정되어 생활이 안정되었습니다. (합성)' }],
      decisions: [
        {
          name: `${met}-closing`,
          kind: 'close',
          text: '욕구가 모두 해소되어 종결한다.',
          reason: '상황 호전',
        },
      ],
    },
  })
  await writeItem(stage, {
    item: medical,
    minuteTaker: MINUTE_TAKER,
    at: startsAt,
    text: {
      presentation: '지난달 선정한 가구로, 의료비 부담이 큽니다.',
      opinions: [{ need: 'health', login: WORKER, text: '치료를 미루지 않도록 공적 서비스가 먼저입니다. (합성)' }],
      decisions: [
        {
          name: `${medical}-link`,
          kind: 'select_service_linkage',
          need: 'health',
          text: '의료비 지원 공적 서비스를 신속하게 연계한다.',
        },
      ],
    },
  })
  await writeActions(stage, {
    ledger: demoDocument.openLedger(MEDICAL),
    item: medical,
    conference: name,
    by: MINUTE_TAKER,
    at: startsAt,
    actions: [
      {
        name: 'jungang-choi-link',
        agency: 'jungang',
        what: '의료비 지원 서비스 연계',
        due: seoulDay(stage.at(5, 12)),
        need: 'health',
      },
    ],
  })
}
