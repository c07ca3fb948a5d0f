/** What was done, in the words in which a client asks about it: the many actions of the record of access under a few tasks. Pure. */
import type { Label } from '../codes.ts'

export const ACCESS_TASKS = {
  open: { ko: '열람', en: 'Opened' },
  list: { ko: '목록에서 봄', en: 'Seen in a list' },
  search: { ko: '검색에서 봄', en: 'Found by searching' },
  change: { ko: '작성·변경', en: 'Written or changed' },
  take_out: { ko: '출력·내보내기', en: 'Printed or taken out' },
  meeting: { ko: '회의에서', en: 'In a meeting' },
  right: { ko: '권한 변경', en: 'Right given or taken' },
  emergency: { ko: '긴급 열람', en: 'Opened in an emergency' },
  review: { ko: '기록 점검', en: 'Records reviewed' },
  refused: { ko: '거부됨', en: 'Refused' },
} as const satisfies Record<string, Label>
export type AccessTask = keyof typeof ACCESS_TASKS

const OPENING_VERBS = ['open', 'read', 'view', 'show', 'shown', 'check', 'preview']
const LISTING_VERBS = ['list', 'count', 'look']
const TAKING_VERBS = ['print', 'export', 'download', 'take-out', 'take', 'file', 'fetch']
/** A paper leaves as a file that is kept elsewhere, and is never shown as a page of ours (`server/papers/PAPERS.md`). */
const LEAVING_AS_FILES = ['paper.open']
const MEETING_NOUNS = ['meeting', 'attendance', 'read-back', 'pointer', 'vote', 'speaking', 'recusal', 'hearing']

export function taskOf({ action, outcome }: { action: string; outcome: string }): AccessTask {
  const [noun = '', verb = ''] = action.split('.')
  if (outcome === 'denied' || action === 'authz.deny') return 'refused'
  if (noun === 'break-glass' && verb !== 'list') return 'emergency'
  if (noun === 'permission' || noun === 'access-right' || isRightMoved(action)) return 'right'
  if (noun === 'access' || noun === 'audit') return verb === 'take' ? 'take_out' : 'review'
  if (noun === 'search') return 'search'
  if (noun === 'export' || noun === 'print' || TAKING_VERBS.includes(verb)) return 'take_out'
  if (LEAVING_AS_FILES.includes(action)) return 'take_out'
  if (LISTING_VERBS.includes(verb)) return 'list'
  if (noun === 'home' || noun === 'notice') return 'list'
  if (OPENING_VERBS.includes(verb)) return 'open'
  if (MEETING_NOUNS.includes(noun)) return 'meeting'
  return 'change'
}

/** What of a case was touched, from the name that the record gives it. */
export const TOUCHED = {
  case: { ko: '사례', en: 'Case' },
  item: { ko: '회의 안건', en: 'Agenda item' },
  actions: { ko: '조치사항', en: 'Action items' },
  minutes: { ko: '회의록', en: 'Minutes' },
  supervision: { ko: '슈퍼비전', en: 'Supervision' },
  paper: { ko: '붙임 자료', en: 'Paper' },
  search: { ko: '검색', en: 'Search' },
  referral: { ko: '의뢰', en: 'Referral' },
  record: { ko: '기록', en: 'Record' },
  basis: { ko: '제공 근거', en: 'Legal basis' },
  request: { ko: '정보주체의 요구', en: 'Data subject request' },
  access: { ko: '열람 기록', en: 'Records of access' },
  other: { ko: '그 밖', en: 'Other' },
} as const satisfies Record<string, Label>
export type Touched = keyof typeof TOUCHED

const NAMED: readonly [RegExp, Touched][] = [
  [/^supervision|supervision\./, 'supervision'],
  [/^(minutes|leaf|export|version)/, 'minutes'],
  [/paper/, 'paper'],
  [/^search/, 'search'],
  [/^referral/, 'referral'],
  [/^(record|note|monitoring|visit|assessment)/, 'record'],
  [/^(basis|bases|consent|disclosure)/, 'basis'],
  [/^subject-request/, 'request'],
  [/^access/, 'access'],
  [/^(item|research|comment)/, 'item'],
  [/^action/, 'actions'],
  [/^(case|break-glass)/, 'case'],
]

/** Somebody was given access or lost it: the object says who, the reason what it was to (`server/audit/SPEC.md` AU3). */
const isRightMoved = (action: string) => action === 'access.give' || action === 'access.withdraw'

/** By the action's noun, and where that says nothing by what it touched. */
export function touchedBy(record: {
  action: string
  object?: string | undefined
  reason?: string | undefined
}): Touched {
  const { action, object = '', reason = '' } = record
  const noun = action.split('.')[0] ?? ''
  for (const words of isRightMoved(action) ? [reason, 'case'] : [noun, object]) {
    for (const [pattern, touched] of NAMED) if (pattern.test(words)) return touched
  }
  return 'other'
}
