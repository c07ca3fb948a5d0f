/**
 * Which part of the store a filter needs to look at: records by id, ranges of one index, or all of a collection. A plan may reach
 * records that do not fit, never miss one that does; `rest` are the conditions that it does not answer by itself. Only these are asked of
 * each record: a list of some hundred ids held against each of some hundred records is what costs, not reading them.
 */
import { type Clause, clausesOf } from '../subset.ts'
import type { Index, IndexField } from './index-entries.ts'
import { afterPrefix, encodeKeyPart, inverted, kindBounds } from './index-key.ts'

export interface KeyRange {
  /** Inclusive. */
  start: Buffer
  /** Exclusive. */
  end: Buffer
}

export type Plan = { sorted: boolean; rest: readonly Clause[] } & (
  | { kind: 'ids'; ids: string[] }
  | { kind: 'scan'; range: KeyRange; reverse: boolean }
  | { kind: 'index'; index: Index; ranges: KeyRange[]; reverse: boolean }
)

/**
 * Alternatives of `$in` that are looked up one by one. It is far above any list of ours: a scan instead would hold every record against
 * every alternative, which for some thousand of each takes minutes.
 */
const MAX_RANGES = 100_000

interface Question {
  clauses: Clause[]
  sort: readonly IndexField[]
}

export function createPlan(
  filter: object,
  sort: readonly IndexField[],
  indexes: readonly Index[],
  collectionPrefix: Buffer,
): Plan {
  const question = { clauses: clausesOf(filter), sort }
  const named = idsIn(question.clauses)
  if (named !== undefined) {
    const { ids, by } = named
    return {
      kind: 'ids',
      ids,
      sorted: sort.length === 0 || ids.length < 2,
      rest: question.clauses.filter(clause => clause !== by),
    }
  }

  let best: { plan: Plan; score: number } | undefined
  for (const index of indexes) {
    const candidate = planWith(index, question)
    if (candidate.score > (best?.score ?? 0)) best = candidate
  }
  if (best !== undefined) return best.plan

  const [only, ...further] = sort
  const byId = only?.path === '_id' && further.length === 0
  const { range, by } = idRange(question.clauses, collectionPrefix)
  return {
    kind: 'scan',
    range,
    reverse: byId && only.direction === -1,
    sorted: sort.length === 0 || byId,
    rest: question.clauses.filter(clause => !by.has(clause)),
  }
}

/** The ids that a condition names, and that condition. */
function idsIn(clauses: Clause[]): { ids: string[]; by: Clause } | undefined {
  for (const by of clauses) {
    const { path, operator, operand } = by
    if (path !== '_id') continue
    if (operator === '$eq') return { ids: typeof operand === 'string' ? [operand] : [], by }
    if (operator === '$in' && Array.isArray(operand)) {
      return { ids: [...new Set(operand.filter((id): id is string => typeof id === 'string'))], by }
    }
  }
  return undefined
}

/** Records are kept in the order of their ids, so a range of ids is a range of keys; and the conditions that it answers. */
function idRange(clauses: Clause[], prefix: Buffer): { range: KeyRange; by: Set<Clause> } {
  let start = prefix
  let end = afterPrefix(prefix)
  const by = new Set<Clause>()
  for (const clause of clauses) {
    const { path, operator, operand } = clause
    if (path !== '_id' || typeof operand !== 'string') continue
    const key = Buffer.concat([prefix, Buffer.from(operand)])
    // One NUL more is the very next key; ids hold no NUL.
    const next = Buffer.concat([key, Buffer.of(0)])
    if (operator === '$gt') start = later(start, next)
    if (operator === '$gte') start = later(start, key)
    if (operator === '$lt') end = earlier(end, key)
    if (operator === '$lte') end = earlier(end, next)
    if (operator === '$gt' || operator === '$gte' || operator === '$lt' || operator === '$lte') by.add(clause)
  }
  return { range: { start, end }, by }
}

