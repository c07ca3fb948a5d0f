/**
 * Somebody who can write the store and has no key file tampers with the chain at random: each time it is found. The chain lies in memory here, so that
 * thousands of them fit into a test; `audit.test.ts` does some of each kind on a real store.
 */
import { generateKeyPairSync, sign } from 'node:crypto'
import { expect, test } from 'vitest'
import type { KnownEnd } from '../../../server/audit/anchor.ts'
import { type AuditRecord, chained, idOfRecord, NO_RECORD, plainHashOf } from '../../../server/audit/chain.ts'
import { type Head, headBytes } from '../../../server/audit/heads.ts'
import { type AuditProblem, verifyChain } from '../../../server/audit/verify-chain.ts'
import type { StoreCollection } from '../../../server/storage/port.ts'
import { must } from '../../../shared/assert.ts'
import type { UserId } from '../../../shared/ids.ts'
import { type SeededRandom, seededRandom } from '../../support/seeded-random.ts'

/** Ten thousand in the deep run, as the published figure says. */
const TAMPERINGS = process.env.DEEP ? 10_000 : 1_000
const LENGTH = 40
const HEAD_EVERY = 10
const BEGIN = Date.UTC(2026, 10, 2)

const chainKey = '07'.repeat(32)
const { privateKey, publicKey } = generateKeyPairSync('ed25519')

/** What lies in the store. */
interface Stored {
  records: AuditRecord[]
  head: Head | null
}

function headOf({ sequence, hash }: AuditRecord): Head {
  const at = new Date(BEGIN + sequence * 1000)
  return {
    _id: 'audit-head',
    sequence,
    hash,
    at,
    signature: sign(null, headBytes({ sequence, hash, at }), privateKey),
  }
}

/** A chain with a head behind every tenth record; the last one is behind the end, as after a stop. */
function honestChain(random: SeededRandom): { stored: Stored; heads: Head[]; known: KnownEnd } {
  const records: AuditRecord[] = []
  for (let i = 1; i <= LENGTH; i++) {
    const entry = {
      actor: random.chance(0.9) ? (`user${random.below(4)}` as UserId) : null,
      address: `10.0.0.${random.below(9)}`,
      action: random.pick(['case.open', 'document.open', 'authz.deny', 'minutes.read']),
      ...(random.chance(0.8) && { subject: `case${random.below(5)}` }),
      ...(random.chance(0.7) && { object: `item.${random.below(5)}` }),
      outcome: 'ok' as const,
      ...(random.chance(0.3) && { reason: 'live' }),
    }
    records.push(chained(chainKey, entry, new Date(BEGIN + i * 1000), records.at(-1) ?? NO_RECORD))
  }
  const heads = records.filter(({ sequence }) => sequence % HEAD_EVERY === 0).map(headOf)
  const last = must(records.at(-1), 'a record')
  const head = must(heads.at(-1), 'a head')
  return { stored: { records, head }, heads, known: { ...endOf(last), signed: head.sequence } }
}

const endOf = ({ sequence, hash }: AuditRecord) => ({ sequence, hash })

/** The store's answers to what the check asks: by name, by number, and how many. */
function collectionOf(records: readonly AuditRecord[]): StoreCollection<AuditRecord> {
  type Bounds = { $gt?: string; $gte?: number; $lt?: string | number }
  const isWithin = (value: string | number, { $gt, $gte, $lt }: Bounds): boolean =>
    ($gt === undefined || value > $gt) &&
    ($gte === undefined || Number(value) >= $gte) &&
    ($lt === undefined || value < $lt)
  const asked = (filter: Record<string, unknown>) => {
    const { _id, sequence } = filter as { _id?: Bounds; sequence?: Bounds | null }
    if (_id !== undefined) {
      return records.filter(one => isWithin(one._id, _id)).sort((a, b) => (a._id < b._id ? -1 : 1))
    }
    if (sequence === null || sequence === undefined) return []
    return records.filter(one => isWithin(one.sequence, sequence)).sort((a, b) => a.sequence - b.sequence)
  }
  const find: Pick<StoreCollection<AuditRecord>, 'find'>['find'] = (filter, options = {}) => {
    const found = asked(filter).slice(0, options.limit)
    return {
      toArray: async () => found,
      async *[Symbol.asyncIterator]() {
        yield* found
      },
    }
  }
  const countDocuments = async (filter: object) => asked(filter as Record<string, unknown>).length
  const questions: Pick<StoreCollection<AuditRecord>, 'find' | 'countDocuments'> = { find, countDocuments }
  return questions as StoreCollection<AuditRecord>
}

