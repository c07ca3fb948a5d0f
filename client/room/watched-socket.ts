/**
 * A WebSocket whose outgoing frames are seen, and can be held back, before they leave. y-websocket sends from three places; this is the one
 * place through which all of them go, so that counting for receipts is exact.
 */
import * as decoding from 'lib0/decoding'
import { MESSAGE, SYNC } from '../../shared/protocol/sync-frames.ts'

export type OutgoingKind = 'step1' | 'step2' | 'update' | 'awareness' | 'other'

/** What a frame is, by its first two integers. */
export function kindOfFrame(frame: Uint8Array): OutgoingKind {
  const decoder = decoding.createDecoder(frame)
  const type = decoding.readVarUint(decoder)
  if (type === MESSAGE.awareness) return 'awareness'
  if (type !== MESSAGE.sync) return 'other'
  switch (decoding.readVarUint(decoder)) {
    case SYNC.step1:
      return 'step1'
    case SYNC.step2:
      return 'step2'
    case SYNC.update:
      return 'update'
    default:
      return 'other'
  }
}

export interface SocketWatcher {
  /** Whether the frame may leave now. Called for each, in order, before it is handed on. */
  mayLeave(socket: WebSocket, kind: OutgoingKind): boolean
}

/** The class of sockets that report to the watcher. `Base` is the browser's WebSocket, or a stand-in with its interface. */
export function watchedSocket(Base: typeof WebSocket, watcher: SocketWatcher): typeof WebSocket {
  return class extends Base {
    override send(data: string | BufferSource | Blob): void {
      const kind = data instanceof Uint8Array ? kindOfFrame(data) : 'other'
      if (watcher.mayLeave(this, kind)) super.send(data)
    }
  }
}
