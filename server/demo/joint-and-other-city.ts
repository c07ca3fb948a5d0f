/**
 * 중앙동 and 노인복지관 manage one case together, as lead and co-manager (news of 29 November 2021, DOMAIN §1 item 000), and 흥선동 in 의정부, another city
 * (news of 8 April 2021, item 004), which must see none of 동두천. Households and wordings are made up (합성).
 */
import { writeJungCase } from './case-work.ts'
import { demoDocument, type Stage, seoulDay } from './stage.ts'
import { writeActions, writeItem } from './writing.ts'

export async function stageJointManagement(stage: Stage): Promise<void> {
  const name = 'jungang-senior-joint'
  const item = `${name}-jung`
  await stage.case({
    name: 'jungang-jung',
    number: '2026-029',
    label: '정○○ 어르신 가구',
    stage: 'service_planning',
    route: 'case_manager_outreach',
    foundDaysAgo: 15,
    enteredDaysAgo: 8,
    lead: 'jungang',
    coManaging: ['senior'],
    workers: ['jungang.team', 'jungang.case', 'senior.case'],
  })
  await writeJungCase(stage, 'jungang-jung', 'jungang.case')
  await stage.conference({
    name,
    type: 'joint_management',
    title: '공동사례관리 회의 · 중앙동·노인복지관',
    place: '동두천시 노인복지관 상담실',
    host: 'jungang',
    startsAt: stage.at(1, 10),
    minutes: 60,
    participants: [
      ['jungang.team', 'leader'],
      ['senior.case', 'deputy'],
      ['jungang.case', 'minute_taker'],
    ],
    items: [{ name: item, about: 'jungang-jung', agencies: ['jungang', 'senior'], minutes: 40 }],
    state: 'scheduled',
  })
  await writeItem(stage, {
    item,
    minuteTaker: 'jungang.case',
    at: stage.now,
    text: {
      presentation:
        '생활실태·복지욕구 조사에서 발굴한 홀로 사는 어르신입니다. 두 기관이 선정부터 종결까지 함께합니다. (합성)',
      opinions: [
        { need: 'daily_living', login: 'senior.case', text: '식사와 안부 확인을 복지관이 맡겠습니다. (합성)' },
        { need: 'living_environment', login: 'jungang.case', text: '주거 수리는 동에서 신청하겠습니다. (합성)' },
      ],
    },
  })
  await writeActions(stage, {
    ledger: demoDocument.openLedger('jungang-jung'),
    item,
    conference: name,
    by: 'jungang.case',
    at: stage.now,
    actions: [
      {
        name: 'jungang-jung-meals',
        agency: 'senior',
        what: '주 3회 식사 배달 시작 (합성)',
        due: seoulDay(stage.at(6, 12)),
        need: 'daily_living',
      },
    ],
  })
}

export async function stageOtherCity(stage: Stage): Promise<void> {
  const name = 'heungseon-recommendation'
  const item = `${name}-han`
  await stage.case({
    name: 'heungseon-han',
    number: '2026-008',
    label: '한○○ 가구',
    stage: 'service_delivery',
    route: 'external_referral',
    foundDaysAgo: 70,
    enteredDaysAgo: 40,
    lead: 'heungseon',
    partners: ['uiwelfare'],
    workers: ['heungseon.team', 'heungseon.case', 'uiwelfare.case'],
  })
  await stage.conference({
    name,
    type: 'integrated',
    title: '통합사례회의 · 흥선동',
    place: '흥선동 행정복지센터',
    host: 'heungseon',
    startsAt: stage.at(2, 14),
    minutes: 60,
    participants: [
      ['heungseon.team', 'leader'],
      ['heungseon.case', 'minute_taker'],
      ['uiwelfare.case', 'attendee'],
    ],
    items: [{ name: item, about: 'heungseon-han', agencies: ['heungseon', 'uiwelfare'], minutes: 30 }],
    state: 'scheduled',
  })
  await writeItem(stage, {
    item,
    minuteTaker: 'heungseon.case',
    at: stage.now,
    text: {
      presentation: '동에서 추천하고 복지관이 자체 기준으로 지원을 검토하는 가구입니다. (합성)',
      opinions: [
        { need: 'economy', login: 'heungseon.case', text: '한 번이 아니라 이어지는 지원이 필요합니다. (합성)' },
      ],
    },
  })
}
