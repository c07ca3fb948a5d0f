import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { opens } from '../../../shared/bases/bases.ts'
import type { AgencyId } from '../../../shared/ids.ts'
import type { ConferenceView, ItemGround, ItemView } from '../../../shared/protocol/http-api.ts'
import { useApi } from '../../lib/services.tsx'
import { AgencyChip } from '../../ui/chips.tsx'
import { ConfirmDialog } from '../../ui/dialog.tsx'
import { Checkbox } from '../../ui/fields.tsx'
import { useNotices } from '../../ui/notice.tsx'
import { GroundCell, GroundSummary } from '../bases/ground-cell.tsx'
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

const groundIn = ({ grounds }: OpenItem, agencyId: AgencyId): ItemGround =>
  grounds.find(ground => ground.agencyId === agencyId) ?? { agencyId, standing: 'none', basis: null, until: null }

/** Agency by item: who may open what, and by what right. Giving is one press; taking away asks, because what was read stays read. */
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

  /** A basis was entered: which agencies open the item is another answer now. */
  async function lookAgain() {
    try {
      onSaved(await api.conference(view.conferenceId))
    } catch (error) {
      onError(error)
    }
  }

  return (
    <div className="stack-tight">
      <h3 className="plan-subtitle">{t('plan.clearance')}</h3>
      <p className="quiet small">{t('plan.clearanceLead')}</p>
      <GroundSummary
        cleared={rows.flatMap(({ item }) => item.agencies.map(({ agencyId }) => groundIn(item, agencyId)))}
      />
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
              const readers = item.agencies.filter(a => opens(groundIn(item, a.agencyId).standing))
              const others = view.agencies.filter(a => !readers.some(reader => reader.agencyId === a.agencyId))
              return (
                <tr key={item.itemId}>
                  <th scope="row">
                    {line.number}. {nameOf(line)}
                    <div className="quiet small clearance-words">
                      {others.length === 0
                        ? t('plan.whoSeesAll')
                        : t('plan.whoSeesSome', {
                            agencies: joinNames(readers.map(a => a.shortName)),
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
                        {item.case ? (
                          <GroundCell
                            caseId={item.case.caseId}
                            agency={agency}
                            itemName={nameOf(line)}
                            ground={groundIn(item, agency.agencyId)}
                            isCleared={isCleared}
                            onFixed={() => void lookAgain()}
                          />
                        ) : null}
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
