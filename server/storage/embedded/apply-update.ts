/**
 * The update operators that Dure uses, applied to one record in memory as MongoDB applies them. Where MongoDB refuses (a counter
 * that is text, a path through a number) this refuses too, instead of leaving the record as it was: a lost update is worse than an
 * error. The update has been checked by `assertUpdate`.
 */
import {
  elementsOf,
  isPlainObject,
  isScalar,
  isUpdateOperator,
  UnsupportedByStore,
  type UpdateOperator,
} from '../subset.ts'
import { compareValues } from './compare-values.ts'

type Container = Record<string, unknown> | unknown[]

/** An update that does not fit the record it met; nothing is changed. MongoDB answers such with an error as well. */
export class UpdateDoesNotFit extends Error {
  override name = 'UpdateDoesNotFit'
}

/** Changes `record` in place. `inserting` lets `$setOnInsert` act. @throws UpdateDoesNotFit */
export function applyUpdate(record: Record<string, unknown>, update: object, inserting: boolean): void {
  for (const [operator, fields] of Object.entries(update)) {
    if (!isUpdateOperator(operator)) throw new UnsupportedByStore(`Update operator ${operator} is not used here`)
    if (operator === '$setOnInsert' && !inserting) continue
    for (const [path, operand] of Object.entries(fields)) {
      // As in the driver with `ignoreUndefined`: a field without a value is not part of the update.
      if (operand !== undefined || operator === '$unset') applyField(record, operator, path, operand)
    }
  }
}

function applyField(record: Record<string, unknown>, operator: UpdateOperator, path: string, operand: unknown): void {
  const mayCreate = operator !== '$unset' && operator !== '$pull'
  const place = findPlace(record, path, mayCreate)
  if (place === undefined) return
  const { container, key } = place
  const current = read(container, key)
  switch (operator) {
    case '$set':
    case '$setOnInsert':
      write(container, key, operand)
      return
    case '$unset':
      remove(container, key)
      return
    case '$inc':
      if (current !== undefined && typeof current !== 'number') throw misfit(operator, path, current)
      write(container, key, (current ?? 0) + Number(operand))
      return
    case '$max':
    case '$min': {
      const order = current === undefined ? 0 : compareValues(operand, current)
      if (current === undefined || (operator === '$max' ? order > 0 : order < 0)) write(container, key, operand)
      return
    }
    case '$push':
      write(container, key, [...arrayAt(operator, path, current), ...elementsOf(operand)])
      return
    case '$addToSet': {
      const elements = [...arrayAt(operator, path, current)]
      for (const element of elementsOf(operand)) {
        if (!elements.some(known => isSame(known, element))) elements.push(element)
      }
      write(container, key, elements)
      return
    }
    case '$pull':
      if (current === undefined) return
      write(
        container,
        key,
        arrayAt(operator, path, current).filter(element => !isSame(element, operand)),
      )
  }
}

function isSame(element: unknown, value: unknown): boolean {
  return isScalar(element) && compareValues(element, value) === 0
}

/** The container that holds a path's last part; made on the way when `mayCreate`, else undefined when there is none. */
function findPlace(
  record: Record<string, unknown>,
  path: string,
  mayCreate: boolean,
): { container: Container; key: string } | undefined {
  const parts = path.split('.')
  const key = parts.pop() ?? ''
  let container: Container = record
  for (const part of parts) {
    let next = read(container, part)
    if (next === undefined) {
      if (!mayCreate) return undefined
      next = {}
      write(container, part, next)
    }
    if (!Array.isArray(next) && !isPlainObject(next)) {
      if (!mayCreate) return undefined
      throw new UpdateDoesNotFit(`Cannot create ${path}: ${part} holds a plain value`)
    }
    container = next
  }
  if (Array.isArray(container) && !isPosition(key)) {
    if (!mayCreate) return undefined
    throw new UpdateDoesNotFit(`Cannot create ${path}: its parent is an array`)
  }
  return { container, key }
}

function read(container: Container, key: string): unknown {
  if (Array.isArray(container)) return isPosition(key) ? container[Number(key)] : undefined
  return Object.hasOwn(container, key) ? container[key] : undefined
}

function write(container: Container, key: string, value: unknown): void {
  if (!Array.isArray(container)) {
    container[key] = value
    return
  }
  if (!isPosition(key)) throw new UpdateDoesNotFit(`Not a position in an array: ${key}`)
  while (container.length < Number(key)) container.push(null)
  container[Number(key)] = value
}

function remove(container: Container, key: string): void {
  if (!Array.isArray(container)) delete container[key]
  else if (isPosition(key) && Number(key) < container.length) container[Number(key)] = null
}

function isPosition(key: string): boolean {
  return /^(0|[1-9]\d{0,3})$/.test(key)
}

function arrayAt(operator: UpdateOperator, path: string, current: unknown): unknown[] {
  if (current === undefined) return []
  if (!Array.isArray(current)) throw misfit(operator, path, current)
  return current
}

function misfit(operator: UpdateOperator, path: string, current: unknown): UpdateDoesNotFit {
  return new UpdateDoesNotFit(
    `Cannot apply ${operator} to ${path}: it holds ${current === null ? 'null' : typeof current}`,
  )
}
