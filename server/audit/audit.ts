/**
 * The record of access (접속기록) and of what was done: who, when, from where, whose data, what, outcome; never any case text. One chain: each
 * entry's hash covers the one before, heads are signed (Ed25519) at short intervals, and an entry is durable before the caller goes on, so
 * content is not shown when it could not be recorded.
 *
 * Source: 개인정보의 안전성 확보조치 기준 제2조 3호, 제8조. Kept at least two years; nothing here deletes.
 */
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto'
import type { SessionId, UserId } from '../../shared/ids.ts'
import type { Keyring } from '../crypto/keyring.ts'
import type { Store, StoreCollection } from '../storage/port.ts'

export interface AuditEntry {
  /** Null for a stranger and for the service itself. */
  actor: UserId | null
  sessionId?: SessionId | undefined
  /** The network address as seen by the service or its trusted proxy. */
  address: string
  /** `noun.verb`, e.g. `item.open`, `case.change`, `authz.deny`, `session.sign-in`. */
  action: string
  /** Whose data: the case's id, opaque. Missing only where no client is touched. */
  subject?: string | undefined
  /** What was touched: a document name, a conference, a user. Opaque ids only. */
  object?: string | undefined
  outcome: 'ok' | 'denied' | 'failed'
  /** A code; never free text. */
  reason?: string | undefined
}

export interface AuditRecord extends AuditEntry {
  _id: string
  sequence: number
  at: Date
  /** SHA-256 of the entry before, hex; of nothing for the first. */
  previous: string
  hash: string
}

interface HeadRecord {
  _id: string
  sequence: number
  hash: string
  at: Date
  signature: Buffer
}

interface SigningRecord {
  _id: string
  sealed: Buffer
  publicKey: string
}

export interface AuditProblem {
  sequence: number
  what: 'missing' | 'changed' | 'head-missing' | 'head-unsigned'
}

export interface Audit {
  /** Durable when it resolves. Rejects when it could not be written: the caller must then not go on. */
  record(entry: AuditEntry): Promise<void>
  /** Reads the whole chain, or what follows the last signed head; empty when all is as it was written. */
  verify(from?: 'start' | 'last-head'): Promise<AuditProblem[]>
  close(): Promise<void>
}

const FIRST_PREVIOUS = '0'.repeat(64)
const HEAD = 'audit-head'
const SIGNING_KEY = 'audit-signing-key'
/** A head is signed after so many entries, and when the chain closes. */
const ENTRIES_PER_HEAD = 100

export async function openAudit(options: { store: Store; keyring: Keyring; now: () => number }): Promise<Audit> {
  const { store, keyring, now } = options
  const records = store.collection<AuditRecord>('audit')
  const heads = store.collection<HeadRecord>('installation')
  const signing = await openSigningKey(store, keyring)

  const [last] = await records.find({}, { sort: { sequence: -1 }, limit: 1 }).toArray()
  let sequence = last?.sequence ?? 0
  let previous = last?.hash ?? FIRST_PREVIOUS
  let signedUpTo = (await heads.findOne({ _id: HEAD }))?.sequence ?? 0

  let waiting: { entry: AuditEntry; at: Date; done: () => void; failed: (error: unknown) => void }[] = []
  let writing: Promise<void> | undefined

  // One writer: entries that arrive while a write is on its way leave together in the next.
  async function writeAll(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting
      waiting = []
      let at = sequence
      let hash = previous
      const chained = batch.map(({ entry, at: when }) => {
        const record = chain(entry, when, ++at, hash)
        hash = record.hash
        return record
      })
      try {
        await records.insertMany(chained)
      } catch (error) {
        for (const one of batch) one.failed(error)
        await reread()
        continue
      }
      sequence = at
      previous = hash
      if (sequence - signedUpTo >= ENTRIES_PER_HEAD) await signHead().catch(() => undefined)
      for (const one of batch) one.done()
    }
    // In the same step as the last look at `waiting`: an entry that arrives later must find no writer and start one.
    writing = undefined
  }

  // A failed write may have got some of its entries down; the chain goes on from what is really there.
  async function reread(): Promise<void> {
    const [latest] = await records
      .find({}, { sort: { sequence: -1 }, limit: 1 })
      .toArray()
      .catch(() => [])
    if (latest && latest.sequence >= sequence) {
      sequence = latest.sequence
      previous = latest.hash
    }
  }

  async function signHead(): Promise<void> {
    const head = { sequence, hash: previous, at: new Date(now()) }
    const signature = sign(null, headBytes(head), signing.privateKey)
    await heads.updateOne({ _id: HEAD }, { $set: { ...head, signature } }, { upsert: true })
    signedUpTo = head.sequence
  }

  return {
    record(entry) {
      return new Promise((done, failed) => {
        waiting.push({ entry, at: new Date(now()), done, failed })
        writing ??= writeAll()
      })
    },
    async verify(from = 'start') {
      return verifyChain({ records, heads, publicKey: signing.publicKey, from })
    },
    async close() {
      await writing
      if (sequence > signedUpTo) await signHead()
    },
  }
}

