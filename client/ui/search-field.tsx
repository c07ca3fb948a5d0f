import { SearchField as AriaSearchField, Button, Input, Text } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { FieldLabel } from './fields.tsx'
import { CloseIcon } from './icons.tsx'

/** Narrows a list while one types. Escape empties it. */
export function SearchField({
  label,
  description,
  value,
  onChange,
}: {
  label: string
  description?: string
  value: string
  onChange: (value: string) => void
}) {
  const { t } = useTranslation()
  return (
    <AriaSearchField className="field search-field" value={value} onChange={onChange}>
      <FieldLabel label={label} />
      <div className="field-box">
        <Input className="input" />
        {value === '' ? null : (
          <Button className="field-suffix-button" aria-label={t('clearSearch')}>
            <CloseIcon />
          </Button>
        )}
      </div>
      {description ? (
        <Text slot="description" className="field-description">
          {description}
        </Text>
      ) : null}
    </AriaSearchField>
  )
}
