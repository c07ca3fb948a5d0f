/**
 * The last number and hash of the chain in a file beside the key file: outside the store, so that who cuts the store's tail off, or puts an older
 * head back, has not cut this (SPEC AU5). Two places of one disk sector are written in turn; the newer one that is whole counts. It is not synced:
 * after a power cut it may be older than the chain, never newer.
 */
import { createHmac } from 'node:crypto'
import { closeSync, constants, openSync, readSync, writeSync } from 'node:fs'
import type { ChainEnd, ChainKey } from './chain.ts'

/** What is known of a chain outside its store. */
export interface KnownEnd extends ChainEnd {
  /** Up to where a head was signed: an older head than that was put back by somebody. */
  signed: number
}

const PLACE_BYTES = 512

export interface Anchor {
  /** As it was when this was opened; undefined when there was none. */
  readonly known: KnownEnd | undefined
  keep(end: KnownEnd): void
  close(): void
}

/** @throws when the file cannot be written there */
export function openAnchor(file: string, key: ChainKey): Anchor {
  const handle = openSync(file, constants.O_RDWR | constants.O_CREAT, 0o600)
  let place = 0
  let known: KnownEnd | undefined
  for (const at of [0, 1]) {
    const end = readPlace(handle, at, key)
    if (end === undefined || end.sequence < (known?.sequence ?? 0)) continue
    known = end
    place = 1 - at
  }
  return {
    known,
    keep(end) {
      const words = JSON.stringify([end.sequence, end.hash, end.signed, markOf(key, end)])
      writeSync(handle, Buffer.from(words.padEnd(PLACE_BYTES)), 0, PLACE_BYTES, place * PLACE_BYTES)
      place = 1 - place
    },
    close: () => closeSync(handle),
  }
}

function readPlace(handle: number, place: number, key: ChainKey): KnownEnd | undefined {
  const bytes = Buffer.alloc(PLACE_BYTES)
  const read = readSync(handle, bytes, 0, PLACE_BYTES, place * PLACE_BYTES)
  try {
    const words: unknown = JSON.parse(bytes.toString('utf8', 0, read))
    if (!Array.isArray(words)) return undefined
    const [sequence, hash, signed, mark]: unknown[] = words
    if (typeof sequence !== 'number' || typeof hash !== 'string' || typeof signed !== 'number') return undefined
    const end = { sequence, hash, signed }
    return mark === markOf(key, end) ? end : undefined
  } catch {
    return undefined // Empty, or half written when the power went: the other place counts.
  }
}

const markOf = (key: ChainKey, { sequence, hash, signed }: KnownEnd): string =>
  createHmac('sha256', key).update(`dure audit anchor 1|${sequence}|${hash}|${signed}`).digest('hex')
