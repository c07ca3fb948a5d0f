/** Cases as they are read wherever it matters which agencies they are open to: each says so, as it is now (BASES.md BS1–BS3). */
import { groundsOf, NO_BASES } from '../../shared/bases/bases.ts'
import { dayInSeoul } from '../../shared/working-days.ts'
import type { Case, CaseRepository } from '../conferences/case-repository.ts'
import type { GroundedCase } from '../conferences/facts.ts'
import type { BasisRepository } from './basis-repository.ts'

export function withGrounds(
  cases: CaseRepository,
  bases: Pick<BasisRepository, 'find' | 'findMany'>,
  now: () => number,
): CaseRepository {
  async function told(file: Case): Promise<GroundedCase> {
    return { ...file, grounds: groundsOf(await bases.find(file._id), dayInSeoul(now())) }
  }

  async function allTold(files: readonly Case[]): Promise<GroundedCase[]> {
    const known = await bases.findMany(files.map(file => file._id))
    const today = dayInSeoul(now())
    return files.map(file => ({ ...file, grounds: groundsOf(known.get(file._id) ?? NO_BASES, today) }))
  }

  return {
    ...cases,
    async find(caseId) {
      const found = await cases.find(caseId)
      return found && told(found)
    },
    findMany: async caseIds => allTold(await cases.findMany(caseIds)),
    ofWorker: async userId => allTold(await cases.ofWorker(userId)),
    // What comes back of a write is judged on as well.
    insert: async created => told(await cases.insert(created)),
    update: async (known, fields) => told(await cases.update(known, fields)),
    async openLife(caseId) {
      const found = await cases.openLife(caseId)
      return found && { ...found, file: await told(found.file) }
    },
    async updateLife(known, fields) {
      const changed = await cases.updateLife(known, fields)
      return { ...changed, file: await told(changed.file) }
    },
  }
}
