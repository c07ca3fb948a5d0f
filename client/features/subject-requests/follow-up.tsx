/** What an answer made begin and nobody settled yet: what it stops or waits for, and where that is seen to. */
import { Link } from 'react-router'
import { canKeepRetention } from '../../../shared/access.ts'
import type { CaseId } from '../../../shared/ids.ts'
import type { AtRetentionView, SubjectRequestView } from '../../../shared/protocol/subject-requests.ts'
import { HOLD_REASONS, STANDING_HOLDS } from '../../../shared/retention/retention-codes.ts'
import { formatDay } from '../../lib/format.ts'
import { useSession } from '../../lib/session.tsx'
import { Notice } from '../../ui/notice.tsx'
import { useRequestTexts } from './use-request-texts.ts'

export function FollowUpNotice({ caseId, request }: { caseId: CaseId; request: SubjectRequestView }) {
  const { t } = useRequestTexts()
  const { actor } = useSession()
  const { followUp, atRetention } = request
  if (followUp === null) return null
  const keepsRetention = actor.memberships.some(({ agencyId }) => canKeepRetention(actor, agencyId))
  return (
    <Notice tone="warning" title={t(`follow.${followUp}Title`)}>
      <p>{t(`follow.${followUp}Body`)}</p>
      {followUp === 'suspends' ? (
        <p>
          <Link to={`/cases/${caseId}/bases`}>{t('follow.toBases')}</Link>
        </p>
      ) : null}
      {followUp === 'destroys' && atRetention !== null ? <AtRetention standing={atRetention} /> : null}
      {followUp === 'destroys' && keepsRetention ? (
        <p>
          <Link to="/retention">{t('follow.toRetention')}</Link>
        </p>
      ) : null}
    </Notice>
  )
}

/** What holds it, with the words of who holds it. */
function AtRetention({ standing: { standing, standingHolds, holds } }: { standing: AtRetentionView }) {
  const { t, language } = useRequestTexts()
  if (standing !== 'held') return <p>{t(`follow.${standing}`)}</p>
  const named = [
    ...standingHolds.map(hold => STANDING_HOLDS[hold][language]),
    ...holds.map(({ reason, until }) =>
      t('follow.holdUntil', { reason: HOLD_REASONS[reason][language], day: formatDay(until, language) }),
    ),
  ]
  return (
    <>
      <p>{t('follow.held', { holds: named.join(', ') })}</p>
      {holds.map(({ reason, until, words }) => (
        <p key={`${reason} ${until} ${words}`} className="request-words">
          {words}
        </p>
      ))}
    </>
  )
}
