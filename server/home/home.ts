/** What waits for a person over all their conferences (SPEC HO). Read from the records as they are; nothing of it is stored. */
import {
  type Actor,
  canChangeCase,
  canConductMinutes,
  canReadConference,
  canReadMinutes,
  canSignMinutes,
  needsStatement,
  participationOf,
} from '../../shared/access.ts'
import { asksOf } from '../../shared/bases/basis-asks.ts'
import { agendaOf } from '../../shared/documents/conference-document.ts'
import { documentNameOf } from '../../shared/documents/document-names.ts'
import { needsSigning } from '../../shared/minutes/signing.ts'
import type { AskedOfBasisView, AskedView, HomeView } from '../../shared/protocol/home.ts'
import { dayInSeoul } from '../../shared/working-days.ts'
import { type AdmittedItem, caseOfRecord } from '../conferences/admission.ts'
import { leadAgencyOf } from '../conferences/case-commands.ts'
import type { Conference } from '../conferences/conference-repository.ts'
import { conferenceFactsOf } from '../conferences/facts.ts'
import type { By } from '../conferences/ports.ts'
import { mayOpen, readRecords } from '../meetings/meeting-records.ts'
import { agencySignings } from '../minutes/agency-signings.ts'
import { lastVersion } from '../minutes/minutes-state.ts'
import type { MinutesParts } from '../minutes/ports.ts'

/** Minutes that nobody circulated for so long are not asked for every day. */
const MINUTES_ASKED_MS = 90 * 86_400_000

export type HomeParts = Pick<
  MinutesParts,
  'conferences' | 'items' | 'cases' | 'bases' | 'people' | 'documents' | 'audit' | 'now' | 'hearings' | 'minutes'
>

/** What is nearest to being over first: what is asked in live meetings, then minutes by their day. */
export async function openHome(parts: HomeParts, by: By): Promise<HomeView> {
  const conferences = (await parts.conferences.ofPerson(by.actor.userId))
    .filter(conference => canReadConference(by.actor, conferenceFactsOf(conference)))
    .sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime())
  const live = conferences.filter(({ state }) => state === 'live')
  const closed = conferences.filter(
    ({ state, closedAt }) => state === 'closed' && (closedAt?.getTime() ?? 0) > parts.now() - MINUTES_ASKED_MS,
  )
  const asked = await Promise.all([
    ...live.map(conference => askedInMeeting(parts, by, conference)),
    ...closed.map(conference => askedOfMinutes(parts, by.actor, conference)),
  ])
  return { asked: asked.flat(), bases: await askedOfBases(parts, by) }
}

const aboutConference = ({ _id, title, startsAt }: Conference) => ({
  conferenceId: _id,
  title,
  startsAt: startsAt.toISOString(),
})

async function askedInMeeting(parts: HomeParts, by: By, conference: Conference): Promise<AskedView[]> {
  const about = aboutConference(conference)
  if (needsStatement(by.actor, conferenceFactsOf(conference))) return [{ kind: 'statement', ...about }]
  const part = participationOf(by.actor, conferenceFactsOf(conference))
  if (part === undefined || part.role === 'observer') return []
  const hearings = await parts.hearings.ofConference(conference._id)
  const waiting = [...hearings].filter(
    ([, { state }]) =>
      state.readBack?.asked.includes(part.agencyId) &&
      !state.readBack.answers.some(answer => answer.agencyId === part.agencyId),
  )
  if (waiting.length === 0) return []
  const records = await readRecords(parts, conference._id)
  const asked: AskedView[] = []
  for (const [itemId] of waiting) {
    const item = records?.items.get(itemId)
    if (item === undefined || !mayOpen(by.actor, item)) continue
    asked.push({ kind: 'read-back', ...about, itemId, item: await titleOf(parts, by, item) })
  }
  return asked
}

/** Named, a household is shown. */
async function titleOf(parts: HomeParts, by: By, { conference, item, ofCase }: AdmittedItem): Promise<string> {
  if (ofCase === undefined) {
    const document = documentNameOf({ kind: 'conference', conferenceId: conference._id })
    return parts.documents.read(document, doc => agendaOf(doc).find(line => line.id === item._id)?.label ?? '')
  }
  await parts.audit.record({
    actor: by.actor.userId,
    sessionId: by.sessionId,
    address: by.address,
    action: 'home.open',
    subject: ofCase.file._id,
    object: documentNameOf({ kind: 'item', itemId: item._id }),
    outcome: 'ok',
  })
  return ofCase.file.label
}

async function askedOfMinutes(parts: HomeParts, actor: Actor, conference: Conference): Promise<AskedView[]> {
  const facts = conferenceFactsOf(conference)
  if (!canReadMinutes(actor, facts)) return []
  const about = aboutConference(conference)
  const { state } = await parts.minutes.find(conference._id)
  if (state.standing === 'draft' || state.standing === 'correcting') {
    if (!canConductMinutes(actor, facts)) return []
    return [{ kind: 'minutes-circulate', ...about, isCorrecting: state.standing === 'correcting' }]
  }
  const version = lastVersion(state)
  if (state.standing !== 'circulated' || version === undefined || !canSignMinutes(actor, facts)) return []
  const isAnswered = state.signatures.some(
    signature => signature.userId === actor.userId && signature.version === version.head.number,
  )
  if (isAnswered) return []
  // The moment is the end of the last day.
  const due = dayInSeoul(Date.parse(version.head.due) - 1)
  if (!needsSigning(conference.type)) return [{ kind: 'minutes-read', ...about, due }]
  const records = await readRecords(parts, conference._id)
  const agencyId = participationOf(actor, facts)?.agencyId
  const signing = records && agencyId && (await agencySignings(parts.people, records, state)).get(agencyId)
  return signing === 'waiting' || signing === 'partly' ? [{ kind: 'minutes-sign', ...about, due }] : []
}

/** Of the cases that the person works on for their lead agency; what ends first stands first (HO4). */
async function askedOfBases(parts: HomeParts, { actor }: By): Promise<AskedOfBasisView[]> {
  const files = await parts.cases.ofWorker(actor.userId)
  const known = await parts.bases.findMany(files.map(file => file._id))
  const today = dayInSeoul(parts.now())
  const views: AskedOfBasisView[] = []
  for (const file of files) {
    const record = known.get(file._id)
    const asked = record ? asksOf(record, today, leadAgencyOf(file)) : []
    if (asked.length === 0 || !canChangeCase(actor, (await caseOfRecord(parts, file)).facts)) continue
    for (const { ask, one, agencies, until } of asked) {
      if (ask === 'approve' && one.enteredBy === actor.userId) continue
      const names = await Promise.all(agencies.map(async id => (await parts.people.agency(id))?.shortName ?? ''))
      views.push({ ask, caseId: file._id, basisId: one.basisId, agencies: names, until })
    }
  }
  // What has no last day comes after every day.
  const last = (view: AskedOfBasisView) => view.until ?? '9'
  return views.sort((a, b) => last(a).localeCompare(last(b)))
}
