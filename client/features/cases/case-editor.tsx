import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { CASE_STAGES, codesOf, DISCOVERY_ROUTES, type DiscoveryRoute } from '../../../shared/codes.ts'
import type { CaseView } from '../../../shared/protocol/http-api.ts'
import { ApiError } from '../../lib/api.ts'
import { seoulDay } from '../../lib/format.ts'
import { useLineFault } from '../../lib/line-fault.ts'
import { useApi } from '../../lib/services.tsx'
import { useSession } from '../../lib/session.tsx'
import { useCommand } from '../../lib/use-command.ts'
import { useDraft } from '../../lib/use-draft.ts'
import { useLeaveWarning } from '../../lib/use-leave-warning.ts'
import { Button } from '../../ui/button.tsx'
import { DatePicker } from '../../ui/date-fields.tsx'
import { TextField } from '../../ui/fields.tsx'
import { Notice, useNotices } from '../../ui/notice.tsx'
import { PageHeader, Section } from '../../ui/page.tsx'
import { Select } from '../../ui/pickers.tsx'
import { ErrorNotice } from '../../ui/states.tsx'
import { useCodeSets } from '../code-sets/use-code-sets.ts'
import { CaseAgencies } from './case-agencies.tsx'
import {
  CASE_LABEL_MAX,
  CASE_NUMBER_MAX,
  type CaseForm,
  caseFaults,
  hasFault,
  isTakenOver,
  toCaseBody,
  toNewCaseBody,
} from './case-form.ts'
import { useCaseTexts } from './use-case-texts.ts'

/** A list has no empty choice; this is the one for what nobody said. */
const NOT_SAID = 'not-said'

interface CaseEditorProps {
  base: CaseForm
  /** The record that is changed; none for a new case. */
  view?: CaseView
  /** Of a page of its own; left out where the case's head stands above it. */
  title?: string
  reload?: () => Promise<void>
}

export function CaseEditor({ base, view, title, reload }: CaseEditorProps) {
  const { t } = useCaseTexts()
  const codes = useCodeSets()
  const common = useTranslation().t
  const api = useApi()
  const { actor } = useSession()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const notify = useNotices()
  const lineFault = useLineFault()
  const draft = useDraft(base)
  const form = draft.value
  const [tried, setTried] = useState(false)
  const { error, isPending, run, forget } = useCommand()
  useLeaveWarning(draft.isChanged)

  const numberFault = lineFault(t('form.number'), form.number, CASE_NUMBER_MAX)
  const labelFault = lineFault(t('form.label'), form.label, CASE_LABEL_MAX)
  const faults = caseFaults(form, seoulDay(Date.now()), view === undefined)
  const isConflict = error instanceof ApiError && error.reason === 'conflict'

  async function submit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    forget()
    if (numberFault || labelFault || hasFault(faults)) return
    await run(async () => {
      const saved = view
        ? await api.changeCase(view.caseId, { _v: view._v, ...toCaseBody(form) })
        : await api.createCase(toNewCaseBody(form))
      if (view) queries.setQueryData(['case', view.caseId], saved)
      draft.clear()
      notify(t(view ? 'form.saved' : 'form.created'))
      await queries.invalidateQueries({ queryKey: ['cases'] })
      // What is written next stands on the new case's own page; who is no worker of it has no such page.
      if (!form.workers.some(worker => worker.userId === actor.userId)) await navigate('/cases')
      else if (!view) await navigate(`/cases/${saved.caseId}`, { replace: true })
    })
  }

  async function loadAgain() {
    await reload?.()
    forget()
    notify(t('form.conflictReloaded'), 'info')
  }

  return (
    <form className="stack" noValidate onSubmit={event => void submit(event)}>
      {title === undefined ? null : <PageHeader title={title} back={<Link to="/cases">← {t('form.back')}</Link>} />}
      {isConflict ? (
        <Notice
          tone="warning"
          announce="alert"
          title={t('form.conflictTitle')}
          actions={<Button onPress={() => void loadAgain()}>{t('form.conflictReload')}</Button>}
        >
          {t('form.conflictBody')}
        </Notice>
      ) : error ? (
        <ErrorNotice error={error} />
      ) : null}
      <div className="case-head-fields">
        <TextField
          label={t('form.number')}
          value={form.number}
          onChange={value => draft.change('number', value)}
          placeholder={t('form.numberExample')}
          isRequired
          validationBehavior="aria"
          errorMessage={tried ? numberFault : undefined}
        />
        <TextField
          label={t('form.label')}
          value={form.label}
          onChange={value => draft.change('label', value)}
          placeholder={t('form.labelExample')}
          isRequired
          validationBehavior="aria"
          errorMessage={tried ? labelFault : undefined}
        />
        {view === undefined ? (
          <Select
            label={t('form.stage')}
            value={form.stage}
            onChange={stage => draft.change('stage', stage)}
            options={codesOf(CASE_STAGES).map(id => ({ id, label: codes.label('case_stage', id) }))}
          />
        ) : null}
      </div>
      <p className="quiet small">{t('form.labelHelp')}</p>
      {view === undefined && isTakenOver(form.stage) ? (
        <TextField
          label={t('form.takenOver')}
          description={t('form.takenOverHelp')}
          value={form.reason}
          onChange={value => draft.change('reason', value)}
          maxLength={500}
          isRequired
          validationBehavior="aria"
          errorMessage={tried && faults.noReason ? t('form.takenOverNeeded') : undefined}
        />
      ) : null}
      <div className="case-found">
        <Select<DiscoveryRoute | typeof NOT_SAID>
          label={t('form.route')}
          value={form.route === '' ? NOT_SAID : form.route}
          onChange={route => draft.change('route', route === NOT_SAID ? '' : route)}
          options={[
            { id: NOT_SAID, label: t('form.routeNotSaid') },
            ...codesOf(DISCOVERY_ROUTES).map(id => ({ id, label: codes.label('discovery_route', id) })),
          ]}
        />
        <DatePicker
          label={t('form.foundOn')}
          value={form.foundOn}
          onChange={foundOn => draft.change('foundOn', foundOn)}
          errorMessage={tried && faults.foundLater ? t('form.foundLater') : undefined}
        />
      </div>
      <Section title={t('form.agencies')} lead={t('form.agenciesLead')}>
        <CaseAgencies
          form={form}
          known={view?.agencies ?? []}
          workers={view?.workers ?? []}
          isLeadFixed={view !== undefined}
          onChange={({ agencies, workers }) => {
            draft.change('agencies', agencies)
            draft.change('workers', workers)
          }}
        />
        {tried && faults.leads !== undefined ? (
          <p className="field-error" role="alert">
            {t('form.oneLead', { n: faults.leads })}
          </p>
        ) : null}
        {tried && faults.noWorker ? (
          <p className="field-error" role="alert">
            {t('form.someWorker')}
          </p>
        ) : tried && faults.noLeadWorker ? (
          <p className="field-error" role="alert">
            {t('form.leadWorker')}
          </p>
        ) : null}
        {form.workers.length > 0 && !form.workers.some(worker => worker.userId === actor.userId) ? (
          <Notice tone="warning">{t('form.notWorker')}</Notice>
        ) : null}
      </Section>
      <div className="row">
        <Button
          type="submit"
          look="primary"
          size="large"
          isPending={isPending}
          isDisabled={view !== undefined && !draft.isChanged}
        >
          {t('form.save')}
        </Button>
        <Button look="tertiary" size="large" onPress={() => void navigate('/cases')}>
          {common('cancel')}
        </Button>
      </div>
    </form>
  )
}
