/** What others did since I was last here: asked whenever the meeting's line is back, and put away by a press. */
import { useCallback, useEffect, useState } from 'react'
import type { SinceView } from '../../../../shared/protocol/http-api.ts'
import { useApi } from '../../../lib/services.tsx'
import { useMeeting } from '../meeting-context.tsx'
import { useRoom } from '../room-context.tsx'

export function useSince(): { since: SinceView | null; dismiss: () => void } {
  const api = useApi()
  const { view: conference } = useRoom()
  const { line } = useMeeting()
  const [since, setSince] = useState<SinceView | null>(null)
  const { conferenceId, state, myStatement } = conference
  // Until the statement is accepted nothing is mine to see; with it, what I missed is.
  const mayAsk = line.phase === 'live' && (state === 'live' || state === 'closed') && myStatement !== 'needed'
  useEffect(() => {
    if (!mayAsk) return
    let isOver = false
    api.since(conferenceId).then(
      told => {
        // A line that only blinked takes away nothing that is not read yet.
        if (!isOver) setSince(before => (before !== null && told.items.length === 0 ? before : told))
      },
      // It is a help and no news: the documents themselves are there.
      () => undefined,
    )
    return () => {
      isOver = true
    }
  }, [api, conferenceId, mayAsk])
  const dismiss = useCallback(() => setSince(null), [])
  return { since, dismiss }
}
