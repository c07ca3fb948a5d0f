/**
 * The body of an official letter (공문) that tells agencies what came out, as lines to paste into the office's own document system. It leaves
 * the house, so households stand in it by their case number alone.
 */
import type { Line, Paper } from '../../../shared/exports/paper.ts'
import { printableLine } from '../printable.ts'
import { line } from '../rich-lines.ts'
import { countWords, dayWords, ownerWords, spanWords } from '../words.ts'
import type { FormSource } from './form-source.ts'
import { kindWords } from './minutes-parts.ts'

const LETTERS = ['가', '나', '다', '라', '마', '바', '사', '아', '자', '차', '카', '타', '파', '하'] as const

export function letterForm({ edition, labels, stamp }: FormSource): Paper {
  const { facts, heading: head, attendance } = edition.meeting.parts
  const title = printableLine(head?.title ?? '')
  const results: Line[] = []
  for (const item of edition.items) {
    if (item.restricted) continue
    const { subject, decisions = [], actions = [] } = item.parts
    const name = subject?.case ? `사례 ${subject.case.number}` : printableLine(subject?.label ?? '') || '일반 안건'
    const kinds = [...new Set(decisions.flatMap(({ kind }) => (kind === '' ? [] : [kindWords(labels, kind)])))]
    const letter = LETTERS[results.filter(one => one.indent === 1).length] ?? '-'
    results.push(line(`${name}: ${kinds.join(', ') || '논의'}`, { indent: 1, marker: `${letter}.` }))
    actions.forEach((action, at) => {
      const due = dayWords(action.due)
      results.push(
        line(`${ownerWords({ ...action, person: '' })}${due === '' ? '' : `, ${due}까지`} 조치 1건`, {
          indent: 2,
          marker: `${at + 1})`,
        }),
      )
    })
  }
  return {
    title: `${title} 결과 알림`,
    subtitle: '',
    approval: [],
    blocks: [
      {
        kind: 'lines',
        lines: [
          line('귀 기관의 협조에 감사드립니다.', { marker: '1.' }),
          line('사례회의 결과를 다음과 같이 알려 드리니, 맡으신 조치사항을 기한 안에 이행하여 주시기 바랍니다.', {
            marker: '2.',
          }),
          line(`회의명: ${title}`, { indent: 1, marker: '○' }),
          line(`일시: ${facts ? spanWords(facts.startedAt, facts.closedAt, facts.plannedAt) : '-'}`, {
            indent: 1,
            marker: '○',
          }),
          line(`장소: ${printableLine(head?.place ?? '') || '-'}`, { indent: 1, marker: '○' }),
          line(`참석: ${attendance ? countWords(attendance.attendees) : `${facts?.attendees ?? 0}명`}`, {
            indent: 1,
            marker: '○',
          }),
          line('안건별 결과', { marker: '3.' }),
          ...(results.length > 0 ? results : [line('알려 드릴 안건이 없습니다.', { indent: 1 })]),
          line('회의 내용은 「사회보장급여법」 제49조에 따라 비밀로 지켜 주시기 바랍니다.', { marker: '4.' }),
          line(''),
          line('붙임  사례회의록 1부.  끝.'),
        ],
      },
    ],
    stamp,
  }
}
