import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { canPlanConference } from '../../../shared/access.ts'
import { must } from '../../../shared/assert.ts'
import { CONFERENCE_STATES, CONFERENCE_TYPES } from '../../../shared/codes.ts'
import type { ConferenceView } from '../../../shared/protocol/http-api.ts'
import { useLanguage } from '../../i18n/use-language.ts'
import { ApiError } from '../../lib/api.ts'
import { toSeoulTime } from '../../lib/format.ts'
import { useApi } from '../../lib/services.tsx'
import { useSession } from '../../lib/session.tsx'
import type { DirectoryAgency } from '../../lib/use-directory.ts'
import { useDraft } from '../../lib/use-draft.ts'
import { useLeaveWarning } from '../../lib/use-leave-warning.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { Chip } from '../../ui/chips.tsx'
import { Notice, useNotices } from '../../ui/notice.tsx'
import { PageHeader, Section } from '../../ui/page.tsx'
import { ErrorNotice } from '../../ui/states.tsx'
import { PlanGuests } from '../guests/plan-guests.tsx'
import { PlanSheets } from '../papers/plan-sheets.tsx'
import { PlanAgenda } from './plan-agenda.tsx'
import { PlanBasics } from './plan-basics.tsx'
import {
  isUsuallyInvited,
  newPlanForm,
  planFaults,
  startsAtOf,
  toChangeBody,
  toCreateBody,
  toPlanForm,
} from './plan-form.ts'
import { PlanPeople } from './plan-people.tsx'
import { PlanState } from './plan-state.tsx'

interface PlanEditorProps {
  /** None for a new one. */
  view: ConferenceView | undefined
  directory: readonly DirectoryAgency[]
  reload: () => Promise<void>
}

