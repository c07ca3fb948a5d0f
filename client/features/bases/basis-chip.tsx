import { BASIS_STANDINGS, type BasisStanding } from '../../../shared/bases/basis-codes.ts'
import { useLanguage } from '../../i18n/use-language.ts'
import { Chip } from '../../ui/chips.tsx'

const TONES = { good: 'success', warn: 'warning', bad: 'danger' } as const

/** How things stand for an agency, in words; the colour only helps to find it again. */
export function BasisChip({ standing }: { standing: BasisStanding }) {
  const language = useLanguage()
  const { tone, ...words } = BASIS_STANDINGS[standing]
  return <Chip tone={TONES[tone]}>{words[language]}</Chip>
}
