/** Look-ups gathered under who made them, in the words of screens. */
import { type AccessTask, taskOf } from '../../shared/access-desk/access-tasks.ts'
import type { UserId } from '../../shared/ids.ts'
import type { AccessPersonView } from '../../shared/protocol/access-desk.ts'
import type { AuditRecord } from '../audit/audit.ts'
import type { AccessDeskParts } from './ports.ts'

export interface NamedPerson {
  name: string
  agencyName: string
}

/** Names by id, each asked for once. */
export function createNames(parts: Pick<AccessDeskParts, 'people'>): (userId: UserId | null) => Promise<NamedPerson> {
  const known = new Map<UserId, Promise<NamedPerson>>()
  return async userId => {
    if (userId === null) return { name: '', agencyName: '' }
    let name = known.get(userId)
    if (name === undefined) {
      name = nameOf(parts, userId)
      known.set(userId, name)
    }
    return name
  }
}

async function nameOf({ people }: Pick<AccessDeskParts, 'people'>, userId: UserId): Promise<NamedPerson> {
  const person = await people.person(userId)
  const agencies = await Promise.all((person?.memberships ?? []).map(({ agencyId }) => people.agency(agencyId)))
  return { name: person?.name ?? '', agencyName: agencies.map(agency => agency?.shortName ?? '').join(', ') }
}

type Counted = Omit<AccessPersonView, 'name' | 'agencyName' | 'firstAt' | 'lastAt'> & { firstAt: Date; lastAt: Date }

/** Counts of what each person did, as records go by. */
export class PeopleCount {
  readonly #people = new Map<UserId | null, Counted>()

  add(record: Pick<AuditRecord, 'actor' | 'action' | 'outcome' | 'at'>): AccessTask {
    const { actor, at } = record
    const task = taskOf(record)
    const known = this.#people.get(actor)
    if (known === undefined) {
      this.#people.set(actor, { userId: actor, counts: { [task]: 1 }, firstAt: at, lastAt: at })
    } else {
      known.counts[task] = (known.counts[task] ?? 0) + 1
      known.lastAt = at
    }
    return task
  }

  /** Who was there last first. */
  async views(names: ReturnType<typeof createNames>): Promise<AccessPersonView[]> {
    const views = await Promise.all(
      [...this.#people.values()].map(async ({ firstAt, lastAt, ...counted }) => ({
        ...counted,
        ...(await names(counted.userId)),
        firstAt: firstAt.toISOString(),
        lastAt: lastAt.toISOString(),
      })),
    )
    return views.sort((a, b) => (a.lastAt < b.lastAt ? 1 : -1))
  }
}
