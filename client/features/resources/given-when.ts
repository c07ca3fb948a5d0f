import type { AllocationView } from '../../../shared/protocol/resources.ts'
import { RHYTHMS } from '../../../shared/resources/giving.ts'
import { formatDay } from '../../lib/format.ts'
import { useResourceTexts } from './use-resource-texts.ts'

/** In words: once on a day, or how often from when until when. */
export function useGivenWhen(): (one: Pick<AllocationView, 'rhythm' | 'from' | 'until'>) => string {
  const { t, language } = useResourceTexts()
  return ({ rhythm, from, until }) =>
    rhythm === 'once'
      ? t('one.once', { day: formatDay(from, language) })
      : t('one.regular', {
          rhythm: RHYTHMS[rhythm][language],
          from: formatDay(from, language),
          until: formatDay(until, language),
        })
}
