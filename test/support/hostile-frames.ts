/**
 * Frames that a member's modified software might send (SECURITY §8.3, §8.4): each takes what an attacker can know, a synced copy of the document and
 * the client ids in it, and gives bytes.
 */
import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import { addDecision, discussionOf } from '../../shared/documents/item-document.ts'
import { paragraphsOf } from '../../shared/documents/rich-text.ts'
import { type DecisionId, idFromBytes, type UserId } from '../../shared/ids.ts'
import { writeAwareness, writeUpdate } from '../../shared/protocol/sync-frames.ts'
import type { SeededRandom } from './seeded-random.ts'

/** What the change adds, on a copy of `doc` under that client id. */
export function updateBy(doc: Y.Doc, client: number, change: (copy: Y.Doc) => void): Uint8Array {
  const copy = new Y.Doc()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
  const before = Y.encodeStateVector(copy)
  copy.clientID = client
  change(copy)
  const update = Y.encodeStateAsUpdate(copy, before)
  copy.destroy()
  return update
}

const varUints = (...values: number[]): Uint8Array => {
  const encoder = encoding.createEncoder()
  for (const value of values) encoding.writeVarUint(encoder, value)
  return encoding.toUint8Array(encoder)
}

/** Ten bytes that ask for an array of 30 million. */
export const allocationBomb = (): Uint8Array => writeUpdate(varUints(1, 30_000_000, 1, 0))

/** No structs; one client, one range: clocks 0 to 2^31. */
export const futureDeletion = (client: number): Uint8Array => writeUpdate(varUints(0, 1, client, 1, 0, 2 ** 31 - 1))

/** Continues a client a thousand clocks too late. */
export function gap(doc: Y.Doc, client: number, size: number): Uint8Array {
  const copy = new Y.Doc()
  copy.clientID = client
  const text = copy.getXmlFragment('discussion')
  text.insert(0, paragraphsOf('앞'.repeat(50)))
  const before = Y.encodeStateVector(copy)
  text.push(paragraphsOf('가'.repeat(size)))
  const update = Y.encodeStateAsUpdate(copy, before)
  copy.destroy()
  void doc
  return writeUpdate(update)
}

export const rich = (text: string) => (copy: Y.Doc) => discussionOf(copy).push(paragraphsOf(text))

export function withLink(href: string) {
  return (copy: Y.Doc) => {
    const run = new Y.XmlText()
    run.insert(0, '눌러 보세요', { link: { href } })
    const paragraph = new Y.XmlElement('paragraph')
    paragraph.insert(0, [run])
    discussionOf(copy).push([paragraph])
  }
}

export function withAttribute(name: string) {
  return (copy: Y.Doc) => {
    const paragraph = new Y.XmlElement('paragraph')
    paragraph.setAttribute(name, 'alert(1)')
    discussionOf(copy).push([paragraph])
  }
}

/** A decision that is well made but for one field. */
export function wrongDecision(random: SeededRandom, field: string, value: unknown) {
  return (copy: Y.Doc) => {
    const id = idFromBytes<DecisionId>(random.bytes(16))
    addDecision(copy, {
      id,
      kind: 'deferred',
      by: idFromBytes<UserId>(random.bytes(16)),
      at: '2026-11-24T05:00:00.000Z',
      text: '미룸',
    })
    copy.getMap<Y.Map<unknown>>('decisions').get(id)?.set(field, value)
  }
}

export const presence = (client: number, clock: number, state: object | undefined) =>
  writeAwareness([{ client, clock, state }])

/** One to four bytes changed, cut out, put in, or the end cut off. */
export function mutate(frame: Uint8Array, random: SeededRandom): Uint8Array {
  const bytes = [...frame]
  const at = random.below(bytes.length)
  switch (random.below(6)) {
    case 0:
      bytes.splice(at, 1 + random.below(4))
      break
    case 1:
      bytes.splice(at, 0, ...random.bytes(1 + random.below(4)))
      break
    case 2:
      bytes.length = Math.max(1, at)
      break
    default:
      for (let n = 1 + random.below(4); n > 0; n--) {
        const place = random.below(bytes.length)
        bytes[place] = random.chance(0.5)
          ? random.below(256)
          : ((bytes[place] ?? 0) + random.pick([1, 255, 2, 128])) & 255
      }
  }
  return Uint8Array.from(bytes)
}
