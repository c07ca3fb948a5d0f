/**
 * Lists at rest (SPEC IM9–IM12). In clear: ids, codes, counts, dates. Sealed in the list's own drawer: file name, headings, what was chosen, its rows while it is looked
 * at, and what is wrong with them. A list's rows lie in pieces beside it and go when it is taken in or thrown away.
 */
import type { DiscoveryRoute } from '../../shared/codes.ts'
import type { AgencyId, ImportId, UserId } from '../../shared/ids.ts'
import type { ImportField } from '../../shared/imports/import-columns.ts'
import type { ImportDuplicate, ImportFault } from '../../shared/protocol/imports.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import type { Keyring } from '../crypto/keyring.ts'
import type { Store } from '../storage/port.ts'

/** `arriving`: rows are being stored, nobody sees it. The rest: `shared/protocol/imports.ts`. */
export type Standing = 'arriving' | 'read' | 'taking_in' | 'done' | 'undoing'

interface ImportRecord {
  _id: ImportId
  _v: number
  agencyId: AgencyId
  standing: Standing
  route: DiscoveryRoute
  foundOn: string
  by: UserId
  at: Date
  /** Rows of the file, empty ones and headings with them. */
  rows: number
  pieces: number
  masked: number
  /** How many rows were looked at while taking in: where to go on. */
  taken: number
  /** Whether rows still lie beside it. */
  hasRows: boolean
  sealed: Buffer
}

export interface ImportWords {
  fileName: string
  encoding: string | null
  headingRow: number
  headings: string[]
  mapping: (ImportField | null)[]
  isRemembered: boolean
  preview: { row: number; cells: string[] }[]
  /** Likely doubles that are taken in all the same. */
  keep: number[]
}

/** What a look at every row found. */
export interface ImportOutcome {
  /** Rows that hold anything, without headings. */
  filled: number
  good: number
  faults: ImportFault[]
  faultCount: number
  duplicates: ImportDuplicate[]
  duplicateCount: number
  /** All rows that are left out: faulty ones, and likely doubles (which `keep` may bring back). */
  faulty: number[]
  doubles: number[]
}

export type List = Omit<ImportRecord, 'sealed'> & ImportWords

interface PieceRecord {
  _id: string
  _v: number
  importId: ImportId
  sealed: Buffer
}

interface MappingRecord {
  _id: string
  agencyId: AgencyId
  _v: number
  /** Empty for a column that is left out. */
  fields: (ImportField | '')[]
}

/** A row and its place in the file, from 0. Empty rows are not kept. */
export type PlacedRow = [place: number, cells: string[]]

export const ROWS_PER_PIECE = 500
/** What lies beside a list as one piece: what a look at its rows found. */
const OUTCOME = 'outcome'

export interface ImportRepository {
  find(importId: ImportId): Promise<List | undefined>
  /** Without those that arrive; the newest first. */
  ofAgency(agencyId: AgencyId): Promise<List[]>
  insert(list: Omit<List, '_v'>): Promise<void>
  /** @throws Refusal `conflict` when another version is stored */
  update(known: List, changes: Partial<Omit<List, '_id' | '_v'>>): Promise<List>
  putRows(importId: ImportId, piece: number, rows: readonly PlacedRow[]): Promise<void>
  rows(importId: ImportId, piece: number): Promise<PlacedRow[]>
  putOutcome(importId: ImportId, outcome: ImportOutcome): Promise<void>
  outcome(importId: ImportId): Promise<ImportOutcome | undefined>
  /** Removes what lies beside a list. May be repeated. */
  eraseRows(importId: ImportId, options?: { withOutcome: boolean }): Promise<void>
  remove(importId: ImportId): Promise<void>
  /** What a stopped server left: lists in these standings, and those done whose rows are still there. */
  unfinished(): Promise<List[]>
  remembered(agencyId: AgencyId, key: string): Promise<(ImportField | null)[] | undefined>
  remember(agencyId: AgencyId, key: string, mapping: readonly (ImportField | null)[]): Promise<void>
}

