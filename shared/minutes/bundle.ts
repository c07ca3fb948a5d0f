/**
 * What of the minutes is hashed and signed, and how it travels: a bundle is everything that is needed to check a version without asking anybody
 * (MINUTES.md, the tree). Contents may be left out part by part or leaf by leaf; the hashes stay.
 */
import * as z from 'zod'
import { codesOf } from '../codes.ts'
import type { AgencyId, ConferenceId, UserId } from '../ids.ts'
import { id } from '../protocol/fields.ts'
import type { LeafKey } from './minutes-record.ts'

/** Names the form in every hashed and signed text. A new form gets a new name, and the old one stays readable. */
export const MINUTES_FORM = 'dure-minutes-1'
export const SALT_BYTES = 32
export const SIGNATURE_BYTES = 64
export const PUBLIC_KEY_BYTES = 32

export const PART_NAMES = {
  meeting: ['facts', 'heading', 'attendance', 'proceedings', 'notes', 'closing'],
  item: [
    'facts',
    'subject',
    'presentation',
    'opinions',
    'discussion',
    'decisions',
    'actions',
    'confirmation',
    'votes',
    'deferral',
    'recusals',
    'quorum',
    'papers',
  ],
  supervision: ['note'],
} as const
export type LeafKind = keyof typeof PART_NAMES

export const kindOfLeaf = (key: LeafKey): LeafKind =>
  key === 'meeting' ? 'meeting' : key.startsWith('item:') ? 'item' : 'supervision'

/** Whether a value has the form of a leaf's name. */
export const isLeafKey = (value: unknown): value is LeafKey =>
  typeof value === 'string' && /^(meeting|(item|supervision):[A-Za-z0-9_-]{22})$/.test(value)

/** How a signing person stands to what was circulated (서명). */
export const SIGNING_KINDS = {
  signed: { ko: '서명', en: 'Signed' },
  noted: { ko: '의견 달고 서명', en: 'Signed with a note' },
  objected: { ko: '이의', en: 'Objected' },
} as const
export type SigningKind = keyof typeof SIGNING_KINDS

/** How minutes came to be final (확정). */
export const SEALED_HOW = {
  all_signed: { ko: '모든 기관 서명', en: 'Signed by every agency' },
  no_objection: { ko: '이의 없이 기한 경과', en: 'No objection until the due date' },
  with_objections: { ko: '이의를 적어 두고 확정', en: 'Sealed with objections in it' },
} as const
export type SealedHow = keyof typeof SEALED_HOW

/** Something said that can be left out: hashed with its salt; opened where both are there. */
export interface Slip<Content> {
  hash: string
  opened?: { salt: string; content: Content } | undefined
}

export interface BundleLeaf {
  key: LeafKey
  hash: string
  /** The installation's signature of this leaf in this version. */
  signature: string
  /** By name, in the order of {@link PART_NAMES}; left out where the leaf is not for the reader. */
  parts?: Slip<unknown>[] | undefined
}

export interface VersionHead {
  form: typeof MINUTES_FORM
  conferenceId: ConferenceId
  /** From 1. */
  number: number
  /** When it was frozen and circulated. */
  at: string
  due: string
  workingDays: number
  root: string
  leaves: [LeafKey, string][]
  /** Hash of the reason for this version; of an empty text for the first. */
  reason: string
  /** Hash of the head before; null for the first. */
  previous: string | null
}

export interface Seal {
  form: typeof MINUTES_FORM
  conferenceId: ConferenceId
  number: number
  head: string
  at: string
  how: SealedHow
  /** Hash of why it was sealed with objections; of an empty text otherwise. */
  reason: string
  /** Hash of all signatures as they stood then. */
  signatures: string
}

export interface BundleVersion {
  head: VersionHead
  hash: string
  signature: string
  reason: Slip<string>
  seal: { seal: Seal; signature: string; reason: Slip<string> } | null
}

export interface SaidOfLeaf {
  /** The person could open the leaf and signed it as it was. */
  covered: boolean
  leafHash: string
  /** Note or reason that is about this leaf; empty where nothing is. */
  words: string
}

/** One person's signature for their agency on one version. */
export interface BundleSignature {
  signatureId: string
  agencyId: AgencyId
  userId: UserId
  kind: SigningKind
  at: string
  version: number
  /** Hash of the head that was shown. */
  head: string
  who: Slip<{ agency: string; name: string }>
  /** One for each leaf of the version, in its order, whether it was covered or not. */
  slips: Slip<SaidOfLeaf>[]
  signature: string
}

/** What of the seals and signatures was there when the bundle was made. */
export interface Stamp {
  at: string
  signature: string
}

export interface MinutesBundle {
  form: typeof MINUTES_FORM
  conferenceId: ConferenceId
  /** Ed25519, base64url of its 32 bytes. The reader compares it with the one from elsewhere. */
  publicKey: string
  /** The version whose leaves these are. */
  version: number
  leaves: BundleLeaf[]
  /** All up to the last, oldest first. */
  versions: BundleVersion[]
  /** By time, then by id. */
  signatures: BundleSignature[]
  stamp: Stamp
}

// A bundle comes from anywhere: nothing unknown is taken, so that nothing can stand in it that no hash covers.

const hash = z.string().regex(/^[0-9a-f]{64}$/)
const time = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
const encoded = z.string().max(100)
const slip = <Content extends z.ZodType>(content: Content) =>
  z.strictObject({ hash, opened: z.strictObject({ salt: encoded, content }).optional() })
const leafKey = z.custom<LeafKey>(isLeafKey)
const form = z.literal(MINUTES_FORM)
const conferenceId = id<ConferenceId>()
const number = z.number().int().min(1).max(10_000)
const text = z.string().max(10_000)
const codeOf = <T extends Record<string, unknown>>(table: T) =>
  z.enum(codesOf(table) as [keyof T & string, ...(keyof T & string)[]])

const head = z.strictObject({
  form,
  conferenceId,
  number,
  at: time,
  due: time,
  workingDays: z.number().int().min(0).max(100),
  root: hash,
  leaves: z.array(z.tuple([leafKey, hash])).max(1_000),
  reason: hash,
  previous: z.union([z.null(), hash]),
})
const seal = z.strictObject({
  form,
  conferenceId,
  number,
  head: hash,
  at: time,
  how: codeOf(SEALED_HOW),
  reason: hash,
  signatures: hash,
})

export const bundleSchema = z.strictObject({
  form,
  conferenceId,
  publicKey: encoded,
  version: number,
  leaves: z
    .array(
      z.strictObject({ key: leafKey, hash, signature: encoded, parts: z.array(slip(z.json())).max(20).optional() }),
    )
    .max(1_000),
  versions: z
    .array(
      z.strictObject({
        head,
        hash,
        signature: encoded,
        reason: slip(text),
        seal: z.union([z.null(), z.strictObject({ seal, signature: encoded, reason: slip(text) })]),
      }),
    )
    .min(1)
    .max(10_000),
  signatures: z
    .array(
      z.strictObject({
        signatureId: id<string>(),
        agencyId: id<AgencyId>(),
        userId: id<UserId>(),
        kind: codeOf(SIGNING_KINDS),
        at: time,
        version: number,
        head: hash,
        who: slip(z.strictObject({ agency: text, name: text })),
        slips: z.array(slip(z.strictObject({ covered: z.boolean(), leafHash: hash, words: text }))).max(1_000),
        signature: encoded,
      }),
    )
    .max(10_000),
  stamp: z.strictObject({ at: time, signature: encoded }),
})
