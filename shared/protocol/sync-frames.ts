/**
 * The frames of a document socket, read and written. Bytes and meaning stand in PROTOCOL.md. Reading is strict: an unknown type, a length
 * that does not fit or bytes left over make a frame malformed. Nothing here looks inside an update; the guard does that.
 */
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'

export const MESSAGE = { sync: 0, awareness: 1, queryAwareness: 3, receipt: 120, write: 121, changed: 122 } as const
export const SYNC = { step1: 0, step2: 1, update: 2 } as const

/** What a client may send. `update` of both sync kinds is an update-carrying frame and gets a receipt. */
export type ClientFrame =
  | { kind: 'step1'; stateVector: Uint8Array }
  | { kind: 'step2'; update: Uint8Array }
  | { kind: 'update'; update: Uint8Array }
  | { kind: 'awareness'; entries: Uint8Array }
  | { kind: 'query-awareness' }

/** Reads a client's frame; undefined when it is malformed. The byte arrays are views into the frame. */
export function readClientFrame(frame: Uint8Array): ClientFrame | undefined {
  try {
    const decoder = decoding.createDecoder(frame)
    const read = readBody(decoder)
    return decoding.hasContent(decoder) ? undefined : read
  } catch {
    // lib0 throws on integers out of range and on reading past the end: both are simply not a frame.
    return undefined
  }
}

function readBody(decoder: decoding.Decoder): ClientFrame | undefined {
  switch (decoding.readVarUint(decoder)) {
    case MESSAGE.sync:
      switch (decoding.readVarUint(decoder)) {
        case SYNC.step1:
          return { kind: 'step1', stateVector: readBytes(decoder) }
        case SYNC.step2:
          return { kind: 'step2', update: readBytes(decoder) }
        case SYNC.update:
          return { kind: 'update', update: readBytes(decoder) }
        default:
          return undefined
      }
    case MESSAGE.awareness:
      return { kind: 'awareness', entries: readBytes(decoder) }
    case MESSAGE.queryAwareness:
      return { kind: 'query-awareness' }
    default:
      return undefined
  }
}

/** Checked before the view is made: lib0 itself would make one from a length that reaches past the end only by throwing late. */
function readBytes(decoder: decoding.Decoder): Uint8Array {
  const length = decoding.readVarUint(decoder)
  if (length > decoder.arr.byteLength - decoder.pos) throw new RangeError('length reaches past the frame')
  return decoding.readUint8Array(decoder, length)
}

export function writeStep1(stateVector: Uint8Array): Uint8Array {
  return syncFrame(SYNC.step1, stateVector)
}

export function writeStep2(update: Uint8Array): Uint8Array {
  return syncFrame(SYNC.step2, update)
}

export function writeUpdate(update: Uint8Array): Uint8Array {
  return syncFrame(SYNC.update, update)
}

/** By hand and in one allocation: this runs once for every change that a room relays. */
function syncFrame(kind: number, body: Uint8Array): Uint8Array {
  const { byteLength } = body
  let lengthBytes = 1
  for (let rest = Math.floor(byteLength / 128); rest > 0; rest = Math.floor(rest / 128)) lengthBytes++
  const frame = new Uint8Array(2 + lengthBytes + byteLength)
  frame[0] = MESSAGE.sync
  frame[1] = kind
  let rest = byteLength
  for (let at = 2; at < 2 + lengthBytes; at++) {
    frame[at] = (rest % 128) | (at === 1 + lengthBytes ? 0 : 128)
    rest = Math.floor(rest / 128)
  }
  frame.set(body, 2 + lengthBytes)
  return frame
}

/** One client's line in an awareness message. `state` undefined says that the client is gone. */
export interface AwarenessEntry {
  client: number
  clock: number
  state: object | undefined
}

export function writeAwareness(entries: readonly AwarenessEntry[]): Uint8Array {
  const body = encoding.createEncoder()
  encoding.writeVarUint(body, entries.length)
  for (const { client, clock, state } of entries) {
    encoding.writeVarUint(body, client)
    encoding.writeVarUint(body, clock)
    encoding.writeVarString(body, JSON.stringify(state ?? null))
  }
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, MESSAGE.awareness)
  encoding.writeVarUint8Array(encoder, encoding.toUint8Array(body))
  return encoding.toUint8Array(encoder)
}

/** A sign of life that changes nothing: the stock client reconnects after 30 s without any message. */
export const SIGN_OF_LIFE: Uint8Array = writeAwareness([])

/** How far the server is with what one socket sent. */
export interface Receipt {
  /** So many of the update-carrying frames of this socket are in the server's log. */
  logged: number
  /** So many are in the database. */
  stored: number
  /** The server's time of the commit, milliseconds since 1970. */
  at: number
}

export function writeReceipt({ logged, stored, at }: Receipt): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, MESSAGE.receipt)
  encoding.writeVarUint(encoder, logged)
  encoding.writeVarUint(encoder, stored)
  encoding.writeVarUint(encoder, at)
  return encoding.toUint8Array(encoder)
}

/** Reads the body of a receipt; the decoder stands behind the message type, as y-websocket hands it to a message handler. */
export function readReceipt(decoder: decoding.Decoder): Receipt {
  return {
    logged: decoding.readVarUint(decoder),
    stored: decoding.readVarUint(decoder),
    at: decoding.readVarUint(decoder),
  }
}

export function writeMayWrite(mayWrite: boolean): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, MESSAGE.write)
  encoding.writeVarUint(encoder, mayWrite ? 1 : 0)
  return encoding.toUint8Array(encoder)
}

export function readMayWrite(decoder: decoding.Decoder): boolean {
  return decoding.readVarUint(decoder) === 1
}

/** Which records beside a document changed. The message carries no content: the client asks over HTTP, where access is checked. */
export const CHANGE_TOPICS = ['conference', 'item', 'case', 'actions'] as const
export type ChangeTopic = (typeof CHANGE_TOPICS)[number]

export function writeChanged(topic: ChangeTopic): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, MESSAGE.changed)
  encoding.writeVarString(encoder, topic)
  return encoding.toUint8Array(encoder)
}

/** Reads the topic; undefined for one that this client does not know yet. */
export function readChanged(decoder: decoding.Decoder): ChangeTopic | undefined {
  const topic = decoding.readVarString(decoder)
  return CHANGE_TOPICS.find(known => known === topic)
}
