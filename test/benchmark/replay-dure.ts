/** A recorded history into an item's discussion of the built application: its own clients, its guard, encryption, receipts, compaction. */

import { openKeyring } from '../../server/crypto/keyring.ts'
import { demoDocument } from '../../server/demo/stage.ts'
import { RoomDocument } from '../../server/rooms/room-document.ts'
import { COLLECTIONS } from '../../server/storage/collections.ts'
import { createDocumentStore } from '../../server/storage/documents/document-store.ts'
import { createSealer } from '../../server/storage/documents/sealer.ts'
import { openStore } from '../../server/storage/open-store.ts'
import { loadCold } from '../support/cold-documents.ts'
import { signInAtTable } from '../support/demo-people.ts'
import { type DureProcess, startDure } from '../support/dure-process.ts'
import type { Trace } from '../support/replay-trace.ts'
import { figuresOf, replay, textOf } from './replay.ts'

export interface ReplayFigures {
  edits: number
  frames: number
  seconds: number
  serverCpuSeconds: number
  serverPeakMb: number
  /** Log and snapshots of the document as the stopped server left them; undefined for a server that stores nothing. */
  leftBytes: number | undefined
  /** The same after one compaction of all. */
  compactedBytes: number | undefined
  /** From asking for the line until the text stands, at a server that was started anew; undefined as above. */
  openMs: number | undefined
  text: string
}

const ITEM = demoDocument.item('saengyeon-integrated-closing')
/** Below the rooms' own limits (3,000 frames at once, 300 a second). */
const PACE = { burst: 2_500, perSecond: 280 }

export async function replayAtDure(trace: Trace, edits: number, together: number): Promise<ReplayFigures> {
  const dure = await startDure({ DURE_IDLE_MINUTES: '60' })
  try {
    const people = []
    for (const login of ['saengyeon.case', 'muhan.case', 'council.case'])
      people.push(await signInAtTable(dure.url, login))
    const clients = people.map(person => person.open(ITEM))
    await Promise.all(clients.map(client => client.live()))
    const [first, second, reader] = clients
    if (!first || !second || !reader) throw new Error('Nobody came')
    const before = figuresOf(dure.pid())
    const {
      seconds: arrived,
      frames,
      text,
    } = await replay({ authors: [first, second], reader, trace, edits, together, pace: PACE })
    const storing = performance.now()
    await Promise.all([first.stored(60_000), second.stored(60_000)])
    const seconds = arrived + (performance.now() - storing) / 1000
    const { peakMb, cpuSeconds } = figuresOf(dure.pid())
    for (const person of people) person.leave()
    if ((await dure.stop()) !== 0) throw new Error('Not everything was stored')

    const [cold] = await loadCold(dure, [ITEM])
    if (!cold || textOf(cold) !== text) throw new Error('What is stored is not what the authors wrote')
    const { left: leftBytes, compacted: compactedBytes } = await bytesOf(dure)
    await dure.start()
    const openMs = await openingOf(dure, text.length)
    return {
      edits,
      frames,
      seconds,
      serverCpuSeconds: cpuSeconds - before.cpuSeconds,
      serverPeakMb: peakMb,
      leftBytes,
      compactedBytes,
      openMs,
      text,
    }
  } finally {
    await dure.close()
  }
}

/** Bytes of the document's sealed log and snapshots as the server left them, and after one compaction of all. */
async function bytesOf({ dataFolder, keyFile }: DureProcess): Promise<{ left: number; compacted: number }> {
  const store = await openStore({ dataDirectory: dataFolder, declarations: COLLECTIONS })
  const count = async () => {
    let bytes = 0
    for (const name of ['documentLog', 'documentSnapshots'] as const) {
      const collection = store.collection<{ _id: string; document: string; bytes: Buffer }>(name)
      for (const row of await collection.find({ document: ITEM }).toArray()) bytes += row.bytes.length
    }
    return bytes
  }
  try {
    const documents = createDocumentStore({ store, sealer: createSealer(await openKeyring({ store, keyFile })) })
    const left = await count()
    const whole = RoomDocument.fromStored(await documents.load(ITEM))
    await documents.compact(ITEM, { payload: whole.encodeSnapshot(), upTo: whole.sequence })
    return { left, compacted: await count() }
  } finally {
    await store.close()
  }
}

async function openingOf(dure: DureProcess, length: number): Promise<number> {
  const person = await signInAtTable(dure.url, 'saengyeon.case')
  const began = performance.now()
  const client = person.open(ITEM)
  await client.until('the text', state => state.loaded)
  const ms = performance.now() - began
  if (textOf(client.doc).length !== length) throw new Error('The text is not whole')
  person.leave()
  return ms
}
