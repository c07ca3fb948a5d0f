/**
 * Making a version: salts and hashes from the parts up, the installation's signatures, and the contents laid away. What did not change since the version
 * before keeps its salt, and so its hash (MINUTES.md MN4). Nothing here decides anything: the record that names the version is written afterwards, in one
 * write, and contents that no record names are read by nobody.
 */
import { randomBytes } from 'node:crypto'
import type { CodeVersions } from '../../shared/code-sets/shipped.ts'
import type { ConferenceId, UserId } from '../../shared/ids.ts'
import { kindOfLeaf, MINUTES_FORM, PART_NAMES, SALT_BYTES, type VersionHead } from '../../shared/minutes/bundle.ts'
import { canonicalJson, fromBase64Url, toBase64Url } from '../../shared/minutes/canonical.ts'
import type { LeafKey } from '../../shared/minutes/minutes-record.ts'
import { headHash, leafHash, partHash, rootHash, signedHead, signedLeaf, slipHash } from '../../shared/minutes/tree.ts'
import type { ComposedMinutes } from './compose.ts'
import type { MinutesRepository } from './minutes-repository.ts'
import type { FrozenVersion, MinutesState } from './minutes-state.ts'
import type { MinutesSigner } from './signing-key.ts'

/** A leaf as it is laid away: each part by name, with its salt. */
export type StoredLeaf = Readonly<Record<string, { salt: string; content: unknown }>>

export const newSalt = (): string => toBase64Url(randomBytes(SALT_BYTES))

/** @throws TypeError for what is no salt: a bug of ours, or a record that was tampered with */
export function saltBytes(salt: string): Uint8Array {
  const bytes = fromBase64Url(salt, SALT_BYTES)
  if (bytes === undefined) throw new TypeError('Not a salt')
  return bytes
}

/** Every leaf of a record with its parts by name, in the order of the tree. */
export function leavesOf({ meeting, items }: ComposedMinutes): [LeafKey, Readonly<Record<string, unknown>>][] {
  const ofItems = items.flatMap(({ itemId, item, supervision }): [LeafKey, Readonly<Record<string, unknown>>][] => [
    [`item:${itemId}`, { ...item }],
    [`supervision:${itemId}`, { ...supervision }],
  ])
  return [['meeting', { ...meeting }], ...ofItems]
}

export interface Freezing {
  minutes: Pick<MinutesRepository, 'read' | 'put'>
  signer: MinutesSigner
  conferenceId: ConferenceId
  /** Of these contents; a name of its own, so that two who freeze at once do not write over each other. */
  frozenId: string
}

/** The next version, its contents stored. */
export async function freeze(
  { minutes, signer, conferenceId, frozenId }: Freezing,
  composed: ComposedMinutes,
  state: MinutesState,
  about: { at: string; due: string; workingDays: number; by: UserId; reason: string; codes: CodeVersions },
): Promise<FrozenVersion> {
  const before = state.versions.at(-1)
  const leaves: [LeafKey, string][] = []
  for (const [key, contents] of leavesOf(composed)) {
    const isKnown = before?.head.leaves.some(([known]) => known === key) === true
    const earlier: StoredLeaf = isKnown ? await minutes.read<StoredLeaf>(conferenceId, before.frozenId, key) : {}
    const stored = withSalts(contents, earlier)
    leaves.push([key, hashOfStored(conferenceId, key, stored)])
    await minutes.put(conferenceId, { under: frozenId, key, value: stored })
  }
  const number = state.versions.length + 1
  const reason = { salt: newSalt(), text: about.reason }
  const head: VersionHead = {
    form: MINUTES_FORM,
    conferenceId,
    number,
    at: about.at,
    due: about.due,
    workingDays: about.workingDays,
    root: rootHash(conferenceId, leaves),
    leaves,
    reason: slipHash(conferenceId, `reason:${number}`, saltBytes(reason.salt), reason.text),
    previous: before?.hash ?? null,
  }
  const hash = headHash(head)
  return {
    head,
    hash,
    signature: signer.sign(signedHead(hash)),
    leafSignatures: leaves.map(([key, leaf]) => signer.sign(signedLeaf(conferenceId, number, { key, hash: leaf }))),
    frozenId,
    reason,
    by: about.by,
    asked: composed.atTable,
    seal: null,
    codes: about.codes,
  }
}

function withSalts(contents: Readonly<Record<string, unknown>>, earlier: StoredLeaf): StoredLeaf {
  const salted = Object.entries(contents).map(([part, content]) => {
    const was = earlier[part]
    const isSame = was !== undefined && canonicalJson(was.content) === canonicalJson(content)
    return [part, { salt: isSame ? was.salt : newSalt(), content }] as const
  })
  return Object.fromEntries(salted)
}

/** Hash of each part of a stored leaf, in the order of the form. */
export function partHashes(conferenceId: ConferenceId, key: LeafKey, stored: StoredLeaf): string[] {
  return PART_NAMES[kindOfLeaf(key)].map(part => {
    const { salt, content } = stored[part] ?? { salt: '', content: null }
    return partHash(conferenceId, key, part, saltBytes(salt), content)
  })
}

const hashOfStored = (conferenceId: ConferenceId, key: LeafKey, stored: StoredLeaf): string =>
  leafHash(conferenceId, key, partHashes(conferenceId, key, stored))
