/** Lists that came in, and the place where another one is chosen. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { DropZone, FileTrigger, ProgressBar } from 'react-aria-components'
import { Link, useNavigate } from 'react-router'
import { codesOf, DISCOVERY_ROUTES, type DiscoveryRoute } from '../../../shared/codes.ts'
import type { AgencyId } from '../../../shared/ids.ts'
import { IMPORT_STANDINGS, type ImportSummary } from '../../../shared/protocol/imports.ts'
import { formatDateTime } from '../../lib/format.ts'
import { useApi } from '../../lib/services.tsx'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { Chip } from '../../ui/chips.tsx'
import { Notice } from '../../ui/notice.tsx'
import { PageHeader, Section } from '../../ui/page.tsx'
import { Select } from '../../ui/pickers.tsx'
import { EmptyState, ErrorNotice, ErrorState, Loading, NotFound } from '../../ui/states.tsx'
import { useCodeSets } from '../code-sets/use-code-sets.ts'
import { importsApi } from './imports-api.ts'
import { useFindingAgency } from './use-finding-agency.tsx'
import { refusedFile, useImportTexts } from './use-import-texts.ts'
import './imports.css'

const ACCEPTED = ['.xlsx', '.csv', '.tsv', '.txt']

export function ImportsPage() {
  const { t } = useImportTexts()
  const { agencyId, query, choice } = useFindingAgency()
  if (agencyId === undefined) return <NotFound />
  return (
    <>
      <PageHeader
        title={t('title')}
        lead={t('lead')}
        back={
          <ButtonLink to={`/findings${query}`} look="text" size="small">
            {t('toBoard')}
          </ButtonLink>
        }
      />
      {choice}
      <Reading key={agencyId} agencyId={agencyId} query={query} />
      <Lists agencyId={agencyId} query={query} />
    </>
  )
}

interface OfAgency {
  agencyId: AgencyId
  query: string
}

function Reading({ agencyId, query }: OfAgency) {
  const { t } = useImportTexts()
  const codes = useCodeSets()
  const calls = importsApi(useApi())
  const queries = useQueryClient()
  const navigate = useNavigate()
  const [route, setRoute] = useState<DiscoveryRoute>('blind_spot_system')
  const [sending, setSending] = useState<{ name: string; percent: number }>()
  const [error, setError] = useState<unknown>()
  const refused = refusedFile(error)

  async function read(file: File) {
    setError(undefined)
    setSending({ name: file.name, percent: 0 })
    try {
      const about = { fileName: file.name.slice(0, 200), route }
      const view = await calls.read(agencyId, about, file, sent =>
        setSending({ name: file.name, percent: Math.min(100, Math.floor((sent / Math.max(1, file.size)) * 100)) }),
      )
      queries.setQueryData(['imports', agencyId, view.importId], view)
      void queries.invalidateQueries({ queryKey: ['imports', agencyId], exact: true })
      await navigate(`/findings/imports/${view.importId}${query}`)
    } catch (caught) {
      setError(caught)
    } finally {
      setSending(undefined)
    }
  }

  return (
    <DropZone
      className="import-drop"
      aria-label={t('drop')}
      onDrop={event => {
        const file = event.items.find(item => item.kind === 'file')
        if (file?.kind === 'file') void file.getFile().then(read)
      }}
    >
      <Select
        label={t('route')}
        width="medium"
        value={route}
        onChange={setRoute}
        options={codesOf(DISCOVERY_ROUTES).map(code => ({ id: code, label: codes.label('discovery_route', code) }))}
      />
      <FileTrigger
        acceptedFileTypes={ACCEPTED}
        onSelect={files => {
          const file = files?.[0]
          if (file) void read(file)
        }}
      >
        <Button look="primary" isPending={sending !== undefined}>
          {t('choose')}
        </Button>
      </FileTrigger>
      <p className="quiet small">{t('dropHelp')}</p>
      {sending ? (
        <ProgressBar
          value={sending.percent}
          aria-label={t('reading', { name: sending.name })}
          className="import-progress"
        >
          <span className="import-bar" aria-hidden="true">
            <span style={{ inlineSize: `${sending.percent}%` }} />
          </span>
          <span className="small" role="status">
            {sending.percent < 100 ? t('sending', { percent: sending.percent }) : t('reading', { name: sending.name })}
          </span>
        </ProgressBar>
      ) : null}
      {refused ? (
        <Notice tone="danger" announce="alert">
          {t(`refused.${refused.what}`, { row: refused.row })}
        </Notice>
      ) : error ? (
        <ErrorNotice error={error} />
      ) : null}
    </DropZone>
  )
}

function Lists({ agencyId, query }: OfAgency) {
  const { t } = useImportTexts()
  const calls = importsApi(useApi())
  const { data, error, refetch } = useQuery({ queryKey: ['imports', agencyId], queryFn: () => calls.all(agencyId) })
  if (data === undefined) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Loading />
  return (
    <Section title={t('lists')}>
      {data.imports.length === 0 ? (
        <EmptyState title={t('none')}>{t('noneBody')}</EmptyState>
      ) : (
        <div className="table-scroll">
          <table className="table">
            <thead>
              <tr>
                {(['file', 'state', 'route', 'rows', 'takenIn', 'waiting', 'who'] as const).map(column => (
                  <th key={column} scope="col">
                    {t(`column.${column}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {data.imports.map(list => (
                <ListRow key={list.importId} list={list} query={query} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Section>
  )
}

function ListRow({ list, query }: { list: ImportSummary; query: string }) {
  const { language } = useImportTexts()
  const codes = useCodeSets()
  return (
    <tr>
      <th scope="row">
        <Link to={`/findings/imports/${list.importId}${query}`}>{list.fileName}</Link>
      </th>
      <td>
        <Chip tone={list.standing === 'done' ? 'success' : 'neutral'}>{IMPORT_STANDINGS[list.standing][language]}</Chip>
      </td>
      <td>{codes.label('discovery_route', list.route)}</td>
      <td className="number">{list.rows.toLocaleString()}</td>
      <td className="number">{list.takenIn.toLocaleString()}</td>
      <td className="number">{list.waiting.toLocaleString()}</td>
      <td>
        {list.byName} <span className="quiet small">{formatDateTime(list.at, language)}</span>
      </td>
    </tr>
  )
}
