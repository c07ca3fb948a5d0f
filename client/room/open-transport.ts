/** The choice of the way for this page, remembered for the tab: whoever reloads behind a network that blocks WebSockets does not wait again. */
import { pollingSockets } from './polling-socket.ts'
import { TransportChoice } from './transport-choice.ts'

const BLOCKED_UNTIL = 'dure.websocket-blocked-until'

/** @param page the page's address and storage, e.g. `window` */
export function openTransport(page: Pick<Window, 'location' | 'sessionStorage'>): TransportChoice {
  return new TransportChoice({
    WebSocket,
    polling: pollingSockets({ origin: page.location.origin }),
    memory: {
      read: () => {
        try {
          return Number(page.sessionStorage.getItem(BLOCKED_UNTIL)) || 0
        } catch {
          return 0 // Storage may be forbidden: then it is found out anew.
        }
      },
      write: until => {
        try {
          if (until > 0) page.sessionStorage.setItem(BLOCKED_UNTIL, String(until))
          else page.sessionStorage.removeItem(BLOCKED_UNTIL)
        } catch {
          // As above.
        }
      },
    },
  })
}
