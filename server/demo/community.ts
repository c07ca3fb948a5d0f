/**
 * The agencies and people of the demo. The agencies of 동두천 and 의정부 are those that the news items name (DOMAIN §1: 2021–2022); nobody in it is a
 * real person: everybody is a role. What the items do not name is made up and says so, `(합성)`.
 */
import type { AgencyRole, AgencyType } from '../../shared/codes.ts'
import type { AgencyId, UserId } from '../../shared/ids.ts'
import type { InstallationView } from '../../shared/protocol/http-api.ts'
import { fixedId } from './fixed-ids.ts'

/** One for all, shown on the sign-in page: the demo never runs on a public address. */
export const DEMO_PASSWORD = 'dure-demo-2026'

export interface DemoPerson {
  login: string
  name: string
  role: AgencyRole
  userId: UserId
}

export interface DemoAgency {
  /** Its own host: `<slug>.localhost`. */
  slug: string
  agencyId: AgencyId
  name: string
  shortName: string
  type: AgencyType
  public: boolean
  city: '동두천시' | '의정부시'
  people: readonly DemoPerson[]
}

type PersonSpec = readonly [handle: string, name: string, role: AgencyRole]

const CASE_WORKER = '사례관리 담당'
const ADMINISTRATOR: PersonSpec = ['admin', '기관 관리자', 'agency_administrator']

function agency(
  slug: string,
  facts: Pick<DemoAgency, 'name' | 'shortName' | 'type' | 'public' | 'city'>,
  people: readonly PersonSpec[],
): DemoAgency {
  return {
    slug,
    agencyId: fixedId<AgencyId>('agency', slug),
    ...facts,
    people: people.map(([handle, name, role]) => ({
      login: `${slug}.${handle}`,
      name,
      role,
      userId: fixedId<UserId>('user', `${slug}.${handle}`),
    })),
  }
}

export const DEMO_AGENCIES = {
  saengyeon: agency(
    'saengyeon',
    { name: '생연1동 행정복지센터', shortName: '생연1동', type: 'dong', public: true, city: '동두천시' },
    [
      ['team', '맞춤형복지팀 팀장', 'case_worker'],
      ['case', CASE_WORKER, 'case_worker'],
      ['head', '동장', 'supervisor'],
      ADMINISTRATOR,
      ['privacy', '개인정보 보호책임자', 'privacy_officer'],
    ],
  ),
  muhan: agency(
    'muhan',
    { name: '동두천시 무한돌봄팀', shortName: '무한돌봄팀', type: 'city', public: true, city: '동두천시' },
    [
      ['case', '통합사례관리사', 'case_worker'],
      ['team', '무한돌봄팀 팀장', 'supervisor'],
      ADMINISTRATOR,
      ['privacy', '개인정보 보호책임자', 'privacy_officer'],
    ],
  ),
  council: agency(
    'council',
    { name: '동두천시 사회복지협의회', shortName: '협의회', type: 'council', public: false, city: '동두천시' },
    [['case', '복지자원 담당', 'case_worker'], ADMINISTRATOR],
  ),
  angel: agency(
    'angel',
    { name: '희망지킴이 천사운동본부', shortName: '천사운동본부', type: 'charity', public: false, city: '동두천시' },
    [['case', '후원 담당', 'case_worker'], ADMINISTRATOR],
  ),
  senior: agency(
    'senior',
    { name: '동두천시 노인복지관', shortName: '노인복지관', type: 'welfare_centre', public: false, city: '동두천시' },
    [['case', '사례관리팀 사회복지사', 'case_worker'], ADMINISTRATOR],
  ),
  jungang: agency(
    'jungang',
    { name: '중앙동 행정복지센터', shortName: '중앙동', type: 'dong', public: true, city: '동두천시' },
    [
      ['team', '맞춤형복지팀 팀장', 'case_worker'],
      ['case', CASE_WORKER, 'case_worker'],
      ['head', '동장', 'supervisor'],
      ADMINISTRATOR,
    ],
  ),
  mind: agency(
    'mind',
    {
      name: '가상 정신건강복지센터 (합성)',
      shortName: '정신건강(합성)',
      type: 'medical',
      public: true,
      city: '동두천시',
    },
    [
      ['case', '정신건강 담당', 'case_worker'],
      ['observer', '실습 참관인', 'observer'],
    ],
  ),
  heungseon: agency(
    'heungseon',
    { name: '흥선동 행정복지센터', shortName: '흥선동', type: 'dong', public: true, city: '의정부시' },
    [['team', '맞춤형복지팀 팀장', 'case_worker'], ['case', CASE_WORKER, 'case_worker'], ADMINISTRATOR],
  ),
  uiwelfare: agency(
    'uiwelfare',
    {
      name: '가상 종합복지관 (합성)',
      shortName: '복지관(합성)',
      type: 'welfare_centre',
      public: false,
      city: '의정부시',
    },
    [['case', '지역복지 담당', 'case_worker']],
  ),
} as const satisfies Record<string, DemoAgency>

export type DemoSlug = keyof typeof DEMO_AGENCIES

/** Runs the installation and sees no case. */
export const DEMO_OPERATOR = {
  login: 'operator',
  name: '운영자',
  userId: fixedId<UserId>('user', 'operator'),
}

/** A person by login, e.g. `saengyeon.team`. */
export function demoPerson(login: string): DemoPerson & { agencyId: AgencyId } {
  const { agencyId, people } = demoAgency(login.split('.')[0] ?? '')
  const person = people.find(one => one.login === login)
  if (person === undefined) throw new Error(`Nobody in the demo is ${login}`)
  return { ...person, agencyId }
}

function demoAgency(slug: string): DemoAgency {
  const found = Object.values<DemoAgency>(DEMO_AGENCIES).find(one => one.slug === slug)
  if (found === undefined) throw new Error(`No agency in the demo is ${slug}`)
  return found
}

const ROLE_WORDS: Readonly<Record<AgencyRole, string>> = {
  case_worker: '사례관리 담당자',
  supervisor: '슈퍼바이저',
  agency_administrator: '기관 관리자',
  observer: '참관인',
  privacy_officer: '개인정보 보호책임자',
}

/**
 * The accounts to try, with the address of each. Every agency has a host of its own, so that one browser keeps one sign-in for each; where the
 * service is not on this machine's name there is one address for all.
 */
export function demoAccountsOf(publicUrl: URL): InstallationView['demoAccounts'] {
  const accounts = Object.values<DemoAgency>(DEMO_AGENCIES).flatMap(one =>
    one.people.map(person => ({
      agency: one.name,
      name: person.name,
      role: ROLE_WORDS[person.role],
      login: person.login,
      password: DEMO_PASSWORD,
      url: addressOf(publicUrl, one.slug),
    })),
  )
  const operator = {
    agency: '두레 운영',
    name: DEMO_OPERATOR.name,
    role: DEMO_OPERATOR.name,
    login: DEMO_OPERATOR.login,
    password: DEMO_PASSWORD,
    url: addressOf(publicUrl, 'operator'),
  }
  return [...accounts, operator]
}

function addressOf(publicUrl: URL, slug: string): string {
  if (publicUrl.hostname !== 'localhost') return publicUrl.origin
  const url = new URL(publicUrl)
  url.hostname = `${slug}.localhost`
  return url.origin
}
