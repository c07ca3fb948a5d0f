/** The section of a case's page that holds its records: writing the next one at the top, what there is beneath, newest first. */
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useRef, useState } from 'react'
import { CASE_RECORD_KINDS, type CaseRecordKind } from '../../../shared/case-records/kinds.ts'
import { codesOf, isCode } from '../../../shared/codes.ts'
import type { CaseRecordsView, FoundRecordsView } from '../../../shared/protocol/case-records.ts'
import { MAX_QUERY_LENGTH } from '../../../shared/search/query.ts'
import { ApiError } from '../../lib/api.ts'
import { useSession } from '../../lib/session.tsx'
import { useCommand } from '../../lib/use-command.ts'
import { Button } from '../../ui/button.tsx'
import { Choice, TextField } from '../../ui/fields.tsx'
import { Marked } from '../../ui/marked.tsx'
import { Notice, useNotices } from '../../ui/notice.tsx'
import { EmptyState, ErrorNotice, ErrorState, Loading, NotFound } from '../../ui/states.tsx'
import type { CaseSectionProps } from '../cases/case-sections.tsx'
import { RecordCard } from './record-card.tsx'
import { newForm, type RecordForm, readDraft, toContent } from './record-form.ts'
import { RecordWriter } from './record-writer.tsx'
import { RiskHistory } from './risk-history.tsx'
import { newCommandId, useCaseRecords, useRecordCalls } from './use-case-records.ts'
import { useRecordTexts } from './use-record-texts.ts'
import './case-records.css'

const EVERYTHING = 'all'
/** Codes of the note written last, for the next of the day. They name nobody. */
const LAST_NOTE_KEY = ['last-note']

export function RecordsSection({ caseId, view }: CaseSectionProps) {
  const { t, language } = useRecordTexts()
  const [kind, setKind] = useState<CaseRecordKind>()
  const [from, setFrom] = useState(0)
  const [found, setFound] = useState<FoundRecordsView>()
  const { data, error, look, renew } = useCaseRecords(caseId, { kind, from })

  if (data === undefined) {
    if (error instanceof ApiError && error.reason === 'not-found') return <NotFound />
    return error ? <ErrorState error={error} onRetry={look} /> : <Loading />
  }
  const total = codesOf(CASE_RECORD_KINDS).reduce((sum, one) => sum + data.counts[one], 0)
  const kinds = [
    { id: EVERYTHING, label: t('count', { kind: t('all'), n: total }) },
    ...codesOf(CASE_RECORD_KINDS).map(id => ({
      id: id as string,
      label: t('count', { kind: CASE_RECORD_KINDS[id][language], n: data.counts[id] }),
    })),
  ]
  const shown = found ? found.found : data.records.map(record => ({ record, excerpt: undefined }))
  return (
    <div className="stack">
      <p className="section-lead">{t('lead')}</p>
      {data.mayWrite ? (
        <NewRecord caseId={caseId} view={view} records={data} onWritten={() => void renew()} />
      ) : (
        <p className="quiet">{t('readOnly')}</p>
      )}
      <RiskHistory risks={data.risks} instruments={data.instruments} />
      <div className="records-tools">
        <Choice
          label={t('filter')}
          value={kind ?? EVERYTHING}
          options={kinds}
          onChange={next => {
            setKind(isCode(CASE_RECORD_KINDS, next) ? next : undefined)
            setFrom(0)
            setFound(undefined)
          }}
        />
        <RecordSearch caseId={caseId} kind={kind} found={found} onFound={setFound} />
      </div>
      {shown.length === 0 ? (
        found ? (
          <p role="status">{t('foundNone')}</p>
        ) : total === 0 ? (
          <EmptyState title={t('empty')}>{t('emptyHow')}</EmptyState>
        ) : (
          <p className="quiet">{t('emptyKind')}</p>
        )
      ) : (
        <ul className="stack records">
          {shown.map(({ record, excerpt }) => (
            <RecordCard
              key={record.recordId}
              caseId={caseId}
              record={record}
              records={data}
              view={view}
              excerpt={
                excerpt ? (
                  <p className="record-found">
                    <Marked {...excerpt} />
                  </p>
                ) : undefined
              }
              onChanged={() => {
                setFound(undefined)
                void renew()
              }}
            />
          ))}
        </ul>
      )}
      {found ? null : <Pages from={from} more={data.more} go={setFrom} />}
    </div>
  )
}

interface NewRecordProps extends CaseSectionProps {
  records: CaseRecordsView
  onWritten: () => void
}

