/**
 * Series of conferences: made from one that stands as the first and as the template, changed, ended, and carried on by making the next. Which
 * conference is a month's is written before it is made, so that a stop in between leaves nothing twice (SPEC SR2).
 */
import { canPlanConference, hasRole } from '../../shared/access.ts'
import { nextOccurrence, occurrenceIn, type SeriesRule } from '../../shared/agenda/series-rule.ts'
import { must } from '../../shared/assert.ts'
import { agendaOf } from '../../shared/documents/conference-document.ts'
import { documentNameOf } from '../../shared/documents/document-names.ts'
import type { ConferenceId, SeriesId } from '../../shared/ids.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import type { ChangeSeriesBody, CreateSeriesBody, SeriesView } from '../../shared/protocol/series-api.ts'
import { dayInSeoul } from '../../shared/working-days.ts'
import { type AdmittedConference, admitToChangeConference, refuse } from '../conferences/admission.ts'
import { commit } from '../conferences/commit.ts'
import { createConference } from '../conferences/conference-commands.ts'
import type { Conference, Participant } from '../conferences/conference-repository.ts'
import { createItem } from '../conferences/item-commands.ts'
import type { By, ConferenceParts } from '../conferences/ports.ts'
import type { MadeConference, Series, SeriesRepository } from './series-repository.ts'

export interface SeriesParts extends ConferenceParts {
  series: SeriesRepository
}

export async function admitToSeries(parts: SeriesParts, by: By, seriesId: SeriesId): Promise<Series> {
  const series = await parts.series.find(seriesId)
  if (series && canPlanConference(by.actor, series.hostAgencyId)) return series
  return refuse(parts, by, 'not-found', { object: `series.${seriesId}` })
}

export async function listSeries(parts: SeriesParts, by: By): Promise<SeriesView[]> {
  const hosts = by.actor.memberships.map(({ agencyId }) => agencyId).filter(id => canPlanConference(by.actor, id))
  const found = await parts.series.ofHosts([...new Set(hosts)])
  const views = await Promise.all(found.map(series => seriesView(parts, series)))
  return views.sort((a, b) => Number(a.ended) - Number(b.ended) || (a.nextDay < b.nextDay ? -1 : 1))
}

/** From a conference that the person plans: it is the series' first, and what every next one is like. */
export async function createSeries(parts: SeriesParts, by: By, body: CreateSeriesBody): Promise<SeriesView> {
  const { conference } = await admitToChangeConference(parts, by, body.conferenceId, { evenWhenClosed: true })
  const { hostAgencyId, type, minutes, participants, title, place, remoteLink } = conference
  if (!canPlanConference(by.actor, hostAgencyId)) {
    return refuse(parts, by, 'not-allowed', { object: `agency.${hostAgencyId}` })
  }
  const known = await parts.series.ofHosts([hostAgencyId])
  if (known.some(one => one.made.some(made => made.conferenceId === conference._id))) {
    throw new Refusal('bad-request', 'in-a-series')
  }
  const seriesId = parts.newId<SeriesId>()
  const first = { month: dayInSeoul(conference.startsAt).slice(0, 7), conferenceId: conference._id, isReady: true }
  const lines = await templateOf(parts, conference)
  const series = await commit(parts, by, {
    action: 'series.create',
    object: `series.${seriesId}`,
    write: () =>
      parts.series.insert({
        ...{ hostAgencyId, type, minutes, participants, title, place, remoteLink, lines },
        _id: seriesId,
        rule: body.rule,
        made: [first],
        ended: false,
        createdBy: by.actor.userId,
        createdAt: new Date(parts.now()),
      }),
    announces: () => [],
  })
  return seriesView(parts, series)
}

export async function changeSeries(
  parts: SeriesParts,
  by: By,
  series: Series,
  { _v, rule, ended }: ChangeSeriesBody,
): Promise<SeriesView> {
  if (_v !== series._v) throw new Refusal('conflict')
  const changed = await commit(parts, by, {
    action: 'series.change',
    object: `series.${series._id}`,
    reason: ended === undefined ? 'rule' : ended ? 'ended' : 'resumed',
    write: () => parts.series.update(series, { ...(rule && { rule }), ...(ended !== undefined && { ended }) }),
    announces: () => [],
  })
  return seriesView(parts, changed)
}

/** The next conference: the one that was begun and not finished, the latest that is still ahead, or a new one. */
export async function makeNext(parts: SeriesParts, by: By, series: Series): Promise<Conference> {
  const latest = series.made.at(-1)
  const existing = latest && (await parts.conferences.find(latest.conferenceId))
  const isAhead = existing && (existing.state === 'draft' || existing.state === 'scheduled')
  if (latest?.isReady && isAhead && existing.startsAt.getTime() > parts.now()) return existing
  if (series.ended) throw new Refusal('not-allowed', 'series-ended')
  const isUnfinished = latest !== undefined && !latest.isReady
  const planned = isUnfinished ? { series, made: latest } : await planNext(parts, by, series, existing !== undefined)
  return finish(parts, by, planned.series, planned.made)
}

