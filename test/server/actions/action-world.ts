/** The small town of the conferences' tests, with action items: promises written into its documents, moved by its people. */
import { moveAction } from '../../../server/actions/action-commands.ts'
import { listActions } from '../../../server/actions/action-views.ts'
import { admitToAction } from '../../../server/actions/admit-action.ts'
import { createLedgerRepository } from '../../../server/actions/ledger-repository.ts'
import type { ActionParts } from '../../../server/actions/ports.ts'
import { projectedActionsOf } from '../../../server/actions/projector.ts'
import { newId } from '../../../server/lib/random.ts'
import type { ActionMove } from '../../../shared/actions/action-codes.ts'
import { must } from '../../../shared/assert.ts'
import { addAction, type NewAction } from '../../../shared/documents/actions-document.ts'
import { documentNameOf } from '../../../shared/documents/document-names.ts'
import type { ActionId, CaseId, UserId } from '../../../shared/ids.ts'
import type { MoveActionBody } from '../../../shared/protocol/action-api.ts'
import type { Town, World } from '../conferences/world.ts'

export const openLedger = (caseId: CaseId) => documentNameOf({ kind: 'actions', caseId, zone: 'open' })

export function withActions(world: World, town: Town) {
  const ledger = createLedgerRepository({ store: world.store, keyring: world.keyring })
  /** As the projector does, but of everything that stands on the shelf. */
  async function settled(): Promise<void> {
    for (const document of world.shelf.docs.keys()) {
      if (!document.startsWith('actions.') && !document.startsWith('conference.')) continue
      await ledger.project(document, await world.shelf.read(document, projectedActionsOf))
    }
  }
  const parts: ActionParts = {
    ...world.parts,
    ledger,
    projector: { settled },
    staffOf: async agencyId =>
      [...world.people.values()].flatMap(({ userId, name, active, memberships }) =>
        active ? memberships.filter(one => one.agencyId === agencyId).map(({ role }) => ({ userId, name, role })) : [],
      ),
  }
  return {
    parts,
    ledger,
    settled,
    /** Writes a promise into a ledger, as somebody in the room does. */
    async promise(about: Partial<NewAction> = {}, document = openLedger(town.caseId)): Promise<ActionId> {
      const id = about.id ?? newId<ActionId>()
      await world.shelf.edit(document, { behalfOf: town.leader }, doc =>
        addAction(doc, {
          agencyId: town.muhan,
          what: '국민기초생활 신청',
          by: town.leader,
          at: new Date(world.parts.now()).toISOString(),
          ...about,
          id,
        }),
      )
      return id
    },
    async move(
      who: UserId,
      actionId: ActionId,
      move: ActionMove,
      words: Partial<MoveActionBody> = {},
      document = openLedger(town.caseId),
    ) {
      const admitted = await admitToAction(parts, world.by(who), document, actionId)
      return moveAction(parts, world.by(who), admitted, { _v: admitted.entry._v, move, ...words })
    },
    /** What a person sees of it in the list; undefined when it is not there. */
    async seen(who: UserId, actionId: ActionId) {
      return (await listActions(parts, world.by(who))).find(view => view.actionId === actionId)
    },
    async entry(actionId: ActionId, document = openLedger(town.caseId)) {
      await settled()
      return must(await ledger.find(document, actionId), 'the action item')
    },
  }
}

export type ActionWorld = ReturnType<typeof withActions>
