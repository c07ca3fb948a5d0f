import type { ConferenceParts } from '../conferences/ports.ts'
import type { ResearchRepository } from './research-repository.ts'

export interface ResearchParts extends ConferenceParts {
  research: ResearchRepository
}
