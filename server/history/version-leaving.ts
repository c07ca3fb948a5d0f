/** With an item's record, its versions go (SPEC HI4). */
import type { ItemId } from '../../shared/ids.ts'
import type { ConferenceParts } from '../conferences/ports.ts'
import type { VersionRepository } from './version-repository.ts'

/** Returns its stopper, which resolves when everything on its way is done. */
export function followLeavingItems(
  parts: Pick<ConferenceParts, 'changes' | 'items'> & { versions: Pick<VersionRepository, 'removeOf'> },
  onFailure: (error: unknown) => void,
): () => Promise<void> {
  let work = Promise.resolve()
  const stop = parts.changes.onChange(keys => {
    const itemIds = keys.flatMap(key => (key.startsWith('item:') ? [key.slice('item:'.length) as ItemId] : []))
    for (const itemId of itemIds) {
      work = work.then(async () => {
        if ((await parts.items.find(itemId)) === undefined) await parts.versions.removeOf(itemId)
      })
      work = work.catch(onFailure)
    }
  })
  return async () => {
    stop()
    await work
  }
}
