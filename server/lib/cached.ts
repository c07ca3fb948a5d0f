import type { Clock } from '../rooms/ports.ts'

export interface Cached<K, V> {
  get(key: K): Promise<V>
  /** Forgets what is known; whoever asks from now on reads anew, also when an older reading is still on its way. */
  drop(key: K): void
}

/** What `load` gave, for `ttlMs` at most: so long a change made by another process may stay unseen. Failures are not kept. */
export function createCached<K, V>(options: {
  clock: Clock
  ttlMs: number
  maxEntries: number
  load: (key: K) => Promise<V>
}): Cached<K, V> {
  const { clock, ttlMs, maxEntries, load } = options
  const known = new Map<K, { value: Promise<V>; readAt: number }>()
  return {
    get(key) {
      const now = clock.now()
      const entry = known.get(key)
      // A clock that was set back must not keep an entry for ever.
      if (entry !== undefined && now >= entry.readAt && now - entry.readAt < ttlMs) return entry.value
      const fresh = { value: load(key), readAt: now }
      known.delete(key)
      known.set(key, fresh)
      fresh.value.catch(() => {
        if (known.get(key) === fresh) known.delete(key)
      })
      if (known.size > maxEntries) {
        const oldest = known.keys().next()
        if (!oldest.done) known.delete(oldest.value)
      }
      return fresh.value
    },
    drop: key => {
      known.delete(key)
    },
  }
}