const check = (stored: Stored, known: readonly KnownEnd[], keyedFrom = 1): Promise<AuditProblem[]> =>
  verifyChain({
    records: collectionOf(stored.records),
    chainKey,
    publicKey,
    head: stored.head,
    checkpoint: null,
    known,
    keyedFrom,
    from: 'start',
  })

type Tampering = (stored: Stored, random: SeededRandom, heads: readonly Head[]) => void

/** All that follows is chained anew, as well as one can without the key. */
function chainAgain(records: AuditRecord[], from: number): void {
  for (let i = from; i < records.length; i++) {
    const { form, hash, ...record } = must(records[i], 'a record')
    const previous = records[i - 1]?.hash ?? NO_RECORD.hash
    const next = { ...record, _id: String(record.sequence), previous }
    records[i] = { ...next, hash: plainHashOf(next) }
  }
}

function change(record: AuditRecord, random: SeededRandom): AuditRecord {
  return random.pick<() => AuditRecord>([
    () => ({ ...record, actor: 'somebody' as UserId }),
    () => ({ ...record, actor: record.actor === null ? ('user1' as UserId) : null }),
    () => ({ ...record, at: new Date(record.at.getTime() - 1 - random.below(99_999)) }),
    () => ({ ...record, address: '192.0.2.1' }),
    () => ({ ...record, action: 'case.list' }),
    () => ({ ...record, subject: 'another' }),
    () => ({ ...record, object: 'item.other' }),
    () => ({ ...record, outcome: 'denied' }),
    () => ({ ...record, reason: 'planned' }),
    () => ({ ...record, _id: idOfRecord(record.sequence + 1000) }),
    () => ({ ...record, _id: `x${record._id}` }),
    () => ({ ...record, note: 'added' }) as AuditRecord,
    () => ({ ...record, hash: record.hash.replace(/^./, first => (first === 'a' ? 'b' : 'a')) }),
    () => ({ ...record, previous: 'f'.repeat(64) }),
    () => {
      const { subject, ...without } = record
      return { ...without, subject: subject === undefined ? 'case0' : `${subject}x` }
    },
  ])()
}

