/** The closure evaluation (종결평가서): the days fill themselves in, the goals come from the case's document. */
import { useState } from 'react'
import { GOAL_RESULTS, GOAL_TERMS, type GoalResult, type GoalTerm } from '../../../shared/cases/life-codes.ts'
import { CLOSURE_RESULTS, type ClosureReason, type ClosureResult } from '../../../shared/code-sets/closing.ts'
import { codesOf } from '../../../shared/codes.ts'
import { formatShortDay, seoulDay } from '../../lib/format.ts'
import { Button } from '../../ui/button.tsx'
import { Checkbox, Choice, TextField } from '../../ui/fields.tsx'
import { Select } from '../../ui/pickers.tsx'
import { useCodeSets } from '../code-sets/use-code-sets.ts'
import { RecordForm, type RecordFormProps, Words } from './record-forms.tsx'
import { useLifeTexts } from './use-life-texts.ts'

interface GoalLine {
  key: number
  term: GoalTerm
  words: string
  result: GoalResult
}

export function ClosureForm({ desk, view, onDone }: RecordFormProps) {
  const { t, language } = useLifeTexts()
  const [goals, setGoals] = useState<readonly GoalLine[]>(() =>
    view.goals.map(({ term, words, result }, key) => ({ key, term, words, result: result || 'partly' })),
  )
  const [opinion, setOpinion] = useState('')
  const [changes, setChanges] = useState('')
  const [aftercareNote, setAftercareNote] = useState('')
  const [result, setResult] = useState<ClosureResult>('close')
  const codes = useCodeSets()
  const [reasons, setReasons] = useState<readonly ClosureReason[]>([])
  const written = goals.filter(goal => goal.words.trim() !== '')
  const isWhole = opinion.trim() !== '' && (result === 'reassess' || reasons.length > 0)
  const change = (key: number, fields: Partial<GoalLine>) =>
    setGoals(goals.map(goal => (goal.key === key ? { ...goal, ...fields } : goal)))
  const reopened = view.history.findIndex(entry => entry.kind === 'reopened')
  const round = (reopened < 0 ? view.history : view.history.slice(0, reopened + 1)).toReversed()

  return (
    <RecordForm
      desk={desk}
      onDone={onDone}
      title={t('closure.title')}
      command={
        isWhole
          ? {
              do: 'closure',
              reasons: [...reasons],
              result,
              goals: written.map(({ term, words, result: reached }) => ({
                term,
                words: words.trim(),
                result: reached,
              })),
              opinion: opinion.trim(),
              changes: changes.trim(),
              aftercareNote: aftercareNote.trim(),
            }
          : undefined
      }
    >
      {tried => (
        <>
          <div>
            <p className="field-label">{t('closure.days')}</p>
            <p className="small">
              {round
                .map(({ to, at }) => `${codes.label('case_stage', to)} ${formatShortDay(seoulDay(at), language)}`)
                .join(' → ')}
            </p>
          </div>
          <fieldset className="life-fieldset stack">
            <legend>{t('closure.goals')}</legend>
            {goals.map((goal, index) => (
              <div key={goal.key} className="life-goal">
                <Select
                  label={t('closure.term')}
                  width="short"
                  value={goal.term}
                  onChange={term => change(goal.key, { term })}
                  options={codesOf(GOAL_TERMS).map(id => ({ id, label: GOAL_TERMS[id][language] }))}
                />
                <TextField
                  label={t('closure.goal')}
                  value={goal.words}
                  onChange={words => change(goal.key, { words })}
                  maxLength={2000}
                />
                <Select
                  label={t('closure.result')}
                  width="short"
                  value={goal.result}
                  onChange={reached => change(goal.key, { result: reached })}
                  options={codesOf(GOAL_RESULTS).map(id => ({ id, label: GOAL_RESULTS[id][language] }))}
                />
                <Button
                  look="text"
                  size="small"
                  aria-label={t('closure.removeGoal', { n: index + 1 })}
                  onPress={() => setGoals(goals.filter(one => one.key !== goal.key))}
                >
                  ×
                </Button>
              </div>
            ))}
            <div>
              <Button
                size="small"
                onPress={() =>
                  setGoals([
                    ...goals,
                    {
                      key: Math.max(0, ...goals.map(one => one.key)) + 1,
                      term: 'short_term',
                      words: '',
                      result: 'reached',
                    },
                  ])
                }
              >
                {t('closure.addGoal')}
              </Button>
            </div>
          </fieldset>
          <Words label={t('closure.opinion')} value={opinion} onChange={setOpinion} isRequired tried={tried} />
          <Words label={t('closure.changes')} value={changes} onChange={setChanges} />
          <Words label={t('closure.aftercareNote')} value={aftercareNote} onChange={setAftercareNote} rows={2} />
          <Choice
            label={t('closure.outcome')}
            value={result}
            onChange={setResult}
            options={codesOf(CLOSURE_RESULTS).map(id => ({ id, label: codes.label('closure_result', id) }))}
          />
          <fieldset className="life-fieldset">
            <legend>{t('closure.reasons')}</legend>
            <div className="life-checks">
              {codes.options('closure_reason').map(({ id, label }) => (
                <Checkbox
                  key={id}
                  isSelected={reasons.some(one => one === id)}
                  onChange={isOn =>
                    setReasons(isOn ? [...reasons, id as ClosureReason] : reasons.filter(one => one !== id))
                  }
                >
                  {label}
                </Checkbox>
              ))}
            </div>
          </fieldset>
        </>
      )}
    </RecordForm>
  )
}
