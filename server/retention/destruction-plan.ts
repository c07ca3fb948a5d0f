/** What a case has, by id: what its destruction must find again after a stop (RETENTION.md RT9), and how much of each kind there is (RT6). */
import type { Filter } from 'mongodb'
import { documentNameOf } from '../../shared/documents/document-names.ts'
import type { CaseId, ConferenceId, ItemId, ReferralId, SupervisionThreadId } from '../../shared/ids.ts'
import { DESTROYED_KINDS, type DestroyedCounts, type DestroyedKind } from '../../shared/retention/retention-codes.ts'
import type { DrawerName, Keyring } from '../crypto/keyring.ts'
import type { NoticeAbout, NoticeRepository } from '../notices/notice-repository.ts'
import type { CollectionName } from '../storage/collections.ts'
import type { Store, StoredRecord } from '../storage/port.ts'
import type { DestructionPlan } from './destruction-repository.ts'
import { type Fate, type FoundBy, WHAT_GOES } from './what-goes.ts'

export interface DestructionTools {
  store: Pick<Store, 'collection'>
  keyring: Pick<Keyring, 'agencyDrawersOf' | 'destroy'>
  notices: Pick<NoticeRepository, 'countAbout' | 'removeAbout'>
}

/** Any record, by whichever field it is found. */
type AnyRecord = StoredRecord & Record<string, unknown>

export const FATES: readonly (readonly [CollectionName, Fate])[] = Object.entries(WHAT_GOES) as [CollectionName, Fate][]

export async function planOf(
  { store, keyring }: Pick<DestructionTools, 'store' | 'keyring'>,
  caseId: CaseId,
): Promise<DestructionPlan> {
  const found = async <Id extends string>(name: CollectionName, filter: Filter<AnyRecord>): Promise<Id[]> => {
    const records = await store
      .collection<AnyRecord>(name)
      .find(filter, { projection: { _id: 1 } })
      .toArray()
    return records.map(({ _id }) => _id as Id)
  }
  const items = await store
    .collection<{ _id: ItemId; caseId: CaseId; conferenceId: ConferenceId }>('items')
    .find({ caseId }, { projection: { conferenceId: 1 } })
    .toArray()
  const itemIds = items.map(({ _id }) => _id)
  const threads = await found<SupervisionThreadId>('supervisionThreads', { caseId })
  return {
    items: itemIds,
    conferences: [...new Set(items.map(({ conferenceId }) => conferenceId))],
    documents: [
      documentNameOf({ kind: 'case', caseId }),
      documentNameOf({ kind: 'actions', caseId, zone: 'open' }),
      ...itemIds.flatMap(itemId => [
        documentNameOf({ kind: 'item', itemId }),
        documentNameOf({ kind: 'actions', caseId, zone: itemId }),
        documentNameOf({ kind: 'supervision', itemId }),
      ]),
    ],
    drawers: [
      `case:${caseId}`,
      ...(await keyring.agencyDrawersOf(caseId)),
      ...itemIds.map((itemId): DrawerName => `item:${itemId}`),
      ...threads.map((threadId): DrawerName => `supervision:${threadId}`),
    ],
    papers: itemIds.length === 0 ? [] : await found('papers', { itemId: { $in: itemIds } }),
    threads,
    referrals: await found<ReferralId>('referrals', { caseId }),
  }
}

/** Both: after a stop the first still knows what is removed already, the second what came since. */
export function joined(one: DestructionPlan, other: DestructionPlan): DestructionPlan {
  const both = <Id>(a: readonly Id[], b: readonly Id[]): Id[] => [...new Set([...a, ...b])]
  return {
    items: both(one.items, other.items),
    conferences: both(one.conferences, other.conferences),
    documents: both(one.documents, other.documents),
    drawers: both(one.drawers, other.drawers),
    papers: both(one.papers, other.papers),
    threads: both(one.threads, other.threads),
    referrals: both(one.referrals, other.referrals),
  }
}

