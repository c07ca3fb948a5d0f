/**
 * What is kept of a conference's minutes beside the contents of their leaves: one record, so that one write decides (MINUTES.md MN10). Plain data,
 * changed by the commands of `minutes-commands.ts` and `sealing.ts`.
 */
import type { CodeVersions } from '../../shared/code-sets/shipped.ts'
import type { MinutesStanding } from '../../shared/codes.ts'
import type { AgencyId, UserId } from '../../shared/ids.ts'
import type { BundleSignature, Seal, VersionHead } from '../../shared/minutes/bundle.ts'
import type { LeafKey } from '../../shared/minutes/minutes-record.ts'

export interface MinutesState {
  standing: MinutesStanding
  /** Oldest first; never changed but for the seal of the last one. */
  versions: readonly FrozenVersion[]
  /** By time, then by id; never changed. */
  signatures: readonly KeptSignature[]
  /** Why the next version is made. */
  correcting: { reason: string; at: string; by: UserId } | null
  /** What the meeting did not leave behind. */
  supplement: { place: string; onPaper: string; remarks: string }
}

export interface FrozenVersion {
  head: VersionHead
  hash: string
  signature: string
  /** Of each leaf, in the order of the head. */
  leafSignatures: readonly string[]
  /** Names the stored contents. */
  frozenId: string
  reason: { salt: string; text: string }
  by: UserId
  /** Agencies at the table then: whose signatures are waited for. */
  asked: readonly AgencyId[]
  seal: KeptSeal | null
  /** The code sets when it was made: what its codes are called (CODE-SETS.md CO9); older versions have none. */
  codes?: CodeVersions
}

export interface KeptSeal {
  seal: Seal
  signature: string
  reason: { salt: string; text: string }
  /** Null: it was final by itself. */
  by: UserId | null
}

/** With what everybody at the table may know of it; what it says of a leaf lies with the leaf. */
export type KeptSignature = Omit<BundleSignature, 'who' | 'slips'> & {
  who: { hash: string; salt: string; agency: string; name: string }
  slips: readonly string[]
  /** Leaves that it covers, and the one that its words are about: the server's own knowledge, told to their readers only. */
  covered: readonly LeafKey[]
  about: LeafKey | null
}

export function emptyMinutes(): MinutesState {
  return {
    standing: 'draft',
    versions: [],
    signatures: [],
    correcting: null,
    supplement: { place: '', onPaper: '', remarks: '' },
  }
}

export const lastVersion = ({ versions }: MinutesState): FrozenVersion | undefined => versions.at(-1)
