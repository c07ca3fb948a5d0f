/** The room's first line: which conference, how long it has been live, who is here, where my words are, the way out. */
import { useState } from 'react'
import { useLocation, useNavigate } from 'react-router'
import { isPresentMode } from '../../../../shared/codes.ts'
import { formatElapsed } from '../../../lib/format.ts'
import { useSession } from '../../../lib/session.tsx'
import { Button } from '../../../ui/button.tsx'
import { Chip } from '../../../ui/chips.tsx'
import { ConfirmDialog } from '../../../ui/dialog.tsx'
import { MenuIcon, PersonIcon } from '../../../ui/icons.tsx'
import { GuestLeave } from '../../guests/guest-leave.tsx'
import { useGuestTexts } from '../../guests/use-guest-texts.ts'
import { SearchButton } from '../../search/search-context.tsx'
import { ClosingDialog } from '../closing/closing-dialog.tsx'
import { useMeetingTexts } from '../follow/use-meeting-texts.ts'
import { useRoomTexts } from '../i18n/use-room-texts.ts'
import { useMeeting, useServerTime } from '../meeting-context.tsx'
import { useRoom, useRoomState } from '../room-context.tsx'
import { ReceiptPlace } from './receipt-place.tsx'
import { TransportBadge } from './transport-badge.tsx'

export interface RoomHeaderProps {
  drawer: 'agenda' | 'people' | null
  onDrawer: (which: 'agenda' | 'people') => void
}

export function RoomHeader({ drawer, onDrawer }: RoomHeaderProps) {
  const { t } = useRoomTexts()
  const { t: words } = useMeetingTexts()
  const { t: guestWords } = useGuestTexts()
  const isGuest = useSession().view.guest !== undefined
  const { view, me } = useRoom()
  const state = useRoomState()
  const navigate = useNavigate()
  const [leaving, setLeaving] = useState(false)
  // The way from the planning page.
  const [closing, setClosing] = useState(useLocation().hash === '#close')
  const { view: meeting } = useMeeting()
  // Being connected is never attendance: who attends was confirmed. Two windows of one person are one person.
  const attending = (meeting?.attendance ?? []).filter(one => one.standing === 'confirmed' && isPresentMode(one.mode))
  const agencies = new Set(attending.map(one => one.agencyId))
  const connected = new Set((state.conference?.people ?? []).map(person => person.userId))
  if (view.myRole !== null) connected.add(me.userId)
  const lost = [state.conference, state.item, ...state.actions].some(link => link?.line.phase === 'lost')
  const go = () => void navigate('/')

  return (
    <header className={`room-header${lost ? ' is-lost' : ''}`}>
      <button
        type="button"
        className="button button-text button-icon only-narrow"
        aria-expanded={drawer === 'agenda'}
        aria-label={t('agenda.open')}
        onClick={() => onDrawer('agenda')}
      >
        <MenuIcon />
      </button>
      <div className="room-title-box">
        <h1 className="room-title">{view.title}</h1>
        <p className="facts room-subtitle">
          {view.hostAgencyName}
          {view.synthetic ? <Chip>{t('synthetic')}</Chip> : null}
          {isGuest ? <Chip tone="primary">{guestWords('chip')}</Chip> : null}
          {view.state === 'live' && view.startedAt ? <LiveClock startedAt={view.startedAt} /> : null}
        </p>
      </div>
      {state.conference?.line.phase === 'live' ? (
        <p className="room-present only-wide" aria-live="off">
          {attending.length > 0
            ? t('present', { agencies: agencies.size, people: attending.length })
            : words('bar.connected', { people: connected.size })}
        </p>
      ) : null}
      <TransportBadge />
      <ReceiptPlace />
      <button
        type="button"
        className="button button-text button-icon only-folded"
        aria-expanded={drawer === 'people'}
        aria-label={t('people.open')}
        onClick={() => onDrawer('people')}
      >
        <PersonIcon />
      </button>
      <SearchButton look="icon" />
      {view.mayConduct && view.state === 'live' ? (
        <Button look="tertiary" size="small" onPress={() => setClosing(true)}>
          {t('line.close')}
        </Button>
      ) : null}
      {isGuest ? (
        <GuestLeave />
      ) : (
        <Button
          look="secondary"
          size="small"
          onPress={() => {
            if (state.receipt.place === 'here') setLeaving(true)
            else go()
          }}
        >
          {t('leave')}
        </Button>
      )}
      <ConfirmDialog
        isOpen={leaving}
        title={t('leaveConfirm.title')}
        action={t('leaveConfirm.go')}
        danger
        onConfirm={go}
        onCancel={() => setLeaving(false)}
      >
        {t('leaveConfirm.body')}
      </ConfirmDialog>
      {closing && view.state === 'live' && view.mayConduct ? <ClosingDialog onClose={() => setClosing(false)} /> : null}
    </header>
  )
}

function LiveClock({ startedAt }: { startedAt: string }) {
  const { t } = useRoomTexts()
  // Not this PC's clock, which may be wrong.
  const now = useServerTime(1_000)
  return (
    <span className="live-clock" aria-live="off">
      {t('live', { elapsed: formatElapsed(now - Date.parse(startedAt)) })}
    </span>
  )
}
