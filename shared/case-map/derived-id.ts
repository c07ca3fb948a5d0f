/**
 * An id that follows from others. What can be there only once between two things (two people as partners, a child and its parents, a tie) gets
 * the same key from whoever puts it, so that two people who put it at the same moment have put one thing and not two.
 *
 * Four lanes of 32 bits, mixed as MurmurHash3 mixes its blocks: ids are 128 random bits, and equal keys of different pairs are as unlikely as
 * equal ids. It keeps nothing apart from somebody who wants a collision; who may write the document could overwrite the record anyway.
 */
import { idFromBytes } from '../ids.ts'

/** The id that belongs to these words, in their order; `what` keeps kinds of things apart. */
export function derivedId(what: string, ...parts: readonly string[]): string {
  const bytes = new Uint8Array(16)
  const view = new DataView(bytes.buffer)
  const text = `${what}|${parts.join('|')}`
  for (let lane = 0; lane < 4; lane += 1) view.setUint32(lane * 4, mixed(text, Math.imul(lane + 1, 0x9e3779b1)))
  return idFromBytes(bytes)
}

/** The same for two things of which neither comes first. */
export function pairId(what: string, a: string, b: string, ...rest: readonly string[]): string {
  return a < b ? derivedId(what, a, b, ...rest) : derivedId(what, b, a, ...rest)
}

function mixed(text: string, seed: number): number {
  let hash = seed
  for (let i = 0; i < text.length; i += 1) {
    let block = Math.imul(text.charCodeAt(i), 0xcc9e2d51)
    block = Math.imul((block << 15) | (block >>> 17), 0x1b873593)
    hash ^= block
    hash = (Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64) | 0
  }
  hash ^= text.length
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}
