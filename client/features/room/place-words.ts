/** What a root of a meeting's document is called on its screen. */
import { parseOpinionRoot } from '../../../shared/documents/item-document.ts'
import { useCodeSets } from '../code-sets/use-code-sets.ts'
import { useRoomTexts } from './i18n/use-room-texts.ts'

/** Empty for a root that has no name there. */
export function usePlaceWords(): (root: string) => string {
  const { t } = useRoomTexts()
  const codes = useCodeSets()
  return root => {
    const opinion = parseOpinionRoot(root)
    if (opinion) return t('places.opinion', { need: codes.label('need_domain', opinion.need) })
    switch (root) {
      case 'agenda':
      case 'notes':
      case 'proposals':
      case 'presentation':
      case 'discussion':
      case 'needs':
      case 'decisions':
      case 'actions':
        return t(`places.${root}`)
      default:
        return ''
    }
  }
}
