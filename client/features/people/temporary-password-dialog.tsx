import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { TemporaryPasswordView } from '../../../shared/protocol/http-api.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Notice, useNotices } from '../../ui/notice.tsx'
import { usePeopleTexts } from './use-people-texts.ts'

/** Shown once. Printing gives a slip with these three lines and nothing of the screen behind. */
export function TemporaryPasswordDialog({ view, onClose }: { view: TemporaryPasswordView; onClose: () => void }) {
  const { t } = usePeopleTexts()
  const common = useTranslation().t
  const notify = useNotices()

  useEffect(() => {
    document.documentElement.dataset.print = 'slip'
    return () => {
      delete document.documentElement.dataset.print
    }
  }, [])

  async function copy() {
    try {
      await navigator.clipboard.writeText(view.temporaryPassword)
      notify(common('copied'))
    } catch {
      // Without https browsers lend no clipboard.
      notify(common('copyFailed'), 'warning')
    }
  }

  return (
    <Dialog
      title={t('temporary.title')}
      isOpen
      onClose={onClose}
      role="alertdialog"
      footer={
        <>
          <Button look="tertiary" onPress={() => void copy()}>
            {common('copy')}
          </Button>
          <Button look="tertiary" onPress={() => window.print()}>
            {common('print')}
          </Button>
          <Button look="primary" onPress={onClose}>
            {t('temporary.close')}
          </Button>
        </>
      }
    >
      <Notice tone="warning">{t('temporary.body')}</Notice>
      <div className="slip">
        <p className="slip-title">{t('temporary.slip')}</p>
        <dl className="slip-lines">
          <dt>{t('temporary.address')}</dt>
          <dd>{window.location.origin}</dd>
          <dt>{t('temporary.login')}</dt>
          <dd>{view.login}</dd>
          <dt>{t('temporary.password')}</dt>
          <dd className="slip-password">{view.temporaryPassword}</dd>
        </dl>
      </div>
    </Dialog>
  )
}
