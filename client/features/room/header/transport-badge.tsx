/** Says, quietly, that this network blocks WebSockets and the documents travel another way; the words come on hover, focus or touch. */
import { useId, useState } from 'react'
import { useRoomTexts } from '../i18n/use-room-texts.ts'
import { useRoomState } from '../room-context.tsx'
import './transport-badge.css'

export function TransportBadge() {
  const { t } = useRoomTexts()
  const { transport } = useRoomState()
  const words = useId()
  // Escape puts the words away until the person comes back to them.
  const [isAway, setAway] = useState(false)
  if (transport === 'websocket') return null
  return (
    <span className={`transport-badge${isAway ? ' is-away' : ''}`} onPointerEnter={() => setAway(false)}>
      <button
        type="button"
        className="chip chip-neutral"
        aria-describedby={words}
        data-testid="transport-badge"
        onFocus={() => setAway(false)}
        onKeyDown={event => {
          if (event.key === 'Escape') setAway(true)
        }}
      >
        {t('transport.badge')}
      </button>
      <span role="tooltip" id={words} className="transport-words">
        {t('transport.words')}
      </span>
    </span>
  )
}
