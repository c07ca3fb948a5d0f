/** Why the item waits, for those who may open it; whoever leads writes it, best while deferring it: going back to the item would open it again. */
import { useState } from 'react'
import { codesOf, DEFERRAL_KINDS, type DeferralKind } from '../../../../shared/codes.ts'
import type { ItemId } from '../../../../shared/ids.ts'
import { proposedReopening, reopenBy } from '../../../../shared/meeting/deferral.ts'
import { dayInSeoul, isWorkingDay } from '../../../../shared/working-days.ts'
import { formatShortDay } from '../../../lib/format.ts'
import { Button } from '../../../ui/button.tsx'
import { DatePicker } from '../../../ui/date-fields.tsx'
import { Checkbox, TextField } from '../../../ui/fields.tsx'
import { Select } from '../../../ui/pickers.tsx'
import { useRoomTexts } from '../i18n/use-room-texts.ts'
import { useMeeting } from '../meeting-context.tsx'
import { isBelowQuorum } from './below-quorum.ts'
import { useDecidingTexts } from './use-deciding-texts.ts'
import './deciding.css'

const MAX_REASON = 200

export function Deferral({ itemId }: { itemId: ItemId }) {
  const { t } = useDecidingTexts()
  const { language } = useRoomTexts()
  const { view, mine } = useMeeting()
  const [isWriting, setWriting] = useState(false)
  const state = view?.progress[itemId]?.state
  if (state !== 'deferred' && !(state === 'open' && mine.mayLead)) return null
  if (isWriting && mine.mayLead) return <DeferralForm itemId={itemId} onDone={() => setWriting(false)} />
  if (state === 'open') {
    return (
      <Button look="text" size="small" onPress={() => setWriting(true)}>
        {t('deferral.defer')}
      </Button>
    )
  }
  const said = view?.hearings[itemId]?.deferral ?? null
  const words =
    said === null
      ? []
      : [
          DEFERRAL_KINDS[said.kind][language],
          said.reason,
          said.retable ? t('deferral.retable') : '',
          said.reopenBy ? t('deferral.term', { day: formatShortDay(said.reopenBy, language) }) : '',
          said.meetOn ? t('deferral.meetOn', { day: formatShortDay(said.meetOn, language) }) : '',
        ]
  return (
    <p className="deciding-choices" data-testid="deferral">
      <span>
        <strong>{t('deferral.title')}</strong>
        {words.filter(Boolean).map(word => ` · ${word}`)}
        {said === null ? '' : ` (${said.by})`}
      </span>
      {mine.mayLead ? (
        <Button look="text" size="small" onPress={() => setWriting(true)}>
          {t(said === null ? 'deferral.write' : 'deferral.change')}
        </Button>
      ) : null}
    </p>
  )
}

function DeferralForm({ itemId, onDone }: { itemId: ItemId; onDone: () => void }) {
  const { t } = useDecidingTexts()
  const { language } = useRoomTexts()
  const { view, act, serverNow } = useMeeting()
  const before = view?.hearings[itemId]?.deferral ?? null
  const [today] = useState(() => dayInSeoul(serverNow()))
  // Too few for it: that is why, unless somebody says otherwise.
  const usual = isBelowQuorum(view, itemId) ? 'below_quorum' : null
  const [kind, setKind] = useState<DeferralKind | null>(before?.kind ?? usual)
  const [meetOn, setMeetOn] = useState(before?.meetOn || proposedReopening(today))
  const [reason, setReason] = useState(before?.reason ?? '')
  const [retable, setRetable] = useState(before?.retable ?? true)
  const [isPending, setPending] = useState(false)
  const term = kind === null ? '' : reopenBy(kind, today)
  const send = async () => {
    if (kind === null) return
    setPending(true)
    const isDeferred = view?.progress[itemId]?.state === 'deferred' || (await act('item.defer', { itemId }))
    const note = { kind, reason: reason.trim(), retable, meetOn: term === '' ? '' : meetOn }
    const isDone = isDeferred && (await act('deferral.note', { itemId, ...note }))
    setPending(false)
    if (isDone) onDone()
  }
  return (
    <fieldset className="deciding-choices" aria-label={t('deferral.title')} data-testid="deferral">
      <Select
        label={t('deferral.kind')}
        width="medium"
        value={kind}
        options={codesOf(DEFERRAL_KINDS).map(one => ({ id: one, label: DEFERRAL_KINDS[one][language] }))}
        onChange={setKind}
      />
      {term === '' ? null : (
        <>
          <p className="deciding-line deciding-term" role="status">
            {t('deferral.term', { day: formatShortDay(term, language) })}
          </p>
          <DatePicker
            label={t('deferral.day')}
            value={meetOn}
            onChange={setMeetOn}
            errorMessage={
              meetOn > term
                ? t('deferral.late')
                : meetOn && !isWorkingDay(meetOn)
                  ? t('deferral.notWorking')
                  : undefined
            }
          />
        </>
      )}
      <TextField label={t('deferral.reason')} maxLength={MAX_REASON} value={reason} onChange={setReason} />
      <Checkbox isSelected={retable} onChange={setRetable}>
        {t('deferral.retable')}
      </Checkbox>
      <Button
        look="secondary"
        size="small"
        isDisabled={kind === null}
        isPending={isPending}
        onPress={() => void send()}
      >
        {t('deferral.save')}
      </Button>
      <Button look="text" size="small" onPress={onDone}>
        {t('deferral.cancel')}
      </Button>
    </fieldset>
  )
}
