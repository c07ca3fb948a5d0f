/**
 * What the demo's agencies can give, and what 생연1동 asked of others for the household in high crisis: three were asked the same, each answers under its
 * own rule (news of 8 April 2021, DOMAIN §1 item 004). Who gives what and every wording is made up (합성). Each step only where it is not there yet.
 */
import type { AgencyId, CaseId, CommandId, ReferralId, ResourceId } from '../../shared/ids.ts'
import type { MoveReferralBody } from '../../shared/protocol/referrals.ts'
import type { CreateAllocationBody, CreateResourceBody } from '../../shared/protocol/resources.ts'
import { addDays, dayInSeoul } from '../../shared/working-days.ts'
import type { By } from '../conferences/ports.ts'
import type { ReferralParts } from '../referrals/ports.ts'
import { admitToRefer, admitToReferral } from '../referrals/referral-admission.ts'
import { createReferrals, moveReferral } from '../referrals/referral-commands.ts'
import { admitToAllocation, createAllocation, tickAllocation } from '../resources/allocation-commands.ts'
import { createResource } from '../resources/resource-commands.ts'
import { type DemoSlug, demoPerson } from './community.ts'
import { fixedId } from './fixed-ids.ts'
import { agencyIdOf } from './stage.ts'

const HOUSEHOLD = fixedId<CaseId>('case', 'saengyeon-kim')
const DAY_MS = 86_400_000
const SENDER = 'saengyeon.case'

type Offer = [
  slug: DemoSlug,
  login: string,
  entry: Omit<CreateResourceBody, 'agencyId' | 'command' | 'from' | 'until' | 'cost'>,
]

const OFFERS: readonly Offer[] = [
  [
    'council',
    'council.case',
    {
      name: '간병비 지원',
      domains: ['health', 'economy'],
      service: 'caregiving_cost',
      sector: 'private',
      eligibility: '기초생활수급·차상위 가구, 중한 질병',
      rule: '한 가구 한 해 60만 원까지. 배분위원회가 매월 둘째 주에 정합니다.',
      contact: '복지자원팀',
      places: 12,
      takenElsewhere: 9,
    },
  ],
  [
    'angel',
    'angel.case',
    {
      name: '후원금 결연',
      domains: ['economy'],
      service: 'donation_cash',
      sector: 'private',
      eligibility: '공적 지원을 받지 못하는 가구',
      rule: '이사회 승인, 여섯 달마다 다시 봅니다.',
      contact: '후원 담당',
      places: 20,
      takenElsewhere: 14,
    },
  ],
  [
    'senior',
    'senior.case',
    {
      name: '밑반찬 배달',
      domains: ['daily_living'],
      service: 'donation_goods',
      sector: 'private',
      eligibility: '혼자 식사를 준비하기 어려운 가구 (60세 이상 먼저)',
      rule: '주 2회(월·목). 석 달마다 다시 살핍니다.',
      contact: '사례관리팀',
      places: 30,
      takenElsewhere: 27,
    },
  ],
  [
    'mind',
    'mind.case',
    {
      name: '찾아가는 마음건강 상담',
      domains: ['health', 'social_relations'],
      service: 'counselling',
      sector: 'public',
      eligibility: '우울·불안으로 일상이 어려운 주민',
      rule: '본인 동의, 첫 상담 뒤 회기를 정합니다.',
      contact: '상담 담당',
      places: null,
      takenElsewhere: 0,
    },
  ],
  [
    'muhan',
    'muhan.case',
    {
      name: '무한돌봄 생계·의료비',
      domains: ['economy', 'health', 'living_environment'],
      service: 'muhan_care',
      sector: 'public',
      eligibility: '위기사유가 있는 저소득 가구',
      rule: '경기도 무한돌봄사업 지침',
      contact: '무한돌봄팀',
      places: null,
      takenElsewhere: 0,
    },
  ],
]

type Answer = { slug: DemoSlug; login: string; moves: readonly [days: number, said: Omit<MoveReferralBody, '_v'>][] }

export async function writeDemoHelp(parts: ReferralParts): Promise<void> {
  for (const [slug, login, entry] of OFFERS) {
    const resourceId = fixedId<ResourceId>('resource', entry.name)
    if (await parts.resources.find(resourceId)) continue
    const body = {
      ...entry,
      agencyId: agencyIdOf(slug),
      cost: '무료',
      from: '',
      until: '',
      command: commandOf(entry.name),
    }
    await createResource(withId(parts, resourceId), byOf(login), body)
  }
  const today = dayInSeoul(parts.now())
  await askThree(parts, today)
  await giveCare(parts, today)
}

