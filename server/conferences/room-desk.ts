/** The documents' contents for records and commands: the rooms' own desk, and what else a command asks about a document. */
import { type DocumentRef, documentNameOf, parseDocumentName } from '../../shared/documents/document-names.ts'
import type { AgencyId } from '../../shared/ids.ts'
import { createDocumentDesk } from '../rooms/document-desk.ts'
import type { Clock } from '../rooms/ports.ts'
import type { Rooms } from '../rooms/rooms.ts'
import { invitedAgenciesOf } from './conference-commands.ts'
import type { ConferenceRecords, DocumentDesk } from './ports.ts'

export function createRoomDesk(options: {
  rooms: Pick<Rooms, 'join' | 'writersIn' | 'notify' | 'attendedBy'>
  records: ConferenceRecords
  clock: Clock
}): DocumentDesk {
  const { rooms, records, clock } = options
  const desk = createDocumentDesk({ rooms, clock, clearedAgencies: ref => agenciesIn(records, ref) })
  return {
    read: desk.read,
    edit: desk.edit,
    hasContent: document => desk.read(document, doc => doc.store.clients.size > 0),
    notify: (document, topic) => rooms.notify(document, topic),
    isIn: (userId, document) => {
      const ref = parseDocumentName(document)
      const name = ref && documentNameOf(ref)
      return rooms.attendedBy(userId).some(attended => documentNameOf(attended) === name)
    },
  }
}

/** Whose own parts a document has. */
async function agenciesIn(records: ConferenceRecords, ref: DocumentRef): Promise<readonly AgencyId[]> {
  const item = ref.kind === 'item' ? await records.items.find(ref.itemId) : undefined
  if (item === undefined) return []
  if (item.kind === 'case') return item.agencies
  const conference = await records.conferences.find(item.conferenceId)
  return conference ? invitedAgenciesOf(conference) : []
}
