/**
 * A short plain field of a shared record. While I am in it what I type is mine alone and what others set does not disturb it; it is written when
 * I leave it or press Enter, and Escape takes it back.
 */
import { type HTMLInputTypeAttribute, useId, useState } from 'react'

export interface DraftFieldProps {
  label: string
  labelHidden?: boolean
  value: string
  placeholder?: string
  type?: HTMLInputTypeAttribute
  inputMode?: 'numeric' | 'text'
  isReadOnly?: boolean
  className?: string
  /** Words for what is wrong, or null. */
  check?: (text: string) => string | null
  onCommit: (text: string) => void
}

export function DraftField(props: DraftFieldProps) {
  const { label, labelHidden = false, value, check, onCommit, isReadOnly = false, className = '' } = props
  const id = useId()
  const [draft, setDraft] = useState<string | null>(null)
  const wrong = draft !== null && draft !== value ? (check?.(draft) ?? null) : null
  const finish = () => {
    if (draft !== null && wrong === null && draft.trim() !== value) onCommit(draft.trim())
    // What is wrong stays where it was typed, with its words, until it is put right.
    if (wrong === null) setDraft(null)
  }
  return (
    <span className={`draft-field ${className}`}>
      <label htmlFor={id} className={labelHidden ? 'visually-hidden' : 'draft-label'}>
        {label}
      </label>
      <input
        id={id}
        className="input draft-input"
        type={props.type ?? 'text'}
        inputMode={props.inputMode}
        placeholder={isReadOnly ? '' : props.placeholder}
        readOnly={isReadOnly}
        value={draft ?? value}
        aria-invalid={wrong !== null}
        aria-describedby={wrong === null ? undefined : `${id}-wrong`}
        onFocus={() => {
          if (!isReadOnly && draft === null) setDraft(value)
        }}
        onChange={event => setDraft(event.target.value)}
        onBlur={finish}
        onKeyDown={event => {
          event.stopPropagation()
          if (event.nativeEvent.isComposing) return
          if (event.key === 'Enter') {
            event.preventDefault()
            finish()
            event.currentTarget.blur()
          }
          if (event.key === 'Escape') setDraft(value)
        }}
      />
      {wrong === null ? null : (
        <span id={`${id}-wrong`} className="field-error" role="alert">
          {wrong}
        </span>
      )}
    </span>
  )
}
