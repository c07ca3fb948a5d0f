/** A line for each item in which something changed while I was away; somebody who comes late is told of the items that were dealt with. */

import type { MeetingView } from '../../../../shared/meeting/meeting-view.ts'
import type { RecordsChanged, SinceItem, SinceView } from '../../../../shared/protocol/http-api.ts'
import { formatTime } from '../../../lib/format.ts'
import { Button, IconButton } from '../../../ui/button.tsx'
import { CloseIcon } from '../../../ui/icons.tsx'
import { nameOfLine } from '../agenda/line-name.ts'
import type { AgendaLine } from '../agenda/use-agenda.ts'
import { useFollowing } from '../follow/following.tsx'
import { useRoomTexts } from '../i18n/use-room-texts.ts'
import { useMeeting } from '../meeting-context.tsx'
import { useRoom } from '../room-context.tsx'
import { useSince } from './use-since.ts'
import { useSinceTexts } from './use-since-texts.ts'
import './since.css'

const HOW = ['added', 'changed', 'removed'] as const

/** More lines than this are folded behind their number. */
const SHOWN_UNFOLDED = 3

export function SinceLines({ agenda }: { agenda: readonly AgendaLine[] }) {
  const { t } = useSinceTexts()
  const { t: room } = useRoomTexts()
  const { view: meeting } = useMeeting()
  const { open } = useFollowing()
  const { since, dismiss } = useSince()
  const shown = since === null ? [] : itemsToTell(since, meeting?.progress ?? {})
  const lines = agenda.flatMap(line => {
    const item = shown.find(one => one.itemId === line.id)
    return item && line.item?.restricted === false ? [{ line, item }] : []
  })
  if (since === null || lines.length === 0) return null
  const title = since.leftAt === null ? t('first') : t('title', { time: formatTime(since.leftAt) })
  return (
    <section className="since" aria-label={title} data-testid="since">
      <details open={lines.length <= SHOWN_UNFOLDED}>
        <summary>
          {title} ({lines.length})
        </summary>
        <ul>
          {lines.map(({ line, item }) => (
            <li key={line.id} data-testid="since-line">
              <Button look="text" size="small" onPress={() => open(line.id)}>
                {line.number}. {nameOfLine(line, room)}
              </Button>
              <ChangeWords item={item} />
            </li>
          ))}
        </ul>
      </details>
      <IconButton label={t('close')} onPress={dismiss}>
        <CloseIcon size={16} />
      </IconButton>
    </section>
  )
}

/** Who comes for the first time sees what is going on; of what was over before they came they are told. */
export function itemsToTell({ leftAt, items }: SinceView, progress: MeetingView['progress']): readonly SinceItem[] {
  if (leftAt !== null) return items
  return items.filter(({ itemId }) => progress[itemId]?.state === 'done' || progress[itemId]?.state === 'deferred')
}

function ChangeWords({ item }: { item: SinceItem }) {
  const { t } = useSinceTexts()
  const { agencies } = useRoom()
  const counted = (kind: 'decisions' | 'actions', changed: RecordsChanged) =>
    HOW.filter(how => changed[how] > 0).map(how => t(`${kind}.${how}`, { count: changed[how] }))
  const names = item.opinions.map(agencyId => agencies.get(agencyId)?.shortName ?? '').filter(name => name !== '')
  const words = [
    ...counted('decisions', item.decisions),
    ...counted('actions', item.actions),
    names.length > 0 ? t('opinions', { agencies: names.join(', ') }) : '',
    item.discussion ? t('discussion') : '',
    item.presentation ? t('presentation') : '',
  ]
  return <span className="since-words">{words.filter(word => word !== '').join(' · ')}</span>
}