function NewRecord({ caseId, view, records, onWritten }: NewRecordProps) {
  const { t, language } = useRecordTexts()
  const calls = useRecordCalls()
  const notify = useNotices()
  const queries = useQueryClient()
  const { person } = useSession()
  const [kind, setKind] = useState<CaseRecordKind>()
  /** What was written last, where the keyboard is put for the next. */
  const [last, setLast] = useState<CaseRecordKind>()
  /** Kinds whose draft is gone since the picture of the records was made. */
  const [spent, setSpent] = useState<readonly CaseRecordKind[]>([])
  const command = useRef(newCommandId())
  const [start, setStart] = useState<{ form: RecordForm; narrow: boolean; isBack: boolean }>()

  function begin(next: CaseRecordKind) {
    const mine = records.records.find(
      ({ content, first }) => content.kind === 'process_note' && first.by.userId === person.userId,
    )?.content
    const fresh = newForm(next, {
      now: Date.now(),
      last: queries.getQueryData(LAST_NOTE_KEY) ?? (mine?.kind === 'process_note' ? mine : undefined),
      plan: records.plan,
      instrument: records.instruments[0],
      ownAgency: records.own?.agencyId,
      me: person.userId,
      route: view.route,
    })
    const draft = spent.includes(next) ? undefined : readDraft(records.drafts[next], fresh)
    setKind(next)
    setLast(next)
    setStart(draft ? { ...draft, isBack: true } : { form: fresh, narrow: false, isBack: false })
    command.current = newCommandId()
  }

  async function save(form: RecordForm, narrow: boolean) {
    const content = toContent(form)
    await calls.write(caseId, { command: command.current, narrow, content })
    if (content.kind === 'process_note') {
      const { method, purpose } = content
      queries.setQueryData(LAST_NOTE_KEY, { method, purpose })
    }
    notify(t('form.saved'))
    setSpent(now => [...now, content.kind])
    setKind(undefined)
    onWritten()
  }

  async function discard() {
    const given = kind
    setKind(undefined)
    if (given === undefined) return
    setSpent(now => [...now, given])
    await calls.keepDraft(caseId, { kind: given, draft: '' }).catch(() => undefined)
  }

  if (kind === undefined || start === undefined) {
    return (
      <div className="records-new">
        <span className="field-label">{t('write')}</span>
        <div className="row">
          {codesOf(CASE_RECORD_KINDS).map((one, at) => (
            <Button
              key={one}
              look={at === 0 ? 'primary' : 'secondary'}
              autoFocus={one === last}
              onPress={() => begin(one)}
            >
              {CASE_RECORD_KINDS[one][language]}
            </Button>
          ))}
        </div>
      </div>
    )
  }
  return (
    <RecordWriter
      key={`${kind} ${spent.length}`}
      caseId={caseId}
      view={view}
      records={records}
      start={start.form}
      startNarrow={start.narrow}
      above={
        start.isBack ? (
          <Notice
            announce="status"
            actions={
              <Button look="text" size="small" onPress={() => void discard()}>
                {t('form.discard')}
              </Button>
            }
          >
            {t('form.draftBack')}
          </Notice>
        ) : null
      }
      save={save}
      onCancel={isDiscarded => (isDiscarded ? void discard() : setKind(undefined))}
    />
  )
}

interface RecordSearchProps {
  caseId: CaseSectionProps['caseId']
  kind: CaseRecordKind | undefined
  found: FoundRecordsView | undefined
  onFound: (found: FoundRecordsView | undefined) => void
}

function RecordSearch({ caseId, kind, found, onFound }: RecordSearchProps) {
  const { t } = useRecordTexts()
  const calls = useRecordCalls()
  const [query, setQuery] = useState('')
  const { error, isPending, run, forget } = useCommand()

  async function submit(event: FormEvent) {
    event.preventDefault()
    forget()
    if (query.trim() === '') return onFound(undefined)
    await run(async () => onFound(await calls.search(caseId, { query: query.trim(), ...(kind && { kind }) })))
  }
  return (
    <search>
      <form className="stack-tight" onSubmit={event => void submit(event)}>
        <div className="records-search">
          <TextField
            label={t('search')}
            description={t('searchHelp')}
            type="search"
            width="medium"
            maxLength={MAX_QUERY_LENGTH}
            value={query}
            onChange={setQuery}
          />
          <Button type="submit" look="secondary" isPending={isPending}>
            {t('search')}
          </Button>
          {found ? (
            <Button
              look="text"
              onPress={() => {
                setQuery('')
                onFound(undefined)
              }}
            >
              {t('clearSearch')}
            </Button>
          ) : null}
        </div>
        {error ? <ErrorNotice error={error} /> : null}
        {found && found.count > 0 ? (
          <p role="status">{t('found', { words: found.words.join(' '), n: found.count })}</p>
        ) : null}
      </form>
    </search>
  )
}

function Pages({ from, more, go }: { from: number; more: number | null; go: (from: number) => void }) {
  const { t } = useRecordTexts()
  if (from === 0 && more === null) return null
  return (
    <div className="row">
      {from === 0 ? null : (
        <Button look="tertiary" onPress={() => go(0)}>
          {t('newer')}
        </Button>
      )}
      {more === null ? null : (
        <Button look="tertiary" onPress={() => go(more)}>
          {t('older')}
        </Button>
      )}
    </div>
  )
}
