/**
 * The shape of all texts. Korean is written first and defines the keys; English must have the same ones, which both the compiler
 * ({@link SameTexts}) and a test hold. A feature adds its namespace here by declaration merging and makes its hook with `createFeatureTexts`.
 */
import type { conferencesKo } from '../features/conferences/texts-ko.ts'
import type { sessionKo } from '../features/session/texts-ko.ts'
import type { commonKo } from './common-ko.ts'
import type { errorsKo } from './errors-ko.ts'

export interface Texts {
  common: typeof commonKo
  errors: typeof errorsKo
  session: typeof sessionKo
  conferences: typeof conferencesKo
}

/** English texts for the Korean ones: same keys; an `…_other` may have its `…_one`, which Korean does not need. */
export type SameTexts<T> = { readonly [K in keyof T]: T[K] extends string ? string : SameTexts<T[K]> } & {
  readonly [K in keyof T as K extends `${infer Base}_other` ? `${Base}_one` : never]?: string
}

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common'
    resources: Texts
    returnNull: false
  }
}
