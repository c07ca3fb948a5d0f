/** What of the cases that a person works on runs out within a week, and what is asked of them (LIFE.md CK4, CJ2, CL11): for the start page. */
import { canChangeCase, canReadCase } from '../../shared/access.ts'
import { openAcknowledgements, openOffer } from '../../shared/cases/case-life.ts'
import { clocksOf } from '../../shared/cases/clocks.ts'
import type { NearLifeView } from '../../shared/protocol/case-life.ts'
import { dayInSeoul } from '../../shared/working-days.ts'
import type { AdmittedCase } from '../conferences/admission.ts'
import { leadAgencyOf } from '../conferences/case-commands.ts'
import { caseFactsWith } from '../conferences/facts.ts'
import type { By } from '../conferences/ports.ts'
import { standingOf } from './evidence.ts'
import { caseObject, speaksFor } from './life-admission.ts'
import { proposalsOf } from './life-views.ts'
import type { LifeParts } from './ports.ts'

const NEAR_DAYS = 7

type Near = Pick<NearLifeView, 'clocks' | 'asked'>

export async function openNearLife(parts: LifeParts, by: By): Promise<NearLifeView> {
  const files = [...(await parts.cases.ofWorker(by.actor.userId))].sort((a, b) => (a.number < b.number ? -1 : 1))
  const items = await parts.items.ofCases(files.map(file => file._id))
  const readable = files
    .map(file => ({
      file,
      facts: caseFactsWith(
        file,
        items.filter(item => item.caseId === file._id),
      ),
    }))
    .filter(({ facts }) => canReadCase(by.actor, facts))
  const near = await Promise.all(readable.map(admitted => nearOf(parts, by, admitted)))
  const clocks = near
    .flatMap(one => one.clocks)
    .sort((a, b) => a.daysLeft - b.daysLeft || (a.number < b.number ? -1 : 1))
  return { clocks, asked: near.flatMap(one => one.asked) }
}

async function nearOf(parts: LifeParts, by: By, admitted: AdmittedCase): Promise<Near> {
  const { file, facts } = admitted
  const about = { caseId: file._id, label: file.label }
  const agencies = speaksFor(by.actor, facts)
  const asked: NearLifeView['asked'][number][] = agencies.flatMap(agencyId =>
    openAcknowledgements(file.life, agencyId).map(({ id, step, to }) => ({
      kind: 'acknowledge' as const,
      ...about,
      step: step ?? (to === 'closed' ? ('closure' as const) : ('selection' as const)),
      entryId: id,
    })),
  )
  const offer = openOffer(file.life, file.agencies)
  const lead = leadAgencyOf(file)
  if (offer !== undefined && agencies.includes(offer.to)) {
    asked.push({ kind: 'accept-lead', ...about, from: (await parts.people.agency(lead))?.shortName ?? '' })
  }
  let clocks: NearLifeView['clocks'][number][] = []
  if (canChangeCase(by.actor, facts)) {
    const { counting } = await parts.cases.rulesOf(lead)
    clocks = clocksOf(file.life, { today: dayInSeoul(parts.now()), counting })
      .filter(({ done, daysLeft }) => done === '' && daysLeft <= NEAR_DAYS)
      .map(clock => ({ ...clock, caseId: file._id, label: file.label, number: file.number }))
    const standing = await standingOf(parts, file, { reason: true })
    const proposed = proposalsOf(standing, ({ decisionId, kind }) => ({ decisionId, kind, conference: null }))
    asked.push(
      ...proposed.map(({ to, decision }) => ({ kind: 'proposed' as const, ...about, to, decision: decision.kind })),
    )
  }
  // Named, a household is shown.
  if (clocks.length + asked.length > 0) {
    await parts.audit.record({
      actor: by.actor.userId,
      sessionId: by.sessionId,
      address: by.address,
      action: 'home.open',
      subject: file._id,
      object: caseObject(file._id),
      outcome: 'ok',
    })
  }
  return { clocks, asked }
}
