import type { AgendaLine } from '../conferences/agenda-lines.ts'
import type { PaperWords } from './use-paper-texts.ts'

/** The item's name as this reader may know it: the household only where the item may be opened. */
export function lineName(line: AgendaLine, t: PaperWords): string {
  return line.name ?? (line.restricted ? t('restrictedItem') : t('generalItem'))
}

/** Without any household, whoever reads. An item that may not be opened is about a case: a general one is open to everybody. */
export function neutralLineName(line: AgendaLine, t: PaperWords): string {
  if (line.item === undefined) return t('generalItem')
  if (line.item.restricted || line.item.kind === 'case') return t('caseItem')
  return line.name ?? t('generalItem')
}
