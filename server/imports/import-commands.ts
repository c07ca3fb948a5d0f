/**
 * Reading a list, saying what its columns mean, taking it in and undoing it (SPEC IM1–IM13). Rows are stored masked, piece by piece, while the file is read; the list
 * is there for others from the one write that comes last. Everything that names somebody is sealed in the list's own drawer.
 */
import type { AgencyId, ImportId } from '../../shared/ids.ts'
import { guessColumns, headingKey, headingRow, type ImportField } from '../../shared/imports/import-columns.ts'
import {
  type ChangeImportBody,
  IMPORT_MAX_BYTES,
  IMPORT_PREVIEW_ROWS,
  type ImportAbout,
  type TakeInBody,
} from '../../shared/protocol/imports.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import { dayInSeoul } from '../../shared/working-days.ts'
import { refuse } from '../conferences/admission.ts'
import { commit } from '../conferences/commit.ts'
import type { By } from '../conferences/ports.ts'
import { assess } from './assess.ts'
import { type List, type PlacedRow, ROWS_PER_PIECE } from './import-repository.ts'
import type { ImportParts } from './ports.ts'
import { listHead, listRows } from './read-list.ts'

/** How the record of access names a list. */
export const importObject = (importId: ImportId) => `import.${importId}`

/** A list of this agency. @throws Refusal `not-found` for another agency's as for none */
export async function admitToImport(parts: ImportParts, by: By, agencyId: AgencyId, importId: ImportId): Promise<List> {
  const list = await parts.imports.find(importId)
  if (list?.agencyId === agencyId) return list
  return refuse(parts, by, 'not-found', { object: importObject(importId) })
}

/** Reads a file. @throws Refusal with what is wrong with it; nothing of it is kept then */
export async function readList(
  parts: ImportParts,
  by: By,
  agencyId: AgencyId,
  about: ImportAbout,
  content: AsyncIterable<Buffer>,
): Promise<List> {
  const bytes = await collected(content)
  const importId = parts.newId<ImportId>()
  const list: List = {
    _id: importId,
    _v: 1,
    agencyId,
    standing: 'arriving',
    route: about.route,
    foundOn: '',
    by: by.actor.userId,
    at: new Date(parts.now()),
    rows: 0,
    pieces: 0,
    masked: 0,
    taken: 0,
    hasRows: true,
    fileName: about.fileName,
    encoding: null,
    headingRow: -1,
    headings: [],
    mapping: [],
    isRemembered: false,
    preview: [],
    keep: [],
  }
  const { encoding } = listHead(bytes)
  await parts.imports.insert(list)
  try {
    const stored = await storeRows(parts, importId, bytes)
    const first = stored.first
    const heading = headingRow(first.map(([, cells]) => cells))
    const placed = heading < 0 ? undefined : first[heading]
    const columns = await columnsOf(parts, { ...list, headingRow: placed?.[0] ?? -1 }, first)
    const arrived = { ...list, ...columns, encoding, rows: stored.rows, pieces: stored.pieces, masked: stored.masked }
    await parts.imports.putOutcome(importId, await assess(parts, by, arrived))
    return await commit(parts, by, {
      action: 'import.read',
      object: importObject(importId),
      write: () => parts.imports.update(list, { ...arrived, standing: 'read' }),
      announces: () => [],
    })
  } catch (error) {
    // What cannot be removed now goes at the next start.
    await parts.imports.remove(importId).catch(() => undefined)
    throw error
  }
}

async function collected(content: AsyncIterable<Buffer>): Promise<Buffer> {
  const pieces: Buffer[] = []
  let size = 0
  for await (const piece of content) {
    size += piece.length
    if (size > IMPORT_MAX_BYTES) throw new Refusal('too-large', 'import-too-large')
    pieces.push(piece)
  }
  return Buffer.concat(pieces)
}

/** Kept beside the list while it is looked at: enough to show, and to say where the headings are. */
const FIRST_ROWS = 100

async function storeRows(parts: ImportParts, importId: ImportId, bytes: Buffer) {
  const first: PlacedRow[] = []
  let waiting: PlacedRow[] = []
  let rows = 0
  let pieces = 0
  let masked = 0
  for await (const row of listRows(bytes)) {
    masked += row.masked
    if (row.cells.length > 0) {
      waiting.push([rows, row.cells])
      if (first.length < FIRST_ROWS) first.push([rows, row.cells])
    }
    rows += 1
    if (waiting.length === ROWS_PER_PIECE) {
      await parts.imports.putRows(importId, pieces++, waiting)
      waiting = []
    }
  }
  if (waiting.length > 0) await parts.imports.putRows(importId, pieces++, waiting)
  if (first.length === 0) throw new Refusal('bad-request', 'import-empty')
  return { rows, pieces, masked, first }
}

