/**
 * Who has a case open in an emergency now: held in memory, because every question of access asks it, and filled from the store at the start. An
 * opening is over at its time whatever the timer does: who is asked compares the time; the timer announces, so that open lines are asked again.
 */
import type { AgencyId, BreakGlassId, CaseId, UserId } from '../../shared/ids.ts'
import type { AccessChanges } from '../auth/access-changes.ts'
import type { Case, CaseRepository } from '../conferences/case-repository.ts'
import type { GroundedCase } from '../conferences/facts.ts'
import type { Clock } from '../rooms/ports.ts'
import type { Opening, OpeningRepository } from './opening-repository.ts'

type Lasting = Pick<Opening, '_id' | 'caseId' | 'userId' | 'agencyId' | 'until'>

export interface EmergencyReader {
  userId: UserId
  agencyId: AgencyId
}

export class Emergencies {
  readonly #clock: Clock
  readonly #changes: AccessChanges
  readonly #lasting = new Map<BreakGlassId, { opening: Lasting; stop: () => void }>()

  constructor(options: { clock: Clock; changes: AccessChanges }) {
    this.#clock = options.clock
    this.#changes = options.changes
  }

  async fill(openings: Pick<OpeningRepository, 'lasting'>): Promise<void> {
    for (const opening of await openings.lasting(new Date(this.#clock.now()))) this.begin(opening)
  }

  /** Announces that the case may be open to somebody more. */
  begin(opening: Lasting): void {
    const left = opening.until.getTime() - this.#clock.now()
    const stop = this.#clock.after(Math.max(0, left), () => this.end(opening._id))
    this.#lasting.set(opening._id, { opening, stop })
    this.#changes.announce([`case:${opening.caseId}`])
  }

  /** Over, and announced; nothing where it was over already. */
  end(openingId: BreakGlassId): void {
    const known = this.#lasting.get(openingId)
    if (known === undefined) return
    known.stop()
    this.#lasting.delete(openingId)
    this.#changes.announce([`case:${known.opening.caseId}`])
  }

  readersOf(caseId: CaseId): EmergencyReader[] {
    const now = this.#clock.now()
    return [...this.#lasting.values()]
      .filter(({ opening }) => opening.caseId === caseId && opening.until.getTime() > now)
      .map(({ opening: { userId, agencyId } }) => ({ userId, agencyId }))
  }

  openOf(userId: UserId): Lasting[] {
    const now = this.#clock.now()
    return [...this.#lasting.values()]
      .map(({ opening }) => opening)
      .filter(opening => opening.userId === userId && opening.until.getTime() > now)
  }

  close(): void {
    for (const { stop } of this.#lasting.values()) stop()
    this.#lasting.clear()
  }
}

/** Cases as they are read wherever it matters who may open them: each says who reads it in an emergency. */
export function withEmergencies(cases: CaseRepository, emergencies: Pick<Emergencies, 'readersOf'>): CaseRepository {
  const told = (file: Case): GroundedCase => {
    const emergencyReaders = emergencies.readersOf(file._id)
    return emergencyReaders.length > 0 ? { ...file, emergencyReaders } : file
  }
  return {
    ...cases,
    async find(caseId) {
      const found = await cases.find(caseId)
      return found && told(found)
    },
    findMany: async caseIds => (await cases.findMany(caseIds)).map(told),
    ofWorker: async userId => (await cases.ofWorker(userId)).map(told),
    insert: async created => told(await cases.insert(created)),
    update: async (known, fields) => told(await cases.update(known, fields)),
    async openLife(caseId) {
      const found = await cases.openLife(caseId)
      return found && { ...found, file: told(found.file) }
    },
    async updateLife(known, fields) {
      const changed = await cases.updateLife(known, fields)
      return { ...changed, file: told(changed.file) }
    },
  }
}
