/** One line of a recorded browser, whichever way its bytes travelled, and what it alone put together. */
import * as decoding from 'lib0/decoding'
import * as Y from 'yjs'
import { MESSAGE, SYNC } from '../../shared/protocol/sync-frames.ts'

export interface RecordedSocket {
  document: string
  openedAt: number
  closedAt: number | undefined
  received: { at: number; bytes: Buffer }[]
  sent: { at: number; bytes: Buffer }[]
  /** What this socket alone put together; forgets nothing. */
  doc: Y.Doc
  /** Every presence that came, as text. */
  presence: string[]
}

export function recordedSocket(document: string): RecordedSocket {
  return {
    document,
    openedAt: Date.now(),
    closedAt: undefined,
    received: [],
    sent: [],
    doc: new Y.Doc({ gc: false }),
    presence: [],
  }
}

/** Takes a document's frame in, into the document or among the presence. */
export function takeFrame(socket: RecordedSocket, frame: Buffer): void {
  socket.received.push({ at: Date.now(), bytes: frame })
  const decoder = decoding.createDecoder(frame)
  const type = decoding.readVarUint(decoder)
  if (type === MESSAGE.awareness) {
    const entries = decoding.createDecoder(decoding.readVarUint8Array(decoder))
    for (let left = decoding.readVarUint(entries); left > 0; left--) {
      decoding.readVarUint(entries)
      decoding.readVarUint(entries)
      socket.presence.push(decoding.readVarString(entries))
    }
  } else if (type === MESSAGE.sync && decoding.readVarUint(decoder) !== SYNC.step1) {
    Y.applyUpdate(socket.doc, decoding.readVarUint8Array(decoder))
  }
}
