/**
 * Passkeys and the questions that wait for their answer, at rest. In clear: whose, for which host, a mark of the credential's id, how often it says
 * that it was used. Sealed in the installation's drawer: its name, id and public key.
 */
import { createHash } from 'node:crypto'
import type { PasskeyId, SessionId, UserId } from '../../shared/ids.ts'
import type { PasskeyTransport } from '../../shared/protocol/passkeys.ts'
import type { Keyring } from '../crypto/keyring.ts'
import type { Clock } from '../rooms/ports.ts'
import { isDuplicateKey, type Store } from '../storage/port.ts'

interface PasskeyRecord {
  _id: PasskeyId
  userId: UserId
  relyingPartyId: string
  /** SHA-256 of the credential's id, which may be longer than a store's index takes. */
  credentialMark: string
  /** The authenticator's own count of its uses; 0 for ever where it keeps none. */
  counter: number
  createdAt: Date
  lastUsedAt: Date | null
  sealed: Buffer
}

interface PasskeyText {
  name: string
  /** base64url, as browsers give it. */
  credentialId: string
  /** COSE, base64url. */
  publicKey: string
  transports: PasskeyTransport[]
}

export type Passkey = Omit<PasskeyRecord, 'sealed' | 'credentialMark'> & PasskeyText

/** What a question is for: an answer to one is none to another. */
export type QuestionPurpose = 'register' | 'sign-in' | 'confirm'

interface QuestionRecord {
  _id: SessionId
  purpose: QuestionPurpose
  challenge: string
  relyingPartyId: string
  expiresAt: Date
}

export interface PasskeyRepository {
  ofUser(userId: UserId): Promise<Passkey[]>
  countAt(userId: UserId, relyingPartyId: string): Promise<number>
  /** @returns false when the credential is known already, anybody's */
  insert(passkey: Passkey): Promise<boolean>
  rename(passkey: Passkey, name: string): Promise<void>
  /** @returns whether it was this person's and is gone */
  remove(userId: UserId, passkeyId: PasskeyId): Promise<boolean>
  /** Writes down a use. @returns false when another use came in between, so that one answer opens once */
  noteUse(passkey: Passkey, counter: number): Promise<boolean>
  /** The question of this session from now on, instead of the one before. */
  ask(
    sessionId: SessionId,
    question: { purpose: QuestionPurpose; challenge: string; relyingPartyId: string },
  ): Promise<void>
  /** Uses up the session's question. @returns the challenge, once; undefined when there is none for this */
  takeQuestion(sessionId: SessionId, purpose: QuestionPurpose, relyingPartyId: string): Promise<string | undefined>
  removeExpired(): Promise<void>
}

/** As long as a sign-in waits for its second half. */
const QUESTION_MS = 5 * 60_000

const contextOf = (passkeyId: PasskeyId, userId: UserId) => `passkeys|${passkeyId}|${userId}`
const markOf = (credentialId: string) => createHash('sha256').update(credentialId).digest('base64url')

export async function openPasskeyRepository(options: {
  store: Store
  keyring: Keyring
  clock: Pick<Clock, 'now'>
}): Promise<PasskeyRepository> {
  const { store, keyring, clock } = options
  const records = store.collection<PasskeyRecord>('passkeys')
  const questions = store.collection<QuestionRecord>('passkeyQuestions')
  const drawer = await keyring.drawer('installation')

  const opened = ({ sealed, credentialMark: _, ...clear }: PasskeyRecord): Passkey => ({
    ...clear,
    ...drawer.openJson<PasskeyText>(sealed, contextOf(clear._id, clear.userId)),
  })
  const sealedText = ({ _id, userId, name, credentialId, publicKey, transports }: Passkey) =>
    drawer.sealJson({ name, credentialId, publicKey, transports }, contextOf(_id, userId))

  return {
    async ofUser(userId) {
      return (await records.find({ userId }, { sort: { createdAt: 1, _id: 1 } }).toArray()).map(opened)
    },
    countAt: (userId, relyingPartyId) => records.countDocuments({ userId, relyingPartyId }),
    async insert(passkey) {
      const { _id, userId, relyingPartyId, counter, createdAt, lastUsedAt } = passkey
      const clear = { _id, userId, relyingPartyId, counter, createdAt, lastUsedAt }
      try {
        await records.insertOne({
          ...clear,
          credentialMark: markOf(passkey.credentialId),
          sealed: sealedText(passkey),
        })
        return true
      } catch (error) {
        if (isDuplicateKey(error)) return false
        throw error
      }
    },
    async rename(passkey, name) {
      const { _id, userId } = passkey
      await records.updateOne({ _id, userId }, { $set: { sealed: sealedText({ ...passkey, name }) } })
    },
    async remove(userId, passkeyId) {
      return (await records.deleteOne({ _id: passkeyId, userId })).deletedCount === 1
    },
    async noteUse({ _id, counter: known, lastUsedAt }, counter) {
      const { matchedCount } = await records.updateOne(
        { _id, counter: known, lastUsedAt },
        { $set: { counter, lastUsedAt: new Date(clock.now()) } },
      )
      return matchedCount === 1
    },
    async ask(sessionId, question) {
      const expiresAt = new Date(clock.now() + QUESTION_MS)
      await questions.updateOne({ _id: sessionId }, { $set: { ...question, expiresAt } }, { upsert: true })
    },
    async takeQuestion(sessionId, purpose, relyingPartyId) {
      const question = await questions.findOne({ _id: sessionId })
      if (question === null) return undefined
      // Whatever comes of it: a second answer finds nothing, also one at the same time.
      const { deletedCount } = await questions.deleteOne({ _id: sessionId, challenge: question.challenge })
      const isFor = question.purpose === purpose && question.relyingPartyId === relyingPartyId
      const isOver = question.expiresAt.getTime() <= clock.now()
      return deletedCount === 1 && isFor && !isOver ? question.challenge : undefined
    },
    async removeExpired() {
      await questions.deleteMany({ expiresAt: { $lte: new Date(clock.now()) } })
    },
  }
}
