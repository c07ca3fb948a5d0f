/** The codes of a set with their two names, in the order in which they are offered. */
import { entryOf } from '../../../shared/code-sets/code-sets.ts'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chips.tsx'
import { TextField } from '../../ui/fields.tsx'
import { type CodeSetDraft, entriesOf, moved, renamed, retired } from './code-set-draft.ts'
import { useCodeSetTexts } from './use-code-set-texts.ts'

interface CodeSetTableProps {
  draft: CodeSetDraft
  /** Those under this heading; undefined for all. */
  under: string | undefined
  isFixed: boolean
  hasOfficial: boolean
  change: (draft: CodeSetDraft) => void
}

export function CodeSetTable({ draft, under, isFixed, hasOfficial, change }: CodeSetTableProps) {
  const { t, language } = useCodeSetTexts()
  const shown = entriesOf(draft).filter(entry => under === undefined || entry.of === under)
  return (
    <div className="table-scroll">
      <table className="table code-table">
        <thead>
          <tr>
            {isFixed ? null : <th scope="col">{t('table.order')}</th>}
            <th scope="col">{t('table.ko')}</th>
            <th scope="col">{t('table.en')}</th>
            {hasOfficial ? <th scope="col">{t('table.official')}</th> : null}
            <th scope="col">{t('table.code')}</th>
            {isFixed ? null : <th scope="col">{t('table.state')}</th>}
          </tr>
        </thead>
        <tbody>
          {shown.map(entry => {
            const name = entry[language] || t('table.new')
            const isNew = entryOf({ entries: draft.base }, entry.code) === undefined
            const isRetired = entry.retired === true
            return (
              <tr key={entry.code} className={isRetired ? 'is-retired' : undefined}>
                {isFixed ? null : (
                  <td className="code-order">
                    <Button
                      look="text"
                      size="small"
                      aria-label={t('table.up', { name })}
                      onPress={() => change(moved(draft, entry.code, -1))}
                    >
                      ↑
                    </Button>
                    <Button
                      look="text"
                      size="small"
                      aria-label={t('table.down', { name })}
                      onPress={() => change(moved(draft, entry.code, 1))}
                    >
                      ↓
                    </Button>
                  </td>
                )}
                <td>
                  <TextField
                    label={t('table.koOf', { name })}
                    labelHidden
                    maxLength={80}
                    value={entry.ko}
                    onChange={ko => change(renamed(draft, entry.code, { ko }))}
                  />
                </td>
                <td>
                  <TextField
                    label={t('table.enOf', { name })}
                    labelHidden
                    maxLength={80}
                    value={entry.en}
                    onChange={en => change(renamed(draft, entry.code, { en }))}
                  />
                </td>
                {hasOfficial ? <td>{entry.official}</td> : null}
                <td>
                  <code>{entry.code}</code>
                </td>
                {isFixed ? null : (
                  <td className="code-state">
                    {isRetired ? <Chip>{t('table.retired')}</Chip> : null}
                    <Button
                      look="text"
                      size="small"
                      aria-label={t(
                        isRetired ? 'table.restoreLabel' : isNew ? 'table.removeLabel' : 'table.retireLabel',
                        {
                          name,
                        },
                      )}
                      onPress={() => change(retired(draft, entry.code, !isRetired))}
                    >
                      {t(isRetired ? 'table.restore' : isNew ? 'table.remove' : 'table.retire')}
                    </Button>
                  </td>
                )}
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}
