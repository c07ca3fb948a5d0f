import type { RefusalReason } from '../../../shared/protocol/refusals.ts'

/** Ends the judging of an update. Never leaves this folder: it becomes a verdict. */
export class Refused extends Error {
  override name = 'Refused'
  readonly reason: RefusalReason
  readonly detail: string
  constructor(reason: RefusalReason, detail: string) {
    super(`${reason}: ${detail}`)
    this.reason = reason
    this.detail = detail
  }
}
