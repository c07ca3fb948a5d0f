/** One page of the list of cases. */
import { Link } from 'react-router'
import type { ClockState } from '../../../shared/cases/clocks.ts'
import { CASE_CLOCKS, CASE_TRACKS } from '../../../shared/cases/life-codes.ts'
import { CASE_AGENCY_ROLES, codesOf } from '../../../shared/codes.ts'
import type { CaseListRow } from '../../../shared/protocol/case-list.ts'
import { useLanguage } from '../../i18n/use-language.ts'
import { formatShortDay } from '../../lib/format.ts'
import { Chip } from '../../ui/chips.tsx'
import { useCodeSets } from '../code-sets/use-code-sets.ts'
import { useCaseListTexts } from './use-case-list-texts.ts'
import { useCaseTexts } from './use-case-texts.ts'

export function CaseListTable({ rows }: { rows: readonly CaseListRow[] }) {
  const { t } = useCaseTexts()
  const codes = useCodeSets()
  const { t: words } = useCaseListTexts()
  const language = useLanguage()
  return (
    <div className="table-scroll">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t('list.number')}</th>
            <th scope="col">{t('list.label')}</th>
            <th scope="col">{t('list.stage')}</th>
            <th scope="col">{words('due')}</th>
            <th scope="col">{t('list.agencies')}</th>
            <th scope="col">{t('list.workers')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(row => (
            <tr key={row.caseId}>
              <td className="number">{row.number}</td>
              <th scope="row">
                <Link to={`/cases/${row.caseId}`}>{row.label}</Link>{' '}
                {row.synthetic ? <span className="quiet small">{t('synthetic', { ns: 'common' })}</span> : null}
                {row.grade ? <div className="quiet small">{codes.label('case_grade', row.grade)}</div> : null}
              </th>
              <td>
                <Chip>{codes.label('case_stage', row.stage)}</Chip>
                {row.track ? <div className="quiet small">{CASE_TRACKS[row.track][language]}</div> : null}
              </td>
              <td>{row.clock ? <Due clock={row.clock} /> : null}</td>
              <td>
                {codesOf(CASE_AGENCY_ROLES).map(role => {
                  const names = row.agencies.filter(agency => agency.role === role).map(agency => agency.shortName)
                  return names.length === 0 ? null : (
                    <div key={role}>
                      <span className="quiet small">{CASE_AGENCY_ROLES[role][language]}</span> {names.join(', ')}
                    </div>
                  )
                })}
              </td>
              <td>{row.workers.map(worker => worker.name).join(', ')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Due({ clock }: { clock: ClockState }) {
  const { t: words } = useCaseListTexts()
  const language = useLanguage()
  const left =
    clock.daysLeft > 0
      ? words('daysLeft', { n: clock.daysLeft })
      : clock.daysLeft === 0
        ? words('dueToday')
        : words('daysLate', { n: -clock.daysLeft })
  return (
    <>
      <Chip tone={clock.overdue ? 'warning' : 'neutral'}>{left}</Chip>
      <div className="quiet small">
        {words('dueOn', { clock: CASE_CLOCKS[clock.clock][language], day: formatShortDay(clock.due, language) })}
      </div>
    </>
  )
}
