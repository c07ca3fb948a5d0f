/**
 * A room that loses a grant knows only that it is gone, and closes with `not-found`. Where the sign-in is what ended (locked, over, another
 * password wanted), the browser must hear that instead: it covers the screen or asks to sign in again and keeps what was typed. So the
 * last word is looked up before it is said. From the room's close on nothing else passes.
 */
import type { RefusalReason } from '../../shared/protocol/refusals.ts'
import { withDeadline } from '../rooms/deadline.ts'
import type { Clock, RoomSocket } from '../rooms/ports.ts'

/** A store that does not answer must not keep the socket of somebody who has lost the right to it. */
const EXPLAIN_MS = 300

export function explainClose(
  socket: RoomSocket,
  explain: (reason: RefusalReason) => Promise<RefusalReason>,
  clock: Clock,
): RoomSocket {
  let isClosing = false
  return {
    get isOpen() {
      return !isClosing && socket.isOpen
    },
    get bufferedBytes() {
      return socket.bufferedBytes
    },
    send(frames) {
      if (!isClosing) socket.send(frames)
    },
    close(reason, detail) {
      if (isClosing) return
      isClosing = true
      withDeadline(explain(reason), { clock, ms: EXPLAIN_MS, what: 'why a socket is closed' }).then(
        why => socket.close(why, why === reason ? detail : undefined),
        // What cannot be explained is closed for the reason that is known.
        () => socket.close(reason, detail),
      )
    },
  }
}
