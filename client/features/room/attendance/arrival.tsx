/**
 * Arriving: in place of the item while nothing but the confidentiality statement keeps it closed. Who I am, how I take part, the statement, one
 * press. When the minute-taker enters me meanwhile, the items open by themselves.
 */
import { type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { CONFERENCE_ROLES, PRESENT_MODES, type PresentMode } from '../../../../shared/codes.ts'
import { useApi } from '../../../lib/services.tsx'
import { Button } from '../../../ui/button.tsx'
import { Choice, TextField } from '../../../ui/fields.tsx'
import { LockIcon } from '../../../ui/icons.tsx'
import { useTellError } from '../../../ui/states.tsx'
import { readAgenda } from '../agenda/use-agenda.ts'
import { useMeeting } from '../meeting-context.tsx'
import { useRoom } from '../room-context.tsx'
import { likelyMode } from './attendance-rows.ts'
import { StatementWords } from './statement-words.tsx'
import { useAttendanceTexts } from './use-attendance-texts.ts'
import './attendance.css'

const ASK_AGAIN_MS = 3_000

/** The children once the statement was given, or where none is needed. */
export function ArrivalGate({ children }: { children: ReactNode }) {
  const { view, client } = useRoom()
  const { view: meeting, mine } = useMeeting()
  const isNeeded = view.myStatement === 'needed'
  // Entered for me, or taken back, on somebody else's screen: the record is asked what that opens or closes.
  const statement = meeting?.attendance.find(one => one.key === mine.key)?.statement ?? 'none'
  useEffect(() => {
    const isGiven = client.getState().view?.myStatement === 'given'
    if (isGiven !== (statement !== 'none')) void client.refresh()
  }, [statement, client])
  // The meeting has it and the record's answer was lost or older: asked until both say the same.
  const isBehind = isNeeded && view.state === 'live' && statement !== 'none'
  useEffect(() => {
    if (!isBehind) return
    const asking = setInterval(() => void client.refresh(), ASK_AGAIN_MS)
    return () => clearInterval(asking)
  }, [isBehind, client])
  const wasNeeded = useRef(isNeeded)
  useEffect(() => {
    if (wasNeeded.current && !isNeeded && client.getState().openItemId === null) {
      // The meeting has begun nowhere yet: the first item that is open now, as for somebody who comes in.
      const first = readAgenda(client.getState()).find(line => line.item?.restricted === false)
      if (first) client.openItem(first.id)
    }
    wasNeeded.current = isNeeded
  }, [isNeeded, client])
  if (!isNeeded) return children
  return view.state === 'live' ? <Arrival /> : <ReadingAfterwards />
}

function Arrival() {
  const { t, language } = useAttendanceTexts()
  const { client, view: conference, me, agencies } = useRoom()
  const { view, line, mine, act } = useMeeting()
  const isHost = me.agencyId === conference.hostAgencyId
  const [mode, setMode] = useState<PresentMode>(likelyMode(isHost))
  const [deputyFor, setDeputyFor] = useState('')
  const [isPending, setPending] = useState(false)
  const id = useId()
  const agency = me.agencyId === null ? undefined : agencies.get(me.agencyId)
  const isEntered = view?.attendance.some(one => one.key === mine.key && one.statement !== 'none') ?? false

  const arrive = async () => {
    setPending(true)
    if (await act('attendance.announce', { mode, statement: true, deputyFor: deputyFor.trim() })) await client.refresh()
    setPending(false)
  }

  return (
    <Panel title={t('arrive.title')} testId="arrival">
      <p className="arrival-who">
        {t('arrive.who', {
          name: me.name,
          agency: agency?.name ?? '',
          role: conference.myRole ? CONFERENCE_ROLES[conference.myRole][language] : '',
        })}
      </p>
      <form
        className="arrival-form"
        onSubmit={event => {
          event.preventDefault()
          void arrive()
        }}
      >
        <Choice
          label={t('arrive.how')}
          value={mode}
          onChange={setMode}
          options={PRESENT_MODES.map(one => ({ id: one, label: t(`state.mode.${one}`) }))}
        />
        <details className="arrival-deputy">
          <summary>{t('arrive.deputy')}</summary>
          <TextField
            label={t('arrive.deputyField')}
            value={deputyFor}
            onChange={setDeputyFor}
            maxLength={40}
            placeholder={t('arrive.deputyExample')}
            width="medium"
          />
        </details>
        <StatementWords id={id} isHost={isHost} />
        {conference.myRole === 'observer' ? <p className="quiet">{t('arrive.observer')}</p> : null}
        <div className="arrival-foot">
          <Button type="submit" look="primary" size="large" isPending={isPending} aria-describedby={id} autoFocus>
            {t('arrive.action')}
          </Button>
          <p className="quiet" role="status">
            {isEntered ? t('arrive.entered') : isPending && line.phase !== 'live' ? t('arrive.waiting') : ''}
          </p>
        </div>
        <p className="quiet">{t('arrive.confirmLater')}</p>
      </form>
    </Panel>
  )
}

/** A closed conference: nobody attends it any more. */
function ReadingAfterwards() {
  const { t } = useAttendanceTexts()
  const { client, view: conference, me } = useRoom()
  const api = useApi()
  const tellError = useTellError()
  const [isPending, setPending] = useState(false)
  const id = useId()

  const read = async () => {
    setPending(true)
    try {
      await api.acceptStatement(conference.conferenceId)
      await client.refresh()
    } catch (error) {
      tellError(error)
    }
    setPending(false)
  }

  return (
    <Panel title={t('arrive.readTitle')} testId="reading-afterwards">
      <p>{t('arrive.readBody')}</p>
      <StatementWords id={id} isHost={me.agencyId === conference.hostAgencyId} />
      <div className="arrival-foot">
        <Button
          look="primary"
          size="large"
          isPending={isPending}
          aria-describedby={id}
          autoFocus
          onPress={() => void read()}
        >
          {t('arrive.readAction')}
        </Button>
      </div>
    </Panel>
  )
}

function Panel({ title, testId, children }: { title: string; testId: string; children: ReactNode }) {
  return (
    <div className="item-scroll">
      <section className="arrival" aria-labelledby="arrival-title" data-testid={testId}>
        <h2 className="arrival-title" id="arrival-title">
          <LockIcon size={24} /> {title}
        </h2>
        {children}
      </section>
    </div>
  )
}
