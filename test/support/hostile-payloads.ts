/** Whole frames that a document must refuse, whatever line they come over, with the close code that each costs its sender. */
import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import { discussionOf } from '../../shared/documents/item-document.ts'
import { writeStep1, writeUpdate } from '../../shared/protocol/sync-frames.ts'
import { allocationBomb, futureDeletion } from './hostile-frames.ts'

export interface HostilePayload {
  what: string
  /** @param doc an honest person's synced copy */
  frames: (doc: Y.Doc) => Uint8Array[]
  codes: number[]
}

export const HOSTILE_PAYLOADS: HostilePayload[] = [
  { what: 'an unknown message', frames: () => [Uint8Array.of(77)], codes: [4400] },
  { what: 'a varint without end', frames: () => [Uint8Array.from([0, 2, ...Array(20).fill(255)])], codes: [4400] },
  { what: 'a frame cut short', frames: () => [Uint8Array.of(0, 2, 100, 1)], codes: [4400] },
  { what: 'an empty message', frames: () => [new Uint8Array()], codes: [4400] },
  {
    what: 'an update that claims 30 million structs',
    frames: () => [allocationBomb()],
    codes: [4400, 4409, 4413],
  },
  {
    what: 'an awareness message that claims 2^40 entries',
    frames: () => {
      const encoder = encoding.createEncoder()
      encoding.writeVarUint(encoder, 1)
      encoding.writeVarUint8Array(encoder, Uint8Array.from([128, 128, 128, 128, 128, 32]))
      return [encoding.toUint8Array(encoder)]
    },
    codes: [4400],
  },
  { what: 'a state vector of garbage', frames: () => [writeStep1(Uint8Array.from([200, 1, 2, 3]))], codes: [4400] },
  {
    what: 'a hundred questions for everything',
    frames: () => Array.from({ length: 100 }, () => writeStep1(Uint8Array.of(0))),
    codes: [4429],
  },
  {
    what: 'structs under somebody else’s client id',
    frames: doc => {
      const forged = new Y.Doc()
      forged.clientID = doc.clientID
      Y.applyUpdate(forged, Y.encodeStateAsUpdate(doc))
      const before = Y.encodeStateVector(forged)
      forged.clientID = doc.clientID
      discussionOf(forged).insert(0, [new Y.XmlElement('paragraph')])
      return [writeUpdate(Y.encodeStateAsUpdate(forged, before))]
    },
    codes: [4409],
  },
  {
    what: 'the deletion of everything somebody wrote and will write',
    frames: doc => [futureDeletion(doc.clientID)],
    codes: [4409],
  },
]
