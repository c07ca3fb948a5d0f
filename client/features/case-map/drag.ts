/**
 * One figure under one hand. While it is held the picture is the one that was there when it was taken, whatever others do meanwhile: nothing moves
 * under a dragging hand, and the figure lies where it is let go in the picture that is drawn then (GM12 of CASE-MAP.md).
 */

import type { Point } from '../../../shared/case-map/genogram-layout.ts'
import { NO_OFFSET, type Offset } from '../../../shared/case-map/offsets.ts'

export interface Drag<Picture> {
  id: string
  /** The picture as it was when the figure was taken. */
  picture: Picture
  /** Where the hand took it, in units of the drawing. */
  from: Point
  /** How far the hand has gone. */
  by: Offset
}

/** Less is a press and no drag. */
const LEAST_UNITS = 4

export const begun = <Picture>(id: string, picture: Picture, from: Point): Drag<Picture> => ({
  id,
  picture,
  from,
  by: NO_OFFSET,
})

export function dragged<Picture>(drag: Drag<Picture>, to: Point): Drag<Picture> {
  return { ...drag, by: { x: to.x - drag.from.x, y: to.y - drag.from.y } }
}

export const isMoved = ({ by }: Drag<unknown>): boolean => Math.hypot(by.x, by.y) >= LEAST_UNITS

/**
 * The offset to write, so that the figure stays where the hand left it.
 * @param shown where it stood when it was taken, hand included
 * @param reckoned where it stands by itself now
 */
export function offsetAfter({ by }: Drag<unknown>, shown: Point, reckoned: Point): Offset {
  return { x: Math.round(shown.x + by.x - reckoned.x), y: Math.round(shown.y + by.y - reckoned.y) }
}

/** Places with the held figure under the hand. */
export function underHand(places: ReadonlyMap<string, Point>, drag: Drag<unknown> | null): ReadonlyMap<string, Point> {
  const place = drag && places.get(drag.id)
  if (!drag || !place) return places
  return new Map(places).set(drag.id, { x: place.x + drag.by.x, y: place.y + drag.by.y })
}
