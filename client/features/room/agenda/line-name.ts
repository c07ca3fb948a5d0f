import type { useRoomTexts } from '../i18n/use-room-texts.ts'
import type { AgendaLine } from './use-agenda.ts'

/** What a line of the agenda is called on this screen. */
export function nameOfLine(line: AgendaLine, t: ReturnType<typeof useRoomTexts>['t']): string {
  if (line.item === null) return line.label || t('agenda.new')
  // A general item's label is for everybody invited, also while the item itself is closed to them.
  if (line.item.restricted) return line.label || t('agenda.restricted')
  if (line.item.case) return line.item.case.label
  return line.label || t('agenda.untitled')
}
