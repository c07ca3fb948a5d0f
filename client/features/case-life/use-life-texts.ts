import type { ClockState } from '../../../shared/cases/clocks.ts'
import { CASE_CLOCKS } from '../../../shared/cases/life-codes.ts'
import { createFeatureTexts } from '../../i18n/feature-texts.ts'
import { caseLifeEn } from './texts-en.ts'
import { caseLifeKo } from './texts-ko.ts'

declare module '../../i18n/texts.ts' {
  interface Texts {
    caseLife: typeof caseLifeKo
  }
}

const useTexts = createFeatureTexts('caseLife', { ko: caseLifeKo, en: caseLifeEn })

/** The words of a case's life, the language on screen, and a running limit in few words: `선정까지 3일`. */
export function useLifeTexts() {
  const { t, language } = useTexts()
  const clockWords = ({ clock, daysLeft }: Pick<ClockState, 'clock' | 'daysLeft'>) => {
    const what = CASE_CLOCKS[clock][language]
    if (daysLeft < 0) return t('clocks.shortLate', { what, n: -daysLeft })
    return daysLeft === 0 ? t('clocks.shortToday', { what }) : t('clocks.short', { what, n: daysLeft })
  }
  return { t, language, clockWords }
}
