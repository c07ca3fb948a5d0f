/**
 * The code sets of this installation as they are now: the shipped versions and those that were published since. What a command accepts as a code is asked
 * here (CODE-SETS.md CO3), whatever was shipped.
 */
import { createHash } from 'node:crypto'
import { type CodeEntry, type CodeSetVersion, entryOf, isOffered } from '../../shared/code-sets/code-sets.ts'
import { CODE_SET_NAMES, type CodeSetName, type CodeVersions, shippedSet } from '../../shared/code-sets/shipped.ts'
import type { Label } from '../../shared/codes.ts'
import { idFromBytes } from '../../shared/ids.ts'
import type { CodeEntryView, CodeSetView } from '../../shared/protocol/code-sets.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import type { CodeSetRepository, PublishedVersion } from './code-set-repository.ts'

/** All versions at one moment. */
export interface CodeSetsNow {
  /** Stands for all of it; another once something was published. */
  tag: string
  current(set: CodeSetName): CodeSetVersion
  /** The shipped one first. */
  versions(set: CodeSetName): readonly StoredVersion[]
  view(set: CodeSetName): CodeSetView
  isOffered(set: CodeSetName, code: string): boolean
  /** How it is called now, retired or not; undefined for what is no code of the set. */
  labelOf(set: CodeSetName, code: string): Label | undefined
}

type StoredVersion = CodeSetVersion & Partial<PublishedVersion>

export interface CodeSets {
  now(): Promise<CodeSetsNow>
}

export function createCodeSets(repository: CodeSetRepository): CodeSets {
  let known: { count: number; now: CodeSetsNow } | undefined
  return {
    async now() {
      const count = await repository.count()
      if (known?.count !== count) {
        const published = await repository.published()
        known = { count: published.length, now: codeSetsOf(published) }
      }
      return known.now
    },
  }
}

export function codeSetsOf(published: readonly PublishedVersion[]): CodeSetsNow {
  const all = new Map<CodeSetName, StoredVersion[]>(
    CODE_SET_NAMES.map(set => {
      const later = published.filter(version => version.set === set).sort((a, b) => a.version - b.version)
      return [set, [shippedVersion(set), ...later]]
    }),
  )
  const versions = (set: CodeSetName) => all.get(set) ?? []
  const current = (set: CodeSetName): CodeSetVersion => versions(set).at(-1) ?? { version: 1, entries: [] }
  const numbers = CODE_SET_NAMES.map(set => [set, current(set).version, current(set).entries])
  const hash = createHash('sha256').update(JSON.stringify(numbers)).digest()
  return {
    tag: idFromBytes<string>(hash.subarray(0, 16)),
    current,
    versions,
    view: set => {
      const { version, entries } = current(set)
      return { set, version, entries: entries.map(entry => withFormerNames(versions(set), entry)) }
    },
    isOffered: (set, code) => isOffered(current(set), code),
    labelOf: (set, code) => {
      const entry = entryOf(current(set), code)
      return entry && { ko: entry.ko, en: entry.en }
    },
  }
}

/** What a record that is written now keeps beside its codes (CO5). */
export const versionsOf = (now: CodeSetsNow, sets: readonly CodeSetName[]): CodeVersions =>
  Object.fromEntries(sets.map(set => [set, now.current(set).version]))

const shippedVersion = (set: CodeSetName): StoredVersion => ({ version: 1, entries: [...shippedSet(set).entries] })

function withFormerNames(versions: readonly CodeSetVersion[], entry: CodeEntry): CodeEntryView {
  const formerly: NonNullable<CodeEntryView['formerly']> = []
  let name: Label = entry
  for (const one of [...versions].reverse()) {
    const then = entryOf(one, entry.code)
    if (then === undefined || (then.ko === name.ko && then.en === name.en)) continue
    formerly.push({ ko: then.ko, en: then.en, until: one.version })
    name = then
  }
  return formerly.length === 0 ? entry : { ...entry, formerly }
}

/**
 * For a command that takes codes of editable sets. `kept` are those that the record holds already: what was retired since may stay where it stands.
 * @throws Refusal `bad-request` for a code that is not offered
 */
export function assertOffered(
  now: CodeSetsNow,
  codes: readonly (readonly [set: CodeSetName, code: string])[],
  kept: readonly string[] = [],
): void {
  for (const [set, code] of codes) {
    if (code === '' || now.isOffered(set, code)) continue
    const isKept = kept.includes(code) && entryOf(now.current(set), code) !== undefined
    if (!isKept) throw new Refusal('bad-request', 'code-not-offered')
  }
}
