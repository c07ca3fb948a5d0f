/** Fields with a list: Select for few options, ComboBox (typed search, initial consonants too) for many. */
import { type ReactNode, useMemo, useState } from 'react'
import {
  ComboBox as AriaComboBox,
  Select as AriaSelect,
  Button,
  FieldError,
  Input,
  type Key,
  ListBox,
  ListBoxItem,
  Popover,
  SelectValue,
  Text,
} from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { matchesSearch } from '../lib/hangul-search.ts'
import { FieldLabel, type FieldWords } from './fields.tsx'
import { ChevronDownIcon } from './icons.tsx'

export interface Option<T extends string = string> {
  id: T
  label: string
  /** A second, quieter line; searched as well. */
  detail?: string
  isDisabled?: boolean
}

interface PickerProps<T extends string> extends FieldWords {
  options: readonly Option<T>[]
  value: T | null
  onChange: (value: T) => void
  placeholder?: string
  isRequired?: boolean
  isDisabled?: boolean
  width?: 'short' | 'medium' | 'full'
}

export function Select<T extends string>({
  label,
  labelHidden = false,
  description,
  errorMessage,
  options,
  value,
  onChange,
  placeholder,
  width = 'full',
  ...props
}: PickerProps<T>) {
  const { t } = useTranslation()
  return (
    <AriaSelect
      {...props}
      className={`field field-${width}`}
      value={value}
      isInvalid={errorMessage !== undefined}
      placeholder={placeholder ?? t('choose')}
      onChange={key => pick(key, options, onChange)}
    >
      <FieldLabel label={label} hidden={labelHidden} required={props.isRequired ?? false} />
      <Description>{description}</Description>
      <Button className="input select-button">
        <SelectValue className="select-value" />
        <ChevronDownIcon />
      </Button>
      <FieldError className="field-error">{errorMessage}</FieldError>
      <Options options={options} />
    </AriaSelect>
  )
}

/** Type to find. What was typed is only a search; the value changes when an option is chosen. */
export function ComboBox<T extends string>({
  label,
  labelHidden = false,
  description,
  errorMessage,
  options,
  value,
  onChange,
  placeholder,
  width = 'full',
  clearOnChoice = false,
  ...props
}: PickerProps<T> & {
  /** For adding to a list: the field is empty again after each choice. */
  clearOnChoice?: boolean
}) {
  const { t } = useTranslation()
  const chosen = options.find(option => option.id === value)?.label ?? ''
  const [typed, setTyped] = useState<string>()
  const [choices, setChoices] = useState(0)
  const text = typed ?? chosen
  const shown = useMemo(() => {
    if (typed === undefined || typed === chosen) return options
    return options.filter(option => matchesSearch(typed, `${option.label} ${option.detail ?? ''}`))
  }, [options, typed, chosen])
  return (
    <AriaComboBox
      {...props}
      // A field for adding begins anew after each choice: emptying it in place would open its list over what comes next.
      key={choices}
      autoFocus={choices > 0}
      className={`field field-${width}`}
      items={shown}
      inputValue={text}
      selectedKey={clearOnChoice ? null : value}
      isInvalid={errorMessage !== undefined}
      menuTrigger={clearOnChoice ? 'input' : 'focus'}
      allowsEmptyCollection
      onInputChange={setTyped}
      onSelectionChange={key => {
        if (key === null) return
        setTyped(undefined)
        if (clearOnChoice) setChoices(choices + 1)
        pick(key, options, onChange)
      }}
      onBlur={() => setTyped(undefined)}
    >
      <FieldLabel label={label} hidden={labelHidden} required={props.isRequired ?? false} />
      <Description>{description}</Description>
      <div className="field-box">
        <Input className="input" placeholder={placeholder ?? t('search')} />
        <Button className="field-suffix-button">
          <ChevronDownIcon />
        </Button>
      </div>
      <FieldError className="field-error">{errorMessage}</FieldError>
      <Options options={shown} />
    </AriaComboBox>
  )
}

function Options<T extends string>({ options }: { options: readonly Option<T>[] }) {
  const { t } = useTranslation()
  return (
    <Popover className="popover" offset={4}>
      <ListBox
        className="listbox"
        items={options}
        renderEmptyState={() => <p className="listbox-empty">{t('noMatch')}</p>}
      >
        {option => (
          <ListBoxItem
            id={option.id}
            textValue={option.label}
            isDisabled={option.isDisabled ?? false}
            className="listbox-item"
          >
            <Text slot="label">{option.label}</Text>
            {option.detail ? (
              <Text slot="description" className="listbox-detail">
                {option.detail}
              </Text>
            ) : null}
          </ListBoxItem>
        )}
      </ListBox>
    </Popover>
  )
}

function Description({ children }: { children: ReactNode }) {
  if (!children) return null
  return (
    <Text slot="description" className="field-description">
      {children}
    </Text>
  )
}

function pick<T extends string>(key: Key | null, options: readonly Option<T>[], onChange: (value: T) => void) {
  const option = options.find(o => o.id === key)
  if (option) onChange(option.id)
}
