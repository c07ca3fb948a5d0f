/**
 * The one small place that says where my words are. It may say less than is true (a pause after typing before "stored" comes back, so that it does
 * not flicker with each key), never more.
 */
import { useEffect, useState } from 'react'
import { formatTime } from '../../../lib/format.ts'
import type { RoomState } from '../../../room/room-client.ts'
import { CheckIcon, WarningIcon } from '../../../ui/icons.tsx'
import { useRoomTexts } from '../i18n/use-room-texts.ts'
import { useRoomState } from '../room-context.tsx'

/** What takes longer than this is worth words. */
const WORDS_AFTER_MS = 1_500
/** All stored and quiet for so long: the tick comes back. */
const CALM_AFTER_MS = 300

export type ReceiptShown = 'loading' | 'stored' | 'sending' | 'here' | 'room' | 'failed'

export function ReceiptPlace() {
  const { t } = useRoomTexts()
  const state = useRoomState()
  const { receipt } = state
  const place = placeNow(state)
  const shown = useCalm(place, receipt.pendingSince)
  const words = () => {
    switch (shown) {
      case 'loading':
        return t('receipt.loading')
      case 'stored':
        return receipt.storedAt === null
          ? t('receipt.storedPlain')
          : t('receipt.stored', { time: formatTime(receipt.storedAt) })
      case 'sending':
        return t('receipt.sending')
      case 'here':
        return t('receipt.here')
      case 'room':
        return t('receipt.room')
      case 'failed':
        return t('receipt.failed', { why: t('receipt.whyStore') })
    }
  }
  const quiet = shown === 'stored' || shown === 'sending' || shown === 'loading'
  return (
    <p
      className={`receipt receipt-${shown}`}
      role={quiet ? undefined : 'status'}
      data-testid="receipt"
      data-place={shown}
    >
      <span className="visually-hidden">{t('receipt.label')}: </span>
      {shown === 'stored' ? (
        <CheckIcon size={18} />
      ) : quiet ? (
        <span className="receipt-dot" aria-hidden="true" />
      ) : (
        <WarningIcon size={18} />
      )}
      <span>{words()}</span>
    </p>
  )
}

function placeNow(state: RoomState): ReceiptShown {
  const { receipt, conference, item, actions } = state
  if (receipt.place !== 'stored') {
    const lines = [conference, item, ...actions]
    const noStore = lines.some(link => link?.line.phase === 'lost' && link.line.reason === 'store-unavailable')
    if (noStore) return 'failed'
    return receipt.place === 'room' ? 'room' : 'here'
  }
  return conference?.loaded ? 'stored' : 'loading'
}

/** Short states are not worth words: sending, until it takes long; stored, once it is quiet. */
export function useCalm(place: ReceiptShown, pendingSince: number | null): ReceiptShown {
  const [shown, setShown] = useState<ReceiptShown>(place)
  useEffect(() => {
    if (place === 'here' || place === 'room') {
      const left = WORDS_AFTER_MS - (Date.now() - (pendingSince ?? Date.now()))
      if (left <= 0) {
        setShown(place)
        return
      }
      setShown('sending')
      const timer = setTimeout(() => setShown(place), left)
      return () => clearTimeout(timer)
    }
    if (place === 'stored') {
      const timer = setTimeout(() => setShown('stored'), CALM_AFTER_MS)
      return () => clearTimeout(timer)
    }
    setShown(place)
    return
  }, [place, pendingSince])
  // Between a change and the effect above the old words must not claim more than is true.
  return shown === 'stored' && place !== 'stored' ? 'sending' : shown
}
