/** On the start page: what of the cases that I work on runs out within a week, and what is asked of my agency. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'
import { JOINT_STEPS } from '../../../shared/cases/life-codes.ts'
import type { NearLifeView } from '../../../shared/protocol/case-life.ts'
import { useApi } from '../../lib/services.tsx'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { Section } from '../../ui/page.tsx'
import { ClockMark } from './clocks.tsx'
import { lifeApi } from './life-api.ts'
import { groupsOf, type ProposedMove, ProposedMoves } from './proposed-moves.tsx'
import { useLifeTexts } from './use-life-texts.ts'
import './case-life.css'

const SHOWN = 5

/** Nothing while there is nothing: the page is about today's meetings first. Asked for once a visit, for each household shown is on record. */
export function HomeLife() {
  const { t } = useLifeTexts()
  const api = useApi()
  const { data } = useQuery({ queryKey: ['near-life'], queryFn: () => lifeApi(api).near(), staleTime: 60_000 })
  const [isAll, setAll] = useState(false)
  if (data === undefined || data.asked.length + data.clocks.length === 0) return null
  const clocks = isAll ? data.clocks : data.clocks.slice(0, SHOWN)
  return (
    <div className="home-tasks">
      <Section title={t('home.title')}>
        <ul className="home-list">
          {data.asked.map(asked =>
            asked.kind === 'proposed' ? null : (
              <AskedRow
                key={`${asked.kind} ${asked.caseId} ${'entryId' in asked ? asked.entryId : ''}`}
                asked={asked}
              />
            ),
          )}
          {groupsOf(data.asked).map(moves => (
            <ProposedMoves key={`${moves[0]?.decision} ${moves[0]?.to}`} moves={moves} />
          ))}
          {clocks.map(clock => (
            <li key={`${clock.caseId} ${clock.clock}`} className="home-row home-lapse">
              <p className="home-day">
                <ClockMark clock={clock} />
              </p>
              <p>
                <Link to={`/cases/${clock.caseId}/life`}>{clock.label}</Link>{' '}
                <span className="home-what">{clock.number}</span>
              </p>
            </li>
          ))}
        </ul>
        {clocks.length < data.clocks.length ? (
          <Button look="text" size="small" onPress={() => setAll(true)}>
            {t('home.more', { n: data.clocks.length - clocks.length })}
          </Button>
        ) : null}
      </Section>
    </div>
  )
}

function AskedRow({ asked }: { asked: Exclude<NearLifeView['asked'][number], ProposedMove> }) {
  const { t, language } = useLifeTexts()
  const { label, caseId } = asked
  const words =
    asked.kind === 'acknowledge'
      ? t('home.acknowledge', { label, step: JOINT_STEPS[asked.step][language] })
      : t('home.lead', { label, agency: asked.from })
  return (
    <li className="home-row">
      <p className="home-why">{words}</p>
      <ButtonLink to={`/cases/${caseId}/life`} size="small" look="tertiary" aria-label={t('home.openLabel', { label })}>
        {t('home.open')}
      </ButtonLink>
    </li>
  )
}
