/** One list: what it would bring, what its columns mean, what is wrong in it, and taking it in or back. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ProgressBar } from 'react-aria-components'
import { useNavigate, useParams } from 'react-router'
import type { AgencyId, ImportId } from '../../../shared/ids.ts'
import type { ImportView } from '../../../shared/protocol/imports.ts'
import { ApiError } from '../../lib/api.ts'
import { useApi } from '../../lib/services.tsx'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { ConfirmDialog } from '../../ui/dialog.tsx'
import { Notice, useNotices } from '../../ui/notice.tsx'
import { PageHeader } from '../../ui/page.tsx'
import { ErrorNotice, ErrorState, Loading, NotFound } from '../../ui/states.tsx'
import { ImportColumns } from './import-columns.tsx'
import { Doubles, Faults } from './import-findings.tsx'
import { importsApi } from './imports-api.ts'
import { useFindingAgency } from './use-finding-agency.tsx'
import { useImportTexts } from './use-import-texts.ts'
import './imports.css'

/** Often enough to see that it moves. */
const PROGRESS_EVERY_MS = 700

export function ImportPage() {
  const { agencyId, query } = useFindingAgency()
  const { importId } = useParams()
  if (agencyId === undefined || importId === undefined) return <NotFound />
  return <One key={importId} agencyId={agencyId} importId={importId as ImportId} query={query} />
}

function One({ agencyId, importId, query }: { agencyId: AgencyId; importId: ImportId; query: string }) {
  const { t } = useImportTexts()
  const calls = importsApi(useApi())
  const queries = useQueryClient()
  const navigate = useNavigate()
  const notify = useNotices()
  const queryKey = ['imports', agencyId, importId]
  const { data, error, refetch } = useQuery({
    queryKey,
    queryFn: () => calls.open(agencyId, importId),
    refetchInterval: asked => (asked.state.data?.standing === 'taking_in' ? PROGRESS_EVERY_MS : false),
  })
  const [keep, setKeep] = useState<ReadonlySet<number>>(new Set())
  const [isAsking, setAsking] = useState(false)
  const [isPending, setPending] = useState(false)
  const [failed, setFailed] = useState<unknown>()
  if (data === undefined) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Loading />

  async function run(work: () => Promise<void>) {
    setPending(true)
    setFailed(undefined)
    try {
      await work()
    } catch (caught) {
      if (caught instanceof ApiError && caught.reason === 'conflict') {
        notify(t('conflict'), 'warning')
        await refetch()
      } else setFailed(caught)
    } finally {
      setPending(false)
    }
  }
  const take = (view: ImportView) => {
    queries.setQueryData(queryKey, view)
    void queries.invalidateQueries({ queryKey: ['imports', agencyId], exact: true })
  }
  const wanted = data.good + keep.size
  const hasName = data.mapping.includes('name')
  const words = { file: data.fileName, n: data.takenIn.toLocaleString() }

  return (
    <>
      <PageHeader
        title={data.fileName}
        lead={
          data.standing === 'read'
            ? t('sumsLead', {
                faults: data.faultCount.toLocaleString(),
                duplicates: data.duplicateCount.toLocaleString(),
              })
            : undefined
        }
        back={
          <ButtonLink to={`/findings/imports${query}`} look="text" size="small">
            {t('back')}
          </ButtonLink>
        }
      />
      {failed ? <ErrorNotice error={failed} /> : null}
      {data.masked > 0 ? (
        <Notice tone="warning" title={t('masked', { n: data.masked.toLocaleString() })}>
          {t('maskedBody')}
        </Notice>
      ) : null}
      {data.standing === 'taking_in' ? <Progress view={data} /> : null}
      {data.standing === 'done' ? (
        <Notice
          tone="success"
          announce="status"
          title={t('done', { n: data.takenIn.toLocaleString() })}
          actions={
            <ButtonLink to={`/findings${query}`} look="primary">
              {t('triage')}
            </ButtonLink>
          }
        >
          {t('doneBody')}
        </Notice>
      ) : null}
      {data.standing === 'read' ? (
        <>
          <p className="import-sums">
            {t('sums', { rows: data.rows.toLocaleString(), good: wanted.toLocaleString() })}
          </p>
          <ImportColumns
            key={data._v}
            view={data}
            isPending={isPending}
            onSave={body =>
              run(async () => {
                take(await calls.change(agencyId, importId, { ...body, _v: data._v }))
                setKeep(new Set())
                notify(t('saved'))
              })
            }
          />
        </>
      ) : null}
      <Faults view={data} onTakeOut={language => calls.faults(agencyId, importId, language)} onFailed={setFailed} />
      {data.standing === 'read' ? <Doubles view={data} keep={keep} onKeep={setKeep} /> : null}
      <div className="import-foot">
        {data.standing === 'read' ? (
          <Button
            look="primary"
            size="large"
            isDisabled={wanted === 0 || !hasName}
            isPending={isPending}
            onPress={() =>
              void run(async () => take(await calls.takeIn(agencyId, importId, { _v: data._v, keep: [...keep] })))
            }
          >
            {t('takeIn', { n: wanted.toLocaleString() })}
          </Button>
        ) : null}
        {data.standing === 'read' && !hasName ? <p>{t('noName')}</p> : null}
        {data.standing === 'read' && hasName && wanted === 0 ? <p>{t('nothing')}</p> : null}
        {data.mayUndo ? (
          <Button look="tertiary" onPress={() => setAsking(true)}>
            {data.standing === 'read' ? t('throwAway') : t('undo')}
          </Button>
        ) : null}
        {data.standing === 'done' && !data.mayUndo ? <p className="quiet small">{t('triaged')}</p> : null}
      </div>
      <ConfirmDialog
        title={data.standing === 'read' ? t('throwTitle') : t('undoTitle')}
        isOpen={isAsking}
        action={data.standing === 'read' ? t('throwAway') : t('undo')}
        danger
        isPending={isPending}
        onCancel={() => setAsking(false)}
        onConfirm={() =>
          void run(async () => {
            await calls.undo(agencyId, importId, data._v)
            setAsking(false)
            notify(t('undone'))
            queries.removeQueries({ queryKey })
            void queries.invalidateQueries({ queryKey: ['imports', agencyId], exact: true })
            await navigate(`/findings/imports${query}`)
          })
        }
      >
        <p>{data.standing === 'read' ? t('throwBody', words) : t('undoBody', words)}</p>
      </ConfirmDialog>
    </>
  )
}

function Progress({ view }: { view: ImportView }) {
  const { t } = useImportTexts()
  const all = Math.max(1, view.good)
  const percent = Math.min(100, Math.floor((view.takenIn / all) * 100))
  return (
    <ProgressBar value={percent} aria-label={t('takingIn')} className="import-progress">
      <span className="import-bar" aria-hidden="true">
        <span style={{ inlineSize: `${percent}%` }} />
      </span>
      <span role="status">
        {t('takingIn')} {t('progress', { done: view.takenIn.toLocaleString(), all: all.toLocaleString() })}
      </span>
    </ProgressBar>
  )
}
