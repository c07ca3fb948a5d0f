/** A month of an agency's look-ups, and its signature. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'
import { TOUCHED } from '../../../shared/access-desk/access-tasks.ts'
import type { AgencyId } from '../../../shared/ids.ts'
import type { AccessEventView, MonthReviewView } from '../../../shared/protocol/access-desk.ts'
import { formatDateTime, toSeoulTime } from '../../lib/format.ts'
import { useApi } from '../../lib/services.tsx'
import { useCommand } from '../../lib/use-command.ts'
import { Button } from '../../ui/button.tsx'
import { ConfirmDialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/fields.tsx'
import { Notice, useNotices } from '../../ui/notice.tsx'
import { Section } from '../../ui/page.tsx'
import { Select } from '../../ui/pickers.tsx'
import { ScrollRegion } from '../../ui/scroll-region.tsx'
import { EmptyState, ErrorNotice, ErrorState, Loading } from '../../ui/states.tsx'
import { accessApi } from './access-api.ts'
import { useAccessTexts } from './use-access-texts.ts'
import { AccessPeople } from './who-saw.tsx'

const MONTHS_BACK = 13

/** This month and those before it, the newest first, as `YYYY-MM`. */
function monthsUntil(now: number): string[] {
  const { year, month } = toSeoulTime(now)
  return Array.from({ length: MONTHS_BACK }, (_, back) =>
    new Date(Date.UTC(year, month - 1 - back, 1)).toISOString().slice(0, 7),
  )
}

export function MonthView({ agencyId }: { agencyId: AgencyId }) {
  const { t } = useAccessTexts()
  const api = accessApi(useApi())
  const months = monthsUntil(Date.now())
  // The one to review is the last that is over.
  const [month, setMonth] = useState(months[1] ?? '')
  const { data, error, refetch } = useQuery({
    queryKey: ['access-month', agencyId, month],
    queryFn: () => api.month(agencyId, month),
    staleTime: 0,
    gcTime: 0,
  })
  const label = useMonthLabel()
  return (
    <div className="stack">
      <div className="access-controls no-print">
        <Select
          label={t('month.choose')}
          value={month}
          onChange={setMonth}
          width="medium"
          options={months.map(one => ({ id: one, label: label(one) }))}
        />
        {data ? (
          <p className="quiet">
            {data.waiting.length > 0
              ? t('month.waiting', { months: data.waiting.map(label).join(', ') })
              : t('month.allDone')}
          </p>
        ) : null}
      </div>
      {data ? (
        <Review key={month} review={data} />
      ) : error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <Loading />
      )}
    </div>
  )
}

function useMonthLabel(): (month: string) => string {
  const { t } = useAccessTexts()
  return month => t('month.of', { year: month.slice(0, 4), month: String(Number(month.slice(5))) })
}

function Review({ review }: { review: MonthReviewView }) {
  const { t, language } = useAccessTexts()
  const isWaiting = review.waiting.includes(review.month)
  return (
    <>
      {review.openFlags > 0 ? (
        <Notice tone="warning" actions={<Link to="/access/odd">{t('month.flagsGo')}</Link>}>
          {t('month.flags', { n: review.openFlags })}
        </Notice>
      ) : null}
      <Section title={t('month.people')} lead={t('month.peopleLead')}>
        {review.people.length === 0 ? (
          <EmptyState title={t('month.none')} />
        ) : (
          <AccessPeople people={review.people} caption={t('month.people')} />
        )}
      </Section>
      <Section title={t('month.takenOut')}>
        <Events events={review.takenOut} caption={t('month.takenOut')} none={t('month.takenOutNone')} />
      </Section>
      <Section title={t('month.refused')} lead={t('month.refusedLead')}>
        <Events events={review.refused} caption={t('month.refused')} none={t('month.refusedNone')} />
      </Section>
      <Section title={t('month.sign')} {...(isWaiting && { lead: t('month.signLead') })}>
        {review.signed ? (
          <Notice
            tone="success"
            title={t('month.signed', {
              name: review.signed.by,
              at: formatDateTime(review.signed.at, language),
            })}
          >
            <p className="odd-words">{review.signed.opinion}</p>
          </Notice>
        ) : isWaiting ? (
          <Sign review={review} />
        ) : (
          <Notice>{t(review.isOver ? 'month.before' : 'month.goesOn')}</Notice>
        )}
      </Section>
    </>
  )
}

function Sign({ review: { agencyId, month } }: { review: MonthReviewView }) {
  const { t } = useAccessTexts()
  const api = accessApi(useApi())
  const queries = useQueryClient()
  const notify = useNotices()
  const label = useMonthLabel()
  const [opinion, setOpinion] = useState('')
  const [isTried, setTried] = useState(false)
  const [isAsking, setAsking] = useState(false)
  const { error, isPending, run } = useCommand()
  const isShort = opinion.trim().length < 2

  async function sign() {
    await run(
      async () => {
        const signed = await api.sign(agencyId, month, opinion.trim())
        queries.setQueryData(['access-month', agencyId, month], signed)
        notify(t('month.done'))
      },
      () => setAsking(false),
    )
  }

  return (
    <div className="stack">
      {error ? <ErrorNotice error={error} /> : null}
      <TextField
        label={t('month.opinion')}
        description={t('month.opinionExample')}
        rows={4}
        maxLength={1000}
        value={opinion}
        onChange={setOpinion}
        errorMessage={isTried && isShort ? t('month.short') : undefined}
      />
      <div className="row">
        <Button
          look="primary"
          onPress={() => {
            setTried(true)
            if (!isShort) setAsking(true)
          }}
        >
          {t('month.go')}
        </Button>
      </div>
      <ConfirmDialog
        title={t('month.confirmTitle', { month: label(month) })}
        isOpen={isAsking}
        action={t('month.go')}
        isPending={isPending}
        onCancel={() => setAsking(false)}
        onConfirm={() => void sign()}
      >
        {t('month.confirmBody')}
      </ConfirmDialog>
    </div>
  )
}

function Events({ events, caption, none }: { events: readonly AccessEventView[]; caption: string; none: string }) {
  const { t, language } = useAccessTexts()
  if (events.length === 0) return <p className="quiet">{none}</p>
  return (
    <ScrollRegion label={caption}>
      <table className="table">
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{t('who.at')}</th>
            <th scope="col">{t('who.person')}</th>
            <th scope="col">{t('who.agency')}</th>
            <th scope="col">{t('month.number')}</th>
            <th scope="col">{t('who.touched')}</th>
            <th scope="col">{t('who.address')}</th>
          </tr>
        </thead>
        <tbody>
          {events.map((event, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a record has no name of its own here, and the list is never reordered
            <tr key={index}>
              <td>{formatDateTime(event.at, language)}</td>
              <td>{event.name || t('who.guest')}</td>
              <td>{event.agencyName}</td>
              <td className="number">{event.number || '–'}</td>
              <td>{TOUCHED[event.touched][language]}</td>
              <td className="number">{event.address}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  )
}
