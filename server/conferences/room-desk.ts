/**
 * The documents' contents for records and commands, through the rooms: a session of this process with a socket of its own, so that whatever
 * the server writes is judged, logged, relayed and confirmed exactly like what anybody writes, and a document is read the same way whether
 * people are in it or not. What is written carries a fresh client id that belongs to the person on whose behalf it is written.
 */
import * as decoding from 'lib0/decoding'
import * as Y from 'yjs'
import { must } from '../../shared/assert.ts'
import { type DocumentRef, parseDocumentName } from '../../shared/documents/document-names.ts'
import type { AgencyId, SessionId, UserId } from '../../shared/ids.ts'
import { Refusal, type RefusalReason } from '../../shared/protocol/refusals.ts'
import { MESSAGE, readReceipt, SYNC, writeStep1, writeUpdate } from '../../shared/protocol/sync-frames.ts'
import type { DocumentGrant, RoomSocket } from '../rooms/ports.ts'
import type { Rooms } from '../rooms/rooms.ts'
import type { DocumentDesk } from './ports.ts'

/** Nobody's account: 22 characters as every id, and never made by chance (16 random bytes end in `A`, `Q`, `g` or `w`). */
const DESK = 'dure-server-own-writer' as UserId
const DESK_SESSION = DESK as string as SessionId

type DeskRooms = Pick<Rooms, 'join' | 'notify' | 'attendedBy'>

export function createRoomDesk(rooms: DeskRooms): DocumentDesk {
  return {
    async read(document, look) {
      const { doc, leave } = await visit(rooms, document, { behalfOf: DESK })
      leave()
      try {
        return look(doc)
      } finally {
        doc.destroy()
      }
    },
    async edit(document, on, change) {
      const visited = await visit(rooms, document, on)
      try {
        await visited.write(change)
      } finally {
        visited.leave()
        visited.doc.destroy()
      }
    },
    async hasContent(document) {
      const { doc, leave } = await visit(rooms, document, { behalfOf: DESK })
      leave()
      const has = doc.store.clients.size > 0
      doc.destroy()
      return has
    },
    notify: (document, topic) => rooms.notify(document, topic),
    isIn: (userId, document) => {
      const ref = parseDocumentName(document)
      return rooms.attendedBy(userId).some(attended => isSame(attended, ref))
    },
  }
}

function isSame(a: DocumentRef, b: DocumentRef | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

interface Visit {
  /** A copy of the document as it is stored. */
  doc: Y.Doc
  /** Makes one change and resolves when it is stored. */
  write(change: (doc: Y.Doc) => void): Promise<void>
  leave(): void
}

/** Joins a room and resolves with a whole copy. @throws Refusal with the reason for which the room ended the session */
function visit(
  rooms: DeskRooms,
  document: string,
  { behalfOf, agencies = [] }: { behalfOf: UserId; agencies?: readonly AgencyId[] },
): Promise<Visit> {
  const ref = must(parseDocumentName(document), `a document named ${document}`)
  const doc = new Y.Doc()
  return new Promise((resolve, reject) => {
    let isOpen = true
    let waiting: { until: number; stored: () => void; refused: (error: Error) => void } | undefined

    const socket: RoomSocket = {
      get isOpen() {
        return isOpen
      },
      bufferedBytes: 0,
      send(frames) {
        for (const frame of frames) hear(frame)
      },
      close(reason: RefusalReason, detail) {
        isOpen = false
        const error = new Refusal(reason, detail)
        reject(error)
        waiting?.refused(error)
      },
    }
    const handle = rooms.join({
      person: { sessionId: DESK_SESSION, userId: DESK },
      ref,
      grant: grantFor(behalfOf, agencies),
      socket,
      receipts: true,
    })
    const visited: Visit = {
      doc,
      write: change => {
        const updates: Uint8Array[] = []
        const gather = (update: Uint8Array) => updates.push(update)
        doc.on('update', gather)
        try {
          change(doc)
        } finally {
          doc.off('update', gather)
        }
        if (updates.length === 0) return Promise.resolve()
        return new Promise((stored, refused) => {
          waiting = { until: updates.length, stored, refused }
          for (const update of updates) handle.receive(writeUpdate(update))
        })
      },
      leave: () => {
        isOpen = false
        handle.leave()
      },
    }

    function hear(frame: Uint8Array): void {
      const decoder = decoding.createDecoder(frame)
      switch (decoding.readVarUint(decoder)) {
        case MESSAGE.sync: {
          const kind = decoding.readVarUint(decoder)
          // The room's own step 1 asks for what only this copy knows: nothing.
          if (kind === SYNC.step1) return
          Y.applyUpdate(doc, decoding.readVarUint8Array(decoder))
          if (kind === SYNC.step2) resolve(visited)
          return
        }
        case MESSAGE.receipt:
          if (waiting && readReceipt(decoder).stored >= waiting.until) waiting.stored()
      }
    }

    handle.receive(writeStep1(Y.encodeStateVector(doc)))
  })
}

/** The server may write every part of a document; that the person may is asked by the command that it writes for. */
function grantFor(behalfOf: UserId, clearedAgencies: readonly AgencyId[]): DocumentGrant {
  return {
    mayWrite: true,
    writer: { userId: behalfOf, agencyId: null, conducts: true, clearedAgencies },
    identity: { userId: DESK, name: '', agencyId: null, agencyName: '', colour: 0, mode: 'in_person' },
    dependsOn: [],
  }
}
