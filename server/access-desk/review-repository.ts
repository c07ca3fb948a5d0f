/** Monthly reviews that were signed off, and what was taken out of the record of access with its purpose. Both are only added; words are sealed. */
import type { AgencyId, CaseId, UserId } from '../../shared/ids.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import type { Keyring } from '../crypto/keyring.ts'
import { newId } from '../lib/random.ts'
import { isDuplicateKey, type Store } from '../storage/port.ts'

export interface Review {
  agencyId: AgencyId
  /** `YYYY-MM` */
  month: string
  by: UserId
  at: Date
  opinion: string
}

interface ReviewRecord extends Omit<Review, 'opinion'> {
  _id: string
  sealed: Buffer
}

export interface TakenFile {
  agencyId: AgencyId
  /** Left out for a list over several cases. */
  caseId?: CaseId | undefined
  by: UserId
  at: Date
  purpose: string
}

interface FileRecord extends Omit<TakenFile, 'purpose'> {
  _id: string
  sealed: Buffer
}

export interface ReviewRepository {
  ofAgency(agencyId: AgencyId): Promise<Review[]>
  /** @throws Refusal `conflict` for a month that is signed off already */
  sign(review: Review): Promise<void>
  /** @returns the file's id, for the record of access */
  noteFile(file: TakenFile): Promise<string>
}

export function createReviewRepository(options: { store: Store; keyring: Pick<Keyring, 'drawer'> }): ReviewRepository {
  const { store, keyring } = options
  const reviews = store.collection<ReviewRecord>('accessReviews')
  const files = store.collection<FileRecord>('accessFiles')
  const contextOf = (id: string) => `accessReviews|${id}`

  return {
    async ofAgency(agencyId) {
      const drawer = await keyring.drawer('installation')
      return (await reviews.find({ agencyId }).toArray()).map(({ _id, sealed, ...clear }) => ({
        ...clear,
        ...drawer.openJson<{ opinion: string }>(sealed, contextOf(_id)),
      }))
    },
    async sign({ opinion, ...clear }) {
      const drawer = await keyring.drawer('installation')
      const _id = `${clear.agencyId}.${clear.month}`
      try {
        await reviews.insertOne({ _id, ...clear, sealed: drawer.sealJson({ opinion }, contextOf(_id)) })
      } catch (error) {
        if (isDuplicateKey(error)) throw new Refusal('conflict', 'review-signed')
        throw error
      }
    },
    async noteFile({ purpose, caseId, agencyId, by, at }) {
      const drawer = await keyring.drawer(caseId === undefined ? 'installation' : `case:${caseId}`)
      const _id = newId()
      const clear = { _id, agencyId, by, at, ...(caseId !== undefined && { caseId }) }
      await files.insertOne({ ...clear, sealed: drawer.sealJson({ purpose }, `accessFiles|${_id}`) })
      return _id
    },
  }
}
