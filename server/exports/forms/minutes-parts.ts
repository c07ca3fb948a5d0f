/** The parts of 사례회의록 that several papers have: people, decisions, action items. Words are Korean: these are Korean office forms. */
import {
  ACTION_STATUSES,
  ATTENDANCE_MODES,
  CONFERENCE_ROLES,
  type DecisionKind,
  type NeedDomain,
} from '../../../shared/codes.ts'
import type { Block, Line, PaperField } from '../../../shared/exports/paper.ts'
import { SEALED_HOW } from '../../../shared/minutes/bundle.ts'
import type { MinutesLabels } from '../../../shared/minutes/minutes-labels.ts'
import type {
  EditionItem,
  ItemSubject,
  MinutesAction,
  MinutesAttendee,
  MinutesDecision,
  MinutesText,
} from '../../../shared/minutes/minutes-record.ts'
import { printableLine } from '../printable.ts'
import { line, linesOfRichText, linesOfWords } from '../rich-lines.ts'
import { agencyWords, dateWords, dayWords, hashWords, moneyWords, ownerWords, timeWords } from '../words.ts'
import { type FormSource, shownVersion } from './form-source.ts'

export type OpenItem = Extract<EditionItem, { restricted: false }>

export const heading = (text: string, level: 1 | 2 | 3 = 1): Block => ({
  kind: 'heading',
  level,
  text: printableLine(text),
})
export const words = (text: string): Line[] => [line(text)]
export const field = (label: string, value: string | readonly Line[]): PaperField => ({
  label,
  lines: typeof value === 'string' ? words(value) : value,
})

/** A long text in its own form; its words alone where an older record has no nodes. */
export function textLines(text: MinutesText): Line[] {
  return text.nodes.length > 0 ? linesOfRichText(text.nodes) : text.words === '' ? [] : linesOfWords(text.words)
}

export const isWritten = (text: MinutesText): boolean => text.words.trim() !== '' || text.nodes.length > 0

/** As it was called when the version was made; the installation chooses the words. */
export const needWords = ({ needs }: MinutesLabels, need: NeedDomain | ''): string =>
  need === '' ? '' : printableLine(needs[need].ko)

export const kindWords = ({ decisions }: MinutesLabels, kind: DecisionKind | ''): string =>
  kind === '' ? '' : printableLine(decisions[kind].ko)

/** How the version stands, in one line. */
export function standingWords(source: Pick<FormSource, 'edition' | 'versions' | 'standing'>): string {
  const version = shownVersion(source)
  if (version === undefined) return '작성 중인 안 (확정 전)'
  const name = `제${version.number}판`
  if (version.seal !== null) {
    const how =
      version.seal.how === 'no_objection'
        ? `이의 없이 ${version.workingDays}영업일 경과`
        : SEALED_HOW[version.seal.how].ko
    return `${name} · 확정 ${dateWords(version.seal.at)} · ${how}`
  }
  if (source.standing === 'circulated') return `${name} · 회람 중 (${dateWords(version.due)}까지)`
  return `${name} · 확정되지 않음`
}

/** `안건 2. 박○○ 가구 (2026-044)`; of one that is not for the reader only that it is restricted. */
export function itemTitle(item: EditionItem): string {
  if (item.restricted) return `안건 ${item.number}. 열람 제한 안건`
  return `안건 ${item.number}. ${subjectWords(item.parts.subject) || '비공개 안건'}`
}

export function subjectWords(subject: ItemSubject | undefined): string {
  if (subject === undefined) return ''
  const { case: ofCase, label } = subject
  return printableLine(
    ofCase === null ? label : [ofCase.label, ofCase.number && `(${ofCase.number})`].filter(Boolean).join(' '),
  )
}

/** Of a part that is not shown: that it is there, and what it can be checked against. */
export function hiddenLine(hash: string): Line {
  return line(hash === '' ? '비공개' : `비공개 · 확인값 ${hashWords(hash)}`, { look: 'small' })
}

