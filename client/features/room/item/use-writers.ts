/** Whose client ids are whose in an item: my own and those of who is here at once, others as the server knows them. */
import { useEffect, useState } from 'react'
import type { AgencyId, ItemId } from '../../../../shared/ids.ts'
import type { PresenceState } from '../../../../shared/protocol/presence.ts'
import { useApi } from '../../../lib/services.tsx'
import type { LinkState } from '../../../room/document-link.ts'
import { useRoom } from '../room-context.tsx'
import type { Hand } from './opinion-source.ts'

/** @param hands the ids that have to be known; they are asked for when they are not */
export function useWriters(
  link: LinkState,
  itemId: ItemId,
  hands: Iterable<number>,
): (client: number) => Hand | undefined {
  const api = useApi()
  const { me, view } = useRoom()
  const [told, setTold] = useState<ReadonlyMap<number, Hand>>(new Map())
  const { conferenceId } = view
  const agencyOf = (userId: string): AgencyId | null =>
    view.participants.find(one => one.userId === userId)?.agencyId ?? null
  const writerOf = (client: number): Hand | undefined => {
    if (client === link.doc.clientID) return { name: me.name, agencyId: me.agencyId }
    const user = (link.awareness.getStates().get(client) as Partial<PresenceState> | undefined)?.user
    return user ? { name: user.name, agencyId: agencyOf(user.id) } : told.get(client)
  }
  const missing = [...hands]
    .filter(client => writerOf(client) === undefined)
    .sort()
    .join()
  const isLive = link.line.phase === 'live'
  useEffect(() => {
    if (missing === '' || !isLive) return
    let isOver = false
    api.writers(conferenceId, itemId).then(
      ({ writers }) => {
        if (!isOver) setTold(new Map(writers.map(({ client, name, agencyId }) => [client, { name, agencyId }])))
      },
      // Without it nothing is claimed about who wrote; it is asked again when somebody else writes or the line comes back.
      () => undefined,
    )
    return () => {
      isOver = true
    }
  }, [api, conferenceId, itemId, missing, isLive])
  return writerOf
}
