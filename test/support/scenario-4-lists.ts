/**
 * The quarter of DOMAIN §11.4 as data: three dongs, each with its own list in its own kind of file, and what becomes of each household. 61 rows: 8 that
 * cannot be read, 2 that stand there twice, 51 households; of these 4 are decided on the board and 47 heard in meetings, which select 43. All of it is
 * made up.
 */
import { strToU8, zipSync } from 'fflate'
import { createCp949Decoder } from '../../server/imports/cp949.ts'
import { DISCOVERY_ROUTES, type DiscoveryRoute, type NeedDomain } from '../../shared/codes.ts'
import { ROW_FAULTS, type RowFault } from '../../shared/imports/household-row.ts'

export type Outcome = 'selected' | 'service_linkage' | 'not_selected' | 'deferred'
type OnBoard = 'linked' | 'excluded' | 'unreachable'

export interface Household {
  name: string
  /** How it is called as a case. */
  label: string
  route: DiscoveryRoute
  fate: { at: 'board'; state: OnBoard } | { at: 'meeting'; outcome: Outcome; need: NeedDomain }
}

export interface Dong {
  slug: 'saengyeon' | 'jungang' | 'heungseon'
  shortName: string
  file: { name: string; mimeType: string; buffer: Buffer }
  /** What is chosen above the file; the rows of a list with a column of its own say it themselves. */
  route: DiscoveryRoute
  rows: number
  faults: readonly RowFault[]
  doubles: number
  households: readonly Household[]
  firstNumber: string
}

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'

/** Livelihood, medical, housing, employment, in turn. */
export const NEEDS = ['economy', 'health', 'living_environment', 'employment'] as const satisfies readonly NeedDomain[]

const HEADINGS = ['연번', '성명', '생년월일', '성별', '연락처', '주소', '위기정보'] as const
type Heading = (typeof HEADINGS)[number]
const SIGNS = [
  '단전, 건강보험료 체납 4개월',
  '의료비 과다 지출',
  '월세 체납 3개월, 퇴거 우려',
  '실업급여 종료, 구직 중',
]

const NAMES = '김이박최정강조윤장임한오서신권황안송류홍전문손배'
const GIVEN = ['순옥', '영자', '말숙', '덕수', '점례', '분이', '길자', '만복', '춘식']
const nameOf = (n: number) => `${NAMES.charAt(n % NAMES.length)}${GIVEN[Math.floor(n / 3) % GIVEN.length]}`

/** A household that is like no other of all three lists. */
const plain = (n: number, dong: string): Record<Heading, string> => ({
  연번: String(n),
  성명: nameOf(n),
  생년월일: `${1935 + (n % 50)}-0${1 + (n % 9)}-${String(10 + (n % 18))}`,
  성별: n % 3 === 0 ? '남' : '여',
  연락처: `010-${3100 + n}-${5200 + 7 * n}`,
  주소: `${dong} ${n}길 ${n + 3}`,
  위기정보: SIGNS[n % SIGNS.length] ?? '',
})

/** What makes a row unreadable for one reason and for no other. */
const SPOILED: Partial<Record<RowFault, Partial<Record<Heading, string>>>> = {
  name_missing: { 성명: '' },
  birth_unreadable: { 생년월일: '모름' },
  birth_future: { 생년월일: '2090-01-01' },
  sex_unreadable: { 성별: '미상' },
  phone_unreadable: { 연락처: '010-12' },
  reach_missing: { 연락처: '', 주소: '' },
  name_odd: { 성명: '1234' },
}

interface DongPlan {
  slug: Dong['slug']
  shortName: string
  city: string
  fileName: string
  route: DiscoveryRoute
  /** Of each household in its row; for a list with a column of its own. */
  routeOf?: (at: number) => DiscoveryRoute
  from: number
  firstNumber: string
  faults: readonly RowFault[]
  /** Which household stands there a second time, at the end. */
  twice?: number
  /** In the order of the list. */
  fates: readonly (OnBoard | Outcome)[]
}

const selected = (count: number): Outcome[] => Array.from({ length: count }, () => 'selected')

