/** Brings together what lists and triage work with, and finishes what a stopped server left half done. */
import type { FindingId } from '../../shared/ids.ts'
import type { ConferenceParts, MeetingOrder } from '../conferences/ports.ts'
import type { Keyring } from '../crypto/keyring.ts'
import type { Log } from '../lib/log.ts'
import type { Clock } from '../rooms/ports.ts'
import type { Store } from '../storage/port.ts'
import { createFindingRepository } from './finding-repository.ts'
import { createSearchables } from './finding-views.ts'
import { createImportRepository } from './import-repository.ts'
import { createTurns, type TriageParts } from './ports.ts'
import { finishImports, TakingIn } from './taking-in.ts'

export async function openImportParts(options: {
  conferences: ConferenceParts
  meetings: MeetingOrder
  store: Store
  keyring: Keyring
  clock: Clock
  log: Log
}): Promise<{ parts: TriageParts; takingIn: TakingIn }> {
  const { conferences, meetings, store, keyring, clock, log } = options
  const imports = createImportRepository({ store, keyring })
  const findings = createFindingRepository({ store, keyring })
  const findingIdOf = (importId: string, row: number) =>
    keyring.blindIndex('finding', `${importId}\n${row}`).slice(0, ID_LENGTH) as FindingId
  const takingIn = new TakingIn({ parts: { imports, findings, findingIdOf }, clock, log })
  const parts: TriageParts = {
    ...conferences,
    meetings,
    imports,
    findings,
    findingIdOf,
    markOf: text => keyring.blindIndex('import-headings', text).slice(0, ID_LENGTH),
    turns: createTurns(),
    searchableOf: createSearchables(),
    goOn: importId => takingIn.goOn(importId),
  }
  await finishImports(parts)
  return { parts, takingIn }
}

/** `shared/ids.ts` */
const ID_LENGTH = 22
