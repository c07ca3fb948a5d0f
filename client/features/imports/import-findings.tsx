/** What a look at a list found: rows to mend, each with its reason, and rows that are likely known already. */
import { Link } from 'react-router'
import { ROW_FAULTS } from '../../../shared/imports/household-row.ts'
import type { ImportDuplicate, ImportView } from '../../../shared/protocol/imports.ts'
import { Button } from '../../ui/button.tsx'
import { Checkbox } from '../../ui/fields.tsx'
import { Section } from '../../ui/page.tsx'
import { saveFile } from '../exports/save-file.ts'
import { useImportTexts } from './use-import-texts.ts'

export function Faults({
  view,
  onTakeOut,
  onFailed,
}: {
  view: ImportView
  onTakeOut: (language: 'ko' | 'en') => Promise<Blob>
  onFailed: (error: unknown) => void
}) {
  const { t, language } = useImportTexts()
  if (view.faultCount === 0) return null
  const takeOut = () =>
    onTakeOut(language)
      .then(blob => saveFile(blob, `${t('faults')}.csv`))
      .catch(onFailed)
  return (
    <Section
      title={`${t('faults')} ${view.faultCount.toLocaleString()}`}
      lead={t('faultsLead')}
      actions={
        <Button size="small" onPress={() => void takeOut()}>
          {t('takeFaults')}
        </Button>
      }
    >
      <div className="table-scroll">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t('row')}</th>
              <th scope="col">{t('fault.cell')}</th>
              <th scope="col">{t('fault.value')}</th>
              <th scope="col">{t('fault.what')}</th>
            </tr>
          </thead>
          <tbody>
            {view.faults.map(({ row, column, fault, text }) => (
              <tr key={`${row} ${column} ${fault}`}>
                <th scope="row" className="number">
                  {row}
                </th>
                <td>{column}</td>
                <td>{text}</td>
                <td>{ROW_FAULTS[fault][language]}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {view.faults.length < view.faultCount ? (
        <p className="quiet small">{t('faultsMore', { shown: view.faults.length })}</p>
      ) : null}
    </Section>
  )
}

export function Doubles({
  view,
  keep,
  onKeep,
}: {
  view: ImportView
  keep: ReadonlySet<number>
  onKeep: (keep: ReadonlySet<number>) => void
}) {
  const { t } = useImportTexts()
  if (view.duplicateCount === 0) return null
  const change = (row: number, isKept: boolean) =>
    onKeep(new Set(isKept ? [...keep, row] : [...keep].filter(one => one !== row)))
  return (
    <Section title={`${t('doubles')} ${view.duplicateCount.toLocaleString()}`} lead={t('doublesLead')}>
      <div className="table-scroll">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t('double.keep')}</th>
              <th scope="col">{t('double.household')}</th>
              <th scope="col">{t('double.like')}</th>
            </tr>
          </thead>
          <tbody>
            {view.duplicates.map(double => (
              <tr key={double.row}>
                <td>
                  <Checkbox
                    aria-label={t('keepRow', { row: double.row, name: double.name })}
                    isSelected={keep.has(double.row)}
                    onChange={isKept => change(double.row, isKept)}
                  />
                </td>
                <th scope="row">
                  {t('headingAt', { row: double.row })} · {double.name}{' '}
                  <span className="quiet small">{[double.birth, double.address].filter(Boolean).join(' · ')}</span>
                </th>
                <td>
                  <Like like={double.like} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  )
}

function Like({ like }: { like: ImportDuplicate['like'] }) {
  const { t } = useImportTexts()
  if (like.kind === 'row') return t('likeRow', { row: like.row })
  if (like.kind === 'case') return <Link to={`/cases/${like.caseId}`}>{t('likeCase', { title: like.title })}</Link>
  return t('likeFinding', { file: like.fileName, row: like.row, standing: like.standing })
}
