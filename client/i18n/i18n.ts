/**
 * The texts' engine: Korean by default, English complete. Particles are written as formats, `{{name, eun}}` gives 생연1동은; in English the
 * same format leaves the word alone. Each feature brings its own namespace, so a lazy screen brings its texts along.
 */
import i18next, { type i18n } from 'i18next'
import { initReactI18next } from 'react-i18next'
import { conferencesEn } from '../features/conferences/texts-en.ts'
import { conferencesKo } from '../features/conferences/texts-ko.ts'
import { sessionEn } from '../features/session/texts-en.ts'
import { sessionKo } from '../features/session/texts-ko.ts'
import type { Language } from '../lib/format.ts'
import { PARTICLES, type Particle, withParticle } from '../lib/particles.ts'
import { commonEn } from './common-en.ts'
import { commonKo } from './common-ko.ts'
import { errorsEn } from './errors-en.ts'
import { errorsKo } from './errors-ko.ts'

/** Starts the texts in a language. Synchronous: all words of the first screen are in the bundle. */
export function createTexts(language: Language): i18n {
  const texts = i18next.createInstance()
  texts.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'ko',
    defaultNS: 'common',
    initAsync: false,
    resources: {
      ko: { common: commonKo, errors: errorsKo, session: sessionKo, conferences: conferencesKo },
      en: { common: commonEn, errors: errorsEn, session: sessionEn, conferences: conferencesEn },
    },
    // React escapes what it shows; escaping twice would show `&amp;`.
    interpolation: { escapeValue: false },
    returnNull: false,
  })
  for (const particle of Object.keys(PARTICLES) as Particle[]) {
    texts.services.formatter?.add(particle, (value, spoken) =>
      spoken === 'ko' ? withParticle(String(value), particle) : String(value),
    )
  }
  return texts
}

/** Adds a feature's texts. Adding the same namespace twice changes nothing. */
export function addTexts(texts: i18n, namespace: string, words: { ko: object; en: object }): void {
  if (texts.hasResourceBundle('ko', namespace)) return
  texts.addResourceBundle('ko', namespace, words.ko)
  texts.addResourceBundle('en', namespace, words.en)
}
