import { useTranslation } from 'react-i18next'
import { addTexts } from '../../i18n/i18n.ts'
import { ApiError } from '../../lib/api.ts'
import type { Language } from '../../lib/format.ts'
import { importsEn } from './texts-en.ts'
import { importsKo } from './texts-ko.ts'

declare module '../../i18n/texts.ts' {
  interface Texts {
    imports: typeof importsKo
  }
}

export const importTexts = { ko: importsKo, en: importsEn }

/** The words of lists, and the language on screen. */
export function useImportTexts() {
  const { i18n } = useTranslation()
  addTexts(i18n, 'imports', importTexts)
  const { t } = useTranslation('imports')
  const language: Language = i18n.language === 'en' ? 'en' : 'ko'
  return { t, language }
}

type Refused = keyof typeof importsKo.refused

/** What is wrong with a file, where the server said it: `import-quote 12` names a row. */
export function refusedFile(error: unknown): { what: Refused; row: string } | undefined {
  if (!(error instanceof ApiError)) return undefined
  const [what = '', row = ''] = (error.detail ?? '').split(' ')
  if (Object.hasOwn(importsKo.refused, what)) return { what: what as Refused, row }
  return error.reason === 'too-large' ? { what: 'import-too-large', row: '' } : undefined
}
