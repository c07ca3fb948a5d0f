/** In the room, as material of an item: what came of the case's referrals (REFERRALS.md RF17). Nothing where there is nothing for the reader. */
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import type { ConferenceId, ItemId } from '../../../shared/ids.ts'
import type { ItemReferralView } from '../../../shared/protocol/referrals.ts'
import { formatDay } from '../../lib/format.ts'
import { useApi } from '../../lib/services.tsx'
import { AgencyChip } from '../../ui/chips.tsx'
import { ErrorNotice } from '../../ui/states.tsx'
import { useCodeSets } from '../code-sets/use-code-sets.ts'
import { ReferralStatusChip } from './referral-status.tsx'
import { referralsApi } from './referrals-api.ts'
import { SilenceWords } from './silence-words.tsx'
import { useReferralTexts } from './use-referral-texts.ts'
import './referrals.css'

interface ItemReferralsProps {
  conferenceId: ConferenceId
  itemId: ItemId
  /** Another value asks again: the room is told when one of them moved. */
  changed: unknown
}

const NEVER_ASKED = { times: 0, lastOn: '' }

export function ItemReferrals({ conferenceId, itemId, changed }: ItemReferralsProps) {
  const { t } = useReferralTexts()
  const api = useApi()
  const { data, error, refetch } = useQuery({
    queryKey: ['item-referrals', conferenceId, itemId],
    queryFn: async () => (await referralsApi(api).ofItem(conferenceId, itemId)).referrals,
    gcTime: 0,
  })
  const before = useRef(changed)
  useEffect(() => {
    if (before.current === changed) return
    before.current = changed
    void refetch()
  }, [changed, refetch])
  if (data === undefined) return error ? <ErrorNotice error={error} /> : null
  if (data.length === 0) return null
  return (
    <section className="item-part" aria-labelledby="item-referrals-title" data-testid="item-referrals">
      <h3 className="part-title" id="item-referrals-title">
        {t('atItem.title')}
      </h3>
      <ul className="item-referrals">
        {data.map(row => (
          <Line key={row.referralId} row={row} />
        ))}
      </ul>
    </section>
  )
}

function Line({ row }: { row: ItemReferralView }) {
  const { t, language } = useReferralTexts()
  const codes = useCodeSets()
  const { to, service, status, plannedOn, declined, note, request } = row
  return (
    <li>
      <div className="referral-card-head">
        <AgencyChip shortName={to.shortName} name={to.name} colour={to.colour} />
        <a href={`/referrals/${row.referralId}`} target="_blank" rel="noreferrer">
          <strong>{codes.label('service', service)}</strong>
        </a>
        <ReferralStatusChip status={status} />
        {plannedOn === '' ? null : <span>{t('atItem.from', { day: formatDay(plannedOn, language) })}</span>}
        <SilenceWords row={{ silence: row.silence, asked: NEVER_ASKED, side: 'sender' }} />
      </div>
      {request === '' ? null : <p className="typed quiet">{request}</p>}
      {declined === null && note === '' ? null : (
        <p className="typed">
          {[declined === null ? '' : codes.label('decline_reason', declined), note].filter(Boolean).join(': ')}
        </p>
      )}
    </li>
  )
}
