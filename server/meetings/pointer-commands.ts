/** The one pointer, and how far each item is (SPEC MP). */
import type { ItemId } from '../../shared/ids.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import type { MeetingRule, StepContext } from './command-rule.ts'
import { progressOf, withoutPointer, withProgress } from './item-progress.ts'
import { assertLeads } from './leading.ts'
import type { MeetingState } from './meeting-state.ts'

export type PointerCommand = 'pointer.move' | 'item.finish' | 'item.defer' | 'item.reopen'

function itemLed(
  state: MeetingState,
  context: Pick<StepContext<PointerCommand>, 'by' | 'admitted' | 'items'>,
  itemId: ItemId,
): { mayOpen: boolean } {
  assertLeads(state, context)
  const item = context.items.get(itemId)
  if (item === undefined) throw new Refusal('not-found', 'item')
  return item
}

export const POINTER_RULES: { readonly [Name in PointerCommand]: MeetingRule<Name> } = {
  'pointer.move': {
    on: 'meeting',
    policy: 'canWriteForOthers',
    step(state, context) {
      const { by, body, now } = context
      const { itemId } = body
      const { mayOpen } = itemLed(state, context, itemId)
      // Who may not open the item knows no place in it.
      const place = mayOpen ? body.place : null
      const { pointer: at } = state
      // Since when and by whom stay those of the item: with each place they would tell others how it is gone through.
      if (at?.itemId === itemId) return at.place === place ? state : { ...state, pointer: { ...at, place } }
      const pointer = { itemId, place, since: now, by: by.actor.userId }
      const left = withoutPointer(state, now)
      const opened = progressOf(left, itemId).state === 'done' ? left : withProgress(left, itemId, 'open', now)
      return { ...opened, pointer }
    },
  },
  'item.finish': {
    on: 'meeting',
    policy: 'canWriteForOthers',
    step(state, context) {
      itemLed(state, context, context.body.itemId)
      return withProgress(state, context.body.itemId, 'done', context.now)
    },
  },
  'item.defer': {
    on: 'meeting',
    policy: 'canWriteForOthers',
    step(state, context) {
      itemLed(state, context, context.body.itemId)
      return withProgress(state, context.body.itemId, 'deferred', context.now)
    },
  },
  'item.reopen': {
    on: 'meeting',
    policy: 'canWriteForOthers',
    step(state, context) {
      const { itemId } = context.body
      itemLed(state, context, itemId)
      return withProgress(state, itemId, state.pointer?.itemId === itemId ? 'open' : 'waiting', context.now)
    },
  },
}
