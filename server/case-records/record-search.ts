/** Looking for words in the records of one case: in those that the person may read and in no other (SPEC CR1, CR14). */
import { textsOf } from '../../shared/case-records/record-texts.ts'
import type { FoundRecordsView, SearchRecordsBody } from '../../shared/protocol/case-records.ts'
import { bestLineOf, excerptOf, hasWord, type Searchable } from '../../shared/search/matching.ts'
import { readQuery } from '../../shared/search/query.ts'
import { composed, searchKeyOf } from '../../shared/search/search-key.ts'
import type { AdmittedCase } from '../conferences/admission.ts'
import type { By } from '../conferences/ports.ts'
import { newestOf } from './case-record-repository.ts'
import type { CaseRecordParts } from './ports.ts'
import { recordObject } from './record-admission.ts'
import { readableVersions, recordOpening, recordViews } from './record-views.ts'

const FOUND_AT_MOST = 50

export async function searchRecords(
  parts: CaseRecordParts,
  by: By,
  admitted: AdmittedCase,
  { query: typed, kind }: SearchRecordsBody,
): Promise<FoundRecordsView> {
  const query = readQuery(typed)
  const { _id: caseId } = admitted.file
  await recordOpening(parts, by, caseId, 'case-record.search', recordObject(caseId))
  const readable = newestOf(await readableVersions(parts, by, admitted)).filter(
    version => kind === undefined || version.kind === kind,
  )
  const names = new Map<string, string>()
  for (const { by: userId } of readable) {
    if (!names.has(userId)) names.set(userId, (await parts.people.person(userId))?.name ?? '')
  }
  const found = (query.words.length === 0 ? [] : await parts.caseRecords.open(readable))
    .map(version => {
      const text = composed([names.get(version.by) ?? '', ...textsOf(version.content)].join('\n'))
      return { version, text, key: searchKeyOf(text) } satisfies Searchable & { version: typeof version }
    })
    .filter(searchable => query.words.every(word => hasWord(searchable, word)))
    .sort((a, b) => b.version.happenedAt.getTime() - a.version.happenedAt.getTime())
  const shown = found.slice(0, FOUND_AT_MOST)
  const views = await recordViews(
    parts,
    by,
    admitted,
    shown.map(({ version }) => version),
  )
  return {
    words: query.words.map(({ key }) => key),
    count: found.length,
    found: views.map((record, at) => ({
      record,
      excerpt: excerptOf(bestLineOf(shown[at]?.text ?? '', query), query),
    })),
  }
}
