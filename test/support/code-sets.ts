/** An administrator calls a code otherwise: the set's next version, over HTTP. */
import { must } from '../../shared/assert.ts'
import type { CodeEntry } from '../../shared/code-sets/code-sets.ts'
import type { CodeSetName } from '../../shared/code-sets/shipped.ts'
import type { CodeSetsView } from '../../shared/protocol/code-sets.ts'
import type { Person } from './person.ts'

export async function publishCodes(
  administrator: Person,
  set: CodeSetName,
  change: (entries: readonly CodeEntry[]) => CodeEntry[],
): Promise<void> {
  const { sets } = await administrator.get<CodeSetsView>('/api/code-sets')
  const { version, entries } = must(
    sets.find(one => one.set === set),
    set,
  )
  const plain = entries.map(({ formerly: _, ...entry }) => entry)
  await administrator.post(`/api/code-sets/${set}/versions`, {
    _v: version,
    entries: change(plain),
    reason: '2027년 업무 안내 반영',
  })
}

export const renameCode = (administrator: Person, set: CodeSetName, code: string, ko: string): Promise<void> =>
  publishCodes(administrator, set, entries => entries.map(entry => (entry.code === code ? { ...entry, ko } : entry)))
