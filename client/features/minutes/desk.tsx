/** What whoever conducted the conference does with its minutes: fill in what is missing, circulate, correct, seal. */
import { useState } from 'react'
import { REQUIRED_FIELDS } from '../../../shared/minutes/completeness.ts'
import type { MinutesView } from '../../../shared/protocol/minutes.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/fields.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Section } from '../../ui/page.tsx'
import type { Perform } from './minutes-page.tsx'
import { useMinutesTexts } from './use-minutes-texts.ts'

const MAX_REASON = 200

export function Desk({ view, perform }: { view: MinutesView; perform: Perform }) {
  const { t } = useMinutesTexts()
  const { may, standing } = view
  if (!may.change && !may.correct) return null
  const isObjected = view.agencies.some(agency => agency.signing === 'objected')
  return (
    <Section title={t('desk.title')}>
      <div className="minutes-desk" data-testid="minutes-desk">
        {may.change ? <Missing view={view} /> : null}
        {may.change ? <Supplement view={view} perform={perform} /> : null}
        {may.circulate ? <Circulate view={view} perform={perform} /> : null}
        {standing === 'circulated' && isObjected ? <p>{t('desk.objections')}</p> : null}
        {standing === 'circulated' && !isObjected && !may.seal ? (
          <p>{t(view.needsSigning ? 'desk.waitingSigning' : 'desk.waiting')}</p>
        ) : null}
        <div className="minutes-buttons">
          {may.correct ? <Correct view={view} perform={perform} /> : null}
          {may.seal ? <Seal view={view} perform={perform} /> : null}
        </div>
      </div>
    </Section>
  )
}

function Missing({ view: { missing, conferenceId } }: { view: MinutesView }) {
  const { t, language } = useMinutesTexts()
  if (missing.length === 0) return null
  return (
    <Notice
      tone="warning"
      title={t('desk.missing')}
      actions={
        <ButtonLink to={`/conferences/${conferenceId}`} size="small">
          {t('desk.toRoom')}
        </ButtonLink>
      }
    >
      <ul>
        {missing.map(({ field, number, itemId }) => {
          const words = REQUIRED_FIELDS[field][language]
          return (
            <li key={`${field}-${itemId ?? ''}`}>
              {number === undefined ? words : t('desk.missingItem', { number, field: words })}
            </li>
          )
        })}
      </ul>
      <p>{t('desk.missingHow')}</p>
    </Notice>
  )
}

function Supplement({ view, perform }: { view: MinutesView; perform: Perform }) {
  const { t } = useMinutesTexts()
  const { heading, attendance } = view.edition.meeting.parts
  const [place, setPlace] = useState(view.supplement.place || (heading?.place ?? ''))
  const [onPaper, setOnPaper] = useState(view.supplement.onPaper)
  const [remarks, setRemarks] = useState(view.supplement.remarks)
  const [isPending, setPending] = useState(false)
  // Where attendance was confirmed here, a list on paper would only say it twice.
  const needsList = (attendance?.attendees.length ?? 0) === 0 || onPaper !== ''
  const save = async () => {
    setPending(true)
    const body = { _v: view._v, place: place.trim(), onPaper: onPaper.trim(), remarks: remarks.trim() }
    await perform(api => api.change(view.conferenceId, body), t('desk.saved'))
    setPending(false)
  }
  return (
    <details className="minutes-supplement" open={view.missing.some(({ itemId }) => itemId === undefined)}>
      <summary>{t('desk.supplement')}</summary>
      <TextField label={t('desk.place')} width="medium" maxLength={80} value={place} onChange={setPlace} />
      {needsList ? (
        <TextField
          label={t('desk.onPaper')}
          description={t('desk.onPaperSays')}
          rows={3}
          maxLength={2000}
          value={onPaper}
          onChange={setOnPaper}
        />
      ) : null}
      <TextField label={t('desk.remarks')} rows={2} maxLength={2000} value={remarks} onChange={setRemarks} />
      <Button size="small" isPending={isPending} onPress={() => void save()}>
        {t('desk.save')}
      </Button>
    </details>
  )
}

function Circulate({ view, perform }: { view: MinutesView; perform: Perform }) {
  const { t } = useMinutesTexts()
  const [days, setDays] = useState(String(view.workingDays))
  const [isPending, setPending] = useState(false)
  const workingDays = /^\d{1,2}$/.test(days) && Number(days) >= 1 && Number(days) <= 20 ? Number(days) : undefined
  const number = view.versions.length + 1
  const circulate = async () => {
    if (workingDays === undefined) return
    setPending(true)
    await perform(api => api.circulate(view.conferenceId, { _v: view._v, workingDays }))
    setPending(false)
  }
  return (
    <div className="minutes-circulate">
      <p>
        {view.needsSigning
          ? t('desk.circulateSigning', { number })
          : t('desk.circulateSays', { number, days: workingDays ?? '…' })}
      </p>
      {view.needsSigning ? null : (
        <TextField label={t('desk.days')} width="short" inputMode="numeric" value={days} onChange={setDays} />
      )}
      <Button
        look="primary"
        isPending={isPending}
        isDisabled={view.missing.length > 0 || workingDays === undefined}
        onPress={() => void circulate()}
      >
        {t('desk.circulate')}
      </Button>
    </div>
  )
}

function Correct({ view, perform }: { view: MinutesView; perform: Perform }) {
  const { t } = useMinutesTexts()
  const [isOpen, setOpen] = useState(false)
  const [reason, setReason] = useState('')
  const go = async () => {
    const isDone = await perform(api => api.correct(view.conferenceId, { _v: view._v, reason: reason.trim() }))
    if (isDone) setOpen(false)
  }
  return (
    <>
      <Button onPress={() => setOpen(true)}>{t('desk.correct')}</Button>
      <Dialog
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        title={t('desk.correctTitle', { number: view.versions.length + 1 })}
        footer={
          <Button look="primary" isDisabled={reason.trim() === ''} onPress={() => void go()}>
            {t('desk.correctGo')}
          </Button>
        }
      >
        <p>{t('desk.correctSays')}</p>
        <TextField
          label={t('desk.correctReason')}
          description={t('desk.correctReasonSays')}
          maxLength={MAX_REASON}
          isRequired
          autoFocus
          value={reason}
          onChange={setReason}
        />
      </Dialog>
    </>
  )
}

function Seal({ view, perform }: { view: MinutesView; perform: Perform }) {
  const { t } = useMinutesTexts()
  const [isOpen, setOpen] = useState(false)
  const [reason, setReason] = useState('')
  const needsReason = view.may.sealWithReason
  const go = async () => {
    const isDone = await perform(api => api.seal(view.conferenceId, { _v: view._v, reason: reason.trim() }))
    if (isDone) setOpen(false)
  }
  return (
    <>
      <Button look="primary" onPress={() => setOpen(true)}>
        {t('desk.seal')}
      </Button>
      <Dialog
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        title={t('desk.sealTitle')}
        footer={
          <Button look="primary" isDisabled={needsReason && reason.trim() === ''} onPress={() => void go()}>
            {t('desk.sealGo')}
          </Button>
        }
      >
        <p>{t('desk.sealSays')}</p>
        {needsReason ? (
          <TextField
            label={t('desk.sealReason')}
            maxLength={MAX_REASON}
            isRequired
            autoFocus
            value={reason}
            onChange={setReason}
          />
        ) : null}
      </Dialog>
    </>
  )
}
