/** Which texts of a redacted edition go out as they are: chosen one by one by who conducted the conference. */
import { PART_NAMES } from '../../../shared/minutes/bundle.ts'
import { Checkbox } from '../../ui/fields.tsx'
import type { ExportItem } from './export-panel.tsx'
import type { exportsKo } from './texts-ko.ts'
import { useExportTexts } from './use-export-texts.ts'

export interface ReleasedPartsProps {
  items: readonly ExportItem[]
  /** `<leaf> <part>` */
  released: ReadonlySet<string>
  onChange: (released: ReadonlySet<string>) => void
}

type PartName = keyof (typeof exportsKo)['part']
const namesOf = (kind: 'meeting' | 'item') =>
  PART_NAMES[kind].filter((name): name is PartName & typeof name => name !== 'facts')

export function ReleasedParts({ items, released, onChange }: ReleasedPartsProps) {
  const { t } = useExportTexts()
  const leaves = [
    { key: 'meeting', title: t('meeting'), parts: namesOf('meeting') },
    ...items.map(item => ({ key: `item:${item.itemId}`, title: t('itemName', { ...item }), parts: namesOf('item') })),
  ]
  const toggle = (name: string, isOn: boolean) => {
    const next = new Set(released)
    if (isOn) next.add(name)
    else next.delete(name)
    onChange(next)
  }
  return (
    <details>
      <summary>{t('release')}</summary>
      <p className="quiet small">{t('releaseHelp')}</p>
      <div className="release-groups">
        {leaves.map(({ key, title, parts }) => (
          <fieldset key={key}>
            <legend>{title}</legend>
            <div className="release-parts">
              {parts.map(part => (
                <Checkbox
                  key={part}
                  isSelected={released.has(`${key} ${part}`)}
                  onChange={isOn => toggle(`${key} ${part}`, isOn)}
                >
                  {t(`part.${part}`)}
                </Checkbox>
              ))}
            </div>
          </fieldset>
        ))}
      </div>
    </details>
  )
}
