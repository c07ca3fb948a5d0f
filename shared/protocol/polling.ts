/**
 * The document wire over polling (PROTOCOL.md, "Over polling"): event names, figures and the entries of a delivery. Frames travel as base64 text,
 * because polling turns bytes into base64 anyway and hands on each attached byte array only with the next request.
 */
export const POLLING_NAMESPACE = '/sync'

/** A longer frame leaves in pieces: what one event may hold is decided by the live channel's engine, 1 MB. */
export const PIECE_BYTES = 192 * 1024
/** As many as a WebSocket message may have fragments. */
export const MAX_PIECES = 64
export const MAX_CHANNEL = 2 ** 31 - 1

/** What the WebSocket layer closes with when a message is too big; it gives no reason, and neither does this. */
export const TOO_BIG = 1009

/** From the client. */
export interface PollingEvents {
  open(channel: number, document: string, receipts: boolean): void
  frame(channel: number, piece: string, more: boolean): void
  close(channel: number): void
}

/** One step of one channel, in order. */
export type DeliveryEntry =
  | readonly [channel: number, step: 'opened']
  /** Whole frames, each in base64. */
  | readonly [channel: number, step: 'frames', ...frames: string[]]
  | readonly [channel: number, step: 'closed', code: number, reason: string]

/** From the server. */
export interface PollingNews {
  deliver(entries: readonly DeliveryEntry[]): void
}
