/** The guard of all kinds of documents: judges by the layout of the document's kind, and remembers per document object what it has found. */
import type { Doc } from 'yjs'
import type { DocumentRef } from '../../shared/documents/document-names.ts'
import { layoutOf } from '../../shared/documents/layout.ts'
import { applyGuarded } from './guard/apply-guarded.ts'
import { GuardMemory } from './guard/guard-memory.ts'
import { GUARD_LIMITS, type GuardLimits } from './guard/limits.ts'
import { judgeUpdate } from './guard/update-guard.ts'
import type { UpdateGuard } from './ports.ts'

export function createDocumentGuard(limits: GuardLimits = GUARD_LIMITS): UpdateGuard {
  // A document that is built anew is another object and is remembered anew.
  const memories = new WeakMap<Doc, GuardMemory>()
  const memoryOf = (doc: Doc, ref: DocumentRef) => {
    const known = memories.get(doc)
    if (known !== undefined) return known
    const memory = new GuardMemory(doc, layoutOf(ref.kind))
    memories.set(doc, memory)
    return memory
  }
  return {
    judge: (update, { doc, ref, writer, owners }) =>
      judgeUpdate(update, { doc, layout: layoutOf(ref.kind), writer, owners, limits, memory: memoryOf(doc, ref) }),
    apply: (doc, update) => applyGuarded(doc, update, undefined, memories.get(doc)),
  }
}

export const documentGuard: UpdateGuard = createDocumentGuard()
