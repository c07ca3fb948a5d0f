/** 결과보고: what went up to the team leader and the head of the office on the next morning, on a page or two, with the boxes that they sign. */
import { type AgencyType, CONFERENCE_TYPES, DEFERRAL_KINDS, ITEM_PROGRESS } from '../../../shared/codes.ts'
import type { Block, Line, Paper } from '../../../shared/exports/paper.ts'
import type { MinutesLabels } from '../../../shared/minutes/minutes-labels.ts'
import type { EditionItem, MinutesAction } from '../../../shared/minutes/minutes-record.ts'
import { printableLine } from '../printable.ts'
import { line } from '../rich-lines.ts'
import { countWords, dayWords, ownerWords, spanWords } from '../words.ts'
import type { FormSource } from './form-source.ts'
import {
  actionLines,
  agencyCounts,
  field,
  heading,
  hiddenLine,
  itemTitle,
  kindWords,
  standingWords,
  subjectWords,
  textLines,
  words,
} from './minutes-parts.ts'

/** Who approves, by the kind of office that files it. */
const APPROVAL: Readonly<Partial<Record<AgencyType, readonly string[]>>> = {
  dong: ['담당', '팀장', '동장'],
  city: ['담당', '팀장', '과장'],
  welfare_centre: ['담당', '팀장', '관장'],
}

export function reportForm(source: FormSource): Paper {
  const { edition, labels, stamp, hostType } = source
  const { facts, heading: head, attendance } = edition.meeting.parts
  const blocks: Block[] = [
    heading('1. 회의 개요'),
    {
      kind: 'fields',
      rows: [
        [
          field('회의 종류', facts ? CONFERENCE_TYPES[facts.type].ko : '-'),
          field('일시', facts ? spanWords(facts.startedAt, facts.closedAt, facts.plannedAt) : '-'),
        ],
        [field('장소', head?.place || '-'), field('개최기관', head?.convenedBy.name ?? '-')],
        [field('진행자', head?.chair || '-'), field('기록자', head?.minuteTaker || '-')],
        [
          field(
            '참석',
            attendance
              ? `${countWords(attendance.attendees)}: ${agencyCounts(attendance.attendees)}`
              : `${facts?.attendees ?? 0}명 (${facts?.agencies ?? 0}개 기관)`,
          ),
        ],
        [field('회의록', standingWords(source))],
      ],
    },
    heading('2. 안건별 결과'),
    {
      kind: 'table',
      columns: [
        { label: '안건', share: 9, align: 'center' },
        { label: '대상·내용', share: 25 },
        { label: '결정', share: 48 },
        { label: '진행', share: 18, align: 'center' },
      ],
      rows: edition.items.map(item => [
        words(String(item.number)),
        item.restricted ? words('열람 제한 안건') : words(subjectWords(item.parts.subject) || '비공개'),
        decisionLines(item, labels),
        item.restricted ? words('-') : words(item.parts.facts ? ITEM_PROGRESS[item.parts.facts.progress].ko : '-'),
      ]),
    },
  ]
  const actions = edition.items.flatMap(item =>
    item.restricted ? [] : (item.parts.actions ?? []).map(action => ({ number: item.number, action })),
  )
  blocks.push(heading('3. 조치사항'))
  blocks.push(
    actions.length > 0 ? actionsTable(actions) : { kind: 'lines', lines: [line('없음')] },
    heading('4. 향후 계획'),
    { kind: 'lines', lines: plans(edition.items, actions) },
    { kind: 'lines', lines: [line(''), line('붙임  사례회의록 1부.  끝.')] },
  )
  return {
    title: '사례회의 결과보고',
    subtitle: printableLine(head?.title ?? ''),
    approval: APPROVAL[hostType] ?? ['담당', '팀장', '기관장'],
    blocks,
    stamp,
  }
}

function decisionLines(item: EditionItem, labels: MinutesLabels): Line[] {
  if (item.restricted) return [line('-')]
  const hidden = item.hidden.decisions
  if (hidden !== undefined) {
    const kinds =
      item.parts.facts?.decisions.flatMap(({ kind }) => (kind === '' ? [] : [kindWords(labels, kind)])) ?? []
    return [...(kinds.length > 0 ? [line(kinds.join(', '))] : []), hiddenLine(hidden)]
  }
  const decisions = item.parts.decisions ?? []
  const deferral = item.parts.deferral
  const lines = decisions.flatMap(decision => [
    ...(decision.kind === '' ? [] : [line(kindWords(labels, decision.kind), { look: 'strong' })]),
    ...textLines(decision.text),
  ])
  if (deferral) lines.push(line(`보류 (${DEFERRAL_KINDS[deferral.kind].ko})`))
  return lines.length > 0 ? lines : [line('-')]
}

function actionsTable(actions: readonly { number: number; action: MinutesAction }[]): Block {
  return {
    kind: 'table',
    columns: [
      { label: '안건', share: 9, align: 'center' },
      { label: '조치사항', share: 46 },
      { label: '담당', share: 25 },
      { label: '기한', share: 20, align: 'center' },
    ],
    rows: actions.map(({ number, action }) => [
      words(String(number)),
      actionLines(action),
      words(ownerWords(action)),
      words(dayWords(action.due) || '-'),
    ]),
  }
}

/** What comes next, from the record: what returns, and by when the next thing is done. */
function plans(items: readonly EditionItem[], actions: readonly { action: MinutesAction }[]): Line[] {
  const lines: Line[] = []
  for (const item of items) {
    if (!item.restricted && item.parts.deferral?.retable) {
      lines.push(line(`${itemTitle(item)}: 다음 회의에 재상정`, { marker: '○' }))
    }
  }
  const dues = actions.map(({ action }) => action.due).filter(due => due !== '')
  const [first] = dues.sort()
  if (first !== undefined) {
    lines.push(line(`조치사항 ${actions.length}건 이행 점검: 첫 기한 ${dayWords(first)}`, { marker: '○' }))
  } else if (actions.length > 0) lines.push(line(`조치사항 ${actions.length}건 이행 점검`, { marker: '○' }))
  lines.push(line('다음 사례회의에서 조치사항 이행 여부와 도움이 되었는지를 확인', { marker: '○' }))
  return lines
}