const PLANS: readonly DongPlan[] = [
  {
    slug: 'saengyeon',
    shortName: '생연1동',
    city: '동두천시 생연1동',
    fileName: '4차 복지사각지대 발굴 명단.xlsx',
    route: 'blind_spot_system',
    from: 1,
    firstNumber: '2026-301',
    faults: ['name_missing', 'birth_unreadable', 'phone_unreadable', 'reach_missing'],
    twice: 5,
    fates: ['linked', 'excluded', ...selected(18), 'service_linkage', 'deferred'],
  },
  {
    slug: 'jungang',
    shortName: '중앙동',
    city: '동두천시 중앙동',
    fileName: '찾아가는 복지상담 명단.csv',
    route: 'outreach_visit',
    from: 101,
    firstNumber: '2026-401',
    faults: ['sex_unreadable', 'birth_future', 'name_odd'],
    twice: 3,
    fates: ['unreachable', ...selected(14), 'not_selected'],
  },
  {
    slug: 'heungseon',
    shortName: '흥선동',
    city: '의정부시 흥선동',
    fileName: '발굴 명단(경로 포함).csv',
    route: 'blind_spot_system',
    routeOf: at => (at % 2 === 0 ? 'outreach_visit' : 'blind_spot_system'),
    from: 201,
    firstNumber: '2026-501',
    faults: ['route_unknown'],
    fates: ['linked', ...selected(11), 'service_linkage'],
  },
]

export const DONGS: readonly Dong[] = PLANS.map(planned)

function planned(plan: DongPlan): Dong {
  const { routeOf, fates, faults, twice, from, city } = plan
  const route = (at: number) => routeOf?.(at) ?? plan.route
  const line = (n: number, at: number, about: Partial<Record<Heading, string>> = {}, way?: string): string[] => {
    const row = { ...plain(n, city), ...about }
    return [
      ...HEADINGS.map(heading => row[heading]),
      ...(routeOf === undefined ? [] : [way ?? DISCOVERY_ROUTES[route(at)].ko]),
    ]
  }
  const good = fates.map((_, at) => line(from + at, at))
  const bad = faults.map((fault, at) =>
    line(from + 60 + at, at, SPOILED[fault], fault === 'route_unknown' ? '길에서 만남' : undefined),
  )
  const again = twice === undefined ? [] : [line(from + twice, twice, { 연번: '99', 위기정보: '다시 통보됨' })]
  const rows = [...good, ...bad, ...again]
  const table = [
    [`${plan.shortName} ${plan.fileName.replace(/\..*$/, '')}`],
    [...HEADINGS, ...(routeOf === undefined ? [] : ['발굴경로'])],
    ...rows,
  ]
  return {
    slug: plan.slug,
    shortName: plan.shortName,
    file: plan.fileName.endsWith('.xlsx')
      ? {
          name: plan.fileName,
          mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
          buffer: workbookOf(table),
        }
      : { name: plan.fileName, mimeType: 'text/csv', buffer: cp949Of(csvOf(table)) },
    route: plan.route,
    rows: rows.length,
    faults,
    doubles: again.length,
    households: fates.map((fate, at) => ({
      name: nameOf(from + at),
      label: `${nameOf(from + at).charAt(0)}○○ 가구`,
      route: route(at),
      fate:
        fate === 'linked' || fate === 'excluded' || fate === 'unreachable'
          ? { at: 'board', state: fate }
          : { at: 'meeting', outcome: fate, need: NEEDS[at % NEEDS.length] ?? 'economy' },
    })),
    firstNumber: plan.firstNumber,
  }
}

/** What a screen says of a fault. */
export const wordsOfFault = (fault: RowFault): string => ROW_FAULTS[fault].ko

function csvOf(rows: readonly (readonly string[])[]): string {
  return rows.map(row => row.map(cell => (cell.includes(',') ? `"${cell}"` : cell)).join(',')).join('\r\n')
}

/** As a table program of some years ago keeps Korean. */
function cp949Of(text: string): Buffer {
  const decoder = createCp949Decoder()
  const places = new Map<string, [number, number]>()
  for (let lead = 0x81; lead <= 0xfd; lead++) {
    for (let trail = 0x41; trail <= 0xfe; trail++) {
      const letter = decoder.decode(Uint8Array.of(lead, trail))
      if (letter !== undefined && !places.has(letter)) places.set(letter, [lead, trail])
    }
  }
  return Buffer.from(
    [...text].flatMap(letter => {
      if (letter.charCodeAt(0) < 0x80) return [letter.charCodeAt(0)]
      const place = places.get(letter)
      if (place === undefined) throw new Error(`${letter} has no place in CP949`)
      return place
    }),
  )
}

/** The least that a table program calls a workbook. */
function workbookOf(rows: readonly (readonly string[])[]): Buffer {
  const cell = (text: string) => `<c t="inlineStr"><is><t>${text.replaceAll('&', '&amp;')}</t></is></c>`
  const sheet = rows.map((row, at) => `<row r="${at + 1}">${row.map(cell).join('')}</row>`).join('')
  const files = {
    '[Content_Types].xml': `<Types xmlns="${PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>`,
    'xl/workbook.xml': `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="명단" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    'xl/worksheets/sheet1.xml': `<worksheet xmlns="${MAIN}"><sheetData>${sheet}</sheetData></worksheet>`,
  }
  return Buffer.from(zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)]))))
}
