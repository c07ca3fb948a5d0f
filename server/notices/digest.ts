/** The weekly digest (SPEC NM8): when it is due, and how many action items are open with a person. It names nothing. */
import { type Actor, canReadAction, relationToAction } from '../../shared/access.ts'
import { isUnfinished, statusOn } from '../../shared/actions/action-moves.ts'
import { type Holidays, KOREAN_HOLIDAYS } from '../../shared/holidays.ts'
import { addDays, dayInSeoul, weekdayOf, workingDayFrom } from '../../shared/working-days.ts'
import { isStanding } from '../actions/admit-action.ts'
import { reachOfPerson } from '../actions/ledger-repository.ts'
import { factsOf, surroundingsOf } from '../actions/surroundings.ts'
import type { NoticeParts } from './ports.ts'
import { startOf } from './quiet-hours.ts'

export interface DigestCounts {
  open: number
  late: number
}

const NINE_O_CLOCK_MS = 9 * 3_600_000

/** The Monday of the week whose digest is due at that moment; undefined before 9 on its first working day, and in a week without one. */
export function digestOf(at: number, holidays: Holidays = KOREAN_HOLIDAYS): { week: string } | undefined {
  const today = dayInSeoul(at)
  const week = addDays(today, -((weekdayOf(today) + 6) % 7))
  const first = workingDayFrom(week, holidays)
  const isThisWeek = first < addDays(week, 7)
  return isThisWeek && at >= startOf(first) + NINE_O_CLOCK_MS ? { week } : undefined
}

/** Of what is given, offered or escalated to the person, or to nobody by name in their agency: unfinished and awake. */
export async function digestCounts(parts: NoticeParts, actor: Actor): Promise<DigestCounts> {
  await parts.projector.settled()
  const agencyIds = actor.memberships.map(({ agencyId }) => agencyId)
  const day = dayInSeoul(parts.now())
  const entries = (await parts.ledger.within(reachOfPerson(actor.userId, agencyIds))).filter(entry => {
    const status = statusOn(entry.standing, day)
    return isStanding(entry) && isUnfinished(status) && status !== 'postponed'
  })
  const around = await surroundingsOf(parts, entries, actor)
  const mine = entries.filter(entry => {
    const facts = factsOf(actor, around, entry)
    if (!canReadAction(actor, facts)) return false
    const relation = relationToAction(actor, facts)
    const { ownerUserId } = entry.standing
    return (
      ownerUserId === actor.userId ||
      relation.takes ||
      (relation.owes && ownerUserId === null && facts.through.speaks) ||
      entry.escalatedTo.includes(actor.userId)
    )
  })
  return { open: mine.length, late: mine.filter(({ words }) => words.due !== '' && words.due < day).length }
}
