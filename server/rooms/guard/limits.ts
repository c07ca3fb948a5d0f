/** How much one update and one document may be. Every figure is generous for people and far below what would be felt by others. */
export interface GuardLimits {
  /** Bytes of one update. */
  updateBytes: number
  /** Structs and deleted ranges read from one update, those already known included. */
  updateStructs: number
  /** New structs in one update. */
  newStructs: number
  /** Client ids that one update may claim for its writer. */
  newClients: number
  /** UTF-16 code units in one run of text (a paragraph). */
  textLength: number
  /** How deep blocks may be nested, elements counted. */
  depth: number
  /** Bytes of a whole document, by estimate between two measurements. */
  documentBytes: number
  /** Structs of a whole document. */
  documentStructs: number
  /** Steps that putting the structs between their neighbours may take (see `effort.ts`). */
  placingSteps: number
  /** Array elements that splitting and joining structs may move (see `effort.ts`). */
  movedElements: number
}

export const GUARD_LIMITS: GuardLimits = {
  // Just below the largest frame, so that the guard and not the socket says that a paste is too large.
  updateBytes: 1_000_000,
  updateStructs: 200_000,
  // A day of offline writing by one person is some thousands: what is typed in a row is one struct.
  newStructs: 30_000,
  // One for each time the page was opened without a line.
  newClients: 32,
  // A paragraph of a hundred printed pages.
  textLength: 200_000,
  // Twenty levels of lists.
  depth: 40,
  // Five hundred printed pages. Reading a document anew is one piece of work for the event loop, so both figures say how long that holds it.
  documentBytes: 3_000_000,
  // A paper of 260,000 recorded edits ends with 11,000.
  documentStructs: 40_000,
  placingSteps: 200_000,
  movedElements: 40_000_000,
}
