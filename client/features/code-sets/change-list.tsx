import type { CodeChange } from '../../../shared/code-sets/code-sets.ts'
import { useCodeSetTexts } from './use-code-set-texts.ts'

/** What is other in a version, in words. */
export function ChangeList({ changes }: { changes: readonly CodeChange[] }) {
  const { t, language } = useCodeSetTexts()
  return (
    <ul className="code-changes">
      {changes.map(change => {
        const name = change.label[language] || t('table.new')
        const from = change.change === 'renamed' ? change.from[language] : ''
        // A name that changed in the other language alone says so by both.
        const other = language === 'ko' ? 'en' : 'ko'
        const isOther = change.change === 'renamed' && from === name
        const words = isOther
          ? t('changes.renamed', { from: change.from[other], name: change.label[other] })
          : t(`changes.${change.change}`, { name, from })
        return <li key={`${change.change} ${change.code}`}>{words}</li>
      })}
    </ul>
  )
}
