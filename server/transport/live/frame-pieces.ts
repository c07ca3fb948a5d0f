/** Puts a frame together that came in base64, whole or in pieces. Strict: what is not base64 to the letter is not a frame. */
import { MAX_PIECES } from '../../../shared/protocol/polling.ts'

const MAX_FRAME_BYTES = 1 << 20
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/

export class FramePieces {
  #pieces: Buffer[] = []
  #bytes = 0

  /** The whole frame with its last piece. */
  add(piece: string, more: boolean): Buffer | 'more' | 'malformed' | 'too-big' {
    // Looked at before anything is made of it.
    if (this.#bytes + (piece.length / 4) * 3 > MAX_FRAME_BYTES + 2) return 'too-big'
    if (piece.length % 4 !== 0 || !BASE64.test(piece)) return 'malformed'
    const bytes = Buffer.from(piece, 'base64')
    this.#bytes += bytes.byteLength
    if (this.#bytes > MAX_FRAME_BYTES || this.#pieces.length >= MAX_PIECES) return 'too-big'
    if (more) {
      this.#pieces.push(bytes)
      return 'more'
    }
    if (this.#pieces.length === 0) {
      this.#bytes = 0
      return bytes
    }
    const frame = Buffer.concat([...this.#pieces, bytes])
    this.#pieces = []
    this.#bytes = 0
    return frame
  }
}
