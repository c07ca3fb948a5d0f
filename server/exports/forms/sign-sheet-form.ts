/** 참석자 서명부: everybody who was there and a box to sign in. Who attended from afar is recorded as such in the box. */
import { ATTENDANCE_MODES, CONFERENCE_ROLES } from '../../../shared/codes.ts'
import type { Paper } from '../../../shared/exports/paper.ts'
import type { MinutesAttendee } from '../../../shared/minutes/minutes-record.ts'
import { printableLine } from '../printable.ts'
import { line } from '../rich-lines.ts'
import { countWords, spanWords, timeWords } from '../words.ts'
import type { FormSource } from './form-source.ts'
import { field, hiddenLine, words } from './minutes-parts.ts'

export function signSheetForm({ edition, stamp }: FormSource): Paper {
  const { parts, hidden } = edition.meeting
  const { facts, heading: head, attendance } = parts
  const people = attendance ? [...attendance.attendees, ...attendance.inAttendance] : []
  return {
    title: '참석자 서명부',
    subtitle: printableLine(head?.title ?? ''),
    approval: [],
    blocks: [
      {
        kind: 'fields',
        rows: [
          [
            field('일시', facts ? spanWords(facts.startedAt, facts.closedAt, facts.plannedAt) : '-'),
            field('장소', head?.place || '-'),
          ],
          [field('개최기관', head?.convenedBy.name ?? '-'), field('참석', countWords(people))],
        ],
      },
      {
        kind: 'lines',
        lines: [
          line(''),
          line(
            '참석자는 회의에서 알게 된 대상자의 정보를 직무 외의 목적으로 사용하거나 다른 사람에게 알리지 않습니다. (사회보장급여법 제49조, 개인정보 보호법 제59조)',
            { look: 'small' },
          ),
        ],
      },
      ...(attendance === undefined
        ? [{ kind: 'lines' as const, lines: [hiddenLine(hidden.attendance ?? '')] }]
        : [
            {
              kind: 'table' as const,
              tall: true as const,
              columns: [
                { label: '연번', share: 8, align: 'center' as const },
                { label: '기관', share: 28, align: 'center' as const },
                { label: '직위·역할', share: 20, align: 'center' as const },
                { label: '성명', share: 18, align: 'center' as const },
                { label: '서명', share: 26, align: 'center' as const },
              ],
              rows: people.map((person, at) => [
                words(String(at + 1)),
                words(person.agency.name),
                words(person.title || CONFERENCE_ROLES[person.role].ko),
                words(person.name),
                signedWords(person),
              ]),
            },
          ]),
    ],
    stamp,
  }
}

/** Whoever sat in the room signs; of the others stands how and from when their attendance was confirmed. */
function signedWords({ mode, arrivedAt }: MinutesAttendee) {
  if (mode === 'remote' || mode === 'phone') {
    return words(
      [`${ATTENDANCE_MODES[mode].ko} 참석`, arrivedAt === null ? '' : timeWords(arrivedAt)].filter(Boolean).join(' '),
    )
  }
  return []
}
