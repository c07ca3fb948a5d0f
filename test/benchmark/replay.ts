/**
 * Recorded histories of real writing, replayed by real clients over real sockets: each author of the recording at a client of their own, and one
 * reader who is done when everything has arrived. Whatever the server is, the same changes are fed in the same order, and two authors know of each
 * other exactly what the recording says they knew.
 */
import { readFileSync } from 'node:fs'
import * as Y from 'yjs'
import { discussionOf } from '../../shared/documents/item-document.ts'
import type { Trace } from '../support/replay-trace.ts'

/** A client whose document is connected. */
export interface ReplayClient {
  doc: Y.Doc
}

export interface ReplayOptions {
  authors: readonly ReplayClient[]
  reader: ReplayClient
  trace: Trace
  edits: number
  /** So many edits of one author leave as one frame, when they follow one another. */
  together: number
  /** Frames that one author may send at once, and per second afterwards. */
  pace: { burst: number; perSecond: number }
}

export interface ReplayOutcome {
  seconds: number
  frames: number
  /** What the authors have when they have heard of everything. */
  text: string
}

/** How far, in letters, authors may be ahead of the reader: enough to keep the server busy, few enough that nothing piles up. */
const WINDOW = 2_000

export async function replay({ authors, reader, trace, edits, together, pace }: ReplayOptions): Promise<ReplayOutcome> {
  const [first] = authors
  if (first === undefined || authors.length < trace.authors)
    throw new Error('Fewer clients than the recording has authors')
  const paragraph = new Y.XmlElement('paragraph')
  paragraph.insert(0, [new Y.XmlText()])
  discussionOf(first.doc).insert(0, [paragraph])
  const all = [...authors.slice(0, trace.authors), reader]
  await Promise.all(all.map(({ doc }) => changed(doc, () => textNodeOf(doc) !== undefined)))

  const scribes = authors.slice(0, trace.authors).map(({ doc }) => new Scribe(doc))
  // Where two wrote at one place at once the lower client id stands first; the recording's text has its authors in their order.
  const clients = scribes.map(scribe => scribe.doc.clientID).sort((a, b) => a - b)
  for (const [n, scribe] of scribes.entries()) scribe.doc.clientID = clients[n] ?? 0
  const began = performance.now()
  const limiter = createLimiter(pace)
  let frames = 0
  let at = 0
  while (at < edits) {
    const batch: { update: Uint8Array; needs: ReadonlyMap<number, number> }[] = []
    const author = trace.edits[at]?.author ?? 0
    while (at < edits && batch.length < together && trace.edits[at]?.author === author) {
      const edit = trace.edits[at++]
      if (edit !== undefined) batch.push(writeEdit(scribes, author, edit))
    }
    const { doc } = authors[author] ?? first
    // What the author knew must have reached that client before the change fits there.
    for (const { needs } of batch) await changed(doc, () => knows(doc, needs))
    doc.transact(() => {
      for (const { update } of batch) Y.applyUpdate(doc, update)
    })
    frames += 1
    await limiter()
    const written = scribes.map(
      scribe => [scribe.doc.clientID, Y.getState(scribe.doc.store, scribe.doc.clientID)] as const,
    )
    await changed(reader.doc, () =>
      written.every(([client, clock]) => clock - Y.getState(reader.doc.store, client) < WINDOW),
    )
  }
  const whole = new Map(scribes.map(({ doc }) => [doc.clientID, Y.getState(doc.store, doc.clientID)]))
  for (const { doc } of all) await changed(doc, () => knows(doc, whole))
  const seconds = (performance.now() - began) / 1000
  const texts = all.map(({ doc }) => textOf(doc))
  if (new Set(texts).size !== 1) throw new Error('The copies differ')
  for (const scribe of scribes) scribe.doc.destroy()
  return { seconds, frames, text: texts[0] ?? '' }
}

