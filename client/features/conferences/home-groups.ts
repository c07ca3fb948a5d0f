/** How the conferences of one person are laid out: what matters now comes first. */
import type { ConferenceSummary } from '../../../shared/protocol/http-api.ts'
import { seoulDay } from '../../lib/format.ts'
import { matchesSearch } from '../../lib/hangul-search.ts'

export interface HomeGroups {
  /** Live ones of whatever day, then today's by time. */
  today: ConferenceSummary[]
  coming: ConferenceSummary[]
  drafts: ConferenceSummary[]
  /** Newest first. */
  past: ConferenceSummary[]
}

export function groupConferences(conferences: readonly ConferenceSummary[], now: number): HomeGroups {
  const today = seoulDay(now)
  const groups: HomeGroups = { today: [], coming: [], drafts: [], past: [] }
  for (const conference of [...conferences].sort((a, b) => a.startsAt.localeCompare(b.startsAt))) {
    if (conference.state === 'closed') groups.past.unshift(conference)
    else if (conference.state === 'draft') groups.drafts.push(conference)
    else if (conference.state === 'live' || seoulDay(conference.startsAt) === today) groups.today.push(conference)
    else groups.coming.push(conference)
  }
  groups.today.sort((a, b) => Number(b.state === 'live') - Number(a.state === 'live'))
  return groups
}

/** Announced for a day that is over and never opened: somebody forgot it. */
export function isLate(conference: ConferenceSummary, now: number): boolean {
  return conference.state === 'scheduled' && seoulDay(conference.startsAt) < seoulDay(now)
}

export function findConferences(
  conferences: readonly ConferenceSummary[],
  query: string,
  typeLabel: (c: ConferenceSummary) => string,
) {
  return conferences.filter(c => matchesSearch(query, `${c.title} ${typeLabel(c)} ${c.hostAgencyName} ${c.place}`))
}
