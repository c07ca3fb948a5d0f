/**
 * Updates with a few bytes changed, cut out or put in. Each ends in one of two ways: refused, and the document is byte for byte what it was;
 * or accepted, and the document is sound, nothing is pending in it, and people write on. `MUTANTS` says how many (100,000 in the deep check).
 */
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import type { WriterFacts } from '../../server/rooms/ports.ts'
import { must } from '../../shared/assert.ts'
import type { DocumentKind } from '../../shared/documents/document-names.ts'
import { brokenInvariants } from '../../shared/documents/invariants.ts'
import { type SeededRandom, seededRandom } from '../support/seeded-random.ts'
import { GuardedCopy, Somebody, writerFacts } from './guard-people.ts'

const MUTANTS = Math.max(Number(process.env.MUTANTS ?? 1_500), process.env.DEEP === '1' ? 5_000 : 0)
const FIRST_SEED = Number(process.env.SEED ?? 1)
/** Mutants of one scene: a document with a history and the next honest updates to it. */
const MUTANTS_OF_A_SCENE = 250
const KINDS: readonly DocumentKind[] = ['conference', 'item', 'actions', 'case', 'supervision']
/** The longest that one update may hold up everybody else. */
const STALL_MS = 100

interface Scene {
  kind: DocumentKind
  history: { update: Uint8Array; writer: WriterFacts }[]
  next: { update: Uint8Array; writer: WriterFacts }[]
}

function makeScene(seed: number): Scene {
  const random = seededRandom(seed)
  const kind = random.pick(KINDS)
  const people = [0, 1, 2].map(n => new Somebody(kind, writerFacts(n), 1000 + n * 1000 + random.below(1000), random))
  const history: Scene['history'] = []
  for (const { doc, writer } of people) {
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin === 'server') return
      history.push({ update, writer })
      for (const other of people) if (other.doc !== doc) Y.applyUpdate(other.doc, update, 'server')
    })
  }
  for (let i = 0; i < 40; i += 1) random.pick(people).acts()
  // Many ways to go on from there, each the first thing that somebody does next, and whole states, as somebody sends who comes back.
  const base = Y.encodeStateAsUpdate(must(people[0], 'somebody').doc)
  const before = Y.encodeStateVectorFromUpdate(base)
  const next: Scene['next'] = []
  while (next.length < 30) {
    const { writer, doc } = random.pick(people)
    const somebody = new Somebody(kind, writer, doc.clientID, random)
    somebody.doc.clientID = 0
    Y.applyUpdate(somebody.doc, base, 'server')
    somebody.doc.clientID = doc.clientID
    for (let n = 1 + random.below(3); n > 0; n -= 1) somebody.acts()
    const update = Y.encodeStateAsUpdate(somebody.doc, random.chance(0.9) ? before : undefined)
    if (update.length > 20) next.push({ update, writer })
  }
  return { kind, history, next }
}

function playHistory(scene: Scene): GuardedCopy {
  const server = new GuardedCopy(scene.kind)
  for (const { update, writer } of scene.history) expect(server.take(update, writer)).toMatchObject({ ok: true })
  return server
}

function mutate(update: Uint8Array, random: SeededRandom): Uint8Array {
  const bytes = [...update]
  switch (random.below(6)) {
    case 0: {
      const at = random.below(bytes.length)
      bytes.splice(at, 1 + random.below(4))
      break
    }
    case 1:
      bytes.splice(random.below(bytes.length + 1), 0, ...random.bytes(1 + random.below(4)))
      break
    case 2:
      bytes.length = random.below(bytes.length)
      break
    default:
      for (let n = random.chance(0.7) ? 1 : 2 + random.below(3); n > 0; n -= 1) {
        const at = random.below(bytes.length)
        // Small steps hit neighbouring ids, lengths and kinds; anything hits the rest.
        bytes[at] = random.chance(0.5)
          ? random.below(256)
          : ((bytes[at] ?? 0) + random.pick([1, 255, 2, 16, 128])) & 255
      }
  }
  return Uint8Array.from(bytes)
}

