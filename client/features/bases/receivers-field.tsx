import type { AgencyId } from '../../../shared/ids.ts'
import type { CaseBasesView } from '../../../shared/protocol/bases.ts'
import { compareNames } from '../../lib/format.ts'
import { useDirectory } from '../../lib/use-directory.ts'
import { Checkbox } from '../../ui/fields.tsx'
import { ComboBox } from '../../ui/pickers.tsx'
import { useBasesTexts } from './use-bases-texts.ts'

interface ReceiversFieldProps {
  view: CaseBasesView
  value: readonly AgencyId[]
  onChange: (next: AgencyId[]) => void
  /** For public bodies alone. */
  publicOnly?: boolean
  errorMessage?: string | undefined
}

/** Whom a paper names: the agencies of the case to tick, any other by its name. */
export function ReceiversField({ view, value, onChange, publicOnly = false, errorMessage }: ReceiversFieldProps) {
  const { t } = useBasesTexts()
  const directory = useDirectory()
  const known = view.agencies.filter(row => row.standing !== 'own_task')
  const leading = view.agencies.find(row => row.standing === 'own_task')
  const lead = leading?.agencyId
  const others = (directory.data?.agencies ?? []).filter(
    agency => agency.active && agency.agencyId !== lead && !known.some(row => row.agencyId === agency.agencyId),
  )
  const shown = [
    ...known.map(row => ({ agencyId: row.agencyId, name: row.name, isPublic: row.public })),
    // For the day on which it passes the lead on: a public body needs no paper for that (BS17).
    ...(leading?.public === false
      ? [{ agencyId: leading.agencyId, name: t('form.afterLead', { agency: leading.name }), isPublic: false }]
      : []),
    ...others.flatMap(agency =>
      value.includes(agency.agencyId) ? [{ agencyId: agency.agencyId, name: agency.name, isPublic: true }] : [],
    ),
  ]
  return (
    <fieldset className="bases-receivers">
      <legend className="field-label">{t('form.receivers')}</legend>
      <p className="field-description">{t('form.receiversHelp')}</p>
      <div className="bases-ticks">
        {shown.map(({ agencyId, name, isPublic }) => (
          <Checkbox
            key={agencyId}
            isSelected={value.includes(agencyId)}
            isDisabled={publicOnly && !isPublic}
            onChange={selected => onChange(selected ? [...value, agencyId] : value.filter(one => one !== agencyId))}
          >
            {name}
          </Checkbox>
        ))}
      </div>
      <ComboBox
        label={t('form.addReceiver')}
        width="medium"
        value={null}
        clearOnChoice
        options={others
          .filter(agency => !value.includes(agency.agencyId))
          .sort((a, b) => compareNames(a.name, b.name))
          .map(agency => ({ id: agency.agencyId, label: agency.name, detail: `${agency.shortName} · ${agency.city}` }))}
        onChange={agencyId => onChange([...value, agencyId])}
      />
      {errorMessage ? <p className="field-error">{errorMessage}</p> : null}
    </fieldset>
  )
}
