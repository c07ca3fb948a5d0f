import { useState } from 'react'
import { GUEST_PATH } from '../../../shared/protocol/guests.ts'
import { useApi } from '../../lib/services.tsx'
import { Button } from '../../ui/button.tsx'
import { ConfirmDialog } from '../../ui/dialog.tsx'
import { useTellError } from '../../ui/states.tsx'
import { useGuestTexts } from './use-guest-texts.ts'

/** A guest has nowhere to go but out: asked once, because the way back takes another code. */
export function GuestLeave() {
  const { t } = useGuestTexts()
  const api = useApi()
  const tellError = useTellError()
  const [isAsking, setAsking] = useState(false)
  const leave = async () => {
    setAsking(false)
    try {
      await api.signOut()
      // Loaded anew, so that nothing of the meeting stays in this page's memory.
      window.location.replace(GUEST_PATH)
    } catch (error) {
      tellError(error)
    }
  }
  return (
    <>
      <Button look="secondary" size="small" onPress={() => setAsking(true)}>
        {t('leave.button')}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        title={t('leave.title')}
        action={t('leave.action')}
        danger
        onConfirm={() => void leave()}
        onCancel={() => setAsking(false)}
      >
        {t('leave.body')}
      </ConfirmDialog>
    </>
  )
}
