/** MongoDB's order of values, by way of the same bytes that the indexes are sorted by. */
import { isPlainObject } from '../subset.ts'
import { valuesAt } from './field-path.ts'
import { encodeKeyPart } from './index-key.ts'

/** Negative when `a` sorts before `b`. @throws UnsupportedByStore for documents and arrays */
export function compareValues(a: unknown, b: unknown): number {
  return Buffer.compare(encodeKeyPart(a), encodeKeyPart(b))
}

/** Sorts records by the given fields; a field with several values sorts by its least (ascending) or greatest (descending). */
export function sortRecords<T>(records: T[], fields: readonly { path: string; direction: 1 | -1 }[]): T[] {
  const keyed = records.map(record => ({
    record,
    key: Buffer.concat(fields.map(({ path, direction }) => sortCode(record, path, direction))),
  }))
  return keyed.sort((a, b) => Buffer.compare(a.key, b.key)).map(({ record }) => record)
}

function sortCode(record: unknown, path: string, direction: 1 | -1): Buffer {
  if (!isPlainObject(record)) return encodeKeyPart(null, direction)
  // Codes of a descending field are inverted, so the least code is the greatest value.
  const codes = valuesAt(record, path).values.map(value => encodeKeyPart(value, direction))
  return codes.reduce((least, code) => (Buffer.compare(code, least) < 0 ? code : least))
}