/** An author as recorded: a document of its own that hears of the others when the recording says so. */
class Scribe {
  readonly doc = new Y.Doc()
  readonly updates: Uint8Array[] = []
  /** How many updates of each other author it has heard. */
  readonly heard = new Map<Scribe, number>()

  constructor(common: Y.Doc) {
    Y.applyUpdate(this.doc, Y.encodeStateAsUpdate(common))
  }
}

function writeEdit(
  scribes: readonly Scribe[],
  author: number,
  edit: Trace['edits'][number],
): { update: Uint8Array; needs: ReadonlyMap<number, number> } {
  const scribe = scribes[author]
  if (scribe === undefined) throw new Error('The recording names an author that it does not have')
  for (const [n, count] of edit.after.entries()) {
    const other = scribes[n]
    if (other === undefined || other === scribe) continue
    const known = scribe.heard.get(other) ?? 0
    for (const update of other.updates.slice(known, count)) Y.applyUpdate(scribe.doc, update)
    scribe.heard.set(other, Math.max(known, count))
  }
  const needs = new Map<number, number>()
  for (const other of scribes) {
    if (other !== scribe) needs.set(other.doc.clientID, Y.getState(scribe.doc.store, other.doc.clientID))
  }
  // An edit that changes nothing still counts, with an update that says nothing.
  let update: Uint8Array = Uint8Array.of(0, 0)
  const keep = (made: Uint8Array) => {
    update = made
  }
  scribe.doc.on('update', keep)
  scribe.doc.transact(() => {
    const text = textNodeOf(scribe.doc)
    for (const [at, deleted, inserted] of edit.patches) {
      if (deleted > 0) text?.delete(at, deleted)
      if (inserted.length > 0) text?.insert(at, inserted)
    }
  })
  scribe.doc.off('update', keep)
  scribe.updates.push(update)
  return { update, needs }
}

const knows = (doc: Y.Doc, clocks: ReadonlyMap<number, number>) =>
  [...clocks].every(([client, clock]) => Y.getState(doc.store, client) >= clock)

function textNodeOf(doc: Y.Doc): Y.XmlText | undefined {
  const paragraph = discussionOf(doc).get(0)
  const text = paragraph instanceof Y.XmlElement ? paragraph.get(0) : undefined
  return text instanceof Y.XmlText ? text : undefined
}

/** The replayed text of a document. */
export function textOf(doc: Y.Doc): string {
  const runs: { insert?: unknown }[] = textNodeOf(doc)?.toDelta() ?? []
  return runs.map(run => String(run.insert)).join('')
}

/** Resolves once it holds, looked at after each change of the document. */
function changed(doc: Y.Doc, holds: () => boolean, deadlineMs = 60_000): Promise<void> {
  if (holds()) return Promise.resolve()
  return new Promise((resolve, reject) => {
    const end = setTimeout(() => {
      doc.off('update', look)
      reject(new Error(`Waited ${deadlineMs} ms for changes to arrive`))
    }, deadlineMs)
    const look = () => {
      if (!holds()) return
      clearTimeout(end)
      doc.off('update', look)
      resolve()
    }
    doc.on('update', look)
  })
}

/** Keeps below what the server lets one person send. */
function createLimiter({ burst, perSecond }: { burst: number; perSecond: number }): () => Promise<void> {
  const began = performance.now()
  let sent = 0
  return async () => {
    sent += 1
    const aheadMs = ((sent - burst) / perSecond) * 1000 - (performance.now() - began)
    if (aheadMs > 0) await new Promise(resolve => setTimeout(resolve, aheadMs))
  }
}

/** Peak memory (MB) and processor time (s) of a process so far (proc(5)). */
export function figuresOf(pid: number): { peakMb: number; cpuSeconds: number } {
  const peak = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return { peakMb: Number(peak) / 1024, cpuSeconds: (Number(fields[11]) + Number(fields[12])) / 100 }
}
