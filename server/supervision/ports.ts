/** What a supervision needs beside everything that conferences stand on. */
import type { ConferenceParts } from '../conferences/ports.ts'
import type { SupervisionRepository } from './supervision-repository.ts'

export interface SupervisionParts extends ConferenceParts {
  supervisions: SupervisionRepository
}
