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

/**
 * @param onFailure told of a listener that threw. The change is committed by then: its command goes on, and the other listeners hear of it.
 * Left out, the error comes up in a turn of its own, where nothing can swallow it.
 */
export function createAccessChanges(onFailure: (error: unknown) => void = throwLater): AccessChanges {
  const listeners = new Set<(keys: readonly string[]) => void>()
  return {
    announce(keys) {
      for (const listener of [...listeners]) {
        try {
          listener(keys)
        } catch (error) {
          onFailure(error)
        }
      }
    },
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

function throwLater(error: unknown): void {
  queueMicrotask(() => {
    throw error
  })
}
