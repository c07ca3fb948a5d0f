/** Which agency has said what, in the order in which they were asked. */
import { POSITION_KINDS } from '../../../../shared/codes.ts'
import type { AgencyId } from '../../../../shared/ids.ts'
import type { AnswerView } from '../../../../shared/meeting/meeting-view.ts'
import { AgencyChip, Chip, type ChipTone } from '../../../ui/chips.tsx'
import { useRoom } from '../room-context.tsx'
import { useReadBackTexts } from './use-read-back-texts.ts'

const TONES: Record<AnswerView['position'], ChipTone> = {
  agrees: 'success',
  conditional: 'warning',
  objects: 'danger',
  abstains: 'neutral',
}

export function AnswersList({ asked, answers }: { asked: readonly AgencyId[]; answers: readonly AnswerView[] }) {
  const { t, language } = useReadBackTexts()
  const { agencies } = useRoom()
  return (
    <ul className="answers" aria-label={t('answers')} data-testid="answers">
      {asked.map(agencyId => {
        const agency = agencies.get(agencyId)
        const answer = answers.find(one => one.agencyId === agencyId)
        return (
          <li key={agencyId} className="answer">
            {agency ? <AgencyChip {...agency} /> : null}
            {answer ? (
              <>
                <Chip tone={TONES[answer.position]}>{POSITION_KINDS[answer.position][language]}</Chip>
                {answer.words ? <q className="answer-words">{answer.words}</q> : null}
                {answer.byMinuteTaker ? <span className="quiet">{t('byMinuteTaker', { name: answer.by })}</span> : null}
              </>
            ) : (
              <span className="quiet">{t('waitingFor')}</span>
            )}
          </li>
        )
      })}
    </ul>
  )
}
