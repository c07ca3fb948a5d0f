/** Screens read again when a root changed, also one that nobody here had heard of. */
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { watchRoots } from '../../../../client/features/room/use-shared.ts'
import { paragraphsOf } from '../../../../shared/documents/rich-text.ts'

test('a root that comes whole in one change is seen, although somebody read it before the watcher', () => {
  const [theirs, mine] = [new Y.Doc(), new Y.Doc()]
  // As other parts of the room do: the new root is given its type while the transaction ends.
  mine.on('afterTransaction', () => void mine.getXmlFragment('opinion'))
  let seen = 0
  const stop = watchRoots(mine, ['opinion', 'needs'], () => {
    seen += 1
  })
  theirs.getXmlFragment('opinion').insert(0, paragraphsOf('난방비를 지원한 적이 있음'))
  Y.applyUpdate(mine, Y.encodeStateAsUpdate(theirs))
  expect(seen).toBe(1)
  theirs.getXmlFragment('opinion').insert(1, paragraphsOf('한 번 더'))
  Y.applyUpdate(mine, Y.encodeStateAsUpdate(theirs))
  expect(seen).toBe(2)
  mine.getMap('elsewhere').set('a', 1)
  expect(seen).toBe(2)
  stop()
  mine.getMap('needs').set('health', true)
  expect(seen).toBe(2)
})
