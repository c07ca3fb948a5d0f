/**
 * What this store is: a demo to try, or a real installation. Decided at its first start and never changed afterwards, so that made-up people
 * with public passwords and real cases cannot end up in one place.
 */
import { isDuplicateKey, type Store } from '../storage/port.ts'

export type InstallationKind = 'demo' | 'real'

interface InstallationRecord {
  _id: string
  kind: InstallationKind
  createdAt: Date
}

const RECORD = 'kind'

/** The start is not what the store holds; the message says what to do. */
export class InstallationProblem extends Error {
  override name = 'InstallationProblem'
}

/** @throws {InstallationProblem} */
export async function claimInstallation(
  store: Store,
  kind: InstallationKind,
  now: number,
): Promise<{ isNew: boolean }> {
  const known = await installationKindOf(store)
  if (known === undefined) {
    try {
      await records(store).insertOne({ _id: RECORD, kind, createdAt: new Date(now) })
      return { isNew: true }
    } catch (error) {
      if (!isDuplicateKey(error)) throw error
      return claimInstallation(store, kind, now)
    }
  }
  if (known === kind) return { isNew: false }
  throw new InstallationProblem(
    kind === 'demo'
      ? `This store (${store.description}) holds a real installation, so the demo does not start on it. ` +
          'Set DURE_DEMO=off to start the installation, or DURE_DATA_DIR to another folder to try the demo.'
      : `This store (${store.description}) holds the demo, and real work must not begin in it. ` +
          'Empty it with "npm run demo:clear", or set DURE_DATA_DIR to another folder.',
  )
}

/** Undefined before the first start. */
export async function installationKindOf(store: Store): Promise<InstallationKind | undefined> {
  return (await records(store).findOne({ _id: RECORD }))?.kind
}

const records = (store: Store) => store.collection<InstallationRecord>('installation')
