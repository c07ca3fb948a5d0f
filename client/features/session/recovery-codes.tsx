import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/button.tsx'
import { Notice, useNotices } from '../../ui/notice.tsx'
import './recovery-codes.css'

/** Shown once. Printing gives a slip with the codes and nothing of the screen around. */
export function RecoveryCodes({ codes, onKept }: { codes: readonly string[]; onKept: () => void }) {
  const { t } = useTranslation('session')
  const common = useTranslation().t
  const notify = useNotices()

  useEffect(() => {
    document.documentElement.dataset.print = 'recovery-codes'
    return () => {
      delete document.documentElement.dataset.print
    }
  }, [])

  async function copy() {
    try {
      await navigator.clipboard.writeText(codes.join('\n'))
      notify(common('copied'))
    } catch {
      // Without https browsers lend no clipboard.
      notify(common('copyFailed'), 'warning')
    }
  }

  return (
    <div className="stack">
      <Notice tone="warning">{t('factor.keepBody')}</Notice>
      <div className="recovery-codes">
        <p className="recovery-codes-title">{t('factor.slip')}</p>
        <ol className="recovery-codes-list">
          {codes.map(code => (
            <li key={code}>{code}</li>
          ))}
        </ol>
      </div>
      <div className="row">
        <Button look="tertiary" onPress={() => void copy()}>
          {common('copy')}
        </Button>
        <Button look="tertiary" onPress={() => window.print()}>
          {common('print')}
        </Button>
        <Button look="primary" onPress={onKept}>
          {t('factor.kept')}
        </Button>
      </div>
    </div>
  )
}
