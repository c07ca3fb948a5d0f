/** One allocation: who gives what, its days to be ticked off, and its end. */
import { useState } from 'react'
import type { AllocationView, EndAllocationBody, TickBody } from '../../../shared/protocol/resources.ts'
import { EMERGENCY_KINDS } from '../../../shared/resources/emergency-limits.ts'
import { givingDays } from '../../../shared/resources/giving.ts'
import { addDays } from '../../../shared/working-days.ts'
import { ApiError } from '../../lib/api.ts'
import { formatMoney, formatShortDay, seoulDay } from '../../lib/format.ts'
import { withParticle } from '../../lib/particles.ts'
import { useApi } from '../../lib/services.tsx'
import { Button } from '../../ui/button.tsx'
import { AgencyChip, Chip } from '../../ui/chips.tsx'
import { DatePicker } from '../../ui/date-fields.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/fields.tsx'
import { Notice } from '../../ui/notice.tsx'
import { ErrorNotice } from '../../ui/states.tsx'
import { CodeName } from '../code-sets/code-name.tsx'
import { useGivenWhen } from './given-when.ts'
import { resourcesApi } from './resources-api.ts'
import { useResourceTexts } from './use-resource-texts.ts'

/** Of what is due, so many are offered; the rest when these are done. */
const OFFERED = 3

interface AllocationCardProps {
  one: AllocationView
  onChanged: () => Promise<unknown>
}

export function AllocationCard({ one, onChanged }: AllocationCardProps) {
  const { t, language } = useResourceTexts()
  const givenWhen = useGivenWhen()
  const api = useApi()
  const [isEnding, setEnding] = useState(false)
  const [error, setError] = useState<unknown>()
  const [pending, setPending] = useState<string>()
  const today = seoulDay(Date.now())
  const given = new Set(one.ticks.map(tick => tick.day))
  const open = givingDays(one).filter(day => !given.has(day))
  const due = open.filter(day => day <= today)

  async function write(what: string, work: () => Promise<unknown>): Promise<boolean> {
    setPending(what)
    setError(undefined)
    try {
      await work()
      await onChanged()
      return true
    } catch (failure) {
      setError(failure)
      if (failure instanceof ApiError && failure.reason === 'conflict') await onChanged()
      return false
    } finally {
      setPending(undefined)
    }
  }
  const tick = (body: Omit<TickBody, '_v'>) =>
    write(body.day, () => resourcesApi(api).tick(one.allocationId, { _v: one._v, ...body }))
  const isConflict = error instanceof ApiError && error.reason === 'conflict' && error.detail === undefined

  return (
    <article className="card referral-card">
      <div className="referral-card-head">
        <AgencyChip shortName={one.agency.shortName} name={one.agency.name} colour={one.agency.colour} />
        <strong>{one.what}</strong>
        <Chip>
          <CodeName set="service" code={one.service} version={one.codes.service} />
        </Chip>
        {one.emergency === '' ? null : <Chip>{EMERGENCY_KINDS[one.emergency][language]}</Chip>}
        <span className="allocation-amount">
          {one.amount === null ? (
            <span className="quiet">{t('one.goods')}</span>
          ) : one.rhythm === 'once' ? (
            formatMoney(one.amount, language)
          ) : (
            t('one.each', { amount: formatMoney(one.amount, language) })
          )}
        </span>
      </div>
      <p className="quiet small">
        {[
          givenWhen(one),
          one.resourceName,
          one.rule,
          t(`one.source.${one.source.of}`),
          one.enteredFor
            ? t('one.enteredFor', { name: language === 'ko' ? withParticle(one.byName, 'i') : one.byName })
            : '',
        ]
          .filter(words => words !== '')
          .join(' · ')}
      </p>
      {one.endedOn === '' ? null : (
        <p>{t('one.ended', { day: formatShortDay(one.endedOn, language), reason: one.endReason })}</p>
      )}
      {one.despite === '' ? null : <p className="quiet small">{t('one.despite', { words: one.despite })}</p>}
      {isConflict ? (
        <Notice tone="warning" announce="alert">
          {t('one.conflict')}
        </Notice>
      ) : error ? (
        <ErrorNotice error={error} />
      ) : null}
      <ul className="allocation-days" aria-label={t('one.days')}>
        {one.ticks.map(({ day, byName }) => (
          <li key={day}>
            <Chip tone="success">{t('one.ticked', { day: formatShortDay(day, language), name: byName })}</Chip>
            {one.mayChange ? (
              <Button
                look="text"
                size="small"
                isPending={pending === day}
                onPress={() => void tick({ day, given: false })}
              >
                {t('one.untick')}
              </Button>
            ) : null}
          </li>
        ))}
        {one.mayChange
          ? due.slice(0, OFFERED).map(day => (
              <li key={day}>
                <Button size="small" isPending={pending === day} onPress={() => void tick({ day, given: true })}>
                  {t('one.tick', { day: formatShortDay(day, language) })}
                </Button>
              </li>
            ))
          : null}
        {open.length > 0 ? <li className="quiet small">{t('one.ahead', { n: open.length })}</li> : null}
      </ul>
      {one.mayChange && one.endedOn === '' && open.length > 0 ? (
        <div>
          <Button look="text" size="small" onPress={() => setEnding(true)}>
            {t('one.end')}
          </Button>
        </div>
      ) : null}
      {isEnding ? (
        <EndDialog
          error={error}
          earliest={one.ticks.map(tick => addDays(tick.day, 1)).reduce((a, b) => (a < b ? b : a), today)}
          isPending={pending === 'end'}
          onCancel={() => setEnding(false)}
          onEnd={async body => {
            if (await write('end', () => resourcesApi(api).end(one.allocationId, { _v: one._v, ...body })))
              setEnding(false)
          }}
        />
      ) : null}
    </article>
  )
}

function EndDialog(props: {
  error: unknown
  /** From which day on it can be given no more: what was given that day stays given. */
  earliest: string
  isPending: boolean
  onCancel: () => void
  onEnd: (body: Omit<EndAllocationBody, '_v'>) => Promise<void>
}) {
  const { t } = useResourceTexts()
  const [on, setOn] = useState(props.earliest)
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const fault = reason.trim() === '' ? t('one.needsReason') : undefined
  return (
    <Dialog
      title={t('one.endTitle')}
      isOpen
      role="alertdialog"
      size="small"
      onClose={props.onCancel}
      footer={
        <>
          <Button look="tertiary" onPress={props.onCancel}>
            {t('cancel', { ns: 'common' })}
          </Button>
          <Button
            look="danger"
            isPending={props.isPending}
            onPress={() => {
              setTried(true)
              if (fault === undefined && on !== '') void props.onEnd({ on, reason: reason.trim() })
            }}
          >
            {t('one.end')}
          </Button>
        </>
      }
    >
      <p>{t('one.endBody')}</p>
      {props.error ? <ErrorNotice error={props.error} /> : null}
      <DatePicker label={t('one.endOn')} value={on} onChange={setOn} />
      <TextField
        label={t('one.endReason')}
        rows={2}
        isRequired
        validationBehavior="aria"
        value={reason}
        onChange={setReason}
        maxLength={300}
        errorMessage={tried ? fault : undefined}
      />
    </Dialog>
  )
}