export function PlanEditor({ view, directory, reload }: PlanEditorProps) {
  const { t } = useTranslation('conferences')
  const language = useLanguage()
  const api = useApi()
  const { actor } = useSession()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const notify = useNotices()
  const [tried, setTried] = useState(false)
  const [error, setError] = useState<unknown>()
  const [isPending, setPending] = useState(false)

  const [startForm] = useState(() => {
    if (view) return undefined
    const host = must(
      actor.memberships.find(m => canPlanConference(actor, m.agencyId)),
      'an agency to plan for',
    ).agencyId
    const people = directory.find(agency => agency.agencyId === host)?.people ?? []
    return {
      ...newPlanForm(host, Date.now()),
      participants: people
        .filter(person => isUsuallyInvited(person.role) || person.userId === actor.userId)
        .map(person => ({
          userId: person.userId,
          agencyId: host,
          role: person.userId === actor.userId ? ('leader' as const) : ('attendee' as const),
        })),
    }
  })
  const base = useMemo(() => (view ? toPlanForm(view) : must(startForm, 'the new form')), [view, startForm])
  const draft = useDraft(base)
  const form = draft.value
  useLeaveWarning(draft.isChanged)

  const startsAt = startsAtOf(form)
  const proposed = t('plan.proposedTitle', {
    month: toSeoulTime(startsAt ?? Date.now()).month,
    type: CONFERENCE_TYPES[form.type][language],
  })
  const title = form.title ?? proposed
  const faults = planFaults(form, title, view !== undefined && view.state !== 'draft')
  const isConflict = error instanceof ApiError && error.reason === 'conflict'
  const inDirectory = useMemo(() => withKnown(directory, view), [directory, view])

  async function save(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    setError(undefined)
    if (Object.keys(faults).length > 0) {
      notify(t('plan.checkFields'), 'warning')
      return
    }
    setPending(true)
    try {
      const saved = view
        ? await api.changeConference(view.conferenceId, toChangeBody(form, draft.edits, title, view._v))
        : await api.createConference(toCreateBody(form, title))
      queries.setQueryData(['conference', saved.conferenceId], saved)
      draft.clear()
      setTried(false)
      notify(t(view ? 'plan.saved' : 'plan.created'))
      void queries.invalidateQueries({ queryKey: ['conferences'] })
      if (!view) await navigate(`/conferences/${saved.conferenceId}/plan`, { replace: true })
    } catch (failure) {
      setError(failure)
    } finally {
      setPending(false)
    }
  }

  async function loadAgain() {
    await reload()
    setError(undefined)
    notify(t('plan.conflictReloaded'), 'info')
  }

  return (
    <>
      <PageHeader
        title={view ? t('plan.titleChange') : t('plan.titleNew')}
        lead={
          view ? (
            <>
              <Chip tone={view.state === 'live' ? 'success' : 'neutral'}>
                {CONFERENCE_STATES[view.state][language]}
              </Chip>{' '}
              {view.title}
            </>
          ) : (
            t('plan.lead')
          )
        }
        back={<Link to="/">← {t('plan.backHome')}</Link>}
        actions={
          view && view.myRole !== null ? (
            <ButtonLink to={`/conferences/${view.conferenceId}`} look={view.state === 'live' ? 'primary' : 'tertiary'}>
              {t('plan.enterRoom')}
            </ButtonLink>
          ) : undefined
        }
      />
      <div className="plan-trouble">
        {isConflict ? (
          <Notice
            tone="warning"
            announce="alert"
            title={t('plan.conflictTitle')}
            actions={<Button onPress={() => void loadAgain()}>{t('plan.conflictReload')}</Button>}
          >
            {t('plan.conflictBody')}
          </Notice>
        ) : error ? (
          <ErrorNotice error={error} />
        ) : null}
      </div>
      <form className="plan-form" noValidate onSubmit={event => void save(event)}>
        <PlanBasics
          form={form}
          title={title}
          change={draft.change}
          faults={tried ? faults : {}}
          isNew={!view}
          agencies={inDirectory}
        />
        <Section title={t('plan.people')} lead={t('plan.peopleLead')}>
          <PlanPeople form={form} change={draft.change} faults={tried ? faults : {}} agencies={inDirectory} />
        </Section>
        <div className={view && !draft.isChanged ? 'plan-save' : 'plan-save plan-save-sticky'}>
          {view && draft.isChanged ? <span className="quiet">{t('plan.unsaved')}</span> : null}
          <Button
            type="submit"
            look="primary"
            size="large"
            isPending={isPending}
            isDisabled={view !== undefined && !draft.isChanged}
          >
            {view ? t('plan.save') : t('plan.create')}
          </Button>
        </div>
      </form>
      {view ? (
        <>
          <PlanGuests view={view} />
          <PlanAgenda view={view} onError={setError} />
          <PlanSheets conferenceId={view.conferenceId} />
          <PlanState view={view} hasUnsaved={draft.isChanged} onError={setError} />
        </>
      ) : (
        <Section title={t('plan.agenda')}>
          <p className="quiet">{t('plan.agendaAfterSave')}</p>
        </Section>
      )}
    </>
  )
}

/** The directory, and beside it whoever takes part without standing in it any more. */
function withKnown(
  directory: readonly DirectoryAgency[],
  view: ConferenceView | undefined,
): readonly DirectoryAgency[] {
  if (!view) return directory
  const listed = new Set(directory.map(agency => agency.agencyId))
  const missing = view.agencies.filter(agency => !listed.has(agency.agencyId))
  const strangers = missing.map<DirectoryAgency>(agency => ({
    ...agency,
    type: 'other',
    city: '',
    active: false,
    _v: 0,
    people: [],
  }))
  return [...directory, ...strangers].map(agency => {
    const known = new Set(agency.people.map(person => person.userId))
    const others = view.participants
      .filter(p => p.agencyId === agency.agencyId && !p.guest && !known.has(p.userId))
      .map(p => ({ userId: p.userId, name: p.name, role: 'case_worker' as const }))
    return others.length > 0 ? { ...agency, people: [...agency.people, ...others] } : agency
  })
}
