/**
 * What a file is, by its bytes (SECURITY R26). It is looked at piece by piece while it passes; nothing is unpacked or decoded, so nothing that
 * swells can swell here. A name counts for one thing only: text is taken from a `.txt`, because anything can be read as text.
 *
 * Sources: PDF 32000-1 §7.5 (header, `%%EOF`), PNG (ISO/IEC 15948) §5.2 and §11.2.2, JPEG (ITU-T T.81) annex B.
 */
import type { PaperKind } from '../../shared/codes.ts'
import { PICTURE_MAX_PIXELS, PICTURE_MAX_SIDE } from '../../shared/protocol/papers.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'

/** Told of all bytes in order, the first piece with at least the first 64 of them (or all). */
export interface Inspector {
  /** @throws Refusal as soon as it is clear that the file is not taken */
  take(piece: Buffer): void
  /** @throws Refusal */
  finish(): PaperKind
}

interface Reader {
  kind: PaperKind
  take(piece: Buffer): void
  finish(): void
}

const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

const notTaken = (detail = 'paper-kind') => new Refusal('bad-content-type', detail)

export function createInspector(fileName: string): Inspector {
  let reader: Reader | undefined
  return {
    take(piece) {
      reader ??= readerFor(piece, fileName)
      reader.take(piece)
    },
    finish() {
      if (reader === undefined) throw new Refusal('bad-request', 'paper-empty')
      reader.finish()
      return reader.kind
    },
  }
}

function readerFor(head: Buffer, fileName: string): Reader {
  if (/^%PDF-\d/.test(head.toString('latin1', 0, 8))) return pdfReader()
  if (head.subarray(0, 8).equals(PNG_SIGNATURE)) return pngReader(head)
  if (head[0] === 0xff && head[1] === 0xd8 && head[2] === 0xff) return jpegReader()
  if (/\.txt$/i.test(fileName)) return textReader(head)
  throw notTaken()
}

/** How far from its end a PDF may say that it ends; readers look through the last kilobyte. */
const PDF_TAIL_BYTES = 2048

function pdfReader(): Reader {
  let tail: Buffer = Buffer.alloc(0)
  return {
    kind: 'pdf',
    take(piece) {
      tail = Buffer.concat([tail, piece.subarray(-PDF_TAIL_BYTES)]).subarray(-PDF_TAIL_BYTES)
    },
    finish() {
      if (!tail.includes('%%EOF')) throw notTaken('paper-broken')
    },
  }
}

function pngReader(head: Buffer): Reader {
  if (head.length < 33 || head.toString('latin1', 12, 16) !== 'IHDR') throw notTaken('paper-broken')
  assertFits(head.readUInt32BE(16), head.readUInt32BE(20))
  return { kind: 'png', take() {}, finish() {} }
}

function assertFits(width: number, height: number): void {
  if (width === 0 || height === 0) throw notTaken('paper-broken')
  if (width > PICTURE_MAX_SIDE || height > PICTURE_MAX_SIDE || width * height > PICTURE_MAX_PIXELS) {
    throw new Refusal('too-large', 'paper-picture-size')
  }
}

/** Walks from segment to segment until the frame header, which says how large the picture is; a camera's thumbnail comes before it. */
function jpegReader(): Reader {
  let isKnown = false
  let waiting: Buffer = Buffer.alloc(0)
  /** So many bytes of what comes are of no interest. Begins behind the two bytes of "start of image". */
  let skip = 2

  function walk(): void {
    for (;;) {
      if (skip >= waiting.length) {
        skip -= waiting.length
        waiting = Buffer.alloc(0)
        return
      }
      waiting = waiting.subarray(skip)
      skip = 0
      const marker = waiting[1]
      if (waiting[0] !== 0xff) throw notTaken('paper-broken')
      if (marker === undefined) return
      if (marker === 0xff) skip = 1
      else if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7)) skip = 2
      else if (marker === 0xd8 || marker === 0xd9 || marker === 0xda) throw notTaken('paper-broken')
      else {
        if (waiting.length < 9) return
        const length = waiting.readUInt16BE(2)
        if (length < 2) throw notTaken('paper-broken')
        if (isFrameHeader(marker)) {
          assertFits(waiting.readUInt16BE(7), waiting.readUInt16BE(5))
          isKnown = true
          return
        }
        skip = 2 + length
      }
    }
  }

  return {
    kind: 'jpeg',
    take(piece) {
      if (isKnown) return
      waiting = waiting.length === 0 ? piece : Buffer.concat([waiting, piece])
      walk()
    },
    finish() {
      if (!isKnown) throw notTaken('paper-broken')
    },
  }
}

/** SOF0–SOF15, without the three numbers among them that mean something else. */
const isFrameHeader = (marker: number) =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc

/** Tab, line feed, form feed and carriage return are text; the other control characters are not. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: refusing them is the point
const CONTROL = /[\u0000-\u0008\u000b\u000e-\u001f\u007f]/
/** A page, a drawing with scripts: what a browser might take for more than text. */
const MARKUP = /^\s*<[!?/a-z]/i

function textReader(head: Buffer): Reader {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  if (MARKUP.test(head.toString('utf8', 0, 4096).replace(/^\ufeff/, ''))) throw notTaken()
  function decode(piece: Buffer | undefined): void {
    let text: string
    try {
      text = decoder.decode(piece, { stream: piece !== undefined })
    } catch (cause) {
      throw new Refusal('bad-content-type', 'paper-text-encoding', { cause })
    }
    if (CONTROL.test(text)) throw notTaken()
  }
  return { kind: 'text', take: decode, finish: () => decode(undefined) }
}
