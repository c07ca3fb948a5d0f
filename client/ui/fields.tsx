/** Labelled fields: label above, help beneath it, the error beneath the field in words. */
import { type ReactNode, useState } from 'react'
import {
  Checkbox as AriaCheckbox,
  type CheckboxProps as AriaCheckboxProps,
  TextField as AriaTextField,
  type TextFieldProps as AriaTextFieldProps,
  CheckboxGroup,
  FieldError,
  Input,
  Label,
  Radio,
  RadioGroup,
  Text,
  TextArea,
} from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { CheckIcon, EyeIcon } from './icons.tsx'

export interface FieldWords {
  label: string
  /** Help in a sentence, between label and field. */
  description?: ReactNode
  /** What is wrong with the value, in words. */
  errorMessage?: string | undefined
  /** Keeps the label for screen readers only. */
  labelHidden?: boolean
}

export function FieldLabel({ label, hidden, required }: { label: string; hidden?: boolean; required?: boolean }) {
  const { t } = useTranslation()
  return (
    <Label className={hidden ? 'visually-hidden' : 'field-label'}>
      {label}
      {required ? <span className="field-required"> ({t('required')})</span> : null}
    </Label>
  )
}

export interface TextFieldProps extends Omit<AriaTextFieldProps, 'className' | 'style' | 'children'>, FieldWords {
  placeholder?: string
  /** Several lines. */
  rows?: number
  /** A unit or a button at the field's end. */
  suffix?: ReactNode
  /** Width by what is usually in it. */
  width?: 'short' | 'medium' | 'full'
}

export function TextField({
  label,
  description,
  errorMessage,
  labelHidden = false,
  placeholder,
  rows,
  suffix,
  width = 'full',
  ...props
}: TextFieldProps) {
  return (
    <AriaTextField {...props} isInvalid={errorMessage !== undefined} className={`field field-${width}`}>
      <FieldLabel label={label} hidden={labelHidden} required={props.isRequired ?? false} />
      {description ? (
        <Text slot="description" className="field-description">
          {description}
        </Text>
      ) : null}
      <div className="field-box">
        {rows === undefined ? (
          <Input className="input" placeholder={placeholder} />
        ) : (
          <TextArea className="input" rows={rows} placeholder={placeholder} />
        )}
        {suffix}
      </div>
      <FieldError className="field-error">{errorMessage}</FieldError>
    </AriaTextField>
  )
}

/** A password: can be looked at, and says when Caps Lock is on. */
export function PasswordField(props: Omit<TextFieldProps, 'type' | 'suffix' | 'rows'>) {
  const { t } = useTranslation()
  const [shown, setShown] = useState(false)
  const [capsLock, setCapsLock] = useState(false)
  return (
    <div className="password-field">
      <TextField
        {...props}
        type={shown ? 'text' : 'password'}
        spellCheck="false"
        autoCorrect="off"
        onKeyDown={event => setCapsLock(event.getModifierState('CapsLock'))}
        onKeyUp={event => setCapsLock(event.getModifierState('CapsLock'))}
        onBlur={() => setCapsLock(false)}
        suffix={
          <button
            type="button"
            className="field-suffix-button"
            aria-label={shown ? t('hidePassword') : t('showPassword')}
            aria-pressed={shown}
            onClick={() => setShown(!shown)}
          >
            <EyeIcon />
          </button>
        }
      />
      <p className="field-hint" role="status">
        {capsLock ? t('capsLock') : ''}
      </p>
    </div>
  )
}

/** One box. `children` are its words. */
export function Checkbox({
  children,
  ...props
}: Omit<AriaCheckboxProps, 'className' | 'style' | 'children'> & { children?: ReactNode }) {
  return (
    <AriaCheckbox {...props} className="checkbox">
      {({ isSelected, isIndeterminate }) => (
        <>
          <span className="checkbox-box" aria-hidden="true">
            {isSelected ? <CheckIcon size={18} /> : isIndeterminate ? '–' : null}
          </span>
          {children ? <span className="checkbox-words">{children}</span> : null}
        </>
      )}
    </AriaCheckbox>
  )
}

export { CheckboxGroup }

/** A few choices side by side, all visible. */
export function Choice<T extends string>({
  label,
  labelHidden = false,
  value,
  onChange,
  options,
  isDisabled = false,
}: {
  label: string
  labelHidden?: boolean
  /** Null while nothing is chosen. */
  value: T | null
  onChange: (value: T) => void
  options: readonly { id: T; label: string }[]
  isDisabled?: boolean
}) {
  return (
    <RadioGroup
      className="choice"
      orientation="horizontal"
      value={value}
      isDisabled={isDisabled}
      onChange={next => {
        const option = options.find(o => o.id === next)
        if (option) onChange(option.id)
      }}
    >
      <FieldLabel label={label} hidden={labelHidden} />
      <div className="choice-options">
        {options.map(option => (
          <Radio key={option.id} value={option.id} className="choice-option">
            {option.label}
          </Radio>
        ))}
      </div>
    </RadioGroup>
  )
}
