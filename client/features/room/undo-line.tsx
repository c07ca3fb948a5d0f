import { useEffect } from 'react'
import { Button } from '../../ui/button.tsx'
import { useRoomTexts } from './i18n/use-room-texts.ts'
import type { Undoable } from './use-shared.ts'

/** Long enough to see that a slip of the hand happened. */
const OFFERED_MS = 12_000

/** What I just did, with the way back. Announced politely, takes its own line, goes by itself. */
export function UndoLine({ undoable }: { undoable: Undoable }) {
  const { t } = useRoomTexts()
  const { undoLabel, dismiss, undo } = undoable
  useEffect(() => {
    if (undoLabel === null) return
    const timer = setTimeout(dismiss, OFFERED_MS)
    return () => clearTimeout(timer)
  }, [undoLabel, dismiss])
  return (
    <div className="undo-line" role="status">
      {undoLabel === null ? null : (
        <>
          <span>{undoLabel}</span>
          <Button look="text" size="small" onPress={undo}>
            {t('undo')}
          </Button>
        </>
      )}
    </div>
  )
}
