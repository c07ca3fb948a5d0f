/**
 * Minutes over HTTP (`shared/minutes/MINUTES.md`).
 *
 *   GET    /api/conferences/:conferenceId/minutes?version=                    MinutesView
 *   PATCH  /api/conferences/:conferenceId/minutes            changeMinutesBody    MinutesView    (draft or being corrected)
 *   POST   /api/conferences/:conferenceId/minutes/circulate  circulateMinutesBody MinutesView
 *   POST   /api/conferences/:conferenceId/minutes/correct    correctMinutesBody   MinutesView
 *   POST   /api/conferences/:conferenceId/minutes/sign       signMinutesBody      MinutesView
 *   POST   /api/conferences/:conferenceId/minutes/seal       sealMinutesBody      MinutesView
 *   GET    /api/conferences/:conferenceId/closing                             ClosingView
 *   GET    /api/minutes-key                                                   MinutesKeyView  (public)
 */
import * as z from 'zod'
import type { ConferenceType, DeferralKind, MinutesStanding } from '../codes.ts'
import type { OpenThreads } from '../comments/threads.ts'
import type { AgencyId, ConferenceId, ItemId } from '../ids.ts'
import { isLeafKey, type SealedHow, SIGNING_KINDS, type SigningKind } from '../minutes/bundle.ts'
import type { MissingField } from '../minutes/completeness.ts'
import type { PartChange } from '../minutes/differences.ts'
import type { MinutesLabels } from '../minutes/minutes-labels.ts'
import type { LeafKey, MinutesEdition, OpenPointKind } from '../minutes/minutes-record.ts'
import type { AgencySigning } from '../minutes/signing.ts'
import { code, line, optionalLine, paragraphs, version } from './fields.ts'

const leaf = z.custom<LeafKey>(isLeafKey)

export const minutesQuery = z.strictObject({
  /** Left out: the latest, or the draft. */
  version: z
    .string()
    .regex(/^[1-9]\d{0,3}$/)
    .transform(Number)
    .optional(),
})

/** What the meeting did not leave behind and the law asks for. */
export const changeMinutesBody = z.strictObject({
  _v: version,
  place: optionalLine(80).optional(),
  /** Attendance that was kept on paper only. */
  onPaper: paragraphs(2_000).optional(),
  remarks: paragraphs(2_000).optional(),
})
export const circulateMinutesBody = z.strictObject({
  _v: version,
  /** Until when it can be objected to; left out: as the installation is set. */
  workingDays: z.number().int().min(1).max(20).optional(),
})
/** Everybody who may read the minutes reads the reason. */
export const correctMinutesBody = z.strictObject({ _v: version, reason: line(200) })
export const signMinutesBody = z.strictObject({
  /** Hash of the head of the version that was shown. */
  head: z.string().regex(/^[0-9a-f]{64}$/),
  kind: code(SIGNING_KINDS),
  /** What the words are about; only its readers are told them. */
  about: leaf,
  words: paragraphs(2_000),
})
export const sealMinutesBody = z.strictObject({ _v: version, reason: optionalLine(200) })

export type ChangeMinutesBody = z.infer<typeof changeMinutesBody>
export type CirculateMinutesBody = z.infer<typeof circulateMinutesBody>
export type CorrectMinutesBody = z.infer<typeof correctMinutesBody>
export type SignMinutesBody = z.infer<typeof signMinutesBody>
export type SealMinutesBody = z.infer<typeof sealMinutesBody>

export interface VersionView {
  number: number
  /** Hash of its head: what a signature is bound to. */
  head: string
  at: string
  by: string
  due: string
  workingDays: number
  /** Why there is this version; empty for the first. */
  reason: string
  seal: { at: string; by: string; how: SealedHow; reason: string } | null
}

export interface AgencySigningView {
  agencyId: AgencyId
  name: string
  shortName: string
  colour: number
  signing: AgencySigning
  people: readonly { name: string; kind: SigningKind; at: string; version: number }[]
}

/** A note or an objection, for who may read what it is about. */
export interface SaidView {
  signatureId: string
  agency: string
  name: string
  kind: SigningKind
  at: string
  version: number
  about: LeafKey
  /** The item's place; 0 for the meeting as a whole. */
  number: number
  words: string
}

export interface MinutesView {
  conferenceId: ConferenceId
  type: ConferenceType
  title: string
  standing: MinutesStanding
  /** Of the minutes' record. */
  _v: number
  /** What is shown: a version, or the draft. */
  edition: MinutesEdition
  /** What the codes in it are called (CODE-SETS.md CO9). */
  labels: MinutesLabels
  versions: readonly VersionView[]
  /** What the shown one changed of the version before it, as far as the reader sees both. */
  changes: readonly PartChange[]
  /** Why it can't be circulated yet; told to who conducts, of a draft. */
  missing: readonly MissingField[]
  /** Of the latest version. */
  agencies: readonly AgencySigningView[]
  said: readonly SaidView[]
  /** Final only once every agency has signed. */
  needsSigning: boolean
  /** Working days until the due date, as the installation is set. */
  workingDays: number
  supplement: { place: string; onPaper: string; remarks: string }
  /** Why the next version is made, while it is being corrected. */
  correcting: { reason: string; at: string; by: string } | null
  may: { change: boolean; circulate: boolean; correct: boolean; sign: boolean; seal: boolean; sealWithReason: boolean }
  /** A confidentiality statement of the reader is missing: until then items are hidden. */
  needsStatement: boolean
}

export interface MinutesKeyView {
  algorithm: 'Ed25519'
  /** base64url of its 32 bytes. */
  publicKey: string
}

// Closing the room

/** Something that is still open, in words of a code, with its place. */
export interface OpenPoint {
  kind: OpenPointKind
  itemId: ItemId | null
  /** The item's place on the agenda; 0 for the meeting as a whole. */
  number: number
  /** Place inside the item as the meeting's pointer names it; empty for the item itself. */
  place: string
  /** How many of it. */
  count: number
  /** Whose words are not stored. */
  people: readonly string[]
}

export interface ClosingView {
  open: readonly OpenPoint[]
  /** Items that are not for the reader in which something is open: their places. */
  openElsewhere: readonly number[]
  /** What comes back at the next conference, and why. */
  returning: readonly {
    itemId: ItemId
    number: number
    why: 'not-discussed' | 'deferred'
    deferral: { kind: DeferralKind; reason: string } | null
  }[]
  /** Unresolved comments of the reader's own items. They keep nobody from closing and are in no record of it (`server/comments/SPEC.md` CM10). */
  comments: readonly ({ itemId: ItemId; number: number } & OpenThreads)[]
}
