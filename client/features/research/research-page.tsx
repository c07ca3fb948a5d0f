/** My agency's own research for a conference: its sheets; and one of them. Before the confidentiality statement no household is named. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from 'react-router'
import { type ConferenceId, type ItemId, parseId } from '../../../shared/ids.ts'
import type { ConferenceResearchView } from '../../../shared/protocol/research.ts'
import { formatDateTime } from '../../lib/format.ts'
import { useApi } from '../../lib/services.tsx'
import { Button } from '../../ui/button.tsx'
import { Chip, type ChipTone } from '../../ui/chips.tsx'
import { PageHeader } from '../../ui/page.tsx'
import { EmptyState, ErrorNotice, ErrorState, Loading, NotFound } from '../../ui/states.tsx'
import { StatementWords } from '../room/attendance/statement-words.tsx'
import { researchApi } from './research-api.ts'
import { ResearchSheet } from './research-sheet.tsx'
import { useResearchTexts } from './use-research-texts.ts'
import './research.css'

export function ResearchPage() {
  const params = useParams()
  const conferenceId = parseId<ConferenceId>(params.conferenceId)
  const itemId = parseId<ItemId>(params.itemId)
  if (conferenceId === undefined || (params.itemId !== undefined && itemId === undefined)) return <NotFound />
  if (itemId) return <ResearchSheet key={itemId} conferenceId={conferenceId} itemId={itemId} />
  return <Sheets key={conferenceId} conferenceId={conferenceId} />
}

function Sheets({ conferenceId }: { conferenceId: ConferenceId }) {
  const { t, language } = useResearchTexts()
  const api = useApi()
  const queries = useQueryClient()
  const { data, error, refetch } = useQuery({
    queryKey: ['research', conferenceId],
    queryFn: () => researchApi(api).list(conferenceId),
    staleTime: 0,
  })
  const accept = useMutation({
    mutationFn: () => api.acceptStatement(conferenceId),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['research', conferenceId] }),
  })
  if (data === undefined) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Loading />
  const lead = `${data.title} · ${formatDateTime(data.startsAt, language)}`
  return (
    <div className="stack">
      <PageHeader title={t('title')} lead={lead} back={<Link to="/">← {t('back')}</Link>} />
      {data.statement === 'needed' ? (
        <section className="card stack">
          <h2 className="section-title">{t('statementTitle')}</h2>
          <p>{t('statementBody')}</p>
          <StatementWords id="research-statement" isHost={false} />
          {accept.error ? <ErrorNotice error={accept.error} /> : null}
          <div>
            <Button look="primary" size="large" isPending={accept.isPending} onPress={() => accept.mutate()}>
              {t('accept')}
            </Button>
          </div>
        </section>
      ) : data.sheets.length === 0 ? (
        <EmptyState title={t('emptyTitle')}>{t('emptyBody')}</EmptyState>
      ) : (
        <>
          <p className="quiet">{t('lead')}</p>
          <SheetTable conferenceId={conferenceId} sheets={data.sheets} />
        </>
      )}
    </div>
  )
}

const TONES = { empty: 'neutral', own: 'warning', shared: 'success', changed: 'warning' } as const satisfies Record<
  ConferenceResearchView['sheets'][number]['standing'],
  ChipTone
>

function SheetTable({ conferenceId, sheets }: { conferenceId: ConferenceId } & Pick<ConferenceResearchView, 'sheets'>) {
  const { t, language } = useResearchTexts()
  return (
    <div className="table-scroll">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t('case')}</th>
            <th scope="col">{t('standing')}</th>
            <th scope="col">{t('saved')}</th>
          </tr>
        </thead>
        <tbody>
          {sheets.map(one => (
            <tr key={one.itemId}>
              <th scope="row">
                <Link to={`/conferences/${conferenceId}/research/${one.itemId}`}>{one.case.label}</Link>{' '}
                <span className="quiet number">{one.case.number}</span>
              </th>
              <td>
                <Chip tone={TONES[one.standing]}>{t(`standings.${one.standing}`)}</Chip>
              </td>
              <td>{one.savedAt ? formatDateTime(one.savedAt, language) : '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
