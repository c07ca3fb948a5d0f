import { createFeatureTexts } from '../../i18n/feature-texts.ts'
import { ApiError } from '../../lib/api.ts'
import { importsEn } from './texts-en.ts'
import { importsKo } from './texts-ko.ts'

declare module '../../i18n/texts.ts' {
  interface Texts {
    imports: typeof importsKo
  }
}

/** The words of lists, and the language on screen. */
export const useImportTexts = createFeatureTexts('imports', { ko: importsKo, en: importsEn })

type Refused = keyof typeof importsKo.refused

/** What is wrong with a file, where the server said it: `import-quote 12` names a row. */
export function refusedFile(error: unknown): { what: Refused; row: string } | undefined {
  if (!(error instanceof ApiError)) return undefined
  const [what = '', row = ''] = (error.detail ?? '').split(' ')
  if (Object.hasOwn(importsKo.refused, what)) return { what: what as Refused, row }
  return error.reason === 'too-large' ? { what: 'import-too-large', row: '' } : undefined
}
