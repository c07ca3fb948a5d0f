import { useTranslation } from 'react-i18next'
import type { PasskeyProof, PasskeyQuestion } from '../../../shared/protocol/passkeys.ts'
import { isRefused } from '../../lib/api.ts'
import { hasPasskeys, PasskeyStopped, provePasskey } from '../../lib/passkeys.ts'
import { useCommand } from '../../lib/use-command.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { ErrorNotice } from '../../ui/states.tsx'

interface PasskeyButtonProps {
  question: () => Promise<PasskeyQuestion>
  onProof: (proof: PasskeyProof) => Promise<unknown>
  isDisabled?: boolean
}

/** Asks the browser for a passkey. What went wrong stands beneath, with what to do. */
export function PasskeyButton({ question, onProof, isDisabled = false }: PasskeyButtonProps) {
  const { t } = useTranslation('session')
  const { error, isPending, run } = useCommand()
  if (!hasPasskeys()) return <Notice tone="warning">{t('passkey.notInBrowser')}</Notice>

  async function prove() {
    await run(async () => onProof(await provePasskey(await question())))
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
