/**
 * What a document is made of, as data. The typed functions beside this file write it, the guard on the server checks every single piece of
 * an update against it, `invariants.ts` checks whole documents. A document of a kind holds exactly the roots named here, and nothing else.
 *
 * A root is one of three things: a long text; a map of records by id, whose fields have fixed names and each a rule; a map of flags.
 */

import { actionsLayout } from './actions-document.ts'
import { caseLayout } from './case-document.ts'
import { conferenceLayout } from './conference-document.ts'
import type { DocumentKind } from './document-names.ts'
import { itemLayout } from './item-document.ts'
import type { DocumentLayout, RootLayout } from './layout-language.ts'
import { supervisionLayout } from './supervision-document.ts'

/** The layout of a kind of document. */
export function layoutOf(kind: DocumentKind): DocumentLayout {
  switch (kind) {
    case 'conference':
      return conferenceLayout
    case 'item':
      return itemLayout
    case 'actions':
      return actionsLayout
    case 'case':
      return caseLayout
    case 'supervision':
      return supervisionLayout
  }
}

export interface RootFound {
  layout: RootLayout
  /** For a root that belongs to one agency, which. */
  agencyId: string | undefined
}

/** The layout of the root of that name, or undefined when the document has no such root. */
export function rootOf(layout: DocumentLayout, name: string): RootFound | undefined {
  const fixed = layout.roots.get(name)
  if (fixed !== undefined) return { layout: fixed, agencyId: undefined }
  for (const pattern of layout.patterns) {
    const agencyId = pattern.agencyOf(name)
    if (agencyId !== undefined) return { layout: pattern.root, agencyId }
  }
  return undefined
}
