/** Short fields of the map. Each is written when it is left, as one step that can be taken back. */

import { codesOf, type Label } from '../../../shared/codes.ts'
import { FIRST_FIGURE_YEAR } from '../../../shared/documents/case-map.ts'
import { hasResidentNumber } from '../../../shared/identifiers/resident-number.ts'
import { toSeoulTime } from '../../lib/format.ts'
import { useNotices } from '../../ui/notice.tsx'
import { Select } from '../../ui/pickers.tsx'
import { CountField } from '../case-work/case-fields.tsx'
import { useCaseWork } from '../case-work/case-work-context.ts'
import { useCaseWorkTexts } from '../case-work/use-case-work-texts.ts'
import { DraftField } from '../room/draft-field.tsx'
import { useCaseMapTexts } from './use-case-map-texts.ts'

export function MapText({
  label,
  value,
  most,
  placeholder,
  onCommit,
}: {
  label: string
  value: string
  most: number
  placeholder?: string
  onCommit: (value: string) => void
}) {
  const { t } = useCaseMapTexts()
  const { t: work } = useCaseWorkTexts()
  const { mayWrite } = useCaseWork()
  const notify = useNotices()
  return (
    <DraftField
      label={label}
      value={value}
      isReadOnly={!mayWrite}
      className="case-field"
      {...(placeholder !== undefined && { placeholder })}
      check={text => (text.trim().length > most ? work('field.tooLong', { most }) : null)}
      onCommit={text => {
        if (hasResidentNumber(text)) notify(t('done.masked'), 'warning')
        onCommit(text)
      }}
    />
  )
}

/** A year of a life or a marriage, up to this one. */
export function YearField({
  label,
  value,
  onCommit,
}: {
  label: string
  value: number | null
  onCommit: (value: number | null) => void
}) {
  return (
    <CountField
      label={label}
      value={value}
      least={FIRST_FIGURE_YEAR}
      most={toSeoulTime(Date.now()).year}
      onCommit={onCommit}
    />
  )
}

/** One of a code table. */
export function CodeSelect<T extends Readonly<Record<string, Label>>>({
  label,
  table,
  value,
  onCommit,
}: {
  label: string
  table: T
  value: keyof T & string
  onCommit: (value: keyof T & string) => void
}) {
  const { language } = useCaseMapTexts()
  const { mayWrite } = useCaseWork()
  return (
    <div className="case-field">
      <Select<keyof T & string>
        label={label}
        isDisabled={!mayWrite}
        value={value}
        options={codesOf(table).map(id => ({ id, label: table[id]?.[language] ?? id }))}
        onChange={onCommit}
      />
    </div>
  )
}
