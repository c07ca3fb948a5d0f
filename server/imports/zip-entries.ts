/**
 * The files inside a ZIP (APPNOTE 6.3 §4.3), as far as workbooks use it: stored or deflated, one disk, no encryption, no ZIP64. Nothing that the archive
 * says about sizes is believed: an entry is unpacked as a stream and broken off at its limit, so a bomb costs the limit and no more.
 */
import { Readable } from 'node:stream'
import { createInflateRaw } from 'node:zlib'
import { Refusal } from '../../shared/protocol/refusals.ts'

export interface ZipEntry {
  name: string
  method: number
  from: number
  packed: number
}

const END_SIGNATURE = 0x06054b50
const ENTRY_SIGNATURE = 0x02014b50
const LOCAL_SIGNATURE = 0x04034b50
const END_BYTES = 22
const COMMENT_MAX = 0xffff
/** A workbook has some dozens. */
const ENTRIES_MAX = 2_000

export const broken = (cause?: unknown) => new Refusal('bad-content-type', 'import-broken', { cause })

/** @throws Refusal `bad-content-type` for an archive that is broken, locked or of a kind that no workbook is */
export function zipEntries(bytes: Buffer): Map<string, ZipEntry> {
  const end = endOf(bytes)
  const count = bytes.readUInt16LE(end + 10)
  let place = bytes.readUInt32LE(end + 16)
  if (count > ENTRIES_MAX) throw broken()
  const entries = new Map<string, ZipEntry>()
  for (let n = 0; n < count; n++) {
    if (place + 46 > bytes.length || bytes.readUInt32LE(place) !== ENTRY_SIGNATURE) throw broken()
    const flags = bytes.readUInt16LE(place + 8)
    if ((flags & 1) !== 0) throw new Refusal('bad-content-type', 'import-locked')
    const nameLength = bytes.readUInt16LE(place + 28)
    const name = bytes.toString('utf8', place + 46, place + 46 + nameLength)
    const local = bytes.readUInt32LE(place + 42)
    if (local + 30 > bytes.length || bytes.readUInt32LE(local) !== LOCAL_SIGNATURE) throw broken()
    const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28)
    const packed = bytes.readUInt32LE(place + 20)
    if (from + packed > bytes.length) throw broken()
    entries.set(name, { name, method: bytes.readUInt16LE(place + 10), from, packed })
    place += 46 + nameLength + bytes.readUInt16LE(place + 30) + bytes.readUInt16LE(place + 32)
  }
  return entries
}

/** What is in an entry, piece by piece. @throws Refusal `too-large` beyond `maxBytes`, `bad-content-type` when it is broken */
export async function* unpacked(bytes: Buffer, entry: ZipEntry, maxBytes: number): AsyncGenerator<Buffer> {
  const packed = bytes.subarray(entry.from, entry.from + entry.packed)
  if (entry.method !== 0 && entry.method !== 8) throw broken()
  const source = entry.method === 0 ? Readable.from([packed]) : Readable.from([packed]).pipe(createInflateRaw())
  let size = 0
  try {
    for await (const piece of source as AsyncIterable<Buffer>) {
      size += piece.length
      if (size > maxBytes) throw new Refusal('too-large', 'import-unpacked')
      yield piece
    }
  } catch (cause) {
    throw cause instanceof Refusal ? cause : broken(cause)
  } finally {
    source.destroy()
  }
}

function endOf(bytes: Buffer): number {
  const first = Math.max(0, bytes.length - END_BYTES - COMMENT_MAX)
  for (let place = bytes.length - END_BYTES; place >= first; place--) {
    if (bytes.readUInt32LE(place) === END_SIGNATURE) return place
  }
  throw broken()
}
