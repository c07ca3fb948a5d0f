/**
 * What everybody in a document is shown of a person there: who (decided by the server, from records) and where (told by the person's
 * client). This is the JSON of an awareness state as it leaves the server.
 */
import type { PresentMode } from '../codes.ts'
import type { AgencyId, UserId } from '../ids.ts'

/** A place in a shared type, as Yjs writes relative positions to JSON. */
export interface PlaceInText {
  type: { client: number; clock: number } | null
  tname: string | null
  item: { client: number; clock: number } | null
  assoc: number
}

/** What a client may say of itself. Everything else that it sends is dropped. */
export interface Whereabouts {
  cursor?: { anchor: PlaceInText; head: PlaceInText } | null
  /** Which editor has the focus, e.g. `discussion`. */
  field?: string
  typing?: boolean
}

/** `name`, `color` and `colorLight` are the names that y-prosemirror's cursors read. */
export interface PresentPerson {
  id: UserId
  name: string
  agencyId: AgencyId | null
  agencyName: string
  color: string
  colorLight: string
  /** How they attend; null while nothing was said of it. */
  mode: PresentMode | null
}

export interface PresenceState extends Whereabouts {
  user: PresentPerson
}

/** A client may name its editor with at most this many characters: the longest is `opinion:<need>:<agency id>`. */
export const MAX_FIELD_LENGTH = 80

/**
 * The twelve agency colours. Dark enough for white text upon them (contrast at least 4.5), and apart in lightness or hue for the common kinds of
 * colour blindness; a short name always stands beside the colour.
 */
export const AGENCY_COLOURS = [
  '#0b5cad',
  '#b4431f',
  '#1a7a4c',
  '#7a3e9d',
  '#8a6100',
  '#0e7490',
  '#b3226b',
  '#4d5b1c',
  '#3d4db7',
  '#8c3b3b',
  '#3f6570',
  '#5c5147',
] as const

/** The colour of an agency by its index; an index outside the table wraps, so that a bad record never breaks a screen. */
export function agencyColour(index: number): string {
  const count = AGENCY_COLOURS.length
  const at = Number.isInteger(index) ? ((index % count) + count) % count : 0
  return AGENCY_COLOURS[at] ?? AGENCY_COLOURS[0]
}
