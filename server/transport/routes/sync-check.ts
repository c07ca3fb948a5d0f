/** The answer that an upgrade would get, where a browser can read it: a refused upgrade shows it no status. */

import type { DocumentAdmission } from '../document-admission.ts'
import { type Route, route } from '../route.ts'

export function createSyncCheckRoutes({ admission }: { admission: DocumentAdmission }): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/sync-check/:documentName',
      // Asked by the document's access, the same as for a socket.
      policy: 'signed-in',
      evenForGuests: true,
      async handle({ caller, address, params }) {
        const { mayWrite } = await admission.check(caller, address, params.documentName)
        return { mayWrite }
      },
    }),
  ]
}
