/** What lies with an item goes with it (SPEC CM3). A crash in between leaves sealed lines that nobody can ask for. */
import type { ItemId } from '../../shared/ids.ts'
import type { CommentParts } from './ports.ts'

/**
 * From now on comments go with their item. Returns its stopper, which waits for what has begun.
 * @param onFailure told of what could not be removed
 */
export function followItemsOfComments(
  parts: Pick<CommentParts, 'changes' | 'items' | 'comments'>,
  onFailure: (error: unknown) => void,
): () => Promise<void> {
  let work = Promise.resolve()
  const stop = parts.changes.onChange(keys => {
    const itemIds = keys.flatMap(key => (key.startsWith('item:') ? [key.slice('item:'.length) as ItemId] : []))
    if (itemIds.length === 0) return
    work = work
      .then(async () => {
        for (const itemId of itemIds) {
          const isGone = (await parts.items.find(itemId)) === undefined
          if (isGone) await parts.comments.removeOf(itemId)
        }
      })
      .catch(onFailure)
  })
  return async () => {
    stop()
    await work
  }
}
