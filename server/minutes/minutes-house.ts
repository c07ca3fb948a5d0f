/** How the minutes are put together and kept going: what they need, and the look for those that have become final by themselves. */
import { createCodeSetRepository } from '../code-sets/code-set-repository.ts'
import { createCodeSets } from '../code-sets/code-sets.ts'
import type { ConferenceParts } from '../conferences/ports.ts'
import type { Keyring } from '../crypto/keyring.ts'
import { startEvery } from '../lib/every.ts'
import type { Log } from '../lib/log.ts'
import { readRecords } from '../meetings/meeting-records.ts'
import type { Clock } from '../rooms/ports.ts'
import type { Store } from '../storage/port.ts'
import { createAgendaProposals } from './agenda-proposals.ts'
import { finishMinutes } from './objections.ts'
import type { MinutesParts } from './ports.ts'
import { sealLapsed } from './sealing.ts'
import { openMinutesSigner } from './signing-key.ts'

/** A due date is a day; nobody waits for the minute. */
const LOOK_EVERY_MS = 60_000

export async function openMinutesParts(
  options: { conferences: ConferenceParts; store: Store; keyring: Keyring; workingDays: number } & Pick<
    MinutesParts,
    'minutes' | 'meetings' | 'hearings' | 'papers' | 'comments'
  >,
): Promise<MinutesParts> {
  const { conferences, store, keyring, workingDays, minutes, meetings, hearings, papers, comments } = options
  return {
    ...conferences,
    minutes,
    meetings,
    hearings,
    papers,
    ...(comments && { comments }),
    proposals: createAgendaProposals({ store }),
    codeSets: createCodeSets(createCodeSetRepository({ store, keyring })),
    signer: await openMinutesSigner({ store, keyring }),
    minutesWorkingDays: workingDays,
  }
}

/** What a stop left out is made up for, and from then on minutes become final when they are due. Returns the stopper. */
export async function startMinutes(
  parts: MinutesParts,
  { clock, log }: { clock: Clock; log: Log },
): Promise<() => void> {
  await finishMinutes(parts, conferenceId => readRecords(parts, conferenceId))
  return startEvery({
    clock,
    everyMs: LOOK_EVERY_MS,
    work: async () => {
      await sealLapsedNow(parts)
    },
    onFailure: error => log.warn({ error }, 'Minutes that are due could not be made final; it is tried again'),
  })
}

export function sealLapsedNow(parts: MinutesParts): Promise<number> {
  return sealLapsed(parts, async conferenceId => {
    const records = await readRecords(parts, conferenceId)
    return records && { records, kept: await parts.minutes.find(conferenceId) }
  })
}
