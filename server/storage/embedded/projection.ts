/** MongoDB's projection with plain fields: either those named (and `_id` unless refused), or all but those named. */
import { isPlainObject, UnsupportedByStore } from '../subset.ts'

type Tree = Map<string, Tree | true>

/** @throws UnsupportedByStore when wanted and unwanted fields are mixed */
export function createProjection(
  projection: Record<string, 0 | 1> | undefined,
): (record: Record<string, unknown>) => Record<string, unknown> {
  const { _id: idWanted, ...others } = projection ?? {}
  const wishes = new Set(Object.values(others))
  if (wishes.size > 1) throw new UnsupportedByStore('A projection names wanted or unwanted fields, not both')
  const onlyId = wishes.size === 0 && idWanted === 1
  const tree = toTree(Object.keys(others))
  if (wishes.has(1) || onlyId) {
    if (idWanted !== 0) tree.set('_id', true)
    return record => included(record, tree)
  }
  if (idWanted === 0) tree.set('_id', true)
  return record => (tree.size === 0 ? record : excluded(record, tree))
}

function toTree(paths: string[]): Tree {
  const tree: Tree = new Map()
  for (const path of paths) {
    const parts = path.split('.')
    const last = parts.pop() ?? ''
    let at = tree
    for (const part of parts) {
      const known = at.get(part)
      if (known === true) throw new UnsupportedByStore(`A projection names ${path} and its parent`)
      const next: Tree = known ?? new Map()
      at.set(part, next)
      at = next
    }
    if (at.has(last)) throw new UnsupportedByStore(`A projection names ${path} and its child`)
    at.set(last, true)
  }
  return tree
}

function included(record: Record<string, unknown>, tree: Tree): Record<string, unknown> {
  const result: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(record)) {
    const branch = tree.get(key)
    if (branch === true) result[key] = value
    else if (branch !== undefined) {
      const inner = within(value, element => included(element, branch), true)
      if (inner !== undefined) result[key] = inner
    }
  }
  return result
}

function excluded(record: Record<string, unknown>, tree: Tree): Record<string, unknown> {
  const result: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(record)) {
    const branch = tree.get(key)
    if (branch === undefined) result[key] = value
    else if (branch !== true) result[key] = within(value, element => excluded(element, branch), false)
  }
  return result
}

/** Through documents and arrays of documents; a plain value on the way is left out when fields are wanted, kept when unwanted. */
function within(
  value: unknown,
  change: (element: Record<string, unknown>) => Record<string, unknown>,
  dropPlain: boolean,
): unknown {
  if (isPlainObject(value)) return change(value)
  if (!Array.isArray(value)) return dropPlain ? undefined : value
  return value.flatMap(element => (isPlainObject(element) ? [change(element)] : dropPlain ? [] : [element]))
}
