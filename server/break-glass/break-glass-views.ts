/** What a person may open in an emergency, has open and had. */
import { canBreakGlass } from '../../shared/access.ts'
import type { AgencyId } from '../../shared/ids.ts'
import type { BreakGlassSettingsView, BreakGlassView, OpeningView } from '../../shared/protocol/break-glass.ts'
import type { By } from '../conferences/ports.ts'
import { allowanceOf } from './allowance.ts'
import type { Opening } from './opening-repository.ts'
import type { BreakGlassParts } from './ports.ts'

const MOST_PAST = 20

export function openingView(opening: Opening, now: number): OpeningView {
  const isOver = opening.endedAt !== undefined || opening.until.getTime() <= now
  return {
    openingId: opening._id,
    caseId: isOver ? null : opening.caseId,
    number: opening.number,
    reason: opening.reason,
    at: opening.at.toISOString(),
    until: opening.until.toISOString(),
    endedAt: isOver ? (opening.endedAt ?? opening.until).toISOString() : null,
  }
}

/** Numbers name households: each one shown is on record. */
export async function openBreakGlass(parts: BreakGlassParts, by: By): Promise<BreakGlassView> {
  const mine = by.actor.memberships.filter(({ agencyId }) => canBreakGlass(by.actor, agencyId))
  const agencies = await Promise.all(
    [...new Set(mine.map(({ agencyId }) => agencyId))].map(async agencyId => {
      const [agency, allowance] = await Promise.all([parts.people.agency(agencyId), allowanceOf(parts, agencyId)])
      return { agencyId, name: agency?.name ?? '', allowed: allowance.own, minutes: allowance.minutes }
    }),
  )
  const openings = await parts.openings.ofUser(by.actor.userId)
  const views = openings.map(opening => openingView(opening, parts.now()))
  const open = views.filter(view => view.endedAt === null)
  const past = views.filter(view => view.endedAt !== null).slice(0, MOST_PAST)
  const shown = new Set([...open, ...past].map(view => view.openingId))
  for (const caseId of new Set(openings.filter(one => shown.has(one._id)).map(one => one.caseId))) {
    await parts.audit.record({
      actor: by.actor.userId,
      sessionId: by.sessionId,
      address: by.address,
      action: 'break-glass.list',
      subject: caseId,
      outcome: 'ok',
    })
  }
  return { agencies, open, past }
}

export async function breakGlassSettings(parts: BreakGlassParts, agencyId: AgencyId): Promise<BreakGlassSettingsView> {
  const [agency, settings, { officers }] = await Promise.all([
    parts.people.agency(agencyId),
    parts.openings.settings(agencyId),
    allowanceOf(parts, agencyId),
  ])
  return { agencyId, agencyName: agency?.name ?? '', ...settings, officers: officers.length }
}
