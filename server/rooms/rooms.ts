/**
 * All rooms of this process, and the one door to them. Opens a document's room when its first session comes, shares the opening among all
 * who wait, and forgets it when it has closed (SPEC RL).
 */
import type { DocumentRef } from '../../shared/documents/document-names.ts'
import { documentNameOf } from '../../shared/documents/document-names.ts'
import type { ConnectionId, UserId } from '../../shared/ids.ts'
import type { RefusalReason } from '../../shared/protocol/refusals.ts'
import { type ChangeTopic, writeChanged } from '../../shared/protocol/sync-frames.ts'
import type { Log } from '../lib/log.ts'
import { type AccessMark, AccessWatch } from './access-watch.ts'
import { DEFAULT_ROOM_LIMITS, type RoomLimits } from './limits.ts'
import type {
  Clock,
  DocumentAccess,
  DocumentGrant,
  DocumentStore,
  RoomSocket,
  SignedInPerson,
  UpdateGuard,
} from './ports.ts'
import { Room } from './room.ts'
import { Session } from './session.ts'

/** A session that was ended by the room: for the record of access, which never holds content. */
export interface SessionRefused {
  person: SignedInPerson
  ref: DocumentRef
  reason: RefusalReason
  detail: string | undefined
}

export interface RoomsOptions {
  store: DocumentStore
  access: DocumentAccess
  guard: UpdateGuard
  clock: Clock
  log: Log
  /** Names a connection, from chance. */
  newConnectionId: () => ConnectionId
  limits?: Partial<RoomLimits>
  onRefused?: (event: SessionRefused) => void
}

export interface Entry {
  person: SignedInPerson
  ref: DocumentRef
  grant: DocumentGrant
  socket: RoomSocket
  /** Whether the client offered the subprotocol. */
  receipts: boolean
  /** Made before the grant was asked for, so that a change in between is not missed. */
  since?: AccessMark
}

/** What a transport holds of a session: two things to tell it. */
export interface SessionHandle {
  receive(frame: Uint8Array): void
  /** The socket is gone, whoever closed it. */
  leave(): void
}

export interface Rooms {
  /** Remembers changes of access from now on, for an admission that is being asked for. Must be ended. */
  markAccess(): AccessMark
  join(entry: Entry): SessionHandle
  /** Tells those in a document that records beside it changed. */
  notify(document: string, topic: ChangeTopic): void
  /** Whose client ids are whose in a document that somebody is in; empty for any other. */
  writersIn(document: string): ReadonlyMap<number, UserId>
  /** Whether a person is in any document now. */
  isAttending(userId: UserId): boolean
  /** Documents a person is in now. */
  attendedBy(userId: UserId): DocumentRef[]
  /** Calls back when a person writes or moves the cursor, at most every ten seconds per sign-in. Returns its stopper. */
  onActivity(listener: (person: SignedInPerson) => void): () => void
  counts(): { rooms: number; sessions: number }
  /** Stores what was accepted, tells everybody to come back, closes. True when everything accepted is stored. */
  close(): Promise<boolean>
}

const ACTIVITY_EVERY_MS = 10_000

export function createRooms(options: RoomsOptions): Rooms {
  const { clock, log, store, guard } = options
  const limits: RoomLimits = { ...DEFAULT_ROOM_LIMITS, ...options.limits }
  const watch = new AccessWatch({ access: options.access, clock, log, deadlineMs: limits.accessDeadlineMs })
  const rooms = new Map<string, Room>()
  const unfollow = new Map<Session, () => void>()
  const attending = new Map<UserId, Set<Session>>()
  const listeners = new Set<(person: SignedInPerson) => void>()
  const activeAt = new Map<string, number>()
  let stopping: Promise<boolean> | undefined

  function roomOf(ref: DocumentRef): Room {
    const name = documentNameOf(ref)
    const open = rooms.get(name)
    if (open !== undefined) return open
    const room = new Room({
      name,
      ref,
      store,
      guard,
      clock,
      log,
      limits,
      onLeft,
      onActivity,
      // Only if it still is the one under its name: a closed room's successor may be there already.
      onClosed: closed => {
        if (rooms.get(name) === closed) rooms.delete(name)
      },
    })
    rooms.set(name, room)
    void room.open()
    return room
  }

  function onLeft(session: Session, refusal?: { reason: RefusalReason; detail: string | undefined }): void {
    unfollow.get(session)?.()
    unfollow.delete(session)
    const { userId, sessionId } = session.person
    const theirs = attending.get(userId)
    theirs?.delete(session)
    if (theirs?.size === 0) {
      attending.delete(userId)
      activeAt.delete(sessionId)
    }
    if (refusal === undefined) return
    const { person, ref } = session
    log.info({ userId, document: documentNameOf(ref), ...refusal }, 'a session was ended')
    options.onRefused?.({ person, ref, ...refusal })
  }

  function onActivity(session: Session): void {
    const { person } = session
    const now = clock.now()
    if (now - (activeAt.get(person.sessionId) ?? -ACTIVITY_EVERY_MS) < ACTIVITY_EVERY_MS) return
    activeAt.set(person.sessionId, now)
    for (const listener of listeners) listener(person)
  }

  function join(entry: Entry): SessionHandle {
    const { person, ref, grant, socket, receipts } = entry
    if (stopping !== undefined) {
      socket.close('server-restarting')
      return { receive: () => {}, leave: () => {} }
    }
    const session = new Session({
      id: options.newConnectionId(),
      person,
      ref,
      grant,
      socket,
      receipts,
      limits,
      now: clock.now(),
    })
    const room = roomOf(ref)
    const theirs = attending.get(person.userId) ?? new Set()
    attending.set(person.userId, theirs.add(session))
    const watched = {
      person,
      ref,
      hold: () => session.hold(),
      answer: (answer: Parameters<Room['answerAccess']>[1]) => room.answerAccess(session, answer),
    }
    unfollow.set(session, watch.follow(watched, grant, entry.since))
    room.join(session)
    return {
      receive: frame => room.receive(session, frame),
      leave: () => room.leave(session),
    }
  }

  async function stopAll(): Promise<boolean> {
    const results = await Promise.all([...rooms.values()].map(room => room.stop()))
    watch.close()
    return results.every(Boolean)
  }

  return {
    markAccess: () => watch.mark(),
    join,
    notify: (document, topic) => rooms.get(document)?.tell(writeChanged(topic)),
    writersIn: document => rooms.get(document)?.writers ?? new Map(),
    isAttending: userId => attending.has(userId),
    attendedBy: userId => [...(attending.get(userId) ?? [])].map(session => session.ref),
    onActivity: listener => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    counts: () => ({ rooms: rooms.size, sessions: unfollow.size }),
    close: () => {
      stopping ??= stopAll()
      return stopping
    },
  }
}
