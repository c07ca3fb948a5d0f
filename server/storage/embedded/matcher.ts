/** Whether a record fits a filter: mingo's matching, without its scripting, behind the subset of `subset.ts`. */
import { Query } from 'mingo'

/** A test for records. The filter has been checked by `assertFilter`; it never compares bytes (mingo would compare them as text). */
export function createMatcher(filter: object): (record: object) => boolean {
  if (Object.keys(filter).length === 0) return () => true
  const query = new Query<object>({ ...filter }, { scriptEnabled: false })
  return record => query.test(record)
}
