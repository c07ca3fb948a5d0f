/**
 * Takes versions, one after another for each conference, so that what a person names or puts back stands behind the moments before it (SPEC HI1). A
 * moment is taken beside what made it, never before its answer; one that fails is told in the log.
 */
import * as Y from 'yjs'
import { agenciesThatOpen } from '../../shared/access.ts'
import { documentNameOf } from '../../shared/documents/document-names.ts'
import { actionContentOf, actionsTogether } from '../../shared/history/item-content.ts'
import type { ItemVersionId } from '../../shared/history/version-moments.ts'
import type { ConferenceId, ItemId } from '../../shared/ids.ts'
import { actionDocumentsOf } from '../conferences/action-zones.ts'
import { type AdmittedItem, caseOf } from '../conferences/admission.ts'
import { invitedAgenciesOf } from '../conferences/conference-commands.ts'
import type { ConferenceParts } from '../conferences/ports.ts'
import type { Log } from '../lib/log.ts'
import type { Clock } from '../rooms/ports.ts'
import type { Moment, OnMoment } from './moments.ts'
import { encodeVersion, type VersionState } from './version-payload.ts'
import type { VersionRepository } from './version-repository.ts'

/** Taken within so long, nobody had time to write much in between. */
const LATE_MS = 30_000

/** Sixty items took two to four seconds on two cores that had other work; a store that is away would not answer in any. */
const CLOSING_MS = 5_000

/** A province opens its meetings in one minute: so many conferences are read at once, the others wait. */
const AT_ONCE = 4

export interface Taking extends Moment {
  /** As a person named it. */
  name?: string
  from?: ItemVersionId | null
  /** When it was known of; now, if left out. */
  notedAt?: number
}

export type ItemRecords = Pick<AdmittedItem, 'conference' | 'item' | 'ofCase'>

export interface HistoryKeeper {
  /** Something happened of which versions are to be kept. Returns at once. */
  note: OnMoment
  /** Runs `work` when every version of this conference that was asked for before is taken. */
  inTurn<T>(conferenceId: ConferenceId, work: () => Promise<T>): Promise<T>
  /** Takes one now; to be called in turn. False when there is one of that moment already. */
  take(of: ItemRecords, taking: Taking): Promise<boolean>
  stateOf(of: Pick<ItemRecords, 'item' | 'ofCase'>): Promise<VersionState>
  /** Resolves when everything that was noted is taken. */
  settled(): Promise<void>
  /** The same, but waits no longer than a stop may: what is left then is not taken. */
  close(): Promise<void>
}

export function createHistoryKeeper(options: {
  parts: Pick<ConferenceParts, 'conferences' | 'items' | 'cases' | 'documents' | 'newId' | 'now'>
  versions: Pick<VersionRepository, 'insert' | 'momentsOf'>
  clock: Pick<Clock, 'after'>
  log: Log
}): HistoryKeeper {
  const { parts, versions, clock, log } = options
  let isClosing = false
  const turns = new Map<ConferenceId, Promise<unknown>>()
  const waiting: (() => void)[] = []
  let running = 0

  function inTurn<T>(conferenceId: ConferenceId, work: () => Promise<T>): Promise<T> {
    const turn = (turns.get(conferenceId) ?? Promise.resolve()).then(work)
    const settled = turn.catch(() => undefined) // Told to who asked for it.
    turns.set(conferenceId, settled)
    void settled.then(() => {
      if (turns.get(conferenceId) === settled) turns.delete(conferenceId)
    })
    return turn
  }

  async function fewAtOnce(work: () => Promise<void>): Promise<void> {
    if (running >= AT_ONCE) await new Promise<void>(resolve => waiting.push(resolve))
    running++
    try {
      await work()
    } finally {
      running--
      waiting.shift()?.()
    }
  }

  async function stateOf({ item, ofCase }: Pick<ItemRecords, 'item' | 'ofCase'>): Promise<VersionState> {
    const { current, others } = actionDocumentsOf(item, ofCase?.file)
    const document = await parts.documents.read(documentNameOf({ kind: 'item', itemId: item._id }), doc =>
      Y.encodeStateAsUpdate(doc),
    )
    const ledgers: ReturnType<typeof actionContentOf>[] = []
    for (const ledger of [current, ...others]) {
      ledgers.push(await parts.documents.read(ledger, doc => actionContentOf(doc, item._id)))
    }
    return { document, actions: actionsTogether(ledgers) }
  }

  async function take(of: ItemRecords, { name = '', from = null, notedAt, ...moment }: Taking): Promise<boolean> {
    const { conference, item, ofCase } = of
    const { _id: itemId, conferenceId } = item
    if ((await versions.momentsOf(itemId)).has(moment.once)) return false
    const agencies = item.kind === 'general' ? invitedAgenciesOf(conference) : agenciesThatOpen(item, ofCase?.facts)
    const state = await encodeVersion(await stateOf(of))
    const takenAt = new Date(parts.now())
    const isLate = notedAt !== undefined && takenAt.getTime() - notedAt > LATE_MS
    const _id = parts.newId<ItemVersionId>()
    return versions.insert({ _id, itemId, conferenceId, ...moment, takenAt, from, isLate, agencies, name }, state)
  }

  async function takeOf(conferenceId: ConferenceId, itemId: ItemId | undefined, moment: Taking): Promise<void> {
    const conference = await parts.conferences.find(conferenceId)
    const items = await parts.items.ofConference(conferenceId)
    if (conference === undefined) return
    for (const item of items) {
      if (itemId !== undefined && item._id !== itemId) continue
      if (isClosing) return
      try {
        await take({ conference, item, ofCase: await caseOf(parts, item) }, moment)
      } catch (error) {
        log.warn({ error, conferenceId, moment: moment.once }, 'A version of an item could not be kept')
      }
    }
  }

  async function settled(): Promise<void> {
    while (turns.size > 0) await Promise.all(turns.values())
  }

  return {
    note({ conferenceId, itemId }, moment) {
      const taking = { ...moment, notedAt: parts.now() }
      void inTurn(conferenceId, () =>
        fewAtOnce(() => takeOf(conferenceId, itemId, taking)).catch(error => {
          log.warn({ error, conferenceId, moment: moment.once }, 'Versions of a meeting could not be kept')
        }),
      )
    },
    inTurn,
    take,
    stateOf,
    settled,
    async close() {
      await new Promise<void>(resolve => {
        const stop = clock.after(CLOSING_MS, resolve)
        void settled().then(() => {
          stop()
          resolve()
        })
      })
      isClosing = true
    },
  }
}
