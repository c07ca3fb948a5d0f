/**
 * What can be taken out of the minutes: which paper, what for (proposed), and a press for each format. The press makes it, shows how far it is,
 * and saves it; a paper to print opens on a page of its own.
 */
import { useEffect, useRef, useState } from 'react'
import { ProgressBar } from 'react-aria-components'
import { useNavigate } from 'react-router'
import { codesOf } from '../../../shared/codes.ts'
import {
  EXPORT_FORMS,
  type ExportForm,
  type ExportFormat,
  FORMATS_OF,
  FORMS_OF_ITEM,
  FORMS_REDACTED,
} from '../../../shared/exports/export-forms.ts'
import type { ItemId } from '../../../shared/ids.ts'
import type { ExportView } from '../../../shared/protocol/exports.ts'
import type { MinutesView } from '../../../shared/protocol/minutes.ts'
import { PURPOSE_MAX, PURPOSE_MIN } from '../../../shared/protocol/papers.ts'
import { ApiError } from '../../lib/api.ts'
import { useApi } from '../../lib/services.tsx'
import { Button } from '../../ui/button.tsx'
import { Checkbox, Choice, TextField } from '../../ui/fields.tsx'
import { Notice, useNotices } from '../../ui/notice.tsx'
import { ErrorNotice } from '../../ui/states.tsx'
import { runExport } from './export-run.ts'
import { exportsApi } from './exports-api.ts'
import { ReleasedParts } from './released-parts.tsx'
import { saveFile } from './save-file.ts'
import { useExportTexts } from './use-export-texts.ts'
import './exports.css'

type Problem = 'too-long' | 'internal' | 'too-many'

