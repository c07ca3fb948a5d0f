/**
 * Who is here, per person: several tabs or documents of one person are one presence. Built from awareness, whose identities the server
 * writes from the sign-in; a state without such an identity (mine before the server echoed it, a stock client) is left out.
 */
import { isPresentMode, type PresentMode } from '../../shared/codes.ts'
import { type AgencyId, isId, type UserId } from '../../shared/ids.ts'

export interface PersonPresence {
  userId: UserId
  name: string
  agencyId: AgencyId | null
  agencyName: string
  color: string
  /** How they attend; null while nobody has said. */
  mode: PresentMode | null
  typing: boolean
  /** Which editors the person is in (short names that the editors themselves give). */
  fields: readonly string[]
  clientIds: readonly number[]
}

/** @param states awareness states by client id, as they came: nothing in them is trusted to have a shape. */
export function presenceOf(states: ReadonlyMap<number, Record<string, unknown>>): PersonPresence[] {
  const people = new Map<UserId, PersonPresence>()
  for (const [clientId, state] of states) {
    const user = identityOf(state.user)
    if (user === undefined) continue
    const known = people.get(user.userId)
    const fields = typeof state.field === 'string' ? [state.field] : []
    people.set(user.userId, {
      ...user,
      typing: state.typing === true || known?.typing === true,
      fields: [...new Set([...(known?.fields ?? []), ...fields])],
      clientIds: [...(known?.clientIds ?? []), clientId],
    })
  }
  return [...people.values()].sort((a, b) => (a.userId < b.userId ? -1 : 1))
}

function identityOf(value: unknown): Omit<PersonPresence, 'typing' | 'fields' | 'clientIds'> | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const user = value as Record<string, unknown>
  if (!isId(user.id) || typeof user.name !== 'string') return undefined
  return {
    userId: user.id as UserId,
    name: user.name,
    agencyId: isId(user.agencyId) ? (user.agencyId as AgencyId) : null,
    agencyName: typeof user.agencyName === 'string' ? user.agencyName : '',
    color: typeof user.color === 'string' ? user.color : '#58616a',
    mode: isPresentMode(user.mode) ? user.mode : null,
  }
}

/** Whether two lists show the same, so that a moving caret does not redraw the people. */
export function samePresence(a: readonly PersonPresence[], b: readonly PersonPresence[]): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
