/** The disclosure register in the form's own columns and order. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { AgencyId } from '../../../shared/ids.ts'
import { DISCLOSURE_COLUMNS, type DisclosuresQuery } from '../../../shared/protocol/access-desk.ts'
import { formatDay, seoulDay } from '../../lib/format.ts'
import { useApi } from '../../lib/services.tsx'
import { Button } from '../../ui/button.tsx'
import { DatePicker } from '../../ui/date-fields.tsx'
import { Select } from '../../ui/pickers.tsx'
import { ScrollRegion } from '../../ui/scroll-region.tsx'
import { EmptyState, ErrorState, Loading } from '../../ui/states.tsx'
import { accessApi } from './access-api.ts'
import { FileDialog } from './file-dialog.tsx'
import { useAccessTexts } from './use-access-texts.ts'

const ALL = 'all'

export function RegisterView({ agencyId }: { agencyId: AgencyId }) {
  const { t, language } = useAccessTexts()
  const api = accessApi(useApi())
  const [query, setQuery] = useState<DisclosuresQuery>({})
  const [isTaking, setTaking] = useState(false)
  const { data, error, refetch } = useQuery({
    queryKey: ['disclosures', agencyId, query],
    queryFn: () => api.disclosures(agencyId, query),
    placeholderData: before => before,
    staleTime: 0,
    gcTime: 0,
  })
  if (data === undefined) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Loading />
  const put = (change: DisclosuresQuery) => setQuery(before => ({ ...before, ...change }))
  return (
    <div className="stack">
      <p className="quiet">{t('register.lead')}</p>
      <div className="access-controls no-print">
        <Select
          label={t('register.case')}
          value={query.caseId ?? ALL}
          onChange={chosen => put({ caseId: data.cases.find(one => one.caseId === chosen)?.caseId })}
          options={[
            { id: ALL, label: t('register.all') },
            ...data.cases.map(one => ({ id: one.caseId, label: one.number })),
          ]}
          width="medium"
        />
        <Select
          label={t('register.receiver')}
          value={query.receiver ?? ALL}
          onChange={chosen => put({ receiver: data.receivers.find(one => one.agencyId === chosen)?.agencyId })}
          options={[
            { id: ALL, label: t('register.all') },
            ...data.receivers.map(one => ({ id: one.agencyId, label: one.name })),
          ]}
          width="medium"
        />
        <DatePicker
          label={t('register.from')}
          value={query.from ?? ''}
          onChange={from => put({ from: from || undefined })}
        />
        <DatePicker label={t('register.to')} value={query.to ?? ''} onChange={to => put({ to: to || undefined })} />
        <Button look="tertiary" onPress={() => setQuery({})}>
          {t('register.clear')}
        </Button>
        <span className="push row">
          <Button look="tertiary" onPress={() => window.print()}>
            {t('print', { ns: 'common' })}
          </Button>
          <Button isDisabled={data.rows.length === 0} onPress={() => setTaking(true)}>
            {t('file.open')}
          </Button>
        </span>
      </div>
      {data.rows.length === 0 ? (
        <EmptyState title={t('register.none')}>{t('register.noneBody')}</EmptyState>
      ) : (
        <ScrollRegion label={t('register.caption')}>
          <table className="table register-table">
            <caption className="visually-hidden">{t('register.caption')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('register.case')}</th>
                {DISCLOSURE_COLUMNS.map(column => (
                  <th key={column.key} scope="col">
                    {column[language]}
                  </th>
                ))}
                <th scope="col">{t('register.state')}</th>
              </tr>
            </thead>
            <tbody>
              {data.rows.map(row => (
                <tr key={row.rowId}>
                  <th scope="row" className="number">
                    {row.number}
                    <br />
                    <span className="quiet small">{formatDay(seoulDay(row.at), language)}</span>
                  </th>
                  {DISCLOSURE_COLUMNS.map((column, index) => (
                    <td key={column.key}>{row.fields[index]}</td>
                  ))}
                  <td>
                    {row.endedOn === null
                      ? t('register.goesOn')
                      : t('register.ended', { day: formatDay(row.endedOn, language) })}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
      {isTaking ? (
        <FileDialog
          what={t('file.register')}
          name={`disclosures-${seoulDay(Date.now())}.csv`}
          take={purpose => api.disclosuresFile(agencyId, query, purpose)}
          onClose={() => setTaking(false)}
        />
      ) : null}
    </div>
  )
}
