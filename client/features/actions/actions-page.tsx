/** My action items, my agency's, and those of all my cases. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { seoulDay } from '../../lib/format.ts'
import { useApi } from '../../lib/services.tsx'
import { Choice } from '../../ui/fields.tsx'
import { PageHeader } from '../../ui/page.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { EmptyState, ErrorState, Loading } from '../../ui/states.tsx'
import { FILTERS, type Filter, findActions, isShown, WHOSE, type Whose, whose } from './action-lists.ts'
import { ActionRow } from './action-row.tsx'
import { useActionItemTexts } from './use-action-item-texts.ts'
import './actions.css'

export function ActionsPage() {
  const { t } = useActionItemTexts()
  const { t: common } = useTranslation()
  const api = useApi()
  const queries = useQueryClient()
  const { data, error, refetch } = useQuery({ queryKey: ['actions'], queryFn: () => api.allActions() })
  const [who, setWho] = useState<Whose>('mine')
  const [filter, setFilter] = useState<Filter>('open')
  const [query, setQuery] = useState('')
  const today = seoulDay(Date.now())

  if (data === undefined) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Loading />
  const theirs = whose(data.actions, who)
  const shown = findActions(
    theirs.filter(action => isShown(action, filter, today)),
    query,
  )
  return (
    <>
      <PageHeader title={t('page.title')} lead={t('page.lead')} />
      {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      <div className="stack">
        <Choice
          label={t('page.tabs')}
          labelHidden
          value={who}
          options={WHOSE.map(id => ({ id, label: t(`page.${id}`) }))}
          onChange={setWho}
        />
        <Choice
          label={t('page.filter')}
          labelHidden
          value={filter}
          options={FILTERS.map(id => ({
            id,
            label: `${t(`page.${id}`)} ${theirs.filter(action => isShown(action, id, today)).length}`,
          }))}
          onChange={setFilter}
        />
        <SearchField label={t('page.search')} description={t('page.searchHelp')} value={query} onChange={setQuery} />
        {shown.length === 0 ? (
          query === '' && theirs.length === 0 ? (
            <EmptyState title={t(`page.empty.${who}`)}>{t('page.emptyBody')}</EmptyState>
          ) : (
            <EmptyState title={common('noMatch')} />
          )
        ) : (
          <ul className="action-rows">
            {shown.map(action => (
              <ActionRow
                key={`${action.document}/${action.actionId}`}
                action={action}
                withCase
                onMoved={() => queries.invalidateQueries({ queryKey: ['actions'] })}
              />
            ))}
          </ul>
        )}
      </div>
    </>
  )
}
