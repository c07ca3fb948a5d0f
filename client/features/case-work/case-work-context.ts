/** What every part of a case's document needs on the screen: the document, whether I may write, my own steps to take back, who else is here. */
import { createContext, use } from 'react'
import type * as Y from 'yjs'
import { must } from '../../../shared/assert.ts'
import type { AgencyId, CaseId } from '../../../shared/ids.ts'
import type { CaseView } from '../../../shared/protocol/http-api.ts'
import type { LinkState } from '../../room/document-link.ts'
import type { PersonPresence } from '../../room/presence.ts'
import type { Undoable } from '../room/use-shared.ts'
import type { Codes } from './codes.ts'

export interface CaseWork {
  caseId: CaseId
  view: CaseView
  doc: Y.Doc
  state: LinkState
  mayWrite: boolean
  undoable: Undoable
  /** Everybody but me who has it open. */
  others: readonly PersonPresence[]
  /** Where I am, for the others: a row or a part, e.g. `row:<id>`. */
  setPlace(place: string | null): void
  codes: Codes
  agencies: ReadonlyMap<AgencyId, { name: string; shortName: string; colour: number }>
}

export const CaseWorkContext = createContext<CaseWork | undefined>(undefined)

export function useCaseWork(): CaseWork {
  return must(use(CaseWorkContext), 'case work')
}
