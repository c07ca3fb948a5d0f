/** A case's ledger of who gives what: warnings first, then promises to enter, the givings, sums, and the year. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import type { CaseId } from '../../../shared/ids.ts'
import type { ActionView } from '../../../shared/protocol/action-api.ts'
import type { AllocationSource, AllocationsView } from '../../../shared/protocol/resources.ts'
import { EMERGENCY_KINDS } from '../../../shared/resources/emergency-limits.ts'
import { guessService } from '../../../shared/resources/service-guess.ts'
import { formatMoney, seoulDay } from '../../lib/format.ts'
import { withParticle } from '../../lib/particles.ts'
import { useApi } from '../../lib/services.tsx'
import { Button } from '../../ui/button.tsx'
import { AgencyChip } from '../../ui/chips.tsx'
import { Notice, useNotices } from '../../ui/notice.tsx'
import { Section } from '../../ui/page.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { useCodeSets } from '../code-sets/use-code-sets.ts'
import { AllocationCard } from './allocation-card.tsx'
import { AllocationForm, type AllocationProposal } from './allocation-form.tsx'
import { resourcesApi } from './resources-api.ts'
import { useResourceTexts } from './use-resource-texts.ts'
import { YearStrip } from './year-strip.tsx'

interface AllocationsProps {
  caseId: CaseId
  view: AllocationsView
  onChanged: () => Promise<unknown>
}

interface Entry {
  source: AllocationSource
  proposal: AllocationProposal
}

export function Allocations({ caseId, view, onChanged }: AllocationsProps) {
  const { t, language } = useResourceTexts()
  const codes = useCodeSets()
  const api = useApi()
  const notify = useNotices()
  const [entry, setEntry] = useState<Entry>()
  const mayWrite = view.mayEnterFor.length > 0
  const resources = useQuery({
    queryKey: ['resources'],
    queryFn: async () => (await resourcesApi(api).list()).resources,
    enabled: mayWrite,
  })
  const promises = usePromises(caseId, view, mayWrite)
  const nameOf = (id: string) => view.allocations.find(one => one.allocationId === id)?.agency.name ?? ''
  const doubleWords = (a: string, b: string) =>
    t('help.doubleOf', language === 'ko' ? { a: withParticle(a, 'gwa'), b: withParticle(b, 'i') } : { a, b })
  const begin = (next: Entry) => setEntry(next)

  return (
    <>
      <Section
        title={t('help.title')}
        lead={t('help.lead')}
        actions={
          mayWrite && entry === undefined ? (
            <Button onPress={() => begin({ source: { of: 'none' }, proposal: { from: seoulDay(Date.now()) } })}>
              {t('help.add')}
            </Button>
          ) : undefined
        }
      >
        <div className="stack">
          {view.doubles.length > 0 ? (
            <Notice tone="warning" title={t('help.double')}>
              <ul>
                {view.doubles.map(([a, b]) => (
                  <li key={`${a} ${b}`}>{doubleWords(nameOf(a), nameOf(b))}</li>
                ))}
              </ul>
            </Notice>
          ) : null}
          {view.emergency.length > 0 ? (
            <Notice
              tone={view.emergency.some(count => count.standing === 'beyond') ? 'warning' : 'info'}
              title={t('help.emergency')}
            >
              <ul>
                {view.emergency.map(count => (
                  <li key={count.kind}>
                    {t(count.counts === 'months' ? 'help.emergencyCountMonths' : 'help.emergencyCountTimes', {
                      kind: EMERGENCY_KINDS[count.kind][language],
                      before: count.before,
                      most: count.most,
                    })}{' '}
                    – {t(`help.standing.${count.standing}`)}
                  </li>
                ))}
              </ul>
            </Notice>
          ) : null}
          {entry ? (
            <AllocationForm
              key={entry.source.of === 'action' ? entry.source.actionId : entry.source.of}
              agencies={view.mayEnterFor}
              known={view.allocations}
              resources={resources.data ?? []}
              source={entry.source}
              proposal={entry.proposal}
              onSave={async body => {
                await resourcesApi(api).allocate(caseId, body)
                notify(t('entry.saved'))
                await onChanged()
              }}
              onClose={() => setEntry(undefined)}
            />
          ) : null}
          {promises.length > 0 && entry === undefined ? (
            <div className="card referral-card">
              <strong>{t('help.promises')}</strong>
              <p className="quiet small">{t('help.promisesLead')}</p>
              <ul className="promise-list">
                {promises.map(({ action, proposal }) => (
                  <li key={action.actionId}>
                    <AgencyChip
                      shortName={action.agency.shortName}
                      name={action.agency.name}
                      colour={action.agency.colour}
                    />
                    <span>
                      {action.what} · {formatMoney(action.amount ?? 0, language)} ·{' '}
                      {codes.label('service', proposal.service)}
                    </span>
                    <Button
                      size="small"
                      aria-label={`${t('help.promiseAdd')}: ${action.what}`}
                      onPress={() => begin({ source: { of: 'action', actionId: action.actionId }, proposal })}
                    >
                      {t('help.promiseAdd')}
                    </Button>
                  </li>
                ))}
              </ul>
            </div>
          ) : null}
          {view.allocations.length === 0 ? (
            <EmptyState title={t('help.emptyTitle')}>{t('help.emptyBody')}</EmptyState>
          ) : (
            <div className="stack">
              {view.allocations.map(one => (
                <AllocationCard key={one.allocationId} one={one} onChanged={onChanged} />
              ))}
            </div>
          )}
        </div>
      </Section>
      {view.allocations.length === 0 ? null : (
        <>
          <Sums view={view} />
          <YearStrip allocations={view.allocations} />
        </>
      )}
    </>
  )
}

/** Action items that promise an amount, by agencies for which the reader may enter it, and that do not stand in the ledger yet. */
function usePromises(caseId: CaseId, view: AllocationsView, mayWrite: boolean) {
  const api = useApi()
  const { data } = useQuery({
    queryKey: ['case-promises', caseId],
    queryFn: async () => (await resourcesApi(api).actions(caseId)).actions,
    enabled: mayWrite,
    staleTime: 0,
    gcTime: 0,
  })
  const entered = new Set(view.allocations.flatMap(one => (one.source.of === 'action' ? [one.source.actionId] : [])))
  const isOurs = (action: ActionView) => view.mayEnterFor.some(agency => agency.agencyId === action.agency.agencyId)
  return (data ?? [])
    .filter(action => action.amount !== null && action.amount > 0 && !entered.has(action.actionId) && isOurs(action))
    .filter(action => action.status !== 'dropped' && action.status !== 'declined')
    .map(action => ({
      action,
      proposal: {
        agencyId: action.agency.agencyId,
        service: guessService(`${action.what} ${action.rule}`),
        what: action.what.slice(0, 300),
        amount: action.amount ?? 0,
        rule: action.rule.slice(0, 300),
        from: action.due === '' ? seoulDay(Date.now()) : action.due,
      },
    }))
}

function Sums({ view }: { view: AllocationsView }) {
  const { t, language } = useResourceTexts()
  return (
    <Section title={t('help.sums')}>
      <div className="table-scroll">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t('help.agency')}</th>
              <th scope="col">{t('help.given')}</th>
              <th scope="col">{t('help.promised')}</th>
              <th scope="col">{t('help.givenTimes')}</th>
              <th scope="col">{t('help.promisedTimes')}</th>
            </tr>
          </thead>
          <tbody>
            {view.sums.map(({ agency, sum }) => (
              <tr key={agency?.agencyId ?? 'total'}>
                <th scope="row">{agency?.name ?? t('help.total')}</th>
                <td className="number">{formatMoney(sum.given, language)}</td>
                <td className="number">{formatMoney(sum.promised, language)}</td>
                <td className="number">{sum.givenTimes}</td>
                <td className="number">{sum.promisedTimes}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  )
}
