/** In the case: every action item with what became of it, and how those that are done helped, by need: the evidence at closure. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { EFFECTS } from '../../../shared/actions/action-codes.ts'
import { codesOf } from '../../../shared/codes.ts'
import type { CaseId } from '../../../shared/ids.ts'
import type { EffectOfNeed } from '../../../shared/protocol/action-api.ts'
import { useApi } from '../../lib/services.tsx'
import { Section } from '../../ui/page.tsx'
import { ErrorState, Loading } from '../../ui/states.tsx'
import { useCodeSets } from '../code-sets/use-code-sets.ts'
import { ActionRow } from './action-row.tsx'
import { useActionItemTexts } from './use-action-item-texts.ts'
import './actions.css'

export function CaseLedger({ caseId }: { caseId: CaseId }) {
  const { t } = useActionItemTexts()
  const api = useApi()
  const queries = useQueryClient()
  const key = ['case-actions', caseId]
  const { data, error, refetch } = useQuery({ queryKey: key, queryFn: () => api.caseActions(caseId) })
  return (
    <>
      <Section title={t('case.title')} lead={t('case.lead')}>
        {data === undefined ? (
          error ? (
            <ErrorState error={error} onRetry={() => void refetch()} />
          ) : (
            <Loading />
          )
        ) : data.actions.length === 0 ? (
          <p className="quiet">{t('case.none')}</p>
        ) : (
          <ul className="action-rows">
            {data.actions.map(action => (
              <ActionRow
                key={`${action.document}/${action.actionId}`}
                action={action}
                withCase={false}
                onMoved={() => queries.invalidateQueries({ queryKey: key })}
              />
            ))}
          </ul>
        )}
      </Section>
      {data && data.effects.length > 0 ? (
        <Section title={t('case.effects')} lead={t('case.effectsLead')}>
          <Effects effects={data.effects} />
        </Section>
      ) : null}
    </>
  )
}

function Effects({ effects }: { effects: readonly EffectOfNeed[] }) {
  const { t, language } = useActionItemTexts()
  const codes = useCodeSets()
  return (
    <div className="table-scroll">
      <table className="table" data-testid="effects">
        <thead>
          <tr>
            <th scope="col">{t('case.need')}</th>
            <th scope="col">{t('case.done')}</th>
            {codesOf(EFFECTS).map(code => (
              <th scope="col" key={code}>
                {EFFECTS[code][language]}
              </th>
            ))}
            <th scope="col">{t('case.notAsked')}</th>
            <th scope="col">{t('case.unfinished')}</th>
          </tr>
        </thead>
        <tbody>
          {effects.map(effect => (
            <tr key={effect.need}>
              <th scope="row">{effect.need ? codes.label('need_domain', effect.need) : t('case.noNeed')}</th>
              <td className="number">{effect.done}</td>
              {codesOf(EFFECTS).map(code => (
                <td className="number" key={code}>
                  {effect[code]}
                </td>
              ))}
              <td className="number">{effect.notAsked}</td>
              <td className="number">{effect.unfinished}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
