/**
 * What a stand-in for the browser's WebSocket has to have, so that y-websocket takes it for one: states, handlers, and nothing that happens by
 * itself. Its children say how bytes travel.
 */
export abstract class SocketShape extends EventTarget implements WebSocket {
  static readonly CONNECTING = 0
  static readonly OPEN = 1
  static readonly CLOSING = 2
  static readonly CLOSED = 3
  readonly CONNECTING = 0
  readonly OPEN = 1
  readonly CLOSING = 2
  readonly CLOSED = 3
  readonly bufferedAmount = 0
  readonly extensions = ''
  readonly protocol = ''
  readonly url: string
  binaryType: BinaryType = 'arraybuffer'
  readyState: 0 | 1 | 2 | 3 = 0
  onopen: WebSocket['onopen'] = null
  onmessage: WebSocket['onmessage'] = null
  onclose: WebSocket['onclose'] = null
  onerror: WebSocket['onerror'] = null

  constructor(url: string | URL) {
    super()
    this.url = String(url)
  }

  abstract send(data: string | BufferSource | Blob): void
  abstract close(code?: number, reason?: string): void

  protected becomeOpen(): void {
    if (this.readyState !== 0) return
    this.readyState = 1
    this.onopen?.(new Event('open'))
  }

  protected becomeClosed(code: number, reason: string): void {
    if (this.readyState === 3) return
    this.readyState = 3
    // Node has no CloseEvent.
    this.onclose?.(Object.assign(new Event('close'), { code, reason, wasClean: code !== BROKEN }))
  }

  protected hear(data: ArrayBuffer): void {
    if (this.readyState === 1) this.onmessage?.(new MessageEvent('message', { data }))
  }
}

/** The code of a line that ended without a word. */
export const BROKEN = 1006