/** Writes down which conference is the month's. One that was given up gives its month back. */
async function planNext(parts: SeriesParts, by: By, series: Series, isLatestThere: boolean) {
  const kept = isLatestThere ? series.made : series.made.slice(0, -1)
  const day = dayInSeoul(parts.now())
  const { month } = nextOccurrence(series.rule, { month: kept.at(-1)?.month ?? previousMonth(day), day })
  const made: MadeConference = { month, conferenceId: parts.newId<ConferenceId>(), isReady: false }
  const planned = await commit(parts, by, {
    action: 'series.next',
    object: `series.${series._id}`,
    reason: month,
    write: () => parts.series.update(series, { made: [...kept, made] }),
    announces: () => [],
  })
  return { series: planned, made }
}

/** Makes what is not there yet of a month's conference. May be repeated. */
async function finish(parts: SeriesParts, by: By, series: Series, made: MadeConference): Promise<Conference> {
  const { conferenceId } = made
  if ((await parts.conferences.find(conferenceId)) === undefined) {
    await createConference({ ...parts, newId: <T extends string>() => conferenceId as string as T }, by, {
      ...{ type: series.type, title: titleOf(series, made.month), minutes: series.minutes },
      ...{ place: series.place, remoteLink: series.remoteLink, hostAgencyId: series.hostAgencyId },
      startsAt: startOf(series.rule, made.month),
      participants: await stillThere(parts, series.participants),
    })
  }
  const admitted = await admitToChangeConference(parts, by, conferenceId)
  const there = (await parts.items.ofConference(conferenceId)).filter(item => item.kind === 'general').length
  for (const line of series.lines.slice(there)) {
    await createItem(parts, by, admitted, { kind: 'general', ...line })
  }
  const ready = series.made.map(one => (one.conferenceId === conferenceId ? { ...one, isReady: true } : one))
  await parts.series.update(series, { made: ready })
  return must(await parts.conferences.find(conferenceId), 'the conference just made')
}

/** The general items of the template; the check of earlier action items proposes itself. */
async function templateOf(parts: SeriesParts, { _id }: AdmittedConference['conference']): Promise<Series['lines']> {
  const items = await parts.items.ofConference(_id)
  const general = new Set<string>(items.filter(item => item.kind === 'general' && !item.review).map(item => item._id))
  const document = documentNameOf({ kind: 'conference', conferenceId: _id })
  return parts.documents.read(document, doc =>
    agendaOf(doc)
      .filter(line => general.has(line.id) && line.label !== '')
      .map(({ label, minutes }) => ({ label, minutes })),
  )
}

/** Who has left the agency, or the installation, is not invited again (SPEC SR3). */
async function stillThere(parts: SeriesParts, participants: readonly Participant[]): Promise<Participant[]> {
  const found = await Promise.all(
    participants.map(async participant => {
      const person = await parts.people.person(participant.userId)
      const actor = person && { userId: person.userId, operator: false, memberships: person.memberships }
      const agency = await parts.people.agency(participant.agencyId)
      const observes = participant.role === 'observer'
      const works =
        actor &&
        hasRole(actor, participant.agencyId, ['case_worker', 'supervisor', 'agency_administrator', 'privacy_officer'])
      const belongs = person?.memberships.some(one => one.agencyId === participant.agencyId)
      return person?.active && agency?.active && (observes ? belongs : works) ? [participant] : []
    }),
  )
  return found.flat()
}

/** `11월 통합사례회의` becomes `12월 통합사례회의`; a title without a month stays. */
function titleOf({ title }: Pick<Series, 'title'>, month: string): string {
  return title.replace(/(?<!\d)(1[0-2]|[1-9])월/, `${Number(month.slice(5))}월`)
}

function startOf(rule: SeriesRule, month: string): string {
  // The month was chosen by the same rule; one that was changed since and has no such weekday any more says so.
  const found = occurrenceIn(rule, month)
  if (found === undefined) throw new Refusal('not-allowed', 'series-no-such-day')
  return new Date(`${found.day}T${rule.time}:00+09:00`).toISOString()
}

function previousMonth(day: string): string {
  const first = new Date(`${day.slice(0, 7)}-01T12:00:00Z`)
  first.setUTCMonth(first.getUTCMonth() - 1)
  return first.toISOString().slice(0, 7)
}

async function seriesView(parts: SeriesParts, series: Series): Promise<SeriesView> {
  const { _id, hostAgencyId, type, title, rule, made, ended, _v } = series
  const latest = made.at(-1)
  const conference = latest && (await parts.conferences.find(latest.conferenceId))
  const day = dayInSeoul(parts.now())
  return {
    seriesId: _id,
    hostAgencyId,
    hostAgencyName: (await parts.people.agency(hostAgencyId))?.name ?? '',
    type,
    title,
    rule,
    latest: conference ? { conferenceId: conference._id, startsAt: conference.startsAt.toISOString() } : null,
    nextDay: nextOccurrence(rule, { month: latest?.month ?? previousMonth(day), day }).day,
    ended,
    _v,
  }
}
