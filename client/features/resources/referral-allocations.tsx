import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { ReferralView } from '../../../shared/protocol/referrals.ts'
import { seoulDay } from '../../lib/format.ts'
import { useApi } from '../../lib/services.tsx'
import { Button } from '../../ui/button.tsx'
import { useNotices } from '../../ui/notice.tsx'
import { Section } from '../../ui/page.tsx'
import { useReferralTexts } from '../referrals/use-referral-texts.ts'
import { AllocationCard } from './allocation-card.tsx'
import { AllocationForm } from './allocation-form.tsx'
import { resourcesApi } from './resources-api.ts'
import { useResourceTexts } from './use-resource-texts.ts'
import './resources.css'

/** What the receiving agency gives on a referral, entered by its own people; of what others give it learns nothing. */
export function ReferralAllocations({ view }: { view: ReferralView }) {
  const words = useReferralTexts().t
  const { t } = useResourceTexts()
  const api = useApi()
  const queries = useQueryClient()
  const notify = useNotices()
  const [isOpen, setOpen] = useState(false)
  const resources = useQuery({
    queryKey: ['resources'],
    queryFn: async () => (await resourcesApi(api).list()).resources,
    enabled: isOpen,
  })
  if (!view.mayAllocate && view.allocations.length === 0) return null
  const refresh = () => queries.invalidateQueries({ queryKey: ['referral', view.referralId] })
  return (
    <Section
      title={words('one.allocations')}
      lead={view.mayAllocate ? words('one.allocationsLead') : undefined}
      actions={view.mayAllocate && !isOpen ? <Button onPress={() => setOpen(true)}>{t('help.add')}</Button> : undefined}
    >
      {isOpen ? (
        <AllocationForm
          agencies={[view.to]}
          known={[]}
          resources={resources.data ?? []}
          source={{ of: 'referral', referralId: view.referralId }}
          proposal={{ service: view.service, from: view.plannedOn === '' ? seoulDay(Date.now()) : view.plannedOn }}
          onSave={async body => {
            queries.setQueryData(
              ['referral', view.referralId],
              await resourcesApi(api).allocateOn(view.referralId, body),
            )
            notify(t('entry.saved'))
          }}
          onClose={() => setOpen(false)}
        />
      ) : null}
      {view.allocations.map(one => (
        <AllocationCard key={one.allocationId} one={one} onChanged={refresh} />
      ))}
    </Section>
  )
}
