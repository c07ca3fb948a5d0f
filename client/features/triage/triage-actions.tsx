/** What can be decided about the chosen households, for all of them at once. */
import { type ReactNode, useState } from 'react'
import { codesOf } from '../../../shared/codes.ts'
import type { AgencyId, CaseId, UserId } from '../../../shared/ids.ts'
import {
  EXCLUSION_REASONS,
  type ExclusionReason,
  type FindingView,
  type TriageBody,
} from '../../../shared/protocol/triage.ts'
import { useApi } from '../../lib/services.tsx'
import { useCommand } from '../../lib/use-command.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Choice, TextField } from '../../ui/fields.tsx'
import { useNotices } from '../../ui/notice.tsx'
import { type Option, Select } from '../../ui/pickers.tsx'
import { ErrorNotice } from '../../ui/states.tsx'
import { BecomeCases } from './become-cases.tsx'
import { TableCases } from './table-cases.tsx'
import { triageApi } from './triage-api.ts'
import type { Decision } from './triage-table.tsx'
import { useTriageTexts } from './use-triage-texts.ts'

type Open =
  | { what: 'excluding' | 'becoming'; findings: readonly FindingView[] }
  | { what: 'tabling'; cases: readonly CaseId[] }

export function TriageActions({
  agencyId,
  chosen,
  staff,
  onDone,
  children,
}: {
  agencyId: AgencyId
  chosen: readonly FindingView[]
  staff: readonly Option<UserId>[]
  onDone: () => void
  children: (decide: (decision: Decision, findings: readonly FindingView[]) => void) => ReactNode
}) {
  const { t } = useTriageTexts()
  const calls = triageApi(useApi())
  const notify = useNotices()
  const [open, setOpen] = useState<Open>()
  const { error, isPending, run } = useCommand()

  async function send(findings: readonly FindingView[], more: Omit<TriageBody, 'findings'>) {
    await run(async () => {
      const asked = findings.map(({ findingId, _v }) => ({ findingId, _v }))
      const { outcomes } = await calls.triage(agencyId, { findings: asked, ...more })
      const count = (result: (typeof outcomes)[number]['result']) =>
        outcomes.filter(one => one.result === result).length
      if (count('done') > 0) notify(t('done', { count: count('done') }))
      if (count('conflict') > 0) notify(t('changed', { count: count('conflict') }), 'warning')
      if (count('is-case') > 0) notify(t('isCase', { count: count('is-case') }), 'warning')
      setOpen(undefined)
      onDone()
    })
  }

  function decide(decision: Decision, findings: readonly FindingView[]) {
    if (findings.length === 0 || isPending) return
    if (decision === 'case') setOpen({ what: 'becoming', findings: findings.filter(one => one.caseId === null) })
    else if (decision === 'excluded') setOpen({ what: 'excluding', findings })
    else void send(findings, { state: decision })
  }

  const cases = chosen.flatMap(({ caseId }) => caseId ?? [])
  const isNone = chosen.length === 0
  return (
    <>
      <div className="triage-actions" role="toolbar" aria-label={t('column.state')}>
        <span role="status" className="triage-chosen">
          {isNone ? t('choose') : t('chosen', { n: chosen.length })}
        </span>
        <Button look="primary" size="small" isDisabled={isNone} onPress={() => decide('case', chosen)}>
          {t('act.case')}
        </Button>
        {(['linked', 'unreachable', 'excluded', 'waiting'] as const).map(decision => (
          <Button key={decision} size="small" isDisabled={isNone} onPress={() => decide(decision, chosen)}>
            {t(`act.${decision}`)}
          </Button>
        ))}
        <Button size="small" isDisabled={cases.length === 0} onPress={() => setOpen({ what: 'tabling', cases })}>
          {t('act.table')}
        </Button>
        <Select
          label={t('act.assign')}
          labelHidden
          width="short"
          isDisabled={isNone}
          placeholder={t('act.assign')}
          value={null}
          onChange={next => void send(chosen, { assignee: next === 'none' ? null : next })}
          options={[...staff, { id: 'none' as UserId | 'none', label: t('nobody') }]}
        />
      </div>
      {error ? <ErrorNotice error={error} /> : null}
      {children(decide)}
      {open?.what === 'excluding' ? (
        <Excluding
          count={open.findings.length}
          isPending={isPending}
          onClose={() => setOpen(undefined)}
          onExclude={(reason, words) => void send(open.findings, { state: 'excluded', reason, words })}
        />
      ) : null}
      {open?.what === 'becoming' && open.findings.length > 0 ? (
        <BecomeCases
          agencyId={agencyId}
          findings={open.findings}
          onClose={() => {
            setOpen(undefined)
            onDone()
          }}
          onTable={made => {
            setOpen({ what: 'tabling', cases: made })
            onDone()
          }}
        />
      ) : null}
      {open?.what === 'tabling' ? <TableCases cases={open.cases} onClose={() => setOpen(undefined)} /> : null}
    </>
  )
}

function Excluding({
  count,
  isPending,
  onClose,
  onExclude,
}: {
  count: number
  isPending: boolean
  onClose: () => void
  onExclude: (reason: ExclusionReason, words: string) => void
}) {
  const { t, language } = useTriageTexts()
  const [reason, setReason] = useState<ExclusionReason | null>(null)
  const [words, setWords] = useState('')
  const isReady = reason !== null && (reason !== 'other' || words.trim() !== '')
  return (
    <Dialog
      title={t('reasonTitle', { n: count })}
      isOpen
      onClose={onClose}
      footer={
        <Button
          look="primary"
          isDisabled={!isReady}
          isPending={isPending}
          onPress={() => {
            if (reason !== null) onExclude(reason, words.trim())
          }}
        >
          {t('exclude')}
        </Button>
      }
    >
      <Choice
        label={t('reason')}
        value={reason}
        onChange={setReason}
        options={codesOf(EXCLUSION_REASONS).map(code => ({ id: code, label: EXCLUSION_REASONS[code][language] }))}
      />
      {reason === 'other' ? (
        <TextField label={t('words')} value={words} onChange={setWords} maxLength={300} isRequired />
      ) : null}
    </Dialog>
  )
}
