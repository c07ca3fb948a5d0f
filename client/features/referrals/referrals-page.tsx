import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import type { ReferralRow } from '../../../shared/protocol/referrals.ts'
import { isReferralOver } from '../../../shared/referrals/referral-moves.ts'
import { useApi } from '../../lib/services.tsx'
import { ButtonLink } from '../../ui/button.tsx'
import { AgencyChip } from '../../ui/chips.tsx'
import { Choice } from '../../ui/fields.tsx'
import { PageHeader } from '../../ui/page.tsx'
import { EmptyState, ErrorState, Loading } from '../../ui/states.tsx'
import { useCodeSets } from '../code-sets/use-code-sets.ts'
import { GroundWords } from './ground-words.tsx'
import { ReferralStatusChip } from './referral-status.tsx'
import { referralsApi } from './referrals-api.ts'
import { SilenceWords } from './silence-words.tsx'
import { useReferralTexts } from './use-referral-texts.ts'
import './referrals.css'

type Box = 'inbox' | 'outbox'

/** What came to my agency and what it asked of others; what waits longest first. */
export function ReferralsPage() {
  const { t } = useReferralTexts()
  const api = useApi()
  const { data, error, refetch } = useQuery({
    queryKey: ['referrals'],
    queryFn: () => referralsApi(api).list(),
    staleTime: 0,
    gcTime: 0,
  })
  const [parameters, setParameters] = useSearchParams()
  const box: Box = parameters.get('box') === 'outbox' ? 'outbox' : 'inbox'
  const [isAll, setAll] = useState(false)
  if (data === undefined) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Loading />
  const rows = data[box]
  const shown = rows.filter(row => isAll || !isReferralOver(row.status))
  return (
    <div className="stack">
      <PageHeader
        title={t('list.title')}
        lead={t('list.lead')}
        actions={<ButtonLink to="/resources">{t('list.resources')}</ButtonLink>}
      />
      <div className="row referral-choices">
        <Choice<Box>
          label={t('list.tabs')}
          labelHidden
          value={box}
          onChange={next => setParameters(next === 'inbox' ? {} : { box: next }, { replace: true })}
          options={[
            { id: 'inbox', label: t('list.inboxCount', { n: data.inbox.filter(isOpen).length }) },
            { id: 'outbox', label: t('list.outboxCount', { n: data.outbox.filter(isOpen).length }) },
          ]}
        />
        <Choice<'open' | 'all'>
          label={t('list.filter')}
          value={isAll ? 'all' : 'open'}
          onChange={next => setAll(next === 'all')}
          options={[
            { id: 'open', label: t('list.open') },
            { id: 'all', label: t('list.all') },
          ]}
        />
      </div>
      {rows.length === 0 ? (
        <EmptyState title={t(box === 'inbox' ? 'list.emptyInTitle' : 'list.emptyOutTitle')}>
          {t(box === 'inbox' ? 'list.emptyInBody' : 'list.emptyOutBody')}
        </EmptyState>
      ) : shown.length === 0 ? (
        <p className="quiet">{t('list.noOpen')}</p>
      ) : (
        <ReferralTable rows={shown} box={box} />
      )}
    </div>
  )
}

const isOpen = (row: ReferralRow) => !isReferralOver(row.status)

function ReferralTable({ rows, box }: { rows: readonly ReferralRow[]; box: Box }) {
  const { t } = useReferralTexts()
  const codes = useCodeSets()
  return (
    <div className="table-scroll">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t(box === 'inbox' ? 'list.from' : 'list.to')}</th>
            <th scope="col">{t('list.what')}</th>
            <th scope="col">{t('list.household')}</th>
            <th scope="col">{t('list.state')}</th>
            <th scope="col">{t('list.silence')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(row => {
            const other = box === 'inbox' ? row.from : row.to
            return (
              <tr key={row.referralId}>
                <td>
                  <AgencyChip shortName={other.shortName} name={other.name} colour={other.colour} />
                  {row.ground ? (
                    <p className="quiet small referral-request">
                      <GroundWords ground={row.ground} />
                    </p>
                  ) : null}
                </td>
                <th scope="row">
                  <Link to={`/referrals/${row.referralId}`}>
                    {row.closed === null ? codes.label('service', row.service) : t('list.closedContent')}
                  </Link>
                  {row.closed === null ? <p className="quiet small referral-request">{row.request}</p> : null}
                </th>
                <td>
                  {row.case?.label ?? (row.name === '' ? <span className="quiet">{t('list.noName')}</span> : row.name)}
                </td>
                <td>
                  <ReferralStatusChip status={row.status} />
                </td>
                <td>
                  <SilenceWords row={{ ...row, side: box === 'inbox' ? 'receiver' : 'sender' }} />
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}
