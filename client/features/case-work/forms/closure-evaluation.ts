/** 종결평가서 (DOMAIN §5.7), its fields in its order. What a recorded evaluation says is printed; before there is one, the sheet is for the pen. */
import { GOAL_RESULTS, GOAL_TERMS } from '../../../../shared/cases/life-codes.ts'
import { CLOSURE_REASONS } from '../../../../shared/code-sets/closing.ts'
import type { CaseStage } from '../../../../shared/codes.ts'
import type { ClosureView } from '../../../../shared/protocol/case-life.ts'
import { seoulDay } from '../../../lib/format.ts'
import { dayWords } from '../plan-words.ts'
import { type FormData, personName } from './form-data.ts'
import type { SheetPart } from './sheet.ts'

/** The days that the form asks for, each the first on which the case stood there since it was last opened. */
const STAGES = [
  'case_finding',
  'intake',
  'assessment',
  'conference',
  'service_planning',
  'service_delivery',
  'closed',
] as const satisfies readonly CaseStage[]

export function closureParts(data: FormData): SheetPart[] {
  const { view, snapshot, writer, today, language, codes, life, t } = data
  const closure = life?.closures[0]
  const goals =
    closure?.goals.map(goal => ({ term: goal.term, words: goal.words, result: goal.result })) ??
    snapshot.goals.map(goal => ({ term: goal.term, words: goal.text.words, result: goal.result }))
  return [
    {
      part: 'head',
      title: '',
      blocks: [
        {
          kind: 'facts',
          facts: [
            { label: t('caseNumber'), value: view.number },
            { label: t('name'), value: personName(data) },
            { label: t('writer'), value: [writer.name, writer.agency].filter(Boolean).join(' · ') },
            { label: t('evaluationDay'), value: dayWords(closure ? seoulDay(closure.at) : today, language) },
          ],
        },
      ],
    },
    {
      part: 'stages',
      title: t('parts.stages'),
      blocks: [
        {
          kind: 'facts',
          facts: STAGES.map(stage => ({
            label: t(`stageDays.${stage}`),
            value: dayWords(dayOf(data, closure, stage), language),
          })),
        },
      ],
    },
    {
      part: 'goals',
      title: t('parts.goals'),
      blocks: [
        {
          kind: 'table',
          columns: [t('term'), t('goal'), t('goalResult')],
          rows: goals.map(goal => [
            goal.term ? GOAL_TERMS[goal.term][language] : '',
            goal.words,
            goal.result ? GOAL_RESULTS[goal.result][language] : '',
          ]),
          blank: Math.max(0, 2 - goals.length),
        },
      ],
    },
    {
      part: 'result',
      title: t('parts.result'),
      blocks: [
        { kind: 'text', title: t('opinion'), value: closure?.opinion ?? '', lines: 4 },
        { kind: 'text', title: t('changes'), value: closure?.changes ?? '', lines: 4 },
        { kind: 'text', title: t('aftercareNote'), value: closure?.aftercareNote ?? '', lines: 3 },
        {
          kind: 'facts',
          facts: [
            { label: t('evaluationResult'), value: closure ? codes.label('closure_result', closure.result) : '' },
            {
              label: t('closureType'),
              value: closure ? closure.reasons.map(reason => codes.label('closure_reason', reason)).join(', ') : '',
              isWide: true,
            },
          ],
        },
        ...(closure ? [] : [{ kind: 'note' as const, words: closureChoices(data) }]),
      ],
    },
  ]
}

/** For the pen: every closure type to mark. */
function closureChoices({ codes, t }: FormData): string {
  const offered = codes.options('closure_reason').map(option => `☐ ${option.label}`)
  return `${t('closureType')}: ${offered.join('  ') || Object.keys(CLOSURE_REASONS).join(' ')}`
}

function dayOf({ life, view }: FormData, closure: ClosureView | undefined, stage: CaseStage): string {
  const recorded = closure?.days.find(day => day.stage === stage)?.on
  if (recorded !== undefined) return recorded
  if (stage === 'case_finding' && view.foundOn !== '') return view.foundOn
  const entry = life?.history.findLast(one => one.to === stage)
  return entry ? seoulDay(entry.at) : ''
}
