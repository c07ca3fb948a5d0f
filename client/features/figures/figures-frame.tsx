/** What the pages of the figures share: whose they are, and the ways from one to another. */
import { NavLink } from 'react-router'
import { canSeeFigures } from '../../../shared/access.ts'
import { type ChosenAgency, useChosenAgency } from '../shell/my-agencies.tsx'
import { useFiguresTexts } from './use-figures-texts.ts'

export function useFiguresAgency(): ChosenAgency {
  const { t } = useFiguresTexts()
  return useChosenAgency(canSeeFigures, t('agency'))
}

export function FiguresWays() {
  const { t } = useFiguresTexts()
  return (
    <nav className="figures-ways no-print" aria-label={t('ways.label')}>
      <NavLink to="/figures" end>
        {t('ways.year')}
      </NavLink>
      <NavLink to="/figures/month">{t('ways.month')}</NavLink>
      <NavLink to="/figures/quarter">{t('ways.quarter')}</NavLink>
    </nav>
  )
}
