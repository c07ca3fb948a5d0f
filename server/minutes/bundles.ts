/** A version with everything that is needed to check it, cut to what one reader may read (MINUTES.md MN11, MN15). */
import type { ConferenceId } from '../../shared/ids.ts'
import {
  type BundleSignature,
  type BundleVersion,
  kindOfLeaf,
  MINUTES_FORM,
  type MinutesBundle,
  PART_NAMES,
  type SaidOfLeaf,
  type Slip,
} from '../../shared/minutes/bundle.ts'
import type { LeafKey } from '../../shared/minutes/minutes-record.ts'
import { signedStamp } from '../../shared/minutes/tree.ts'
import { partHashes, type StoredLeaf } from './freeze.ts'
import type { MinutesRepository } from './minutes-repository.ts'
import type { FrozenVersion, KeptSignature, MinutesState } from './minutes-state.ts'
import type { MinutesSigner } from './signing-key.ts'

export interface BundleOptions {
  /** The leaves that the reader may read. */
  readable: ReadonlySet<LeafKey>
  /** Of those, the parts that are shown; left out: all. For redacted editions. */
  shows?: (leaf: LeafKey, part: string) => boolean
  /** Names of who signed, and reasons; left out: shown. */
  hidesNames?: boolean
  now: string
}

interface BundleParts {
  minutes: Pick<MinutesRepository, 'read'>
  signer: MinutesSigner
}

export async function bundleOf(
  parts: BundleParts,
  conferenceId: ConferenceId,
  state: MinutesState,
  version: FrozenVersion,
  options: BundleOptions,
): Promise<MinutesBundle> {
  const signatures = await signaturesFor(parts, conferenceId, state, options)
  const versions = state.versions.map(one => versionFor(one, options))
  const { number } = version.head
  const leaves = version.head.leaves.map(async ([key, hash], at) => {
    const leaf = { key, hash, signature: version.leafSignatures[at] ?? '' }
    if (!options.readable.has(key)) return leaf
    const stored = await parts.minutes.read<StoredLeaf>(conferenceId, version.frozenId, key)
    const hashes = partHashes(conferenceId, key, stored)
    const slips = PART_NAMES[kindOfLeaf(key)].map((part, index): Slip<unknown> => {
      const slip = { hash: hashes[index] ?? '' }
      const isShown = options.shows?.(key, part) ?? true
      return isShown ? { ...slip, opened: stored[part] } : slip
    })
    return { ...leaf, parts: slips }
  })
  const said = signedStamp(conferenceId, { at: options.now, version: number, versions, signatures })
  return {
    form: MINUTES_FORM,
    conferenceId,
    publicKey: parts.signer.publicKey,
    version: number,
    leaves: await Promise.all(leaves),
    versions,
    signatures,
    stamp: { at: options.now, signature: parts.signer.sign(said) },
  }
}

function versionFor(
  { head, hash, signature, reason, seal }: FrozenVersion,
  { hidesNames }: BundleOptions,
): BundleVersion {
  const slip = (of: string, { salt, text }: { salt: string; text: string }): Slip<string> =>
    hidesNames === true ? { hash: of } : { hash: of, opened: { salt, content: text } }
  return {
    head,
    hash,
    signature,
    reason: slip(head.reason, reason),
    seal: seal && { seal: seal.seal, signature: seal.signature, reason: slip(seal.seal.reason, seal.reason) },
  }
}

function signaturesFor(
  { minutes }: BundleParts,
  conferenceId: ConferenceId,
  state: MinutesState,
  { readable, hidesNames }: BundleOptions,
): Promise<BundleSignature[]> {
  return Promise.all(
    state.signatures.map(async (kept): Promise<BundleSignature> => {
      const { who, slips, covered: _covered, about: _about, ...plain } = kept
      const { hash, salt, agency, name } = who
      const opened = await openedSlips(minutes, conferenceId, state, kept, hidesNames === true ? new Set() : readable)
      return {
        ...plain,
        who: hidesNames === true ? { hash } : { hash, opened: { salt, content: { agency, name } } },
        slips: slips.map((of, at) => ({ hash: of, ...(opened[at] && { opened: opened[at] }) })),
      }
    }),
  )
}

/** What a signature says of each leaf of its version, where the reader may read the leaf. */
export function openedSlips(
  minutes: Pick<MinutesRepository, 'read'>,
  conferenceId: ConferenceId,
  { versions }: MinutesState,
  { signatureId, version }: KeptSignature,
  readable: ReadonlySet<LeafKey>,
): Promise<({ salt: string; content: SaidOfLeaf } | undefined)[]> {
  const leaves = versions[version - 1]?.head.leaves ?? []
  return Promise.all(
    leaves.map(([key]) =>
      readable.has(key)
        ? minutes.read<{ salt: string; content: SaidOfLeaf }>(conferenceId, signatureId, key)
        : Promise.resolve(undefined),
    ),
  )
}
