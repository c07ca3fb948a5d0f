/**
 * People at rest. In clear: ids, memberships, dates, states, version, and a keyed mark of the login for looking it up. Sealed: name and login,
 * and apart from them the password's hash, so that a stolen database gives nothing to guess at.
 */
import type { Membership } from '../../shared/access.ts'
import type { AgencyId, UserId } from '../../shared/ids.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import type { Keyring } from '../crypto/keyring.ts'
import { createCached } from '../lib/cached.ts'
import type { Clock } from '../rooms/ports.ts'
import { isDuplicateKey, type Store } from '../storage/port.ts'

interface UserRecord {
  _id: UserId
  _v: number
  loginHash: string
  operator: boolean
  active: boolean
  memberships: Membership[]
  mustChangePassword: boolean
  createdAt: Date
  lastSignInAt: Date | null
  sealed: Buffer
  credential: Buffer
}

interface UserText {
  name: string
  login: string
}

/** A person with name and login opened. The password's hash is not in it: see {@link UserRepository.passwordHashOf}. */
export type User = Readonly<Omit<UserRecord, 'sealed' | 'credential'> & UserText>

export type UserChange = Partial<Pick<User, 'name' | 'active' | 'memberships' | 'mustChangePassword'>> & {
  passwordHash?: string
}

export interface UserRepository {
  /** At most {@link FRESH_MS} old; at once what this process changed. */
  find(userId: UserId): Promise<User | undefined>
  findByLogin(login: string): Promise<User | undefined>
  /** The keyed mark of a login as people may type it. */
  loginHashOf(login: string): string
  ofAgency(agencyId: AgencyId): Promise<User[]>
  operators(): Promise<User[]>
  passwordHashOf(userId: UserId): Promise<string | undefined>
  /** @throws Refusal `conflict` when the login is taken */
  insert(user: Omit<User, '_v' | 'loginHash' | 'lastSignInAt'>, passwordHash: string): Promise<User>
  /** @throws Refusal `conflict` when another version is stored */
  update(known: User, change: UserChange): Promise<User>
  noteSignIn(userId: UserId, at: Date): Promise<void>
}

/** So long may a change by another process stay unseen. */
export const FRESH_MS = 1000

const textContext = (userId: UserId) => `users|${userId}|text`
const credentialContext = (userId: UserId) => `users|${userId}|credential`

export async function openUserRepository(options: {
  store: Store
  keyring: Keyring
  clock: Clock
}): Promise<UserRepository> {
  const { store, keyring, clock } = options
  const records = store.collection<UserRecord>('users')
  const drawer = await keyring.drawer('installation')

  const cache = createCached<UserId, User | undefined>({
    clock,
    ttlMs: FRESH_MS,
    maxEntries: 20_000,
    async load(userId) {
      const record = await records.findOne({ _id: userId })
      return record ? opened(record) : undefined
    },
  })

  function opened({ sealed, credential: _credential, ...clear }: UserRecord): User {
    return { ...clear, ...drawer.openJson<UserText>(sealed, textContext(clear._id)) }
  }

  const sealedText = (userId: UserId, { name, login }: UserText) =>
    drawer.sealJson({ name, login }, textContext(userId))
  const sealedHash = (userId: UserId, hash: string) => drawer.sealJson(hash, credentialContext(userId))
  const loginHashOf = (login: string) => keyring.blindIndex('login', login.trim().normalize('NFKC').toLowerCase())

  return {
    loginHashOf,
    find: userId => cache.get(userId),
    async findByLogin(login) {
      const record = await records.findOne({ loginHash: loginHashOf(login) })
      return record ? opened(record) : undefined
    },
    async ofAgency(agencyId) {
      const found = await records.find({ 'memberships.agencyId': agencyId }).toArray()
      return found.map(opened)
    },
    async operators() {
      const found = await records.find({ operator: true }).toArray()
      return found.map(opened)
    },
    async passwordHashOf(userId) {
      const record = await records.findOne({ _id: userId })
      return record ? drawer.openJson<string>(record.credential, credentialContext(userId)) : undefined
    },
    async insert(user, passwordHash) {
      const { name, login, ...clear } = user
      const record: UserRecord = {
        ...clear,
        memberships: [...clear.memberships],
        _v: 1,
        loginHash: loginHashOf(login),
        lastSignInAt: null,
        sealed: sealedText(user._id, { name, login }),
        credential: sealedHash(user._id, passwordHash),
      }
      try {
        await records.insertOne(record)
      } catch (error) {
        if (isDuplicateKey(error)) throw new Refusal('conflict', 'login-taken')
        throw error
      }
      cache.drop(user._id)
      return opened(record)
    },
    async update(known, change) {
      const { name, passwordHash, ...clear } = change
      const after = await records.findOneAndUpdate(
        { _id: known._id, _v: known._v },
        {
          $set: {
            ...clear,
            ...(name !== undefined && { sealed: sealedText(known._id, { name, login: known.login }) }),
            ...(passwordHash !== undefined && { credential: sealedHash(known._id, passwordHash) }),
            _v: known._v + 1,
          },
        },
        { returnDocument: 'after' },
      )
      cache.drop(known._id)
      if (!after) throw new Refusal('conflict')
      return opened(after)
    },
    async noteSignIn(userId, at) {
      // No version: when somebody last signed in is nobody's decision, and must not make an administrator's change fail.
      await records.updateOne({ _id: userId }, { $set: { lastSignInAt: at } })
      cache.drop(userId)
    },
  }
}
