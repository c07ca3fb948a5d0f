/**
 * The hashes of minutes, from the parts up, and the texts that the installation signs (MINUTES.md MN13, MN14). Each kind of hash begins with a byte
 * of its own, so that nothing of one kind can pass for another.
 */
import type { ConferenceId } from '../ids.ts'
import {
  type BundleLeaf,
  type BundleSignature,
  type BundleVersion,
  kindOfLeaf,
  MINUTES_FORM,
  PART_NAMES,
  type Seal,
  type VersionHead,
} from './bundle.ts'
import { canonicalJson, hashOf } from './canonical.ts'
import type { LeafKey } from './minutes-record.ts'

const PART = 0x00
const LEAF = 0x01
const ROOT = 0x02
const HEAD = 0x03
const SLIP = 0x04
const LIST = 0x05

const form = MINUTES_FORM

export function partHash(conferenceId: ConferenceId, leaf: LeafKey, part: string, salt: Uint8Array, content: unknown) {
  return hashOf(PART, salt, canonicalJson({ form, conferenceId, leaf, part, content }))
}

/** @param hashes of its parts, in the order of {@link PART_NAMES} */
export function leafHash(conferenceId: ConferenceId, leaf: LeafKey, hashes: readonly string[]): string {
  const parts = PART_NAMES[kindOfLeaf(leaf)].map((name, at) => [name, hashes[at] ?? ''])
  return hashOf(LEAF, canonicalJson({ form, conferenceId, leaf, parts }))
}

export function rootHash(conferenceId: ConferenceId, leaves: readonly (readonly [LeafKey, string])[]): string {
  return hashOf(ROOT, canonicalJson({ form, conferenceId, leaves }))
}

export const headHash = (head: VersionHead): string => hashOf(HEAD, canonicalJson(head))

/** @param about what it is said of, so that no slip fits elsewhere: `reason:2`, `seal:2`, `<signature>:who`, `<signature>:<leaf>` */
export function slipHash(conferenceId: ConferenceId, about: string, salt: Uint8Array, content: unknown): string {
  return hashOf(SLIP, salt, canonicalJson({ form, conferenceId, about, content }))
}

/** Of what everybody may know of the signatures; their slips go in as hashes. */
export function signaturesHash(conferenceId: ConferenceId, signatures: readonly BundleSignature[]): string {
  return hashOf(LIST, canonicalJson({ form, conferenceId, signatures: signatures.map(publicOf) }))
}

function publicOf({ signatureId, agencyId, userId, kind, at, version, head, who, slips }: BundleSignature) {
  const hashes = slips.map(slip => slip.hash)
  return { signatureId, agencyId, userId, kind, at, version, head, who: who.hash, slips: hashes }
}

// What is signed: one line that says what it is, then canonical JSON.

export function signedLeaf(
  conferenceId: ConferenceId,
  version: number,
  { key, hash }: Pick<BundleLeaf, 'key' | 'hash'>,
) {
  return `dure minutes leaf\n${canonicalJson({ form, conferenceId, version, leaf: key, hash })}`
}

export const signedHead = (hash: string): string => `dure minutes head\n${canonicalJson({ form, head: hash })}`

export const signedSeal = (seal: Seal): string => `dure minutes seal\n${canonicalJson(seal)}`

export function signedSignature(conferenceId: ConferenceId, signature: BundleSignature): string {
  return `dure minutes signature\n${canonicalJson({ form, conferenceId, ...publicOf(signature) })}`
}

export function signedStamp(
  conferenceId: ConferenceId,
  about: { at: string; version: number; versions: readonly BundleVersion[]; signatures: readonly BundleSignature[] },
): string {
  const versions = about.versions.map(({ hash, signature, seal }) => [hash, signature, seal?.signature ?? ''])
  const signatures = signaturesHash(conferenceId, about.signatures)
  const seals = about.signatures.map(one => one.signature)
  return `dure minutes stamp\n${canonicalJson({ form, conferenceId, at: about.at, version: about.version, versions, signatures, seals })}`
}
