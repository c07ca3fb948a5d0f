/**
 * The part of MongoDB's language that Dure uses, checked before either store sees it, so that what runs on one runs on the other.
 *
 * Two reasons to be narrow: a filter made from input can never carry an operator that was not meant (a field's value must be a
 * plain scalar or one of the operators below), and nothing is used that only one of the servers understands: FerretDB, which the tests
 * run on, knows neither positional updates, nor nested arrays, nor conditions on the elements of arrays.
 */

/** A call used something outside the subset. A bug of ours, never a refusal of input. */
export class UnsupportedByStore extends Error {
  override name = 'UnsupportedByStore'
}

export type Scalar = string | number | boolean | null | Date

export const UPDATE_OPERATORS = [
  '$set',
  '$unset',
  '$inc',
  '$push',
  '$pull',
  '$addToSet',
  '$setOnInsert',
  '$max',
  '$min',
] as const
export type UpdateOperator = (typeof UPDATE_OPERATORS)[number]

/** Ids and indexed values share one key of at most 1,978 bytes in the embedded store; our own ids are far below. */
export const MAX_ID_BYTES = 512
/** MongoDB's own limit of one record. */
export const MAX_RECORD_BYTES = 16 * 1024 * 1024
/** Far above any shape of ours, far below what a recursion could not take. */
const MAX_DEPTH = 50

export function isScalar(value: unknown): value is Scalar {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true
  if (typeof value === 'number') return Number.isFinite(value)
  return value instanceof Date && !Number.isNaN(value.getTime())
}

export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

/** @throws UnsupportedByStore */
export function assertRecord(record: object): void {
  assertId('_id' in record ? record._id : undefined)
  assertValue(record, '', 0)
}

function assertId(id: unknown): asserts id is string {
  if (typeof id !== 'string' || id.length === 0 || Buffer.byteLength(id) > MAX_ID_BYTES || id.includes('\0')) {
    throw new UnsupportedByStore(`_id must be a string of 1 to ${MAX_ID_BYTES} bytes`)
  }
}

/** @throws UnsupportedByStore */
export function assertFilter(filter: object): void {
  for (const [key, value] of Object.entries(filter)) {
    if (key === '$and' || key === '$or' || key === '$nor') {
      if (!Array.isArray(value) || value.length === 0) throw new UnsupportedByStore(`${key} needs a list of filters`)
      for (const part of value) {
        if (!isPlainObject(part)) throw new UnsupportedByStore(`${key} needs a list of filters`)
        assertFilter(part)
      }
    } else {
      assertPath(key)
      assertCondition(key, value)
    }
  }
}

function assertCondition(path: string, condition: unknown): void {
  if (isScalar(condition)) return
  if (!isPlainObject(condition)) throw new UnsupportedByStore(`Filter on ${path}: not a scalar and no operators`)
  const operators = Object.entries(condition)
  if (operators.length === 0) throw new UnsupportedByStore(`Filter on ${path}: embedded documents cannot be compared`)
  for (const [operator, operand] of operators) {
    if (!isOperandOf(operator, operand, path)) {
      throw new UnsupportedByStore(`Filter on ${path}: ${operator} is not used here, or not with that value`)
    }
  }
}

function isOperandOf(operator: string, operand: unknown, path: string): boolean {
  switch (operator) {
    case '$eq':
    case '$ne':
      return isScalar(operand)
    case '$gt':
    case '$gte':
    case '$lt':
    case '$lte':
      return isScalar(operand) && operand !== null && typeof operand !== 'boolean'
    case '$in':
    case '$nin':
    case '$all':
      return Array.isArray(operand) && operand.every(isScalar)
    case '$exists':
      return typeof operand === 'boolean'
    case '$size':
      return Number.isInteger(operand)
    case '$not':
      if (!isPlainObject(operand)) return false
      assertCondition(path, operand)
      return true
    default:
      return false
  }
}

/** @throws UnsupportedByStore */
export function assertUpdate(update: object): void {
  const operators = Object.entries(update)
  if (operators.length === 0) throw new UnsupportedByStore('An update needs at least one operator')
  const paths: string[] = []
  for (const [operator, fields] of operators) {
    if (!isUpdateOperator(operator)) throw new UnsupportedByStore(`Update operator ${operator} is not used here`)
    if (!isPlainObject(fields)) throw new UnsupportedByStore(`${operator} needs fields`)
    for (const [path, value] of Object.entries(fields)) {
      assertPath(path)
      if (path === '_id' && operator === '$setOnInsert') assertId(value)
      else if (path === '_id' || path.startsWith('_id.')) throw new UnsupportedByStore('_id never changes')
      if (value !== undefined || operator === '$unset') paths.push(path)
      assertOperand(operator, path, value)
    }
  }
  assertDisjoint(paths)
}

/**
 * An upsert must know the id of what it may insert: by the filter or by `$setOnInsert`. MongoDB would make one of its own kind.
 * @throws UnsupportedByStore
 */
export function assertUpsert(filter: object, update: object): void {
  const known = clausesOf(filter).some(clause => clause.path === '_id' && clause.operator === '$eq')
  const given = '$setOnInsert' in update && isPlainObject(update.$setOnInsert) && '_id' in update.$setOnInsert
  if (known === given) throw new UnsupportedByStore('An upsert names the id once: in its filter or in $setOnInsert')
}

