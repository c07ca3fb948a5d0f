/** The lines of a supervision as they are read: each question with its answers beneath it, notes in between. Pure. */
import { openQuestionsOf, type SupervisionEntryView } from '../../../../shared/protocol/supervision.ts'

export interface Topic {
  /** A question or a note. */
  entry: SupervisionEntryView
  answers: readonly SupervisionEntryView[]
  /** Null for a note. */
  isOpen: boolean | null
  /** When it was marked as resolved last. */
  resolvedAt: string | null
}

/** In the order in which they were begun. */
export function conversationOf(entries: readonly SupervisionEntryView[]): Topic[] {
  const open = openQuestionsOf(entries)
  const about = (entry: SupervisionEntryView, kind: SupervisionEntryView['kind']) =>
    entries.filter(one => one.kind === kind && one.about === entry.entryId)
  return entries
    .filter(entry => entry.kind === 'question' || entry.kind === 'note')
    .map(entry => {
      const isOpen = entry.kind === 'question' ? open.has(entry.entryId) : null
      return {
        entry,
        answers: about(entry, 'answer'),
        isOpen,
        resolvedAt: isOpen === false ? (about(entry, 'resolved').at(-1)?.at ?? null) : null,
      }
    })
}
