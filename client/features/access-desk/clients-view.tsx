/** "Who has seen this household?": found by number or label, then read. */
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useSearchParams } from 'react-router'
import { type AgencyId, type CaseId, parseId } from '../../../shared/ids.ts'
import { useApi } from '../../lib/services.tsx'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chips.tsx'
import { TextField } from '../../ui/fields.tsx'
import { EmptyState, ErrorNotice, ErrorState, Loading } from '../../ui/states.tsx'
import { accessApi } from './access-api.ts'
import { FileDialog } from './file-dialog.tsx'
import { useAccessTexts } from './use-access-texts.ts'
import { WhoSaw } from './who-saw.tsx'

export function ClientsView({ agencyId }: { agencyId: AgencyId }) {
  // In the address by id alone: it stands in the browser's history.
  const [params, setParams] = useSearchParams()
  const caseId = parseId<CaseId>(params.get('case'))
  return caseId === undefined ? (
    <Find agencyId={agencyId} onChoose={chosen => setParams({ case: chosen })} />
  ) : (
    <OfCase agencyId={agencyId} caseId={caseId} onBack={() => setParams({})} />
  )
}

function Find({ agencyId, onChoose }: { agencyId: AgencyId; onChoose: (caseId: CaseId) => void }) {
  const { t } = useAccessTexts()
  const api = accessApi(useApi())
  const [text, setText] = useState('')
  const [asked, setAsked] = useState('')
  const { data, error, isFetching } = useQuery({
    queryKey: ['access-cases', agencyId, asked],
    queryFn: () => api.find(agencyId, asked),
    enabled: asked !== '',
    staleTime: 0,
    gcTime: 0,
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setAsked(text.trim())
  }
  return (
    <div className="stack">
      <form className="access-find" onSubmit={submit}>
        <TextField
          label={t('clients.find')}
          description={t('clients.findHelp')}
          value={text}
          onChange={setText}
          maxLength={60}
        />
        <Button type="submit" look="primary" isPending={isFetching}>
          {t('clients.search')}
        </Button>
      </form>
      {error ? <ErrorNotice error={error} /> : null}
      {data?.cases.length === 0 ? <EmptyState title={t('clients.none')}>{t('clients.noneBody')}</EmptyState> : null}
      {data && data.cases.length > 0 ? (
        <ul className="access-found">
          {data.cases.map(found => (
            <li key={found.caseId} className="card">
              <span>
                <strong>{found.label}</strong> <span className="number">{found.number}</span>
              </span>
              <Chip tone={found.leads ? 'success' : 'neutral'}>
                {t(found.leads ? 'clients.leads' : 'clients.partner')}
              </Chip>
              <span className="push">
                <Button onPress={() => onChoose(found.caseId)}>{t('clients.open')}</Button>
              </span>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  )
}

function OfCase({ agencyId, caseId, onBack }: { agencyId: AgencyId; caseId: CaseId; onBack: () => void }) {
  const { t } = useAccessTexts()
  const api = accessApi(useApi())
  const [isTaking, setTaking] = useState(false)
  const { data, error, refetch } = useQuery({
    queryKey: ['access-case', agencyId, caseId],
    queryFn: () => api.ofCase(agencyId, caseId),
    staleTime: 0,
    gcTime: 0,
  })
  if (data === undefined) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Loading />
  return (
    <div className="stack">
      <div className="row">
        <Button look="text" onPress={onBack}>
          ← {t('clients.back')}
        </Button>
        <h2 className="odd-rule">
          {data.label} <span className="number">{data.number}</span>
        </h2>
        <span className="push no-print">
          <Button onPress={() => setTaking(true)}>{t('file.open')}</Button>
        </span>
      </div>
      <WhoSaw view={data} />
      {isTaking ? (
        <FileDialog
          what={t('file.access')}
          name={`access-${data.number}.csv`}
          take={purpose => api.file(agencyId, caseId, purpose)}
          onClose={() => setTaking(false)}
        />
      ) : null}
    </div>
  )
}
