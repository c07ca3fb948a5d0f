import { Refusal } from '../../shared/protocol/refusals.ts'

/** A refusal that its thrower has put on record already, with whose data it was about; the HTTP side then records nothing more. */
export class RecordedRefusal extends Refusal {}
