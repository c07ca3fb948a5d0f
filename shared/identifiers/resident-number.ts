/**
 * Finds Korean resident and alien registration numbers in free text and masks them (RESIDENT-NUMBER.md, RN1–RN6; 개인정보 보호법 제24조의2, LR-17).
 * Pure: screens warn with it while somebody types, the server masks with it what arrives. One pass over the text, no expression that can run away.
 */
import type { Label } from '../codes.ts'

export interface ResidentNumber {
  /** From and to (not including), in UTF-16 units of the text as it was given. */
  start: number
  end: number
  /** What may stand in its place: `900101-1******`. */
  masked: string
  kind: 'national' | 'foreigner'
}

/** What a screen says beside a text in which one was found. */
export const RESIDENT_NUMBER_NOTICE = {
  ko: '주민등록번호(외국인등록번호)로 보이는 숫자가 있습니다. 법령에 근거가 없으면 저장할 수 없어 뒷자리를 가립니다(개인정보 보호법 제24조의2). 생년월일과 사례번호를 쓰세요.',
  en: 'This looks like a resident (or alien) registration number. Without a law that allows it, it may not be stored, so its last six digits are masked (Personal Information Protection Act, art. 24-2). Use the date of birth and the case number.',
} as const satisfies Label

const DIGIT_COUNT = 13
/** Only numbers given before this day have a check digit (주민등록법 시행규칙, 5 October 2020). */
const WITHOUT_CHECK_SINCE = '20201005'
/** A birthday later than that is some other number. */
const LAST_BIRTH_YEAR = 2039
/** How far before a number the word that names it may stand. */
const NAMING_REACH = 20
const NAMED = /(주민|외국인|거소)\s*(등록|신고)?\s*(번호|증)|주민\s*번호|주번|RRN/i
const NAMED_CORPORATE = /법인/

/**
 * On a text in which each character was replaced by what it stands for (`plain`), so places stay. Front, gap and tail as people write them (RN1, RN3);
 * every repetition is bounded.
 */
const WRITTEN =
  /(?:\d{6}|\d\d(?<pair>[ .-])\d\d\k<pair>\d\d|\d(?: \d){5})(?<gap> {0,3}[-./]? {0,3})(?:\d{7}|\d[ -]\d{6}|\d{3,4}[ -]\d{3,4}|\d(?: \d){6})(?!\d)/y

/** All of them, in order and apart. */
export function findResidentNumbers(text: string): ResidentNumber[] {
  if (text.length < DIGIT_COUNT) return []
  const line = plain(text)
  const found: ResidentNumber[] = []
  for (let place = 0; place + DIGIT_COUNT <= line.length; place++) {
    if (!isDigit(line.charCodeAt(place)) || (place > 0 && isDigit(line.charCodeAt(place - 1)))) continue
    const one = numberAt(text, line, place)
    if (one === undefined) continue
    found.push(one)
    place = one.end - 1
  }
  return found
}

export const hasResidentNumber = (text: string): boolean => findResidentNumbers(text).length > 0

/** The text with each of them masked, and how many there were. */
export function maskResidentNumbers(text: string): { text: string; masked: number } {
  const found = findResidentNumbers(text)
  if (found.length === 0) return { text, masked: 0 }
  let out = ''
  let from = 0
  for (const { start, end, masked } of found) {
    out += text.slice(from, start) + masked
    from = end
  }
  return { text: out + text.slice(from), masked: found.length }
}

/**
 * One cell of a list (RN6): like {@link maskResidentNumbers}, and also a cell that is nothing but 10 to 12 digits which, with the zeros that a table program
 * drops, are a number whose check digit fits.
 */
export function residentNumberIn(cell: string): { text: string; masked: number } {
  const digits = cell.trim()
  if (/^\d{10,12}$/.test(digits) && !digits.startsWith('0')) {
    const whole = digits.padStart(DIGIT_COUNT, '0')
    if (isPerson(whole) && hasCheckDigit(whole)) return { text: maskOf(whole), masked: 1 }
  }
  return maskResidentNumbers(cell)
}

