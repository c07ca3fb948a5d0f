/**
 * One seeded history of a document: people who write, lose their line, come back, are shut out and let in again, on a server whose disk fails
 * and which dies and is started again; all of it under one clock and one network that the seed drives. Afterwards the world heals and every
 * copy has to be equal, equal to a cold load of the store, and complete.
 *
 * Everybody writes unique tokens into a place that nothing else touches, so that loss shows: what a receipt confirmed must be there, and what
 * was written without a right must not.
 */
import * as Y from 'yjs'
import { brokenInvariants } from '../../shared/documents/invariants.ts'
import { opinionOf } from '../../shared/documents/item-document.ts'
import { snapshotOfItem } from '../../shared/documents/snapshots.ts'
import type { AgencyId, UserId } from '../../shared/ids.ts'
import { ITEM, Town } from '../support/room-under-test.ts'
import { type SeededRandom, seededRandom } from '../support/seeded-random.ts'
import type { SimClient } from '../support/sim-client.ts'
import type { SocketPair } from '../support/socket-pair.ts'
/** The agencies whose opinions the random people write. */
import { AGENCIES, Somebody } from './guard-people.ts'

/** What was exercised; a run in which something never happened proves nothing about it. */
export type Counts = Record<
  | 'edits'
  | 'tokens'
  | 'confirmed'
  | 'offlineEdits'
  | 'drops'
  | 'halfOpen'
  | 'returns'
  | 'duplicates'
  | 'crashes'
  | 'failedAppends'
  | 'writtenThoughFailed'
  | 'reloads'
  | 'revocations'
  | 'refusedTokens'
  | 'readOnlyRefusals'
  | 'compactions'
  | 'presences',
  number
>

export function noCounts(): Counts {
  return {
    edits: 0,
    tokens: 0,
    confirmed: 0,
    offlineEdits: 0,
    drops: 0,
    halfOpen: 0,
    returns: 0,
    duplicates: 0,
    crashes: 0,
    failedAppends: 0,
    writtenThoughFailed: 0,
    reloads: 0,
    revocations: 0,
    refusedTokens: 0,
    readOnlyRefusals: 0,
    compactions: 0,
    presences: 0,
  }
}

interface Person {
  name: string
  somebody: Somebody
  client: SimClient
  mayWrite: boolean
  /** Shut out at the moment: what the server had sent on that socket by then. */
  shutOut: { socket: SocketPair | undefined; bytes: number } | undefined
  /** Tokens written while shut out, which must never appear. */
  writtenOutside: string[]
}

export class History {
  readonly counts: Counts
  readonly #random: SeededRandom
  readonly #town: Town
  readonly #people: Person[] = []
  readonly #removedOnPurpose = new Set<string>()
  readonly #forbidden = new Set<string>()
  readonly #confirmed = new Set<string>()
  readonly #zombies: SocketPair[] = []
  #tokens = 0
  #nextClientId = 5001