/** The records of a collection that are this case's; undefined where there can be none. */
export async function filterOf(
  { store }: Pick<DestructionTools, 'store'>,
  by: Exclude<FoundBy, 'notices'>,
  caseId: CaseId,
  plan: DestructionPlan,
): Promise<Filter<AnyRecord> | undefined> {
  if (by === 'told') {
    const ledgers = `action/actions.${caseId}.`
    // `/` follows `.`, so that this is everything that begins so.
    return { $or: [{ _id: `case/${caseId}` }, { _id: { $gte: ledgers, $lt: `${ledgers.slice(0, -1)}/` } }] }
  }
  if (by === 'leaves') {
    const ends = new Set(plan.items.flatMap(itemId => [`item:${itemId}`, `supervision:${itemId}`]))
    const ids: string[] = []
    for (const conferenceId of plan.conferences) {
      const leaves = await store
        .collection<AnyRecord>('minutesLeaves')
        .find({ conferenceId }, { projection: { _id: 1 } })
        .toArray()
      ids.push(...leaves.map(({ _id }) => _id).filter(id => ends.has(id.split(':').slice(-2).join(':'))))
    }
    return ids.length === 0 ? undefined : { _id: { $in: ids } }
  }
  if (by.among === 'case') return { [by.field]: caseId }
  const ids = plan[by.among]
  return ids.length === 0 ? undefined : { [by.field]: { $in: [...ids] } }
}

/** Whether a notice speaks of the case. */
export function speaksOf(caseId: CaseId, plan: Pick<DestructionPlan, 'referrals'>): (about: NoticeAbout) => boolean {
  const referrals = new Set<string>(plan.referrals)
  return about => {
    if ('caseId' in about) return about.caseId === caseId
    if (about.of === 'action') return about.document.startsWith(`actions.${caseId}.`)
    return about.of === 'referral' && referrals.has(about.referralId)
  }
}

/** How much of each kind is there now, in the order of the codes; what is not there is left out. */
export async function countsOf(
  tools: DestructionTools,
  caseId: CaseId,
  plan: DestructionPlan,
): Promise<DestroyedCounts> {
  const counts = new Map<DestroyedKind, number>()
  const add = (kind: DestroyedKind, count: number) => {
    if (count > 0) counts.set(kind, (counts.get(kind) ?? 0) + count)
  }
  for (const [name, fate] of FATES) {
    const kind = 'counts' in fate ? fate.counts : null
    if (kind === null || !('goes' in fate || 'words' in fate)) continue
    const by = 'goes' in fate ? fate.goes : fate.of
    if (by === 'notices') {
      add(kind, await tools.notices.countAbout(speaksOf(caseId, plan)))
      continue
    }
    const filter = await filterOf(tools, by, caseId, plan)
    if (filter === undefined) continue
    const still = 'words' in fate ? { ...filter, sealed: { $exists: true } } : filter
    add(kind, await tools.store.collection<AnyRecord>(name).countDocuments(still))
  }
  add('documents', await documentsThere(tools, plan))
  add('keys', await keysThere(tools, plan))
  return Object.fromEntries(
    (Object.keys(DESTROYED_KINDS) as DestroyedKind[]).flatMap(kind => {
      const count = counts.get(kind)
      return count === undefined ? [] : [[kind, count]]
    }),
  )
}

/** Documents that anything was ever stored of. */
async function documentsThere({ store }: Pick<DestructionTools, 'store'>, plan: DestructionPlan): Promise<number> {
  const compacted = await store
    .collection<AnyRecord>('documents')
    .find({ _id: { $in: [...plan.documents] } }, { projection: { _id: 1 } })
    .toArray()
  const there = new Set(compacted.map(({ _id }) => _id))
  const log = store.collection<AnyRecord>('documentLog')
  for (const document of plan.documents) {
    if (!there.has(document) && (await log.findOne({ document }, { projection: { _id: 1 } }))) there.add(document)
  }
  return there.size
}

async function keysThere({ store }: Pick<DestructionTools, 'store'>, plan: DestructionPlan): Promise<number> {
  return store.collection<AnyRecord>('keys').countDocuments({
    _id: { $in: [...plan.drawers] },
    destroyedAt: { $exists: false },
  })
}
