/**
 * Since a person was last here (SPEC MO): when the last of their connections to a meeting is gone, the states of the documents that they could open are
 * kept; when they come back, what others did since is counted per item, from who wrote what. Only items that they may open now are spoken of.
 */
import * as Y from 'yjs'
import type { Actor } from '../../shared/access.ts'
import { documentNameOf } from '../../shared/documents/document-names.ts'
import type { ConferenceId, ItemId, UserId } from '../../shared/ids.ts'
import type { SinceItem, SinceView } from '../../shared/protocol/http-api.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import { actionDocumentsOf } from '../conferences/action-zones.ts'
import type { AdmittedConference, AdmittedItem } from '../conferences/admission.ts'
import type { ConferenceParts } from '../conferences/ports.ts'
import type { Log } from '../lib/log.ts'
import { openItemsOf, readRecords } from '../meetings/meeting-records.ts'
import { changesInActions, changesInItem, NOTHING_CHANGED, sumOf } from './changes.ts'
import type { Visit, VisitRepository } from './visit-repository.ts'

export interface Visits {
  /** Somebody's last connection to the meeting is gone. Kept soon after; what cannot be kept is told in the log. */
  left(conferenceId: ConferenceId, userId: UserId, open: ReadonlySet<ItemId>): void
  since(actor: Actor, admitted: Pick<AdmittedConference, 'conference'>): Promise<SinceView>
  /** Resolves when everything on its way is kept. */
  close(): Promise<void>
}

export interface VisitsOptions {
  parts: Pick<ConferenceParts, 'conferences' | 'items' | 'cases' | 'documents' | 'now'>
  visits: VisitRepository
  log: Log
}

export function createVisits({ parts, visits, log }: VisitsOptions): Visits {
  /** One after another for each person and conference: who comes back at once is told by what they left. */
  const waiting = new Map<string, Promise<void>>()
  /** The latest leave that is not being kept yet: whoever comes and goes without end makes one entry and no queue. */
  const latest = new Map<string, { open: ReadonlySet<ItemId>; leftAt: Date }>()
  const keyOf = (conferenceId: ConferenceId, userId: UserId) => `${conferenceId}|${userId}`

  async function keep(conferenceId: ConferenceId, userId: UserId, open: ReadonlySet<ItemId>, leftAt: Date) {
    const records = await readRecords(parts, conferenceId)
    // Of a guest nothing is kept that a later meeting could be told by (server/guests/SPEC.md).
    if (records?.conference.participants.some(one => one.userId === userId && one.guest !== undefined)) return
    if (records === undefined) return
    const seen = new Map<string, Uint8Array>()
    for (const [itemId, item] of records.items) {
      if (!open.has(itemId)) continue
      for (const document of documentsOf(item)) {
        if (seen.has(document)) continue
        seen.set(document, await parts.documents.read(document, doc => Y.encodeSnapshot(Y.snapshot(doc))))
      }
    }
    await visits.put(conferenceId, userId, { leftAt, seen })
  }

  async function keepAll(conferenceId: ConferenceId, userId: UserId): Promise<void> {
    const key = keyOf(conferenceId, userId)
    for (let next = latest.get(key); next !== undefined; next = latest.get(key)) {
      latest.delete(key)
      try {
        await keep(conferenceId, userId, next.open, next.leftAt)
      } catch (error) {
        // The server stops: everybody leaves at once, and comes back to what they had seen at an earlier leave.
        if (error instanceof Refusal && error.reason === 'server-restarting') continue
        log.warn({ error, conferenceId }, 'What somebody had seen of a meeting could not be kept')
      }
    }
    waiting.delete(key)
  }

  async function changesOf(item: AdmittedItem, visit: Visit | undefined, me: UserId): Promise<SinceItem> {
    const [own = '', ...ledgers] = documentsOf(item)
    const before = (document: string) => visit?.seen.get(document) ?? null
    const itemId = item.item._id
    const inItem = await parts.documents.read(own, (doc, writers) =>
      changesInItem({ doc, writers, before: before(own) }, me),
    )
    let actions = NOTHING_CHANGED
    for (const ledger of ledgers) {
      const changed = await parts.documents.read(ledger, (doc, writers) =>
        changesInActions({ doc, writers, before: before(ledger) }, itemId, me),
      )
      actions = sumOf(actions, changed)
    }
    return { itemId, isNew: before(own) === null, ...inItem, actions }
  }

  return {
    left(conferenceId, userId, open) {
      const key = keyOf(conferenceId, userId)
      latest.set(key, { open, leftAt: new Date(parts.now()) })
      if (waiting.has(key)) return
      waiting.set(
        key,
        Promise.resolve().then(() => keepAll(conferenceId, userId)),
      )
    },

    async since(actor, { conference }) {
      const { _id: conferenceId } = conference
      await waiting.get(keyOf(conferenceId, actor.userId))
      const records = await readRecords(parts, conferenceId)
      if (records === undefined) return { leftAt: null, items: [] }
      const visit = await visits.find(conferenceId, actor.userId)
      const open = openItemsOf(actor, records)
      const items: SinceItem[] = []
      for (const [itemId, item] of records.items) {
        if (open.has(itemId)) items.push(await changesOf(item, visit, actor.userId))
      }
      return { leftAt: visit?.leftAt.toISOString() ?? null, items: items.filter(isWorthALine) }
    },

    async close() {
      await Promise.all(waiting.values())
    },
  }
}

/** The item's own document, then its ledgers. */
function documentsOf({ item, ofCase }: Pick<AdmittedItem, 'item' | 'ofCase'>): string[] {
  const { current, others } = actionDocumentsOf(item, ofCase?.file)
  return [documentNameOf({ kind: 'item', itemId: item._id }), current, ...others]
}

function isWorthALine({ decisions, actions, opinions, presentation, discussion }: SinceItem): boolean {
  const counts = [decisions, actions].flatMap(({ added, changed, removed }) => [added, changed, removed])
  return presentation || discussion || opinions.length > 0 || counts.some(count => count > 0)
}
