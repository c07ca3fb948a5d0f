/** Whether enough are there to decide, and what the chair does when not: go on with a reason, or defer. Only where the meeting asks for it. */
import { useState } from 'react'
import type { ItemId } from '../../../../shared/ids.ts'
import { reopenBy } from '../../../../shared/meeting/deferral.ts'
import { isMet } from '../../../../shared/meeting/quorum.ts'
import { ruleSetOf } from '../../../../shared/meeting/rule-sets.ts'
import { dayInSeoul } from '../../../../shared/working-days.ts'
import { formatShortDay } from '../../../lib/format.ts'
import { Button } from '../../../ui/button.tsx'
import { Chip } from '../../../ui/chips.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { TextField } from '../../../ui/fields.tsx'
import { useNotices } from '../../../ui/notice.tsx'
import { useRoomTexts } from '../i18n/use-room-texts.ts'
import { useMeeting } from '../meeting-context.tsx'
import { useRoom } from '../room-context.tsx'
import { noteBelowQuorum } from './below-quorum.ts'
import { useDecidingTexts } from './use-deciding-texts.ts'
import './deciding.css'

const MAX_REASON = 200

export function Quorum() {
  const { t } = useDecidingTexts()
  const { view: conference } = useRoom()
  const { language } = useRoomTexts()
  const { view, mine, act, serverNow } = useMeeting()
  const [isAsking, setAsking] = useState(false)
  const quorum = view?.quorum ?? null
  if (quorum === null) return null
  const { itemId, here, needed } = quorum
  const isEnough = isMet(quorum)
  const last = itemId === null ? null : (view?.hearings[itemId]?.goneOn ?? null)
  // For fewer than the reason was given for, it is asked for again.
  const goneOn = !isEnough && last !== null && here >= last.here ? last : null
  const { mayDecideBelow } = ruleSetOf(conference.type).quorum
  const isDeferred = itemId !== null && view?.progress[itemId]?.state === 'deferred'
  const isAsked = !isEnough && itemId !== null && !isDeferred && (goneOn === null || !mayDecideBelow)
  /** Deferred and why in one press; the words, and another day, can follow in the item. */
  const defer = async (at: ItemId) => {
    if (!(await act('item.defer', { itemId: at }))) return
    await act('deferral.note', noteBelowQuorum(at, serverNow()))
  }
  return (
    <section aria-labelledby="quorum-title" data-testid="quorum">
      <h2 className="panel-title" id="quorum-title">
        {t('quorum.title')}{' '}
        <Chip tone={isEnough ? 'success' : 'warning'}>{t(isEnough ? 'quorum.met' : 'quorum.below')}</Chip>
      </h2>
      <p className="deciding-line">
        {t(`quorum.${quorum.counts}`, { here, of: quorum.of, needed })}{' '}
        <span className="quiet">({t(itemId === null ? 'quorum.ofMeeting' : 'quorum.ofItem')})</span>
      </p>
      {goneOn === null ? null : <p className="quiet deciding-line">{t('quorum.goneOn', { ...goneOn })}</p>}
      {isAsked && mine.mayLead ? (
        <>
          <p className="deciding-line">{t(mayDecideBelow ? 'quorum.belowWords' : 'quorum.fixedWords')}</p>
          <div className="deciding-choices">
            {mayDecideBelow ? (
              <Button look="secondary" size="small" onPress={() => setAsking(true)}>
                {t('quorum.goOn')}
              </Button>
            ) : null}
            <Button look="tertiary" size="small" onPress={() => void defer(itemId)}>
              {t('quorum.defer')}
            </Button>
          </div>
          <p className="quiet deciding-line">
            {t('deferral.term', { day: formatShortDay(reopenBy('below_quorum', dayInSeoul(serverNow())), language) })}
          </p>
        </>
      ) : null}
      {itemId === null ? null : <GoOn itemId={itemId} isOpen={isAsking} onClose={() => setAsking(false)} />}
    </section>
  )
}

function GoOn({ itemId, isOpen, onClose }: { itemId: ItemId; isOpen: boolean; onClose: () => void }) {
  const { t } = useDecidingTexts()
  const { act } = useMeeting()
  const notify = useNotices()
  const [reason, setReason] = useState('')
  const [isTold, setTold] = useState(false)
  const [isPending, setPending] = useState(false)
  const send = async () => {
    if (reason.trim() === '') {
      setTold(true)
      return
    }
    setPending(true)
    const isDone = await act('quorum.go-on', { itemId, reason: reason.trim() })
    setPending(false)
    if (!isDone) return
    setReason('')
    setTold(false)
    notify(t('quorum.done'), 'success')
    onClose()
  }
  return (
    <Dialog
      title={t('quorum.dialog')}
      isOpen={isOpen}
      onClose={onClose}
      size="small"
      footer={
        <Button look="primary" isPending={isPending} onPress={() => void send()}>
          {t('quorum.goOn')}
        </Button>
      }
    >
      <TextField
        label={t('quorum.reason')}
        description={t('quorum.reasonHint')}
        autoFocus
        isRequired
        maxLength={MAX_REASON}
        value={reason}
        onChange={setReason}
        errorMessage={isTold && reason.trim() === '' ? t('quorum.reasonNeeded') : undefined}
        onKeyDown={event => {
          // Escape is the dialog's.
          event.continuePropagation()
          if (event.key === 'Enter' && !event.nativeEvent.isComposing) void send()
        }}
      />
    </Dialog>
  )
}
