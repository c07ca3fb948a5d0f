/**
 * Ten people write five hundred edits into one item through real rooms: who wrote which words is what the script of their edits says, from the live room
 * and from what lies at rest. Then one of them goes back: the item is what it was, and everything beside it is byte for byte what it was.
 */
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { createDocumentDesk } from '../../../server/rooms/document-desk.ts'
import { RoomDocument } from '../../../server/rooms/room-document.ts'
import { must } from '../../../shared/assert.ts'
import { type DocumentRef, documentNameOf } from '../../../shared/documents/document-names.ts'
import {
  addDecision,
  decisionOf,
  discussionOf,
  opinionOf,
  presentationOf,
} from '../../../shared/documents/item-document.ts'
import { ownContentOf } from '../../../shared/history/item-content.ts'
import { restoreItem } from '../../../shared/history/restoring.ts'
import { writtenIn } from '../../../shared/history/written.ts'
import type { AgencyId, CaseId, DecisionId, ItemId, UserId } from '../../../shared/ids.ts'
import { Town } from '../../support/room-under-test.ts'
import { seededRandom, seedsToRun } from '../../support/seeded-random.ts'
import type { SimClient } from '../../support/sim-client.ts'

const id = <T extends string>(name: string): T => name.padEnd(22, '_') as T
const ITEM: DocumentRef = { kind: 'item', itemId: id<ItemId>('item-1') }
const OTHER_ITEM: DocumentRef = { kind: 'item', itemId: id<ItemId>('item-2') }
const LEDGER: DocumentRef = { kind: 'actions', caseId: id<CaseId>('case'), zone: 'open' }
const AGENCY = id<AgencyId>('housing')
const DECISION = id<DecisionId>('decision')
const PEOPLE = Array.from({ length: 10 }, (_, n) => id<UserId>(`person-${n}`))
const EDITS = 500

