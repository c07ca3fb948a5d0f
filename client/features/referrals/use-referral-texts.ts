import { useTranslation } from 'react-i18next'
import { addTexts } from '../../i18n/i18n.ts'
import { useLanguage } from '../../i18n/use-language.ts'
import { referralsEn } from './texts-en.ts'
import { referralsKo } from './texts-ko.ts'

declare module '../../i18n/texts.ts' {
  interface Texts {
    referrals: typeof referralsKo
  }
}

const words = { ko: referralsKo, en: referralsEn }

/** The words of referrals, which come with their screens, and the language on screen. */
export function useReferralTexts() {
  const { i18n } = useTranslation()
  addTexts(i18n, 'referrals', words)
  const { t } = useTranslation('referrals')
  return { t, language: useLanguage() }
}