export interface Clause {
  path: string
  operator: string
  operand: unknown
}

/** The conditions that must all hold, `$and` opened. `$or` and `$nor` come as clauses without a path. */
export function clausesOf(filter: object): Clause[] {
  return Object.entries(filter).flatMap(([key, value]): Clause[] => {
    if (key === '$and' && Array.isArray(value))
      return value.flatMap(part => (isPlainObject(part) ? clausesOf(part) : []))
    if (key.startsWith('$')) return [{ path: '', operator: key, operand: value }]
    if (!isPlainObject(value)) return [{ path: key, operator: '$eq', operand: value }]
    return Object.entries(value).map(([operator, operand]) => ({ path: key, operator, operand }))
  })
}

/** The filter that asks for these conditions and nothing else: what {@link clausesOf} opened, put together again. */
export function filterOf(clauses: readonly Clause[]): object {
  if (clauses.length === 0) return {}
  return {
    $and: clauses.map(({ path, operator, operand }) =>
      path === '' ? { [operator]: operand } : { [path]: { [operator]: operand } },
    ),
  }
}

/** The sort as a list. @throws UnsupportedByStore for other forms than `{ field: 1 | -1 }` */
export function sortFieldsOf(sort: unknown): { path: string; direction: 1 | -1 }[] {
  if (sort === undefined) return []
  if (!isPlainObject(sort)) throw new UnsupportedByStore('A sort is written { field: 1 | -1 }')
  return Object.entries(sort).map(([path, direction]) => {
    assertPath(path)
    if (direction !== 1 && direction !== -1) throw new UnsupportedByStore('A sort is written { field: 1 | -1 }')
    return { path, direction }
  })
}

function assertOperand(operator: UpdateOperator, path: string, value: unknown): void {
  switch (operator) {
    case '$unset':
      return
    case '$inc':
      if (typeof value !== 'number' || !Number.isFinite(value))
        throw new UnsupportedByStore(`$inc of ${path}: no number`)
      return
    case '$max':
    case '$min':
      if (!isScalar(value) || value === null || typeof value === 'boolean') {
        throw new UnsupportedByStore(`${operator} of ${path}: only numbers, strings and dates`)
      }
      return
    case '$pull':
      // FerretDB answers a condition with "nothing to do"; an array of records is read, changed and set with its version.
      if (!isScalar(value)) throw new UnsupportedByStore(`$pull from ${path}: only scalars`)
      return
    case '$push':
    case '$addToSet':
      for (const element of elementsOf(value)) {
        if (Array.isArray(element)) throw new UnsupportedByStore(`${operator} to ${path}: an array inside an array`)
        if (operator === '$addToSet' && !isScalar(element)) {
          // Equality of embedded documents depends on the order of their fields, which nobody should rely on.
          throw new UnsupportedByStore(`$addToSet to ${path}: only scalars`)
        }
        assertValue(element, path, 0)
      }
      return
    default:
      assertValue(value, path, 0)
  }
}

/** What `$push` and `$addToSet` add: one value, or those of `$each`. */
export function elementsOf(value: unknown): unknown[] {
  if (!isPlainObject(value) || !('$each' in value)) return [value]
  if (Object.keys(value).length > 1 || !Array.isArray(value.$each)) {
    throw new UnsupportedByStore('$each takes a list and no further modifiers')
  }
  return value.$each
}

export function isUpdateOperator(operator: string): operator is UpdateOperator {
  return UPDATE_OPERATORS.some(known => known === operator)
}

function assertDisjoint(paths: string[]): void {
  const sorted = [...paths].sort()
  for (const [index, path] of sorted.entries()) {
    const clash = sorted.findIndex((other, at) => at !== index && (other === path || other.startsWith(`${path}.`)))
    if (clash >= 0) throw new UnsupportedByStore(`One update changes both ${path} and ${sorted[clash]}`)
  }
}

function assertPath(path: string): void {
  for (const part of path.split('.')) {
    if (part === '' || part.startsWith('$') || part === '__proto__' || part.includes('\0')) {
      throw new UnsupportedByStore(`Not a field path: ${JSON.stringify(path)}`)
    }
  }
}

function assertValue(value: unknown, path: string, depth: number): void {
  if (value === undefined || isScalar(value) || value instanceof Uint8Array) return
  if (depth >= MAX_DEPTH) throw new UnsupportedByStore(`${path}: nested deeper than ${MAX_DEPTH}`)
  if (Array.isArray(value)) {
    for (const element of value) {
      if (Array.isArray(element)) throw new UnsupportedByStore(`${path}: an array inside an array`)
      if (element === undefined) throw new UnsupportedByStore(`${path}: undefined inside an array`)
      assertValue(element, path, depth + 1)
    }
    return
  }
  if (!isPlainObject(value)) throw new UnsupportedByStore(`${path || 'record'}: a value of this kind cannot be stored`)
  for (const [key, inner] of Object.entries(value)) {
    if (key === '' || key.includes('.') || key.startsWith('$') || key === '__proto__' || key.includes('\0')) {
      throw new UnsupportedByStore(`${path || 'record'}: not a field name: ${JSON.stringify(key)}`)
    }
    assertValue(inner, path === '' ? key : `${path}.${key}`, depth + 1)
  }
}
