/** A dialog that asks for a reason in words and sends it: what all small decisions at this desk have in common. */
import { type ReactNode, useState } from 'react'
import { RETENTION_WORDS } from '../../../shared/protocol/retention.ts'
import { ApiError } from '../../lib/api.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/fields.tsx'
import { useNotices } from '../../ui/notice.tsx'
import { ErrorNotice } from '../../ui/states.tsx'
import { useRetentionTexts } from './use-retention-texts.ts'

export function WordsDialog<Answer>({
  title,
  label,
  example,
  action,
  done,
  children,
  mayGo = true,
  send,
  onTried,
  onStale,
  onDone,
  onClose,
}: {
  title: string
  label: string
  example?: string
  action: string
  /** What is said when it worked. */
  done: string
  children?: ReactNode
  /** Whether the other fields are filled in. */
  mayGo?: boolean
  send: (words: string) => Promise<Answer>
  onTried?: () => void
  /** Somebody was first: what lies behind the dialog is asked for anew; what was written stays. */
  onStale?: () => void
  onDone: (answer: Answer) => void
  onClose: () => void
}) {
  const { t } = useRetentionTexts()
  const notify = useNotices()
  const [words, setWords] = useState('')
  const [isTried, setTried] = useState(false)
  const [isPending, setPending] = useState(false)
  const [error, setError] = useState<unknown>()
  const isShort = words.trim().length < RETENTION_WORDS.least

  async function go() {
    setTried(true)
    onTried?.()
    if (isShort || !mayGo) return
    setPending(true)
    setError(undefined)
    try {
      const answer = await send(words.trim())
      notify(done)
      onDone(answer)
    } catch (failure) {
      if (failure instanceof ApiError && failure.reason === 'conflict') onStale?.()
      setError(failure)
      setPending(false)
    }
  }

  return (
    <Dialog
      title={title}
      isOpen
      size="medium"
      onClose={onClose}
      footer={
        <Button look="primary" isPending={isPending} onPress={() => void go()}>
          {action}
        </Button>
      }
    >
      <div className="stack">
        {children}
        {error ? <ErrorNotice error={error} /> : null}
        <TextField
          label={label}
          description={example}
          rows={3}
          maxLength={RETENTION_WORDS.most}
          value={words}
          onChange={setWords}
          errorMessage={isTried && isShort ? t('short') : undefined}
        />
      </div>
    </Dialog>
  )
}
