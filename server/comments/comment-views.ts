/** An item's comments as one person reads them, recorded as opened before they leave; and how much is unresolved where. */
import { createHash } from 'node:crypto'
import { canComment, canReadItem, canResolveComment, participationOf } from '../../shared/access.ts'
import { standingOf, threadsOf } from '../../shared/comments/threads.ts'
import { type AgencyId, type ItemId, idFromBytes, type UserId } from '../../shared/ids.ts'
import type {
  CommentLineView,
  CommentsView,
  CommentThreadView,
  ConferenceCommentsView,
  EarlierComments,
} from '../../shared/protocol/comments.ts'
import type { AdmittedConference, AdmittedItem } from '../conferences/admission.ts'
import { conferenceFactsOf, itemFactsOf } from '../conferences/facts.ts'
import type { Item } from '../conferences/item-repository.ts'
import type { By } from '../conferences/ports.ts'
import { openItemsOf } from '../papers/open-items.ts'
import { askableBy } from './askable.ts'
import { commentObject } from './comment-admission.ts'
import type { CommentLine } from './comment-repository.ts'
import type { CommentParts } from './ports.ts'

/** @param known the tag of what the caller has; while nothing is new, nothing leaves and nothing is recorded */
export async function openComments(
  parts: CommentParts,
  by: By,
  admitted: AdmittedItem,
  known?: string,
): Promise<CommentsView | { unchanged: true }> {
  const { conference, item, facts, itemFacts, ofCase } = admitted
  const mayWrite = canComment(by.actor, facts, itemFacts, ofCase?.facts)
  const [clear, earlier] = await Promise.all([
    parts.comments.clearLines(item._id),
    earlierComments(parts, by, admitted),
  ])
  const mayConduct = canResolveComment(by.actor, facts, itemFacts, ofCase?.facts, { by: NOBODY })
  // Who may be asked follows from who is invited and cleared; looking at each of them is left to when something leaves.
  const tag = tagOf([
    clear.map(line => line._id),
    mayWrite,
    mayConduct,
    conference._v,
    item._v,
    conference.state,
    earlier,
  ])
  if (known === tag) return { unchanged: true }
  const askable = mayWrite ? await askableBy(parts, by, admitted) : []
  const lines = await parts.comments.lines(item._id)
  if (lines.length > 0) {
    await parts.audit.record({
      actor: by.actor.userId,
      sessionId: by.sessionId,
      address: by.address,
      action: 'comment.open',
      subject: item.caseId ?? undefined,
      object: commentObject(item._id),
      outcome: 'ok',
    })
  }
  const names = await namesIn(parts, lines)
  const threads = [...threadsOf(lines).values()].map(thread => threadView(by, admitted, thread, names))
  // A line that was written since the tag was made leaves with this one and once more with the next.
  return { itemId: item._id, tag, mayWrite, askable, threads, earlier }
}

/** Nobody's own: what remains is the right of who conducts. */
const NOBODY = '' as UserId

/** How much is unresolved in the items of a conference that the person may open; of the others not even that there is any (SPEC CM10). */
export async function countComments(
  parts: CommentParts,
  by: By,
  admitted: AdmittedConference,
): Promise<ConferenceCommentsView> {
  const items = await openItemsOf(parts, by, admitted)
  const found = await parts.comments.openIn(items.map(item => item._id))
  const own = participationOf(by.actor, admitted.facts)?.agencyId
  return {
    items: [...found].map(([itemId, { open, waiting, asked }]) => {
      return { itemId, open, waiting, ours: asked.filter(agencyId => agencyId === own).length }
    }),
  }
}

