/**
 * Whether a value from outside is JSON of a modest size and nothing else, before anything looks into it: no bytes, no keys that reach an
 * object's prototype, not deep, not many. Walks without recursion, because JSON.parse goes deeper than a stack does.
 */
const FORBIDDEN_KEYS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype', 'toJSON'])

export function isModestJson(value: unknown, limits: { maxDepth: number; maxValues: number }): boolean {
  const waiting: { value: unknown; depth: number }[] = [{ value, depth: 1 }]
  let values = 0
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (++values > limits.maxValues) return false
    const { value: looked, depth } = next
    if (typeof looked !== 'object' || looked === null) {
      if (!isJsonScalar(looked)) return false
      continue
    }
    const children = childrenOf(looked)
    if (children === undefined || (children.length > 0 && depth >= limits.maxDepth)) return false
    if (values + waiting.length + children.length > limits.maxValues) return false
    for (const child of children) waiting.push({ value: child, depth: depth + 1 })
  }
  return true
}

function isJsonScalar(value: unknown): boolean {
  return value === null || typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value)
}

/** Undefined for anything that is neither a plain object nor an array, or has a key that it must not have. */
function childrenOf(value: object): unknown[] | undefined {
  if (Array.isArray(value)) return value
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) return undefined
  return Object.keys(value).some(key => FORBIDDEN_KEYS.has(key)) ? undefined : Object.values(value)
}
