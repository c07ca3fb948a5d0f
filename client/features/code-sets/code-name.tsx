import type { CodeSetName } from '../../../shared/code-sets/shipped.ts'
import { useCodeSetTexts } from './use-code-set-texts.ts'
import { useCodeSets } from './use-code-sets.ts'

interface CodeNameProps {
  set: CodeSetName
  code: string
  /** The set's version with which it was written, where the record kept it. */
  version?: number | undefined
}

/** A code by its name of now, with {@link CodeNote} behind it. */
export function CodeName(props: CodeNameProps) {
  const codes = useCodeSets()
  return (
    <>
      {codes.label(props.set, props.code)} <CodeNote {...props} />
    </>
  )
}

/** How it was called when it was written, and that it is not used any more (CODE-SETS.md CO3, CO5); nothing for most. */
export function CodeNote({ set, code, version }: CodeNameProps) {
  const { t } = useCodeSetTexts()
  const codes = useCodeSets()
  const formerly = codes.formerly(set, code, version)
  const notes = [
    formerly === undefined ? '' : t('name.formerly', { name: formerly }),
    codes.isRetired(set, code) ? t('name.retired') : '',
  ].filter(Boolean)
  return notes.length === 0 ? null : <span className="quiet small">({notes.join(', ')})</span>
}
