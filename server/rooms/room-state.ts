/** The life of a room and its allowed moves (SPEC RL1). */
export type RoomState = 'opening' | 'live' | 'draining' | 'closed'

/** `draining → live` is the case that is easily forgotten: somebody returns before the last change is stored. */
const MOVES: Record<RoomState, readonly RoomState[]> = {
  opening: ['live', 'closed'],
  live: ['draining', 'closed'],
  draining: ['live', 'closed'],
  closed: [],
}

/** The state after a move. Throws on a move that the table does not have: that is a bug of the room. */
export function moveRoom(from: RoomState, to: RoomState): RoomState {
  if (!MOVES[from].includes(to)) throw new Error(`A room cannot go from ${from} to ${to}`)
  return to
}
