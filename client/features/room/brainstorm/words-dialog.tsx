/** Asks for one line: a card's words, a group's name. */
import { type FormEvent, useId, useState } from 'react'
import { Dialog, FormButtons } from '../../../ui/dialog.tsx'
import { TextField } from '../../../ui/fields.tsx'
import { useBrainstormTexts } from './use-brainstorm-texts.ts'

export interface WordsDialogProps {
  title: string
  label: string
  value: string
  most: number
  /** True when it was taken: the dialog closes then. */
  onSave: (words: string) => Promise<boolean>
  onClose: () => void
}

export function WordsDialog({ title, label, value, most, onSave, onClose }: WordsDialogProps) {
  const { t } = useBrainstormTexts()
  const form = useId()
  const [words, setWords] = useState(value)
  const [isTold, setTold] = useState(false)
  const [isSaving, setSaving] = useState(false)
  const save = async (event: FormEvent) => {
    event.preventDefault()
    if (words.trim() === '') {
      setTold(true)
      return
    }
    setSaving(true)
    const isTaken = await onSave(words.trim())
    setSaving(false)
    if (isTaken) onClose()
  }
  return (
    <Dialog
      title={title}
      isOpen
      onClose={onClose}
      size="small"
      footer={<FormButtons form={form} action={t('save')} isPending={isSaving} onCancel={onClose} />}
    >
      <form id={form} onSubmit={event => void save(event)}>
        <TextField
          label={label}
          value={words}
          onChange={setWords}
          maxLength={most}
          autoFocus
          errorMessage={isTold && words.trim() === '' ? t('needed') : undefined}
        />
      </form>
    </Dialog>
  )
}
