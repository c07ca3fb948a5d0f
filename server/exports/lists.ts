/** Action items of an edition as a list, and their due dates as days to keep. */
import { ACTION_STATUSES } from '../../shared/codes.ts'
import type { MinutesAction, MinutesEdition } from '../../shared/minutes/minutes-record.ts'
import type { FormSource } from './forms/form-source.ts'
import { needWords, subjectWords } from './forms/minutes-parts.ts'
import { printable, printableLine } from './printable.ts'
import type { CalendarDay } from './render/calendar.ts'
import type { Sheet } from './render/sheets.ts'
import { agencyWords } from './words.ts'

interface ListedAction {
  itemNumber: number
  caseNumber: string
  subject: string
  action: MinutesAction
}

function actionsOf(edition: MinutesEdition): ListedAction[] {
  return edition.items.flatMap(item => {
    if (item.restricted) return []
    const { subject, actions = [] } = item.parts
    return actions.map(action => ({
      itemNumber: item.number,
      caseNumber: printableLine(subject?.case?.number ?? ''),
      subject: subjectWords(subject),
      action,
    }))
  })
}

export function actionSheet({ edition, labels, stamp }: Pick<FormSource, 'edition' | 'labels' | 'stamp'>): Sheet {
  return {
    name: '조치사항',
    columns: [
      { label: '안건', width: 6 },
      { label: '대상·내용', width: 24 },
      { label: '번호', width: 6 },
      { label: '조치사항', width: 50 },
      { label: '담당 기관', width: 18 },
      { label: '담당자', width: 12 },
      { label: '기한', width: 12 },
      { label: '금액(원)', width: 12 },
      { label: '욕구 영역', width: 12 },
      { label: '적용 규정', width: 24 },
      { label: '상태', width: 10 },
    ],
    rows: actionsOf(edition).map(({ itemNumber, subject, action }) => [
      itemNumber,
      subject,
      action.number,
      printable(action.what.words),
      agencyWords(action.agency),
      printableLine(action.person),
      action.due,
      action.amount,
      needWords(labels, action.need),
      printable(action.rule.words),
      ACTION_STATUSES[action.status].ko,
    ]),
    stamp,
  }
}

/** One whole day for each action item that has a date. */
export function dueDays(edition: MinutesEdition): CalendarDay[] {
  return actionsOf(edition).flatMap(({ action, caseNumber }) => {
    if (action.due === '') return []
    const about = ['조치사항 기한', caseNumber, agencyWords(action.agency)].filter(Boolean).join(' · ')
    return [{ uid: action.actionId, day: action.due, summary: about }]
  })
}
