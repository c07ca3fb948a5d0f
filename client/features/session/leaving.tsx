import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useServices } from '../../lib/services.tsx'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { ErrorNotice } from '../../ui/states.tsx'

/** The way out for somebody else, who is told what is lost. */
export function Leaving({ name, hasScreen }: { name: string; hasScreen: boolean }) {
  const { t } = useTranslation('session')
  const common = useTranslation().t
  const { session } = useServices()
  const [isLeaving, setLeaving] = useState(false)
  const [error, setError] = useState<unknown>()

  async function leave() {
    setError(undefined)
    try {
      await session.signOut()
    } catch (failure) {
      setError(failure)
      setLeaving(false)
    }
  }

  return (
    <>
      {error ? <ErrorNotice error={error} /> : null}
      {/* No second dialog: it would open beneath this one. */}
      {isLeaving && hasScreen ? (
        <Notice
          tone="warning"
          title={t('cover.anotherTitle')}
          announce="alert"
          actions={
            <>
              <Button look="danger" size="small" onPress={() => void leave()}>
                {t('cover.another')}
              </Button>
              <Button look="tertiary" size="small" onPress={() => setLeaving(false)}>
                {common('cancel')}
              </Button>
            </>
          }
        >
          {t('cover.anotherBody', { name })}
        </Notice>
      ) : (
        <Button look="text" onPress={() => (hasScreen ? setLeaving(true) : void leave())}>
          {t('cover.another')}
        </Button>
      )}
    </>
  )
}
