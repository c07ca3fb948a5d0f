/** Publishing the next version of a code set: asked whole before anything is written, then one insert. */
import { faultsOfNext } from '../../shared/code-sets/code-sets.ts'
import { CODE_SET_NAMES, type CodeSetName, isCodeSetName, shippedSet } from '../../shared/code-sets/shipped.ts'
import { hasResidentNumber } from '../../shared/identifiers/resident-number.ts'
import type { CodeSetHistory, CodeSetsView, PublishCodeSetBody } from '../../shared/protocol/code-sets.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import { commit } from '../conferences/commit.ts'
import type { By, ConferenceParts } from '../conferences/ports.ts'
import type { CodeSetRepository } from './code-set-repository.ts'
import type { CodeSets } from './code-sets.ts'

export interface CodeSetParts extends Pick<ConferenceParts, 'audit' | 'changes' | 'people' | 'now'> {
  codeSets: CodeSets
  codeSetVersions: CodeSetRepository
}

/** @throws Refusal `not-found` for what is no set */
export function codeSetNamed(name: string): CodeSetName {
  if (isCodeSetName(name)) return name
  throw new Refusal('not-found')
}

/**
 * @throws Refusal `conflict` where another version is in force by now, `bad-request` with `code-set-…` for what CODE-SETS.md CO1, CO4 and CO8 refuse
 */
export async function publishCodeSet(
  parts: CodeSetParts,
  by: By,
  set: CodeSetName,
  { _v, entries, reason }: PublishCodeSetBody,
): Promise<void> {
  const now = await parts.codeSets.now()
  const before = now.current(set)
  if (before.version !== _v) throw new Refusal('conflict', 'code-set')
  const { isFixed = false, heading, isHeadingOptional = false } = shippedSet(set)
  const headings = isCodeSetName(heading) ? now.current(heading).entries.map(({ code }) => code) : undefined
  const [fault] = faultsOfNext(before.entries, entries, { isFixed, headings, isHeadingOptional })
  if (fault !== undefined) throw new Refusal('bad-request', `code-set-${fault.fault}`)
  if ([reason, ...entries.flatMap(({ ko, en }) => [ko, en])].some(hasResidentNumber)) {
    throw new Refusal('bad-request', 'resident-number')
  }
  const version = before.version + 1
  await commit(parts, by, {
    action: 'code-set.publish',
    object: `code-set.${set} version.${version}`,
    write: async () => {
      const at = new Date(parts.now())
      const isFirst = await parts.codeSetVersions.add({ set, version, by: by.actor.userId, at, entries, reason })
      if (!isFirst) throw new Refusal('conflict', 'code-set')
    },
    announces: () => [],
  })
}

export async function codeSetsView(
  parts: Pick<CodeSetParts, 'codeSets'>,
  known?: string,
): Promise<CodeSetsView | { unchanged: true }> {
  const now = await parts.codeSets.now()
  return known === now.tag ? { unchanged: true } : viewOf(now)
}

export async function allCodeSets({ codeSets }: Pick<CodeSetParts, 'codeSets'>): Promise<CodeSetsView> {
  return viewOf(await codeSets.now())
}

const viewOf = (now: Awaited<ReturnType<CodeSets['now']>>): CodeSetsView => ({
  tag: now.tag,
  sets: CODE_SET_NAMES.map(now.view),
})

/** The newest first. */
export async function codeSetHistory(
  { codeSets, people }: Pick<CodeSetParts, 'codeSets' | 'people'>,
  set: CodeSetName,
): Promise<CodeSetHistory> {
  const now = await codeSets.now()
  const versions = now.versions(set).map(async ({ version, entries, by, at, reason = '' }) => ({
    version,
    entries: [...entries],
    published:
      by === undefined || at === undefined
        ? null
        : { at: at.toISOString(), by: (await people.person(by))?.name ?? '', reason },
  }))
  return { set, versions: (await Promise.all(versions)).reverse() }
}
