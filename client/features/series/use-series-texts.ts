import type { SeriesRule } from '../../../shared/agenda/series-rule.ts'
import { createFeatureTexts } from '../../i18n/feature-texts.ts'
import { seriesEn } from './texts-en.ts'
import { seriesKo } from './texts-ko.ts'

declare module '../../i18n/texts.ts' {
  interface Texts {
    series: typeof seriesKo
  }
}

const useTexts = createFeatureTexts('series', { ko: seriesKo, en: seriesEn })

/** The words of series, and a rule in words: `매월 둘째 수요일 14:00`. */
export function useSeriesTexts() {
  const { t, language } = useTexts()
  const nthWords = (nth: SeriesRule['nth']) => t(`nth.n${nth}`)
  const weekdayWords = (weekday: number) => t(`weekday.d${(weekday % 7) as 0 | 1 | 2 | 3 | 4 | 5 | 6}`)
  const ruleWords = ({ nth, weekday, time }: SeriesRule) =>
    t('rule', { nth: nthWords(nth), weekday: weekdayWords(weekday), time })
  return { t, language, nthWords, weekdayWords, ruleWords }
}
