/**
 * A version's state as bytes, before sealing: a version number, then deflated: the item's document as one Yjs update, and as JSON the words of its action
 * items. A reader refuses a number that it does not know.
 */
import { promisify } from 'node:util'
import { deflateRaw, inflateRaw } from 'node:zlib'
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import { type ActionContent, type ItemContent, ownContentOf } from '../../shared/history/item-content.ts'

const FORM = 1
/** A document of the largest size that is allowed, ten times over: whatever is longer was not written here. */
const MAX_BYTES = 100_000_000

export interface VersionState {
  /** The item's document as one update. */
  document: Uint8Array
  actions: readonly ActionContent[]
}

export async function encodeVersion({ document, actions }: VersionState): Promise<Buffer> {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint8Array(encoder, document)
  encoding.writeVarString(encoder, JSON.stringify(actions))
  const packed = await promisify(deflateRaw)(encoding.toUint8Array(encoder))
  return Buffer.concat([Buffer.of(FORM), packed])
}

export async function decodeVersion(payload: Uint8Array): Promise<VersionState> {
  if (payload[0] !== FORM) throw new Error(`A version of form ${payload[0]}; this server reads ${FORM}`)
  const unpacked = await promisify(inflateRaw)(payload.subarray(1), { maxOutputLength: MAX_BYTES })
  const decoder = decoding.createDecoder(unpacked)
  const document = decoding.readVarUint8Array(decoder)
  return { document, actions: JSON.parse(decoding.readVarString(decoder)) as ActionContent[] }
}

export function contentOfVersion({ document, actions }: VersionState): ItemContent {
  const doc = new Y.Doc()
  try {
    Y.applyUpdate(doc, document)
    return { ...ownContentOf(doc), actions }
  } finally {
    doc.destroy()
  }
}
