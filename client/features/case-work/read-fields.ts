/** What people type into short fields, read. Undefined for what cannot be read; empty for nothing. */
import { MAX_AMOUNT_WON } from '../../../shared/documents/actions-document.ts'
import { isBirth } from '../../../shared/documents/layout-language.ts'

/**
 * When somebody was born: `1959-03-02`, `1959. 3. 2.`, `1959년 3월`, `1959`, or the six figures of an identity card (`590302`), of the century that
 * makes the person not older than a hundred and not yet to be born.
 * @param today `YYYY-MM-DD`
 */
export function readBirth(text: string, today: string): string | undefined {
  const typed = text.trim()
  if (typed === '') return ''
  const six = /^(\d{2})(\d{2})(\d{2})$/.exec(typed)
  if (six) {
    const [, year = '', month = '', day = ''] = six
    const thisCentury = `20${year}-${month}-${day}`
    return asBirth(thisCentury <= today ? thisCentury : `19${year}-${month}-${day}`, today)
  }
  const eight = /^(\d{4})(\d{2})(\d{2})$/.exec(typed)
  if (eight) return asBirth(eight.slice(1).join('-'), today)
  const parts = /^(\d{4})(?:\s*[.\-/년]\s*(\d{1,2})(?:\s*[.\-/월]\s*(\d{1,2}))?)?\s*[.년월일생]*$/.exec(typed)
  if (parts === null) return undefined
  const written = parts.slice(1).filter(part => part !== undefined)
  return asBirth(written.map(part => part.padStart(2, '0')).join('-'), today)
}

const asBirth = (birth: string, today: string): string | undefined =>
  isBirth(birth) && birth <= today.slice(0, birth.length) ? birth : undefined

/** Won: `300,000`, `30만`, `1만5천`, `250000원`; null for nothing. */
export function readWon(text: string): number | null | undefined {
  const typed = text.replace(/[,\s원₩]/g, '')
  if (typed === '') return null
  const parts = /^(?:(\d{1,8})억)?(?:(\d{1,8})만)?(?:(\d{1,4})천)?(\d{1,13})?$/.exec(typed)
  if (parts === null) return undefined
  const [, eok = '0', man = '0', cheon = '0', rest = '0'] = parts
  const won = Number(eok) * 100_000_000 + Number(man) * 10_000 + Number(cheon) * 1_000 + Number(rest)
  return won <= MAX_AMOUNT_WON ? won : undefined
}

/** A whole number from least to most; null for nothing. */
export function readCount(text: string, least: number, most: number): number | null | undefined {
  const typed = text.trim()
  if (typed === '') return null
  const value = /^\d{1,6}$/.test(typed) ? Number(typed) : Number.NaN
  return value >= least && value <= most ? value : undefined
}
