/** What lists and triage work with. */
import type { Actor } from '../../shared/access.ts'
import type { AgencyId, FindingId, ImportId } from '../../shared/ids.ts'
import type { Searchable } from '../../shared/search/matching.ts'
import type { By, ConferenceParts, MeetingOrder } from '../conferences/ports.ts'
import type { Finding, FindingRepository } from './finding-repository.ts'
import type { ImportRepository } from './import-repository.ts'

export interface ImportParts extends ConferenceParts {
  imports: ImportRepository
  findings: FindingRepository
  /** The id of a row's household: always the same one, so that taking in can be repeated (SPEC IM10). */
  findingIdOf(importId: ImportId, row: number): FindingId
  /** A mark of a list's headings, under which its mapping is remembered. */
  markOf(text: string): string
  turns: Turns
  /** What of a household is looked into by a search; its key is made once. */
  searchableOf(finding: Finding): Searchable
  /** Begins to take a list in, or goes on with it; does nothing while it is at it. */
  goOn(importId: ImportId): void
}

export interface TriageParts extends ImportParts {
  meetings: MeetingOrder
}

/** Work about one agency's lists, one piece after another: what is undone is not decided about at the same time. */
export interface Turns {
  in<T>(agencyId: AgencyId, work: () => Promise<T>): Promise<T>
}

export function createTurns(): Turns {
  const last = new Map<AgencyId, Promise<unknown>>()
  return {
    in(agencyId, work) {
      const turn = (last.get(agencyId) ?? Promise.resolve()).then(work, work)
      const settled = turn
        .catch(() => undefined)
        .then(() => {
          if (last.get(agencyId) === settled) last.delete(agencyId)
        })
      last.set(agencyId, settled)
      return turn
    },
  }
}

export interface ByAgency {
  by: By & { actor: Actor }
  agencyId: AgencyId
}
