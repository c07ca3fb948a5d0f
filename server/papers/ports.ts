/** What papers need beside everything that conferences stand on. */
import type { ConferenceParts, SignIns } from '../conferences/ports.ts'
import type { PaperRepository } from './paper-repository.ts'
import type { PrintRepository } from './print-repository.ts'
import type { Scanner } from './scanner.ts'

export interface PaperParts extends ConferenceParts {
  papers: PaperRepository
  prints: PrintRepository
  /** Who somebody is by now: bytes may be on their way for minutes. */
  signIns: SignIns
  /** Looks into each paper before it is there for others; undefined where the house has none. */
  scanner?: Scanner | undefined
  /** Told why a paper could not be looked at. */
  onScanFailed?: (error: unknown) => void
}
