import { useTranslation } from 'react-i18next'

/** The limits of `shared/protocol/http-api.ts`, told before sending. */
export const AGENCY_NAME_MAX = 60
export const SHORT_NAME_MAX = 8
export const CITY_MAX = 40
export const PERSON_NAME_MAX = 40

/** What is wrong with a line of text, in words, or undefined. */
export function useLineFault(): (label: string, value: string, max: number) => string | undefined {
  const { t } = useTranslation()
  return (label, value, max) => {
    const text = value.trim()
    if (text === '') return t('field.required', { label })
    if (text.length > max) return t('field.tooLong', { label, max, now: text.length })
    return undefined
  }
}

/** The form of a login, as the server takes it. */
export function isLogin(value: string): boolean {
  return /^[A-Za-z0-9._@-]{3,64}$/.test(value.trim())
}
