import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AgencyId } from '../../../shared/ids.ts'
import type { ConferenceView, ItemView } from '../../../shared/protocol/http-api.ts'
import { useApi } from '../../lib/services.tsx'
import { AgencyChip } from '../../ui/chips.tsx'
import { ConfirmDialog } from '../../ui/dialog.tsx'
import { Checkbox } from '../../ui/fields.tsx'
import { useNotices } from '../../ui/notice.tsx'
import type { AgendaLine } from './agenda-lines.ts'
import { joinNames } from './join-names.ts'

type OpenItem = Extract<ItemView, { restricted: false }>

interface ClearanceTableProps {
  view: ConferenceView
  lines: readonly AgendaLine[]
  nameOf: (line: AgendaLine) => string
  onSaved: (view: ConferenceView) => void
  onError: (error: unknown) => void
}

/** Agency by item: who may open what. Giving is one press; taking away asks, because what was read stays read. */
export function ClearanceTable({ view, lines, nameOf, onSaved, onError }: ClearanceTableProps) {
  const { t } = useTranslation('conferences')
  const api = useApi()
  const notify = useNotices()
  const [busy, setBusy] = useState(false)
  const [withdrawing, setWithdrawing] = useState<{ line: AgendaLine; item: OpenItem; agencyId: AgencyId }>()
  const rows = lines.flatMap(line =>
    line.item && !line.item.restricted && line.item.kind === 'case' ? [{ line, item: line.item }] : [],
  )
  if (rows.length === 0) return null
  const nameOfAgency = (agencyId: AgencyId) => view.agencies.find(a => a.agencyId === agencyId)?.shortName ?? ''

  async function change(line: AgendaLine, item: OpenItem, agencies: AgencyId[]) {
    setBusy(true)
    try {
      onSaved(await api.changeItem(view.conferenceId, item.itemId, { _v: item._v, agencies }))
      notify(t('plan.clearanceSaved', { item: nameOf(line) }))
    } catch (error) {
      onError(error)
      window.scrollTo(0, 0)
    } finally {
      setBusy(false)
      setWithdrawing(undefined)
    }
  }

  return (
    <div className="stack-tight">
      <h3 className="plan-subtitle">{t('plan.clearance')}</h3>
      <p className="quiet small">{t('plan.clearanceLead')}</p>
      <div className="table-scroll">
        <table className="table clearance">
          <thead>
            <tr>
              <th scope="col">{t('plan.item')}</th>
              {view.agencies.map(agency => (
                <th key={agency.agencyId} scope="col">
                  <AgencyChip shortName={agency.shortName} name={agency.name} colour={agency.colour} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ line, item }) => {
              const cleared = item.agencies.map(a => a.agencyId)
              const others = view.agencies.filter(a => !cleared.includes(a.agencyId))
              return (
                <tr key={item.itemId}>
                  <th scope="row">
                    {line.number}. {nameOf(line)}
                    <div className="quiet small clearance-words">
                      {others.length === 0
                        ? t('plan.whoSeesAll')
                        : t('plan.whoSeesSome', {
                            agencies: joinNames(item.agencies.map(a => a.shortName)),
                            others: joinNames(others.map(a => a.shortName)),
                          })}
                    </div>
                  </th>
                  {view.agencies.map(agency => {
                    const isCleared = cleared.includes(agency.agencyId)
                    const isLead = agency.agencyId === item.case?.leadAgencyId
                    return (
                      <td key={agency.agencyId} title={isLead ? t('plan.leadAgencyAlways') : undefined}>
                        <Checkbox
                          isSelected={isCleared}
                          isDisabled={busy || isLead || !item.mayChangeClearance}
                          aria-label={t('plan.clearanceCell', { agency: agency.shortName, item: nameOf(line) })}
                          onChange={give => {
                            if (give) void change(line, item, [...cleared, agency.agencyId])
                            else setWithdrawing({ line, item, agencyId: agency.agencyId })
                          }}
                        />
                      </td>
                    )
                  })}
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
      <ConfirmDialog
        title={t('plan.withdrawTitle', { agency: withdrawing ? nameOfAgency(withdrawing.agencyId) : '' })}
        isOpen={withdrawing !== undefined}
        action={t('plan.withdraw')}
        danger
        isPending={busy}
        onCancel={() => setWithdrawing(undefined)}
        onConfirm={() => {
          if (!withdrawing) return
          const { line, item, agencyId } = withdrawing
          const left = item.agencies.map(a => a.agencyId).filter(id => id !== agencyId)
          void change(line, item, left)
        }}
      >
        {withdrawing
          ? t('plan.withdrawBody', { item: nameOf(withdrawing.line), agency: nameOfAgency(withdrawing.agencyId) })
          : null}
      </ConfirmDialog>
    </div>
  )
}
