import type * as Y from 'yjs'
import { isCode } from '../../codes.ts'

/** A field that holds a code of the table; empty when it is missing, was undone or is none of them. */
export function codeField<T extends Record<string, unknown>>(
  record: Y.Map<unknown>,
  name: string,
  table: T,
): (keyof T & string) | '' {
  const value = record.get(name)
  return isCode(table, value) ? value : ''
}
