/** Looking into records by dotted path, as MongoDB does: a path goes through every element of the arrays on its way. */
import { isPlainObject } from '../subset.ts'

/** The values a path reaches, arrays at its end opened. `many` says that an array was on the way or at the end. */
export function valuesAt(record: unknown, path: string): { values: unknown[]; many: boolean } {
  const values: unknown[] = []
  const many = collect(record, path.split('.'), 0, values)
  return { values: values.length === 0 ? [null] : values, many }
}

function collect(value: unknown, parts: string[], at: number, into: unknown[]): boolean {
  if (at === parts.length) {
    if (!Array.isArray(value)) {
      into.push(value === undefined ? null : value)
      return false
    }
    for (const element of value) into.push(element)
    return true
  }
  const part = parts[at] ?? ''
  if (Array.isArray(value)) {
    if (/^\d+$/.test(part)) collect(value[Number(part)], parts, at + 1, into)
    else for (const element of value) if (isPlainObject(element)) collect(element, parts, at, into)
    return true
  }
  if (!isPlainObject(value)) {
    into.push(null)
    return false
  }
  return collect(Object.hasOwn(value, part) ? value[part] : undefined, parts, at + 1, into)
}
