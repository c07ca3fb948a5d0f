import { BASIS_STANDINGS } from '../../../shared/bases/basis-codes.ts'
import type { AgencyId } from '../../../shared/ids.ts'
import type { CaseBasesView } from '../../../shared/protocol/bases.ts'
import { enteredFor } from './paper-words.ts'
import { useBasesTexts } from './use-bases-texts.ts'

/** The sentence after a paper was entered: who may see the case by it, or why somebody whom it names does not yet. */
export function useEnteredWords() {
  const { t, language } = useBasesTexts()
  return (view: CaseBasesView, receivers: readonly AgencyId[]): string => {
    const { words, shut } = enteredFor(view, receivers)
    const agencies = shut.map(row => `${row.shortName} (${BASIS_STANDINGS[row.standing][language]})`).join(', ')
    return t(`form.${words}`, { agencies })
  }
}
