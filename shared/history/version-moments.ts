/** The moments at which an item's version is kept, with what people call them. */
import type { Label } from '../codes.ts'

declare const brand: unique symbol
/** One kept version of one item. 22 characters like every id. */
export type ItemVersionId = string & { readonly [brand]: 'ItemVersion' }

export const VERSION_MOMENTS = {
  opened: { ko: '회의 시작', en: 'Meeting opened' },
  confirmed: { ko: '읽어 확인함', en: 'Read back and confirmed' },
  closed: { ko: '회의 마침', en: 'Meeting closed' },
  sealed: { ko: '회의록 확정', en: 'Minutes final' },
  named: { ko: '이름 붙인 판', en: 'Named version' },
  before_restore: { ko: '되돌리기 전', en: 'Before going back' },
  restored: { ko: '되돌림', en: 'Gone back' },
} as const satisfies Record<string, Label>

export type VersionMoment = keyof typeof VERSION_MOMENTS
