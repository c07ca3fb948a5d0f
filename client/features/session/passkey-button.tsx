import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PasskeyProof, PasskeyQuestion } from '../../../shared/protocol/passkeys.ts'
import { hasPasskeys, PasskeyStopped, provePasskey } from '../../lib/passkeys.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { ErrorNotice } from '../../ui/states.tsx'
import { isRefused } from './use-command.ts'

interface PasskeyButtonProps {
  question: () => Promise<PasskeyQuestion>
  onProof: (proof: PasskeyProof) => Promise<void>
  isDisabled?: boolean
}

/** Asks the browser for a passkey. What went wrong stands beneath, with what to do. */
export function PasskeyButton({ question, onProof, isDisabled = false }: PasskeyButtonProps) {
  const { t } = useTranslation('session')
  const [isPending, setPending] = useState(false)
  const [error, setError] = useState<unknown>()
  if (!hasPasskeys()) return <Notice tone="warning">{t('passkey.notInBrowser')}</Notice>

  async function prove() {
    setPending(true)
    setError(undefined)
    try {
      await onProof(await provePasskey(await question()))
    } catch (failure) {
      setError(failure)
    } finally {
      setPending(false)
    }
  }

  return (
    <div className="entry-form">
      <Button
        look="primary"
        size="large"
        wide
        isPending={isPending}
        isDisabled={isDisabled}
        onPress={() => void prove()}
      >
        {t('passkey.prove')}
      </Button>
      {error instanceof PasskeyStopped ? (
        <p role="alert">{t('passkey.stopped')}</p>
      ) : isRefused(error, 'wrong-credentials') ? (
        <p role="alert">{t('passkey.wrong')}</p>
      ) : error ? (
        <ErrorNotice error={error} />
      ) : null}
    </div>
  )
}
