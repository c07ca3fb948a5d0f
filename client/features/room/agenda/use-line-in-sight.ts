import { type RefObject, useEffect, useRef } from 'react'
import type { ItemId } from '../../../../shared/ids.ts'

/** Room above and below the line, so that one sees what comes next. */
const MARGIN_PX = 96

/**
 * Keeps the open item's line in sight in a long agenda: of twenty households the thirteenth lies below the edge when the meeting comes to it. Only the
 * agenda's own frame is moved, never the page, and only when the open item is another one: whoever scrolls to look ahead stays there.
 */
export function useLineInSight(openItemId: ItemId | null): RefObject<HTMLDivElement | null> {
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const line = openItemId === null ? null : list.current?.querySelector(`[data-key="${openItemId}"]`)
    const frame = list.current?.closest('.room-agenda')
    if (!line || !frame) return
    const [at, within] = [line.getBoundingClientRect(), frame.getBoundingClientRect()]
    const below = at.bottom + MARGIN_PX - within.bottom
    const above = within.top + MARGIN_PX - at.top
    if (below > 0) frame.scrollTop += below
    else if (above > 0) frame.scrollTop -= above
  }, [openItemId])
  return list
}
