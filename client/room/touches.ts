/**
 * Whether an update from others changes the text of one paragraph. Read from the update itself before it is applied, because once it is applied the
 * editor has drawn it.
 */
import * as Y from 'yjs'

/** True also when it cannot be told: waiting is harmless. */
export function touchesParagraph(update: Uint8Array, doc: Y.Doc, paragraph: Y.XmlElement): boolean {
  const own = new Set<string>()
  for (const type of [paragraph, ...paragraph.toArray()]) if (type._item) own.add(nameOf(type._item.id))
  const { structs, ds } = Y.decodeUpdate(update)
  const isOwn = (item: Y.Item) => item.parent instanceof Y.AbstractType && own.has(nameOf(item.parent._item?.id))

  /** Of this update's own new items, so that one that hangs on another is known as well. */
  const news: { client: number; from: number; to: number; touches: boolean }[] = []
  function hangsOnOwn(id: Y.ID): boolean {
    const earlier = news.find(one => one.client === id.client && id.clock >= one.from && id.clock < one.to)
    if (earlier) return earlier.touches
    const known = itemAt(doc, id)
    return known !== undefined && isOwn(known)
  }

  for (const struct of structs) {
    if (!(struct instanceof Y.Item)) continue
    const { id, length, parent, origin, rightOrigin } = struct
    if (id.clock + length <= Y.getState(doc.store, id.client)) continue
    const touches =
      parent instanceof Y.ID ? own.has(nameOf(parent)) : [origin, rightOrigin].some(by => by !== null && hangsOnOwn(by))
    if (touches) return true
    news.push({ client: id.client, from: id.clock, to: id.clock + length, touches })
  }

  for (const [client, ranges] of ds.clients) {
    const end = Y.getState(doc.store, client)
    for (const { clock, len } of ranges) {
      for (let at = clock; at < Math.min(clock + len, end); ) {
        const struct = Y.getItem(doc.store, Y.createID(client, at))
        if (struct instanceof Y.Item && !struct.deleted && (isOwn(struct) || own.has(nameOf(struct.id)))) return true
        at = struct.id.clock + struct.length
      }
    }
  }
  return false
}

function itemAt(doc: Y.Doc, id: Y.ID): Y.Item | undefined {
  if (id.clock >= Y.getState(doc.store, id.client)) return undefined
  const struct = Y.getItem(doc.store, id)
  return struct instanceof Y.Item ? struct : undefined
}

const nameOf = (id: Y.ID | undefined) => `${id?.client}:${id?.clock}`
