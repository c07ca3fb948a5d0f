import { useState } from 'react'
import { Checkbox, TextField } from '../../ui/fields.tsx'
import { planSheet, planSheetText } from './plan-sheet.ts'
import { PrintGate } from './print-gate.tsx'
import { SheetPage } from './sheet-page.tsx'
import { usePaperTexts } from './use-paper-texts.ts'
import type { Sheet } from './use-sheet.ts'

/** The plan on one sheet, for approval and preparation. Households are named only where the reader may open the item. */
export function PlanSheetPage() {
  const { t } = usePaperTexts()
  return (
    <SheetPage title={t('sheets.plan')} lead={t('planSheet.lead')}>
      {sheet => <Plan sheet={sheet} />}
    </SheetPage>
  )
}

function Plan({ sheet: { view, lines } }: { sheet: Sheet }) {
  const { t, language } = usePaperTexts()
  const [typed, setTyped] = useState<string>()
  const [withNames, setWithNames] = useState(true)
  const purpose = typed ?? t(`planSheet.purposeOf.${view.type}`)
  const plan = planSheet({ view, lines, purpose, withNames, language, t })
  return (
    <PrintGate
      conferenceId={view.conferenceId}
      what={plan.named.length > 0 ? { what: 'plan', items: [...plan.named] } : undefined}
      proposedPurpose={t('gate.proposedPlan', { title: view.title })}
      textOf={() => planSheetText(plan, t)}
      controls={
        <>
          <TextField label={t('planSheet.purposeEdit')} rows={2} value={purpose} onChange={setTyped} />
          <div>
            <Checkbox isSelected={withNames} onChange={setWithNames}>
              {t('planSheet.withNames')}
            </Checkbox>
            <p className="quiet small">{t('planSheet.withNamesHelp')}</p>
          </div>
        </>
      }
    >
      <h2 className="sheet-title">{plan.heading}</h2>
      <dl className="plan-facts">
        {plan.facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <h3 className="sheet-subtitle">
        {t('planSheet.people')}: {plan.peopleSum}
      </h3>
      <div className="table-scroll">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t('planSheet.agency')}</th>
              <th scope="col">{t('planSheet.names')}</th>
              <th scope="col">{t('planSheet.count')}</th>
            </tr>
          </thead>
          <tbody>
            {plan.agencies.map(agency => (
              <tr key={agency.name}>
                <th scope="row">{agency.name}</th>
                <td>{agency.names}</td>
                <td className="number">{agency.count}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <h3 className="sheet-subtitle">{t('planSheet.items')}</h3>
      {plan.items.length === 0 ? (
        <p>{t('planSheet.noItems')}</p>
      ) : (
        <div className="table-scroll">
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{t('planSheet.number')}</th>
                <th scope="col">{t('planSheet.item')}</th>
                <th scope="col">{t('planSheet.time')}</th>
                <th scope="col">{t('planSheet.minutes')}</th>
              </tr>
            </thead>
            <tbody>
              {plan.items.map(item => (
                <tr key={item.number}>
                  <td className="number">{item.number}</td>
                  <th scope="row">{item.name}</th>
                  <td className="number">{item.time}</td>
                  <td className="number">{item.minutes}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <p className="sheet-sum">{plan.sum}</p>
        </div>
      )}
    </PrintGate>
  )
}
