/**
 * 우리 가구 지원 계획: one page that is handed to the household itself, in the words of everyday. It says what will be done, by whom and until
 * when, and whom to ask; never what agencies thought, why, under which rule, what it costs or who differed.
 */
import type { DecisionKind } from '../../../shared/codes.ts'
import type { Line, Paper } from '../../../shared/exports/paper.ts'
import { printableLine } from '../printable.ts'
import { line } from '../rich-lines.ts'
import { dateWords, dayWords } from '../words.ts'
import type { FormSource } from './form-source.ts'
import { field, heading, type OpenItem, subjectWords, textLines, words } from './minutes-parts.ts'

/** What a decision means for the people it is about. */
const PLAIN: Readonly<Record<DecisionKind, string>> = {
  select_case_management: '담당자가 정해져 여러 기관이 함께 도와드리기로 했습니다.',
  select_service_linkage: '필요한 서비스를 찾아 이어 드리기로 했습니다.',
  not_selected: '이번에는 함께 돕는 대상으로 정하지 않았습니다. 다른 방법은 담당자가 알려 드립니다.',
  deferred: '조금 더 알아본 뒤 다음 회의에서 다시 의논하기로 했습니다.',
  refer_out: '더 알맞은 기관에 부탁드리기로 했습니다.',
  transfer: '담당하는 기관이 바뀝니다.',
  approve_plan: '도와드릴 계획을 정했습니다.',
  amend_plan: '도와드리는 계획을 바꾸었습니다.',
  assign_roles: '누가 무엇을 맡을지 정했습니다.',
  allocate_resource: '필요한 비용이나 물품을 지원하기로 했습니다.',
  escalate_solution: '전문가들과 한 번 더 의논하기로 했습니다.',
  reassess: '지금 어떤 도움이 필요한지 다시 살펴보기로 했습니다.',
  close: '함께 세운 계획을 마무리하기로 했습니다.',
  start_aftercare: '계획을 마친 뒤에도 한동안 안부를 여쭙기로 했습니다.',
  emergency_support: '급한 도움을 먼저 드리기로 했습니다.',
}

export function householdForm({ edition, stamp }: FormSource, item: OpenItem): Paper {
  const { facts } = edition.meeting.parts
  const { subject, decisions = [], actions = [] } = item.parts
  const contact = subject?.case?.leadAgency?.name ?? edition.meeting.parts.heading?.convenedBy.name ?? ''
  const kinds = [...new Set(decisions.flatMap(({ kind }) => (kind === '' ? [] : [kind])))]
  return {
    title: '우리 가구 지원 계획',
    subtitle: printableLine(subjectWords(subject)),
    approval: [],
    blocks: [
      {
        kind: 'fields',
        rows: [
          [
            field('의논한 날', facts ? dateWords(facts.startedAt ?? facts.plannedAt) : '-'),
            field('담당 기관', contact || '-'),
          ],
        ],
      },
      heading('의논해서 정한 것'),
      {
        kind: 'lines',
        lines:
          kinds.length > 0
            ? kinds.map((kind): Line => line(PLAIN[kind], { marker: '○' }))
            : [line('아직 정한 것이 없습니다. 담당 기관이 다시 연락드립니다.')],
      },
      heading('앞으로 할 일'),
      actions.length > 0
        ? {
            kind: 'table',
            columns: [
              { label: '무엇을', share: 50 },
              { label: '누가', share: 27, align: 'center' },
              { label: '언제까지', share: 23, align: 'center' },
            ],
            rows: actions.map(({ what, agency, due }) => [
              textLines(what),
              words(agency?.name ?? '정하는 중'),
              words(dayWords(due) || '정하는 중'),
            ]),
          }
        : { kind: 'lines', lines: [line('정한 일이 없습니다.')] },
      heading('알아 두실 것'),
      {
        kind: 'lines',
        lines: [
          line('계획이 사정과 맞지 않으면 언제든 바꾸자고 하실 수 있습니다.', { marker: '○' }),
          line('어느 기관이 정보를 함께 보는지 물어보실 수 있고, 동의를 거두실 수 있습니다.', { marker: '○' }),
          line(contact === '' ? '궁금한 것은 담당자에게 물어 주세요.' : `궁금한 것은 ${contact}에 물어 주세요.`, {
            marker: '○',
          }),
        ],
      },
      {
        kind: 'table',
        tall: true,
        columns: [
          { label: '설명드린 사람', share: 50, align: 'center' },
          { label: '설명을 들은 사람', share: 50, align: 'center' },
        ],
        rows: [[[], []]],
      },
    ],
    stamp,
  }
}
