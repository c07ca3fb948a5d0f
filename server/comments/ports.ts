/** What comments need beside everything that conferences stand on, and what others ask of them. */
import type { ConferenceParts } from '../conferences/ports.ts'
import type { CommentRepository } from './comment-repository.ts'

export interface CommentParts extends ConferenceParts {
  comments: CommentRepository
}

/** For those who count: how much is unresolved. Who asks has made sure that the reader may open each of these items. */
export type OpenComments = Pick<CommentRepository, 'openIn'>
