/** Grades, help at once, reassessments, closure evaluations, aftercare: what was kept of each, and the form that adds one. */
import { type ReactNode, useState } from 'react'
import {
  AFTERCARE_STATES,
  EX_OFFICIO_GROUNDS,
  GOAL_RESULTS,
  GOAL_TERMS,
  REASSESSMENT_RESULTS,
} from '../../../shared/cases/life-codes.ts'
import type { CaseLifeView, ClosureView } from '../../../shared/protocol/case-life.ts'
import { formatDay, formatShortDay, seoulDay } from '../../lib/format.ts'
import { Button } from '../../ui/button.tsx'
import { Section } from '../../ui/page.tsx'
import { useCodeSets } from '../code-sets/use-code-sets.ts'
import { ClosureForm } from './closure-form.tsx'
import {
  AftercareForm,
  EmergencyEnd,
  EmergencyForm,
  ExOfficioForm,
  GradeForm,
  ReassessmentForm,
} from './record-forms.tsx'
import type { LifeDesk } from './use-life.ts'
import { useLifeTexts } from './use-life-texts.ts'

interface LifeRecordsProps {
  desk: LifeDesk
  view: CaseLifeView
}

type Open = '' | 'grade' | 'closure' | 'reassessment' | 'aftercare' | 'emergency' | 'exOfficio'

export function LifeRecords({ desk, view }: LifeRecordsProps) {
  const { t } = useLifeTexts()
  const [open, setOpen] = useState<Open>('')
  const onDone = () => setOpen('')
  const isOver = view.stage === 'closed' || view.stage === 'aftercare' || view.stage === 'ended'
  const isTaken = view.track !== '' && !['selection', 'conference'].includes(view.stage)
  const offered: Open[] = view.leads
    ? [
        'grade',
        ...(view.stage === 'registered' ? (['exOfficio'] as const) : []),
        ...(isTaken && !isOver ? (['reassessment', 'closure'] as const) : []),
        ...(view.stage === 'conference' && view.track !== '' ? (['closure'] as const) : []),
        ...(isOver || view.stage === 'service_linked' ? (['aftercare'] as const) : []),
        'emergency',
      ]
    : []
  const form = { desk, view, onDone }
  return (
    <Section
      title={t('records.title')}
      actions={
        open === '' && offered.length > 0 ? (
          <div className="life-presses">
            {offered.map(one => (
              <Button key={one} size="small" onPress={() => setOpen(one)}>
                {one === '' ? '' : t(`records.${one}`)}
              </Button>
            ))}
          </div>
        ) : undefined
      }
    >
      {open === 'grade' ? <GradeForm {...form} /> : null}
      {open === 'exOfficio' ? <ExOfficioForm {...form} /> : null}
      {open === 'reassessment' ? <ReassessmentForm {...form} /> : null}
      {open === 'aftercare' ? <AftercareForm {...form} /> : null}
      {open === 'emergency' ? <EmergencyForm {...form} /> : null}
      {open === 'closure' ? <ClosureForm {...form} /> : null}
      <Kept desk={desk} view={view} />
    </Section>
  )
}

