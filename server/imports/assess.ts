/** A look at every row of a list: which can be taken in, what is wrong with the others, which are likely somebody who is known already (SPEC IM7, IM8). */
import { canReadCase } from '../../shared/access.ts'
import type { CaseId } from '../../shared/ids.ts'
import { Likenesses } from '../../shared/imports/duplicates.ts'
import { type HouseholdRow, readHousehold } from '../../shared/imports/household-row.ts'
import {
  IMPORT_DUPLICATES_SHOWN,
  IMPORT_FAULTS_SHOWN,
  type ImportDuplicate,
  type ImportFault,
} from '../../shared/protocol/imports.ts'
import { FINDING_STATES } from '../../shared/protocol/triage.ts'
import { dayInSeoul } from '../../shared/working-days.ts'
import { caseFactsWith } from '../conferences/facts.ts'
import type { By } from '../conferences/ports.ts'
import { createBreath } from './breath.ts'
import type { ImportOutcome, List } from './import-repository.ts'
import type { ImportParts } from './ports.ts'

/** More faults than that are all of one kind. */
const FAULTS_KEPT = 5_000
const TEXT_SHOWN = 60

/** The households of a list below its headings, row by row as the file counts them. */
export async function* householdsOf(
  { imports }: Pick<ImportParts, 'imports'>,
  list: List,
  fromPiece = 0,
): AsyncGenerator<{ row: number; cells: readonly string[]; read: ReturnType<typeof readHousehold> }> {
  const today = dayInSeoul(list.at.getTime())
  const width = list.headings.length
  const breath = createBreath()
  for (let piece = fromPiece; piece < list.pieces; piece++) {
    for (const one of await rowsOfPiece(imports, list, piece)) {
      const wait = breath.giveWay()
      if (wait !== undefined) await wait
      yield { ...one, read: readHousehold(one.cells, list.mapping, { today, width }) }
    }
  }
}

/** The rows of one piece that hold anything and are no heading. */
export async function rowsOfPiece(
  imports: ImportParts['imports'],
  list: Pick<List, '_id' | 'headingRow'>,
  piece: number,
): Promise<{ row: number; cells: string[] }[]> {
  const rows = await imports.rows(list._id, piece)
  return rows.filter(([place]) => place > list.headingRow).map(([place, cells]) => ({ row: place + 1, cells }))
}

export async function assess(parts: ImportParts, by: By, list: List): Promise<ImportOutcome> {
  const known = await knownBefore(parts, by, list)
  const inList = new Likenesses<number>()
  const outcome: ImportOutcome = {
    filled: 0,
    good: 0,
    faults: [],
    faultCount: 0,
    duplicates: [],
    duplicateCount: 0,
    faulty: [],
    doubles: [],
  }
  for await (const { row, cells, read } of householdsOf(parts, list)) {
    outcome.filled += 1
    const { household, faults } = read
    if (faults.length > 0) {
      outcome.faulty.push(row)
      outcome.faultCount += 1
      for (const { fault, column } of faults) {
        if (outcome.faults.length >= FAULTS_KEPT) break
        const text = column === null ? '' : (cells[column] ?? '')
        outcome.faults.push({ row, column: headingOf(list, column), fault, text: text.slice(0, TEXT_SHOWN) })
      }
      continue
    }
    const earlier = inList.find(household)
    const like = earlier === undefined ? known(household) : { kind: 'row' as const, row: earlier }
    inList.add(household, row)
    if (like === undefined) outcome.good += 1
    else {
      outcome.doubles.push(row)
      outcome.duplicateCount += 1
      if (outcome.duplicates.length < IMPORT_DUPLICATES_SHOWN) {
        const { name, birth, address } = household
        outcome.duplicates.push({ row, name, birth, address, like })
      }
    }
  }
  return outcome
}

/** Those shown on the screen; all that are kept stand in the file. */
export const shownFaults = (faults: readonly ImportFault[]): ImportFault[] => faults.slice(0, IMPORT_FAULTS_SHOWN)

const headingOf = ({ headings }: List, column: number | null): string =>
  column === null ? '' : headings[column] || String(column + 1)

type Known = (household: HouseholdRow) => ImportDuplicate['like'] | undefined

/** Households of the agency's other lists, and cases that this person may read: of nothing else anything shows. */
async function knownBefore(parts: ImportParts, by: By, list: List): Promise<Known> {
  const lists = new Map((await parts.imports.ofAgency(list.agencyId)).map(one => [one._id, one]))
  const cases = await readableCases(parts, by)
  const findings = new Likenesses<ImportDuplicate['like']>()
  for (const finding of (await parts.findings.ofAgency(list.agencyId)).values()) {
    const from = lists.get(finding.importId)
    if (from?.standing !== 'done' || from._id === list._id) continue
    const file = finding.caseId === '' ? undefined : cases.byId.get(finding.caseId)
    findings.add(
      finding,
      file === undefined
        ? {
            kind: 'finding',
            fileName: from.fileName,
            row: finding.row,
            name: finding.name,
            standing: FINDING_STATES[finding.state].ko,
          }
        : { kind: 'case', ...file },
    )
  }
  return household => findings.find(household) ?? cases.byName.get(nameKey(household.name))
}

const nameKey = (name: string): string =>
  name
    .normalize('NFC')
    .replace(/\s/g, '')
    .replace(/(가구|님|씨)$/, '')

interface ReadableCases {
  byId: Map<CaseId, { caseId: CaseId; title: string }>
  /** Only whole names: a household's usual label (김○○ 가구) hides the name, and would be like everybody of that family name. */
  byName: Map<string, { kind: 'case'; caseId: CaseId; title: string }>
}

async function readableCases(parts: ImportParts, by: By): Promise<ReadableCases> {
  const files = await parts.cases.ofWorker(by.actor.userId)
  const items = await parts.items.ofCases(files.map(file => file._id))
  const readable: ReadableCases = { byId: new Map(), byName: new Map() }
  for (const file of files) {
    const own = items.filter(item => item.caseId === file._id)
    if (!canReadCase(by.actor, caseFactsWith(file, own))) continue
    const one = { caseId: file._id, title: `${file.number} ${file.label}` }
    readable.byId.set(file._id, one)
    const key = nameKey(file.label)
    if (!/[○〇*]/.test(key)) readable.byName.set(key, { kind: 'case', ...one })
  }
  return readable
}