function chain(entry: AuditEntry, at: Date, sequence: number, previous: string): AuditRecord {
  const record = { _id: String(sequence), sequence, at, ...definedOnly(entry), previous }
  return { ...record, hash: hashOf(record) }
}

/** Without the fields that are not there: a stored `null` would not hash like a missing one after a round trip. */
function definedOnly({ sessionId, subject, object, reason, ...always }: AuditEntry): AuditEntry {
  return {
    ...always,
    ...(sessionId !== undefined && { sessionId }),
    ...(subject !== undefined && { subject }),
    ...(object !== undefined && { object }),
    ...(reason !== undefined && { reason }),
  }
}

/** SHA-256 over the entry's fields in a fixed order, so that the store's own field order does not matter. */
function hashOf(record: Omit<AuditRecord, 'hash'>): string {
  const canonical = [
    record.sequence,
    record.previous,
    record.at.toISOString(),
    record.actor,
    record.sessionId ?? null,
    record.address,
    record.action,
    record.subject ?? null,
    record.object ?? null,
    record.outcome,
    record.reason ?? null,
  ]
  return createHash('sha256').update(JSON.stringify(canonical)).digest('hex')
}

function headBytes(head: { sequence: number; hash: string; at: Date }): Buffer {
  return Buffer.from(`dure audit head 1|${head.sequence}|${head.hash}|${head.at.toISOString()}`)
}

async function verifyChain(options: {
  records: StoreCollection<AuditRecord>
  heads: StoreCollection<HeadRecord>
  publicKey: KeyObject
  from: 'start' | 'last-head'
}): Promise<AuditProblem[]> {
  const { records, heads, publicKey, from } = options
  const problems: AuditProblem[] = []
  const head = await heads.findOne({ _id: HEAD })
  if (head && !verify(null, headBytes(head), publicKey, head.signature)) {
    problems.push({ sequence: head.sequence, what: 'head-unsigned' })
  }
  const start = from === 'last-head' && head ? head.sequence : 1
  let expected = start
  let previous = start === 1 ? FIRST_PREVIOUS : undefined
  let headSeen = head === null
  for await (const record of records.find({ sequence: { $gte: start } }, { sort: { sequence: 1 } })) {
    if (record.sequence !== expected) problems.push({ sequence: expected, what: 'missing' })
    const { hash, ...rest } = record
    if ((previous !== undefined && record.previous !== previous) || hashOf(rest) !== hash) {
      problems.push({ sequence: record.sequence, what: 'changed' })
    }
    if (head && record.sequence === head.sequence) {
      headSeen = true
      if (record.hash !== head.hash) problems.push({ sequence: record.sequence, what: 'changed' })
    }
    expected = record.sequence + 1
    previous = record.hash
  }
  if (!headSeen && head) problems.push({ sequence: head.sequence, what: 'head-missing' })
  return problems
}

async function openSigningKey(
  store: Store,
  keyring: Keyring,
): Promise<{ privateKey: KeyObject; publicKey: KeyObject }> {
  const collection = store.collection<SigningRecord>('installation')
  const drawer = await keyring.drawer('signing')
  const known = await collection.findOne({ _id: SIGNING_KEY })
  if (known) {
    const privateKey = createPrivateKey({ key: drawer.open(known.sealed, SIGNING_KEY), format: 'der', type: 'pkcs8' })
    return { privateKey, publicKey: createPublicKey(privateKey) }
  }
  const pair = generateKeyPairSync('ed25519')
  await collection.insertOne({
    _id: SIGNING_KEY,
    sealed: drawer.seal(pair.privateKey.export({ format: 'der', type: 'pkcs8' }), SIGNING_KEY),
    publicKey: pair.publicKey.export({ format: 'pem', type: 'spki' }).toString(),
  })
  return pair
}
