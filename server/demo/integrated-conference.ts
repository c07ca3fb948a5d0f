/**
 * 생연1동's public-private integrated conference (news of 9 June 2021, DOMAIN §1 item 001), already live to walk into: one household in high
 * crisis, four agencies by name and one made up. From the item: formerly employed, debt, depression and lethargy, lung cancer spread to the brain, no
 * help from family or friends; selected in the meeting, basic livelihood applied for, care and tests paid for, until the need is solved. Who
 * pays, how much and every wording is made up (합성).
 */

import { notesOf } from '../../shared/documents/conference-document.ts'
import { drawCaseMaps } from './case-maps.ts'
import { writeKimCase } from './case-work.ts'
import { type ConferencePlan, demoDocument, type Stage, seoulDay } from './stage.ts'
import { fill, writeActions, writeItem } from './writing.ts'

const HOUSEHOLD = 'saengyeon-kim'
const OTHER_HOUSEHOLD = 'saengyeon-lee'
const CONFERENCE = 'saengyeon-integrated'
const ITEM = 'saengyeon-integrated-kim'
const NARROW_ITEM = 'saengyeon-integrated-lee'
const LEADER = 'saengyeon.team'
const MINUTE_TAKER = 'saengyeon.case'

export const LIVE_CONFERENCE = CONFERENCE

export async function stageIntegratedConference(stage: Stage): Promise<void> {
  await stage.case({
    name: HOUSEHOLD,
    number: '2026-031',
    label: '김○○ 가구',
    stage: 'conference',
    route: 'mandated_report',
    foundDaysAgo: 12,
    enteredDaysAgo: 2,
    lead: 'saengyeon',
    coManaging: ['muhan'],
    partners: ['council', 'angel', 'mind'],
    consentEndsIn: 10,
    workers: [LEADER, MINUTE_TAKER, 'muhan.case', 'council.case', 'angel.case', 'mind.case'],
  })
  await stage.case({
    name: OTHER_HOUSEHOLD,
    number: '2026-034',
    label: '이○○ 가구',
    // It goes on to its assessment by a move of its own.
    stage: 'registered',
    route: 'blind_spot_system',
    foundDaysAgo: 6,
    enteredDaysAgo: 4,
    lead: 'saengyeon',
    coManaging: ['muhan'],
    // Has a part in the case and is not cleared for this meeting's item: the item keeps its action items in a ledger of its own.
    partners: ['council'],
    workers: [LEADER, MINUTE_TAKER, 'muhan.case'],
  })
  const startsAt = new Date(Math.floor(stage.now.getTime() / TEN_MINUTES_MS) * TEN_MINUTES_MS - 2 * TEN_MINUTES_MS)
  const conference: ConferencePlan = {
    name: CONFERENCE,
    type: 'integrated',
    title: '통합사례회의 · 생연1동',
    place: '생연1동 행정복지센터 2층 회의실',
    host: 'saengyeon',
    startsAt,
    minutes: 90,
    participants: [
      [LEADER, 'leader'],
      ['muhan.team', 'deputy'],
      [MINUTE_TAKER, 'minute_taker'],
      ['saengyeon.head', 'attendee'],
      ['muhan.case', 'attendee'],
      ['council.case', 'attendee'],
      ['angel.case', 'attendee'],
      ['mind.case', 'attendee'],
      ['mind.observer', 'observer'],
    ],
    items: [
      { name: `${CONFERENCE}-opening`, label: '비밀유지 안내와 지난 회의 조치사항 점검', minutes: 10 },
      { name: ITEM, about: HOUSEHOLD, agencies: ['saengyeon', 'muhan', 'council', 'angel', 'mind'], minutes: 40 },
      { name: NARROW_ITEM, about: OTHER_HOUSEHOLD, agencies: ['saengyeon', 'muhan'], minutes: 20 },
      { name: `${CONFERENCE}-closing`, label: '다음 회의 일정', minutes: 5 },
    ],
    state: 'scheduled',
  }
  // What is there already was prepared by the case's workers; nobody has come yet, and so nobody has accepted the statement.
  await stage.conference(conference)
  await writeHousehold(stage, startsAt)
  await writeNarrowItem(stage, startsAt)
  await stage.write(demoDocument.case(HOUSEHOLD), MINUTE_TAKER, drawCaseMaps)
  await stage.conference({ ...conference, state: 'live' })
}

const TEN_MINUTES_MS = 600_000

