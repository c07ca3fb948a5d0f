/** For whoever leads: some must leave before the end, so what still waits is better heard in another order. One press takes it, and can be taken back. */
import { useMemo, useState } from 'react'
import type { AgencyId, ItemId } from '../../../../shared/ids.ts'
import { leavingTimes, type OrderedItem, proposedOrder } from '../../../../shared/meeting/agenda-order.ts'
import type { MeetingView } from '../../../../shared/meeting/meeting-view.ts'
import { Button } from '../../../ui/button.tsx'
import { useRoomTexts } from '../i18n/use-room-texts.ts'
import { useMeeting } from '../meeting-context.tsx'
import { useRoom } from '../room-context.tsx'
import { nameOfLine } from './line-name.ts'
import type { AgendaLine } from './use-agenda.ts'
import './leaving-order.css'

export interface LeavingOrderProps {
  agenda: readonly AgendaLine[]
  onTake: (order: readonly ItemId[]) => void
}

export function LeavingOrder({ agenda, onTake }: LeavingOrderProps) {
  const { t } = useRoomTexts()
  const { agencies } = useRoom()
  const { view } = useMeeting()
  /** Left as it is: not asked again for this same order. */
  const [declined, setDeclined] = useState('')
  const attendance = view?.attendance
  const progress = view?.progress
  const { leaving, order } = useMemo(() => {
    const leaving = leavingTimes(attendance ?? [])
    const order = proposedOrder(
      agenda.map(line => orderedItem(line, progress)),
      leaving,
    )
    return { leaving, order }
  }, [agenda, attendance, progress])
  const key = order?.join(' ') ?? ''
  if (order === null || key === declined) return null
  const times = [...leaving].sort(([, a], [, b]) => (a < b ? -1 : 1))
  const nameOf = (agencyId: AgencyId) => agencies.get(agencyId)?.shortName ?? ''
  const moves = agenda.filter(line => order[line.number - 1] !== line.id)
  return (
    <section className="leaving-order" aria-labelledby="leaving-order-title" data-testid="leaving-order">
      <h3 className="leaving-title" id="leaving-order-title">
        {t('agenda.leaving')}
      </h3>
      <p className="quiet">
        {times.map(([agencyId, time]) => t('agenda.leavingWho', { agency: nameOf(agencyId), time })).join(' · ')}
      </p>
      <ul className="leaving-moves">
        {moves.map(line => (
          <li key={line.id}>
            {t('agenda.leavingMove', {
              number: line.number,
              name: nameOfLine(line, t),
              to: order.indexOf(line.id) + 1,
            })}
          </li>
        ))}
      </ul>
      <div className="leaving-does">
        <Button look="secondary" size="small" onPress={() => onTake(order)}>
          {t('agenda.leavingTake')}
        </Button>
        <Button look="text" size="small" onPress={() => setDeclined(key)}>
          {t('agenda.leavingKeep')}
        </Button>
      </div>
    </section>
  )
}

/** An item of everybody, or one whose agencies I may not know, is not moved by it. */
function orderedItem({ id, item }: AgendaLine, progress: MeetingView['progress'] | undefined): OrderedItem {
  const isCase = item?.restricted === false && item.kind === 'case'
  const state = progress?.[id]?.state ?? 'waiting'
  return { id, agencies: isCase ? item.agencies.map(one => one.agencyId) : [], isSettled: state !== 'waiting' }
}
