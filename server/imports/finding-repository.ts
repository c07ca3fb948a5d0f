/**
 * Found households at rest, and the copy of an agency's in memory that its board is counted and searched on (SPEC TR4): opened once, kept in step by every write here,
 * never on a disk. In clear: ids, codes, days, states; who it is lies sealed in the list's drawer.
 */
import type { DiscoveryRoute } from '../../shared/codes.ts'
import type { AgencyId, CaseId, FindingId, ImportId, UserId } from '../../shared/ids.ts'
import type { HouseholdRow } from '../../shared/imports/household-row.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import type { ExclusionReason, FindingState } from '../../shared/protocol/triage.ts'
import type { Keyring } from '../crypto/keyring.ts'
import type { Store } from '../storage/port.ts'
import { createBreath } from './breath.ts'

interface FindingRecord {
  _id: FindingId
  _v: number
  agencyId: AgencyId
  importId: ImportId
  /** As the file counts it, from 1. */
  row: number
  state: FindingState
  reason: ExclusionReason | ''
  route: DiscoveryRoute
  foundOn: string
  assignee: UserId | ''
  decidedBy: UserId | ''
  decidedAt: Date | null
  /** The case that it is becoming or became; empty before. */
  caseId: CaseId | ''
  sealed: Buffer
}

type Household = Omit<HouseholdRow, 'route' | 'foundOn'>
interface FindingWords extends Household {
  /** Beside a reason. */
  words: string
}

export type Finding = Omit<FindingRecord, 'sealed'> & FindingWords

export interface FindingRepository {
  /** Everything that the agency has, of lists in whatever standing, by id. */
  ofAgency(agencyId: AgencyId): Promise<ReadonlyMap<FindingId, Finding>>
  /** Which rows of a list, from and to (not including), are there already. */
  rowsOf(importId: ImportId, from: number, to: number): Promise<Set<number>>
  insert(findings: readonly Finding[]): Promise<void>
  /** @throws Refusal `conflict` when another version is stored */
  update(
    known: Finding,
    changes: Partial<Omit<Finding, '_id' | '_v' | 'agencyId' | 'importId' | 'row'>>,
  ): Promise<Finding>
  removeOf(agencyId: AgencyId, importId: ImportId): Promise<void>
}

/** Agencies whose board is kept in memory; more are opened again when they are asked for. Each household takes about one kilobyte. */
const AGENCIES_KEPT = 40

export function createFindingRepository({ store, keyring }: { store: Store; keyring: Keyring }): FindingRepository {
  const records = store.collection<FindingRecord>('findings')
  const shelf = new Map<AgencyId, Promise<Map<FindingId, Finding>>>()
  const contextOf = (findingId: FindingId) => `findings|${findingId}|words`

  async function opened({ sealed, ...clear }: FindingRecord): Promise<Finding> {
    const drawer = await keyring.drawer(`import:${clear.importId}`)
    return { ...clear, ...drawer.openJson<FindingWords>(sealed, contextOf(clear._id)) }
  }

  async function split(finding: Finding): Promise<FindingRecord> {
    const { name, birth, sex, phone, address, signs, note, sourceNumber, words, ...clear } = finding
    const drawer = await keyring.drawer(`import:${clear.importId}`)
    const text: FindingWords = { name, birth, sex, phone, address, signs, note, sourceNumber, words }
    return { ...clear, sealed: drawer.sealJson(text, contextOf(clear._id)) }
  }

  async function openShelf(agencyId: AgencyId): Promise<Map<FindingId, Finding>> {
    const found = new Map<FindingId, Finding>()
    const breath = createBreath()
    // Read one by one from the store, so that a list of 43,000 is not in memory twice.
    for await (const record of records.find({ agencyId })) {
      found.set(record._id, await opened(record))
      const wait = breath.giveWay()
      if (wait !== undefined) await wait
    }
    return found
  }

  function shelfOf(agencyId: AgencyId): Promise<Map<FindingId, Finding>> {
    const known = shelf.get(agencyId) ?? openShelf(agencyId)
    // The least lately asked for first.
    shelf.delete(agencyId)
    shelf.set(agencyId, known)
    known.catch(() => shelf.delete(agencyId))
    if (shelf.size > AGENCIES_KEPT) shelf.delete(shelf.keys().next().value ?? agencyId)
    return known
  }

  /** What was written while a shelf was being opened is on it as well. */
  async function shelve(agencyId: AgencyId, change: (onShelf: Map<FindingId, Finding>) => void): Promise<void> {
    const known = shelf.get(agencyId)
    if (known !== undefined) change(await known)
  }

  return {
    ofAgency: shelfOf,
    async rowsOf(importId, from, to) {
      const there = await records.find({ importId, row: { $gte: from, $lt: to } }, { projection: { row: 1 } }).toArray()
      return new Set(there.map(({ row }) => row))
    },
    async insert(findings) {
      const [first] = findings
      if (first === undefined) return
      await records.insertMany(await Promise.all(findings.map(split)))
      await shelve(first.agencyId, onShelf => {
        for (const finding of findings) onShelf.set(finding._id, finding)
      })
    },
    async update(known, changes) {
      const changed = { ...known, ...changes }
      const { _id, _v, ...fields } = await split(changed)
      const stored = await records.findOneAndUpdate(
        { _id, _v },
        { $set: fields, $inc: { _v: 1 } },
        { returnDocument: 'after' },
      )
      if (!stored) throw new Refusal('conflict')
      const now = { ...changed, _v: stored._v }
      await shelve(known.agencyId, onShelf => onShelf.set(_id, now))
      return now
    },
    async removeOf(agencyId, importId) {
      await records.deleteMany({ importId })
      await shelve(agencyId, onShelf => {
        for (const finding of [...onShelf.values()]) if (finding.importId === importId) onShelf.delete(finding._id)
      })
    },
  }
}
