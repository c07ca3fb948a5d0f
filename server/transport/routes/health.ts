/** Whether the service and its store answer: for a supervisor, without a sign-in, and without saying more. */
import type { Store } from '../../storage/port.ts'
import { type Route, route } from '../route.ts'

export function createHealthRoutes({ store, version }: { store: Store; version: string }): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/health',
      policy: 'public',
      async handle() {
        await store.ping()
        return { ok: true, store: store.kind, version }
      },
    }),
  ]
}
