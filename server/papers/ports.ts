/** What papers need beside everything that conferences stand on. */
import type { ConferenceParts, SignIns } from '../conferences/ports.ts'
import type { PaperRepository } from './paper-repository.ts'
import type { PrintRepository } from './print-repository.ts'

export interface PaperParts extends ConferenceParts {
  papers: PaperRepository
  prints: PrintRepository
  /** Who somebody is by now: bytes may be on their way for minutes. */
  signIns: SignIns
}
