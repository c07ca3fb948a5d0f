/** One running call per key, shared by all who ask meanwhile; the next asker after its end starts a new one. */
export function singleFlight<K, V>(load: (key: K) => Promise<V>): (key: K) => Promise<V> {
  const running = new Map<K, Promise<V>>()
  return key => {
    const known = running.get(key)
    if (known !== undefined) return known
    const started = load(key).finally(() => running.delete(key))
    running.set(key, started)
    return started
  }
}
