/** What a room gathers in one turn of the event loop, and what each session is sent once it is stored. */

import { writeUpdate } from '../../shared/protocol/sync-frames.ts'
import { type AuthoredUpdate, type Claim, encodeLogEntry } from './log-payload.ts'
import type { Session } from './session.ts'

/** An answer to step 1: made when the turn is closed for gathering, sent when it is stored. */
export interface Answer {
  stateVector: Uint8Array
  frames: readonly Uint8Array[]
  bytes: number
}

export interface Turn {
  /** 0 until it is being appended. */
  sequence: number
  updates: AuthoredUpdate[]
  claims: Claim[]
  /** `from` is not told; undefined for what Yjs did by itself, which everybody is told. */
  relays: { frame: Uint8Array; from: Session | undefined }[]
  bytes: number
  /** Receipts due: how many frames of the session this turn covers, and whether anything of it would be lost with this turn. */
  covered: Map<Session, { heard: number; atStake: boolean }>
  answers: Map<Session, Answer>
  /** The state including this turn, when a compaction rides on it. */
  snapshot: Uint8Array | undefined
}

export function emptyTurn(): Turn {
  return {
    sequence: 0,
    updates: [],
    claims: [],
    relays: [],
    bytes: 0,
    covered: new Map(),
    answers: new Map(),
    snapshot: undefined,
  }
}

/** Adds what an update of a session changed: the first is its own, the rest is what the document tidied after it. */
export function addChanges(turn: Turn, session: Session, changes: readonly Uint8Array[]): void {
  changes.forEach((update, index) => {
    turn.updates.push({ userId: session.grant.writer.userId, update })
    turn.relays.push({ frame: writeUpdate(update), from: index === 0 ? session : undefined })
    turn.bytes += update.byteLength
  })
}

/** Notes that one more frame of the session is settled with this turn. */
export function cover(turn: Turn, session: Session, atStake: boolean): void {
  const before = turn.covered.get(session)
  turn.covered.set(session, { heard: session.heard, atStake: atStake || before?.atStake === true })
}

export function payloadOf(turn: Turn, at: number): Uint8Array {
  return encodeLogEntry({ at, claims: turn.claims, updates: turn.updates })
}

/**
 * The relays of a turn for each recipient. Whoever wrote none of it gets the same array as all others who did not, so that the transport
 * can frame it once for all of them.
 */
export function relaysFor(turn: Turn): (session: Session) => readonly Uint8Array[] {
  const everything = turn.relays.map(relay => relay.frame)
  const authors = new Set(turn.relays.map(relay => relay.from))
  return session =>
    authors.has(session) ? turn.relays.filter(relay => relay.from !== session).map(relay => relay.frame) : everything
}
