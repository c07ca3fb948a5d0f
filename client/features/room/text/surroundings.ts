/**
 * What a shared text needs of the page it stands on: the line of its document, how somebody's caret looks, where to say what a paste left out. The room
 * gives it to its own texts; a page outside a room gives it with {@link TextSurroundingsContext}.
 */
import { createContext, use } from 'react'
import { must } from '../../../../shared/assert.ts'
import { type AgencyId, isId, type UserId } from '../../../../shared/ids.ts'
import { agencyColour } from '../../../lib/agency-colours.ts'
import type { DocumentLink } from '../../../room/document-link.ts'
import type { useRoomTexts } from '../i18n/use-room-texts.ts'
import { RoomContext } from '../room-context.tsx'
import type { CaretLook } from './carets.ts'
import type { PasteRemark } from './pasting.ts'

export interface TextSurroundings {
  /** Undefined once the document is no longer open. */
  lineOf(document: string): DocumentLink | undefined
  caretLookOf(user: unknown): CaretLook
  remarkOnPaste(remark: PasteRemark): void
}

export const TextSurroundingsContext = createContext<TextSurroundings | undefined>(undefined)

export function useTextSurroundings(): TextSurroundings {
  const given = use(TextSurroundingsContext)
  const room = use(RoomContext)
  if (given !== undefined) return given
  const { client, caretLookOf, remarkOnPaste } = must(room, 'room')
  return { lineOf: document => client.link(document), caretLookOf, remarkOnPaste }
}

/** A caret in its agency's colour, under its short name. */
export function caretLook(
  user: unknown,
  agencies: ReadonlyMap<AgencyId, { shortName: string; colour: number }>,
  me: UserId,
): CaretLook {
  const { id, agencyId, name } = (typeof user === 'object' && user !== null ? user : {}) as Record<string, unknown>
  const agency = isId(agencyId) ? agencies.get(agencyId as AgencyId) : undefined
  const { solid, ink } = agencyColour(agency?.colour ?? -1)
  // My own caret in another window is not somebody else.
  const label = id === me ? '·' : (agency?.shortName ?? (typeof name === 'string' ? name : '·'))
  return { label, color: solid, ink }
}

/** `100,000` */
const count = (characters: number) => new Intl.NumberFormat('ko-KR').format(characters)

/** What a paste left out, in the room's words. */
export function pasteWords(t: ReturnType<typeof useRoomTexts>['t'], remark: PasteRemark): [string, 'info' | 'danger'] {
  switch (remark.kind) {
    case 'table':
      return [t('paste.table', { rows: remark.rows }), 'info']
    case 'image':
      return [t('paste.image'), 'danger']
    case 'too-long':
      return [t('paste.tooLong', { most: count(remark.most), now: count(remark.now) }), 'danger']
  }
}

/**
 * The browser moves the caret at once and tells the editor in a later task. What others write may come between; the editor would then put the
 * caret back to where it was. So it is told before.
 */
export function readCaret(): void {
  if (document.activeElement?.classList.contains('rich-text')) document.dispatchEvent(new Event('selectionchange'))
}
