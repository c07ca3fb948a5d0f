/**
 * One row of a list as a found household (발굴 대상), or what is wrong with it (server/imports/SPEC IM7). Pure: today comes in. Forms are read as people write
 * them (1961.3.2, 61년생, 01012345678 without its zero); what could mean two things is a fault and never a guess.
 */
import { codesOf, DISCOVERY_ROUTES, type DiscoveryRoute } from '../codes.ts'
import type { ColumnMapping, ImportField } from './import-columns.ts'

export interface HouseholdRow {
  name: string
  /** `YYYY-MM-DD`, `YYYY`, or empty. */
  birth: string
  sex: 'female' | 'male' | ''
  phone: string
  address: string
  /** `YYYY-MM-DD` or empty. */
  foundOn: string
  route: DiscoveryRoute | ''
  signs: string
  note: string
  sourceNumber: string
}

export const ROW_FAULTS = {
  name_missing: { ko: '이름이 없습니다. 이름을 쓰세요.', en: 'There is no name. Write one.' },
  name_odd: {
    ko: '이름으로 보이지 않습니다. 칸이 밀리지 않았는지 보세요.',
    en: 'This does not look like a name. See whether cells have moved.',
  },
  birth_unreadable: {
    ko: '생년월일을 읽을 수 없습니다. 1961-03-02처럼 쓰세요.',
    en: 'The date of birth cannot be read. Write it like 1961-03-02.',
  },
  birth_unclear: {
    ko: '태어난 해가 1900년대인지 2000년대인지 알 수 없습니다. 네 자리로 쓰세요.',
    en: 'The year of birth may be of either century. Write it with four digits.',
  },
  birth_future: { ko: '생년월일이 오늘보다 뒤입니다.', en: 'The date of birth is later than today.' },
  sex_unreadable: {
    ko: '성별을 읽을 수 없습니다. 남 또는 여로 쓰세요.',
    en: 'The sex cannot be read. Write 남 or 여.',
  },
  phone_unreadable: {
    ko: '전화번호를 읽을 수 없습니다. 숫자가 모자라거나 남습니다.',
    en: 'The telephone number cannot be read: too few or too many digits.',
  },
  day_unreadable: {
    ko: '발굴한 날을 읽을 수 없습니다. 2026-11-22처럼 쓰세요.',
    en: 'The day of finding cannot be read. Write it like 2026-11-22.',
  },
  day_future: { ko: '발굴한 날이 오늘보다 뒤입니다.', en: 'The day of finding is later than today.' },
  route_unknown: {
    ko: '발굴 경로가 코드표에 없습니다. 발굴 경로 칸을 비우거나 코드표의 말로 쓰세요.',
    en: 'This way of finding is not in the code table. Leave it empty or use the table’s words.',
  },
  reach_missing: {
    ko: '전화도 주소도 없어 찾아갈 수 없습니다. 하나는 쓰세요.',
    en: 'Neither telephone nor address: nobody can reach the household. Write one.',
  },
  too_long: { ko: '글이 너무 깁니다.', en: 'The text is too long.' },
  too_many_cells: {
    ko: '칸이 제목줄보다 많습니다. 쉼표나 줄바꿈으로 칸이 밀렸을 수 있습니다.',
    en: 'The row has more cells than there are headings; a comma may have moved them.',
  },
} as const
export type RowFault = keyof typeof ROW_FAULTS

export interface FaultInRow {
  fault: RowFault
  /** Which column, from 0; null for the row as a whole. */
  column: number | null
}

const LONGEST: Record<ImportField, number> = {
  name: 40,
  birth: 40,
  sex: 10,
  phone: 40,
  address: 200,
  foundOn: 40,
  route: 60,
  signs: 500,
  note: 1_000,
  sourceNumber: 40,
}

export interface ReadHousehold {
  household: HouseholdRow
  faults: FaultInRow[]
}

/** @param today `YYYY-MM-DD` in Seoul */
export function readHousehold(
  cells: readonly string[],
  mapping: ColumnMapping,
  { today, width }: { today: string; width: number },
): ReadHousehold {
  const faults: FaultInRow[] = []
  const household = { ...NOTHING }
  const columnOf = (field: ImportField) => mapping.indexOf(field)
  const note = (fault: RowFault, field: ImportField | null) =>
    faults.push({ fault, column: field === null ? null : columnOf(field) < 0 ? null : columnOf(field) })
  const cell = (field: ImportField): string => {
    const text = cells[columnOf(field)]?.trim() ?? ''
    if (text.length <= LONGEST[field]) return text
    note('too_long', field)
    return ''
  }
  if (cells.slice(width).some(one => one.trim() !== '')) note('too_many_cells', null)

  household.name = cell('name').replace(/\s+/g, ' ')
  if ((cells[columnOf('name')]?.trim() ?? '') === '') note('name_missing', 'name')
  else if (household.name !== '' && !isName(household.name)) note('name_odd', 'name')

  const birth = readBirth(cell('birth'), today)
  if ('fault' in birth) note(birth.fault, 'birth')
  else household.birth = birth.birth
  const sex = cell('sex')
  const known = SEXES.find(([, expression]) => expression.test(sex))?.[0]
  if (known !== undefined) household.sex = known
  else if (sex !== '') note('sex_unreadable', 'sex')
  else if ('sex' in birth && birth.sex !== undefined) household.sex = birth.sex

  const phone = readPhone(cell('phone'))
  if (phone === undefined) note('phone_unreadable', 'phone')
  else household.phone = phone
  household.address = cell('address')

  const found = cell('foundOn')
  if (found !== '') {
    const day = readDay(found)
    if (day === undefined) note('day_unreadable', 'foundOn')
    else if (day > today) note('day_future', 'foundOn')
    else household.foundOn = day
  }
  const route = cell('route')
  if (route !== '') {
    const code = routeOf(route)
    if (code === undefined) note('route_unknown', 'route')
    else household.route = code
  }
  household.signs = cell('signs')
  household.note = cell('note')
  household.sourceNumber = cell('sourceNumber')
  const hasReach = phone === undefined || household.phone !== '' || household.address !== ''
  if (!hasReach) note('reach_missing', null)
  return { household, faults }
}