function Kept({ desk, view }: LifeRecordsProps) {
  const codes = useCodeSets()
  const { t, language } = useLifeTexts()
  const on = (day: string) => formatShortDay(day, language)
  const { grades, emergencies, exOfficio, reassessments, closures, aftercare } = view
  const nothing = grades.length + emergencies.length + reassessments.length + closures.length + aftercare.length === 0
  if (nothing && exOfficio === null) return <p className="quiet">{t('records.none')}</p>
  return (
    <ul className="life-past">
      {emergencies.map(help => (
        <Line key={help.id} what={t('emergency.title')} one={help}>
          <p>
            {codes.label('crisis_reason', help.reason)} · {t('emergency.toldOn')} {on(help.toldOn)}
          </p>
          <p className="life-words">{help.words}</p>
          {help.endedAt === null ? (
            view.leads ? (
              <EmergencyEnd desk={desk} id={help.id} />
            ) : null
          ) : (
            <p className="small">
              {t('records.emergencyEnded', { day: on(seoulDay(help.endedAt)) })} {help.endWords}
            </p>
          )}
        </Line>
      ))}
      {aftercare.toReversed().map(one => (
        <Line key={one.id} what={t('aftercare.title')} one={one}>
          <p>
            {on(one.on)} · {AFTERCARE_STATES[one.state][language]}
            {one.satisfaction === null ? null : ` · ${t('aftercare.satisfaction')}: ${one.satisfaction}`}
          </p>
          <p className="life-words">{one.changes}</p>
          {one.measures === '' ? null : (
            <p className="life-words">
              {t('aftercare.measures')}: {one.measures}
            </p>
          )}
        </Line>
      ))}
      {closures.toReversed().map(one => (
        <Line key={one.id} what={t('closure.title')} one={one}>
          <Evaluation closure={one} />
        </Line>
      ))}
      {reassessments.toReversed().map(one => (
        <Line key={one.id} what={t('reassessment.title')} one={one}>
          <p>
            {on(one.on)} · {codes.label('reassessment_reason', one.reason)} ·{' '}
            {REASSESSMENT_RESULTS[one.result][language]}
          </p>
          <p className="life-words">{one.changedNeeds}</p>
        </Line>
      ))}
      {grades.toReversed().map(one => (
        <Line key={one.id} what={t('grade')} one={one}>
          <p>{codes.label('case_grade', one.grade)}</p>
          <p className="life-words">{one.reason}</p>
        </Line>
      ))}
      {exOfficio === null ? null : (
        <Line what={t('exOfficio.title')} one={exOfficio}>
          <p>
            {EX_OFFICIO_GROUNDS[exOfficio.ground][language]}
            {exOfficio.reportedOn === '' ? '' : ` · ${t('exOfficio.reportedOn')} ${on(exOfficio.reportedOn)}`}
          </p>
          <p className="life-words">{exOfficio.reason}</p>
        </Line>
      )}
    </ul>
  )
}

function Line({
  what,
  one,
  children,
}: {
  what: string
  one: { at: string; by: { name: string } }
  children: ReactNode
}) {
  const { t, language } = useLifeTexts()
  return (
    <li className="card">
      <p className="row">
        <strong>{what}</strong>
        <span className="push small quiet">
          {t('records.by', { day: formatShortDay(seoulDay(one.at), language), name: one.by.name })}
        </span>
      </p>
      {children}
    </li>
  )
}

/** The evaluation as the form has it (종결평가서): days of the stages, goals, opinion, changes, aftercare, result, types. */
export function Evaluation({ closure }: { closure: ClosureView }) {
  const codes = useCodeSets()
  const { t, language } = useLifeTexts()
  return (
    <dl className="facts">
      <dt>{t('closure.days')}</dt>
      <dd>
        {closure.days
          .map(({ stage, on }) => `${codes.label('case_stage', stage)} ${formatDay(on, language)}`)
          .join(' · ')}
      </dd>
      <dt>{t('closure.goals')}</dt>
      <dd>
        {closure.goals.length === 0 ? '–' : null}
        <ul className="life-goals">
          {closure.goals.map(({ term, words, result }) => (
            <li key={`${term} ${words}`}>
              {GOAL_TERMS[term][language]} · {words} — <strong>{GOAL_RESULTS[result][language]}</strong>
            </li>
          ))}
        </ul>
      </dd>
      <dt>{t('closure.opinion')}</dt>
      <dd className="life-words">{closure.opinion}</dd>
      <dt>{t('closure.changes')}</dt>
      <dd className="life-words">{closure.changes || '–'}</dd>
      <dt>{t('closure.aftercareNote')}</dt>
      <dd className="life-words">{closure.aftercareNote || '–'}</dd>
      <dt>{t('closure.outcome')}</dt>
      <dd>{codes.label('closure_result', closure.result)}</dd>
      <dt>{t('closure.reasons')}</dt>
      <dd>{closure.reasons.map(reason => codes.label('closure_reason', reason)).join(', ') || '–'}</dd>
    </dl>
  )
}
