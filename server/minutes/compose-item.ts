/** One item of the minutes, from its documents, its hearing and its papers; and the note of its supervision. */
import { agenciesThatOpen, canSupervise } from '../../shared/access.ts'
import type { PositionKind } from '../../shared/codes.ts'
import { documentNameOf } from '../../shared/documents/document-names.ts'
import { plainTextOf, richTextOf } from '../../shared/documents/rich-text.ts'
import { type ActionSnapshot, snapshotOfActions, snapshotOfItem } from '../../shared/documents/snapshots.ts'
import { supervisionNoteOf } from '../../shared/documents/supervision-document.ts'
import type { ActionId, AgencyId, UserId } from '../../shared/ids.ts'
import { changesSince } from '../../shared/meeting/read-back.ts'
import {
  EMPTY_TEXT,
  type ItemParts,
  type MinutesAction,
  type MinutesText,
  type SupervisionParts,
} from '../../shared/minutes/minutes-record.ts'
import { actionDocumentsOf } from '../conferences/action-zones.ts'
import type { AdmittedItem } from '../conferences/admission.ts'
import { invitedAgenciesOf } from '../conferences/conference-commands.ts'
import type { Conference } from '../conferences/conference-repository.ts'
import { readContentOf } from '../meetings/hearing-content.ts'
import { progressOf } from '../meetings/item-progress.ts'
import type { MeetingRecords } from '../meetings/meeting-records.ts'
import type { HearingState, MeetingState } from '../meetings/meeting-state.ts'
import type { Names } from './names.ts'
import type { MinutesParts } from './ports.ts'

export interface Composing {
  parts: MinutesParts
  records: MeetingRecords
  state: MeetingState
  names: Names
}

/** By action; one without a record is proposed. */
export type Statuses = ReadonlyMap<string, MinutesAction['status']>

export const textOf = ({ words, nodes }: MinutesText): MinutesText =>
  words.trim() === '' ? EMPTY_TEXT : { words, nodes }

interface ItemSources {
  item: AdmittedItem
  hearing: HearingState
  label: string
  statuses: Statuses
  conferenceActions: readonly ActionSnapshot[]
}

export async function itemParts(composing: Composing, sources: ItemSources): Promise<ItemParts> {
  const { parts, names, records, state } = composing
  const { item, hearing, label, statuses } = sources
  const { _id: itemId, kind } = item.item
  const snapshot = await parts.documents.read(documentNameOf({ kind: 'item', itemId }), snapshotOfItem)
  const actions = await actionsFrom(composing, statuses, await ownActions(composing, sources))
  const confirmation = await confirmationOf(composing, item, hearing)
  const { state: progress, spentMs } = progressOf(state, itemId)
  const deferral = progress === 'deferred' ? hearing.deferral : null
  const votes = await votesOf(composing, hearing)
  const cleared =
    kind === 'general' ? invitedAgenciesOf(records.conference) : agenciesThatOpen(item.item, item.ofCase?.facts)
  const lead = item.ofCase?.file.agencies.find(agency => agency.role === 'lead')?.agencyId
  const positions: Partial<Record<PositionKind, number>> = {}
  for (const { position } of confirmation?.answers ?? []) positions[position] = (positions[position] ?? 0) + 1
  const papers = await parts.papers.ofItem(itemId)
  return {
    facts: {
      kind,
      stage: item.ofCase?.file.stage ?? null,
      progress,
      spentMs: Math.round(spentMs),
      needs: snapshot.needs,
      decisions: snapshot.decisions.map(decision => ({ kind: decision.kind ?? ('' as const), need: decision.need })),
      positions,
      actions: actions.length,
      votes: votes.flatMap(vote => vote.count ?? []),
      deferral: deferral && { kind: deferral.kind, retable: deferral.retable },
    },
    subject: {
      label,
      case: item.ofCase
        ? {
            number: item.ofCase.file.number,
            label: item.ofCase.file.label,
            leadAgency: lead === undefined ? null : await names.agency(lead),
          }
        : null,
      agencies: await Promise.all(cleared.map(names.agency)),
    },
    presentation: textOf(snapshot.presentation),
    opinions: await Promise.all(
      snapshot.opinions
        .filter(({ text }) => text.words.trim() !== '')
        .map(async ({ need, agencyId, text }) => ({ need, agency: await names.agency(agencyId), text: textOf(text) })),
    ),
    discussion: { text: textOf(snapshot.discussion), ideas: await ideasOf(composing, hearing) },
    decisions: snapshot.decisions.map(({ id, kind: decided, need, text, reason, condition }, at) => ({
      decisionId: id,
      number: at + 1,
      kind: decided ?? '',
      need,
      text: textOf(text),
      reason: textOf(reason),
      condition: textOf(condition),
    })),
    actions,
    confirmation,
    votes,
    deferral: deferral && {
      kind: deferral.kind,
      reason: deferral.reason,
      retable: deferral.retable,
      at: deferral.at,
      by: await names.person(deferral.by),
    },
    recusals: await Promise.all(
      hearing.recusals.map(async ({ userId, kind: why, leftAt, returnedAt }) => ({
        name: await names.person(userId),
        agency: await agencyNameOf(composing, userId),
        kind: why,
        leftAt,
        returnedAt,
      })),
    ),
    quorum: await Promise.all(hearing.goneOn.map(async one => ({ ...one, by: await names.person(one.by) }))),
    papers: await Promise.all(
      papers.map(async ({ title, kind: of, addedBy, agencyId }) => ({
        title,
        kind: of,
        addedBy: await names.person(addedBy),
        agency: agencyId === null ? '' : (await names.agency(agencyId)).name,
      })),
    ),
  }
}

