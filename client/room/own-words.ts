/**
 * My own words out of a document that is about to be dropped: what I typed and the server does not have. Shown to the person to copy;
 * nobody else's words are among them.
 */
import * as Y from 'yjs'

/**
 * The text that the document's own client id wrote from `clock` on and that still stands, one entry per block, in reading order.
 * Pieces of one block that other people's words separate are joined by an ellipsis.
 */
export function wordsSince(doc: Y.Doc, clock: number): string[] {
  const blocks: string[] = []
  const mine = (item: Y.Item) => item.id.client === doc.clientID && item.id.clock + item.length > clock

  const walk = (type: Y.AbstractType<Y.YEvent<Y.AbstractType<unknown>>>) => {
    let line = ''
    let interrupted = false
    const endBlock = () => {
      if (line.trim() !== '') blocks.push(line.trim())
      line = ''
      interrupted = false
    }
    for (let item = type._start; item !== null; item = item.right) {
      if (item.deleted) continue
      if (item.content instanceof Y.ContentType) {
        // Texts directly inside one paragraph continue its line; every other child is a block of its own.
        endBlock()
        walk(item.content.type)
      } else if (item.content instanceof Y.ContentString) {
        if (!mine(item)) {
          interrupted = line !== ''
          continue
        }
        const from = Math.max(0, clock - item.id.clock)
        line += (interrupted ? ' … ' : '') + item.content.str.slice(from)
        interrupted = false
      }
    }
    endBlock()
    for (const item of type._map.values()) {
      if (item.deleted) continue
      if (item.content instanceof Y.ContentType) walk(item.content.type)
      else if (item.content instanceof Y.ContentAny && mine(item)) {
        for (const value of item.content.arr)
          if (typeof value === 'string' && /\s|[^\x20-\x7e]/.test(value)) blocks.push(value)
      }
    }
  }
  for (const root of doc.share.values()) walk(root)
  return blocks
}