/** Every edit writes syllables that nobody else writes: what stands says by itself whose edit it was. */
class Script {
  readonly #writerOf = new Map<string, UserId>()
  #next = '가'.codePointAt(0) ?? 0
  syllables(writer: UserId, count: number): string {
    let words = ''
    for (let n = 0; n < count; n++) {
      const syllable = String.fromCodePoint(this.#next++)
      this.#writerOf.set(syllable, writer)
      words += syllable
    }
    return words
  }
  writerOf = (syllable: string): UserId => must(this.#writerOf.get(syllable), syllable)
}

const textsOf = (doc: Y.Doc): Y.XmlFragment[] => {
  const decision = must(decisionOf(doc, DECISION), 'the decision')
  return [presentationOf(doc), discussionOf(doc), opinionOf(doc, 'health', AGENCY), decision.text, decision.reason]
}

const runsIn = (fragment: Y.XmlFragment): Y.XmlText[] =>
  fragment
    .toArray()
    .flatMap(block => (block instanceof Y.XmlElement ? block.toArray() : []))
    .filter(one => one instanceof Y.XmlText)

const wordsOf = (run: Y.XmlText): string => (run.toDelta() as { insert: string }[]).map(({ insert }) => insert).join('')

/** What the document says of every syllable that stands in it. */
function told(doc: Y.Doc, owners: ReadonlyMap<number, UserId>): Map<string, UserId> {
  const found = new Map<string, UserId>()
  for (const text of textsOf(doc)) {
    for (const { hand, words } of writtenIn(text).flat()) {
      for (const syllable of words) found.set(syllable, must(owners.get(hand), `the hand ${hand}`))
    }
  }
  return found
}

/** The syllables that stand, read without any attribution. */
const standing = (doc: Y.Doc): string[] => textsOf(doc).flatMap(text => runsIn(text).flatMap(run => [...wordsOf(run)]))

test.for(seedsToRun(2))(
  '[HI8] [HI7] [seed %i] ten people, 500 edits: who wrote which words, and going back',
  async seed => {
    const random = seededRandom(seed)
    const town = new Town({ limits: { compactAfterRecords: 40, compactIdleMs: 0, compactOnCloseRecords: 1 } })
    const script = new Script()
    const removed = new Set<string>()
    const clearedAgencies = [AGENCY]
    const clients: SimClient[] = []
    for (const person of PEOPLE) clients.push(await town.join(person, { ref: ITEM, clearedAgencies }))
    const desk = createDocumentDesk({
      rooms: town.rooms,
      clock: town.clock,
      clearedAgencies: async () => clearedAgencies,
    })
    const done = async <T>(work: Promise<T>): Promise<T> => {
      const both = Promise.all([work, town.settle()])
      return (await both)[0]
    }
    // Beside it: another item, and the ledger.
    for (const ref of [OTHER_ITEM, LEDGER]) {
      const neighbour = await town.join(must(PEOPLE[0], 'a person'), { ref, clearedAgencies })
      neighbour.write('beside', doc => {
        const line = new Y.XmlElement('paragraph')
        line.insert(0, [new Y.XmlText('옆에 있는 말')])
        if (ref.kind === 'item') discussionOf(doc).insert(0, [line])
        else doc.getMap('actions')
      })
    }
    const first = must(clients[0], 'the first client')
    first.write('the decision', doc =>
      addDecision(doc, { id: DECISION, kind: 'allocate_resource', by: first.userId, at: '2026-11-24T05:00:00.000Z' }),
    )
    await town.settle()

    const edit = (client: SimClient, n: number) => {
      client.write(`edit ${n}`, doc => {
        const text = random.pick(textsOf(doc))
        const runs = runsIn(text)
        if (runs.length === 0 || random.chance(0.08)) {
          const line = new Y.XmlElement('paragraph')
          line.insert(0, [new Y.XmlText(script.syllables(client.userId, 2 + random.below(3)))])
          text.insert(random.below(text.length + 1), [line])
          return
        }
        const run = random.pick(runs)
        if (run.length > 3 && random.chance(0.2)) {
          const from = random.below(run.length - 1)
          const count = 1 + random.below(Math.min(4, run.length - from))
          for (const syllable of wordsOf(run).slice(from, from + count)) removed.add(syllable)
          run.delete(from, count)
        } else if (random.chance(0.1)) run.format(0, run.length, { bold: random.chance(0.5) ? {} : null })
        else run.insert(random.below(run.length + 1), script.syllables(client.userId, 1 + random.below(3)))
      })
    }
    for (let n = 0; n < EDITS; n++) {
      // Some write at the same time, before they have heard of each other.
      edit(random.pick(clients), n)
      if (random.chance(0.4)) await town.settle()
      if (n % 100 === 99) {
        const client = random.pick(clients)
        client.socket?.break()
        await town.settle()
        await client.connect()
        await town.settle()
      }
    }
    await town.pass(10_000)

    const name = documentNameOf(ITEM)
    const asScripted = (doc: Y.Doc, owners: ReadonlyMap<number, UserId>) => {
      const found = told(doc, owners)
      const there = standing(doc)
      expect(there.length).toBeGreaterThan(300)
      expect([...found.keys()].sort()).toEqual([...there].sort())
      expect(there.filter(syllable => found.get(syllable) !== script.writerOf(syllable))).toEqual([])
      expect(there.filter(syllable => removed.has(syllable))).toEqual([])
      return there.length
    }
    const live = await done(desk.read(name, (doc, owners) => asScripted(doc, owners)))
    const cold = RoomDocument.fromStored(await town.disk.load(name))
    expect(asScripted(cold.doc, cold.owners)).toBe(live)

    // A version; then more is written, and somebody goes back.
    const version = await done(desk.read(name, doc => ownContentOf(doc)))
    const then = told(cold.doc, cold.owners)
    for (let n = 0; n < 60; n++) edit(random.pick(clients), EDITS + n)
    await town.settle()
    const stateOf = async (ref: DocumentRef) => Buffer.from(Y.encodeStateAsUpdate(await town.coldCopy(ref)))
    const beside = await Promise.all([OTHER_ITEM, LEDGER].map(stateOf))
    const between = await done(desk.read(name, (doc, owners) => told(doc, owners)))
    const restorer = must(PEOPLE[7], 'a person')
    await done(
      desk.edit(name, { behalfOf: restorer }, doc => restoreItem(doc, version, agencyId => agencyId === AGENCY)),
    )
    for (const client of clients) expect(ownContentOf(client.doc)).toEqual(version)
    expect(ownContentOf(await town.coldCopy(ITEM))).toEqual(version)
    expect(await Promise.all([OTHER_ITEM, LEDGER].map(stateOf))).toEqual(beside)
    const after = await done(desk.read(name, (doc, owners) => told(doc, owners)))
    expect([...after.keys()].sort()).toEqual([...then.keys()].sort())
    // What had stayed has its writer; only what had gone is in the hand of who put it back.
    const changed = [...after].filter(([syllable, writer]) => writer !== then.get(syllable))
    expect(changed.filter(([, writer]) => writer !== restorer)).toEqual([])
    const kept = [...after].filter(([syllable, writer]) => between.has(syllable) && writer === then.get(syllable))
    expect(kept.length).toBeGreaterThan(after.size / 2)
    await town.close()
  },
)
