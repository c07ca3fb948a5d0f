/**
 * One agency's paper on one household before the meeting. The part that others will read and the part that never leaves the agency stand apart, on
 * paper of their own colours. Saved by a press; of two who write at once nobody's words are lost.
 */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'
import { findResidentNumbers } from '../../../shared/identifiers/resident-number.ts'
import type { ConferenceId, ItemId } from '../../../shared/ids.ts'
import {
  RESEARCH_PARTS,
  RESEARCH_TEXT_MAX,
  type ResearchPart,
  type ResearchSheetView,
  SHARED_PARTS,
  type ResearchSheet as Sheet,
} from '../../../shared/protocol/research.ts'
import { ApiError } from '../../lib/api.ts'
import { formatDateTime } from '../../lib/format.ts'
import { useApi } from '../../lib/services.tsx'
import { useDraft } from '../../lib/use-draft.ts'
import { useLeaveWarning } from '../../lib/use-leave-warning.ts'
import { Button } from '../../ui/button.tsx'
import { DatePicker } from '../../ui/date-fields.tsx'
import { ConfirmDialog } from '../../ui/dialog.tsx'
import { Choice, TextField } from '../../ui/fields.tsx'
import { LockIcon } from '../../ui/icons.tsx'
import { Notice, useNotices } from '../../ui/notice.tsx'
import { PageHeader } from '../../ui/page.tsx'
import { ErrorNotice, ErrorState, Loading } from '../../ui/states.tsx'
import { researchApi } from './research-api.ts'
import { useResearchTexts } from './use-research-texts.ts'

interface At {
  conferenceId: ConferenceId
  itemId: ItemId
}

export function ResearchSheet({ conferenceId, itemId }: At) {
  const api = useApi()
  const { data, error, refetch } = useQuery({
    queryKey: ['research', conferenceId, itemId, 'own'],
    queryFn: () => researchApi(api).open(conferenceId, itemId),
    // What I am typing over is loaded again when I ask for it.
    refetchOnWindowFocus: false,
  })
  if (data === undefined) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Loading />
  return <Paper at={{ conferenceId, itemId }} view={data} reload={async () => (await refetch()).data} />
}

interface PaperProps {
  at: At
  view: ResearchSheetView
  reload: () => Promise<ResearchSheetView | undefined>
}

function Paper({ at, view, reload }: PaperProps) {
  const { t, language } = useResearchTexts()
  const paper = usePaper(at, view)
  const { draft } = paper
  const { sheet, shared } = { sheet: draft.value, shared: view.shared }
  const part = (name: ResearchPart) => (
    <div key={name} className="stack-tight">
      <TextField
        label={t(`parts.${name}`)}
        description={t(`help.${name}`)}
        rows={name === 'facts' || name === 'opinion' ? 5 : 3}
        value={sheet[name]}
        onChange={value => draft.change(name, value)}
        isReadOnly={!view.mayWrite}
        errorMessage={
          sheet[name].length > RESEARCH_TEXT_MAX
            ? t('tooLong', { max: RESEARCH_TEXT_MAX, n: sheet[name].length })
            : undefined
        }
      />
      <Theirs name={name} paper={paper} />
    </div>
  )
  return (
    <div className="stack">
      <PageHeader
        title={t('sheetOf', { agency: view.agencyName })}
        lead={`${view.case.label} (${view.case.number})`}
        back={<Link to={`/conferences/${at.conferenceId}/research`}>← {t('toList')}</Link>}
      />
      {view.mayWrite ? null : <Notice>{t('readOnly')}</Notice>}
      <p role="status">
        {shared ? (
          <>
            <strong>{t('sharedAt', { at: formatDateTime(shared.at, language), name: shared.by.name })}</strong>{' '}
            {view.changedSince || draft.isChanged ? t('changedSince') : ''}
          </>
        ) : (
          <strong>{t('notShared')}</strong>
        )}
      </p>
      <section className="research-shared card stack" aria-labelledby="research-shared">
        <h2 className="section-title" id="research-shared">
          {t('sharedPart')}
        </h2>
        <div className="research-known">
          <Choice<'known' | 'unknown'>
            label={t('known')}
            value={sheet.known === '' ? null : sheet.known}
            onChange={known => draft.change('known', known)}
            isDisabled={!view.mayWrite}
            options={(['known', 'unknown'] as const).map(id => ({ id, label: t(`knownChoice.${id}`) }))}
          />
          {sheet.known === 'known' ? (
            <DatePicker
              label={t('lastContact')}
              value={sheet.lastContact}
              onChange={lastContact => draft.change('lastContact', lastContact)}
              isDisabled={!view.mayWrite}
            />
          ) : null}
        </div>
        {SHARED_PARTS.map(part)}
      </section>
      <section className="research-own card stack" aria-labelledby="research-own">
        <h2 className="section-title" id="research-own">
          <LockIcon size={20} /> {t('ownPart')}
        </h2>
        {part('withheld')}
      </section>
      {view.mayWrite ? <Foot paper={paper} view={view} reload={reload} /> : null}
    </div>
  )
}

