/** For the privacy officer: every request of the agency's cases with its clock, and none of its words. */
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import type { AgencyId } from '../../../shared/ids.ts'
import {
  FOLLOW_UPS,
  REQUEST_ASKERS,
  REQUEST_DECISIONS,
  REQUEST_KINDS,
  REQUEST_STATES,
} from '../../../shared/subject-requests/request-codes.ts'
import { formatDay } from '../../lib/format.ts'
import { useApi } from '../../lib/services.tsx'
import { ScrollRegion } from '../../ui/scroll-region.tsx'
import { EmptyState, ErrorState, Loading } from '../../ui/states.tsx'

import { RequestClockChip } from './request-clock-chip.tsx'
import { requestsApi } from './requests-api.ts'
import { useRequestTexts } from './use-request-texts.ts'
import './subject-requests.css'

export function DeskRequestsView({ agencyId }: { agencyId: AgencyId }) {
  const { t, language } = useRequestTexts()
  const api = requestsApi(useApi())
  const { data, error, refetch } = useQuery({
    queryKey: ['desk-requests', agencyId],
    queryFn: () => api.ofAgency(agencyId),
    staleTime: 0,
    gcTime: 0,
  })
  if (data === undefined) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Loading />
  return (
    <div className="stack">
      <p className="quiet">{t('desk.lead')}</p>
      {data.requests.length === 0 ? (
        <EmptyState title={t('desk.none')}>{t('desk.noneBody')}</EmptyState>
      ) : (
        <ScrollRegion label={t('desk.caption')}>
          <table className="table">
            <caption className="visually-hidden">{t('desk.caption')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('desk.number')}</th>
                <th scope="col">{t('desk.kind')}</th>
                <th scope="col">{t('desk.asker')}</th>
                <th scope="col">{t('desk.received')}</th>
                <th scope="col">{t('desk.due')}</th>
                <th scope="col">{t('desk.state')}</th>
              </tr>
            </thead>
            <tbody>
              {data.requests.map(row => (
                <tr key={row.requestId}>
                  <th scope="row" className="number">
                    {row.number}
                  </th>
                  <td>{REQUEST_KINDS[row.kind][language]}</td>
                  <td>{REQUEST_ASKERS[row.asker][language]}</td>
                  <td>{formatDay(row.receivedOn, language)}</td>
                  <td>
                    {formatDay(row.clock.due, language)}
                    {row.putOff ? <span className="quiet small"> · {t('desk.putOff')}</span> : null}
                  </td>
                  <td>
                    <RequestClockChip clock={row.clock} />{' '}
                    {row.decision === null
                      ? REQUEST_STATES[row.state][language]
                      : REQUEST_DECISIONS[row.decision][language]}
                    {row.followUp === null ? null : ` · ${FOLLOW_UPS[row.followUp][language]}`}
                    {row.followUp === 'destroys' ? (
                      <>
                        {' '}
                        <Link to="/retention">{t('desk.toRetention')}</Link>
                      </>
                    ) : null}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
    </div>
  )
}