export function attendanceTable(people: readonly MinutesAttendee[]): Block {
  return {
    kind: 'table',
    columns: [
      { label: '연번', share: 7, align: 'center' },
      { label: '기관', share: 24 },
      { label: '직위·역할', share: 17 },
      { label: '성명', share: 16 },
      { label: '참석', share: 20 },
      { label: '비밀유지', share: 16, align: 'center' },
    ],
    rows: people.map((person, at) => [
      words(String(at + 1)),
      words(person.agency.name),
      words(postWords(person)),
      words([person.name, person.deputyFor && `(${person.deputyFor} 대리)`].filter(Boolean).join(' ')),
      words(attendanceWords(person)),
      words(STATEMENTS[person.statement]),
    ]),
  }
}

const STATEMENTS = { none: '-', 'own-press': '동의', 'by-minute-taker': '동의 (구두)' } as const

/** `주무관 · 기록자`; that somebody attends is said by their being in the list. */
export function postWords({ title, role }: Pick<MinutesAttendee, 'title' | 'role'>): string {
  const part = role === 'attendee' && title !== '' ? '' : CONFERENCE_ROLES[role].ko
  return [title, part].filter(Boolean).join(' · ')
}

/** `대면 13:58~15:20` */
export function attendanceWords({ mode, arrivedAt, leftAt }: MinutesAttendee): string {
  const times = arrivedAt === null ? '' : `${timeWords(arrivedAt)}${leftAt === null ? '' : `~${timeWords(leftAt)}`}`
  return [mode === null ? '' : ATTENDANCE_MODES[mode].ko, times].filter(Boolean).join(' ') || '-'
}

export function decisionTable(decisions: readonly MinutesDecision[], labels: MinutesLabels): Block {
  return {
    kind: 'table',
    columns: [
      { label: '번호', share: 7, align: 'center' },
      { label: '구분', share: 18, align: 'center' },
      { label: '결정 내용', share: 43 },
      { label: '사유·조건', share: 32 },
    ],
    rows: decisions.map(decision => [
      words(String(decision.number)),
      decisionKindLines(decision, labels),
      textLines(decision.text),
      [
        ...textLines(decision.reason),
        ...(isWritten(decision.condition) ? [line('조건', { look: 'strong' }), ...textLines(decision.condition)] : []),
      ],
    ]),
  }
}

export function decisionKindLines(
  { kind, need }: Pick<MinutesDecision, 'kind' | 'need'>,
  labels: MinutesLabels,
): Line[] {
  return [
    ...(kind === '' ? [] : [line(kindWords(labels, kind))]),
    ...(need === '' ? [] : [line(`(${needWords(labels, need)})`, { look: 'small' })]),
  ]
}

export function actionTable(actions: readonly MinutesAction[]): Block {
  return {
    kind: 'table',
    columns: [
      { label: '번호', share: 7, align: 'center' },
      { label: '조치사항', share: 41 },
      { label: '담당', share: 20 },
      { label: '기한', share: 18, align: 'center' },
      { label: '상태', share: 14, align: 'center' },
    ],
    rows: actions.map(action => [
      words(String(action.number)),
      actionLines(action),
      words(ownerWords(action)),
      words(dayWords(action.due) || '-'),
      words(ACTION_STATUSES[action.status].ko),
    ]),
  }
}

/** What is done, with the amount and the agency's own rule under it. */
export function actionLines({ what, rule, amount }: MinutesAction): Line[] {
  return [
    ...textLines(what),
    ...(amount === null ? [] : [line(`금액 ${moneyWords(amount)}`, { look: 'small' })]),
    ...(isWritten(rule) ? textLines(rule).map(one => ({ ...one, look: 'small' as const })) : []),
  ]
}

/** `중앙동(2), 복지관(1)` */
export function agencyCounts(people: readonly MinutesAttendee[]): string {
  const counts = new Map<string, number>()
  for (const { agency } of people) counts.set(agencyWords(agency), (counts.get(agencyWords(agency)) ?? 0) + 1)
  return [...counts].map(([name, n]) => `${name}(${n})`).join(', ')
}
