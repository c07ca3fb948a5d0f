/** Compares every index entry with the records it stands for, both ways. For tests after crashes and for an operator in doubt. */

import type { Environment } from './environment.ts'
import { type Index, indexEntriesOf } from './index-entries.ts'
import { afterPrefix } from './index-key.ts'
import { toFields } from './read-record.ts'
import { collectionPrefix } from './record-writer.ts'

/** One line for each entry that is missing, wrong or left over; names collection, index and kind of fault, never a value. */
export function verifyIndexes(environment: Environment, collection: string, indexes: readonly Index[]): string[] {
  const faults: string[] = []
  const expected = new Map(indexes.map(index => [index, 0]))
  const prefix = collectionPrefix(collection)
  for (const { value } of environment.records.getRange({ start: prefix, end: afterPrefix(prefix) })) {
    const record = toFields(value)
    for (const { index, key } of indexEntriesOf(indexes, record)) {
      expected.set(index, (expected.get(index) ?? 0) + 1)
      const holder = environment.entries.getBinary(key)
      if (holder === undefined) faults.push(`${collection}.${index.name}: a record without its entry`)
      else if (holder.toString() !== record._id) faults.push(`${collection}.${index.name}: an entry of another record`)
    }
  }
  for (const [index, count] of expected) {
    const found = environment.entries.getKeysCount({ start: index.prefix, end: afterPrefix(index.prefix) })
    if (found > count) faults.push(`${collection}.${index.name}: ${found - count} entries without a record`)
  }
  return faults
}
