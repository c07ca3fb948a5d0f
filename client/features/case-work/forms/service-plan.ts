/** 서비스 제공계획 및 점검표 (DOMAIN §5.5) with what 사회보장급여법 제15조 wants in it (§2.2), its fields in its order. */
import { CARRIED_OUT } from '../../../../shared/case-records/kinds.ts'
import { GOAL_RESULTS, GOAL_TERMS } from '../../../../shared/cases/life-codes.ts'
import {
  GOAL_AGREEMENTS,
  PLAN_METHODS,
  PLAN_STATUSES,
} from '../../../../shared/documents/case-parts/case-part-codes.ts'
import { seoulDay } from '../../../lib/format.ts'
import { dayWords } from '../plan-words.ts'
import { type FormData, memberName, personName, providerWords, rowTimes, serviceWords, won } from './form-data.ts'
import type { SheetPart } from './sheet.ts'

export function servicePlanParts(data: FormData): SheetPart[] {
  const { view, snapshot, writer, check, today, language, t } = data
  const { texts, facts } = snapshot
  const goalNumber = (id: string) => {
    const at = snapshot.goals.findIndex(goal => goal.id === id)
    return at < 0 ? '' : String(at + 1)
  }
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
            { label: t('writer'), value: writer.name },
            { label: t('checkDay'), value: dayWords(check ? seoulDay(check.at) : today, language) },
            { label: t('team'), value: writer.agency },
          ],
        },
      ],
    },
    {
      part: 'goals',
      title: t('parts.goals'),
      blocks: [
        {
          kind: 'table',
          columns: [t('number'), t('term'), t('goal'), t('agreement'), t('before'), t('goalResult')],
          rows: snapshot.goals.map((goal, at) => [
            String(at + 1),
            goal.term ? GOAL_TERMS[goal.term][language] : '',
            goal.text.words,
            goal.agreement ? GOAL_AGREEMENTS[goal.agreement][language] : '',
            goal.before.words,
            goal.result ? GOAL_RESULTS[goal.result][language] : '',
          ]),
          blank: Math.max(0, 2 - snapshot.goals.length),
        },
      ],
    },
    {
      part: 'plan',
      title: t('parts.plan'),
      blocks: [
        {
          kind: 'table',
          columns: [
            t('goal'),
            t('service'),
            t('member'),
            t('priority'),
            t('start'),
            t('end'),
            t('times'),
            t('planMethod'),
            t('amount'),
            t('provider'),
            t('staff'),
          ],
          rows: snapshot.plan.map((row, at) => [
            goalNumber(row.goalId),
            serviceWords(data, row),
            memberName(data, row.memberId),
            String(at + 1),
            dayWords(row.start, language),
            dayWords(row.end, language),
            rowTimes(data, row),
            row.method ? PLAN_METHODS[row.method][language] : '',
            won(row.amount, language),
            providerWords(data, row),
            row.staff,
          ]),
          blank: Math.max(0, 3 - snapshot.plan.length),
        },
        { kind: 'text', title: t('linkage'), value: texts.linkage.words, lines: 2 },
      ],
    },
    {
      part: 'opinion',
      title: '',
      blocks: [{ kind: 'text', title: t('clientView'), value: texts.clientView.words, lines: 3 }],
    },
    {
      part: 'check',
      title: t('parts.check'),
      blocks: [
        {
          kind: 'facts',
          facts: [
            {
              label: t('reviewEvery'),
              value: facts.reviewMonths === null ? '' : t('months', { n: facts.reviewMonths }),
            },
            { label: t('nextReview'), value: dayWords(facts.nextReview, language) },
          ],
        },
        {
          kind: 'table',
          columns: [t('service'), t('planStatus'), t('checkResult'), t('checkNote')],
          rows: snapshot.plan.map(row => {
            const checked = check?.rows.find(one => one.row === row.id)
            return [
              serviceWords(data, row).split('\n', 1)[0] ?? '',
              row.status ? PLAN_STATUSES[row.status][language] : '',
              checked ? CARRIED_OUT[checked.carriedOut][language] : '',
              checked?.note ?? '',
            ]
          }),
          blank: 1,
        },
      ],
    },
    {
      part: 'signatures',
      title: '',
      blocks: [
        { kind: 'note', words: t('sharingClause') },
        { kind: 'signatures', signers: [t('client'), t('caseManager')] },
      ],
    },
  ]
}
