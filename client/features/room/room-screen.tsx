/** The room's frame: header, agenda at the left, the item in the middle, now and people at the right. Folds by width (room.css). */
import { useCallback, useEffect, useMemo, useState } from 'react'
import type { ItemId } from '../../../shared/ids.ts'
import { AgendaPanel } from './agenda/agenda-panel.tsx'
import { readAgenda, useAgenda } from './agenda/use-agenda.ts'
import { RoomHeader } from './header/room-header.tsx'
import { StateLines } from './header/state-lines.tsx'
import { useRoomTexts } from './i18n/use-room-texts.ts'
import { ItemView } from './item/item-view.tsx'
import { PeoplePanel } from './people/people-panel.tsx'
import { useRoom, useRoomState } from './room-context.tsx'
import { PromotionProvider } from './text/promotion-bus.tsx'

/** Conductors tell where they are, in the conference's own presence; see whereabouts in PROTOCOL.md. */
const AT_ITEM = 'at:'
/** The presence of those who are here arrives with the document; after this nobody leads from a screen. */
const LEADER_SHOWS_WITHIN_MS = 250

export function RoomScreen() {
  const { t } = useRoomTexts()
  const { client, view } = useRoom()
  const state = useRoomState()
  const agenda = useAgenda()
  const [drawer, setDrawer] = useState<'agenda' | 'people' | null>(null)

  const open = useCallback(
    (itemId: ItemId) => {
      client.openItem(itemId)
      setDrawer(null)
    },
    [client],
  )

  const presence = state.conference?.awareness
  useEffect(() => {
    if (!view.mayConduct || presence === undefined) return
    // Also when the copy was loaded anew, whose presence knows nothing yet.
    presence.setLocalStateField('field', state.openItemId ? `${AT_ITEM}${state.openItemId}` : undefined)
  }, [presence, view.mayConduct, state.openItemId])

  const leaderAt = useMemo(() => {
    const leader = view.participants.find(p => p.role === 'leader')
    const there = state.conference?.people.find(person => person.userId === leader?.userId)
    const field = there?.fields.find(name => name.startsWith(AT_ITEM))
    return field ? (field.slice(AT_ITEM.length) as ItemId) : null
  }, [view.participants, state.conference?.people])

  // Somebody who comes in is brought to where the meeting is: the leader's item, or the first that she may open. Once.
  const loaded = state.conference?.loaded === true
  useEffect(() => {
    if (!loaded || client.getState().openItemId !== null) return
    const readable = readAgenda(client.getState()).filter(line => line.item?.restricted === false)
    const there = readable.find(line => line.id === leaderAt)
    if (there) {
      client.openItem(there.id)
      return
    }
    const first = readable[0]
    if (!first) return
    const timer = setTimeout(() => {
      // Who chose meanwhile has chosen.
      if (client.getState().openItemId === null) client.openItem(first.id)
    }, LEADER_SHOWS_WITHIN_MS)
    return () => clearTimeout(timer)
  }, [client, loaded, leaderAt])

  return (
    <PromotionProvider>
      <div className="room" data-drawer={drawer ?? 'none'}>
        <RoomHeader onDrawer={which => setDrawer(drawer === which ? null : which)} drawer={drawer} />
        <StateLines />
        <div className="room-body">
          <nav className="room-agenda" aria-label={t('agenda.title')}>
            <AgendaPanel agenda={agenda} leaderAt={leaderAt} onOpen={open} />
          </nav>
          <main className="room-item" id="main" tabIndex={-1}>
            <ItemView agenda={agenda} leaderAt={leaderAt} onOpen={open} />
          </main>
          {/* It scrolls and holds nothing that takes the focus: the keyboard scrolls it. */}
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: see above */}
          <aside className="room-people" aria-label={t('people.title')} tabIndex={0}>
            <PeoplePanel agenda={agenda} />
          </aside>
          {drawer ? (
            <button type="button" className="room-dim" aria-label={t('actions.less')} onClick={() => setDrawer(null)} />
          ) : null}
        </div>
      </div>
    </PromotionProvider>
  )
}
