/** How an agency's opinion came to stand in an item: in its own hand, or how it was given and who entered it. Pure; the words are the screen's. */
import { speaksForAgency } from '../../../../shared/access.ts'
import type { AgencyId } from '../../../../shared/ids.ts'
import type { AttendeeView } from '../../../../shared/meeting/meeting-view.ts'

/** Sent in writing, sent with the papers of somebody absent, said on the phone, said at the table. */
export type OpinionWay = 'written' | 'report' | 'phone' | 'oral'

export interface OpinionSource {
  /** Null when there is nothing to say: the agency is here and wrote itself. */
  way: OpinionWay | null
  /** Names of those of other agencies whose words stand in it, in the order of the alphabet. */
  enteredBy: readonly string[]
  /** Somebody of the agency itself wrote in it as well. */
  isShared: boolean
}

export interface Hand {
  name: string
  agencyId: AgencyId | null
}

type Seat = Pick<AttendeeView, 'agencyId' | 'role' | 'standing' | 'mode'>

/** @param hands whose words stand in it; nobody's yet is empty */
export function sourceOf(agencyId: AgencyId, hands: readonly Hand[], attendance: readonly Seat[]): OpinionSource {
  const others = hands.filter(hand => hand.agencyId !== agencyId)
  const enteredBy = [...new Set(others.map(hand => hand.name).filter(name => name !== ''))].sort()
  const way = wayOf(agencyId, attendance) ?? (others.length > 0 ? 'oral' : null)
  return { way, enteredBy, isShared: others.length > 0 && others.length < hands.length }
}

/** An agency whose people cannot write here themselves: its opinion is entered for it. Null for one that is in the room or before a screen. */
export function wayOf(agencyId: AgencyId, attendance: readonly Seat[]): Exclude<OpinionWay, 'oral'> | null {
  const seats = attendance.filter(
    one => one.agencyId === agencyId && speaksForAgency(one.role) && one.standing !== 'expected',
  )
  const modes = new Set(seats.map(one => one.mode))
  if (modes.has('in_person') || modes.has('remote')) return null
  if (modes.has('phone')) return 'phone'
  if (modes.has('written_submission')) return 'written'
  return modes.has('absent_with_report') ? 'report' : null
}
