import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createLedgerRepository } from '../../../server/actions/ledger-repository.ts'
import { createActionProjector, ledgersOfAll, projectAll, withWritten } from '../../../server/actions/projector.ts'
import { openKeyring } from '../../../server/crypto/keyring.ts'
import { systemClock } from '../../../server/lib/clock.ts'
import { createLog } from '../../../server/lib/log.ts'
import { newId } from '../../../server/lib/random.ts'
import type { DocumentStore } from '../../../server/rooms/ports.ts'
import { COLLECTIONS } from '../../../server/storage/collections.ts'
import { addAction, removeAction } from '../../../shared/documents/actions-document.ts'
import { documentNameOf } from '../../../shared/documents/document-names.ts'
import type { ActionId, AgencyId, CaseId, ConferenceId, ItemId, UserId } from '../../../shared/ids.ts'
import { openTestStore } from '../../support/store-under-test.ts'
import { Shelf } from '../conferences/world.ts'

let opened: Awaited<ReturnType<typeof openTestStore>>
let folder: string
let shelf: Shelf
let ledger: ReturnType<typeof createLedgerRepository>

const caseId = newId<CaseId>()
const document = documentNameOf({ kind: 'actions', caseId, zone: 'open' })
const [agencyId, by] = [newId<AgencyId>(), newId<UserId>()]

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dure-projector-'))
  opened = await openTestStore(COLLECTIONS)
  const keyring = await openKeyring({ store: opened.store, keyFile: join(folder, 'keys', 'dure.key') })
  ledger = createLedgerRepository({ store: opened.store, keyring })
  shelf = new Shelf()
})
afterEach(async () => {
  await opened.cleanUp()
  await rm(folder, { recursive: true, force: true })
})

const projectorOf = () =>
  createActionProjector({ documents: () => shelf, ledger, clock: systemClock, log: createLog({ level: 'silent' }) })

const write = (actionId: ActionId, what: string) =>
  shelf.edit(document, { behalfOf: by }, doc =>
    addAction(doc, { id: actionId, agencyId, what, by, at: '2026-11-24T03:00:00.000Z' }),
  )

test('[AC14] what was written is in the records when somebody asks, and what was taken out is not', async () => {
  const projector = projectorOf()
  const actionId = newId<ActionId>()
  await write(actionId, '신청')
  expect(await ledger.find(document, actionId)).toBeUndefined()
  projector.touched(document)
  projector.touched(documentNameOf({ kind: 'item', itemId: newId<ItemId>() }))
  await projector.settled()
  expect(await ledger.find(document, actionId)).toMatchObject({ words: { what: '신청' }, gone: false, _v: 0, caseId })
  await shelf.edit(document, { behalfOf: by }, doc => removeAction(doc, actionId))
  projector.touched(document)
  await projector.settled()
  expect(await ledger.find(document, actionId)).toMatchObject({ gone: true })
  await projector.close()
})

test('a document that cannot be read now is read later; the others are not lost with it', async () => {
  const projector = projectorOf()
  const actionId = newId<ActionId>()
  await write(actionId, '신청')
  const read = shelf.read.bind(shelf)
  shelf.read = () => Promise.reject(new Error('the store is away'))
  projector.touched(document)
  await projector.settled()
  shelf.read = read
  await projector.settled()
  expect(await ledger.find(document, actionId)).toMatchObject({ words: { what: '신청' } })
  await projector.close()
})

test('a store says what was written once it is written, and not what failed', async () => {
  const told: string[] = []
  const inner: DocumentStore = {
    load: () => Promise.reject(new Error('unused')),
    compact: () => Promise.reject(new Error('unused')),
    append: name => (name === 'bad' ? Promise.reject(new Error('away')) : Promise.resolve()),
  }
  const store = withWritten(inner, name => told.push(name))
  const record = { sequence: 1, payload: Uint8Array.of() }
  await store.append('good', record)
  await expect(store.append('bad', record)).rejects.toThrow('away')
  expect(told).toEqual(['good'])
})

test('at the start every ledger in which something was written is read, and no other', async () => {
  const items = opened.store.collection<{ _id: string; caseId: CaseId | null; conferenceId: ConferenceId }>('items')
  const log = opened.store.collection<{ _id: string; document: string; sequence: number }>('documentLog')
  const conferenceId = newId<ConferenceId>()
  await items.insertOne({ _id: newId(), caseId, conferenceId })
  await items.insertOne({ _id: newId(), caseId, conferenceId })
  await items.insertOne({ _id: newId(), caseId: newId<CaseId>(), conferenceId })
  await items.insertOne({ _id: newId(), caseId: null, conferenceId })
  const own = documentNameOf({ kind: 'conference', conferenceId })
  for (const name of [document, own]) await log.insertOne({ _id: newId(), document: name, sequence: 1 })
  const read: string[] = []
  const count = await projectAll({ project: async name => void read.push(name) }, ledgersOfAll(opened.store))
  expect([count, read.sort()]).toEqual([2, [document, own].sort()])
  expect(await projectAll({ project: async () => {} }, ledgersOfAll(opened.store), { isStopped: () => true })).toBe(0)
})
