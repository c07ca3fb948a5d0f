/**
 * Which of the nine items of 공공기록물 관리에 관한 법률 시행령 제18조② are still empty in a version (MINUTES.md MN3). Judged on the whole record, also of items
 * that are not for the person who asks: the answer names the field and the item's place, nothing of what is in it.
 */
import type { ItemId } from '../ids.ts'
import type { EditionItem, ItemParts, MeetingParts, MinutesEdition } from './minutes-record.ts'

/** The law's words for them. */
export const REQUIRED_FIELDS = {
  title: { ko: '회의 명칭', en: 'Name of the meeting' },
  convenedBy: { ko: '개최기관', en: 'Convening body' },
  time: { ko: '일시', en: 'Date and time' },
  place: { ko: '장소', en: 'Place' },
  attendees: { ko: '참석자·배석자 명단', en: 'Attendees and those in attendance' },
  proceedings: { ko: '진행 순서·상정 안건', en: 'Order of proceedings and agenda' },
  statements: { ko: '발언 요지', en: 'Gist of statements' },
  decisions: { ko: '결정 사항', en: 'Decisions' },
  votes: { ko: '표결 내용', en: 'Voting' },
} as const
export type RequiredField = keyof typeof REQUIRED_FIELDS

export interface MissingField {
  field: RequiredField
  /** The item in which it is empty; left out for the meeting's own. */
  itemId?: ItemId
  number?: number
}

/** In the order of the law; empty when the minutes may be circulated and sealed. */
export function missingIn({ meeting, items }: MinutesEdition): MissingField[] {
  const ofMeeting = missingInMeeting(meeting.parts).map((field): MissingField => ({ field }))
  const ofItems = items.flatMap(item =>
    missingInItem(item).map((field): MissingField => ({ field, itemId: item.itemId, number: item.number })),
  )
  return [...ofMeeting, ...ofItems]
}

function missingInMeeting({ facts, heading, attendance, proceedings }: Partial<MeetingParts>): RequiredField[] {
  const missing: RequiredField[] = []
  if (isBlank(heading?.title)) missing.push('title')
  if (isBlank(heading?.convenedBy.name)) missing.push('convenedBy')
  if (!facts?.startedAt) missing.push('time')
  if (isBlank(heading?.place)) missing.push('place')
  if (!attendance?.attendees.length && isBlank(attendance?.onPaper)) missing.push('attendees')
  if (!proceedings?.length) missing.push('proceedings')
  return missing
}

/** Of an item that was heard: what was said, and about a case what was decided. A vote that is open says nothing. */
function missingInItem(item: EditionItem): RequiredField[] {
  if (item.restricted || !wasHeard(item.parts)) return []
  const { facts, opinions = [], discussion, decisions = [], votes = [] } = item.parts
  const missing: RequiredField[] = []
  const isSaid = opinions.length > 0 || !isBlank(discussion?.text.words) || (discussion?.ideas.length ?? 0) > 0
  if (!isSaid) missing.push('statements')
  if (facts?.kind === 'case' && decisions.length === 0) missing.push('decisions')
  if (votes.some(vote => vote.count === null)) missing.push('votes')
  return missing
}

/** Heard and not deferred. */
export function wasHeard({ facts }: Partial<ItemParts>): boolean {
  if (facts === undefined || facts.progress === 'deferred') return false
  return facts.progress !== 'waiting' || facts.spentMs > 0
}

const isBlank = (words: string | undefined) => words === undefined || words.trim() === ''
