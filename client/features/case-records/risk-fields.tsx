/** The survey of risk as its sheet asks it, with the score as it grows and the worker's own judgement beside it (SPEC RK2, RK3). */
import type { RiskInstrument } from '../../../shared/case-records/risk-instrument.ts'
import { scoreOf } from '../../../shared/case-records/risk-scoring.ts'
import { Chip } from '../../ui/chips.tsx'
import { Checkbox, Choice, TextField } from '../../ui/fields.tsx'
import { Select } from '../../ui/pickers.tsx'
import { type FieldsProps, WhenFields } from './note-fields.tsx'
import type { RiskForm } from './record-form.ts'
import { useRecordTexts } from './use-record-texts.ts'

export function RiskFields({ form, change, sheet }: FieldsProps<RiskForm> & { sheet: RiskInstrument }) {
  const { t, language } = useRecordTexts()
  const score = scoreOf(sheet, form.answers)
  const level = score.level[language]
  const { total, highest, open } = score
  return (
    <>
      <p className="row">
        <strong>{sheet[language]}</strong>
        {sheet.isSample ? <Chip tone="warning">{t('card.sample')}</Chip> : null}
      </p>
      <div className="record-fields">
        <WhenFields form={form} change={change} />
      </div>
      {sheet.areas.map(area => {
        const reached = score.areas.find(one => one.area === area.area)
        const words = { area: area[language], points: reached?.points ?? 0, highest: reached?.highest ?? 0 }
        return (
          <fieldset className="record-group" key={area.area}>
            <legend className="field-label">{t('form.riskArea', words)}</legend>
            {sheet.items
              .filter(item => item.area === area.area)
              .map(item => (
                <Choice
                  key={item.item}
                  label={item[language]}
                  value={form.answers[item.item] ?? null}
                  options={item.answers.map(answer => ({ id: answer.answer, label: answer[language] }))}
                  onChange={answer => change({ answers: { ...form.answers, [item.item]: answer } })}
                />
              ))}
          </fieldset>
        )
      })}
      <p className="risk-score" role="status">
        {open.length === 0
          ? t('form.riskTotal', { total, highest, level })
          : t('form.riskSoFar', { total, highest, level, n: open.length })}
      </p>
      <Checkbox isSelected={form.isJudged} onChange={isJudged => change({ isJudged })}>
        {t('form.judge')}
      </Checkbox>
      {form.isJudged ? (
        <div className="record-fields">
          <Select
            label={t('form.judgeLevel')}
            value={form.level === '' ? null : form.level}
            options={sheet.levels.map(one => ({ id: one.level, label: one[language] }))}
            onChange={next => change({ level: next })}
            width="medium"
          />
          <TextField
            label={t('form.judgeReason')}
            maxLength={500}
            value={form.reason}
            onChange={reason => change({ reason })}
          />
        </div>
      ) : null}
    </>
  )
}
