/**
 * What the ledgers of cases and the records of checks tell for the figures (FIGURES.md FG11): services and days, which stand in clear. No drawer is opened.
 */
import type { Service } from '../../shared/code-sets/services.ts'
import type { AgencyFacts } from '../../shared/figures/agency-facts.ts'
import type { AgencyId, CaseId, CaseRecordId } from '../../shared/ids.ts'
import { lastDayOf } from '../../shared/resources/giving.ts'
import { dayInSeoul } from '../../shared/working-days.ts'
import { type FiguresSource, inHandfuls } from './figures-reading.ts'

interface AllocationInClear {
  _id: string
  caseId: CaseId
  service: Service
  from: string
  until: string
  endedOn: string
}

interface RecordInClear {
  _id: string
  recordId: CaseRecordId
  caseId: CaseId
  kind: string
  version: number
  narrowTo: AgencyId | null
  happenedAt: Date
}

export async function linkedFacts(
  { store }: Pick<FiguresSource, 'store'>,
  caseIds: readonly CaseId[],
): Promise<AgencyFacts['linked']> {
  const projection = { service: 1, from: 1, until: 1, endedOn: 1 } as const
  const given = await inHandfuls(caseIds, some =>
    store
      .collection<AllocationInClear>('allocations')
      .find({ caseId: { $in: some } }, { projection })
      .toArray(),
  )
  return given.flatMap(one => (lastDayOf(one) < one.from ? [] : [{ service: one.service, from: one.from }]))
}

/** @param agencyId whose own narrow records count as well */
export async function checkFacts(
  { store }: Pick<FiguresSource, 'store'>,
  caseIds: readonly CaseId[],
  agencyId: AgencyId,
): Promise<AgencyFacts['checks']> {
  const projection = { recordId: 1, caseId: 1, version: 1, narrowTo: 1, happenedAt: 1 } as const
  const versions = await inHandfuls(caseIds, some =>
    store
      .collection<RecordInClear>('caseRecords')
      .find({ caseId: { $in: some }, kind: 'monitoring' }, { projection })
      .toArray(),
  )
  const latest = new Map<CaseRecordId, RecordInClear>()
  for (const version of versions) {
    // Kept by another agency for itself alone: to this one it is not there.
    if (version.narrowTo && version.narrowTo !== agencyId) continue
    const known = latest.get(version.recordId)
    if (known === undefined || known.version < version.version) latest.set(version.recordId, version)
  }
  return [...latest.values()].map(({ caseId, happenedAt }) => ({ caseKey: caseId, on: dayInSeoul(happenedAt) }))
}
