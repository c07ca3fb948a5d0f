/** Found households as the board gets them: filtered, counted, a page at a time, each that is shown on record first (SPEC TR4, IM13). */
import type { AgencyId, FindingId } from '../../shared/ids.ts'
import {
  FINDINGS_PER_PAGE,
  type FindingState,
  type FindingsQueryBody,
  type FindingsView,
  type FindingView,
} from '../../shared/protocol/triage.ts'
import { hasWord, type Searchable } from '../../shared/search/matching.ts'
import { readQuery } from '../../shared/search/query.ts'
import { searchKeyOf } from '../../shared/search/search-key.ts'
import type { By } from '../conferences/ports.ts'
import type { Finding } from './finding-repository.ts'
import type { ImportParts } from './ports.ts'

export async function listFindings(
  parts: ImportParts,
  by: By,
  agencyId: AgencyId,
  asked: FindingsQueryBody,
): Promise<FindingsView> {
  const lists = (await parts.imports.ofAgency(agencyId)).filter(list => list.standing === 'done')
  const order = new Map(lists.map((list, at) => [list._id, at]))
  const matches = matcherOf(asked, parts)
  const all: Finding[] = []
  const counts: Record<FindingState, number> = { waiting: 0, unreachable: 0, case: 0, linked: 0, excluded: 0 }
  const states = asked.states?.length ? new Set(asked.states) : undefined
  for (const finding of (await parts.findings.ofAgency(agencyId)).values()) {
    // Of a list that is being taken in, or undone, nothing is there (SPEC IM9).
    if (!order.has(finding.importId) || !matches(finding)) continue
    counts[finding.state] += 1
    if (states === undefined || states.has(finding.state)) all.push(finding)
  }
  all.sort((a, b) => (order.get(a.importId) ?? 0) - (order.get(b.importId) ?? 0) || a.row - b.row)
  const from = Math.min(asked.from ?? 0, Math.max(0, all.length - 1))
  const shown = all.slice(from, from + FINDINGS_PER_PAGE)
  await recordShown(
    parts,
    by,
    shown.map(({ _id }) => _id),
  )
  return {
    agencyId,
    counts,
    total: all.length,
    from,
    findings: await Promise.all(shown.map(finding => findingView(parts, finding))),
    lists: lists.map(({ _id, fileName, at }) => ({ importId: _id, fileName, at: at.toISOString() })),
  }
}

function matcherOf(
  { importId, routes, assignee, text = '' }: FindingsQueryBody,
  { searchableOf }: Pick<ImportParts, 'searchableOf'>,
): (finding: Finding) => boolean {
  const { words } = readQuery(text)
  const asked = routes?.length ? new Set(routes) : undefined
  return finding => {
    if (importId !== undefined && finding.importId !== importId) return false
    if (asked !== undefined && !asked.has(finding.route)) return false
    if (assignee !== undefined && finding.assignee !== (assignee === 'none' ? '' : assignee)) return false
    if (words.length === 0) return true
    const searchable = searchableOf(finding)
    return words.every(word => hasWord(searchable, word))
  }
}

/** Keeps the key of each household as long as the household itself is kept. */
export function createSearchables(): ImportParts['searchableOf'] {
  const known = new WeakMap<Finding, Searchable>()
  return finding => {
    const before = known.get(finding)
    if (before !== undefined) return before
    const text = textOf(finding)
    const made = { text, key: searchKeyOf(text) }
    known.set(finding, made)
    return made
  }
}

const textOf = ({ name, address, phone, signs, note, sourceNumber, words }: Finding): string =>
  [name, address, phone, phone.replaceAll('-', ''), signs, note, sourceNumber, words]
    .filter(one => one !== '')
    .join('\n')

async function recordShown({ audit }: ImportParts, by: By, shown: readonly FindingId[]): Promise<void> {
  const { actor, sessionId, address } = by
  await Promise.all(
    shown.map(findingId =>
      audit.record({
        actor: actor.userId,
        sessionId,
        address,
        action: 'finding.list',
        subject: findingId,
        object: `finding.${findingId}`,
        outcome: 'ok',
      }),
    ),
  )
}

export async function findingView({ people }: Pick<ImportParts, 'people'>, finding: Finding): Promise<FindingView> {
  const { _id, agencyId: _, assignee, decidedBy, decidedAt, caseId, ...shown } = finding
  const nameOf = async (userId: Finding['assignee']) =>
    userId === '' ? '' : ((await people.person(userId))?.name ?? '')
  return {
    ...shown,
    findingId: _id,
    assignee: assignee === '' ? null : { userId: assignee, name: await nameOf(assignee) },
    decided: decidedAt === null ? null : { name: await nameOf(decidedBy), at: decidedAt.toISOString() },
    // While the case is being made there is none yet.
    caseId: caseId === '' || finding.state !== 'case' ? null : caseId,
  }
}
