/** The way so far, the newest first: each move with who, why, by which decision, and what the agencies said to it. */
import type { CaseLifeView, StageEntryView } from '../../../shared/protocol/case-life.ts'
import { formatDateTime, formatShortDay, seoulDay } from '../../lib/format.ts'
import { Chip } from '../../ui/chips.tsx'
import { Section } from '../../ui/page.tsx'
import { useCodeSets } from '../code-sets/use-code-sets.ts'
import { ConferenceLink } from './next-stages.tsx'
import { useLifeTexts } from './use-life-texts.ts'

export function LifeHistory({ view }: { view: Pick<CaseLifeView, 'history'> }) {
  const { t } = useLifeTexts()
  return (
    <Section title={t('history.title')}>
      <ol className="life-history">
        {view.history.map(entry => (
          <Entry key={entry.id} entry={entry} />
        ))}
      </ol>
    </Section>
  )
}

function Entry({ entry }: { entry: StageEntryView }) {
  const { t, language } = useLifeTexts()
  const codes = useCodeSets()
  const { kind, from, to, at, by, agency, reason, decision, asked, answers } = entry
  const nameOf = (agencyId: string) => asked.find(one => one.agencyId === agencyId)?.shortName ?? ''
  const waiting = asked.filter(one => !answers.some(answer => answer.agencyId === one.agencyId))
  const kindWords = t(`history.${kind}`)
  return (
    <li className="life-entry">
      <time className="small quiet" dateTime={at}>
        {formatDateTime(at, language)}
      </time>
      <div>
        <p>
          <strong>
            {from === null ? '' : `${codes.label('case_stage', from)} → `}
            {codes.label('case_stage', to)}
          </strong>{' '}
          {kindWords === '' ? null : <Chip>{kindWords}</Chip>}
        </p>
        <p className="small quiet">{t('history.by', { name: by.name, agency: agency.shortName })}</p>
        {decision === null ? null : (
          <p className="small">
            {t('history.decision', { decision: codes.label('decision_kind', decision.kind) })}{' '}
            <ConferenceLink decision={decision} />
          </p>
        )}
        {reason === '' ? null : <p className="life-words">{reason}</p>}
        {answers.map(answer => (
          <div key={answer.id}>
            <p className="small">
              {t(`history.${answer.answer}`, {
                agency: nameOf(answer.agencyId),
                name: answer.by.name,
                day: formatShortDay(seoulDay(answer.at), language),
              })}
            </p>
            {answer.words === '' ? null : <p className="life-words">{answer.words}</p>}
          </div>
        ))}
        {waiting.map(one => (
          <p key={one.agencyId} className="small">
            <Chip tone="warning">{t('history.waiting', { agency: one.shortName })}</Chip>
          </p>
        ))}
      </div>
    </li>
  )
}
