import { createFeatureTexts } from '../../i18n/feature-texts.ts'
import { referralsEn } from './texts-en.ts'
import { referralsKo } from './texts-ko.ts'

declare module '../../i18n/texts.ts' {
  interface Texts {
    referrals: typeof referralsKo
  }
}

/** The words of referrals, which come with their screens, and the language on screen. */
export const useReferralTexts = createFeatureTexts('referrals', { ko: referralsKo, en: referralsEn })
