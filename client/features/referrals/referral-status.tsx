import { REFERRAL_STATUSES, type ReferralStatus } from '../../../shared/referrals/referral-codes.ts'
import { useLanguage } from '../../i18n/use-language.ts'
import { Chip, type ChipTone } from '../../ui/chips.tsx'

const TONES: Partial<Record<ReferralStatus, ChipTone>> = {
  sent: 'primary',
  received: 'primary',
  accepted: 'success',
  in_progress: 'success',
  completed: 'success',
  declined: 'danger',
}

export function ReferralStatusChip({ status }: { status: ReferralStatus }) {
  const language = useLanguage()
  return <Chip tone={TONES[status] ?? 'neutral'}>{REFERRAL_STATUSES[status][language]}</Chip>
}
