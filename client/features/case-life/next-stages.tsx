/** What a conference's decision proposes, one press; then every next stage with what it still needs. Nothing moves by itself. */
import { useState } from 'react'
import { Link } from 'react-router'
import { STAGE_NEEDS, type StageNeed } from '../../../shared/cases/life-codes.ts'
import { isCode } from '../../../shared/codes.ts'
import { PLAN_FAULTS } from '../../../shared/documents/case-parts/plan-faults.ts'
import type { CaseLifeView, LifeDecisionView, NextStageView } from '../../../shared/protocol/case-life.ts'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/fields.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Section } from '../../ui/page.tsx'
import { useCodeSets } from '../code-sets/use-code-sets.ts'
import type { LifeDesk } from './use-life.ts'
import { useLifeTexts } from './use-life-texts.ts'

/** What a refused move lacks, out of the detail of its refusal. */
export function missingIn(detail: string | undefined): StageNeed[] {
  const [head, ...codes] = (detail ?? '').split('.')
  return head === 'stage-needs' ? codes.filter(code => isCode(STAGE_NEEDS, code)) : []
}

interface NextStagesProps {
  desk: LifeDesk
  view: CaseLifeView
  /** What the last try lacked. */
  refused: readonly StageNeed[]
}

export function NextStages({ desk, view, refused }: NextStagesProps) {
  const { t } = useLifeTexts()
  const codes = useCodeSets()
  if (!view.leads) {
    return (
      <Section title={t('next.title')}>
        <p className="quiet">{t('onlyLead')}</p>
      </Section>
    )
  }
  const proposed = view.proposals.filter(({ to }) =>
    view.next.some(next => next.to === to && next.missing.length === 0),
  )
  return (
    <>
      {proposed.map(({ to, decision }) => (
        <Notice
          key={to}
          tone="success"
          title={t('proposals.title')}
          actions={
            <Button
              look="primary"
              isPending={desk.isPending}
              onPress={() =>
                void desk.tell(
                  { do: 'move', to, decisionId: decision.decisionId },
                  t('moved', { stage: codes.label('case_stage', to) }),
                )
              }
            >
              {t('proposals.press', { stage: codes.label('case_stage', to) })}
            </Button>
          }
        >
          {t('proposals.words', {
            decision: codes.label('decision_kind', decision.kind),
            stage: codes.label('case_stage', to),
          })}{' '}
          <ConferenceLink decision={decision} />
        </Notice>
      ))}
      <Section title={t('next.title')} lead={t('next.lead')}>
        {refused.length === 0 ? null : (
          <Notice tone="warning" announce="alert" title={t('missingTitle')}>
            <NeedsList needs={refused} view={view} />
          </Notice>
        )}
        {view.next.length === 0 ? <p className="quiet">{t('next.end')}</p> : null}
        <ul className="life-next">
          {view.next.map(next => (
            <NextStage key={next.to} desk={desk} view={view} next={next} />
          ))}
        </ul>
      </Section>
    </>
  )
}

function NextStage({ desk, view, next }: { desk: LifeDesk; view: CaseLifeView; next: NextStageView }) {
  const { t } = useLifeTexts()
  const codes = useCodeSets()
  const [isAsking, setAsking] = useState(false)
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const { to, steps, missing, needsReason, decision, reopens } = next
  const name = codes.label('case_stage', to)
  const passed = steps.slice(0, -1)
  const words = reopens ? t('next.reopen') : t('next.move', { stage: name })

  async function go() {
    setTried(true)
    if (needsReason && reason.trim() === '') return
    const done = await desk.tell(
      {
        do: 'move',
        to,
        ...(reason.trim() === '' ? {} : { reason: reason.trim() }),
        ...(decision ? { decisionId: decision.decisionId } : {}),
      },
      t('moved', { stage: name }),
    )
    if (done) setAsking(false)
  }

  return (
    <li className="card life-next-stage">
      <div className="row">
        <strong>{name}</strong>
        {missing.length === 0 && !isAsking ? (
          <span className="push">
            <Button isPending={desk.isPending} onPress={() => (needsReason ? setAsking(true) : void go())}>
              {words}
            </Button>
          </span>
        ) : null}
      </div>
      {passed.length === 0 ? null : (
        <p className="quiet small">
          {t('next.passes', { stages: passed.map(stage => codes.label('case_stage', stage)).join(' → ') })}
        </p>
      )}
      {/* Also while something is missing: that the meeting has decided is known, only the rest is to be done. */}
      {decision ? (
        <p className="small">
          {t('next.by', { decision: codes.label('decision_kind', decision.kind) })}{' '}
          <ConferenceLink decision={decision} />
        </p>
      ) : missing.length === 0 ? (
        <p className="small">{t('next.ready')}</p>
      ) : null}
      {missing.length === 0 ? null : (
        <>
          <p className="small quiet">{t('next.needs')}</p>
          <NeedsList needs={missing} view={view} />
        </>
      )}
      {isAsking ? (
        <div className="stack">
          <TextField
            label={t('next.reason')}
            value={reason}
            onChange={setReason}
            rows={2}
            maxLength={500}
            isRequired
            validationBehavior="aria"
            errorMessage={tried && reason.trim() === '' ? t('next.reasonNeeded') : undefined}
          />
          <div className="row">
            <Button look="primary" isPending={desk.isPending} onPress={() => void go()}>
              {words}
            </Button>
            <Button look="tertiary" onPress={() => setAsking(false)}>
              {t('next.cancel')}
            </Button>
          </div>
        </div>
      ) : null}
    </li>
  )
}

function NeedsList({
  needs,
  view,
}: {
  needs: readonly StageNeed[]
  view: Pick<CaseLifeView, 'planFaults' | 'caseId'>
}) {
  const { t, language } = useLifeTexts()
  return (
    <ul className="life-needs">
      {needs.map(need => (
        <li key={need}>
          {STAGE_NEEDS[need][language]}{' '}
          {need === 'plan' || need === 'plan_content' ? (
            <Link to={`/cases/${view.caseId}/needs`}>{t('next.toPlan')}</Link>
          ) : null}
          {need === 'plan_content' && view.planFaults.length > 0 ? (
            <span className="quiet small">
              {' '}
              {t('next.planFaults', { faults: view.planFaults.map(fault => PLAN_FAULTS[fault][language]).join(', ') })}
            </span>
          ) : null}
        </li>
      ))}
    </ul>
  )
}

/** Only where the reader may know that the conference was. */
export function ConferenceLink({ decision }: { decision: LifeDecisionView }) {
  const { t } = useLifeTexts()
  if (decision.conference === null) return null
  const { conferenceId, title } = decision.conference
  return (
    <Link to={`/conferences/${conferenceId}`} aria-label={t('history.conference', { title })}>
      {title}
    </Link>
  )
}
