/**
 * Nothing honest is ever refused: people write, undo, go offline, return, send twice and merged, with garbage collection on and off, and the
 * guarded copy takes every update and ends equal to theirs.
 */
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { MalformedUpdate } from '../../server/rooms/guard/update-cursor.ts'
import { readUpdate, textOf } from '../../server/rooms/guard/update-reader.ts'
import type { DocumentKind } from '../../shared/documents/document-names.ts'
import { brokenInvariants } from '../../shared/documents/invariants.ts'
import { layoutOf, rootOf } from '../../shared/documents/layout.ts'
import { seededRandom, seedsToRun } from '../support/seeded-random.ts'
import { GuardedCopy, Somebody, writerFacts } from './guard-people.ts'

const KINDS: readonly DocumentKind[] = ['conference', 'item', 'actions', 'case', 'supervision']
const STEPS = 200

interface Link {
  somebody: Somebody
  online: boolean
  /** Made and not sent. */
  unsent: Uint8Array[]
}

test.each(KINDS)(
  'every honest update of a %s document is accepted, read alike by Yjs, and all copies end equal',
  kind => {
    const done = new Map<string, number>()
    let accepted = 0
    const seeds = seedsToRun(12)
    for (const seed of seeds) {
      const random = seededRandom(seed)
      const gc = seed % 3 !== 0
      const server = new GuardedCopy(kind, seed % 4 !== 0)
      const why = `SEED=${seed}`
      const links: Link[] = [0, 1, 2, 3].map(n => ({
        // The last two are one person with two windows.
        somebody: new Somebody(kind, writerFacts(Math.min(n, 2)), 100 + random.below(1000) * 10 + n, random, gc),
        online: true,
        unsent: [],
      }))
      const send = (from: Link, update: Uint8Array): void => {
        checkReading(update)
        const verdict = server.take(update, from.somebody.writer)
        expect(verdict, why).toMatchObject({ ok: true })
        accepted += 1
        for (const link of links) if (link !== from && link.online) Y.applyUpdate(link.somebody.doc, update, 'server')
      }
      const flush = (link: Link): void => {
        const updates = link.unsent.splice(0)
        if (updates.length > 1 && random.chance(0.3)) send(link, Y.mergeUpdates(updates))
        else for (const update of updates) send(link, update)
      }
      for (const link of links) {
        link.somebody.doc.on('update', (update: Uint8Array, origin: unknown) => {
          if (origin !== 'server') link.unsent.push(update)
        })
      }
      const comeBack = (link: Link): void => {
        const { doc } = link.somebody
        Y.applyUpdate(doc, Y.encodeStateAsUpdate(server.doc, Y.encodeStateVector(doc)), 'server')
        link.unsent.length = 0
        const vector = random.chance(0.2) ? undefined : Y.encodeStateVector(server.doc)
        send(link, Y.encodeStateAsUpdate(doc, vector))
        link.online = true
      }
      for (let step = 0; step < STEPS; step += 1) {
        const link = random.pick(links)
        if (random.chance(0.05)) {
          if (link.online) link.online = false
          else comeBack(link)
          continue
        }
        const what = link.somebody.acts()
        done.set(what, (done.get(what) ?? 0) + 1)
        if (link.online && random.chance(0.7)) flush(link)
        if (step % 20 === 0) expect(brokenInvariants(server.doc, kind), why).toEqual([])
      }
      for (let round = 0; round < 3; round += 1) for (const link of links) comeBack(link)
      const again = server.judge(Y.encodeStateAsUpdate(server.doc), writerFacts(0))
      expect(again, why).toMatchObject({ ok: true, changesNothing: true })
      const cold = new Y.Doc()
      Y.applyUpdate(cold, Y.encodeStateAsUpdate(server.doc))
      for (const doc of [...links.map(link => link.somebody.doc), cold]) {
        expect(brokenInvariants(doc, kind), why).toEqual([])
        expect(contentOf(doc, kind), why).toEqual(contentOf(server.doc, kind))
      }
    }
    expect(accepted).toBeGreaterThan(seeds.length * 40)
    expect(done.get('type') ?? 0).toBeGreaterThan(seeds.length * 4)
    expect(done.get('undo') ?? 0).toBeGreaterThan(seeds.length)
  },
)

