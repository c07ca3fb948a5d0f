import { expect, test } from 'vitest'
import { itemsToTell } from '../../../client/features/room/since/since-lines.tsx'
import type { ItemProgressState } from '../../../shared/codes.ts'
import type { ItemId } from '../../../shared/ids.ts'
import type { ItemProgress } from '../../../shared/meeting/meeting-view.ts'
import type { SinceItem } from '../../../shared/protocol/http-api.ts'

const NOTHING = { added: 0, changed: 0, removed: 0 }
const itemOf = (letter: string): SinceItem => ({
  itemId: letter as ItemId,
  isNew: true,
  decisions: { ...NOTHING, added: 1 },
  actions: NOTHING,
  opinions: [],
  presentation: false,
  discussion: false,
})
const at = (state: ItemProgressState): ItemProgress => ({ state, openedAt: null, spentMs: 0 })
const progress = {
  ['a' as ItemId]: at('done'),
  ['b' as ItemId]: at('open'),
  ['c' as ItemId]: at('deferred'),
}
const items = ['a', 'b', 'c', 'd'].map(itemOf)

test('who comes for the first time is told of what was dealt with, not of what is going on or still to come', () => {
  expect(itemsToTell({ leftAt: null, items }, progress).map(item => item.itemId)).toEqual(['a', 'c'])
})

test('who comes back is told of everything that changed', () => {
  expect(itemsToTell({ leftAt: '2026-11-24T05:05:00.000Z', items }, progress)).toEqual(items)
})
