/** What is left of a destroyed case in the store: looked for in every record of every collection, made from the list of collections itself. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createBasisRepository } from '../../../server/bases/basis-repository.ts'
import { createDisclosureRepository } from '../../../server/bases/disclosure-repository.ts'
import { DrawerDestroyed, type DrawerName } from '../../../server/crypto/keyring.ts'
import { openNoticeRepository } from '../../../server/notices/notice-repository.ts'
import { FATES, planOf } from '../../../server/retention/destruction-plan.ts'
import { documentsWithoutGone } from '../../../server/retention/gone-cases.ts'
import type { Fate } from '../../../server/retention/what-goes.ts'
import { COLLECTIONS, type CollectionName } from '../../../server/storage/collections.ts'
import { createDocumentStore } from '../../../server/storage/documents/document-store.ts'
import { createSealer } from '../../../server/storage/documents/sealer.ts'
import type { Store } from '../../../server/storage/port.ts'
import { must } from '../../../shared/assert.ts'
import type {
  ActionId,
  BasisId,
  CaseId,
  ItemId,
  PaperId,
  ReferralId,
  SubjectRequestId,
  SupervisionThreadId,
} from '../../../shared/ids.ts'
import { meet } from '../conferences/world.ts'
import { openRetention, type RetentionUnderTest } from './retention-under-test.ts'

const LONG_AGO = '2018-06-01T05:00:00Z'
const NUMBER = '2017-001'
type AnyRecord = { _id: string } & Record<string, unknown>

let under: RetentionUnderTest
beforeEach(async () => {
  under = await openRetention()
})
afterEach(() => under.close())

/** Ids of a case and of what belongs to it, each recognised wherever it stands. */
interface Household {
  caseId: CaseId
  itemId: ItemId
  conferenceId: string
  paperId: PaperId
  threadId: SupervisionThreadId
  referralId: ReferralId
  drawers: DrawerName[]
}

/** A case with an item in a conference that is over, and something of it in every collection that has anything of a case. */
async function fill(number: string): Promise<Household> {
  const { world, town } = under
  const { store, keyring } = world
  const caseId = await under.over(number, LONG_AGO)
  const meeting = await meet(world, { ...town, caseId }, 'closed')
  const name = (what: string) => `${what}${number}`.padEnd(22, '_').slice(0, 22)
  const paperId = name('paper') as PaperId
  const threadId = name('thread') as SupervisionThreadId
  const referralId = name('referral') as ReferralId
  const household = {
    caseId,
    itemId: meeting.itemId,
    conferenceId: meeting.conferenceId,
    paperId,
    threadId,
    referralId,
  }
  const drawers: DrawerName[] = [
    `case:${caseId}`,
    `case:${caseId}:agency:${town.dong}`,
    `item:${meeting.itemId}`,
    `supervision:${threadId}`,
  ]
  for (const drawer of drawers) await keyring.drawer(drawer)
  const sealed = (await keyring.drawer(`case:${caseId}`)).seal(Buffer.from('비밀'), 'anything')
  for (const [collection, fate] of FATES) {
    const record = recordOf(collection, fate, { ...household, drawers })
    if (record === undefined) continue
    const unique = Object.fromEntries(UNIQUE[collection]?.map(field => [field, `${collection} ${number}`]) ?? [])
    await store.collection<AnyRecord>(collection).insertOne({ ...unique, ...record, sealed, bytes: sealed })
  }
  const notices = await openNoticeRepository({ store, keyring })
  const about = [
    { of: 'case' as const, caseId, id: 'entry' },
    { of: 'access' as const, caseId },
    { of: 'action' as const, document: `actions.${caseId}.open`, actionId: name('action') as ActionId, step: 1 },
    { of: 'referral' as const, referralId, move: 'send' as const },
    { of: 'basis' as const, caseId, basisId: name('basis') as BasisId, until: '' },
    { of: 'request' as const, caseId, requestId: name('request') as SubjectRequestId, until: '2018-07-01' },
  ]
  for (const [at, one] of about.entries()) {
    const notice = {
      event: `${number} ${at}`,
      userId: town.leader,
      kind: 'case_asked' as const,
      at,
      mail: 'none' as const,
    }
    await notices.put({ ...notice, about: one })
  }
  return { ...household, drawers }
}