function contentOf(doc: Y.Doc, kind: DocumentKind): Record<string, unknown> {
  const content: Record<string, unknown> = {}
  for (const name of [...doc.share.keys()].sort()) {
    const isMap = rootOf(layoutOf(kind), name)?.layout.holds !== 'rich-text'
    const value: unknown = isMap ? doc.getMap(name).toJSON() : doc.getXmlFragment(name).toString()
    if (value !== '' && Object.keys(Object(value)).length > 0) content[name] = value
  }
  return content
}

/** Our reader and Yjs's own see the same structs and deletions. */
function checkReading(update: Uint8Array): void {
  const ours = readUpdate(update)
  const theirs = Y.decodeUpdate(update)
  const structs = ours.sections.flatMap(section =>
    section.structs.map(struct => ({
      client: section.client,
      clock: struct.clock,
      length: struct.length,
      ...(struct.is === 'item' && {
        origin: struct.origin && [struct.origin.client, struct.origin.clock],
        right: struct.rightOrigin && [struct.rightOrigin.client, struct.rightOrigin.clock],
        parent: typeof struct.parent === 'object' ? [struct.parent.client, struct.parent.clock] : struct.parent,
        key: struct.key,
        text: struct.content.is === 'string' ? textOf(update, struct.content) : undefined,
        values: struct.content.is === 'any' ? struct.content.values : undefined,
        format: struct.content.is === 'format' ? [struct.content.key, struct.content.value] : undefined,
      }),
    })),
  )
  const id = (of: { client: number; clock: number } | null): number[] | undefined =>
    of === null ? undefined : [of.client, of.clock]
  expect(structs).toEqual(
    theirs.structs.map(struct => ({
      client: struct.id.client,
      clock: struct.id.clock,
      length: struct.length,
      ...(struct instanceof Y.Item && {
        origin: id(struct.origin),
        right: id(struct.rightOrigin),
        parent: parentOf(struct.parent),
        key: struct.parentSub ?? undefined,
        text: struct.content instanceof Y.ContentString ? struct.content.str : undefined,
        values: struct.content instanceof Y.ContentAny ? struct.content.arr : undefined,
        format: struct.content instanceof Y.ContentFormat ? [struct.content.key, struct.content.value] : undefined,
      }),
    })),
  )
  const deletions = ours.deletions.map(({ client, ranges }) => [client, ranges])
  expect(deletions).toEqual(
    [...theirs.ds.clients].map(([client, items]) => [client, items.flatMap(item => [item.clock, item.len])]),
  )
}

/** Unintegrated structs name their parent by id or by root name, whatever the library's types say. */
function parentOf(parent: unknown): unknown {
  if (parent instanceof Y.ID) return [parent.client, parent.clock]
  return parent ?? undefined
}

test('text is read exactly as a strict UTF-8 decoder reads it', () => {
  const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  let refused = 0
  let read = 0
  for (let seed = 1; seed <= 3000; seed += 1) {
    const random = seededRandom(seed)
    const valid = new TextEncoder().encode(
      ['가나', 'é', '😀', 'ab', '\u{feff}', '￿'].filter(() => random.chance(0.5)).join('') || '값',
    )
    const bytes = valid.slice()
    if (random.chance(0.7)) bytes[random.below(bytes.length)] = random.below(256)
    const update = Uint8Array.from([1, 1, 7, 0, 4, 1, 1, 97, bytes.length, ...bytes, 0])
    let expected: string | undefined
    try {
      expected = strict.decode(bytes)
    } catch {
      expected = undefined
    }
    if (expected === undefined) {
      expect(() => readUpdate(update), `SEED=${seed}`).toThrow(MalformedUpdate)
      refused += 1
    } else {
      expect(readUpdate(update).sections[0]?.end, `SEED=${seed}`).toBe(expected.length)
      read += 1
    }
  }
  expect(Math.min(refused, read)).toBeGreaterThan(300)
})