export function createImportRepository({ store, keyring }: { store: Store; keyring: Keyring }): ImportRepository {
  const records = store.collection<ImportRecord>('imports')
  const pieces = store.collection<PieceRecord>('importPieces')
  const mappings = store.collection<MappingRecord>('importMappings')
  const drawerOf = (importId: ImportId) => keyring.drawer(`import:${importId}`)
  const contextOf = (importId: ImportId) => `imports|${importId}|words`
  const pieceId = (importId: ImportId, piece: number | string) => `${importId}:${piece}`

  async function opened({ sealed, ...clear }: ImportRecord): Promise<List> {
    const drawer = await drawerOf(clear._id)
    return { ...clear, ...drawer.openJson<ImportWords>(sealed, contextOf(clear._id)) }
  }

  async function split(list: Omit<List, '_v'>): Promise<Omit<ImportRecord, '_v'>> {
    const { fileName, encoding, headingRow, headings, mapping, isRemembered, preview, keep, ...clear } = list
    const words: ImportWords = { fileName, encoding, headingRow, headings, mapping, isRemembered, preview, keep }
    const drawer = await drawerOf(list._id)
    return { ...clear, sealed: drawer.sealJson(words, contextOf(list._id)) }
  }

  async function putPiece(importId: ImportId, piece: number | string, value: unknown): Promise<void> {
    const _id = pieceId(importId, piece)
    const sealed = (await drawerOf(importId)).sealJson(value, `importPieces|${_id}`)
    await pieces.updateOne({ _id }, { $set: { importId, sealed }, $inc: { _v: 1 } }, { upsert: true })
  }

  async function piece<T>(importId: ImportId, name: number | string): Promise<T | undefined> {
    const _id = pieceId(importId, name)
    const record = await pieces.findOne({ _id })
    return record ? (await drawerOf(importId)).openJson<T>(record.sealed, `importPieces|${_id}`) : undefined
  }

  return {
    async find(importId) {
      const record = await records.findOne({ _id: importId })
      return record && record.standing !== 'arriving' ? opened(record) : undefined
    },
    async ofAgency(agencyId) {
      const found = await records
        .find({ agencyId, standing: { $ne: 'arriving' } }, { sort: { at: -1, _id: 1 } })
        .toArray()
      return Promise.all(found.map(opened))
    },
    async insert(list) {
      await records.insertOne({ ...(await split(list)), _v: 1 })
    },
    async update({ _v, ...known }, changes) {
      // A whole list may come as its changes: its version is this one's.
      const { _id, _v: _, ...fields } = { _v, ...(await split({ ...known, ...changes })) }
      const stored = await records.findOneAndUpdate(
        { _id, _v },
        { $set: fields, $inc: { _v: 1 } },
        { returnDocument: 'after' },
      )
      if (!stored) throw new Refusal('conflict')
      return opened(stored)
    },
    putRows: putPiece,
    async rows(importId, name) {
      const rows = await piece<PlacedRow[]>(importId, name)
      if (rows === undefined) throw new Error(`${importId}: piece ${name} is missing`)
      return rows
    },
    putOutcome: (importId, outcome) => putPiece(importId, OUTCOME, outcome),
    outcome: importId => piece<ImportOutcome>(importId, OUTCOME),
    async eraseRows(importId, options = { withOutcome: false }) {
      const kept = options.withOutcome ? {} : { _id: { $ne: pieceId(importId, OUTCOME) } }
      await pieces.deleteMany({ importId, ...kept })
    },
    async remove(importId) {
      await pieces.deleteMany({ importId })
      await records.deleteOne({ _id: importId })
    },
    async unfinished() {
      const open = await records.find({ standing: { $in: ['arriving', 'taking_in', 'undoing'] } }).toArray()
      const behind = await records.find({ standing: 'done', hasRows: true }).toArray()
      return Promise.all([...open, ...behind].map(opened))
    },
    async remembered(agencyId, key) {
      const known = await mappings.findOne({ _id: `${agencyId}:${key}` })
      return known?.fields.map(field => field || null)
    },
    async remember(agencyId, key, mapping) {
      const _id = `${agencyId}:${key}`
      const fields = mapping.map(field => field ?? '')
      await mappings.updateOne({ _id }, { $set: { agencyId, fields }, $inc: { _v: 1 } }, { upsert: true })
    },
  }
}
