/** Guests in the room, for those who invite them: who waits at the door, and the list behind a press. */
import { useEffect, useRef, useState } from 'react'
import type { GuestView } from '../../../shared/protocol/guests.ts'
import { Button } from '../../ui/button.tsx'
import { ConfirmDialog, Dialog } from '../../ui/dialog.tsx'
import { useNotices } from '../../ui/notice.tsx'
import { nameOfLine } from '../room/agenda/line-name.ts'
import { useAgenda } from '../room/agenda/use-agenda.ts'
import { useRoomTexts } from '../room/i18n/use-room-texts.ts'
import { useRoom } from '../room/room-context.tsx'
import { GuestList } from './guest-list.tsx'
import { useGuestTexts } from './use-guest-texts.ts'
import { isWaiting, useGuestPress, useGuests, useGuestsApi } from './use-guests.ts'
import './guests.css'

/** Who waits, said once when they come; nothing while nobody does. */
export function Lobby() {
  const { t } = useGuestTexts()
  const { view, agencies } = useRoom()
  const notify = useNotices()
  const { data = [] } = useGuests(view.conferenceId, view, view.mayChange)
  const waiting = data.filter(isWaiting)
  const wordsOf = (guest: GuestView) =>
    t('lobby.waits', { agency: agencies.get(guest.agencyId)?.shortName ?? '', name: guest.name })

  const told = useRef(new Set<string>())
  useEffect(() => {
    for (const guest of waiting) {
      if (told.current.has(guest.guestId)) continue
      told.current.add(guest.guestId)
      // The panel may be folded away.
      notify(wordsOf(guest), 'info')
    }
    for (const guestId of told.current) {
      if (!waiting.some(guest => guest.guestId === guestId)) told.current.delete(guestId)
    }
  })

  if (waiting.length === 0) return null
  return (
    <section aria-labelledby="lobby-title" data-testid="lobby">
      <h2 className="panel-title" id="lobby-title">
        {t('lobby.title')}
      </h2>
      <ul className="stack-small">
        {waiting.map(guest => (
          <li key={guest.guestId}>
            <Waiting guest={guest} words={wordsOf(guest)} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Waiting({ guest, words }: { guest: GuestView; words: string }) {
  const { t } = useGuestTexts()
  const { view, client } = useRoom()
  const api = useGuestsApi()
  const act = useGuestPress(view.conferenceId)
  const [isPending, setPending] = useState(false)
  const [isRefusing, setRefusing] = useState(false)
  const press = async (work: () => Promise<unknown>, done: string) => {
    setPending(true)
    await act(work, done)
    setPending(false)
    await client.refresh()
  }
  const { conferenceId } = view
  const { guestId, name } = guest
  return (
    <div className="asked-line">
      <span className="asked-words">{words}</span>
      <Button
        look="secondary"
        size="small"
        isPending={isPending}
        aria-label={`${t('lobby.admit')}: ${name}`}
        onPress={() => void press(() => api.admit(conferenceId, guestId), t('lobby.admitted', { name }))}
      >
        {t('lobby.admit')}
      </Button>
      <Button
        look="tertiary"
        size="small"
        isPending={isPending}
        aria-label={`${t('lobby.refuse')}: ${name}`}
        onPress={() => setRefusing(true)}
      >
        {t('lobby.refuse')}
      </Button>
      <ConfirmDialog
        title={t('lobby.refuseTitle', { name })}
        isOpen={isRefusing}
        action={t('lobby.refuse')}
        danger
        onCancel={() => setRefusing(false)}
        onConfirm={() => {
          setRefusing(false)
          void press(() => api.takeBack(conferenceId, guestId), t('lobby.refused'))
        }}
      >
        {t('lobby.refuseBody')}
      </ConfirmDialog>
    </div>
  )
}

/** Behind a press in the people's panel. */
export function RoomGuests() {
  const { t } = useGuestTexts()
  const { t: room } = useRoomTexts()
  const { view, client } = useRoom()
  const agenda = useAgenda()
  const [isOpen, setOpen] = useState(false)
  const items = agenda.flatMap(line =>
    line.item === null || line.item.restricted
      ? []
      : [
          {
            itemId: line.id,
            number: line.number,
            name: nameOfLine(line, room),
            agencies: line.item.kind === 'general' ? null : line.item.agencies.map(agency => agency.agencyId),
          },
        ],
  )
  return (
    <>
      <Button look="tertiary" size="small" onPress={() => setOpen(true)}>
        {t('section')}
      </Button>
      {isOpen ? (
        <Dialog title={t('section')} isOpen onClose={() => setOpen(false)}>
          <div className="stack">
            <p>{t('lead')}</p>
            <GuestList view={view} items={items} onChanged={() => void client.refresh()} />
          </div>
        </Dialog>
      ) : null}
    </>
  )
}
