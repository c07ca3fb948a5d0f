/** What the columns of a list mean, over its first rows. */
import { useState } from 'react'
import { codesOf, DISCOVERY_ROUTES, type DiscoveryRoute } from '../../../shared/codes.ts'
import { IMPORT_FIELDS, type ImportField } from '../../../shared/imports/import-columns.ts'
import type { ChangeImportBody, ImportView } from '../../../shared/protocol/imports.ts'
import { Button } from '../../ui/button.tsx'
import { DayField } from '../../ui/date-fields.tsx'
import { Section } from '../../ui/page.tsx'
import { Select } from '../../ui/pickers.tsx'
import { ScrollRegion } from '../../ui/scroll-region.tsx'
import { useCodeSets } from '../code-sets/use-code-sets.ts'
import { useImportTexts } from './use-import-texts.ts'

/** As far down as headings are looked for. */
const HEADING_CHOICES = 12

export function ImportColumns({
  view,
  isPending,
  onSave,
}: {
  view: ImportView
  isPending: boolean
  onSave: (body: Omit<ChangeImportBody, '_v'>) => Promise<void>
}) {
  const { t, language } = useImportTexts()
  const codes = useCodeSets()
  const [mapping, setMapping] = useState<readonly (ImportField | null)[]>(view.mapping)
  const [route, setRoute] = useState<DiscoveryRoute>(view.route)
  const [foundOn, setFoundOn] = useState(view.foundOn)
  const save = (headingRow: number) => void onSave({ route, foundOn, headingRow, mapping: [...mapping] })
  const isChanged =
    route !== view.route || foundOn !== view.foundOn || mapping.some((field, at) => field !== view.mapping[at])
  const fields = [
    { id: 'none' as const, label: t('leaveOut') },
    ...codesOf(IMPORT_FIELDS).map(field => ({ id: field, label: IMPORT_FIELDS[field][language] })),
  ]
  return (
    <Section title={t('columns')} lead={view.isRemembered ? t('remembered') : t('columnsLead')}>
      <div className="import-settings">
        <Select
          label={t('headingRow')}
          width="short"
          value={String(view.headingRow)}
          onChange={row => save(Number(row))}
          options={Array.from({ length: HEADING_CHOICES + 1 }, (_, at) => ({
            id: String(at - 1),
            label: at === 0 ? t('headingNone') : t('headingAt', { row: at }),
          }))}
        />
        <Select
          label={t('route')}
          width="medium"
          value={route}
          onChange={setRoute}
          options={codesOf(DISCOVERY_ROUTES).map(code => ({ id: code, label: codes.label('discovery_route', code) }))}
        />
        <DayField label={t('foundOn')} value={foundOn} onChange={setFoundOn} />
        {view.encoding ? <p className="quiet small">{t('encoding', { name: view.encoding.toUpperCase() })}</p> : null}
      </div>
      <ScrollRegion label={t('preview')}>
        <table className="table import-preview">
          <thead>
            <tr>
              <th scope="col">{t('row')}</th>
              {view.headings.map((heading, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place
                <th key={at} scope="col">
                  <Select
                    label={heading || t('columnAt', { n: at + 1 })}
                    value={mapping[at] ?? 'none'}
                    onChange={next =>
                      setMapping(
                        mapping.map((field, place) =>
                          place === at ? (next === 'none' ? null : next) : field === next ? null : field,
                        ),
                      )
                    }
                    options={fields}
                  />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {view.preview.map(({ row, cells }) => (
              <tr key={row}>
                <th scope="row" className="number">
                  {row}
                </th>
                {view.headings.map((_, at) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place
                  <td key={at} className={mapping[at] ? undefined : 'quiet'}>
                    {cells[at] ?? ''}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      <Button isDisabled={!isChanged} isPending={isPending} onPress={() => save(view.headingRow)}>
        {t('saveColumns')}
      </Button>
    </Section>
  )
}