export function ExportPanel({ view }: { view: MinutesView }) {
  const { t, language } = useExportTexts()
  const api = useApi()
  const notify = useNotices()
  const navigate = useNavigate()
  const [form, setForm] = useState<ExportForm>('minutes')
  const items = itemsOf(view)
  const [chosen, setChosen] = useState<ItemId>()
  const [typed, setTyped] = useState<string>()
  const [redacted, setRedacted] = useState(false)
  const [released, setReleased] = useState<ReadonlySet<string>>(new Set())
  const [tried, setTried] = useState(false)
  const [running, setRunning] = useState<{ format: ExportFormat; view: ExportView | undefined }>()
  const [problem, setProblem] = useState<Problem>()
  const [error, setError] = useState<unknown>()
  const control = useRef<AbortController>(undefined)
  useEffect(() => () => control.current?.abort(), [])

  const purpose = (typed ?? t(`purposes.${form}`)).trim()
  const isTooShort = purpose.length < PURPOSE_MIN
  const isOfItem = FORMS_OF_ITEM.includes(form)
  const itemId = chosen ?? (items.find(item => item.isCase) ?? items[0])?.itemId
  const isFrozen = view.edition.version > 0
  // Who conducted the conference may do one or the other, whatever the minutes' state.
  const conducts = view.may.change || view.may.correct
  const isRedacted = redacted && isFrozen && FORMS_REDACTED.includes(form)
  const forms = codesOf(EXPORT_FORMS).filter(
    one => (!FORMS_OF_ITEM.includes(one) || items.length > 0) && (one !== 'bundle' || isFrozen),
  )

  async function make(format: ExportFormat) {
    setTried(true)
    if (isTooShort || running !== undefined) return
    const run = new AbortController()
    control.current = run
    setProblem(undefined)
    setError(undefined)
    setRunning({ format, view: undefined })
    const calls = exportsApi(api)
    const { conferenceId } = view
    try {
      const outcome = await runExport(calls, {
        conferenceId,
        body: {
          form,
          format,
          purpose,
          ...(isFrozen && { version: view.edition.version }),
          ...(isOfItem && itemId !== undefined && { itemId }),
          ...(isRedacted && { redacted: { released: releasedParts(released) } }),
        },
        signal: run.signal,
        onView: now => setRunning({ format, view: now }),
      })
      if (outcome.kind === 'failed') setProblem(outcome.problem)
      else if (outcome.kind === 'cancelled') notify(t('cancelled'))
      else if (format === 'print') await navigate(`/conferences/${conferenceId}/exports/${outcome.view.exportId}`)
      else {
        saveFile(await calls.file(conferenceId, outcome.view.exportId), outcome.view.fileName)
        notify(t('saved', { name: outcome.view.fileName }))
      }
    } catch (failure) {
      if (failure instanceof ApiError && failure.detail === 'exports-waiting') setProblem('too-many')
      else setError(failure)
    } finally {
      setRunning(undefined)
    }
  }

  return (
    <section className="section export-panel no-print" aria-labelledby="exports-title">
      <div>
        <h2 id="exports-title">{t('title')}</h2>
        <p className="quiet">{t('lead')}</p>
      </div>
      <div>
        <Choice
          label={t('form')}
          value={form}
          options={forms.map(id => ({ id, label: EXPORT_FORMS[id][language] }))}
          onChange={next => {
            setForm(next)
            setTyped(undefined)
            setTried(false)
          }}
        />
        <p className="quiet" role="status">
          {t(`about.${form}`)}
        </p>
      </div>
      {isOfItem && itemId !== undefined ? (
        <Choice
          label={t('item')}
          value={itemId}
          options={items.map(item => ({ id: item.itemId, label: t('itemName', { ...item }) }))}
          onChange={setChosen}
        />
      ) : null}
      <TextField
        label={t('purpose')}
        description={t('purposeHelp')}
        value={typed ?? t(`purposes.${form}`)}
        onChange={setTyped}
        maxLength={PURPOSE_MAX}
        errorMessage={tried && isTooShort ? t('purposeShort') : undefined}
      />
      {FORMS_REDACTED.includes(form) ? (
        <div>
          <Checkbox isSelected={isRedacted} isDisabled={!isFrozen} onChange={setRedacted}>
            {t('redact')}
          </Checkbox>
          <p className="quiet small">{t(isFrozen ? 'redactHelp' : 'redactDraft')}</p>
          {isRedacted && conducts ? <ReleasedParts items={items} released={released} onChange={setReleased} /> : null}
        </div>
      ) : null}
      {problem ? (
        <Notice tone="warning">{problem === 'too-many' ? t('tooMany') : t(`problem.${problem}`)}</Notice>
      ) : null}
      {error ? <ErrorNotice error={error} /> : null}
      <fieldset aria-label={t('how')} className="export-formats">
        {FORMATS_OF[form].map((format, at) => (
          <Button
            key={format}
            look={at === 0 ? 'primary' : 'secondary'}
            isPending={running?.format === format}
            isDisabled={running !== undefined && running.format !== format}
            onPress={() => void make(format)}
          >
            {t(`make.${format}`)}
          </Button>
        ))}
      </fieldset>
      <Progress view={running?.view} onCancel={() => control.current?.abort()} />
    </section>
  )
}

function Progress({ view, onCancel }: { view: ExportView | undefined; onCancel: () => void }) {
  const { t } = useExportTexts()
  if (view === undefined || (view.state !== 'waiting' && view.state !== 'making')) return <div role="status" />
  const percent = Math.floor(view.progress * 100)
  const words = view.state === 'waiting' ? t('waiting') : t('making', { percent })
  return (
    <div className="export-progress">
      <ProgressBar value={percent} aria-label={view.fileName}>
        <span className="export-bar" aria-hidden="true">
          <span className="export-done" style={{ inlineSize: `${percent}%` }} />
        </span>
      </ProgressBar>
      <span role="status">{words}</span>
      <Button look="text" size="small" onPress={onCancel}>
        {t('cancel')}
      </Button>
    </div>
  )
}

export interface ExportItem {
  itemId: ItemId
  number: number
  name: string
  isCase: boolean
}

/** Items that the reader may open, by the names that they see. */
function itemsOf({ edition }: MinutesView): ExportItem[] {
  return edition.items.flatMap(item => {
    if (item.restricted) return []
    const { subject } = item.parts
    return [
      {
        itemId: item.itemId,
        number: item.number,
        name: subject?.case?.label ?? subject?.label ?? '',
        isCase: subject?.case != null,
      },
    ]
  })
}

function releasedParts(released: ReadonlySet<string>) {
  return [...released].map(one => {
    const [leaf = '', part = ''] = one.split(' ')
    return { leaf: leaf as 'meeting', part }
  })
}
