/**
 * 옮겨 적기: one item's record, field by field in the order of the 사례회의록 form that 행복이음 and 희망이음 have, each field copied by itself.
 * Neither system takes data from outside, so people retype it; this way they paste. The screens themselves were not seen by us: the order is
 * the form's.
 */
import type { Line, Paper, PaperField } from '../../../shared/exports/paper.ts'
import { printableLine } from '../printable.ts'
import { line } from '../rich-lines.ts'
import { agencyWords, dayWords, ownerWords, spanWords } from '../words.ts'
import type { FormSource } from './form-source.ts'
import { field, isWritten, kindWords, needWords, type OpenItem, subjectWords, textLines } from './minutes-parts.ts'

export function copySheetForm({ edition, labels, stamp }: FormSource, item: OpenItem): Paper {
  const { facts, heading: head, attendance } = edition.meeting.parts
  const { subject, presentation, opinions = [], discussion, decisions = [], actions = [] } = item.parts
  const note = item.supervision?.parts.note
  const attendees = attendance?.attendees ?? []
  const lead = subject?.case?.leadAgency
  const isLead = (agency: { agencyId: string }) => lead?.agencyId === agency.agencyId
  const opinionLines = (mine: boolean) =>
    opinions
      .filter(({ agency }) => isLead(agency) === mine)
      .flatMap(({ need, agency, text }) => [
        line(`[${needWords(labels, need)}] ${agencyWords(agency)}`, { look: 'strong' as const }),
        ...textLines(text),
      ])
  const fields: PaperField[] = [
    field('회의 일시', facts ? spanWords(facts.startedAt, facts.closedAt, facts.plannedAt) : '-'),
    field('장소', head?.place || '-'),
    field('참석자', attendees.map(({ name, agency }) => `${name}(${agencyWords(agency)})`).join(', ') || '-'),
    field('작성자', head?.minuteTaker || '-'),
    field('안건', subjectWords(subject) || '-'),
    field('사례 개요', presentation ? textLines(presentation) : []),
    field('문제와 욕구', item.parts.facts?.needs.map(need => needWords(labels, need)).join(', ') || '-'),
    field('사례관리자 의견', opinionLines(true)),
    field('논의 내용', [...(discussion ? textLines(discussion.text) : []), ...opinionLines(false)]),
    field('결과 및 개입계획', [
      ...decisions.flatMap((decision): Line[] => [
        ...(decision.kind === '' ? [] : [line(`[${kindWords(labels, decision.kind)}]`, { look: 'strong' })]),
        ...textLines(decision.text),
      ]),
      ...actions.map(action =>
        line(printableLine([action.what.words, ownerWords(action), dayWords(action.due)].filter(Boolean).join(' / ')), {
          marker: '•',
        }),
      ),
    ]),
    ...(note && isWritten(note.text) ? [field('슈퍼비전', textLines(note.text))] : []),
  ]
  return {
    title: '옮겨 적기 (사례회의록 순서)',
    subtitle: printableLine(head?.title ?? ''),
    approval: [],
    blocks: [{ kind: 'fields', rows: fields.map(one => [one]) }],
    stamp,
  }
}