async function askThree(parts: ReferralParts, today: string): Promise<void> {
  const answers: Answer[] = [
    { slug: 'senior', login: 'senior.case', moves: [[-9, { move: 'receive', note: '' }]] },
    {
      slug: 'uiwelfare',
      login: 'uiwelfare.case',
      moves: [
        [
          -8,
          {
            move: 'decline',
            declined: 'not_eligible',
            note: '우리 복지관은 의정부시 주민만 도울 수 있습니다. 동두천시 노인복지관을 권합니다.',
          },
        ],
      ],
    },
    {
      slug: 'jungang',
      login: 'jungang.case',
      moves: [
        [
          -8,
          { move: 'accept', plannedOn: addDays(today, -3), note: '우리 동 마을 부엌에서 토요일마다 함께 드립니다.' },
        ],
        [-3, { move: 'start', note: '' }],
      ],
    },
  ]
  const known = (await parts.referrals.ofCases([HOUSEHOLD])).map(one => one.toAgencyId)
  const to = answers.map(({ slug }) => agencyIdOf(slug)).filter(agencyId => !known.includes(agencyId))
  if (to.length > 0) await ask(at(parts, -9), to)
  for (const { slug, login, moves } of answers) {
    const referral = (await parts.referrals.ofCases([HOUSEHOLD])).find(one => one.toAgencyId === agencyIdOf(slug))
    if (referral === undefined) continue
    const ground = { ground: 'consent' as const, words: '서면 동의, 생연1동 사례철 2-3', sensitive: false }
    const steps = [
      [-9, SENDER, { move: 'send' as const, note: '', ground }] as const,
      ...moves.map(([days, said]) => [days, login, said] as const),
    ]
    for (const [index, [days, who, said]] of steps.entries()) {
      await stepOn(at(parts, days), who, referral._id, index, said)
    }
  }
}

async function ask(then: ReferralParts, to: AgencyId[]): Promise<void> {
  const by = byOf(SENDER)
  await createReferrals(then, by, await admitToRefer(then, by, HOUSEHOLD), {
    command: commandOf('three'),
    to,
    service: 'donation_goods',
    draft: {
      request: '혼자 식사를 준비하지 못합니다. 주 2회 밑반찬을 부탁드립니다.',
      contact: '생연1동 맞춤형복지팀',
      needs: ['daily_living', 'economy'],
      fields: {
        name: '김○○',
        birthYear: '1964',
        householdType: '1인 가구',
        wishes: '집에서 먹을 수 있는 반찬',
        problem: '혼자 지내며 식사를 거르는 날이 많음',
        health: '폐암 치료 중',
      },
      chosen: ['name', 'householdType', 'wishes', 'problem'],
      givesNeeds: true,
    },
  })
}

/** The step of that number, unless it was made before or somebody went another way. */
async function stepOn(
  parts: ReferralParts,
  login: string,
  referralId: ReferralId,
  index: number,
  said: Omit<MoveReferralBody, '_v'>,
): Promise<void> {
  const stored = await parts.referrals.find(referralId)
  if (stored?.steps.length !== index) return
  const by = byOf(login)
  await moveReferral(parts, by, await admitToReferral(parts, by, referralId), { _v: stored._v, ...said })
}

async function giveCare(parts: ReferralParts, today: string): Promise<void> {
  const by = byOf(SENDER)
  const from = addDays(today, -14)
  const givings: [name: string, body: Omit<CreateAllocationBody, 'command' | 'resourceId' | 'source' | 'despite'>][] = [
    [
      'livelihood',
      {
        ...{ agencyId: agencyIdOf('saengyeon'), service: 'emergency_welfare', emergency: 'livelihood' },
        ...{ what: '긴급 생계지원', amount: 713_100, rule: '긴급복지지원법 제9조' },
        ...{ rhythm: 'monthly', from, until: addDays(from, 75) },
      },
    ],
    [
      'cash',
      {
        ...{ agencyId: agencyIdOf('angel'), service: 'donation_cash', emergency: '' },
        ...{ what: '후원금', amount: 50_000, rule: '이사회 승인', rhythm: 'weekly', from, until: addDays(from, 70) },
      },
    ],
  ]
  for (const [name, body] of givings) {
    const known = await parts.allocations.byCommand(commandOf(name))
    if (known !== undefined) continue
    const then = at(parts, -14)
    await createAllocation(then, by, await admitToRefer(then, by, HOUSEHOLD), {
      ...body,
      command: commandOf(name),
      resourceId: null,
      source: { of: 'none' },
      despite: '',
    })
    const made = await parts.allocations.byCommand(commandOf(name))
    if (made === undefined) continue
    const admitted = await admitToAllocation(parts, by, made._id)
    await tickAllocation(parts, by, admitted, { _v: made._v, day: from, given: true })
  }
}

const commandOf = (name: string): CommandId => fixedId<CommandId>('help', name)

/** What happened then is dated then. */
const at = (parts: ReferralParts, days: number): ReferralParts => ({ ...parts, now: () => parts.now() + days * DAY_MS })

/** The parts with the next id already chosen. */
const withId = (parts: ReferralParts, id: string): ReferralParts => ({
  ...parts,
  newId: <T extends string>() => id as T,
})

function byOf(login: string): By {
  const { userId, agencyId, role } = demoPerson(login)
  return { actor: { userId, operator: false, memberships: [{ agencyId, role }] }, address: 'demo' }
}
