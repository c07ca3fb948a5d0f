import { useState } from 'react'
import type { AllocationView } from '../../../shared/protocol/resources.ts'
import { toSeoulTime } from '../../lib/format.ts'
import { Button } from '../../ui/button.tsx'
import { AgencyChip } from '../../ui/chips.tsx'
import { Section } from '../../ui/page.tsx'
import { useResourceTexts } from './use-resource-texts.ts'
import { yearStrip } from './year-strip.ts'

const WORDS = {
  given: 'help.monthGiven',
  due: 'help.monthDue',
  both: 'help.monthBoth',
  none: 'help.monthNone',
} as const
const MONTHS = Array.from({ length: 12 }, (_, index) => index + 1)

/** Who gives what in which month of a year. A table: the signs have their words beside them for who listens. */
export function YearStrip({ allocations }: { allocations: readonly AllocationView[] }) {
  const { t } = useResourceTexts()
  const [year, setYear] = useState(toSeoulTime(Date.now()).year)
  const rows = yearStrip(allocations, year)
  return (
    <Section
      title={t('help.year', { year })}
      actions={
        <>
          <Button size="small" onPress={() => setYear(year - 1)}>
            ← {t('help.earlier')}
          </Button>
          <Button size="small" onPress={() => setYear(year + 1)}>
            {t('help.later')} →
          </Button>
        </>
      }
    >
      <div className="table-scroll">
        <table className="table year-strip">
          <thead>
            <tr>
              <th scope="col">{t('help.agency')}</th>
              {MONTHS.map(n => (
                <th key={n} scope="col" className="number">
                  {t('help.month', { n })}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(row => (
              <tr key={row.allocationId}>
                <th scope="row">
                  <AgencyChip shortName={row.agency.shortName} name={row.agency.name} colour={row.agency.colour} />{' '}
                  <span className="small">{row.what}</span>
                </th>
                {MONTHS.map(n => {
                  const mark = row.months[n - 1] ?? 'none'
                  return (
                    <td key={n} className={`year-month year-${mark}`}>
                      {mark === 'none' ? <span className="visually-hidden">{t(WORDS[mark])}</span> : t(WORDS[mark])}
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  )
}
