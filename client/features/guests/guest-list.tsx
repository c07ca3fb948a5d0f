/** Who is invited as a guest, how they stand, and the presses about each: the planning page and the room show the same. */
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ItemId } from '../../../shared/ids.ts'
import type { GuestView } from '../../../shared/protocol/guests.ts'
import type { ConferenceView } from '../../../shared/protocol/http-api.ts'
import { formatShortDate, formatTime } from '../../lib/format.ts'
import { Button } from '../../ui/button.tsx'
import { AgencyChip, Chip } from '../../ui/chips.tsx'
import { ConfirmDialog, Dialog } from '../../ui/dialog.tsx'
import { Notice } from '../../ui/notice.tsx'
import { InviteDialog } from './invite-dialog.tsx'
import { ItemTicks, type TickableItem } from './item-ticks.tsx'
import { type Shown, ShownOnce } from './shown-once.tsx'
import { useGuestTexts } from './use-guest-texts.ts'
import { isWaiting, useGuestPress, useGuests, useGuestsApi } from './use-guests.ts'
import './guests.css'

export interface GuestListProps {
  view: ConferenceView
  items: readonly TickableItem[]
  /** Told when something about the table may have changed. */
  onChanged?: () => void
}

export function GuestList({ view, items, onChanged }: GuestListProps) {
  const { t } = useGuestTexts()
  const common = useTranslation().t
  const api = useGuestsApi()
  const guests = useGuests(view.conferenceId, view)
  const act = useGuestPress(view.conferenceId)
  const [isInviting, setInviting] = useState(false)
  const [shown, setShown] = useState<Shown>()
  const [leaving, setLeaving] = useState<GuestView>()
  const [opening, setOpening] = useState<GuestView>()
  const inviting = useRef<HTMLDivElement>(null)

  const press = async (work: () => Promise<unknown>, done?: string) => {
    await act(work, done)
    onChanged?.()
  }

  function close() {
    setShown(undefined)
    // What opened it is gone: the keyboard goes on where the next guest is invited.
    requestAnimationFrame(() => inviting.current?.querySelector('button')?.focus())
  }

  return (
    <div className="stack-small guests">
      {guests.error && guests.data === undefined ? (
        <Notice tone="warning" actions={<Button onPress={() => void guests.refetch()}>{common('retry')}</Button>}>
          {t('loadFailed')}
        </Notice>
      ) : null}
      {guests.data?.length === 0 ? <p className="quiet">{t('none')}</p> : null}
      {guests.data && guests.data.length > 0 ? (
        <ul className="guest-lines">
          {guests.data.map(guest => (
            <GuestLine
              key={guest.guestId}
              guest={guest}
              view={view}
              onAdmit={() =>
                void press(() => api.admit(view.conferenceId, guest.guestId), t('lobby.admitted', { name: guest.name }))
              }
              onOpen={() => setOpening(guest)}
              onTakeBack={() => setLeaving(guest)}
              onCode={() =>
                void press(async () => {
                  const { code } = await api.renewCode(view.conferenceId, guest.guestId)
                  setShown({ guest, code, token: undefined })
                })
              }
            />
          ))}
        </ul>
      ) : null}
      <div ref={inviting}>
        <Button look="secondary" size="small" onPress={() => setInviting(true)}>
          {t('invite')}
        </Button>
      </div>
      {isInviting ? (
        <InviteDialog
          view={view}
          items={items}
          onClose={() => setInviting(false)}
          onInvited={({ guest, token, code }) => {
            setInviting(false)
            setShown({ guest, token, code })
            void press(async () => undefined)
          }}
        />
      ) : null}
      {shown ? <ShownOnce shown={shown} view={view} onClose={close} /> : null}
      {opening ? (
        <ItemsDialog
          guest={opening}
          items={items}
          onClose={() => setOpening(undefined)}
          onSave={ticked => {
            const { guestId } = opening
            setOpening(undefined)
            const body = { items: [...ticked] }
            void press(() => api.change(view.conferenceId, guestId, body), t('itemsDialog.saved'))
          }}
        />
      ) : null}
      <ConfirmDialog
        title={t('takeBack.title', { name: leaving?.name ?? '' })}
        isOpen={leaving !== undefined}
        action={t('takeBack.action')}
        danger
        onCancel={() => setLeaving(undefined)}
        onConfirm={() => {
          if (leaving) void press(() => api.takeBack(view.conferenceId, leaving.guestId), t('takeBack.done'))
          setLeaving(undefined)
        }}
      >
        {t('takeBack.body')}
      </ConfirmDialog>
    </div>
  )
}

function GuestLine(props: {
  guest: GuestView
  view: ConferenceView
  onAdmit: () => void
  onOpen: () => void
  onCode: () => void
  onTakeBack: () => void
}) {
  const { guest, view, onAdmit, onOpen, onCode, onTakeBack } = props
  const { t, language } = useGuestTexts()
  const agency = view.agencies.find(one => one.agencyId === guest.agencyId)
  const until = `${formatShortDate(guest.until, language)} ${formatTime(guest.until)}`
  const of = t('actions.of', { name: guest.name })
  return (
    <li className="guest-line" data-testid="guest" data-state={guest.state}>
      <div className="guest-words">
        {agency ? <AgencyChip {...agency} /> : null}
        <strong>{guest.name}</strong>
        {guest.title ? <span className="quiet">{guest.title}</span> : null}
        <Chip tone={isWaiting(guest) ? 'warning' : guest.state === 'admitted' ? 'success' : 'neutral'}>
          {t(`state.${guest.state}`)}
        </Chip>
        <span className="quiet small">
          {t('opens', { count: guest.items.length })} · {t('until', { time: until })}
        </span>
      </div>
      <div className="guest-presses">
        {isWaiting(guest) ? (
          <Button look="secondary" size="small" aria-label={`${of}: ${t('lobby.admit')}`} onPress={onAdmit}>
            {t('lobby.admit')}
          </Button>
        ) : null}
        <Button look="text" size="small" aria-label={`${of}: ${t('actions.items')}`} onPress={onOpen}>
          {t('actions.items')}
        </Button>
        <Button look="text" size="small" aria-label={`${of}: ${t('actions.code')}`} onPress={onCode}>
          {t('actions.code')}
        </Button>
        <Button look="text" size="small" aria-label={`${of}: ${t('actions.takeBack')}`} onPress={onTakeBack}>
          {t('actions.takeBack')}
        </Button>
      </div>
    </li>
  )
}

function ItemsDialog(props: {
  guest: GuestView
  items: readonly TickableItem[]
  onClose: () => void
  onSave: (ticked: readonly ItemId[]) => void
}) {
  const { guest, items, onClose, onSave } = props
  const { t } = useGuestTexts()
  const common = useTranslation().t
  const [ticked, setTicked] = useState<readonly ItemId[]>(guest.items)
  return (
    <Dialog
      title={t('itemsDialog.title', { name: guest.name })}
      isOpen
      onClose={onClose}
      size="small"
      footer={
        <>
          <Button look="tertiary" onPress={onClose}>
            {common('cancel')}
          </Button>
          <Button look="primary" onPress={() => onSave(ticked)}>
            {t('itemsDialog.save')}
          </Button>
        </>
      }
    >
      <ItemTicks items={items} agencyId={guest.agencyId} ticked={ticked} onChange={setTicked} />
    </Dialog>
  )
}
