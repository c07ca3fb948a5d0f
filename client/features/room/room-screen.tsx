/** The room's frame: header, where the meeting is, agenda at the left, the item in the middle, now and people at the right. Folds by width (room.css). */
import { useCallback, useState } from 'react'
import type { ItemId } from '../../../shared/ids.ts'
import { useAskedItem } from '../search/use-asked-item.ts'
import { AgendaPanel } from './agenda/agenda-panel.tsx'
import { type AgendaLine, useAgenda } from './agenda/use-agenda.ts'
import { ArrivalGate } from './attendance/arrival.tsx'
import { FollowingProvider, useFollowing } from './follow/following.tsx'
import { MeetingBar } from './follow/meeting-bar.tsx'
import { ShortcutsProvider } from './follow/shortcuts.tsx'
import { RoomHeader } from './header/room-header.tsx'
import { StateLines } from './header/state-lines.tsx'
import { useRoomTexts } from './i18n/use-room-texts.ts'
import { ItemView } from './item/item-view.tsx'
import { NowPanel } from './now/now-panel.tsx'
import { PeoplePanel } from './people/people-panel.tsx'
import { SinceLines } from './since/since-lines.tsx'
import { PromotionProvider } from './text/promotion-bus.tsx'

export function RoomScreen() {
  const agenda = useAgenda()
  return (
    <ShortcutsProvider>
      <FollowingProvider agenda={agenda}>
        <PromotionProvider>
          <Frame agenda={agenda} />
        </PromotionProvider>
      </FollowingProvider>
    </ShortcutsProvider>
  )
}

function Frame({ agenda }: { agenda: readonly AgendaLine[] }) {
  const { t } = useRoomTexts()
  const following = useFollowing()
  const [drawer, setDrawer] = useState<'agenda' | 'people' | null>(null)
  const toggle = (which: 'agenda' | 'people') => setDrawer(drawer === which ? null : which)
  const open = useCallback(
    (itemId: ItemId) => {
      following.open(itemId)
      setDrawer(null)
    },
    [following],
  )
  // Not before its lines are there: one that is not on the agenda is not opened.
  const visit = useCallback(
    (itemId: ItemId) => {
      if (agenda.some(line => line.id === itemId)) following.visit(itemId)
    },
    [agenda, following],
  )
  useAskedItem(agenda.some(line => line.item !== null) ? visit : undefined)
  return (
    <div className="room" data-drawer={drawer ?? 'none'}>
      <RoomHeader onDrawer={toggle} drawer={drawer} />
      <MeetingBar agenda={agenda} onPeople={() => toggle('people')} />
      <StateLines />
      <SinceLines agenda={agenda} />
      <div className="room-body">
        <nav className="room-agenda" aria-label={t('agenda.title')}>
          <AgendaPanel agenda={agenda} onOpen={open} />
        </nav>
        <main className="room-item" id="main" tabIndex={-1}>
          <ArrivalGate>
            <ItemView agenda={agenda} />
          </ArrivalGate>
        </main>
        {/* It scrolls and may hold nothing that takes the focus: the keyboard scrolls it. */}
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: see above */}
        <aside className="room-people" aria-label={t('people.title')} tabIndex={0}>
          <NowPanel agenda={agenda} />
          <PeoplePanel />
        </aside>
        {drawer ? (
          <button type="button" className="room-dim" aria-label={t('actions.less')} onClick={() => setDrawer(null)} />
        ) : null}
      </div>
    </div>
  )
}
