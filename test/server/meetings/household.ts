/** A live meeting whose item about a case has something to read back: one decision, one action item, and a minute-taker beside the leader. */
import { changeConference } from '../../../server/conferences/conference-commands.ts'
import { newId } from '../../../server/lib/random.ts'
import { addAction } from '../../../shared/documents/actions-document.ts'
import { documentNameOf } from '../../../shared/documents/document-names.ts'
import { addDecision } from '../../../shared/documents/item-document.ts'
import type { ActionId, DecisionId, UserId } from '../../../shared/ids.ts'
import { type MeetingUnderTest, meetingUnderTest } from './meeting-under-test.ts'

export const AT = '2026-11-24T03:00:00.000Z'
/** A decision's words, which only the cleared may hear. */
export const SECRET = '검사비를 빚 없이 마련한다'

export interface Household {
  m: MeetingUnderTest
  minuteTaker: UserId
  decisionId: DecisionId
  /** Names of its documents. */
  item: string
  actions: string
}

export async function householdUnderTest(): Promise<Household> {
  const m = await meetingUnderTest()
  const { world, town, conferenceId, itemId } = m
  const minuteTaker = world.person('minutes', [town.dong, 'case_worker'])
  const admitted = await world.toChange(town.leader, conferenceId)
  const { participants, _v } = admitted.conference
  const part = { userId: minuteTaker, agencyId: town.dong, role: 'minute_taker' as const }
  await changeConference(world.parts, world.by(town.leader), admitted, { _v, participants: [...participants, part] })
  await world.parts.conferences.accept(conferenceId, [minuteTaker])
  const decisionId = newId<DecisionId>()
  const item = documentNameOf({ kind: 'item', itemId })
  const actions = documentNameOf({ kind: 'actions', caseId: town.caseId, zone: 'open' })
  const by = town.leader
  await world.shelf.edit(item, { behalfOf: by }, doc =>
    addDecision(doc, { id: decisionId, kind: 'allocate_resource', by, at: AT, text: SECRET }),
  )
  await world.shelf.edit(actions, { behalfOf: by }, doc =>
    addAction(doc, { id: newId<ActionId>(), agencyId: town.muhan, what: '간병비', by, at: AT, itemId }),
  )
  return { m, minuteTaker, decisionId, item, actions }
}
