/** Papers of items over HTTP, and the record of what is printed. */
import { PAPER_MAX_BYTES, paperAbout, printBody } from '../../../shared/protocol/papers.ts'
import { admitToConference, admitToItem } from '../../conferences/admission.ts'
import { admitToAddPaper, admitToPaper, admitToRemovePaper } from '../../papers/paper-admission.ts'
import { addPaper, removePaper } from '../../papers/paper-commands.ts'
import { listConferencePapers, listPapers, openPaper } from '../../papers/paper-views.ts'
import type { PaperParts } from '../../papers/ports.ts'
import { recordPrint } from '../../papers/print-commands.ts'
import { byOf } from '../by.ts'
import { upload } from '../request-body.ts'
import { FileAnswer, type Route, route } from '../route.ts'

export function paperRoutes(parts: PaperParts): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/conferences/:conferenceId/papers',
      policy: 'canReadConference',
      evenForGuests: true,
      authorise: call => admitToConference(parts, byOf(call), call.params.conferenceId),
      handle: async (call, admitted) => ({ papers: await listConferencePapers(parts, byOf(call), admitted) }),
    }),
    route({
      method: 'GET',
      path: '/api/conferences/:conferenceId/items/:itemId/papers',
      policy: 'canReadItem',
      evenForGuests: true,
      authorise: call => admitToItem(parts, byOf(call), call.params.conferenceId, call.params.itemId),
      handle: async (call, admitted) => ({ papers: await listPapers(parts, byOf(call), admitted) }),
    }),
    route({
      method: 'POST',
      path: '/api/conferences/:conferenceId/items/:itemId/papers',
      policy: 'canAddPaper',
      evenForGuests: true,
      body: upload({ maxBytes: PAPER_MAX_BYTES, about: paperAbout }),
      authorise: call => admitToAddPaper(parts, byOf(call), call.params.conferenceId, call.params.itemId),
      handle: (call, admitted) => addPaper(parts, byOf(call), admitted, call.body.about, call.body.read()),
    }),
    route({
      method: 'GET',
      path: '/api/conferences/:conferenceId/items/:itemId/papers/:paperId',
      policy: 'canReadItem',
      evenForGuests: true,
      authorise: call =>
        admitToPaper(parts, byOf(call), call.params.conferenceId, call.params.itemId, call.params.paperId),
      handle: async (call, admitted) => new FileAnswer(await openPaper(parts, byOf(call), admitted)),
    }),
    route({
      method: 'DELETE',
      path: '/api/conferences/:conferenceId/items/:itemId/papers/:paperId',
      policy: 'canRemovePaper',
      evenForGuests: true,
      authorise: call =>
        admitToRemovePaper(parts, byOf(call), call.params.conferenceId, call.params.itemId, call.params.paperId),
      handle: async (call, admitted) => {
        await removePaper(parts, byOf(call), admitted)
        return {}
      },
    }),
    route({
      method: 'POST',
      path: '/api/conferences/:conferenceId/prints',
      policy: 'canReadConference',
      body: printBody,
      authorise: call => admitToConference(parts, byOf(call), call.params.conferenceId),
      handle: (call, admitted) => recordPrint(parts, byOf(call), admitted, call.body),
    }),
  ]
}
