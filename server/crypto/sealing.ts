/**
 * AES-256-GCM for one drawer's key. A sealed value is
 *
 *     version (1 byte, 1) | salt (16) | counter (6) | ciphertext | tag (16)
 *
 * Each opening of a drawer takes a fresh random salt and derives from it a subkey of its own (HMAC-SHA-256 of the drawer's key), under
 * which nonces simply count up. So no nonce can repeat under a key, however many messages or processes there are, and no random-collision
 * bound forces rotation. The context (which record, which field, which sequence) is authenticated beside it: a ciphertext moved to
 * another place does not open.
 */
import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto'

const VERSION = 1
const SALT_BYTES = 16
const COUNTER_BYTES = 6
const HEADER_BYTES = 1 + SALT_BYTES + COUNTER_BYTES
const TAG_BYTES = 16
/** A new salt long before the counter's 2^48 end; GCM itself allows 2^32 messages under a key. */
const MESSAGES_PER_SALT = 2 ** 32 - 1
/** Subkeys of earlier openings kept for reading; one per process start that wrote, so a few are enough. */
const SUBKEYS_KEPT = 64

/** Sealed bytes do not open: damaged, moved, or sealed under another key. */
export class SealBroken extends Error {
  override name = 'SealBroken'
}

export interface Drawer {
  /** @param context where the value stands, e.g. `log|item.X|17`; the same words are needed to open it. */
  seal(plain: Uint8Array, context: string): Buffer
  /** @throws {SealBroken} */
  open(sealed: Uint8Array, context: string): Buffer
  sealJson(value: unknown, context: string): Buffer
  /** The value as sealed by {@link sealJson}; its type is the caller's promise about its own records. @throws {SealBroken} */
  openJson<T>(sealed: Uint8Array, context: string): T
}

export function createDrawer(name: string, key: Buffer): Drawer {
  const subkeys = new Map<string, Buffer>()
  let salt = randomBytes(SALT_BYTES)
  let subkey = deriveSubkey(key, salt)
  let counter = 0

  function subkeyFor(saltBytes: Uint8Array): Buffer {
    const id = Buffer.from(saltBytes).toString('base64')
    const known = subkeys.get(id)
    if (known) return known
    const derived = deriveSubkey(key, saltBytes)
    if (subkeys.size >= SUBKEYS_KEPT) subkeys.delete(subkeys.keys().next().value ?? '')
    subkeys.set(id, derived)
    return derived
  }

  const drawer: Drawer = {
    seal(plain, context) {
      if (counter >= MESSAGES_PER_SALT) {
        salt = randomBytes(SALT_BYTES)
        subkey = deriveSubkey(key, salt)
        counter = 0
      }
      const sealed = Buffer.alloc(HEADER_BYTES + plain.byteLength + TAG_BYTES)
      sealed[0] = VERSION
      salt.copy(sealed, 1)
      sealed.writeUIntBE(counter++, 1 + SALT_BYTES, COUNTER_BYTES)
      const cipher = createCipheriv('aes-256-gcm', subkey, nonceOf(sealed))
      cipher.setAAD(Buffer.from(`${name}|${context}`))
      cipher.update(plain).copy(sealed, HEADER_BYTES)
      cipher.final()
      cipher.getAuthTag().copy(sealed, HEADER_BYTES + plain.byteLength)
      return sealed
    },
    open(sealedBytes, context) {
      const sealed = Buffer.from(sealedBytes.buffer, sealedBytes.byteOffset, sealedBytes.byteLength)
      if (sealed.length < HEADER_BYTES + TAG_BYTES || sealed[0] !== VERSION) {
        throw new SealBroken(`${name}: not a sealed value (${context})`)
      }
      const decipher = createDecipheriv('aes-256-gcm', subkeyFor(sealed.subarray(1, 1 + SALT_BYTES)), nonceOf(sealed))
      decipher.setAAD(Buffer.from(`${name}|${context}`))
      decipher.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES))
      try {
        const plain = decipher.update(sealed.subarray(HEADER_BYTES, sealed.length - TAG_BYTES))
        decipher.final()
        return plain
      } catch (error) {
        throw new SealBroken(`${name}: does not open (${context})`, { cause: error })
      }
    },
    sealJson: (value, context) => drawer.seal(Buffer.from(JSON.stringify(value)), context),
    openJson: <T>(sealed: Uint8Array, context: string) =>
      JSON.parse(drawer.open(sealed, context).toString('utf8')) as T,
  }
  return drawer
}

function deriveSubkey(key: Buffer, salt: Uint8Array): Buffer {
  return createHmac('sha256', key).update('dure seal 1').update(salt).digest()
}

/** 12 bytes: six zeros and the counter. */
function nonceOf(sealed: Buffer): Buffer {
  const nonce = Buffer.alloc(12)
  sealed.copy(nonce, 12 - COUNTER_BYTES, 1 + SALT_BYTES, HEADER_BYTES)
  return nonce
}
