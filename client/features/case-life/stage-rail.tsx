/** The stages as a row, and in words for who does not see it: each stop says where it stands, by shape and not by colour alone. */
import { railOf } from '../../../shared/cases/rail.ts'
import type { CaseLifeView } from '../../../shared/protocol/case-life.ts'
import { formatShortDay, seoulDay } from '../../lib/format.ts'
import { useCodeSets } from '../code-sets/use-code-sets.ts'
import { useLifeTexts } from './use-life-texts.ts'

const SHAPES = { done: '✓', passed: '✓', now: '●', ahead: '○' } as const

export function StageRail({ view }: { view: Pick<CaseLifeView, 'stage' | 'track' | 'history'> }) {
  const { t, language } = useLifeTexts()
  const codes = useCodeSets()
  // The newest stand first; a round begins where the case was taken up again.
  const reopened = view.history.findIndex(entry => entry.kind === 'reopened')
  const round = (reopened < 0 ? view.history : view.history.slice(0, reopened + 1)).toReversed()
  const stops = railOf({ stage: view.stage, track: view.track, history: round })
  return (
    <ol className="stage-rail" aria-label={t('rail')}>
      {stops.map(({ stage, state, at }) => (
        <li key={stage} className={`stage-stop stage-${state}`} aria-current={state === 'now' ? 'step' : undefined}>
          <span className="stage-shape" aria-hidden="true">
            {SHAPES[state]}
          </span>
          <span className="stage-name">{codes.label('case_stage', stage)}</span>
          <span className="visually-hidden">({t(`state.${state}`)})</span>
          <span className="stage-day small quiet">{at === '' ? '' : formatShortDay(seoulDay(at), language)}</span>
        </li>
      ))}
    </ol>
  )
}