/** Fields that a unique index of these collections wants to differ. */
const UNIQUE: Partial<Record<CollectionName, string[]>> = {
  comments: ['command', 'threadId'],
  referrals: ['command', 'toAgencyId'],
  allocations: ['command', 'once'],
  supervisionThreads: ['worker', 'supervisor'],
  supervisionEntries: ['command', 'by'],
  itemVersions: ['once'],
  caseRecords: ['recordId', 'command'],
  documentLog: ['sequence'],
  documentSnapshots: ['generation'],
  findings: ['row'],
  subjectRequests: ['command'],
}

/** A record that is found the way the collection's are; undefined where commands made one already, or there is none. */
function recordOf(collection: CollectionName, fate: Fate, household: Household): AnyRecord | undefined {
  if (['cases', 'items', 'keys', 'notices', 'bases', 'retentionHolds'].includes(collection)) return undefined
  const by = 'goes' in fate ? fate.goes : 'words' in fate ? fate.of : undefined
  if (by === undefined) return undefined
  const { caseId, itemId, conferenceId } = household
  if (by === 'notices') return undefined
  if (by === 'told') return { _id: `action/actions.${caseId}.open/x`, _v: 1, said: {} }
  if (by === 'leaves') return { _id: `${conferenceId}:frozen:item:${itemId}`, conferenceId }
  const value = {
    case: caseId,
    items: itemId,
    documents: `item.${itemId}`,
    papers: household.paperId,
    threads: household.threadId,
    referrals: household.referralId,
  }[by.among]
  if (by.field === '_id') return { _id: value, caseId }
  const own = { papers: household.paperId, supervisionThreads: household.threadId, referrals: household.referralId }
  return { _id: own[collection as keyof typeof own] ?? `${collection} of ${value}`, [by.field]: value, caseId }
}

/** Which collections hold a record that names one of these, with how many and whether any of it is sealed. */
async function traces(store: Store, { drawers: _, conferenceId: __, ...ids }: Household) {
  const wanted = Object.values(ids)
  const found: Partial<Record<CollectionName, { records: number; sealed: number }>> = {}
  for (const name of Object.keys(COLLECTIONS) as CollectionName[]) {
    const records = await store.collection<AnyRecord>(name).find({}).toArray()
    const named = records.filter(record => wanted.some(id => JSON.stringify(record).includes(id)))
    if (named.length === 0) continue
    const sealed = named.filter(record => 'sealed' in record || 'wrapped' in record || 'bytes' in record)
    found[name] = { records: named.length, sealed: sealed.length }
  }
  return found
}

/** All that may be left: rows without words, marks, the record of destruction (whose words are the installation's), the record of access. */
const MAY_STAY = ['disclosures', 'accessFiles', 'keys', 'destructions', 'audit']

