/** Access as a table that tests change. Telling may be slow, fail, or be wrong by the time it arrives, as in life. */
import type { DocumentAccess, DocumentGrant, SignedInPerson } from '../../server/rooms/ports.ts'
import { type DocumentRef, documentNameOf } from '../../shared/documents/document-names.ts'
import type { AgencyId, UserId } from '../../shared/ids.ts'

export interface Right {
  mayWrite: boolean
  conducts?: boolean
  name?: string
  agencyId?: AgencyId
  clearedAgencies?: readonly AgencyId[]
}

export class SimAccess implements DocumentAccess {
  mood: 'well' | 'failing' | 'hanging' = 'well'
  asked = 0
  readonly #rights = new Map<string, Right>()
  readonly #listeners = new Set<(keys: readonly string[]) => void>()
  #waiting: (() => void)[] = []
  isSlow = false

  /** Sets or takes away a person's right to a document and announces it. */
  set(userId: UserId, ref: DocumentRef, right: Right | undefined): void {
    const key = `${userId} ${documentNameOf(ref)}`
    if (right === undefined) this.#rights.delete(key)
    else this.#rights.set(key, right)
    this.announce([`user:${userId}`])
  }

  announce(keys: readonly string[]): void {
    for (const listener of this.#listeners) listener(keys)
  }

  async grantFor({ userId }: SignedInPerson, ref: DocumentRef): Promise<DocumentGrant | undefined> {
    this.asked++
    if (this.isSlow) await new Promise<void>(resolve => this.#waiting.push(resolve))
    if (this.mood === 'hanging') return new Promise(() => {})
    if (this.mood === 'failing') throw new Error('access cannot be told')
    const right = this.#rights.get(`${userId} ${documentNameOf(ref)}`)
    if (right === undefined) return undefined
    const agencyId = right.agencyId ?? null
    const clearedAgencies = right.clearedAgencies ?? (agencyId ? [agencyId] : [])
    return {
      mayWrite: right.mayWrite,
      writer: { userId, agencyId, conducts: right.conducts ?? true, clearedAgencies },
      identity: {
        userId,
        name: right.name ?? userId,
        agencyId,
        agencyName: 'Agency',
        colour: 0,
        mode: 'remote',
      },
      dependsOn: [`user:${userId}`, documentNameOf(ref)],
    }
  }

  /** Lets those asked slowly be answered. */
  answerAll(): void {
    const waiting = this.#waiting
    this.#waiting = []
    for (const resolve of waiting) resolve()
  }

  onChange(listener: (keys: readonly string[]) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
}
