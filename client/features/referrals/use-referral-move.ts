import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { MoveReferralBody, ReferralView } from '../../../shared/protocol/referrals.ts'
import { REFERRAL_MOVES, type ReferralMove } from '../../../shared/referrals/referral-codes.ts'
import { ApiError } from '../../lib/api.ts'
import { useApi } from '../../lib/services.tsx'
import { useNotices } from '../../ui/notice.tsx'
import { referralsApi } from './referrals-api.ts'
import { useReferralTexts } from './use-referral-texts.ts'

/**
 * Moves a referral and shows what it is then. When somebody else was first, the referral is shown as it is now and what was typed stays with its
 * dialog. @param onGone after a draft was discarded
 */
export function useReferralMove(view: ReferralView, onGone: () => void) {
  const api = useApi()
  const queries = useQueryClient()
  const notify = useNotices()
  const { t, language } = useReferralTexts()
  const [pending, setPending] = useState<ReferralMove>()
  const [error, setError] = useState<unknown>()

  /** Whether it was done. */
  async function move(said: Omit<MoveReferralBody, '_v'>): Promise<boolean> {
    setPending(said.move)
    setError(undefined)
    try {
      const answer = await referralsApi(api).move(view.referralId, { _v: view._v, ...said })
      if ('discarded' in answer) onGone()
      else queries.setQueryData(['referral', view.referralId], answer)
      notify(said.move === 'ask' ? t('move.asked') : t('move.done', { move: REFERRAL_MOVES[said.move][language] }))
      await refresh()
      return true
    } catch (failure) {
      setError(failure)
      if (failure instanceof ApiError && failure.reason === 'conflict') {
        await queries.invalidateQueries({ queryKey: ['referral', view.referralId] })
        await refresh()
      }
      return false
    } finally {
      setPending(undefined)
    }
  }

  const refresh = () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: ['referrals'] }),
      queries.invalidateQueries({ queryKey: ['case-referrals'] }),
    ])

  return { move, pending, error, clear: () => setError(undefined) }
}
