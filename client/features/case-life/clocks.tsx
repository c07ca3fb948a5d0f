/** The time limits of the present round: a table of words, the overdue ones marked by a word as well. */

import type { ClockState } from '../../../shared/cases/clocks.ts'
import { CASE_CLOCKS, DAY_COUNTINGS } from '../../../shared/cases/life-codes.ts'
import type { CaseLifeView } from '../../../shared/protocol/case-life.ts'
import { formatShortDay } from '../../lib/format.ts'
import { Chip } from '../../ui/chips.tsx'
import { Section } from '../../ui/page.tsx'
import { useLifeTexts } from './use-life-texts.ts'

/** From here on a limit is shown as near. */
const NEAR_DAYS = 3

export function Clocks({ view }: { view: Pick<CaseLifeView, 'clocks' | 'rules'> }) {
  const { t, language } = useLifeTexts()
  const counting = DAY_COUNTINGS[view.rules.counting][language]
  return (
    <Section title={t('clocks.title')} lead={t('clocks.lead', { counting })}>
      {view.clocks.length === 0 ? (
        <p className="quiet">{t('clocks.none')}</p>
      ) : (
        <ul className="life-clocks">
          {view.clocks.map(clock => (
            <li key={clock.clock} className="life-clock">
              <strong>{CASE_CLOCKS[clock.clock][language]}</strong>
              <span className="quiet">{t('clocks.until', { day: formatShortDay(clock.due, language) })}</span>
              <ClockChip clock={clock} />
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}

function ClockChip({ clock }: { clock: ClockState }) {
  const { t, language } = useLifeTexts()
  if (clock.done !== '') {
    const day = formatShortDay(clock.done, language)
    return (
      <Chip tone={clock.overdue ? 'warning' : 'success'}>
        {t(clock.overdue ? 'clocks.doneLate' : 'clocks.done', { day })}
      </Chip>
    )
  }
  if (clock.daysLeft < 0) return <Chip tone="danger">{t('clocks.late', { n: -clock.daysLeft })}</Chip>
  if (clock.daysLeft === 0) return <Chip tone="warning">{t('clocks.today')}</Chip>
  return (
    <Chip tone={clock.daysLeft <= NEAR_DAYS ? 'warning' : 'neutral'}>{t('clocks.left', { n: clock.daysLeft })}</Chip>
  )
}

/** The limit that is due first in few words, for heads and lists; nothing while none runs. */
export function ClockMark({ clock }: { clock: ClockState | null }) {
  const { clockWords } = useLifeTexts()
  if (clock === null) return null
  const tone = clock.daysLeft < 0 ? 'danger' : clock.daysLeft <= NEAR_DAYS ? 'warning' : 'neutral'
  return <Chip tone={tone}>{clockWords(clock)}</Chip>
}
