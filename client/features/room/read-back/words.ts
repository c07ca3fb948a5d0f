/** What a read-back's records say in words: who differs and how, and what has changed. No React. */
import { POSITION_KINDS } from '../../../../shared/codes.ts'
import type { AgencyId } from '../../../../shared/ids.ts'
import type { AnswerView } from '../../../../shared/meeting/meeting-view.ts'
import type { ReadBackChange } from '../../../../shared/meeting/read-back.ts'
import type { Language } from '../../../lib/format.ts'
import type { ReadBackT } from './use-read-back-texts.ts'

export type ShortNameOf = (agencyId: AgencyId) => string

/** `이견 없음 (조건부: 협의회 “…”)`: the usual case first, then each agency that said something else, word for word. */
export function answersInWords(
  answers: readonly AnswerView[],
  t: ReadBackT,
  language: Language,
  nameOf: ShortNameOf,
): string {
  const differing = answers.filter(answer => answer.position !== 'agrees')
  if (differing.length === 0) return t('nobodyDiffers')
  const said = differing.map(answer => answerInWords(answer, t, language, nameOf)).join(' · ')
  return differing.length === answers.length ? said : `${t('agreed')} (${said})`
}

/** `조건부: 협의회 “검사 결과가 나온 뒤”` */
export function answerInWords(answer: AnswerView, t: ReadBackT, language: Language, nameOf: ShortNameOf): string {
  const position = POSITION_KINDS[answer.position][language]
  const agency = nameOf(answer.agencyId)
  return answer.words === ''
    ? t('saidNothing', { position, agency })
    : t('said', { position, agency, words: answer.words })
}

/** `결정 1의 내용`, `조치사항 2 삭제`, `결정 순서`: one for each thing that changed; a new order is said once. */
export function changesInWords(changes: readonly ReadBackChange[], t: ReadBackT): string[] {
  const words: string[] = []
  for (const { on, number, change, fields } of changes) {
    const entry = t(`entry.${on}`, { number })
    if (change !== 'changed') {
      words.push(t(`entry.${change}`, { entry }))
      continue
    }
    const named = fields.filter(field => field !== 'order').map(field => t(`field.${field}`))
    if (named.length > 0) words.push(t('entry.changed', { entry, fields: named.join('·') }))
  }
  for (const on of ['decision', 'action'] as const) {
    if (changes.some(change => change.on === on && (change.fields as readonly string[]).includes('order'))) {
      words.push(t('entry.moved', { kind: on === 'decision' ? t('decisions') : t('actions') }))
    }
  }
  return words
}
