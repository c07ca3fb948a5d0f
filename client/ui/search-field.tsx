import { SearchField as AriaSearchField, Button, Input } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { FieldLabel } from './fields.tsx'
import { CloseIcon, SearchIcon } from './icons.tsx'

/** Narrows a list while one types. Escape empties it. */
export function SearchField({
  label,
  description,
  value,
  onChange,
  autoFocus = false,
}: {
  label: string
  /** What is searched, in a few words. */
  description?: string
  value: string
  onChange: (value: string) => void
  /** Only where it is what the screen was opened for. */
  autoFocus?: boolean
}) {
  const { t } = useTranslation()
  return (
    <AriaSearchField className="field search-field" value={value} onChange={onChange} autoFocus={autoFocus}>
      <FieldLabel label={label} hidden />
      <div className="field-box">
        <SearchMark />
        <Input className="input input-search" placeholder={description ? `${label} · ${description}` : label} />
        {value === '' ? null : (
          <Button className="field-suffix-button" aria-label={t('clearSearch')}>
            <CloseIcon />
          </Button>
        )}
      </div>
    </AriaSearchField>
  )
}

function SearchMark() {
  return (
    <span className="search-mark">
      <SearchIcon />
    </span>
  )
}
