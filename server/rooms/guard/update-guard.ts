/**
 * Judges an update before it is applied: nothing of a refused one ever touches the document. The order is that of the design: size, strict
 * reading, whose client ids and no gap, deletions, and for every new struct its root, its place in the layout and its value. What it costs depends on
 * the update, not on the document.
 *
 * What is already known is ignored, so an update may be sent twice or overlap. What hangs on something that was collected meanwhile is harmless
 * (Yjs collects it too) and passes. See SPEC and `shared/documents/SCHEMA.md`.
 */
import * as Y from 'yjs'
import type { DocumentLayout } from '../../../shared/documents/layout-language.ts'
import type { UserId } from '../../../shared/ids.ts'
import type { RefusalReason } from '../../../shared/protocol/refusals.ts'
import type { WriterFacts } from '../ports.ts'
import { judgeDeletions } from './deletions.ts'
import { Effort, TooMuchEffort } from './effort.ts'
import { GuardMemory } from './guard-memory.ts'
import { GUARD_LIMITS, type GuardLimits } from './limits.ts'
import { NewStructs } from './new-structs.ts'
import { Refused } from './refused.ts'
import { MalformedUpdate } from './update-cursor.ts'
import { type ReadUpdate, readUpdate } from './update-reader.ts'

export interface GuardContext {
  doc: Y.Doc
  layout: DocumentLayout
  writer: WriterFacts
  /** Whose each client id of this document is, for ever. An id that nobody has may be claimed, once. */
  owners: ReadonlyMap<number, UserId>
  limits?: GuardLimits
  /** What the guard remembers of this document object between updates. Without it shapes are found anew and the document has no size limit. */
  memory?: GuardMemory
}

export type Verdict =
  | {
      ok: true
      /** Client ids that this update claims for its writer: to be kept before it is applied. */
      newClients: number[]
      /** Nothing in it is new: a stock client's answer to our state vector, or the same update again. */
      changesNothing: boolean
      /**
       * Only formatting goes that no reader could see. Yjs makes such updates by itself on every copy, also on those that may not write; from a
       * reader it can be applied or dropped, but it is no attempt to write.
       */
      onlyTidies: boolean
    }
  | { ok: false; reason: RefusalReason; detail: string }

/** Whether an update may be applied. Reads the document and changes nothing. */
export function judgeUpdate(update: Uint8Array, context: GuardContext): Verdict {
  const limits = context.limits ?? GUARD_LIMITS
  if (update.length > limits.updateBytes) return { ok: false, reason: 'too-large', detail: 'update' }
  try {
    return judge(update, readUpdate(update, limits.updateStructs), context, limits)
  } catch (trouble) {
    if (trouble instanceof Refused) return { ok: false, reason: trouble.reason, detail: trouble.detail }
    if (trouble instanceof TooMuchEffort) return { ok: false, reason: 'too-large', detail: 'effort' }
    if (trouble instanceof MalformedUpdate) {
      if (trouble.what === 'structs') return { ok: false, reason: 'too-large', detail: 'structs' }
      return { ok: false, reason: 'bad-message', detail: 'update' }
    }
    throw trouble
  }
}

function judge(bytes: Uint8Array, update: ReadUpdate, context: GuardContext, limits: GuardLimits): Verdict {
  const { doc, writer } = context
  const memory = context.memory ?? new GuardMemory(doc, context.layout)
  const effort = new Effort(limits)
  const fresh = new NewStructs({ bytes, doc, writer, limits, effort, shapes: memory.shapes })
  const newClients: number[] = []
  for (const section of update.sections) {
    const known = Y.getState(doc.store, section.client)
    if (section.clock > known) throw new Refused('update-refused', 'gap')
    fresh.checkKnown(section, known)
    if (section.end <= known) continue
    const owner = context.owners.get(section.client)
    if (owner === undefined && known === 0) newClients.push(section.client)
    else if (owner !== writer.userId) throw new Refused('update-refused', 'author')
    fresh.add(section, known)
  }
  if (newClients.length > limits.newClients) throw new Refused('too-large', 'clients')
  if (fresh.count > limits.newStructs) throw new Refused('too-large', 'structs')
  fresh.place()
  const deletions = judgeDeletions(update.deletions, { doc, writer, effort, shapes: memory.shapes, fresh })
  if (fresh.count > 0 && context.memory?.hasRoomFor(bytes.length, fresh.count, limits) === false)
    throw new Refused('too-large', 'document-full')
  return {
    ok: true,
    newClients,
    changesNothing: fresh.count === 0 && deletions === 'nothing',
    onlyTidies: fresh.count === 0 && deletions === 'tidies',
  }
}