describe('after a destruction', () => {
  test('[RT8] [RT10] [LR-22] no collection holds a record of the case but those that may, and none of these a word of it', async () => {
    const household = await fill(NUMBER)
    const neighbour = await fill('2017-002')
    const before = await traces(under.world.store, household)
    // The test would prove nothing of a collection that had nothing of the case.
    const touched = FATES.filter(([, fate]) => 'goes' in fate || 'words' in fate).map(([name]) => name)
    const unseen = ['notices', 'bases', 'retentionHolds']
    expect(touched.filter(name => before[name] === undefined && !unseen.includes(name))).toEqual([])
    const kept = await traces(under.world.store, neighbour)
    const notices = () => under.world.store.collection('notices').countDocuments({})
    expect(await notices()).toBe(12)

    await under.propose(household.caseId)
    await under.confirm(household.caseId, NUMBER)

    const after = await traces(under.world.store, household)
    expect(Object.keys(after).filter(name => !MAY_STAY.includes(name))).toEqual([])
    expect(after.disclosures).toEqual({ records: 1, sealed: 1 })
    const [row] = await under.world.store
      .collection<AnyRecord>('disclosures')
      .find({ caseId: household.caseId })
      .toArray()
    expect(row).not.toHaveProperty('sealed')
    const marks = await under.world.store
      .collection<AnyRecord>('keys')
      .find({ _id: { $in: household.drawers } })
      .toArray()
    expect(marks.length).toBe(household.drawers.length)
    for (const mark of marks) {
      expect(mark).not.toHaveProperty('wrapped')
      await expect(under.world.keyring.drawer(mark._id as DrawerName)).rejects.toThrow(DrawerDestroyed)
    }
    expect(await notices()).toBe(6)
    // Nothing of anybody else went with it; the desk and the audit only know of it more.
    const neighbourNow = await traces(under.world.store, neighbour)
    for (const name of ['audit', 'destructions'] as const) {
      delete kept[name]
      delete neighbourNow[name]
    }
    expect(neighbourNow).toEqual(kept)
  })

  test('[RT10] every collection was decided about, and what may stay is what the table says', () => {
    expect(FATES.map(([name]) => name).sort()).toEqual(Object.keys(COLLECTIONS).sort())
    for (const [name, fate] of FATES) if ('stays' in fate) expect(fate.stays.length, name).toBeGreaterThan(3)
  })

  test('[RT10] [LR-30] a row of the disclosure register stays without a word, and is still read', async () => {
    const { world, town } = under
    const caseId = await under.over(NUMBER, LONG_AGO)
    const disclosures = createDisclosureRepository({ store: world.store, keyring: world.keyring })
    await disclosures.add({
      _id: 'given',
      caseId,
      giver: town.dong,
      receiver: town.muhan,
      basis: 'consent',
      source: 'basis',
      at: new Date(LONG_AGO),
      by: town.leader,
      endedOn: null,
      fields: {
        file: '사례관리 파일',
        receiver: '무한돌봄',
        purpose: '지원',
        legalBasis: '동의',
        items: '건강',
        period: '종결까지',
        form: '열람',
        measures: '',
      },
    })
    await under.propose(caseId)
    await under.confirm(caseId, NUMBER)
    const [row] = await disclosures.ofGiver(town.dong)
    expect(row).toMatchObject({ caseId, receiver: town.muhan, basis: 'consent', fields: { file: '', purpose: '' } })
  })

  test('[RT10] [LR-12] the record of access keeps who did what with the case, by id and code alone', async () => {
    const { world } = under
    const caseId = await under.over(NUMBER, LONG_AGO)
    await under.propose(caseId)
    await under.confirm(caseId, NUMBER)
    const about = (await world.records()).filter(record => record.subject === caseId)
    expect(about.map(record => record.action)).toEqual(
      expect.arrayContaining(['retention.propose', 'retention.read', 'retention.destroy']),
    )
    expect(JSON.stringify(about)).not.toContain('2017-001')
    expect(JSON.stringify(about)).not.toContain('가구')
    expect(await world.audit.verify('start')).toEqual([])
  })

  test('[RT8] what a late hand sends for a document of it is neither stored nor shown', async () => {
    const { world } = under
    const { caseId, itemId } = await fill(NUMBER)
    const plain = createDocumentStore({ store: world.store, sealer: createSealer(world.keyring) })
    const documents = documentsWithoutGone(plain, under.house.gone)
    await documents.append(`case.${caseId}`, { sequence: 1, payload: Buffer.from('an offline laptop') })
    expect((await documents.load(`case.${caseId}`)).tail.length).toBe(1)
    await under.propose(caseId)
    await under.confirm(caseId, NUMBER)
    for (const document of [`case.${caseId}`, `actions.${caseId}.open`, `item.${itemId}`, `supervision.${itemId}`]) {
      await documents.append(document, { sequence: 1, payload: Buffer.from('once more') })
      await documents.compact(document, { upTo: 1, payload: Buffer.from('once more') })
      expect(await documents.load(document)).toEqual({ snapshot: undefined, tail: [] })
      // Not even past the list of what is gone, as after years and many starts.
      await expect(plain.append(document, { sequence: 1, payload: Buffer.from('x') })).rejects.toThrow(DrawerDestroyed)
    }
    expect(await world.store.collection('documentLog').countDocuments({ document: `case.${caseId}` })).toBe(0)
  })

  test('[RT9] what a command under way wrote a moment later is removed by the second look', async () => {
    const { world, town } = under
    const { caseId, itemId } = await fill(NUMBER)
    await under.propose(caseId)
    await under.confirm(caseId, NUMBER)
    const comments = world.store.collection<AnyRecord>('comments')
    await comments.insertOne({
      _id: 'late',
      itemId,
      command: 'late',
      by: town.co,
      threadId: 't',
      mark: 'm',
      sealed: Buffer.from('x'),
    })
    await under.house.look()
    expect(await comments.countDocuments({ itemId })).toBe(1)
    await under.clock.advance(2 * 3_600_000)
    await under.house.look()
    expect(await comments.countDocuments({ itemId })).toBe(0)
    expect(await under.desk.destructions.unfinished()).toEqual([])
  })

  test('[RT4] holds and bases go with it', async () => {
    const { world, town } = under
    const caseId = await under.over(NUMBER, LONG_AGO)
    await world.store
      .collection<AnyRecord>('bases')
      .insertOne({ _id: caseId, _v: 1, sensitive: true, bases: [], nextOn: '' })
    await under.desk.holds.insert({
      _id: 'holdholdholdholdholdho' as never,
      _v: 1,
      caseId,
      agencyId: town.dong,
      reason: 'other',
      until: '2026-01-01',
      by: town.leader,
      at: new Date(),
      liftedBy: null,
      liftedAt: null,
      words: '지난 보류',
      lifted: '',
    })
    await under.propose(caseId)
    await under.confirm(caseId, NUMBER)
    expect(await under.desk.holds.ofCases([caseId])).toEqual([])
    const bases = createBasisRepository({ store: world.store, keyring: world.keyring })
    expect((await bases.find(caseId)).bases).toEqual([])
  })
})

