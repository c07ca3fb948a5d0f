import type { AgendaLine } from '../conferences/agenda-lines.ts'
import type { PaperWords } from './use-paper-texts.ts'

/** The item's name as this reader may know it: the household only where the item may be opened. */
export function lineName(line: AgendaLine, t: PaperWords): string {
  return line.name ?? (line.restricted ? t('restrictedItem') : t('generalItem'))
}

/** Without any household, whoever reads. */
export function neutralLineName(line: AgendaLine, t: PaperWords): string {
  return isAboutCase(line) ? t('caseItem') : (line.name ?? t('generalItem'))
}

/** Of an item that may not be opened only its line is known, and only a general item's line has a label. */
export function isAboutCase({ item, name }: AgendaLine): boolean {
  if (item === undefined) return false
  return item.restricted ? name === null : item.kind === 'case'
}
