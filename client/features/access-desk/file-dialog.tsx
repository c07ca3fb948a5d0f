/** Asks what a file is taken out for, then saves it. */
import { useState } from 'react'
import { useCommand } from '../../lib/use-command.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/fields.tsx'
import { useNotices } from '../../ui/notice.tsx'
import { ErrorNotice } from '../../ui/states.tsx'
import { saveFile } from '../exports/save-file.ts'
import { useAccessTexts } from './use-access-texts.ts'

const LEAST = 5

export function FileDialog({
  what,
  name,
  take,
  onClose,
}: {
  what: string
  name: string
  take: (purpose: string) => Promise<Blob>
  onClose: () => void
}) {
  const { t } = useAccessTexts()
  const notify = useNotices()
  const [purpose, setPurpose] = useState('')
  const [isTried, setTried] = useState(false)
  const { error, isPending, run } = useCommand()
  const isShort = purpose.trim().length < LEAST

  async function go() {
    setTried(true)
    if (isShort) return
    await run(async () => {
      saveFile(await take(purpose.trim()), name)
      notify(t('file.done'))
      onClose()
    })
  }

  return (
    <Dialog
      title={t('file.title')}
      isOpen
      size="small"
      onClose={onClose}
      footer={
        <Button look="primary" isPending={isPending} onPress={() => void go()}>
          {t('file.go')}
        </Button>
      }
    >
      <div className="stack">
        <p>{t('file.body', { what })}</p>
        {error ? <ErrorNotice error={error} /> : null}
        <TextField
          label={t('file.purpose')}
          description={t('file.purposeHelp')}
          rows={2}
          maxLength={300}
          autoFocus
          value={purpose}
          onChange={setPurpose}
          errorMessage={isTried && isShort ? t('file.short') : undefined}
        />
      </div>
    </Dialog>
  )
}
