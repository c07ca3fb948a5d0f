import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { canKeepResources } from '../../../shared/access.ts'
import type { ResourceView } from '../../../shared/protocol/resources.ts'
import { useApi } from '../../lib/services.tsx'
import { useSession } from '../../lib/session.tsx'
import { Button } from '../../ui/button.tsx'
import { PageHeader } from '../../ui/page.tsx'
import { EmptyState, ErrorState, Loading } from '../../ui/states.tsx'
import { ResourceForm } from './resource-form.tsx'
import { ResourceList } from './resource-list.tsx'
import { resourcesApi } from './resources-api.ts'
import { useResourceTexts } from './use-resource-texts.ts'
import './resources.css'

/** What the agencies here can give; each keeps its own entries. */
export function ResourcesPage() {
  const { t } = useResourceTexts()
  const api = useApi()
  const { actor } = useSession()
  const { data, error, refetch } = useQuery({
    queryKey: ['resources'],
    queryFn: async () => (await resourcesApi(api).list()).resources,
  })
  const [changing, setChanging] = useState<ResourceView['resourceId'] | 'new'>()
  const own = [...new Set(actor.memberships.map(m => m.agencyId))].filter(id => canKeepResources(actor, id))
  if (data === undefined) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Loading />
  const view = data.find(one => one.resourceId === changing)
  const add =
    own.length > 0 && changing === undefined ? (
      <Button look="primary" onPress={() => setChanging('new')}>
        {t('list.add')}
      </Button>
    ) : undefined
  return (
    <div className="stack">
      <PageHeader title={t('list.title')} lead={t('list.lead')} actions={add} />
      {changing === undefined ? null : (
        <ResourceForm
          key={changing}
          own={own}
          {...(view && { view })}
          reload={() => refetch()}
          onClose={() => setChanging(undefined)}
        />
      )}
      {data.length === 0 ? (
        <EmptyState title={t('list.emptyTitle')} action={add}>
          {t('list.emptyBody')}
        </EmptyState>
      ) : (
        <ResourceList resources={data} onChange={one => setChanging(one.resourceId)} />
      )}
    </div>
  )
}