function planWith(index: Index, { clauses, sort }: Question): { plan: Plan; score: number } {
  const used = new Set<Clause>()
  let prefixes: Buffer[] = [index.prefix]
  let ranges: KeyRange[] | undefined
  let score = 0
  let equalFields = 0
  for (const field of index.fields) {
    const equal = clauses.find(clause => clause.path === field.path && clause.operator === '$eq')
    const among = clauses.find(clause => clause.path === field.path && clause.operator === '$in')
    if (equal !== undefined) {
      prefixes = prefixes.map(prefix => Buffer.concat([prefix, encodeKeyPart(equal.operand, field.direction)]))
      used.add(equal)
      score += 40
    } else if (
      among !== undefined &&
      Array.isArray(among.operand) &&
      prefixes.length * among.operand.length <= MAX_RANGES
    ) {
      const codes = distinct(among.operand.map((value: unknown) => encodeKeyPart(value, field.direction)))
      prefixes = prefixes.flatMap(prefix => codes.map(code => Buffer.concat([prefix, code])))
      used.add(among)
      score += 30
    } else {
      const bounds = boundsOf(field, clauses, index.multikey, used)
      if (bounds !== undefined) {
        ranges = prefixes.map(prefix => ({
          start: Buffer.concat([prefix, bounds.start]),
          end: afterOf(prefix, bounds),
        }))
        score += 20
      }
      break
    }
    equalFields += 1
  }
  const direction = prefixes.length > 1 || index.multikey ? undefined : orderOf(index, equalFields, sort, used)
  if (direction !== undefined && sort.length > 0) score += 10
  return {
    score,
    plan: {
      kind: 'index',
      index,
      ranges: ranges ?? prefixes.map(prefix => ({ start: prefix, end: afterPrefix(prefix) })),
      reverse: direction === -1,
      sorted: sort.length === 0 || direction !== undefined,
      // With several values a record may be reached by one and fit by none.
      rest: index.multikey ? clauses : clauses.filter(clause => !used.has(clause)),
    },
  }
}

/** Codes from `start` (inclusive) to `end` (exclusive) for one field, of one kind of value. */
interface Bounds {
  start: Buffer
  end: Buffer
}

function boundsOf(field: IndexField, clauses: Clause[], multikey: boolean, used: Set<Clause>): Bounds | undefined {
  let result: Bounds | undefined
  for (const clause of clauses) {
    if (clause.path !== field.path) continue
    const bounds = boundsOfClause(clause, field.direction)
    if (bounds === undefined) continue
    if (result === undefined) result = bounds
    // Of a record with several values one may keep the first bound and another the second.
    else if (multikey) continue
    else result = { start: later(result.start, bounds.start), end: earlier(result.end, bounds.end) }
    used.add(clause)
  }
  return result
}

function boundsOfClause({ operator, operand }: Clause, direction: 1 | -1): Bounds | undefined {
  if (typeof operand !== 'string' && typeof operand !== 'number' && !(operand instanceof Date)) return undefined
  const { first, beyond } = kindBounds(operand)
  const code = encodeKeyPart(operand)
  const after = afterPrefix(code)
  const ascending =
    operator === '$gt'
      ? { start: after, end: beyond }
      : operator === '$gte'
        ? { start: code, end: beyond }
        : operator === '$lt'
          ? { start: first, end: code }
          : operator === '$lte'
            ? { start: first, end: after }
            : undefined
  if (ascending === undefined || direction === 1) return ascending
  return descendingBounds(operator, first, code)
}

/** Inverted codes run the other way: what was beyond the end comes first. */
function descendingBounds(operator: string, first: Buffer, code: Buffer): Bounds {
  const kind = inverted(first)
  const at = inverted(code)
  switch (operator) {
    case '$gt':
      return { start: kind, end: at }
    case '$gte':
      return { start: kind, end: afterPrefix(at) }
    case '$lt':
      return { start: afterPrefix(at), end: afterPrefix(kind) }
    default:
      return { start: at, end: afterPrefix(kind) }
  }
}

function afterOf(prefix: Buffer, bounds: Bounds): Buffer {
  // An empty range must not turn round.
  const end = Buffer.compare(bounds.end, bounds.start) < 0 ? bounds.start : bounds.end
  return Buffer.concat([prefix, end])
}

/** Forward or reverse when reading the index gives the wanted order, else undefined. Fields fixed by equality do not count. */
function orderOf(
  index: Index,
  equalFields: number,
  sort: readonly IndexField[],
  used: Set<Clause>,
): 1 | -1 | undefined {
  const fixed = new Set([...used].filter(clause => clause.operator === '$eq').map(clause => clause.path))
  const wanted = sort.filter(field => !fixed.has(field.path))
  // Within equal values the entries stand in the order of the ids.
  const offered: IndexField[] = index.fields.slice(equalFields)
  if (!index.unique) offered.push({ path: '_id', direction: 1 })
  let direction: 1 | -1 | undefined
  for (const [at, field] of wanted.entries()) {
    const offer = offered[at]
    if (offer === undefined || offer.path !== field.path) return undefined
    const needed = offer.direction === field.direction ? 1 : -1
    if (direction !== undefined && direction !== needed) return undefined
    direction = needed
  }
  return direction ?? 1
}

function distinct(codes: Buffer[]): Buffer[] {
  return [...new Map(codes.map(code => [code.toString('latin1'), code])).values()]
}

function later(a: Buffer, b: Buffer): Buffer {
  return Buffer.compare(a, b) >= 0 ? a : b
}

function earlier(a: Buffer, b: Buffer): Buffer {
  return Buffer.compare(a, b) <= 0 ? a : b
}
