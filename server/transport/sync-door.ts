/**
 * The one door to the documents, for every kind of line: who may come in is asked, counted and recorded here, and the way from the answer into
 * the room is one step, so that access which changes meanwhile is not missed (SPEC AX5). What a line is, its transport knows.
 */
import type { IncomingMessage } from 'node:http'
import type { DocumentRef } from '../../shared/documents/document-names.ts'
import type { UserId } from '../../shared/ids.ts'
import { Refusal, type RefusalReason } from '../../shared/protocol/refusals.ts'
import { withDeadline } from '../rooms/deadline.ts'
import type { Clock, DocumentGrant, RoomSocket, SignedInPerson } from '../rooms/ports.ts'
import type { Rooms, SessionHandle } from '../rooms/rooms.ts'
import { Tally } from './live/tally.ts'

/** Who may come in, with what; recorded for the audit by whoever answers. */
export interface Admission {
  person: SignedInPerson
  ref: DocumentRef
  grant: DocumentGrant
}

export interface SyncDoorOptions {
  rooms: Pick<Rooms, 'join' | 'markAccess'>
  /** Resolves to the admission or to the refusal; a rejection with a {@link Refusal} is one too. Any other rejection is `internal`. */
  admit: (request: IncomingMessage, documentName: string) => Promise<Admission | Refusal>
  clock: Clock
  limits?: Partial<SyncDoorLimits>
}

export interface SyncDoorLimits {
  /** Those who wait for their answer, in all and per address. */
  maxPending: number
  maxPendingPerAddress: number
  /** An agency's whole staff may come from one address. */
  maxPerAddress: number
  maxPerUser: number
  /** In all, from the request to the answer; traffic does not extend it. */
  admissionDeadlineMs: number
}

export const SYNC_DOOR_LIMITS: SyncDoorLimits = {
  maxPending: 1000,
  maxPendingPerAddress: 500,
  maxPerAddress: 4000,
  maxPerUser: 40,
  admissionDeadlineMs: 10_000,
}

export interface Visitor {
  /** Carries the cookie. */
  request: IncomingMessage
  documentName: string
  address: string
  /** Whether anybody still waits for the answer. */
  isThere(): boolean
  /** Makes the line of somebody who was let in, at once, and joins with it. */
  enter(place: Place): void
}

export interface Place {
  /** Takes the line into the room. Its `leave` may be called more than once. */
  join(socket: RoomSocket, receipts: boolean): SessionHandle
}

export interface SyncDoor {
  /** What can be said without asking anybody. */
  refusalFor(documentName: string, address: string): RefusalReason | undefined
  /** Asks, and lets in. @throws Refusal; anything else is a fault */
  comeIn(visitor: Visitor): Promise<void>
  /** Those who wait for their answer. */
  pending(): number
  /** Lets nobody in any more. */
  close(): void
}

export function createSyncDoor({ rooms, admit, clock, limits: given }: SyncDoorOptions): SyncDoor {
  const limits = { ...SYNC_DOOR_LIMITS, ...given }
  const pendingByAddress = new Tally<string>()
  const openByAddress = new Tally<string>()
  const openByUser = new Tally<UserId>()
  let isClosing = false

  function refusalFor(documentName: string, address: string): RefusalReason | undefined {
    if (isClosing) return 'server-restarting'
    if (!/^[A-Za-z0-9_.-]{1,100}$/.test(documentName)) return 'not-found'
    const isFull =
      pendingByAddress.total >= limits.maxPending ||
      pendingByAddress.of(address) >= limits.maxPendingPerAddress ||
      openByAddress.of(address) + pendingByAddress.of(address) >= limits.maxPerAddress
    return isFull ? 'too-many-connections' : undefined
  }

  async function comeIn({ request, documentName, address, isThere, enter }: Visitor): Promise<void> {
    pendingByAddress.add(address)
    // Access that changes while it is being asked is not missed.
    const since = rooms.markAccess()
    try {
      const admission = await withDeadline(admit(request, documentName), {
        clock,
        ms: limits.admissionDeadlineMs,
        what: 'an admission',
      })
      if (!isThere()) return
      if (admission instanceof Refusal) throw admission
      const { person, ref, grant } = admission
      if (isClosing) throw new Refusal('server-restarting')
      if (openByUser.of(person.userId) >= limits.maxPerUser) throw new Refusal('too-many-connections')
      // Synchronous up to the room, so that the mark covers the whole way.
      enter({
        join(socket, receipts) {
          openByAddress.add(address)
          openByUser.add(person.userId)
          const session = rooms.join({ person, ref, grant, socket, receipts, since })
          let hasLeft = false
          return {
            receive: frame => session.receive(frame),
            leave() {
              if (hasLeft) return
              hasLeft = true
              openByAddress.remove(address)
              openByUser.remove(person.userId)
              session.leave()
            },
          }
        },
      })
    } finally {
      since.end()
      pendingByAddress.remove(address)
    }
  }

  return {
    refusalFor,
    comeIn,
    pending: () => pendingByAddress.total,
    close() {
      isClosing = true
    },
  }
}
