/**
 * A process that has just started judges its first large update with code that the engine has not compiled yet, ten times slower than the
 * hundredth, and that in one piece: whoever comes back first with a long absence would hold everybody else. So what judges, applies and writes
 * updates is used on a document of its own beforehand, in pieces that nobody feels.
 */
import * as Y from 'yjs'
import { discussionOf } from '../../shared/documents/item-document.ts'
import type { ItemId, UserId } from '../../shared/ids.ts'
import { documentGuard } from './document-guard.ts'

const PIECES = 60
const LETTERS = 150
const NOBODY = 'AAAAAAAAAAAAAAAAAAAAAA'

/** @param turn resolves in a later turn of the event loop; `false` ends it. Throws when the guard no longer takes ordinary words. */
export async function warmUp(turn: () => Promise<boolean>): Promise<void> {
  const writer = { userId: NOBODY as UserId, agencyId: null, conducts: false, clearedAgencies: [] }
  const ref = { kind: 'item', itemId: NOBODY as ItemId } as const
  const theirs = new Y.Doc()
  const ours = new Y.Doc()
  const owners = new Map([[theirs.clientID, writer.userId]])
  for (let piece = 0; piece < PIECES && (await turn()); piece++) {
    const known = Y.encodeStateVector(theirs)
    theirs.transact(() => writePiece(theirs))
    const update = Y.encodeStateAsUpdate(theirs, known)
    const verdict = documentGuard.judge(update, { doc: ours, ref, writer, owners })
    if (!verdict.ok || documentGuard.apply(ours, update).state !== 'applied') {
      throw new Error(`The guard refused ordinary words: ${JSON.stringify(verdict)}`)
    }
  }
  theirs.destroy()
  ours.destroy()
}

/** Letters that never join, each before the one before it; some marked, some gone again. */
function writePiece(doc: Y.Doc): void {
  const paragraph = new Y.XmlElement('paragraph')
  const text = new Y.XmlText()
  paragraph.insert(0, [text])
  discussionOf(doc).push([paragraph])
  for (let letter = 0; letter < LETTERS; letter++) text.insert(0, '가')
  for (let letter = 0; letter < LETTERS; letter += 10) text.delete(letter, 1)
  text.format(5, 20, { bold: {} })
}