  constructor(seed: number, counts: Counts) {
    this.counts = counts
    this.#random = seededRandom(seed)
    this.#town = new Town({
      limits: {
        lingerMs: 300,
        compactAfterRecords: 15,
        compactIdleMs: 200,
        compactOnCloseRecords: 3,
        storeDeadlineMs: 2_000,
      },
    })
    const writers = 3 + this.#random.below(3)
    for (let n = 0; n < writers; n++) this.#add(`writer${n}`.padEnd(22, '_'), true)
    this.#add('reader'.padEnd(22, '_'), false)
  }

  /** Plays so many steps, heals the world and checks. Throws with what does not hold. */
  async run(steps: number): Promise<void> {
    try {
      for (let step = 0; step < steps; step++) {
        await this.#step()
        this.#checkAtEachStep()
      }
      await this.#heal()
      await this.#checkAtTheEnd()
    } finally {
      this.counts.compactions += this.#town.disk.compactions
      this.counts.failedAppends += this.#town.disk.failures
      this.counts.writtenThoughFailed += this.#town.disk.writtenFailures
      await this.#town.close()
    }
  }

  #add(name: string, mayWrite: boolean): void {
    const somebody = this.#somebody(name)
    const client = this.#town.client(name, { mayWrite, doc: somebody.doc, clearedAgencies: AGENCIES })
    this.#people.push({ name, somebody, client, mayWrite, shutOut: undefined, writtenOutside: [] })
  }

  #somebody(name: string): Somebody {
    const writer = { userId: name as UserId, agencyId: AGENCIES[0] ?? null, conducts: true, clearedAgencies: AGENCIES }
    return new Somebody('item', writer, this.#nextClientId++, this.#random)
  }

  async #step(): Promise<void> {
    const random = this.#random
    const person = random.pick(this.#people)
    switch (pickWeighted(random, STEPS)) {
      case 'edit':
        return this.#edits(person)
      case 'token':
        return this.#writesToken(person)
      case 'remove-token':
        return this.#removesToken(person)
      case 'deliver':
        return this.#deliverSome()
      case 'time':
        this.#town.clock.runSoon()
        return this.#town.clock.advance(random.below(40), tick)
      case 'settle':
        return this.#town.settle()
      case 'present':
        person.client.awareness.setLocalStateField('typing', random.chance(0.5))
        this.counts.presences++
        return
      case 'drop':
        return this.#loses(person, random.chance(0.3))
      case 'return':
        return this.#returns(person)
      case 'repeat':
        if (!person.mayWrite || !person.client.isConnected) return
        person.client.sendUpdate(Y.encodeStateAsUpdate(person.client.doc))
        this.counts.duplicates++
        return
      case 'shut-out':
        return this.#shutsOut(person)
      case 'let-in':
        return this.#letsIn(person)
      case 'disk':
        this.#town.disk.appendMs = random.below(60)
        this.#town.disk.mood = random.pick(['well', 'well', 'failing', 'failing-after-writing'] as const)
        return
      case 'disk-heals':
        this.#town.disk.mood = 'well'
        return
      case 'reload':
        return this.#reloads(person)
      case 'crash':
        this.counts.crashes++
        for (const zombie of this.#zombies.splice(0)) zombie.serverNotices()
        await this.#town.crashAndRestart()
        // Some had nothing but what they were told is stored.
        for (const each of this.#people) if (random.chance(0.4)) this.#reloads(each)
        return
    }
  }

  #edits(person: Person): void {
    if (!person.mayWrite) {
      // The reader tries too, now and then, and starts afresh when refused.
      if (this.#random.chance(0.1)) this.#writesToken(person)
      return
    }
    person.somebody.acts()
    this.counts.edits++
    if (!person.client.isConnected) this.counts.offlineEdits++
  }

  #writesToken(person: Person): void {
    const token = `⟨${person.name}:${this.#tokens++}⟩`
    person.client.write(token, doc =>
      doc.transact(() => {
        const paragraph = new Y.XmlElement('paragraph')
        paragraph.insert(0, [new Y.XmlText(token)])
        const place = tokenPlace(doc)
        place.insert(this.#random.below(place.length + 1), [paragraph])
      }, 'token'),
    )
    this.counts.tokens++
    if (person.shutOut !== undefined || !person.mayWrite) {
      person.writtenOutside.push(token)
      this.#forbidden.add(token)
      this.counts.refusedTokens++
    }
  }

  #removesToken(person: Person): void {
    const place = tokenPlace(person.client.doc)
    if (!person.mayWrite || place.length === 0) return
    const at = this.#random.below(place.length)
    this.#removedOnPurpose.add(textOf(place.get(at)))
    person.client.doc.transact(() => place.delete(at, 1), 'token')
  }

  #deliverSome(): void {
    const random = this.#random
    for (let n = 1 + random.below(8); n > 0; n--) {
      const { socket } = random.pick(this.#people).client
      if (random.chance(0.5)) socket?.deliverToServer()
      else socket?.deliverToClient()
    }
  }

  #loses(person: Person, unnoticed: boolean): void {
    const { socket } = person.client
    if (socket === undefined) return
    this.#rememberConfirmed(person)
    if (unnoticed) {
      this.counts.halfOpen++
      this.#zombies.push(socket)
      socket.breakUnnoticed()
    } else {
      this.counts.drops++
      socket.break()
    }
    if (this.#zombies.length > 3) this.#zombies.shift()?.serverNotices()
  }

  async #returns(person: Person): Promise<void> {
    if (person.client.isConnected) return
    const { client } = person
    const last = client.closes.at(-1)
    // What Dure's client does: after a refusal of its content or its access it drops its copy and loads anew.
    if (last !== undefined && last.code >= 4400 && last.code < 4500) {
      const isExpected = last.reason === 'not-found' || (last.reason === 'read-only' && !person.mayWrite)
      if (!isExpected) throw new Error(`${person.name} is honest and was refused: ${last.reason} ${last.detail}`)
      if (last.reason === 'read-only') this.counts.readOnlyRefusals++
      this.#startsAfresh(person)
    }
    if (await client.connect()) this.counts.returns++
    else this.#startsAfresh(person)
  }

  #startsAfresh(person: Person): void {
    this.#rememberConfirmed(person)
    person.somebody = this.#somebody(person.name)
    person.client.startAfresh(person.somebody.doc)
    person.client.closes.length = 0
    person.writtenOutside = []
  }

  /** Closes the page and opens it again: what was not confirmed is gone, what was must not be. */
  #reloads(person: Person): void {
    if (person.shutOut !== undefined) return
    this.counts.reloads++
    person.client.socket?.break()
    this.#startsAfresh(person)
  }

  #shutsOut(person: Person): void {
    if (person.shutOut !== undefined || !person.mayWrite) return
    this.counts.revocations++
    this.#town.access.set(person.client.userId, ITEM, undefined)
    const { socket } = person.client
    person.shutOut = { socket, bytes: socket?.bytesToClient ?? 0 }
  }

  async #letsIn(person: Person): Promise<void> {
    if (person.shutOut === undefined) return
    // The refusal has arrived first, or the line is cut; either way the copy is dropped before the person may write again.
    await this.#town.settle()
    if (person.client.isConnected) await this.#town.pass(1_100)
    if (person.client.isConnected) throw new Error(`${person.name} was shut out and is still connected`)
    this.#checkShutOut(person)
    this.#startsAfresh(person)
    person.shutOut = undefined
    this.#town.access.set(person.client.userId, ITEM, { mayWrite: person.mayWrite, clearedAgencies: AGENCIES })
  }

  #rememberConfirmed(person: Person): void {
    for (const token of person.client.confirmed) this.#confirmed.add(token)
  }

  #checkShutOut(person: Person): void {
    const { shutOut } = person
    if (shutOut?.socket !== undefined && shutOut.socket.bytesToClient !== shutOut.bytes) {
      throw new Error(`${person.name} was sent something after being shut out`)
    }
  }

  #checkAtEachStep(): void {
    for (const person of this.#people) {
      this.#checkShutOut(person)
      const { doc } = person.client
      if (doc.store.pendingStructs !== null || doc.store.pendingDs !== null) {
        throw new Error(`${person.name} was told something whose ground is missing`)
      }
    }
  }

  async #heal(): Promise<void> {
    const town = this.#town
    town.disk.mood = 'well'
    town.disk.appendMs = 0
    for (const zombie of this.#zombies.splice(0)) zombie.serverNotices()
    await town.pass(3_000)
    for (const person of this.#people) await this.#letsIn(person)
    for (let round = 0; round < 5; round++) {
      for (const person of this.#people) if (!person.client.isConnected) await this.#returns(person)
      await town.pass(500)
    }
    // So that the reader ends with a copy of what is, not of what it tried to write.
    for (const person of this.#people) {
      if (!person.client.isConnected) throw new Error(`${person.name} cannot come back: ${describeCloses(person)}`)
      if (!person.mayWrite && person.writtenOutside.length > 0) {
        person.client.socket?.break()
        this.#startsAfresh(person)
        await person.client.connect()
      }
    }
    await town.pass(500)
  }

  async #checkAtTheEnd(): Promise<void> {
    const cold = await this.#town.coldCopy()
    const broken = brokenInvariants(cold, 'item')
    if (broken.length > 0) throw new Error(`The stored document is broken: ${broken.join('; ')}`)
    const expected = pictureOf(cold)
    for (const person of this.#people) {
      const { doc } = person.client
      if (pictureOf(doc) !== expected) throw new Error(`${person.name} sees something else than what is stored`)
      if (!Y.equalSnapshots(Y.snapshot(doc), Y.snapshot(cold))) throw new Error(`${person.name} knows something else`)
      this.#rememberConfirmed(person)
    }
    const present = new Set(tokenPlace(cold).toArray().map(textOf))
    for (const token of this.#confirmed) {
      if (!present.has(token) && !this.#removedOnPurpose.has(token)) throw new Error(`Confirmed and lost: ${token}`)
    }
    for (const token of this.#forbidden) if (present.has(token)) throw new Error(`Refused and present: ${token}`)
    this.counts.confirmed += this.#confirmed.size
  }
}

const STEPS = {
  edit: 34,
  token: 12,
  'remove-token': 2,
  deliver: 22,
  time: 8,
  settle: 4,
  present: 3,
  drop: 3,
  return: 20,
  repeat: 1,
  'shut-out': 1,
  'let-in': 2,
  reload: 1,
  disk: 3,
  'disk-heals': 3,
  crash: 1,
} as const

function pickWeighted(random: SeededRandom, weights: typeof STEPS): keyof typeof STEPS {
  const entries = Object.entries(weights) as [keyof typeof STEPS, number][]
  let at = random.below(entries.reduce((sum, [, weight]) => sum + weight, 0))
  for (const [step, weight] of entries) {
    at -= weight
    if (at < 0) return step
  }
  return 'settle'
}

/** A place that the random people do not touch. */
function tokenPlace(doc: Y.Doc): Y.XmlFragment {
  return opinionOf(doc, 'legal_rights', AGENCIES[0] as AgencyId)
}

function textOf(node: unknown): string {
  return node instanceof Y.XmlElement ? node.toArray().map(String).join('') : ''
}

function pictureOf(doc: Y.Doc): string {
  return JSON.stringify(snapshotOfItem(doc))
}

function describeCloses(person: Person): string {
  return JSON.stringify(person.client.closes.slice(-3))
}

function tick(): Promise<void> {
  return new Promise(resolve => setImmediate(resolve))
}