const TAMPERINGS_OF: Record<string, Tampering> = {
  change({ records }, random) {
    const at = random.below(records.length)
    records[at] = change(must(records[at], 'a record'), random)
  },
  'change and chain anew'({ records }, random) {
    const at = random.below(records.length)
    records[at] = { ...must(records[at], 'a record'), subject: 'another' }
    chainAgain(records, at)
  },
  remove({ records }, random) {
    records.splice(random.below(records.length), 1)
  },
  'remove and close the gap'({ records }, random) {
    const at = random.below(records.length)
    records.splice(at, 1)
    for (let i = at; i < records.length; i++) {
      records[i] = { ...must(records[i], 'a record'), sequence: i + 1, _id: idOfRecord(i + 1) }
    }
    chainAgain(records, at)
  },
  insert({ records }, random) {
    const at = random.below(records.length)
    const before = must(records[at], 'a record')
    const forged = {
      ...before,
      sequence: before.sequence + 0.5,
      _id: random.chance(0.5) ? String(before.sequence + 0.5) : `${before._id}5`,
    }
    records.splice(at + 1, 0, { ...forged, hash: plainHashOf(forged) })
  },
  append({ records }, random) {
    const last = must(records.at(-1), 'a record')
    const { form, hash, ...record } = last
    const sequence = last.sequence + 1
    const _id = random.pick([String(sequence), idOfRecord(sequence)])
    const forged = { ...record, sequence, _id, previous: last.hash }
    records.push({ ...forged, hash: plainHashOf(forged) })
  },
  swap({ records }, random) {
    const a = random.below(records.length)
    const b = (a + 1 + random.below(records.length - 1)) % records.length
    const [one, other] = [must(records[a], 'a record'), must(records[b], 'a record')]
    records[a] = { ...other, sequence: one.sequence, _id: one._id }
    records[b] = { ...one, sequence: other.sequence, _id: other._id }
  },
  'cut the tail'({ records }, random) {
    records.splice(1 + random.below(records.length - 1))
  },
  'cut the tail and put an older head back'(stored, random, heads) {
    const head = random.pick(heads.slice(0, -1))
    stored.records.splice(head.sequence + random.below(LENGTH - head.sequence))
    stored.head = head
  },
  'put an older head back'(stored, random, heads) {
    stored.head = random.pick(heads.slice(0, -1))
  },
  'change the head'(stored, random) {
    const head = must(stored.head ?? undefined, 'a head')
    stored.head = { ...head, sequence: head.sequence - 1 - random.below(5) }
  },
  'remove the head'(stored) {
    stored.head = null
  },
  'remove everything'(stored) {
    stored.records = []
    stored.head = null
  },
  'the whole chain written anew'({ records }, random) {
    const at = random.below(records.length)
    records[at] = { ...must(records[at], 'a record'), address: '192.0.2.9' }
    chainAgain(records, 0)
  },
}

test('[AU4] [AU5] [LR-14] random tamperings with the chain are all found', async () => {
  const tried = new Map<string, number>()
  const missed: string[] = []
  const honest = honestChain(seededRandom(1))
  expect(await check(honest.stored, [honest.known])).toEqual([])
  for (let seed = 1; seed <= TAMPERINGS; seed++) {
    const random = seededRandom(seed)
    const name = random.pick(Object.keys(TAMPERINGS_OF))
    const stored: Stored = { records: [...honest.stored.records], head: honest.stored.head }
    must(TAMPERINGS_OF[name], name)(stored, random, honest.heads)
    tried.set(name, (tried.get(name) ?? 0) + 1)
    if ((await check(stored, [honest.known])).length === 0) missed.push(`${name}, seed ${seed}`)
  }
  expect(missed).toEqual([])
  // Each kind was really tried, some hundred times.
  expect([...tried.keys()].sort()).toEqual(Object.keys(TAMPERINGS_OF).sort())
  expect(Math.min(...tried.values())).toBeGreaterThan(TAMPERINGS / 20)
}, 60_000)

test('[AU4] records of before the key stand only in front of those with one', async () => {
  const { stored, known } = honestChain(seededRandom(2))
  const old: AuditRecord[] = stored.records.slice(0, 5)
  chainAgain(old, 0)
  const rest: AuditRecord[] = []
  for (const record of stored.records.slice(5)) {
    rest.push(chained(chainKey, record, record.at, rest.at(-1) ?? must(old.at(-1), 'a record')))
  }
  const records = [...old, ...rest]
  const last = must(records.at(-1), 'a record')
  const head = headOf(last)
  const end: KnownEnd = { ...endOf(last), signed: last.sequence }
  expect(await check({ records, head }, [end], 6)).toEqual([])
  // The same, where the key is older than these records: as if they were not there.
  expect(await check({ records, head }, [end], 3)).toContainEqual({ sequence: 3, what: 'missing' })
  expect(known.sequence).toBe(LENGTH)
})
