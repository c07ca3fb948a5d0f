/** Throws when a condition that our own code must keep does not hold. A bug, never a refusal of input. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`Assertion failed: ${message}`)
}

/** The value, which cannot be missing here. */
export function must<T>(value: T | null | undefined, message: string): T {
  if (value === null || value === undefined) throw new Error(`Missing: ${message}`)
  return value
}

/** Proves to the compiler that a union is exhausted. */
export function unreachable(value: never): never {
  throw new Error(`Unreachable: ${JSON.stringify(value)}`)
}
