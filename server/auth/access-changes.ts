/**
 * Tells everybody in this process, in the same turn as a change is committed, that what they know about access may be out of date. Keys name
 * what changed: `user:…`, `session:…`, `agency:…`, `conference:…`, `item:…`, `case:…`. Who holds an answer that rests on such a key asks
 * again before acting on it.
 */
import type { AgencyId, CaseId, ConferenceId, ItemId, SessionId, UserId } from '../../shared/ids.ts'

export type AccessKey =
  | `user:${UserId}`
  | `session:${SessionId}`
  | `agency:${AgencyId}`
  | `conference:${ConferenceId}`
  | `item:${ItemId}`
  | `case:${CaseId}`

export interface AccessChanges {
  announce(keys: readonly AccessKey[]): void
  /** Called synchronously with the commit of the change. Returns its stopper. */
  onChange(listener: (keys: readonly string[]) => void): () => void
}

export function createAccessChanges(): AccessChanges {
  const listeners = new Set<(keys: readonly string[]) => void>()
  return {
    announce(keys) {
      // One listener that throws must not keep the others from hearing that access was withdrawn.
      const failures: unknown[] = []
      for (const listener of [...listeners]) {
        try {
          listener(keys)
        } catch (error) {
          failures.push(error)
        }
      }
      if (failures.length > 0) throw new AggregateError(failures, 'A listener of access changes failed')
    },
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
