import type { RequestClock } from '../../../shared/subject-requests/request-clock.ts'
import { Chip } from '../../ui/chips.tsx'
import { useRequestTexts } from './use-request-texts.ts'

/** How near the last day is, by a word as well as by colour. */
export function RequestClockChip({ clock: { standing, daysLeft } }: { clock: RequestClock }) {
  const { t } = useRequestTexts()
  switch (standing) {
    case 'late':
      return <Chip tone="danger">{t('clock.late', { n: -daysLeft })}</Chip>
    case 'near':
      return <Chip tone="warning">{daysLeft === 0 ? t('clock.today') : t('clock.left', { n: daysLeft })}</Chip>
    case 'running':
      return <Chip>{t('clock.left', { n: daysLeft })}</Chip>
    case 'met':
      return <Chip tone="success">{t('clock.met')}</Chip>
    case 'missed':
      return <Chip tone="warning">{t('clock.missed', { n: -daysLeft })}</Chip>
    case 'none':
      return <Chip>{t('clock.none')}</Chip>
  }
}