/** What somebody else of my agency saved in a field that I am changing: both stand there, and I choose. */
function Theirs({ name, paper }: { name: ResearchPart; paper: ReturnType<typeof usePaper> }) {
  const { t } = useResearchTexts()
  const text = paper.theirs[name]
  if (text === undefined) return null
  return (
    <div className="research-theirs">
      <p className="quiet">{t('theirs')}</p>
      <p className="research-words">{text === '' ? t('theirsEmpty') : text}</p>
      <div className="row">
        <Button size="small" onPress={() => paper.choose(name, text)}>
          {t('takeTheirs')}
        </Button>
        <Button size="small" look="tertiary" onPress={() => paper.choose(name)}>
          {t('keepMine')}
        </Button>
      </div>
    </div>
  )
}

function Foot({
  paper,
  view,
  reload,
}: {
  paper: ReturnType<typeof usePaper>
  view: ResearchSheetView
  reload: () => Promise<ResearchSheetView | undefined>
}) {
  const { t, language } = useResearchTexts()
  const [asks, setAsks] = useState<'share' | 'takeBack'>()
  const { draft, error, isPending, run } = paper
  const isConflict = error instanceof ApiError && error.reason === 'conflict'
  const load = async () => paper.takeIn(await reload())
  return (
    <>
      {isConflict ? (
        <Notice
          tone="warning"
          announce="alert"
          title={t('conflictTitle')}
          actions={<Button onPress={() => void load()}>{t('conflictReload')}</Button>}
        >
          {t('conflictBody')}
        </Notice>
      ) : error ? (
        <ErrorNotice error={error} />
      ) : null}
      <div className="row research-foot">
        <Button
          look="primary"
          size="large"
          isPending={isPending === 'write'}
          isDisabled={!draft.isChanged}
          onPress={() => void run('write')}
        >
          {t('save')}
        </Button>
        <Button
          look="secondary"
          size="large"
          isPending={isPending === 'share'}
          isDisabled={view.shared !== null && !view.changedSince && !draft.isChanged}
          onPress={() => setAsks('share')}
        >
          {t(view.shared ? 'shareAgain' : 'share')}
        </Button>
        {view.mayTakeBack ? (
          <Button look="tertiary" size="large" onPress={() => setAsks('takeBack')}>
            {t('takeBack')}
          </Button>
        ) : null}
        <span className="quiet" role="status">
          {draft.isChanged
            ? t('unsaved')
            : view.savedAt && view.savedBy
              ? t('savedAt', { at: formatDateTime(view.savedAt, language), name: view.savedBy.name })
              : ''}
        </span>
      </div>
      <ConfirmDialog
        title={t(asks === 'takeBack' ? 'takeBackTitle' : 'shareTitle')}
        isOpen={asks !== undefined}
        action={t(asks === 'takeBack' ? 'takeBack' : 'share')}
        isPending={isPending === asks && asks !== undefined}
        onCancel={() => setAsks(undefined)}
        onConfirm={() => {
          if (asks) void run(asks).then(() => setAsks(undefined))
        }}
      >
        {t(asks === 'takeBack' ? 'takeBackBody' : 'shareBody')}
      </ConfirmDialog>
    </>
  )
}

type Doing = 'write' | 'share' | 'takeBack'
const DONE = { write: 'done', share: 'shareDone', takeBack: 'takeBackDone' } as const

/** What I changed over what stands there, and sending it. Sharing saves first: what is shared is what is on the screen. */
function usePaper({ conferenceId, itemId }: At, view: ResearchSheetView) {
  const { t } = useResearchTexts()
  const api = researchApi(useApi())
  const queries = useQueryClient()
  const notify = useNotices()
  const draft = useDraft<Sheet>(view.sheet)
  const [error, setError] = useState<unknown>()
  const [isPending, setPending] = useState<Doing>()
  const [theirs, setTheirs] = useState<Partial<Record<ResearchPart, string>>>({})
  useLeaveWarning(draft.isChanged)

  async function run(what: Doing): Promise<void> {
    setError(undefined)
    setPending(what)
    const keep = (saved: ResearchSheetView) => {
      queries.setQueryData(['research', conferenceId, itemId, 'own'], saved)
      return saved
    }
    try {
      let latest = view
      if (what !== 'takeBack' && (draft.isChanged || latest._v === 0)) {
        const holds = Object.values(draft.value).some(text => findResidentNumbers(text).length > 0)
        latest = keep(await api.write(conferenceId, itemId, { _v: view._v, sheet: draft.value }))
        draft.clear()
        if (holds) notify(t('masked'), 'info')
      }
      if (what === 'share') latest = keep(await api.share(conferenceId, itemId, { _v: latest._v }))
      if (what === 'takeBack') latest = keep(await api.takeBack(conferenceId, itemId, { _v: latest._v }))
      await queries.invalidateQueries({ queryKey: ['research', conferenceId], exact: true })
      notify(t(DONE[what]))
    } catch (failure) {
      setError(failure)
    } finally {
      setPending(undefined)
    }
  }

  /** After a conflict: their words beside mine where we changed the same part. */
  function takeIn(now: ResearchSheetView | undefined): void {
    if (now === undefined) return
    const both = RESEARCH_PARTS.filter(
      part =>
        draft.edits[part] !== undefined &&
        now.sheet[part] !== view.sheet[part] &&
        now.sheet[part] !== draft.edits[part],
    )
    setTheirs(Object.fromEntries(both.map(part => [part, now.sheet[part]])))
    setError(undefined)
  }

  function choose(part: ResearchPart, text?: string): void {
    if (text !== undefined) draft.change(part, text)
    setTheirs(({ [part]: _, ...others }) => others)
  }
  return { draft, error, isPending, theirs, run, takeIn, choose }
}
