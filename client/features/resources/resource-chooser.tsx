import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ResourceView } from '../../../shared/protocol/resources.ts'
import { useApi } from '../../lib/services.tsx'
import { Button } from '../../ui/button.tsx'
import { ErrorState, Loading } from '../../ui/states.tsx'
import { ResourceList } from './resource-list.tsx'
import { resourcesApi } from './resources-api.ts'
import { useResourceTexts } from './use-resource-texts.ts'

/** The directory within a case: a referral is begun with what is chosen. */
export function ResourceChooser({ onAsk }: { onAsk: (resource: ResourceView) => void }) {
  const { t } = useResourceTexts()
  const api = useApi()
  const [isOpen, setOpen] = useState(false)
  const { data, error, refetch } = useQuery({
    queryKey: ['resources'],
    queryFn: async () => (await resourcesApi(api).list()).resources,
    enabled: isOpen,
  })
  return (
    <div className="stack">
      <div>
        <Button aria-expanded={isOpen} onPress={() => setOpen(!isOpen)}>
          {t('help.directory')}
        </Button>
      </div>
      {!isOpen ? null : data === undefined ? (
        error ? (
          <ErrorState error={error} onRetry={() => void refetch()} />
        ) : (
          <Loading />
        )
      ) : (
        <ResourceList
          resources={data}
          onAsk={resource => {
            setOpen(false)
            onAsk(resource)
          }}
        />
      )}
    </div>
  )
}