/** What is unresolved in earlier meetings about the same case, or about the item that this one takes up again (SPEC CM11). */
async function earlierComments(parts: CommentParts, by: By, admitted: AdmittedItem): Promise<EarlierComments[]> {
  const { conference, item, ofCase } = admitted
  const others = item.caseId === null ? await takenUpBy(parts, item) : await parts.items.ofCases([item.caseId])
  const conferences = await parts.conferences.findMany([...new Set(others.map(other => other.conferenceId))])
  const readable = others.flatMap(other => {
    const held = conferences.find(one => one._id === other.conferenceId)
    const isEarlier = held !== undefined && held._id !== conference._id && held.startsAt < conference.startsAt
    if (!isEarlier || !canReadItem(by.actor, conferenceFactsOf(held), itemFactsOf(other), ofCase?.facts)) return []
    return [{ itemId: other._id, held }]
  })
  const open = await parts.comments.openIn(readable.map(({ itemId }) => itemId))
  return readable
    .flatMap(({ itemId, held }): EarlierComments[] => {
      const standing = open.get(itemId)
      if (standing === undefined) return []
      const { _id: conferenceId, title, startsAt } = held
      const { open: unresolved, waiting } = standing
      return [{ conferenceId, itemId, title, startsAt: startsAt.toISOString(), open: unresolved, waiting }]
    })
    .sort((a, b) => (a.startsAt < b.startsAt ? 1 : -1))
}

/** An item that comes back more often has been decided in some other way. */
const TAKEN_UP_AT_MOST = 24

/** The item of an earlier conference that a general one continues, and the ones that this had continued. */
async function takenUpBy(parts: Pick<CommentParts, 'items'>, item: Item): Promise<Item[]> {
  const found: Item[] = []
  let from: ItemId | undefined = item.retabledFrom
  while (from !== undefined && found.length < TAKEN_UP_AT_MOST) {
    const before: Item | undefined = await parts.items.find(from)
    // A case's are found by their case, and another case's are none of this item's.
    if (before === undefined || before.caseId !== null || found.some(one => one._id === before._id)) break
    found.push(before)
    from = before.retabledFrom
  }
  return found
}

interface Names {
  people: ReadonlyMap<UserId, string>
  agencies: ReadonlyMap<AgencyId, NonNullable<CommentLineView['by']['agency']>>
}

async function namesIn({ people }: Pick<CommentParts, 'people'>, lines: readonly CommentLine[]): Promise<Names> {
  const userIds = [...new Set(lines.map(line => line.by))]
  const agencyIds = [...new Set(lines.flatMap(({ agencyId, asked }) => [agencyId ?? [], asked ?? []].flat()))]
  const [persons, agencies] = await Promise.all([
    Promise.all(userIds.map(async userId => [userId, (await people.person(userId))?.name ?? ''] as const)),
    Promise.all(
      agencyIds.map(async agencyId => {
        const { name = '', shortName = '', colour = -1 } = (await people.agency(agencyId)) ?? {}
        return [agencyId, { agencyId, name, shortName, colour }] as const
      }),
    ),
  ])
  return { people: new Map(persons), agencies: new Map(agencies) }
}

function threadView(
  by: By,
  { facts, itemFacts, ofCase }: AdmittedItem,
  lines: readonly CommentLine[],
  names: Names,
): CommentThreadView {
  const [opening] = lines
  if (opening === undefined) throw new Error('A thread without lines')
  const asked = opening.asked === null ? undefined : names.agencies.get(opening.asked)
  return {
    threadId: opening.threadId,
    about: opening.about,
    quote: opening.quote,
    asked: asked ? { ...asked, due: opening.due ?? '' } : null,
    ...standingOf(lines),
    mayResolve: canResolveComment(by.actor, facts, itemFacts, ofCase?.facts, { by: opening.by }),
    lines: lines.map(({ _id, kind, by: userId, agencyId, at, text }) => ({
      lineId: _id,
      kind,
      by: {
        userId,
        name: names.people.get(userId) ?? '',
        agency: (agencyId === null ? undefined : names.agencies.get(agencyId)) ?? null,
      },
      at: at.toISOString(),
      text,
    })),
  }
}

function tagOf(facts: unknown): string {
  return idFromBytes<string>(createHash('sha256').update(JSON.stringify(facts)).digest().subarray(0, 16))
}
