/** Whether enough are there to decide (정족수). Pure: the server counts by it, and what it counts are the seats of the meeting's record. */
import { speaksForAgency } from '../access.ts'
import { type AttendanceMode, type AttendanceStanding, type ConferenceRole, isPresentMode } from '../codes.ts'
import type { AgencyId, UserId } from '../ids.ts'
import type { QuorumRule } from './rule-sets.ts'

/** One person at the table, invited or added there. */
export interface Seat {
  /** Null for somebody without an account. */
  userId: UserId | null
  agencyId: AgencyId
  role: ConferenceRole
  standing: AttendanceStanding
  mode: AttendanceMode | null
  /** Sits in for this person; empty otherwise. */
  deputyFor: string
}

/** The item that is to be decided. */
export interface QuorumItem {
  /** Agencies cleared for it; empty when it is for all. */
  agencies: readonly AgencyId[]
  /** Who stepped out of it or must not hear it: neither there nor missing (각종 위원회 조례 제9조). */
  recused: readonly UserId[]
}

export interface Quorum {
  counts: QuorumRule['counts']
  here: number
  /** All who could be there. */
  of: number
  needed: number
}

export const isMet = ({ here, needed }: Pick<Quorum, 'here' | 'needed'>): boolean => here >= needed

/** Only confirmed attendance counts, however it is given (in person, remote, by phone); a person on a screen is none. Observers and supervisors count nowhere. */
export function quorumOf(rule: QuorumRule, seats: readonly Seat[], item?: QuorumItem): Quorum {
  const counted = seats.filter(
    ({ userId, agencyId, role }) =>
      speaksForAgency(role) &&
      (item === undefined || item.agencies.length === 0 || item.agencies.includes(agencyId)) &&
      (userId === null || !item?.recused.includes(userId)),
  )
  const isHere = ({ standing, mode, deputyFor }: Seat) =>
    standing === 'confirmed' && isPresentMode(mode) && (rule.countsDeputies || deputyFor === '')
  const present = counted.filter(isHere)
  // Somebody added at the table belongs to an agency, and is no member of the body.
  const members = (all: readonly Seat[]) => all.filter(seat => seat.userId !== null).length
  const agencies = (all: readonly Seat[]) => new Set(all.map(seat => seat.agencyId)).size
  const number = rule.counts === 'people' ? members : agencies
  const of = number(counted)
  // Where fewer could be there, e.g. because an item is for two agencies, all of them are enough.
  const needed = rule.atLeast === 'majority' ? Math.floor(of / 2) + 1 : Math.min(rule.atLeast, of)
  return { counts: rule.counts, here: number(present), of, needed }
}
