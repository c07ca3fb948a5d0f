/** The minutes of one conference: the paper in the middle, what is asked of the reader above it, versions and signatures below. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import { type ConferenceId, parseId } from '../../../shared/ids.ts'
import type { MinutesView } from '../../../shared/protocol/minutes.ts'
import { ApiError } from '../../lib/api.ts'
import { type MinutesApi, minutesApi } from '../../lib/minutes-api.ts'
import { useApi } from '../../lib/services.tsx'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { Notice, useNotices } from '../../ui/notice.tsx'
import { PageHeader } from '../../ui/page.tsx'
import { EmptyState, ErrorState, Loading, NotFound, useErrorWords } from '../../ui/states.tsx'
import { ExportPanel } from '../exports/export-panel.tsx'
import { Agencies } from './agencies.tsx'
import { Desk } from './desk.tsx'
import { Paper } from './paper.tsx'
import { SignPanel } from './sign-panel.tsx'
import { StateRail } from './state-rail.tsx'
import { useMinutesTexts } from './use-minutes-texts.ts'
import { Changes, Versions } from './versions.tsx'
import '../papers/sheets.css'
import './minutes.css'

/** Does one command and shows what it made of the minutes; what goes wrong is told in words. True when it was done. */
export type Perform = (work: (api: MinutesApi) => Promise<MinutesView>, done?: string) => Promise<boolean>

export function MinutesPage() {
  const conferenceId = parseId<ConferenceId>(useParams().conferenceId)
  if (conferenceId === undefined) return <NotFound />
  return <OpenMinutes key={conferenceId} conferenceId={conferenceId} />
}

function OpenMinutes({ conferenceId }: { conferenceId: ConferenceId }) {
  const { t } = useMinutesTexts()
  const api = useApi()
  const queries = useQueryClient()
  const notify = useNotices()
  const errorWords = useErrorWords()
  const [version, setVersion] = useState<number>()
  const { data, error, refetch } = useQuery({
    queryKey: ['minutes', conferenceId, version ?? null],
    queryFn: () => minutesApi(api).open(conferenceId, version),
  })
  const back = <Link to={`/conferences/${conferenceId}`}>← {t('back')}</Link>
  if (error instanceof ApiError && error.detail === 'conference-not-closed') {
    return (
      <>
        <PageHeader title={t('title')} back={back} />
        <EmptyState
          title={t('notClosed')}
          action={<ButtonLink to={`/conferences/${conferenceId}`}>{t('back')}</ButtonLink>}
        />
      </>
    )
  }
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (data === undefined) return <Loading words={t('loading')} />

  const perform: Perform = async (work, done) => {
    try {
      const view = await work(minutesApi(api))
      setVersion(undefined)
      queries.setQueryData(['minutes', conferenceId, null], view)
      if (done) notify(done, 'success')
      return true
    } catch (failure) {
      const { title, body } = errorWords(failure)
      notify(`${title}. ${body}`, 'danger')
      // Somebody was first, or something else is true by now.
      void refetch()
      return false
    }
  }
  const shown = data.edition.version
  const latest = data.versions.length
  const isOld = shown !== 0 && shown !== latest
  return (
    <>
      <div className="no-print">
        <PageHeader title={t('pageTitle', { title: data.title })} back={back} />
        <StateRail view={data} />
        {isOld ? (
          <Notice
            tone="warning"
            actions={
              <Button size="small" onPress={() => setVersion(undefined)}>
                {t('latest')}
              </Button>
            }
          >
            {t('old', { number: shown, latest })}
          </Notice>
        ) : null}
        {data.needsStatement ? (
          <Notice
            tone="info"
            actions={
              <ButtonLink to={`/conferences/${conferenceId}`} size="small">
                {t('statementGo')}
              </ButtonLink>
            }
          >
            {t('statement')}
          </Notice>
        ) : null}
        {isOld ? null : <Desk key={`desk-${data._v}`} view={data} perform={perform} />}
        {isOld ? null : <SignPanel key={`sign-${data._v}`} view={data} perform={perform} />}
      </div>
      <p className="minutes-version" data-testid="minutes-version">
        {shown === 0 ? t('draftVersion') : t('version', { number: shown })}
      </p>
      <Paper edition={data.edition} labels={data.labels} changes={data.changes} />
      <div className="no-print">
        <ExportPanel key={`exports-${shown}`} view={data} />
        <Changes view={data} />
        <Agencies view={data} />
        <Versions view={data} onLook={setVersion} />
      </div>
    </>
  )
}