test(`${MUTANTS} mutants: refused without a trace, or accepted and sound`, () => {
  const count = { accepted: 0, unchanged: 0, refused: 0, malformed: 0 }
  let slowestMs = 0
  for (let done = 0, seed = FIRST_SEED; done < MUTANTS; seed += 1) {
    const scene = makeScene(seed)
    let server = playHistory(scene)
    let before = Y.encodeStateAsUpdate(server.doc)
    const random = seededRandom(seed ^ 0x5eed)
    for (let i = 0; i < MUTANTS_OF_A_SCENE && done < MUTANTS; i += 1, done += 1) {
      const original = random.pick(scene.next)
      const mutant = mutate(original.update, random)
      const why = `SEED=${seed}, mutant ${i}: ${Buffer.from(mutant).toString('hex')}`
      const started = performance.now()
      const verdict = server.take(mutant, original.writer)
      const elapsedMs = performance.now() - started
      if (elapsedMs > slowestMs)
        slowestMs = Math.max(slowestMs, Math.min(elapsedMs, fastestOf(scene, mutant, original.writer)))
      if (!verdict.ok) {
        count.refused += 1
        if (verdict.reason === 'bad-message') count.malformed += 1
        // Comparing bytes every time would be most of the run; the clocks say it nearly as well, the bytes at the end of the scene for sure.
        if (i % 10 === 0) expect(Buffer.compare(Y.encodeStateAsUpdate(server.doc), before), why).toBe(0)
        continue
      }
      if (verdict.changesNothing) {
        count.unchanged += 1
        continue
      }
      count.accepted += 1
      expect(brokenInvariants(server.doc, scene.kind), why).toEqual([])
      writesOn(server, random, why)
      server = playHistory(scene)
      before = Y.encodeStateAsUpdate(server.doc)
    }
    expect(Buffer.compare(Y.encodeStateAsUpdate(server.doc), before), `SEED=${seed}`).toBe(0)
    controls(scene)
  }
  console.info(`mutants: ${JSON.stringify(count)}, slowest ${slowestMs.toFixed(1)} ms`)
  expect(count.refused).toBeGreaterThan(MUTANTS / 4)
  expect(count.accepted).toBeGreaterThan(MUTANTS / 200)
  expect(slowestMs).toBeLessThan(STALL_MS)
})

/** The same again on its own, three times: what is slow because the machine is busy is not slow every time. */
function fastestOf(scene: Scene, mutant: Uint8Array, writer: WriterFacts): number {
  const times = [1, 2, 3].map(() => {
    const server = playHistory(scene)
    const started = performance.now()
    server.take(mutant, writer)
    return performance.now() - started
  })
  return Math.min(...times)
}

/** Somebody new opens the document as it is now, writes, and everything of it is accepted and arrives. */
function writesOn(server: GuardedCopy, random: SeededRandom, why: string): void {
  const somebody = new Somebody(server.kind, writerFacts(0), 777_777, random)
  Y.applyUpdate(somebody.doc, Y.encodeStateAsUpdate(server.doc), 'server')
  const updates: Uint8Array[] = []
  somebody.doc.on('update', (update: Uint8Array) => updates.push(update))
  for (let i = 0; i < 4; i += 1) somebody.acts()
  for (const update of updates) expect(server.take(update, somebody.writer), why).toMatchObject({ ok: true })
  expect(brokenInvariants(server.doc, server.kind), why).toEqual([])
  const cold = new Y.Doc()
  Y.applyUpdate(cold, Y.encodeStateAsUpdate(server.doc))
  expect(Y.encodeStateVector(cold), why).toEqual(Y.encodeStateVector(server.doc))
}

/** What was not changed passes. */
function controls(scene: Scene): void {
  const server = playHistory(scene)
  for (const { update, writer } of scene.next) expect(server.judge(update, writer)).toMatchObject({ ok: true })
}
