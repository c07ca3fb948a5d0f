/** Before the room is closed: what is still open, each with the way to it, and what comes back next time. Closing over it takes a reason. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { DEFERRAL_KINDS } from '../../../../shared/codes.ts'
import type { ItemId } from '../../../../shared/ids.ts'
import type { ClosingView, OpenPoint } from '../../../../shared/protocol/minutes.ts'
import { minutesApi } from '../../../lib/minutes-api.ts'
import { useApi } from '../../../lib/services.tsx'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { TextField } from '../../../ui/fields.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { nameOfLine } from '../agenda/line-name.ts'
import { useAgenda } from '../agenda/use-agenda.ts'
import { goToPlace } from '../follow/places.ts'
import { useRoomTexts } from '../i18n/use-room-texts.ts'
import { useMeeting } from '../meeting-context.tsx'
import { useRoom, useRoomState } from '../room-context.tsx'
import { useClosingTexts } from './use-closing-texts.ts'
import './closing.css'

const MAX_REASON = 200

export function ClosingDialog({ onClose }: { onClose: () => void }) {
  const { t } = useClosingTexts()
  const api = useApi()
  const { view, client } = useRoom()
  const { act } = useMeeting()
  const { receipt } = useRoomState()
  const [reason, setReason] = useState('')
  const [isPending, setPending] = useState(false)
  // Asked anew each time: what was open a minute ago says nothing.
  const { data, error, refetch, isFetching } = useQuery({
    queryKey: ['closing', view.conferenceId],
    queryFn: () => minutesApi(api).closing(view.conferenceId),
    staleTime: 0,
    gcTime: 0,
  })
  const isOpen = data !== undefined && (data.open.length > 0 || data.openElsewhere.length > 0)
  const isWaiting = receipt.place === 'here'
  const close = async () => {
    setPending(true)
    const isDone = await act('meeting.close', { reason: isOpen ? reason.trim() : '' })
    setPending(false)
    if (!isDone) {
      void refetch()
      return
    }
    onClose()
    await client.refresh()
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('title')}
      size="large"
      footer={
        <>
          <Button look="tertiary" isPending={isFetching} onPress={() => void refetch()}>
            {t('again')}
          </Button>
          <Button
            look="danger"
            isPending={isPending}
            isDisabled={data === undefined || isWaiting || (isOpen && reason.trim() === '')}
            onPress={() => void close()}
          >
            {t('action')}
          </Button>
        </>
      }
    >
      <div className="closing" data-testid="closing">
        {isWaiting ? <Notice tone="warning">{t('own')}</Notice> : null}
        {error ? <Notice tone="danger">{t('failed')}</Notice> : null}
        {data === undefined && !error ? <p role="status">{t('loading')}</p> : null}
        {data ? <Found found={data} onGo={onClose} /> : null}
        {isOpen ? <Reason reason={reason} onChange={setReason} /> : null}
        <p className="quiet">{t('says')}</p>
      </div>
    </Dialog>
  )
}

function Reason({ reason, onChange }: { reason: string; onChange: (reason: string) => void }) {
  const { t } = useClosingTexts()
  const proposed = [t('reasons.time'), t('reasons.next')]
  return (
    <>
      <TextField
        label={t('reason')}
        description={t('reasonSays')}
        isRequired
        maxLength={MAX_REASON}
        value={reason}
        onChange={onChange}
      />
      <div className="closing-reasons">
        {proposed.map(words => (
          <Button key={words} look="text" size="small" onPress={() => onChange(words)}>
            {words}
          </Button>
        ))}
      </div>
    </>
  )
}

function Found({
  found: { open, openElsewhere, returning, comments },
  onGo,
}: {
  found: ClosingView
  onGo: () => void
}) {
  const { t } = useClosingTexts()
  const { language } = useRoomTexts()
  const nameOf = useItemNames()
  const numbers = [...new Set(open.map(point => point.number))]
  return (
    <>
      {open.length === 0 && openElsewhere.length === 0 ? <Notice tone="success">{t('whole')}</Notice> : null}
      {open.length > 0 ? <h3 className="closing-heading">{t('open')}</h3> : null}
      {numbers.map(number => (
        <section key={number} aria-label={nameOf(number)}>
          <h4>{nameOf(number)}</h4>
          <ul className="closing-points">
            {open
              .filter(point => point.number === number)
              .map(point => (
                <Point key={`${point.kind}-${point.itemId}`} point={point} onGo={onGo} />
              ))}
          </ul>
        </section>
      ))}
      {openElsewhere.length > 0 ? <p>{t('elsewhere', { numbers: openElsewhere.join(', ') })}</p> : null}
      {returning.length > 0 ? (
        <>
          <h3 className="closing-heading">{t('returning')}</h3>
          <ul className="closing-points">
            {returning.map(({ itemId, number, why, deferral }) => (
              <li key={itemId}>
                {[
                  nameOf(number),
                  t(why),
                  deferral ? DEFERRAL_KINDS[deferral.kind][language] : '',
                  deferral?.reason ?? '',
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {comments.length > 0 ? (
        <>
          <h3 className="closing-heading">{t('comments')}</h3>
          <ul className="closing-points">
            {comments.map(({ itemId, number, open: count, waiting }) => (
              <CommentsPoint key={itemId} {...{ itemId, count, waiting, onGo }} name={nameOf(number)} />
            ))}
          </ul>
        </>
      ) : null}
    </>
  )
}

/** They stay with the item after the conference, so nothing has to be done about them now. */
function CommentsPoint(props: { itemId: ItemId; name: string; count: number; waiting: number; onGo: () => void }) {
  const { itemId, name, count, waiting, onGo } = props
  const { t } = useClosingTexts()
  const { client } = useRoom()
  const words = t('commentsOf', { name, n: count })
  const go = () => {
    client.openItem(itemId)
    onGo()
  }
  return (
    <li>
      <span>
        {words}
        {waiting > 0 ? ` (${t('commentsWaiting', { n: waiting })})` : ''}
      </span>
      <Button look="text" size="small" aria-label={t('goLabel', { words })} onPress={go}>
        {t('go')}
      </Button>
    </li>
  )
}

/** By place on the agenda; 0 is the meeting as a whole. */
function useItemNames(): (number: number) => string {
  const { t } = useClosingTexts()
  const { t: room } = useRoomTexts()
  const agenda = useAgenda()
  return number => {
    const line = agenda[number - 1]
    if (number === 0) return t('meeting')
    return line ? t('itemNamed', { number, name: nameOfLine(line, room) }) : t('item', { number })
  }
}

function Point({ point: { kind, count, itemId, place, people }, onGo }: { point: OpenPoint; onGo: () => void }) {
  const { t } = useClosingTexts()
  const { client } = useRoom()
  const words = t(`kinds.${kind}`, { n: count })
  const go = () => {
    if (itemId === null) return
    client.openItem(itemId)
    onGo()
    // The item is on the screen once it is drawn; where it is not yet, its beginning is near enough.
    if (place !== '') requestAnimationFrame(() => goToPlace(place))
  }
  return (
    <li>
      <span>
        {words}
        {people.length > 0 ? `: ${people.join(', ')}` : ''}
        {kind === 'words-not-stored' ? ` (${t('away')})` : ''}
      </span>
      {itemId === null ? null : (
        <Button look="text" size="small" aria-label={t('goLabel', { words })} onPress={go}>
          {t('go')}
        </Button>
      )}
    </li>
  )
}
