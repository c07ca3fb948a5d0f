/** What a column of a list can mean, and which one its heading says (server/imports/SPEC IM6). Lists come from the blind-spot system, from surveys, from a colleague's own table. */
import type { Label } from '../codes.ts'

export const IMPORT_FIELDS = {
  name: { ko: '이름', en: 'Name' },
  birth: { ko: '생년월일', en: 'Date of birth' },
  sex: { ko: '성별', en: 'Sex' },
  phone: { ko: '전화', en: 'Telephone' },
  address: { ko: '주소', en: 'Address' },
  foundOn: { ko: '발굴한 날', en: 'Found on' },
  route: { ko: '발굴 경로', en: 'How found' },
  signs: { ko: '위기 정보', en: 'Signs of crisis' },
  note: { ko: '비고', en: 'Note' },
  sourceNumber: { ko: '명단 번호', en: 'Number in the list' },
} as const satisfies Record<string, Label>
export type ImportField = keyof typeof IMPORT_FIELDS

/** For each column what it means; null for one that is left out. What is left out is not kept. */
export type ColumnMapping = readonly (ImportField | null)[]

/** Headings as they stand in lists, without spaces, brackets and marks. Whole ones first, then beginnings and parts. */
const HEADINGS: readonly (readonly [ImportField, RegExp])[] = [
  ['sourceNumber', /^(no|번호|연번|순번|순|일련번호|관리번호|명단번호|발굴번호|접수번호|대상자번호)$/],
  ['name', /^(성명|이름|대상자|대상자명|대상자성명|세대주|세대주명|세대주성명|가구주|가구주명|성함|name)$/],
  [
    'birth',
    /^(생년월일|생년|출생연도|출생년도|출생일|생일|주민등록번호|주민번호|주민등록번호앞자리|주민번호앞자리|birth(day|date)?|dateofbirth)$/,
  ],
  ['sex', /^(성별|남녀|sex|gender)$/],
  ['phone', /(연락처|전화|휴대폰|핸드폰|휴대번호|phone|tel)/],
  ['address', /(주소|거주지|소재지|address)/],
  ['foundOn', /^(발굴일|발굴일자|발굴한날|발견일|통보일|통보일자|상담일|상담일자|방문일|방문일자|조사일|foundon)$/],
  ['route', /^(발굴경로|발굴방법|발견경로|경로|유형경로|route)$/],
  ['signs', /(위기|징후|단전|단수|체납|연체|위험|발굴사유|주요문제|문제상황|욕구|signs?)/],
  ['note', /^(비고|메모|특이사항|내용|상담내용|기타|참고|note|memo|remarks?)$/],
]

export const headingKey = (heading: string): string =>
  heading
    .normalize('NFC')
    .toLowerCase()
    .replace(/\([^)]*\)|\[[^\]]*\]/g, '')
    .replace(/[\s·.,:*※/_-]/g, '')

/** Each field at most once: the first column that says so. */
export function guessColumns(headings: readonly string[]): (ImportField | null)[] {
  const taken = new Set<ImportField>()
  return headings.map(heading => {
    const key = headingKey(heading)
    const field = HEADINGS.find(([one, expression]) => !taken.has(one) && key !== '' && expression.test(key))?.[0]
    if (field !== undefined) taken.add(field)
    return field ?? null
  })
}

/** How far down a heading may stand: above it are a title and a date. */
const HEADING_WITHIN = 10

/** Which row holds the headings; -1 where none does. */
export function headingRow(rows: readonly (readonly string[])[]): number {
  let best = { row: -1, known: 1 }
  for (const [row, cells] of rows.slice(0, HEADING_WITHIN).entries()) {
    const known = guessColumns(cells).filter(field => field !== null).length
    if (known > best.known) best = { row, known }
  }
  return best.row
}
