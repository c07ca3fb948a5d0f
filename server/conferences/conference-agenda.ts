/** The agenda's lines, written into the conference's document through its typed functions by the server's own writer. */
import { putAgendaItem, removeAgendaItem } from '../../shared/documents/conference-document.ts'
import { documentNameOf } from '../../shared/documents/document-names.ts'
import type { ConferenceAgenda, DocumentDesk } from './ports.ts'

export function createConferenceAgenda(documents: Pick<DocumentDesk, 'edit'>): ConferenceAgenda {
  return {
    async put(conferenceId, itemId, { minutes, label, after, isFirst }, behalfOf) {
      const document = documentNameOf({ kind: 'conference', conferenceId })
      const place = isFirst ? 'first' : after === undefined ? 'last' : { after }
      await documents.edit(document, { behalfOf }, doc => putAgendaItem(doc, { id: itemId, minutes, label }, place))
    },
    async remove(conferenceId, itemId, behalfOf) {
      const document = documentNameOf({ kind: 'conference', conferenceId })
      await documents.edit(document, { behalfOf }, doc => removeAgendaItem(doc, itemId))
    },
  }
}