async function writeHousehold(stage: Stage, at: Date): Promise<void> {
  await writeKimCase(stage, HOUSEHOLD, MINUTE_TAKER)
  await stage.write(demoDocument.conference(CONFERENCE), MINUTE_TAKER, doc =>
    fill(notesOf(doc), '회의에서 알게 된 내용은 사례관리 목적으로만 사용합니다.'),
  )
  await writeItem(stage, {
    item: ITEM,
    minuteTaker: MINUTE_TAKER,
    at,
    text: {
      presentation: [
        '직장을 다니다 그만둔 뒤 빚이 쌓였고, 우울감과 무기력으로 집 밖에 나오지 못하고 있습니다.',
        '폐암이 뇌로 전이되어 검사와 간병이 필요하지만 비용을 마련할 길이 없습니다.',
        '가족과 지인에게서 경제적 도움을 받을 수 없는 고위기 가구입니다.',
      ].join('\n'),
      opinions: [
        {
          need: 'health',
          login: MINUTE_TAKER,
          text: '뇌 전이로 거동이 어려워 혼자 검사를 받으러 갈 수 없습니다. 간병인이 먼저 필요합니다. (합성)',
        },
        {
          need: 'health',
          login: 'mind.case',
          text: '우울과 무기력이 치료를 미루는 원인으로 보입니다. 방문 상담을 주 1회 제안합니다. (합성)',
        },
        {
          need: 'health',
          login: 'angel.case',
          text: '검사비와 간병비는 본부 지원규정 안에서 검토할 수 있습니다. (합성)',
        },
        {
          need: 'economy',
          login: 'muhan.case',
          text: '국민기초생활보장 신청이 급합니다. 결정 전까지 긴급지원을 함께 살펴보겠습니다. (합성)',
        },
        {
          need: 'economy',
          login: 'council.case',
          text: '부채는 채무조정 상담으로 연결하고, 생필품 후원을 이어 가겠습니다. (합성)',
        },
        {
          need: 'social_relations',
          login: 'council.case',
          text: '연락하는 이웃이 없습니다. 안부 확인 자원봉사를 연결할 수 있습니다. (합성)',
        },
      ],
      discussion: [
        '건강 문제가 먼저라는 데 모두 같은 의견입니다. 간병과 검사를 이번 주 안에 시작합니다.',
        '욕구가 해소될 때까지 기관마다 이어서 지원하기로 합니다.',
      ].join('\n'),
      decisions: [
        {
          name: `${ITEM}-selection`,
          kind: 'select_case_management',
          text: '통합사례관리 대상자로 선정하고, 욕구가 해소될 때까지 지속적으로 지원한다.',
          reason: '부채·우울·암 투병이 겹친 고위기 가구로, 한 기관의 지원으로는 해결할 수 없음. (합성)',
        },
      ],
    },
  })
  await writeActions(stage, {
    ledger: demoDocument.openLedger(HOUSEHOLD),
    item: ITEM,
    conference: CONFERENCE,
    by: MINUTE_TAKER,
    at,
    actions: [
      {
        name: `${ITEM}-livelihood`,
        agency: 'saengyeon',
        what: '국민기초생활 신청',
        person: '사례관리 담당',
        due: seoulDay(stage.at(3, 12)),
        need: 'economy',
      },
      {
        name: `${ITEM}-care`,
        agency: 'angel',
        what: '간병비·검사비 지원',
        person: '후원 담당',
        due: seoulDay(stage.at(7, 12)),
        amount: 1_500_000,
        rule: '본부 긴급의료비 지원규정 (합성)',
        need: 'health',
      },
    ],
  })
  await stage.settle({
    login: MINUTE_TAKER,
    ledger: demoDocument.openLedger(HOUSEHOLD),
    action: `${ITEM}-livelihood`,
    status: 'accepted',
  })
}

/** A household that only two of the agencies are cleared for: for the others a line `열람 제한`. */
async function writeNarrowItem(stage: Stage, at: Date): Promise<void> {
  await writeItem(stage, {
    item: NARROW_ITEM,
    minuteTaker: MINUTE_TAKER,
    at,
    text: {
      presentation: '가정 안의 안전이 걱정되는 가구로, 두 기관만 정보를 나눕니다. (합성)',
      opinions: [
        { need: 'safety', login: 'muhan.case', text: '보호기관과 먼저 의논한 뒤 방문 시기를 정하겠습니다. (합성)' },
        { need: 'safety', login: MINUTE_TAKER, text: '방문은 두 사람이 함께 하고 연락처를 남기지 않습니다. (합성)' },
      ],
    },
  })
  await writeActions(stage, {
    ledger: demoDocument.ownLedger(OTHER_HOUSEHOLD, NARROW_ITEM),
    item: NARROW_ITEM,
    conference: CONFERENCE,
    by: MINUTE_TAKER,
    at,
    actions: [
      {
        name: `${NARROW_ITEM}-visit`,
        agency: 'muhan',
        what: '보호기관과 방문 시기 의논 (합성)',
        due: seoulDay(stage.at(2, 12)),
        need: 'safety',
      },
    ],
  })
}