/** Headings, what they mean and the first rows under them. */
async function columnsOf(
  parts: ImportParts,
  list: Pick<List, 'agencyId' | 'route' | 'headingRow'>,
  first: readonly PlacedRow[],
): Promise<Pick<List, 'headingRow' | 'headings' | 'mapping' | 'isRemembered' | 'preview'>> {
  const below = first.filter(([place]) => place > list.headingRow)
  const width = Math.max(0, ...below.map(([, cells]) => cells.length))
  const written = first.find(([place]) => place === list.headingRow)?.[1] ?? []
  const headings = list.headingRow < 0 ? Array.from({ length: width }, () => '') : written
  const remembered = await parts.imports.remembered(list.agencyId, headingsMark(parts, list.route, headings))
  const isRemembered = remembered !== undefined && remembered.length === headings.length
  return {
    headingRow: list.headingRow,
    headings,
    mapping: isRemembered ? remembered : guessColumns(headings),
    isRemembered,
    preview: below.slice(0, IMPORT_PREVIEW_ROWS).map(([place, cells]) => ({ row: place + 1, cells })),
  }
}

const headingsMark = (parts: ImportParts, route: string, headings: readonly string[]): string =>
  parts.markOf([route, ...headings.map(headingKey)].join('\n'))

/** @throws Refusal `conflict` for another version, `bad-request` for a mapping that fits no list */
export async function changeList(parts: ImportParts, by: By, list: List, body: ChangeImportBody): Promise<List> {
  if (list._v !== body._v) throw new Refusal('conflict')
  if (list.standing !== 'read') throw new Refusal('not-allowed', 'import-not-open')
  if (body.foundOn > dayInSeoul(parts.now())) throw new Refusal('bad-request', 'found-later')
  const first = (await parts.imports.rows(list._id, 0)).slice(0, FIRST_ROWS)
  const moved = body.headingRow !== list.headingRow
  const columns = moved
    ? await columnsOf(parts, { ...list, headingRow: body.headingRow }, first)
    : { ...list, mapping: mappingFor(body.mapping, list.headings.length), isRemembered: false }
  const { headingRow: row, headings, mapping, isRemembered, preview } = columns
  const { route, foundOn } = body
  const changes = { route, foundOn, headingRow: row, headings, mapping, isRemembered, preview }
  // The outcome is of the mapping that is stored next; a crash between the two leaves one that the next change replaces.
  await parts.imports.putOutcome(list._id, await assess(parts, by, { ...list, ...changes }))
  if (!moved) await parts.imports.remember(list.agencyId, headingsMark(parts, route, headings), mapping)
  return commit(parts, by, {
    action: 'import.change',
    object: importObject(list._id),
    write: () => parts.imports.update(list, changes),
    announces: () => [],
  })
}

function mappingFor(asked: readonly (ImportField | null)[], width: number): (ImportField | null)[] {
  if (asked.length !== width) throw new Refusal('bad-request', 'import-mapping')
  const named = asked.filter(field => field !== null)
  if (new Set(named).size !== named.length) throw new Refusal('bad-request', 'import-mapping-twice')
  return [...asked]
}

/** Begins to take a list in. Sent again while it is at it, it changes nothing. */
export async function takeIn(parts: ImportParts, by: By, list: List, body: TakeInBody): Promise<List> {
  if (list.standing === 'taking_in' || list.standing === 'done') return list
  if (list._v !== body._v) throw new Refusal('conflict')
  if (list.standing !== 'read') throw new Refusal('not-allowed', 'import-not-open')
  if (!list.mapping.includes('name')) throw new Refusal('bad-request', 'import-no-name')
  // Looked at anew: the lists of before, and what the person may read, may be others than when it was shown.
  const outcome = await assess(parts, by, list)
  const doubles = new Set(outcome.doubles)
  const keep = body.keep.filter(row => doubles.has(row))
  if (outcome.good + keep.length === 0) throw new Refusal('bad-request', 'import-nothing')
  await parts.imports.putOutcome(list._id, outcome)
  const begun = await commit(parts, by, {
    action: 'import.take_in',
    object: importObject(list._id),
    write: () =>
      parts.imports.update(list, {
        standing: 'taking_in',
        keep,
        taken: 0,
        foundOn: list.foundOn || dayInSeoul(parts.now()),
      }),
    announces: () => [],
  })
  parts.goOn(list._id)
  return begun
}

/** Throws away what was only read, or takes back what was taken in, whole. @throws Refusal `not-allowed` once triage has begun */
export function undoList(parts: ImportParts, by: By, list: List, asked: { _v: number }): Promise<void> {
  return parts.turns.in(list.agencyId, async () => {
    if (list._v !== asked._v) throw new Refusal('conflict')
    if (list.standing === 'taking_in') throw new Refusal('not-allowed', 'import-running')
    if (list.standing === 'done' && !(await isUntouched(parts, list))) {
      throw new Refusal('not-allowed', 'import-triaged')
    }
    await commit(parts, by, {
      action: 'import.undo',
      object: importObject(list._id),
      reason: list.standing,
      write: () => parts.imports.update(list, { standing: 'undoing' }),
      announces: () => [],
    })
    await finishUndoing(parts, list)
  })
}

export async function isUntouched(parts: Pick<ImportParts, 'findings'>, list: List): Promise<boolean> {
  for (const finding of (await parts.findings.ofAgency(list.agencyId)).values()) {
    if (finding.importId === list._id && finding._v > 1) return false
  }
  return true
}

/** May be repeated. */
export async function finishUndoing(parts: Pick<ImportParts, 'findings' | 'imports'>, list: List): Promise<void> {
  await parts.findings.removeOf(list.agencyId, list._id)
  await parts.imports.remove(list._id)
}
