/** In the room, beneath the presentation: what agencies have shared of their own records, and which have not. Folded until somebody looks. */
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import type { ConferenceId, ItemId } from '../../../shared/ids.ts'
import { SHARED_PARTS, type SharedResearch as Shared } from '../../../shared/protocol/research.ts'
import { formatDateTime, formatDay } from '../../lib/format.ts'
import { useApi } from '../../lib/services.tsx'
import { ErrorNotice } from '../../ui/states.tsx'
import { researchApi } from './research-api.ts'
import { useResearchTexts } from './use-research-texts.ts'
import './research.css'

/** Sharing is rare and never urgent; who waits for it looks again by opening the part. */
const LOOK_EVERY_MS = 30_000

export function SharedResearch({ conferenceId, itemId }: { conferenceId: ConferenceId; itemId: ItemId }) {
  const { t } = useResearchTexts()
  const api = useApi()
  const { data, error } = useQuery({
    queryKey: ['research', conferenceId, itemId, 'shared'],
    queryFn: () => researchApi(api).shared(conferenceId, itemId),
    refetchInterval: LOOK_EVERY_MS,
    gcTime: 0,
  })
  if (data === undefined) return error ? <ErrorNotice error={error} /> : null
  // A case of one agency alone has nothing to prepare.
  if (data.shared.length + data.missing.length < 2 && data.shared.length === 0) return null
  return (
    <section className="item-part" aria-labelledby="shared-research-title" data-testid="shared-research">
      <h3 className="part-title" id="shared-research-title">
        {t('room.title')}
      </h3>
      <p className="quiet">
        {t('room.counts', { shared: data.shared.length, missing: data.missing.length })}
        {data.missing.length > 0
          ? ` · ${t('room.missing', { names: data.missing.map(one => one.agencyName).join(', ') })}`
          : ''}
        {data.hasOwn ? (
          <>
            {' '}
            <Link to={`/conferences/${conferenceId}/research/${itemId}`}>{t('room.own')}</Link>
          </>
        ) : null}
      </p>
      {data.shared.map(one => (
        <OfAgency key={one.agencyId} shared={one} />
      ))}
    </section>
  )
}

function OfAgency({ shared }: { shared: Shared }) {
  const { t, language } = useResearchTexts()
  const { sheet } = shared
  return (
    <details className="research-of">
      <summary>
        <strong>{shared.agencyName}</strong>{' '}
        <span className="quiet">{t('room.at', { at: formatDateTime(shared.at, language) })}</span>
      </summary>
      {sheet.known === 'unknown' ? <p>{t('room.unknown')}</p> : null}
      {sheet.lastContact === '' ? null : (
        <p>{t('room.lastContact', { day: formatDay(sheet.lastContact, language) })}</p>
      )}
      <dl className="research-parts">
        {SHARED_PARTS.filter(part => sheet[part].trim() !== '').map(part => (
          <div key={part}>
            <dt>{t(`parts.${part}`)}</dt>
            <dd>{sheet[part]}</dd>
          </div>
        ))}
      </dl>
    </details>
  )
}
