import { DISCLOSURE_BASES } from '../../../shared/bases/basis-codes.ts'
import type { ReferralGroundView } from '../../../shared/protocol/referrals.ts'
import { REFERRAL_GROUNDS } from '../../../shared/referrals/referral-codes.ts'
import { formatDay } from '../../lib/format.ts'
import { useReferralTexts } from './use-referral-texts.ts'

/** On what ground a referral was sent, and until when that holds. */
export function GroundWords({ ground }: { ground: ReferralGroundView }) {
  const { t, language } = useReferralTexts()
  if (ground.of === 'entered') {
    return (
      <>
        {REFERRAL_GROUNDS[ground.ground][language]}
        {ground.words === '' ? null : <span className="quiet"> – {ground.words}</span>}
      </>
    )
  }
  return (
    <>
      {t('one.basisOf', { kind: DISCLOSURE_BASES[ground.kind][language] })}
      {ground.until === '' ? null : (
        <span className="quiet"> ({t('one.basisUntil', { day: formatDay(ground.until, language) })})</span>
      )}
    </>
  )
}