describe('a stop in the middle', () => {
  /** Counts writes and fails from the one after `left` on, as a process that was killed does. */
  function failing(store: Store): { store: Store; left: number; writes: number } {
    const state = { store, left: Number.POSITIVE_INFINITY, writes: 0 }
    const WRITES = ['insertOne', 'insertMany', 'updateOne', 'updateMany', 'findOneAndUpdate', 'deleteOne', 'deleteMany']
    state.store = {
      ...store,
      collection: ((name: string) =>
        new Proxy(store.collection(name), {
          get(target, method: string) {
            const call = target[method as keyof typeof target] as unknown
            if (typeof call !== 'function') return call
            return (...given: unknown[]) => {
              if (WRITES.includes(method)) {
                if (state.left-- <= 0) return Promise.reject(new Error('killed'))
                state.writes++
              }
              return Reflect.apply(call, target, given)
            }
          },
        })) as Store['collection'],
    }
    return state
  }

  test('[RT9] at any write: the case is none at once, and after the next start nothing of it is left', async () => {
    // How many writes a whole destruction takes, then one stop after each of some of them.
    const step = process.env.DEEP ? 1 : 17
    let total = 0
    for (let stopAfter = 1; stopAfter === 1 || stopAfter < total; stopAfter += step) {
      await under.close()
      let disk: ReturnType<typeof failing> | undefined
      under = await openRetention(store => {
        disk = failing(store)
        return disk.store
      })
      const household = await fill(NUMBER)
      await under.propose(household.caseId)
      const killed = must(disk, 'the disk')
      killed.writes = 0
      // The first is the confirmation itself: without it there is nothing to go on with.
      if (stopAfter > 1) killed.left = stopAfter - 1
      await under.confirm(household.caseId, NUMBER)
      if (stopAfter === 1) total = killed.writes
      expect(await under.world.parts.cases.find(household.caseId)).toBeUndefined()
      killed.left = Number.POSITIVE_INFINITY
      await under.reopen()
      expect(await under.world.parts.cases.find(household.caseId)).toBeUndefined()
      const left = Object.keys(await traces(under.world.store, household)).filter(name => !MAY_STAY.includes(name))
      expect(left, `stopped after ${stopAfter} of ${total} writes`).toEqual([])
      expect((await under.view()).decided[0]).toMatchObject({ state: 'destroyed', number: NUMBER })
    }
    expect(total).toBeGreaterThan(40)
  })

  test('[RT9] a start that cannot finish what was confirmed does not start', async () => {
    const household = await fill(NUMBER)
    await under.propose(household.caseId)
    const plan = await planOf(under.desk.tools, household.caseId)
    const [known] = await under.desk.destructions.ofCase(household.caseId)
    await under.desk.destructions.update(must(known, 'the proposal'), { state: 'destroying', plan })
    const disk = failing(under.world.store)
    disk.left = 3
    await expect(under.reopen(disk.store)).rejects.toThrow('killed')
    await under.reopen()
    expect(await under.world.parts.cases.find(household.caseId)).toBeUndefined()
  })
})

test('[RT2] [LR-39] five years after: a case closed today is due on 1 January of the sixth year on, not a day before', async () => {
  const caseId: CaseId = await under.over('2026-200', '2026-11-20T05:00:00Z')
  const standing = async () => (await under.view()).cases.find(one => one.caseId === caseId)?.standing
  expect(await standing()).toBeUndefined()
  under.world.pass(Date.parse('2031-12-31T14:59:00Z') - under.world.parts.now())
  expect(await standing()).toBe('soon')
  under.world.pass(120_000)
  expect(await standing()).toBe('due')
})
