/** Where the minutes stand: draft, circulated, final, with a sentence on what that means now. */
import type { MinutesView } from '../../../shared/protocol/minutes.ts'
import { formatDate, formatDateTime } from '../../lib/format.ts'
import { useMinutesTexts } from './use-minutes-texts.ts'

type Stop = 'draft' | 'circulated' | 'sealed'
const STOPS: readonly Stop[] = ['draft', 'circulated', 'sealed']

export function StateRail({ view }: { view: MinutesView }) {
  const { t } = useMinutesTexts()
  const at: Stop = view.standing === 'correcting' ? 'draft' : view.standing
  const reached = STOPS.indexOf(at)
  return (
    <section aria-label={t('rail.label')} className="minutes-rail" data-testid="minutes-rail">
      <ol>
        {STOPS.map((stop, index) => (
          <li
            key={stop}
            className={index < reached ? 'is-past' : index === reached ? 'is-here' : ''}
            {...(index === reached ? { 'aria-current': 'step' as const } : {})}
          >
            <span>{stop === 'draft' && view.standing === 'correcting' ? t('rail.correcting') : t(`rail.${stop}`)}</span>
          </li>
        ))}
      </ol>
      <Says view={view} />
    </section>
  )
}

function Says({ view }: { view: MinutesView }) {
  const { t, language } = useMinutesTexts()
  const { standing, versions, needsSigning, correcting } = view
  const last = versions.at(-1)
  if (standing === 'draft') return <p>{t('rail.draftSays')}</p>
  if (standing === 'correcting') {
    return (
      <p>
        {t('rail.correctingSays', { number: versions.length + 1 })}
        {correcting ? ` ${t('desk.correctingReason', { reason: correcting.reason, by: correcting.by })}` : ''}
      </p>
    )
  }
  if (last === undefined) return null
  if (standing === 'sealed' && last.seal) {
    return (
      <p>
        <strong>{t(`how.${last.seal.how}`, { days: last.workingDays })}</strong>{' '}
        {t('rail.sealedSays', { at: formatDateTime(last.seal.at, language) })}
        {last.seal.reason ? ` · ${last.seal.reason}` : ''}
      </p>
    )
  }
  // The due date is the midnight with which the last day ends.
  const due = formatDate(Date.parse(last.due) - 1, language)
  return <p>{needsSigning ? t('rail.circulatedSigning') : t('rail.circulatedSays', { due })}</p>
}
