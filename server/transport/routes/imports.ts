/** Lists of found households over HTTP: parse, admit, call, present. */
import * as z from 'zod'
import { canTriage } from '../../../shared/access.ts'
import type { AgencyId, ImportId } from '../../../shared/ids.ts'
import {
  changeImportBody,
  IMPORT_MAX_BYTES,
  importAbout,
  takeInBody,
  versionBody,
} from '../../../shared/protocol/imports.ts'
import { admitToImport, changeList, readList, takeIn, undoList } from '../../imports/import-commands.ts'
import { importView, listImports, openImport, takeOutFaults } from '../../imports/import-views.ts'
import type { ImportParts } from '../../imports/ports.ts'
import { byOf } from '../by.ts'
import { upload } from '../request-body.ts'
import { FileAnswer, permit, type Route, route } from '../route.ts'

type ListCall = Parameters<typeof byOf>[0] & { params: { agencyId: AgencyId; importId: ImportId } }

export function importRoutes(parts: ImportParts): Route[] {
  const authorise = (call: Parameters<typeof byOf>[0] & { params: { agencyId: AgencyId } }) =>
    permit(canTriage(call.caller.actor, call.params.agencyId), 'not-found')
  const listOf = async (call: ListCall) => {
    authorise(call)
    return admitToImport(parts, byOf(call), call.params.agencyId, call.params.importId)
  }
  return [
    route({
      method: 'GET',
      path: '/api/agencies/:agencyId/imports',
      policy: 'canTriage',
      authorise,
      handle: async call => ({ imports: await listImports(parts, byOf(call), call.params.agencyId) }),
    }),
    route({
      method: 'POST',
      path: '/api/agencies/:agencyId/imports',
      policy: 'canTriage',
      body: upload({ maxBytes: IMPORT_MAX_BYTES, about: importAbout }),
      authorise,
      handle: async call =>
        importView(parts, await readList(parts, byOf(call), call.params.agencyId, call.body.about, call.body.read())),
    }),
    route({
      method: 'GET',
      path: '/api/agencies/:agencyId/imports/:importId',
      policy: 'canTriage',
      authorise: listOf,
      handle: (call, list) => openImport(parts, byOf(call), list),
    }),
    route({
      method: 'PATCH',
      path: '/api/agencies/:agencyId/imports/:importId',
      policy: 'canTriage',
      body: changeImportBody,
      authorise: listOf,
      handle: async (call, list) => importView(parts, await changeList(parts, byOf(call), list, call.body)),
    }),
    route({
      method: 'GET',
      path: '/api/agencies/:agencyId/imports/:importId/faults',
      policy: 'canTriage',
      query: z.strictObject({ language: z.enum(['ko', 'en']) }),
      authorise: listOf,
      handle: async (call, list) => {
        const { name, bytes } = await takeOutFaults(parts, byOf(call), list, call.query.language)
        const content = (async function* () {
          yield bytes
        })()
        return new FileAnswer({ type: 'text/csv; charset=utf-8', name, bytes: bytes.byteLength, content })
      },
    }),
    route({
      method: 'POST',
      path: '/api/agencies/:agencyId/imports/:importId/take-in',
      policy: 'canTriage',
      body: takeInBody,
      authorise: listOf,
      handle: async (call, list) => importView(parts, await takeIn(parts, byOf(call), list, call.body)),
    }),
    route({
      method: 'POST',
      path: '/api/agencies/:agencyId/imports/:importId/undo',
      policy: 'canTriage',
      body: versionBody,
      authorise: listOf,
      handle: async (call, list) => {
        await undoList(parts, byOf(call), list, call.body)
        return {}
      },
    }),
  ]
}
