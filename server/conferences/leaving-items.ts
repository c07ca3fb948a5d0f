/** What lies with an item goes with the item's record. A crash in between leaves sealed bytes that nobody can ask for. */
import type { ItemId } from '../../shared/ids.ts'
import type { ConferenceParts } from './ports.ts'

/**
 * From now on. Returns its stopper, which resolves when everything on its way is done.
 * @param onFailure told of what could not be removed
 */
export function followLeavingItems(
  parts: Pick<ConferenceParts, 'changes' | 'items'>,
  removeOf: (itemId: ItemId) => Promise<void>,
  onFailure: (error: unknown) => void,
): () => Promise<void> {
  let work = Promise.resolve()
  const stop = parts.changes.onChange(keys => {
    const itemIds = keys.flatMap(key => (key.startsWith('item:') ? [key.slice('item:'.length) as ItemId] : []))
    for (const itemId of itemIds) {
      work = work
        .then(async () => {
          if ((await parts.items.find(itemId)) === undefined) await removeOf(itemId)
        })
        .catch(onFailure)
    }
  })
  return async () => {
    stop()
    await work
  }
}
