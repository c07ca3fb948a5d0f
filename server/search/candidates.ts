/** Everything that could be found for a person, each with its own words and those that surround it. Pure: reach and index in, candidates out. */
import { CASE_RECORD_KINDS } from '../../shared/case-records/kinds.ts'
import type { CodeSetName } from '../../shared/code-sets/shipped.ts'
import { CONFERENCE_TYPES } from '../../shared/codes.ts'
import type { ActionId, AgencyId, CaseId } from '../../shared/ids.ts'
import type { SearchHit } from '../../shared/protocol/search.ts'
import type { Searchable } from '../../shared/search/matching.ts'
import { composed, searchKeyOf } from '../../shared/search/search-key.ts'
import type { RecordToFind } from '../case-records/record-index.ts'
import type { CodeSetsNow } from '../code-sets/code-sets.ts'
import type { Case } from '../conferences/case-repository.ts'
import type { Conference } from '../conferences/conference-repository.ts'
import type { ActionToFind, DocumentEntries, EntryPart } from './document-entries.ts'
import { conferenceDocument, type Reach, type ReachedItem, type ReachedLedger } from './reach.ts'

/** A hit without what is only known once it is shown. */
export type HitFacts = Omit<SearchHit, 'part' | 'excerpt' | 'agencyName' | 'status'>

export interface Candidate {
  /** Made only for what is found. */
  hit(): HitFacts
  parts: readonly EntryPart[]
  /** Whose it is: its name is told with it. */
  agencyId: AgencyId | null
  /** Where its state is kept, of an action item. */
  action: { document: string; id: ActionId } | null
  /** What surrounds it; the same object for the same words within a search. Asked for only where a word is not in its own words. */
  around(): readonly Searchable[]
}

/** Names of agencies, for what surrounds their opinions and promises. */
export type AgencyNames = ReadonlyMap<AgencyId, string>

interface Findable {
  reach: Reach
  entries: ReadonlyMap<string, DocumentEntries>
  /** By case, those that the person may read. */
  records: ReadonlyMap<CaseId, readonly RecordToFind[]>
  agencies: AgencyNames
  /** What needs and decisions are called (CODE-SETS.md CO9). */
  codeSets: Pick<CodeSetsNow, 'labelOf'>
}

interface World extends Findable {
  around(...words: readonly string[]): Searchable[]
  aroundItem(reached: ReachedItem): readonly string[]
}

export function* candidatesOf(findable: Findable): Generator<Candidate> {
  const world: World = { ...findable, around: surroundings(), aroundItem: itemSurroundings(findable) }
  for (const reached of world.reach.items.values()) {
    yield itemCandidate(world, reached)
    yield* decisionCandidates(world, reached)
  }
  for (const ledger of world.reach.ledgers.values()) yield* actionCandidates(world, ledger)
  for (const conference of world.reach.conferences) yield conferenceCandidate(world, conference)
  for (const file of world.reach.cases.values()) {
    yield caseCandidate(world, file)
    for (const record of world.records.get(file._id) ?? []) yield recordCandidate(world, file, record)
  }
}

function itemCandidate(world: World, reached: ReachedItem): Candidate {
  const { item, document } = reached
  const entries = world.entries.get(document)
  const agencyIds = (entries?.parts ?? []).flatMap(({ agencyId }) => agencyId ?? [])
  return {
    hit: () => ({ ...placeOf(world, reached), kind: 'item', key: item._id, decisionKind: null, due: '' }),
    // The title last: where one of the words stands in a sentence as well, the sentence says more.
    parts: [...(entries?.parts ?? []), titlePart(world, titleOf(world, reached))],
    agencyId: null,
    action: null,
    around: () => {
      const needs = (entries?.needs ?? []).map(need => codeWords(world, 'need_domain', need))
      return world.around(
        ...world.aroundItem(reached),
        ...needs,
        ...agencyIds.map(agencyId => world.agencies.get(agencyId) ?? ''),
      )
    },
  }
}

function* decisionCandidates(world: World, reached: ReachedItem): Generator<Candidate> {
  for (const { id, kind, need, parts } of world.entries.get(reached.document)?.decisions ?? []) {
    yield {
      hit: () => ({ ...placeOf(world, reached), kind: 'decision', key: id, decisionKind: kind ?? null, due: '' }),
      parts,
      agencyId: null,
      action: null,
      around: () =>
        world.around(
          ...world.aroundItem(reached),
          codeWords(world, 'decision_kind', kind),
          codeWords(world, 'need_domain', need),
        ),
    }
  }
}

function* actionCandidates(world: World, ledger: ReachedLedger): Generator<Candidate> {
  for (const action of world.entries.get(ledger.document)?.actions ?? []) {
    const shown = itemOf(ledger, action)
    if (shown === undefined && !ledger.throughCase) continue
    yield {
      hit: () => ({
        ...(shown ? placeOf(world, shown) : placeOfCase(ledger.file)),
        at: action.at,
        kind: 'action',
        key: action.id,
        decisionKind: null,
        due: action.due,
      }),
      parts: action.parts,
      agencyId: action.agencyId,
      action: { document: ledger.document, id: action.id },
      around: () =>
        world.around(
          ...(shown ? world.aroundItem(shown) : [wordsOfCase(ledger.file)]),
          world.agencies.get(action.agencyId) ?? '',
          action.person,
          codeWords(world, 'need_domain', action.need),
        ),
    }
  }
}

