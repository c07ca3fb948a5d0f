import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'
import { opens } from '../../../shared/bases/bases.ts'
import { DISCLOSURE_BASES } from '../../../shared/bases/basis-codes.ts'
import { CASE_AGENCY_ROLES } from '../../../shared/codes.ts'
import type { AgencyId } from '../../../shared/ids.ts'
import type { AgencyBasisView, CaseBasesView } from '../../../shared/protocol/bases.ts'
import { basesApi } from '../../lib/bases-api.ts'
import { daysBetween, formatDay } from '../../lib/format.ts'
import { useApi } from '../../lib/services.tsx'
import { Button } from '../../ui/button.tsx'
import { AgencyChip } from '../../ui/chips.tsx'
import { Section } from '../../ui/page.tsx'
import { ErrorState, Loading } from '../../ui/states.tsx'
import type { CaseSectionProps } from '../cases/case-sections.tsx'
import { BasisChip } from './basis-chip.tsx'
import { BasisForm } from './basis-form.tsx'
import { BasisList } from './basis-list.tsx'
import { ConsentForm } from './consent-form.tsx'
import { SensitiveMark } from './sensitive-mark.tsx'
import { useBasesTexts } from './use-bases-texts.ts'
import './bases.css'

type Entering = { kind: 'consent' | 'law'; receivers: readonly AgencyId[] }

/** 기관·근거: which agencies may know of the case, by what right and until when. */
export function BasesSection({ caseId }: CaseSectionProps) {
  const { t } = useBasesTexts()
  const api = basesApi(useApi())
  const queries = useQueryClient()
  const key = ['case-bases', caseId]
  const { data, error, refetch } = useQuery({ queryKey: key, queryFn: () => api.open(caseId) })
  const [entering, setEntering] = useState<Entering>()
  if (data === undefined) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Loading />

  const changed = (view: CaseBasesView) => queries.setQueryData(key, view)
  const reload = async () => {
    await refetch()
  }
  const done = (view: CaseBasesView) => {
    changed(view)
    setEntering(undefined)
  }
  return (
    <div className="stack">
      <Section
        title={t('table.title')}
        lead={t('table.lead')}
        actions={
          data.mayChange && entering === undefined ? (
            <>
              <Button look="primary" onPress={() => setEntering({ kind: 'consent', receivers: [] })}>
                {t('actions.consent')}
              </Button>
              <Button onPress={() => setEntering({ kind: 'law', receivers: [] })}>{t('actions.law')}</Button>
            </>
          ) : null
        }
      >
        <AgencyTable
          view={data}
          onPropose={
            data.mayChange && entering === undefined
              ? row => setEntering({ kind: row.proposed === 'consent' ? 'consent' : 'law', receivers: [row.agencyId] })
              : undefined
          }
        />
        {data.mayChange ? null : <p className="quiet">{t('readOnly')}</p>}
      </Section>
      {entering?.kind === 'consent' ? (
        <ConsentForm
          view={data}
          receivers={entering.receivers}
          onSaved={done}
          onReload={reload}
          onClose={() => setEntering(undefined)}
        />
      ) : null}
      {entering?.kind === 'law' ? (
        <BasisForm
          view={data}
          receivers={entering.receivers}
          onSaved={done}
          onReload={reload}
          onClose={() => setEntering(undefined)}
        />
      ) : null}
      <SensitiveMark view={data} onChanged={changed} onReload={reload} />
      {data.mayChange ? <BasisList view={data} onChanged={changed} onReload={reload} /> : null}
      <p>
        <Link to="/agreements">{t('agreements.link')}</Link>
      </p>
    </div>
  )
}

interface AgencyTableProps {
  view: CaseBasesView
  onPropose?: ((row: AgencyBasisView) => void) | undefined
}

function AgencyTable({ view, onPropose }: AgencyTableProps) {
  const { t, language } = useBasesTexts()
  return (
    <div className="table-scroll">
      <table className="table bases-table">
        <thead>
          <tr>
            <th scope="col">{t('table.agency')}</th>
            <th scope="col">{t('table.part')}</th>
            <th scope="col">{t('table.standing')}</th>
            <th scope="col">{t('table.basis')}</th>
            <th scope="col">{t('table.until')}</th>
          </tr>
        </thead>
        <tbody>
          {view.agencies.map(row => (
            <tr key={row.agencyId}>
              <th scope="row">
                <AgencyChip shortName={row.shortName} name={row.name} colour={row.colour} />{' '}
                <span className="quiet small">{t(row.public ? 'table.public' : 'table.private')}</span>
              </th>
              <td>{row.role === null ? t('table.notOnCase') : CASE_AGENCY_ROLES[row.role][language]}</td>
              <td>
                <BasisChip standing={row.standing} />
                <span className="bases-opens small">{t(opens(row.standing) ? 'table.opens' : 'table.opensNot')}</span>
              </td>
              <td>
                {row.basis === null ? null : DISCLOSURE_BASES[row.basis][language]}
                {row.basis !== null && !row.sensitive ? (
                  <span className="quiet small"> · {t('table.sensitiveNot')}</span>
                ) : null}
                {row.basis === null ? null : ' '}
                {onPropose && (!opens(row.standing) || row.standing === 'ending') ? (
                  <Button
                    size="small"
                    aria-label={
                      row.standing === 'ending'
                        ? t('table.renewLabel', { agency: row.name })
                        : t('table.proposeLabel', {
                            agency: row.name,
                            basis: DISCLOSURE_BASES[row.proposed][language],
                          })
                    }
                    onPress={() => onPropose(row)}
                  >
                    {row.standing === 'ending'
                      ? t('table.renew')
                      : t('table.propose', { basis: DISCLOSURE_BASES[row.proposed][language] })}
                  </Button>
                ) : null}
              </td>
              <td>
                <Until row={row} today={view.today} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Until({ row, today }: { row: AgencyBasisView; today: string }) {
  const { t, language } = useBasesTexts()
  if (row.basis === null) return null
  if (row.until === null) return <>{t('table.noEnd')}</>
  const left = daysBetween(today, row.until)
  return (
    <>
      {formatDay(row.until, language)}
      {row.standing === 'ending' ? (
        <strong className="bases-left small">
          {left === 0 ? t('table.lastToday') : t('table.daysLeft', { count: left })}
        </strong>
      ) : null}
    </>
  )
}
