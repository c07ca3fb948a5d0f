/**
 * The destruction itself (RETENTION.md RT8, RT9): a plan of ids that was stored with the confirmation, and steps that may all be repeated. Records first, then the keys,
 * then the records once more: what a command that was under way wrote between finds no key to be read with, and is removed as well. Whoever reads
 * meanwhile is told that there is no such case (`gone-cases.ts`).
 */
import type { CaseId } from '../../shared/ids.ts'
import type { StoredRecord } from '../storage/port.ts'
import { type DestructionTools, FATES, filterOf, joined, planOf, speaksOf } from './destruction-plan.ts'
import type { DestructionPlan } from './destruction-repository.ts'

/** Removes everything of the case but the record that says so. May be repeated. */
export async function destroyCase(
  tools: DestructionTools,
  caseId: CaseId,
  confirmed: DestructionPlan,
  at: Date,
): Promise<void> {
  const first = joined(confirmed, await planOf(tools, caseId))
  await removeRecords(tools, caseId, first)
  for (const drawer of first.drawers) await tools.keyring.destroy(drawer, at)
  const second = joined(first, await planOf(tools, caseId))
  for (const drawer of second.drawers.slice(first.drawers.length)) await tools.keyring.destroy(drawer, at)
  await removeRecords(tools, caseId, second)
}

async function removeRecords(tools: DestructionTools, caseId: CaseId, plan: DestructionPlan): Promise<void> {
  for (const [name, fate] of FATES) {
    if (!('goes' in fate || 'words' in fate)) continue
    const by = 'goes' in fate ? fate.goes : fate.of
    if (by === 'notices') {
      await tools.notices.removeAbout(speaksOf(caseId, plan))
      continue
    }
    const filter = await filterOf(tools, by, caseId, plan)
    if (filter === undefined) continue
    const records = tools.store.collection<StoredRecord & Record<string, unknown>>(name)
    if ('goes' in fate) await records.deleteMany(filter)
    else await records.updateMany(filter, { $unset: Object.fromEntries(fate.words.map(field => [field, ''])) })
  }
}