/**
 * The item at which an action item is shown: where it was made, if the person may open that, else the newest of its case's that they may. The
 * ledger of a conference's general items is one document; there only those of an item that the person may open count.
 */
function itemOf({ file, items }: ReachedLedger, { itemId }: ActionToFind): ReachedItem | undefined {
  const own = items.find(({ item }) => item._id === itemId)
  if (own !== undefined || (file === undefined && itemId !== '')) return own
  return items.reduce<ReachedItem | undefined>(
    (newest, one) => (newest && newest.conference.startsAt >= one.conference.startsAt ? newest : one),
    undefined,
  )
}

function conferenceCandidate(world: World, conference: Conference): Candidate {
  const document = conferenceDocument(conference._id)
  const notes = world.reach.notes.has(document) ? (world.entries.get(document)?.parts ?? []) : []
  return {
    hit: () => ({
      kind: 'conference',
      key: conference._id,
      conferenceId: conference._id,
      itemId: null,
      caseId: null,
      title: conference.title,
      conferenceTitle: conference.title,
      at: conference.startsAt.toISOString(),
      decisionKind: null,
      due: '',
    }),
    parts: [titlePart(world, conference.title), ...notes],
    agencyId: null,
    action: null,
    around: () =>
      world.around(...whenAndWhat(conference), conference.place, world.agencies.get(conference.hostAgencyId) ?? ''),
  }
}

function caseCandidate(world: World, file: Case): Candidate {
  return {
    hit: () => ({ ...placeOfCase(file), kind: 'case', key: file._id, decisionKind: null, due: '' }),
    parts: [titlePart(world, wordsOfCase(file))],
    agencyId: null,
    action: null,
    around: () => [],
  }
}

function recordCandidate(world: World, file: Case, record: RecordToFind): Candidate {
  const { recordId, kind, agencyId, happenedAt, text, key } = record
  return {
    hit: () => ({
      ...placeOfCase(file),
      at: happenedAt.toISOString(),
      kind: 'record',
      key: recordId,
      decisionKind: null,
      due: '',
      recordKind: kind,
    }),
    parts: [{ part: 'text', text, key }],
    agencyId,
    action: null,
    around: () =>
      world.around(
        wordsOfCase(file),
        CASE_RECORD_KINDS[kind].ko,
        dayWords(happenedAt),
        world.agencies.get(agencyId) ?? '',
      ),
  }
}

function placeOf(world: World, reached: ReachedItem) {
  const { item, conference } = reached
  return {
    conferenceId: conference._id,
    itemId: item._id,
    caseId: item.caseId,
    title: titleOf(world, reached),
    conferenceTitle: conference.title,
    at: conference.startsAt.toISOString(),
  }
}

function placeOfCase(file: Case | undefined) {
  const caseId: CaseId | null = file?._id ?? null
  return { conferenceId: null, itemId: null, caseId, title: wordsOfCase(file), conferenceTitle: '', at: null }
}

/** The household, or the label that a general item has in its conference's document. */
function titleOf({ entries }: Findable, { item, conference, file }: ReachedItem): string {
  if (file !== undefined) return wordsOfCase(file)
  return entries.get(conferenceDocument(conference._id))?.labels.get(item._id) ?? ''
}

const wordsOfCase = (file: Case | undefined) => (file ? `${file.label} ${file.number}`.trim() : '')

/** What surrounds an item surrounds its decisions and action items, too. */
function itemSurroundings(findable: Findable): World['aroundItem'] {
  const known = new Map<ReachedItem, readonly string[]>()
  return reached => {
    const { conference } = reached
    const found = known.get(reached) ?? [conference.title, ...whenAndWhat(conference), titleOf(findable, reached)]
    known.set(reached, found)
    return found
  }
}

/** Its Korean name of now; empty for no code. */
const codeWords = ({ codeSets }: Findable, set: CodeSetName, code = ''): string => codeSets.labelOf(set, code)?.ko ?? ''

const SEOUL_OFFSET_MS = 9 * 3_600_000

/** So that "11월 통합사례회의" finds what was said in it, whatever the title is. */
function whenAndWhat({ startsAt, type }: Conference): string[] {
  const month = new Date(startsAt.getTime() + SEOUL_OFFSET_MS).getUTCMonth() + 1
  return [dayWords(startsAt), `${month}월 ${CONFERENCE_TYPES[type].ko}`]
}

function dayWords(at: Date): string {
  const inSeoul = new Date(at.getTime() + SEOUL_OFFSET_MS)
  return `${inSeoul.getUTCFullYear()}년 ${inSeoul.getUTCMonth() + 1}월 ${inSeoul.getUTCDate()}일`
}

function titlePart(world: World, title: string): EntryPart {
  const [keyed] = world.around(title)
  return { part: 'title', text: keyed?.text ?? '', key: keyed?.key ?? '' }
}

/** The same few words surround thousands of things: each is keyed once in a search. */
function surroundings(): World['around'] {
  const known = new Map<string, Searchable>()
  return (...words) =>
    words.filter(Boolean).map(text => {
      const found = known.get(text) ?? { text: composed(text), key: searchKeyOf(text) }
      known.set(text, found)
      return found
    })
}
