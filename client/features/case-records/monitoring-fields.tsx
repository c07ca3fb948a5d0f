/** A check of the services: each row of the plan, how content the household is, and whether the plan stays. */
import { CARRIED_OUT } from '../../../shared/case-records/kinds.ts'
import { MONITORING_RESULTS } from '../../../shared/code-sets/contacts.ts'
import { codesOf, isCode } from '../../../shared/codes.ts'
import { Button } from '../../ui/button.tsx'
import { Choice, TextField } from '../../ui/fields.tsx'
import { Select } from '../../ui/pickers.tsx'
import { useCodeSets } from '../code-sets/use-code-sets.ts'
import { type FieldsProps, WhenFields } from './note-fields.tsx'
import type { MonitoringForm, MonitoringRow } from './record-form.ts'
import { useRecordTexts } from './use-record-texts.ts'

const POINTS = ['1', '2', '3', '4', '5'] as const
const NOT_ASKED = 'not-asked'

export function MonitoringFields({ form, change }: FieldsProps<MonitoringForm>) {
  const { t } = useRecordTexts()
  const codes = useCodeSets()
  const setRow = (at: number, part: Partial<MonitoringRow>) =>
    change({ rows: form.rows.map((row, n) => (n === at ? { ...row, ...part } : row)) })
  return (
    <>
      <div className="record-fields">
        <WhenFields form={form} change={change} />
        <Select
          label={t('form.type')}
          value={form.type}
          options={codes.options('monitoring_type', { kept: form.type })}
          onChange={type => change({ type })}
          width="medium"
        />
      </div>
      <fieldset className="record-group">
        <legend className="field-label">{t('form.rows')}</legend>
        {form.rows.length === 0 ? <p className="quiet">{t('form.rowsNone')}</p> : null}
        {form.rows.map((row, at) => (
          <Row
            // Rows of one's own have no id, and none is moved.
            key={row.row || `own ${at}`}
            row={row}
            change={part => setRow(at, part)}
            remove={() => change({ rows: form.rows.filter((_, n) => n !== at) })}
          />
        ))}
        <Button
          look="tertiary"
          size="small"
          onPress={() => change({ rows: [...form.rows, { row: '', service: '', carriedOut: '', note: '' }] })}
        >
          {t('form.addRow')}
        </Button>
      </fieldset>
      <fieldset className="record-group">
        <legend className="field-label">{t('form.satisfaction')}</legend>
        <p className="quiet small">{t('form.satisfactionHow')}</p>
        {codes.options('satisfaction_item').map(({ id, label }) => (
          <Choice
            key={id}
            label={label}
            value={form.satisfaction[id] || NOT_ASKED}
            options={[
              ...POINTS.map(point => ({ id: point as string, label: point })),
              { id: NOT_ASKED, label: t('form.notAsked') },
            ]}
            onChange={points =>
              change({ satisfaction: { ...form.satisfaction, [id]: points === NOT_ASKED ? '' : points } })
            }
          />
        ))}
      </fieldset>
      <Choice
        label={t('form.result')}
        value={form.result === '' ? null : form.result}
        options={codesOf(MONITORING_RESULTS).map(id => ({ id, label: codes.label('monitoring_result', id) }))}
        onChange={result => change({ result })}
      />
    </>
  )
}

interface RowProps {
  row: MonitoringRow
  change: (part: Partial<MonitoringRow>) => void
  remove: () => void
}

function Row({ row, change, remove }: RowProps) {
  const { t, language } = useRecordTexts()
  const isOfPlan = row.row !== ''
  const name = row.service === '' ? t('form.service_name') : row.service
  return (
    <div className="monitoring-row">
      {isOfPlan ? null : (
        <TextField
          label={t('form.service_name')}
          width="medium"
          maxLength={120}
          value={row.service}
          onChange={service => change({ service })}
        />
      )}
      <Choice
        label={t('form.carriedOut', { service: name })}
        value={row.carriedOut === '' ? null : row.carriedOut}
        options={codesOf(CARRIED_OUT).map(id => ({ id, label: CARRIED_OUT[id][language] }))}
        onChange={carriedOut => change({ carriedOut: isCode(CARRIED_OUT, carriedOut) ? carriedOut : '' })}
      />
      <TextField
        label={t('form.rowNote', { service: name })}
        width="medium"
        maxLength={500}
        value={row.note}
        onChange={note => change({ note })}
      />
      {isOfPlan ? null : (
        <Button look="text" size="small" onPress={remove}>
          {t('form.removeRow', { service: name })}
        </Button>
      )}
    </div>
  )
}
