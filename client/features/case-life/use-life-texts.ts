import { useTranslation } from 'react-i18next'
import type { ClockState } from '../../../shared/cases/clocks.ts'
import { CASE_CLOCKS } from '../../../shared/cases/life-codes.ts'
import { addTexts } from '../../i18n/i18n.ts'
import type { Language } from '../../lib/format.ts'
import { caseLifeEn } from './texts-en.ts'
import { caseLifeKo } from './texts-ko.ts'

declare module '../../i18n/texts.ts' {
  interface Texts {
    caseLife: typeof caseLifeKo
  }
}

export const caseLifeTexts = { ko: caseLifeKo, en: caseLifeEn }

/** The words of a case's life, the language on screen, and a running limit in few words: `선정까지 3일`. */
export function useLifeTexts() {
  const { i18n } = useTranslation()
  addTexts(i18n, 'caseLife', caseLifeTexts)
  const { t } = useTranslation('caseLife')
  const language: Language = i18n.language === 'en' ? 'en' : 'ko'
  const clockWords = ({ clock, daysLeft }: Pick<ClockState, 'clock' | 'daysLeft'>) => {
    const what = CASE_CLOCKS[clock][language]
    if (daysLeft < 0) return t('clocks.shortLate', { what, n: -daysLeft })
    return daysLeft === 0 ? t('clocks.shortToday', { what }) : t('clocks.short', { what, n: daysLeft })
  }
  return { t, language, clockWords }
}
