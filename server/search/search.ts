/**
 * One search: what the person may read, what of it holds the words, and the record of what is shown, before it is shown (SPEC SQ6, SQ9). The order
 * is fixed: access first, so that neither a count nor the time that an answer takes says anything about what is not for this person.
 */

import { canReadCaseRecord } from '../../shared/access.ts'
import { documentNameOf } from '../../shared/documents/document-names.ts'
import type { AgencyId, CaseId } from '../../shared/ids.ts'
import {
  SEARCH_KINDS,
  type SearchBody,
  type SearchHit,
  type SearchKind,
  type SearchView,
} from '../../shared/protocol/search.ts'
import { bestLineOf, excerptOf } from '../../shared/search/matching.ts'
import { readQuery, type SearchQuery } from '../../shared/search/query.ts'
import type { RecordIndex, RecordToFind } from '../case-records/record-index.ts'
import type { CodeSets } from '../code-sets/code-sets.ts'
import type { By, ConferenceParts } from '../conferences/ports.ts'
import { type AgencyNames, candidatesOf } from './candidates.ts'
import type { DocumentEntries } from './document-entries.ts'
import { type Found, rankedByKind, Scoring } from './ranking.ts'
import { type Reach, readReach } from './reach.ts'
import type { SearchIndex } from './search-index.ts'
import type { SearchRepository } from './search-repository.ts'

export interface SearchParts
  extends Pick<ConferenceParts, 'conferences' | 'items' | 'cases' | 'actions' | 'people' | 'audit' | 'newId' | 'now'> {
  index: SearchIndex
  recordIndex: Pick<RecordIndex, 'of'>
  searches: SearchRepository
  codeSets: CodeSets
}

/** Of each kind at first, and when more of one is asked for. */
const SHOWN_OF_EACH = 5
const SHOWN_OF_ONE = 20

export async function search(
  parts: SearchParts,
  by: By,
  { query: typed, kind, from = 0 }: SearchBody,
): Promise<SearchView> {
  const query = readQuery(typed)
  const found = query.words.length === 0 ? new Map() : await find(parts, by, query)
  const shown = (kind === undefined ? SEARCH_KINDS : [kind]).flatMap(one => {
    const all: readonly Found[] = found.get(one) ?? []
    if (all.length === 0) return []
    const some = kind === undefined ? all.slice(0, SHOWN_OF_EACH) : all.slice(from, from + SHOWN_OF_ONE)
    return [{ kind: one, count: all.length, some }]
  })
  const groups = await Promise.all(
    shown.map(async ({ kind: one, count, some }) => ({
      kind: one,
      count,
      hits: await Promise.all(some.map(each => hitOf(parts, query, each))),
    })),
  )
  await record(parts, by, typed, groups)
  return { words: query.words.map(word => word.key), groups }
}

async function find(parts: SearchParts, by: By, query: SearchQuery): Promise<Map<SearchKind, Found[]>> {
  const reach = await readReach(parts, by.actor)
  const entries = await parts.index.of(documentsOf(reach))
  const records = await readableRecords(parts, by, reach)
  const agencies = await namesOf(parts, reach, entries, records)
  const codeSets = await parts.codeSets.now()
  const scoring = new Scoring(query)
  const found: Found[] = []
  for (const candidate of candidatesOf({ reach, entries, records, agencies, codeSets })) {
    const one = scoring.scored(candidate)
    if (one !== undefined) found.push(one)
  }
  return rankedByKind(found)
}

/** Records of the cases that the person may read, without those that another agency keeps for itself (SPEC SQ12). */
async function readableRecords(
  { recordIndex }: Pick<SearchParts, 'recordIndex'>,
  { actor }: By,
  { caseFacts }: Reach,
): Promise<ReadonlyMap<CaseId, readonly RecordToFind[]>> {
  const all = await recordIndex.of([...caseFacts.keys()])
  return new Map(
    [...caseFacts].map(([caseId, facts]) => {
      return [caseId, (all.get(caseId) ?? []).filter(record => canReadCaseRecord(actor, facts, record))]
    }),
  )
}

/** Every document that the person may read and that holds something to be found. */
export function documentsOf(reach: Reach): string[] {
  return [...[...reach.items.values()].map(({ document }) => document), ...reach.ledgers.keys(), ...reach.notes.keys()]
}

async function namesOf(
  { people }: SearchParts,
  reach: Reach,
  entries: ReadonlyMap<string, DocumentEntries>,
  records: ReadonlyMap<CaseId, readonly RecordToFind[]>,
): Promise<AgencyNames> {
  const ids = new Set<AgencyId>(reach.conferences.map(conference => conference.hostAgencyId))
  for (const found of records.values()) for (const { agencyId } of found) ids.add(agencyId)
  for (const { parts, actions } of entries.values()) {
    for (const { agencyId } of actions) ids.add(agencyId)
    for (const { agencyId } of parts) if (agencyId !== undefined) ids.add(agencyId)
  }
  const names = [...ids].map(async agencyId => {
    const agency = await people.agency(agencyId)
    return [agencyId, agency ? `${agency.name} ${agency.shortName}` : ''] as const
  })
  return new Map(await Promise.all(names))
}

async function hitOf(parts: SearchParts, query: SearchQuery, { candidate, hit, part }: Found): Promise<SearchHit> {
  const { action } = candidate
  const states = action === null ? [] : await parts.actions.ofDocuments([action.document])
  const state = states.find(one => one.actionId === action?.id)
  // Who took it over owes it, whatever the words still say.
  const agencyId = part.agencyId ?? state?.agencyId ?? candidate.agencyId
  const agency = agencyId === null ? undefined : await parts.people.agency(agencyId)
  return {
    ...hit,
    part: part.part,
    excerpt: excerptOf(bestLineOf(part.text, query), query),
    agencyName: agency?.shortName ?? '',
    status: action && (state?.status ?? 'proposed'),
  }
}

/** One record of access for each case that the answer shows, or one that it shows none; the words lie sealed under the search's own id. */
async function record(parts: SearchParts, by: By, typed: string, groups: SearchView['groups']): Promise<void> {
  const searchId = parts.newId()
  const shown = new Map<CaseId, string>()
  for (const { caseId, itemId } of groups.flatMap(({ hits }) => hits)) {
    if (caseId === null || shown.has(caseId)) continue
    const document = itemId === null ? { kind: 'case' as const, caseId } : { kind: 'item' as const, itemId }
    shown.set(caseId, documentNameOf(document))
  }
  await parts.searches.insert({ _id: searchId, by: by.actor.userId, at: new Date(parts.now()), query: typed })
  const entry = {
    actor: by.actor.userId,
    sessionId: by.sessionId,
    address: by.address,
    action: 'search.run',
    outcome: 'ok' as const,
  }
  const object = `search.${searchId}`
  const cases = [...shown]
  if (cases.length === 0) await parts.audit.record({ ...entry, object })
  await Promise.all(
    cases.map(([subject, document]) => parts.audit.record({ ...entry, subject, object: `${object} ${document}` })),
  )
}
