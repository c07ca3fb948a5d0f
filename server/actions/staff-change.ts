/** Change of staff: the unfinished action items that were given to one person go to the successor (SPEC AC16). */
import { isUnfinished, standingAfter } from '../../shared/actions/action-moves.ts'
import { dayInSeoul } from '../../shared/working-days.ts'
import { commit } from '../conferences/commit.ts'
import type { WorkOfPeople } from '../people/ports.ts'
import { reachOfPerson } from './ledger-repository.ts'
import type { ActionParts } from './ports.ts'

/**
 * The work of people with their action items. Each item is one document: a hand-over that was interrupted, or that met somebody else's change,
 * is given again and takes what is left. Who may order it was asked by the caller.
 */
export function withActionItems(work: WorkOfPeople, parts: ActionParts): WorkOfPeople {
  return {
    ...work,
    async reassign(handOver) {
      const result = await work.reassign(handOver)
      await reassignActions(parts, handOver)
      return result
    },
  }
}

async function reassignActions(
  parts: ActionParts,
  { by, agencyId, from, to }: Parameters<WorkOfPeople['reassign']>[0],
): Promise<void> {
  const given = (await parts.ledger.within(reachOfPerson(from))).filter(
    ({ standing }) => standing.ownerUserId === from && standing.agencyId === agencyId && isUnfinished(standing.status),
  )
  for (const sealed of given) {
    const entry = await sealed.open()
    const at = parts.now()
    const standing = standingAfter(entry.standing, 'assign', { note: '', userId: to }, dayInSeoul(at))
    const step = {
      at: new Date(at),
      by: by.actor.userId,
      move: 'assign' as const,
      status: standing.status,
      until: standing.until,
      before: standing.before,
      agencyId,
      toAgencyId: null,
      toUserId: to,
      conferenceId: null,
      enteredFor: false,
      note: '',
    }
    await commit(parts, by, {
      action: 'action.hand-over',
      subject: entry.caseId ?? undefined,
      object: `action.${entry.actionId}`,
      write: () => parts.ledger.write({ ...entry, standing, history: [...entry.history, step], _v: entry._v + 1 }),
      announces: () => [],
    })
  }
}