/** Of its ledgers, those that were made in this item; one that two of them hold counts once. */
async function ownActions({ parts }: Composing, { item, conferenceActions }: ItemSources): Promise<ActionSnapshot[]> {
  const { current, others } = actionDocumentsOf(item.item, item.ofCase?.file)
  const found =
    item.item.caseId === null
      ? [conferenceActions]
      : await Promise.all(
          [current, ...others].map(name => parts.documents.read(name, doc => snapshotOfActions(doc).actions)),
        )
  const byId = new Map<ActionId, ActionSnapshot>()
  for (const action of found.flat()) {
    if (action.itemId === item.item._id && !byId.has(action.id)) byId.set(action.id, action)
  }
  return [...byId.values()]
}

export async function actionsFrom(
  { names }: Composing,
  statuses: Statuses,
  actions: readonly ActionSnapshot[],
): Promise<MinutesAction[]> {
  return Promise.all(
    actions.map(async ({ id, what, rule, agencyId, person, due, amount, need }, at) => ({
      actionId: id,
      number: at + 1,
      agency: (agencyId as string) === '' ? null : await names.agency(agencyId),
      person,
      what: textOf(what),
      rule: textOf(rule),
      amount,
      due,
      need,
      status: statuses.get(id) ?? 'proposed',
    })),
  )
}

async function confirmationOf(
  { parts, names }: Composing,
  item: AdmittedItem,
  { confirmations }: HearingState,
): Promise<ItemParts['confirmation']> {
  const last = confirmations.at(-1)
  if (last === undefined) return null
  const { number, hash, confirmedAt, confirmedBy, content } = last
  return {
    number,
    hash,
    at: confirmedAt,
    by: await names.person(confirmedBy),
    answers: await Promise.all(
      last.answers.map(async ({ agencyId, position, words, at, by, byMinuteTaker }) => ({
        agency: await names.agency(agencyId),
        position,
        words,
        at,
        by: await names.person(by),
        byMinuteTaker,
      })),
    ),
    changedSince: changesSince(content, await readContentOf(parts, item)),
  }
}

async function votesOf({ names, state }: Composing, { votes }: HearingState): Promise<ItemParts['votes'][number][]> {
  const nameOf = async (voter: string, votesBy: 'agencies' | 'people'): Promise<string> => {
    if (votesBy === 'agencies') return (await names.agency(voter as AgencyId)).name
    return state.attendance.find(entry => entry.key === voter)?.guest?.name ?? names.person(voter as UserId)
  }
  return Promise.all(
    votes.map(async ({ question, votesBy, voters, cast, count, openedAt, closedAt }) => ({
      question,
      votesBy,
      cast: await Promise.all(
        voters.map(async voter => {
          const own = cast.find(one => one.voter === voter)
          const { choice = null, byMinuteTaker = false } = own ?? {}
          return { voter: await nameOf(voter, votesBy), choice, byMinuteTaker }
        }),
      ),
      count,
      openedAt,
      closedAt,
    })),
  )
}

/** A card that was never revealed is its writer's alone. */
async function ideasOf({ names }: Composing, { cards, cardGroups }: HearingState) {
  const titles = new Map(cardGroups.map(group => [group.groupId, group.title]))
  return Promise.all(
    cards
      .filter(card => !card.isHidden)
      .map(async ({ text, groupId, by, agencyId }) => ({
        group: groupId === null ? '' : (titles.get(groupId) ?? ''),
        text,
        by: await names.person(by),
        agency: (await names.agency(agencyId)).shortName,
      })),
  )
}

async function agencyNameOf({ records, names }: Composing, userId: UserId): Promise<string> {
  const agencyId = records.conference.participants.find(one => one.userId === userId)?.agencyId
  return agencyId === undefined ? '' : (await names.agency(agencyId)).name
}

/** Written in or not, every item has its own: nobody else learns which (MINUTES.md, the record). */
export async function supervisionParts(
  { parts, records, names }: Composing,
  item: AdmittedItem,
): Promise<SupervisionParts> {
  const { _id: itemId, kind } = item.item
  if (kind === 'general') return { note: { text: EMPTY_TEXT, readers: [] } }
  const text = await parts.documents.read(documentNameOf({ kind: 'supervision', itemId }), doc => {
    const note = supervisionNoteOf(doc)
    return { words: plainTextOf(note), nodes: richTextOf(note) }
  })
  const readers = await supervisionReaders(parts, records.conference, item)
  return { note: { text: textOf(text), readers: await Promise.all(readers.map(names.person)) } }
}

async function supervisionReaders(
  parts: MinutesParts,
  { participants }: Conference,
  item: AdmittedItem,
): Promise<UserId[]> {
  const facts = { ...item.facts, accepted: undefined }
  const people = await Promise.all(participants.map(({ userId }) => parts.people.person(userId)))
  return people.flatMap(person => {
    if (!person?.active) return []
    const actor = { userId: person.userId, operator: false, memberships: person.memberships }
    return canSupervise(actor, facts, item.itemFacts, item.ofCase?.facts) ? [person.userId] : []
  })
}