function numberAt(text: string, line: string, place: number): ResidentNumber | undefined {
  WRITTEN.lastIndex = place
  const match = WRITTEN.exec(line)
  if (match === null) return undefined
  const end = WRITTEN.lastIndex
  const digits = match[0].replace(/\D/g, '')
  if (digits.length !== DIGIT_COUNT || !isPerson(digits)) return undefined
  const gap = match.groups?.gap ?? ''
  const before = line.slice(Math.max(0, place - NAMING_REACH), place)
  const reach = text.slice(Math.max(0, place - NAMING_REACH), place)
  const isNamed = NAMED.test(reach)
  if (!isNamed) {
    if (NAMED_CORPORATE.test(reach)) return undefined
    // Part of a longer chain of digits and dashes: an account, a card, the end of a day and the beginning of a telephone number.
    if (/\d[-./]$/.test(before) || /^[-./]\d/.test(line.slice(end, end + 2))) return undefined
    // Together it is one of many long numbers.
    const isSayingNothing = gap === '' && birthdayOf(digits) < WITHOUT_CHECK_SINCE
    if (isSayingNothing && !hasCheckDigit(digits)) return undefined
    if (!gap.includes('-') && /^(?:,\d| ?원)/.test(text.slice(end, end + 3))) return undefined
  }
  return {
    start: place,
    end,
    masked: maskOf(digits),
    kind: (digits.charCodeAt(6) - 48) % 10 >= 5 ? 'foreigner' : 'national',
  }
}

const maskOf = (digits: string): string => `${digits.slice(0, 6)}-${digits.charAt(6)}******`

/** `YYYYMMDD`, by the century that the seventh digit says. Those of the 19th (9 and 0) are asked for nowhere any more. */
function birthdayOf(digits: string): string {
  const kind = digits.charCodeAt(6) - 48
  const isOfThisCentury = kind === 3 || kind === 4 || kind === 7 || kind === 8
  return `${isOfThisCentury ? '20' : '19'}${digits.slice(0, 6)}`
}

const DAYS_OF_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const

function isPerson(digits: string): boolean {
  const kind = digits.charCodeAt(6) - 48
  if (kind < 1 || kind > 8) return false
  const birthday = birthdayOf(digits)
  const year = Number(birthday.slice(0, 4))
  const month = Number(birthday.slice(4, 6))
  const day = Number(birthday.slice(6, 8))
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  const days = month === 2 && isLeap ? 29 : (DAYS_OF_MONTH[month - 1] ?? 0)
  return year <= LAST_BIRTH_YEAR && day >= 1 && day <= days
}

const WEIGHTS = [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5] as const

/** The check digit of a national's number; of a foreigner's it is two more. */
function hasCheckDigit(digits: string): boolean {
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * (digits.charCodeAt(index) - 48), 0)
  const shift = digits.charCodeAt(6) - 48 >= 5 ? 13 : 11
  return (shift - (sum % 11)) % 10 === digits.charCodeAt(12) - 48
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57

const DASHES = /[\u00ad\u2010-\u2015\u2043\u207b\u208b\u2212\u30fc\u3161\u1173\ufe58\ufe63\uff0d\uff70~\u223c\uff5e_]/
const SPACES = /[\u00a0\u1680\u2000-\u200f\u2028-\u202f\u205f-\u2064\u3000\u3164\ufeff]/

/** Character for character: digits, dashes, dots and spaces in their plain form. Tabs and line ends separate cells and lines, so they stay. */
function plain(text: string): string {
  let out = ''
  for (let place = 0; place < text.length; place++) {
    const code = text.charCodeAt(place)
    if (code < 0x7f && code !== 0x7e && code !== 0x5f) out += text.charAt(place)
    else if (code >= 0xac00 && code <= 0xd7a3) out += '가'
    else if (code >= 0xff10 && code <= 0xff19) out += String.fromCharCode(code - 0xff10 + 48)
    else {
      const character = text.charAt(place)
      if (DASHES.test(character)) out += '-'
      else if (SPACES.test(character)) out += ' '
      else if (character === '·' || character === 'ㆍ' || character === '．' || character === '・') out += '.'
      else if (character === '／') out += '/'
      else out += '가'
    }
  }
  return out
}
