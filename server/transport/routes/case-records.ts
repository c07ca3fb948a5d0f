/** Records of a case over HTTP: parse, admit, call, present. */
import {
  correctRecordBody,
  keepDraftBody,
  recordsQuery,
  searchRecordsBody,
  writeRecordBody,
} from '../../../shared/protocol/case-records.ts'
import type { CaseRecordParts } from '../../case-records/ports.ts'
import { admitToCorrectRecord, admitToRecord, admitToWriteRecords } from '../../case-records/record-admission.ts'
import { correctRecord, keepDraft, writeRecord } from '../../case-records/record-commands.ts'
import { searchRecords } from '../../case-records/record-search.ts'
import { openRecords, openVersions, recordView } from '../../case-records/record-views.ts'
import { admitToCase } from '../../conferences/admission.ts'
import { byOf } from '../by.ts'
import { type Route, route } from '../route.ts'

export function caseRecordRoutes(parts: CaseRecordParts): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/cases/:caseId/records',
      policy: 'canReadCase',
      query: recordsQuery,
      authorise: call => admitToCase(parts, byOf(call), call.params.caseId),
      handle: (call, admitted) => {
        const { known, kind, from = '0' } = call.query
        return openRecords(parts, byOf(call), admitted, { known, kind, from: Number(from) })
      },
    }),
    route({
      method: 'POST',
      path: '/api/cases/:caseId/records',
      policy: 'canWriteCaseFor',
      body: writeRecordBody,
      authorise: call => admitToWriteRecords(parts, byOf(call), call.params.caseId),
      handle: async (call, admitted) =>
        recordView(parts, byOf(call), admitted, await writeRecord(parts, byOf(call), admitted, call.body)),
    }),
    route({
      method: 'POST',
      path: '/api/cases/:caseId/records/search',
      policy: 'canReadCase',
      body: searchRecordsBody,
      authorise: call => admitToCase(parts, byOf(call), call.params.caseId),
      handle: (call, admitted) => searchRecords(parts, byOf(call), admitted, call.body),
    }),
    route({
      method: 'POST',
      path: '/api/cases/:caseId/records/draft',
      policy: 'canWriteCaseFor',
      body: keepDraftBody,
      authorise: call => admitToWriteRecords(parts, byOf(call), call.params.caseId),
      handle: async (call, admitted) => {
        await keepDraft(parts, byOf(call), admitted, call.body)
        return {}
      },
    }),
    route({
      method: 'GET',
      path: '/api/cases/:caseId/records/:recordId/versions',
      policy: 'canReadCaseRecord',
      authorise: call => admitToRecord(parts, byOf(call), call.params.caseId, call.params.recordId),
      handle: (call, admitted) => openVersions(parts, byOf(call), admitted),
    }),
    route({
      method: 'POST',
      path: '/api/cases/:caseId/records/:recordId/versions',
      policy: 'canCorrectCaseRecord',
      body: correctRecordBody,
      authorise: call => admitToCorrectRecord(parts, byOf(call), call.params.caseId, call.params.recordId),
      handle: async (call, admitted) => {
        await correctRecord(parts, byOf(call), admitted, call.body)
        return recordView(parts, byOf(call), admitted, call.params.recordId)
      },
    }),
  ]
}
