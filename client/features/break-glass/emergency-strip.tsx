/** On the page of a case that one has open in an emergency: until when, and that it is read only. */
import { useQuery } from '@tanstack/react-query'
import type { CaseId } from '../../../shared/ids.ts'
import { formatTime } from '../../lib/format.ts'
import { useApi } from '../../lib/services.tsx'
import { ButtonLink } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { breakGlassApi } from './break-glass-api.ts'
import { useBreakGlassTexts } from './use-break-glass-texts.ts'

export function EmergencyStrip({ caseId }: { caseId: CaseId }) {
  const { t } = useBreakGlassTexts()
  const api = breakGlassApi(useApi())
  const { data } = useQuery({ queryKey: ['break-glass'], queryFn: api.mine, staleTime: 30_000 })
  const opening = data?.open.find(one => one.caseId === caseId)
  if (opening === undefined) return null
  return (
    <Notice
      tone="warning"
      actions={
        <ButtonLink to="/emergency" look="tertiary" size="small">
          {t('end')}
        </ButtonLink>
      }
    >
      {t('strip', { time: formatTime(opening.until) })}
    </Notice>
  )
}
