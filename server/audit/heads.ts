/**
 * What is signed about the chain and what it is signed and hashed with. All of it lies in the store, the secrets sealed in the drawer `signing`, so
 * that only a process with the key file can sign.
 */
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import type { Keyring } from '../crypto/keyring.ts'
import { isDuplicateKey, type Store, type StoreCollection } from '../storage/port.ts'
import type { ChainEnd, ChainKey } from './chain.ts'

/** The chain as it was at a moment, signed. */
export interface Head extends ChainEnd {
  _id: string
  at: Date
  signature: Buffer
}

/** Up to where the chain's front was removed, and with which hash the rest goes on. */
export interface Checkpoint extends ChainEnd {
  _id: string
  at: Date
  signature: Buffer
}

interface SigningRecord {
  _id: string
  sealed: Buffer
  publicKey: string
}

interface ChainKeyRecord {
  _id: string
  /** The key, and from which number on records are hashed with it. */
  sealed: Buffer
}

const HEAD = 'audit-head'
const CHECKPOINT = 'audit-checkpoint'
const SIGNING_KEY = 'audit-signing-key'
const CHAIN_KEY = 'audit-chain-key'

export const headBytes = ({ sequence, hash, at }: Omit<Head, '_id' | 'signature'>): Buffer =>
  Buffer.from(`dure audit head 1|${sequence}|${hash}|${at.toISOString()}`)

export const checkpointBytes = ({ sequence, hash, at }: Omit<Checkpoint, '_id' | 'signature'>): Buffer =>
  Buffer.from(`dure audit checkpoint 1|${sequence}|${hash}|${at.toISOString()}`)

export interface Heads {
  head(): Promise<Head | null>
  checkpoint(): Promise<Checkpoint | null>
  signHead(end: ChainEnd, at: Date): Promise<void>
  signCheckpoint(end: ChainEnd, at: Date): Promise<void>
  publicKey: KeyObject
}

export async function openHeads(store: Store, keyring: Pick<Keyring, 'drawer'>): Promise<Heads> {
  const heads: StoreCollection<Head> = store.collection<Head>('installation')
  const { privateKey, publicKey } = await openSigningKey(store, keyring)
  const put = async (_id: string, { sequence, hash }: ChainEnd, at: Date, bytes: typeof headBytes) => {
    const signature = sign(null, bytes({ sequence, hash, at }), privateKey)
    await heads.updateOne({ _id }, { $set: { sequence, hash, at, signature } }, { upsert: true })
  }
  return {
    head: () => heads.findOne({ _id: HEAD }),
    checkpoint: () => heads.findOne({ _id: CHECKPOINT }),
    signHead: (end, at) => put(HEAD, end, at, headBytes),
    signCheckpoint: (end, at) => put(CHECKPOINT, end, at, checkpointBytes),
    publicKey,
  }
}

/** The chain's key; made at first use, and then good for what follows `last`. */
export async function openChainKey(
  store: Store,
  keyring: Pick<Keyring, 'drawer'>,
  last: number,
): Promise<{ key: ChainKey; keyedFrom: number; isNew: boolean }> {
  const collection = store.collection<ChainKeyRecord>('installation')
  const drawer = await keyring.drawer('signing')
  const known = await collection.findOne({ _id: CHAIN_KEY })
  if (known) {
    const { key, from } = drawer.openJson<{ key: string; from: number }>(known.sealed, CHAIN_KEY)
    return { key, keyedFrom: from, isNew: false }
  }
  const made = { key: randomBytes(32).toString('hex'), from: last + 1 }
  try {
    await collection.insertOne({ _id: CHAIN_KEY, sealed: drawer.sealJson(made, CHAIN_KEY) })
  } catch (error) {
    if (isDuplicateKey(error)) return openChainKey(store, keyring, last)
    throw error
  }
  return { key: made.key, keyedFrom: made.from, isNew: true }
}

async function openSigningKey(
  store: Store,
  keyring: Pick<Keyring, 'drawer'>,
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
