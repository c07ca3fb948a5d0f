/** Makes cases of found households, one after another. Broken off it goes on where it was: each becomes one case. */
import { useState } from 'react'
import { ProgressBar } from 'react-aria-components'
import { OPENING_STAGES } from '../../../shared/cases/stage-moves.ts'
import { hasResidentNumber, RESIDENT_NUMBER_NOTICE } from '../../../shared/identifiers/resident-number.ts'
import type { AgencyId, CaseId, FindingId } from '../../../shared/ids.ts'
import type { FindingView } from '../../../shared/protocol/triage.ts'
import { useApi } from '../../lib/services.tsx'
import { useCommand } from '../../lib/use-command.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Choice, TextField } from '../../ui/fields.tsx'
import { Notice } from '../../ui/notice.tsx'
import { ErrorNotice } from '../../ui/states.tsx'
import { useCodeSets } from '../code-sets/use-code-sets.ts'
import { labelOf, numberAfter } from './case-names.ts'
import { triageApi } from './triage-api.ts'
import { useTriageTexts } from './use-triage-texts.ts'

export function BecomeCases({
  agencyId,
  findings,
  onClose,
  onTable,
}: {
  agencyId: AgencyId
  findings: readonly FindingView[]
  onClose: () => void
  onTable: (cases: readonly CaseId[]) => void
}) {
  const { t, language } = useTriageTexts()
  const codes = useCodeSets()
  const calls = triageApi(useApi())
  const [number, setNumber] = useState('')
  const [stage, setStage] = useState<(typeof OPENING_STAGES)[number]>('registered')
  const [labels, setLabels] = useState<ReadonlyMap<FindingId, string>>(
    new Map(findings.map(({ findingId, name }) => [findingId, labelOf(name)])),
  )
  const [made, setMade] = useState<readonly CaseId[]>([])
  const { error, isPending, run } = useCommand()
  const isDone = made.length === findings.length
  const isReady = number.trim() !== '' && [...labels.values()].every(label => label.trim() !== '')
  const hasNumber = [number, ...labels.values()].some(hasResidentNumber)

  async function go() {
    const cases = [...made]
    await run(async () => {
      for (const [at, finding] of findings.entries()) {
        if (at < cases.length) continue
        const { caseId } = await calls.becomeCase(agencyId, finding.findingId, {
          _v: finding._v,
          number: numberAfter(number.trim(), at),
          stage,
          label: labels.get(finding.findingId)?.trim() ?? '',
        })
        cases.push(caseId)
        setMade([...cases])
      }
    })
  }

  return (
    <Dialog
      title={t('become.title', { n: findings.length })}
      isOpen
      size="medium"
      onClose={onClose}
      footer={
        isDone ? (
          <>
            <Button look="tertiary" onPress={onClose}>
              {t('become.close')}
            </Button>
            <Button look="primary" onPress={() => onTable(made)}>
              {t('become.table')}
            </Button>
          </>
        ) : (
          <Button look="primary" isDisabled={!isReady || hasNumber} isPending={isPending} onPress={() => void go()}>
            {t('become.go')}
          </Button>
        )
      }
    >
      <p>{t('become.lead')}</p>
      {error ? <ErrorNotice error={error} /> : null}
      {error && made.length > 0 ? <Notice tone="warning">{t('become.stopped', { n: made.length })}</Notice> : null}
      {hasNumber ? (
        <Notice tone="danger" announce="alert">
          {RESIDENT_NUMBER_NOTICE[language]}
        </Notice>
      ) : null}
      {isDone ? (
        <Notice tone="success" announce="status">
          {t('become.done', { n: made.length })}
        </Notice>
      ) : (
        <>
          <TextField
            label={t('become.first')}
            description={t('become.firstHelp')}
            value={number}
            onChange={setNumber}
            maxLength={24}
            width="short"
            isRequired
            isDisabled={made.length > 0}
          />
          <Choice
            label={t('become.stage')}
            value={stage}
            onChange={setStage}
            options={OPENING_STAGES.map(id => ({ id, label: codes.label('case_stage', id) }))}
          />
          <fieldset className="triage-labels">
            <legend>{t('become.labels')}</legend>
            {findings.map((finding, at) => (
              <div key={finding.findingId} className="triage-label">
                <span>
                  {finding.name}
                  <span className="quiet small number">
                    {' '}
                    {number.trim() === '' ? '' : numberAfter(number.trim(), at)}
                  </span>
                </span>
                <TextField
                  label={t('become.label', { name: finding.name })}
                  labelHidden
                  value={labels.get(finding.findingId) ?? ''}
                  onChange={label => setLabels(new Map([...labels, [finding.findingId, label]]))}
                  maxLength={70}
                  isDisabled={at < made.length}
                />
              </div>
            ))}
          </fieldset>
        </>
      )}
      {isPending || (made.length > 0 && !isDone) ? (
        <ProgressBar
          value={(made.length / findings.length) * 100}
          aria-label={t('become.progress', { done: made.length, all: findings.length })}
        >
          <span role="status">{t('become.progress', { done: made.length, all: findings.length })}</span>
        </ProgressBar>
      ) : null}
    </Dialog>
  )
}
