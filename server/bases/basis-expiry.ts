/**
 * The day on which a basis runs out passes by itself (BASES.md BS3): whoever asks after midnight in Seoul is judged on the new day anyway; this is what tells
 * open rooms, writes the record once, and marks the register. What a stop left undone is done at the next start.
 */
import { groundsOf, lastDayOf } from '../../shared/bases/bases.ts'
import { addDays, dayInSeoul } from '../../shared/working-days.ts'
import type { ConferenceParts } from '../conferences/ports.ts'
import { startEvery } from '../lib/every.ts'
import type { Log } from '../lib/log.ts'
import type { Clock } from '../rooms/ports.ts'
import { registerEnded, tellRooms, withEnd } from './basis-commands.ts'
import { type BasesOfCase, stillNamed } from './basis-repository.ts'

/** Open rooms are asked again that much after midnight at most. */
const LOOK_MS = 500

type Parts = Pick<ConferenceParts, 'bases' | 'disclosures' | 'items' | 'audit' | 'changes' | 'documents' | 'now'>

/** Looks at once, and from now on whenever a new day begins in Seoul. Returns its stopper. */
export async function watchBases(options: { parts: Parts; clock: Clock; log: Log }): Promise<() => Promise<void>> {
  const { parts, clock, log } = options
  let lookedOn = ''
  let tail: Promise<void> = Promise.resolve()

  async function look(): Promise<void> {
    const today = dayInSeoul(parts.now())
    if (today === lookedOn) return
    for (const known of await parts.bases.due(today)) await runOut(parts, known, today)
    lookedOn = today
  }

  /** One after another; what fails is tried again at the next look. */
  function soon(): Promise<void> {
    tail = tail.then(look).catch(error => log.warn({ error }, 'What ran out could not be looked through'))
    return tail
  }

  await soon()
  const stop = startEvery({ clock, everyMs: LOOK_MS, work: soon, onFailure: () => undefined })
  return async () => {
    stop()
    await tail
  }
}

/** Everything of one case that is over by that day. Somebody else's change in between is looked at again. */
export async function runOut(parts: Parts, known: BasesOfCase, today: string): Promise<void> {
  const isOver = (last: string | null) => last !== null && last < today
  const bases = known.bases.map(one =>
    isOver(lastDayOf(one)) ? withEnd(one, stillNamed(one), { why: 'expired', by: null }, parts.now()) : one,
  )
  // The day before still counts what ends with it.
  const before = groundsOf(known, addDays(today, -1)).open
  const after = groundsOf({ sensitive: known.sensitive, bases }, today).open
  for (const agencyId of before.filter(one => !after.includes(one))) {
    await parts.audit.record({
      actor: null,
      address: '',
      action: 'access.withdraw',
      subject: known.caseId,
      object: `agency.${agencyId}`,
      outcome: 'ok',
      reason: 'expired',
    })
  }
  try {
    await parts.bases.put(known, { sensitive: known.sensitive, bases }, today)
  } finally {
    // Also when nobody can tell whether it was written: asking again costs nothing.
    parts.changes.announce([`case:${known.caseId}`])
  }
  await registerEnded(
    parts,
    bases.filter((one, at) => one !== known.bases[at]),
  )
  await tellRooms(parts, known.caseId)
}
