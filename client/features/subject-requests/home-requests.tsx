/** On the start page: requests of my cases that must be answered within days. Nothing while there is none; asked once a visit, for each is on record. */
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { REQUEST_KINDS } from '../../../shared/subject-requests/request-codes.ts'
import { useApi } from '../../lib/services.tsx'
import { Section } from '../../ui/page.tsx'
import { RequestClockChip } from './request-clock-chip.tsx'
import { requestsApi } from './requests-api.ts'
import { useRequestTexts } from './use-request-texts.ts'

export function HomeRequests() {
  const { t, language } = useRequestTexts()
  const api = requestsApi(useApi())
  const { data } = useQuery({ queryKey: ['near-requests'], queryFn: () => api.near(), staleTime: 60_000 })
  if (data === undefined || data.requests.length === 0) return null
  return (
    <div className="home-tasks">
      <Section title={t('home.title')}>
        <ul className="home-list">
          {data.requests.map(({ requestId, caseId, kind, clock, label, number }) => (
            <li key={requestId} className="home-row home-lapse">
              <p className="home-day">
                <RequestClockChip clock={clock} />
              </p>
              <p>
                <Link to={`/cases/${caseId}/requests`}>
                  {t('home.row', { label, kind: REQUEST_KINDS[kind][language] })}
                </Link>{' '}
                <span className="home-what">{number}</span>
              </p>
            </li>
          ))}
        </ul>
      </Section>
    </div>
  )
}
