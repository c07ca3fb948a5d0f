/**
 * One key per drawer (a case, an item, a conference, the installation's own records), made at first use, wrapped by the key file and kept
 * in `keys`. Nothing else can read a drawer; destroying its key destroys what is in it.
 */
import { createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto'
import type { AgencyId, CaseId, ConferenceId, ImportId, ItemId, SupervisionThreadId } from '../../shared/ids.ts'
import { isDuplicateKey, type Store } from '../storage/port.ts'
import { createKeyFile, KeyProblem, readKeyFile } from './key-file.ts'
import { createDrawer, type Drawer, SealBroken } from './sealing.ts'

export type { Drawer } from './sealing.ts'

export type DrawerName =
  | 'installation'
  | 'signing'
  | `case:${CaseId}`
  /** What an agency keeps of a case for itself alone. Goes with the case's. */
  | `case:${CaseId}:agency:${AgencyId}`
  | `item:${ItemId}`
  | `conference:${ConferenceId}`
  | `supervision:${SupervisionThreadId}`
  /** A list of found households, which are no cases yet. */
  | `import:${ImportId}`

interface KeyRecord {
  _id: string
  /** The drawer's 32-byte key, sealed under the key file; taken out when it is destroyed. */
  wrapped?: Buffer
  createdAt: Date
  /** The mark that stays in its place: under this name no key is made again. */
  destroyedAt?: Date
  _v: number
}

interface InstallationRecord {
  _id: string
  sealed: Buffer
}

const KEY_CHECK = 'key-check'

/** The drawer's key was destroyed (retention/RETENTION.md RT8): nothing in it can be read again, and nothing is ever put into it. */
export class DrawerDestroyed extends Error {
  override name = 'DrawerDestroyed'
}

export interface Keyring {
  /** The drawer of that name, its key made at first use. @throws {DrawerDestroyed} when its key, or that of the case it belongs to, was destroyed */
  drawer(name: DrawerName): Promise<Drawer>
  /** Names of drawers that an agency keeps of a case for itself alone, as far as there are any. */
  agencyDrawersOf(caseId: CaseId): Promise<DrawerName[]>
  /** Destroys a drawer's key for ever, whether or not there was one yet. May be repeated. */
  destroy(name: DrawerName, at: Date): Promise<void>
  /** A keyed one-way mark of a value, for exact look-up of what is stored encrypted. @param purpose keeps marks of different fields apart */
  blindIndex(purpose: string, value: string): string
  /** True when this start made the key file: say that it must be backed up apart. */
  readonly keyFileCreated: boolean
}

/**
 * Opens the key ring of a store. @throws {KeyProblem} in words, when the key file is missing although the store was written with one, or is
 * another store's. It never falls back to a new key then.
 */
export async function openKeyring(options: { store: Store; keyFile: string }): Promise<Keyring> {
  const { store, keyFile } = options
  const installation = store.collection<InstallationRecord>('installation')
  const keys = store.collection<KeyRecord>('keys')
  const check = await installation.findOne({ _id: KEY_CHECK })
  let secret = await readKeyFile(keyFile)
  const keyFileCreated = secret === undefined
  if (secret === undefined) {
    if (check) {
      throw new KeyProblem(
        `The key file ${keyFile} is missing, and this store (${store.description}) was written with one. ` +
          'Restore the key file from its backup, or point DURE_KEY_FILE at it. Nothing was changed.',
      )
    }
    secret = await createKeyFile(keyFile)
  }
  const wrapping = createDrawer('key-file', subkey(secret, 'wrap'))
  const indexKey = subkey(secret, 'blind-index')

  if (check) {
    try {
      wrapping.open(check.sealed, KEY_CHECK)
    } catch (error) {
      if (!(error instanceof SealBroken)) throw error
      throw new KeyProblem(
        `The key file ${keyFile} does not belong to this store (${store.description}). ` +
          'Point DURE_KEY_FILE at the right one. Nothing was changed.',
      )
    }
  } else {
    await installation.insertOne({ _id: KEY_CHECK, sealed: wrapping.seal(Buffer.from('dure'), KEY_CHECK) })
  }

  // One opening per drawer, shared by all who wait: two of them would each take a salt, which is harmless, but also race to make the key.
  const drawers = new Map<DrawerName, Promise<Drawer>>()

  async function openDrawer(name: DrawerName): Promise<Drawer> {
    const known = await keys.findOne({ _id: name })
    if (known) {
      if (!known.wrapped) throw new DrawerDestroyed(`${name}: its key was destroyed`)
      return createDrawer(name, wrapping.open(known.wrapped, `key|${name}`))
    }
    const ofCase = /^case:[^:]+(?=:agency:)/.exec(name)?.[0]
    const whole = ofCase === undefined ? null : await keys.findOne({ _id: ofCase })
    if (whole?.destroyedAt) throw new DrawerDestroyed(`${name}: the key of its case was destroyed`)
    const key = randomBytes(32)
    try {
      await keys.insertOne({ _id: name, wrapped: wrapping.seal(key, `key|${name}`), createdAt: new Date(), _v: 1 })
    } catch (error) {
      if (isDuplicateKey(error)) return openDrawer(name)
      throw error
    }
    return createDrawer(name, key)
  }

  return {
    keyFileCreated,
    drawer(name) {
      const opening = drawers.get(name)
      if (opening) return opening
      const drawer = openDrawer(name).catch(error => {
        drawers.delete(name)
        throw error
      })
      drawers.set(name, drawer)
      return drawer
    },
    async agencyDrawersOf(caseId) {
      const prefix = `case:${caseId}:agency:`
      // `;` follows `:`, so that this is everything that begins so.
      const found = await keys.find({ _id: { $gte: prefix, $lt: `${prefix.slice(0, -1)};` } }).toArray()
      return found.map(({ _id }) => _id as DrawerName)
    },
    async destroy(name, at) {
      const { matchedCount } = await keys.updateOne(
        { _id: name },
        { $set: { destroyedAt: at }, $unset: { wrapped: '' } },
      )
      if (matchedCount === 0) {
        try {
          await keys.insertOne({ _id: name, createdAt: at, destroyedAt: at, _v: 1 })
        } catch (error) {
          if (!isDuplicateKey(error)) throw error
          // Somebody made a key in between.
          await keys.updateOne({ _id: name }, { $set: { destroyedAt: at }, $unset: { wrapped: '' } })
        }
      }
      drawers.delete(name)
    },
    blindIndex: (purpose, value) => createHmac('sha256', indexKey).update(`${purpose}\n${value}`).digest('base64url'),
  }
}

function subkey(secret: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, Buffer.alloc(0), `dure ${purpose} 1`, 32))
}

/** Equal in constant time; false where the lengths differ. */
export function equalSecrets(a: Uint8Array, b: Uint8Array): boolean {
  return a.byteLength === b.byteLength && timingSafeEqual(a, b)
}
