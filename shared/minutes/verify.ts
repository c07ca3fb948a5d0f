/**
 * Whether a bundle of minutes is what the installation made (MINUTES.md MN15). Needs the bundle and the public key that the reader has from
 * elsewhere; asks nobody. Ed25519 comes from whoever calls (the server's crypto, the browser's), everything else is here.
 */
import type { ConferenceId } from '../ids.ts'
import {
  type BundleLeaf,
  type BundleSignature,
  type BundleVersion,
  bundleSchema,
  isLeafKey,
  kindOfLeaf,
  type MinutesBundle,
  PART_NAMES,
  SALT_BYTES,
  type SealedHow,
  SIGNATURE_BYTES,
  type Slip,
} from './bundle.ts'
import { fromBase64Url } from './canonical.ts'
import type { LeafKey } from './minutes-record.ts'
import {
  headHash,
  leafHash,
  partHash,
  rootHash,
  signaturesHash,
  signedHead,
  signedLeaf,
  signedSeal,
  signedSignature,
  signedStamp,
  slipHash,
} from './tree.ts'

export type ProblemKind =
  /** Not a bundle of this form, or something in it is not written as it must be. */
  | 'unreadable'
  /** Made with another key than the reader's. */
  | 'other-key'
  | 'part-changed'
  | 'leaf-changed'
  | 'leaf-missing'
  /** A leaf was added, or leaves stand in another order. */
  | 'leaf-misplaced'
  | 'version-changed'
  | 'chain-broken'
  | 'seal-changed'
  | 'signature-changed'
  /** Versions, seals or signatures were left out or added. */
  | 'stamp-changed'

export interface MinutesProblem {
  what: ProblemKind
  leaf?: LeafKey
  /** The item's place on the agenda, from 1, where the problem is in one. */
  item?: number
  part?: string
  version?: number
  signatureId?: string
}

export interface VerifyReport {
  /** Empty: everything is as it was made. */
  problems: MinutesProblem[]
  conferenceId: ConferenceId | null
  version: number
  versions: number
  /** How the version came to be final; null for one that was only circulated. */
  final: { at: string; how: SealedHow } | null
  /** Parts that could be read, and leaves or parts of which only the hash is there. */
  shown: number
  hidden: number
  signatures: number
  /** For how many working days it could be objected to. */
  workingDays: number
}

/** Whether the signature is of this text under the reader's key. */
export type VerifySignature = (text: string, signature: Uint8Array) => boolean | Promise<boolean>

/** @param value what the file holds, parsed @param publicKey the reader's own, base64url of 32 bytes */
export async function verifyMinutes(
  value: unknown,
  publicKey: string,
  verifySignature: VerifySignature,
): Promise<VerifyReport> {
  const parsed = bundleSchema.safeParse(value)
  if (!parsed.success) return unreadable(value, parsed.error.issues)
  const bundle: MinutesBundle = parsed.data
  const check = new Check(bundle, verifySignature)
  try {
    return await check.report(publicKey)
  } catch (error) {
    // A value without a canonical text, which only somebody else's hand can put there.
    if (error instanceof TypeError) return unreadable(value, [])
    throw error
  }
}

class Check {
  readonly problems: MinutesProblem[] = []
  readonly #bundle: MinutesBundle
  readonly #verify: VerifySignature

  constructor(bundle: MinutesBundle, verify: VerifySignature) {
    this.#bundle = bundle
    this.#verify = verify
  }

