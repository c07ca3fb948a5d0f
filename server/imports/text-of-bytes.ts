/**
 * Which encoding a list is written in, and its text, in pieces (SPEC IM2). Told by a mark at the beginning, else by the bytes themselves: what is UTF-8
 * throughout is UTF-8, else what is CP949 throughout is CP949; anything else is refused, because a name that is read wrongly is worse than none.
 */
import { Refusal } from '../../shared/protocol/refusals.ts'
import { createCp949Decoder } from './cp949.ts'

export type TextEncoding = 'utf-8' | 'cp949' | 'utf-16le' | 'utf-16be'

/** A turn of the event loop's worth of decoding. */
const SLICE_BYTES = 256 * 1024
/** Enough to tell UTF-16 without a mark: every second byte of its spaces and digits is zero. */
const LOOKED_AT_BYTES = 4_096

const wrongEncoding = () => new Refusal('bad-content-type', 'import-encoding')

/** @throws Refusal `bad-content-type` for bytes that are no text */
export function encodingOf(bytes: Uint8Array): { encoding: TextEncoding; skip: number } {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return { encoding: 'utf-8', skip: 3 }
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { encoding: 'utf-16le', skip: 2 }
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { encoding: 'utf-16be', skip: 2 }
  const zeros = zerosIn(bytes.subarray(0, LOOKED_AT_BYTES))
  if (zeros.even + zeros.odd > 0) {
    if (zeros.odd > 4 * zeros.even) return { encoding: 'utf-16le', skip: 0 }
    if (zeros.even > 4 * zeros.odd) return { encoding: 'utf-16be', skip: 0 }
    throw wrongEncoding()
  }
  return { encoding: isUtf8(bytes) ? 'utf-8' : 'cp949', skip: 0 }
}

/** The text in pieces. @throws Refusal `bad-content-type` when it is not that encoding throughout */
export function* textOf(bytes: Uint8Array): Generator<string, TextEncoding> {
  const { encoding, skip } = encodingOf(bytes)
  const decode = decoderOf(encoding)
  for (let from = skip; from < bytes.length; from += SLICE_BYTES) {
    const to = Math.min(from + SLICE_BYTES, bytes.length)
    const text = decode(bytes.subarray(from, to), to === bytes.length)
    // A zero in a text is a file that is no text.
    if (text.includes('\u0000')) throw wrongEncoding()
    yield text
  }
  return encoding
}

function decoderOf(encoding: TextEncoding): (piece: Uint8Array, isLast: boolean) => string {
  if (encoding === 'cp949') {
    const decoder = createCp949Decoder()
    return (piece, isLast) => {
      const text = decoder.decode(piece)
      if (text === undefined || (isLast && !decoder.isWhole())) throw wrongEncoding()
      return text
    }
  }
  const decoder = new TextDecoder(encoding, { fatal: true })
  return (piece, isLast) => {
    try {
      return decoder.decode(piece, { stream: !isLast })
    } catch (cause) {
      throw new Refusal('bad-content-type', 'import-encoding', { cause })
    }
  }
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    const decoder = new TextDecoder('utf-8', { fatal: true })
    for (let from = 0; from < bytes.length; from += SLICE_BYTES) {
      decoder.decode(bytes.subarray(from, from + SLICE_BYTES), { stream: true })
    }
    decoder.decode()
    return true
  } catch {
    return false
  }
}

function zerosIn(bytes: Uint8Array): { even: number; odd: number } {
  const zeros = { even: 0, odd: 0 }
  for (const [place, byte] of bytes.entries()) if (byte === 0) zeros[place % 2 === 0 ? 'even' : 'odd'] += 1
  return zeros
}