const NOTHING: HouseholdRow = {
  name: '',
  birth: '',
  sex: '',
  phone: '',
  address: '',
  foundOn: '',
  route: '',
  signs: '',
  note: '',
  sourceNumber: '',
}

/** Letters of any script, with the circles of a name that is half hidden; no figures, no formula. */
const isName = (name: string): boolean =>
  /^[\p{L}\p{M}○〇*·.’' ()-]{1,40}$/u.test(name) && /\p{L}/u.test(name) && !/^[-(]/.test(name)

const SEXES = [
  ['female', /^(여|여자|여성|f|female|2|4)$/i],
  ['male', /^(남|남자|남성|m|male|1|3)$/i],
] as const

function readBirth(
  text: string,
  today: string,
):
  | { birth: string; sex?: 'female' | 'male' | undefined }
  | { fault: 'birth_unreadable' | 'birth_unclear' | 'birth_future' } {
  if (text === '') return { birth: '' }
  // A masked resident number says the century, and the sex.
  const masked = /^(\d{2})(\d{2})(\d{2})-?([1-8])[\d*]{0,6}$/.exec(text)
  if (masked !== null && text.length > 6 && /[-*]/.test(text)) {
    const [, yy = '', mm = '', dd = '', kind = ''] = masked
    const year = '3478'.includes(kind) ? `20${yy}` : `19${yy}`
    const birth = dayOf(year, mm, dd)
    if (birth === undefined) return { fault: 'birth_unreadable' }
    return birth > today ? { fault: 'birth_future' } : { birth, sex: Number(kind) % 2 === 0 ? 'female' : 'male' }
  }
  const year = /^(\d{4})(?:년생?|)$/.exec(text)?.[1]
  if (year !== undefined) {
    if (year < '1900') return { fault: 'birth_unreadable' }
    return year > today.slice(0, 4) ? { fault: 'birth_future' } : { birth: year }
  }
  const short = /^(\d{2})년생?$/.exec(text)?.[1]
  if (short !== undefined) return short > today.slice(2, 4) ? { birth: `19${short}` } : { fault: 'birth_unclear' }
  const six = /^(\d{2})[.\-/]?(\d{2})[.\-/]?(\d{2})$/.exec(text)
  if (six !== null) {
    const [, yy = '', mm = '', dd = ''] = six
    const birth = dayOf(`19${yy}`, mm, dd)
    if (birth === undefined) return { fault: 'birth_unreadable' }
    return yy > today.slice(2, 4) ? { birth } : { fault: 'birth_unclear' }
  }
  const birth = readDay(text)
  if (birth === undefined || birth < '1900') return { fault: 'birth_unreadable' }
  return birth > today ? { fault: 'birth_future' } : { birth }
}

/** A day as people and table programs write it; undefined when it is none. */
export function readDay(text: string): string | undefined {
  const eight = /^(\d{4})(\d{2})(\d{2})$/.exec(text)
  if (eight !== null) return dayOf(eight[1] ?? '', eight[2] ?? '', eight[3] ?? '')
  const apart =
    /^(\d{4})\s*[.\-/년]\s*(\d{1,2})\s*[.\-/월]\s*(\d{1,2})\s*[.일]?(?:\s*(?:\(.\)|T?\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?Z?))?$/.exec(
      text,
    )
  if (apart !== null) return dayOf(apart[1] ?? '', apart[2] ?? '', apart[3] ?? '')
  // A day that a table program keeps as a count of days since the end of 1899.
  const serial = /^(\d{5})(?:\.\d+)?$/.exec(text)?.[1]
  if (serial === undefined) return undefined
  return new Date((Number(serial) - DAYS_TO_1970) * 86_400_000).toISOString().slice(0, 10)
}

/** From 30 December 1899, where table programs begin to count, to 1970. */
const DAYS_TO_1970 = 25_569

function dayOf(year: string, month: string, day: string): string | undefined {
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const time = Date.parse(`${text}T00:00:00Z`)
  return Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== text ? undefined : text
}

/** As it is dialled, with dashes; empty for none; undefined when it cannot be one. */
function readPhone(text: string): string | undefined {
  if (text === '' || text === '-' || text === '없음') return ''
  if (/[^\d\s().+-]/.test(text)) return undefined
  let digits = text.replace(/\D/g, '').replace(/^82/, '')
  // A table program took it for a figure.
  if (/^(10|11|16|17|18|19|2|3[1-3]|4[1-4]|5[1-5]|6[1-4]|70|50\d)/.test(digits) && !digits.startsWith('0'))
    digits = `0${digits}`
  if (!/^0\d{8,11}$/.test(digits)) return undefined
  const area = digits.startsWith('02') ? 2 : digits.startsWith('050') ? 4 : 3
  const rest = digits.slice(area)
  return rest.length < 7 || rest.length > 8
    ? undefined
    : `${digits.slice(0, area)}-${rest.slice(0, -4)}-${rest.slice(-4)}`
}

function routeOf(text: string): DiscoveryRoute | undefined {
  const key = text.replace(/\s/g, '')
  return codesOf(DISCOVERY_ROUTES).find(
    code => code === key || DISCOVERY_ROUTES[code].ko.replace(/\s/g, '') === key || DISCOVERY_ROUTES[code].en === text,
  )
}