  async report(publicKey: string): Promise<VerifyReport> {
    const bundle = this.#bundle
    if (bundle.publicKey !== publicKey) this.found({ what: 'other-key' })
    for (const [at, version] of bundle.versions.entries()) await this.version(version, at)
    await this.leaves()
    for (const [at, signature] of bundle.signatures.entries()) await this.signature(signature, at)
    await this.stamp()
    const shownVersion = bundle.versions[bundle.version - 1]
    const seal = this.problems.length === 0 ? shownVersion?.seal?.seal : undefined
    const parts = bundle.leaves.flatMap(leaf => leaf.parts ?? [undefined])
    const shown = parts.filter(part => part?.opened !== undefined).length
    return {
      problems: this.problems,
      conferenceId: bundle.conferenceId,
      version: bundle.version,
      versions: bundle.versions.length,
      final: seal ? { at: seal.at, how: seal.how } : null,
      shown,
      hidden: parts.length - shown,
      signatures: bundle.signatures.length,
      workingDays: shownVersion?.head.workingDays ?? 0,
    }
  }

  found(problem: MinutesProblem): void {
    const isKnown = this.problems.some(one => JSON.stringify(one) === JSON.stringify(problem))
    if (!isKnown) this.problems.push(problem)
  }

  async version({ head, hash, signature, reason, seal }: BundleVersion, at: number): Promise<void> {
    const { conferenceId, versions } = this.#bundle
    const number = at + 1
    const isWhole =
      head.conferenceId === conferenceId &&
      head.number === number &&
      headHash(head) === hash &&
      rootHash(conferenceId, head.leaves) === head.root &&
      head.reason === reason.hash &&
      this.#isAsHashed(reason, `reason:${number}`) &&
      (await this.#isSigned(signedHead(hash), signature))
    if (!isWhole) this.found({ what: 'version-changed', version: number })
    if (head.previous !== (versions[at - 1]?.hash ?? null)) this.found({ what: 'chain-broken', version: number })
    if (seal === null) return
    const then = this.#bundle.signatures.filter(one => one.version <= number)
    const isSealed =
      seal.seal.conferenceId === conferenceId &&
      seal.seal.number === number &&
      seal.seal.head === hash &&
      seal.seal.reason === seal.reason.hash &&
      this.#isAsHashed(seal.reason, `seal:${number}`) &&
      seal.seal.signatures === signaturesHash(conferenceId, then) &&
      (await this.#isSigned(signedSeal(seal.seal), seal.signature))
    if (!isSealed) this.found({ what: 'seal-changed', version: number })
  }

  async leaves(): Promise<void> {
    const { leaves, version, versions } = this.#bundle
    const listed = versions[version - 1]?.head.leaves ?? []
    for (const [at, [key, hash]] of listed.entries()) {
      const there = leaves.find(leaf => leaf.key === key)
      const place = { leaf: key, ...itemOf(listed, key) }
      if (there === undefined) this.found({ what: 'leaf-missing', ...place })
      else if (there.hash !== hash) this.found({ what: 'leaf-changed', ...place })
      else if (leaves[at] !== there) this.found({ what: 'leaf-misplaced', ...place })
    }
    if (leaves.length !== listed.length) {
      const added = leaves.filter(leaf => !listed.some(([key]) => key === leaf.key))
      for (const { key } of added) this.found({ what: 'leaf-misplaced', leaf: key })
      if (added.length === 0) this.found({ what: 'leaf-misplaced' })
    }
    for (const leaf of leaves) await this.#leaf(leaf)
  }

  async #leaf({ key, hash, signature, parts }: BundleLeaf): Promise<void> {
    const { conferenceId, leaves, version } = this.#bundle
    const order = leaves.map(leaf => [leaf.key, leaf.hash] as const)
    const place = { leaf: key, ...itemOf(order, key) }
    if (!(await this.#isSigned(signedLeaf(conferenceId, version, { key, hash }), signature))) {
      this.found({ what: 'leaf-changed', ...place })
    }
    if (parts === undefined) return
    const names: readonly string[] = PART_NAMES[kindOfLeaf(key)]
    const hashes = parts.map(part => part.hash)
    if (names.length !== parts.length || leafHash(conferenceId, key, hashes) !== hash) {
      this.found({ what: 'leaf-changed', ...place })
    }
    for (const [at, { hash: expected, opened }] of parts.entries()) {
      if (opened === undefined) continue
      const part = names[at] ?? ''
      const salt = fromBase64Url(opened.salt, SALT_BYTES)
      const isSame = salt && tried(() => partHash(conferenceId, key, part, salt, opened.content)) === expected
      if (!isSame) this.found({ what: 'part-changed', ...place, part })
    }
  }

  async signature(one: BundleSignature, at: number): Promise<void> {
    const { conferenceId, signatures, versions } = this.#bundle
    const of = versions[one.version - 1]
    const before = signatures[at - 1]
    const isInOrder = before === undefined || orderOf(before) < orderOf(one)
    const leaves = of?.head.leaves ?? []
    const isWhole =
      of !== undefined &&
      isInOrder &&
      one.head === of.hash &&
      one.slips.length === leaves.length &&
      this.#isAsHashed(one.who, `${one.signatureId}:who`) &&
      one.slips.every((slip, index) => {
        const [key, hash] = leaves[index] ?? ['meeting', '']
        const isOfLeaf = slip.opened === undefined || slip.opened.content.leafHash === hash
        return isOfLeaf && this.#isAsHashed(slip, `${one.signatureId}:${key}`)
      }) &&
      (await this.#isSigned(signedSignature(conferenceId, one), one.signature))
    if (!isWhole) this.found({ what: 'signature-changed', signatureId: one.signatureId, version: one.version })
  }

  async stamp(): Promise<void> {
    const { conferenceId, version, versions, signatures, stamp } = this.#bundle
    const said = signedStamp(conferenceId, { at: stamp.at, version, versions, signatures })
    const isThere = versions[version - 1] !== undefined
    if (!isThere || !(await this.#isSigned(said, stamp.signature))) this.found({ what: 'stamp-changed' })
  }

  #isAsHashed({ hash, opened }: Slip<unknown>, about: string): boolean {
    if (opened === undefined) return true
    const salt = fromBase64Url(opened.salt, SALT_BYTES)
    return salt !== undefined && slipHash(this.#bundle.conferenceId, about, salt, opened.content) === hash
  }

  async #isSigned(text: string, signature: string): Promise<boolean> {
    const bytes = fromBase64Url(signature, SIGNATURE_BYTES)
    return bytes !== undefined && (await this.#verify(text, bytes))
  }
}

const orderOf = ({ at, signatureId }: BundleSignature) => `${at} ${signatureId}`

/** A meeting's leaf is no item's; of an item there are two leaves, one after the other. */
function itemOf(order: readonly (readonly [LeafKey, string])[], key: LeafKey): { item?: number } {
  const at = order.findIndex(([one]) => one === key)
  return at < 1 ? {} : { item: Math.ceil(at / 2) }
}

/** What no record can hold has no hash. */
function tried(work: () => string): string | undefined {
  try {
    return work()
  } catch {
    return undefined // It can't be what was hashed: the caller says that it was changed.
  }
}

/** Of something that is not of the form the leaf is named all the same, where it can be told. */
function unreadable(value: unknown, issues: readonly { path: PropertyKey[] }[]): VerifyReport {
  const leaves: unknown = isRecord(value) ? value.leaves : undefined
  const problems = issues.map(({ path }): MinutesProblem => {
    const [root, at] = path
    const leaf: unknown = root === 'leaves' && Array.isArray(leaves) && typeof at === 'number' ? leaves[at] : undefined
    const first = root === 'leaves' && at === 0 ? ('meeting' as const) : undefined
    const key = isRecord(leaf) && isLeafKey(leaf.key) ? leaf.key : first
    const item = typeof at === 'number' && root === 'leaves' && at > 0 ? { item: Math.ceil(at / 2) } : {}
    return key === undefined ? { what: 'unreadable', ...item } : { what: 'unreadable', leaf: key, ...item }
  })
  return {
    problems: problems.length === 0 ? [{ what: 'unreadable' }] : problems,
    conferenceId: null,
    version: 0,
    versions: 0,
    final: null,
    shown: 0,
    hidden: 0,
    signatures: 0,
    workingDays: 0,
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
