import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Audit, type AuditEntry, type AuditRecord, openAudit } from '../../../server/audit/audit.ts'
import { type Keyring, openKeyring } from '../../../server/crypto/keyring.ts'
import { COLLECTIONS } from '../../../server/storage/collections.ts'
import type { Store } from '../../../server/storage/port.ts'
import type { UserId } from '../../../shared/ids.ts'
import { openTestStore } from '../../support/store-under-test.ts'
import type { OpenedStore } from '../../support/stores.ts'

const ENTRY: AuditEntry = {
  actor: 'u' as UserId,
  address: '127.0.0.1',
  action: 'item.open',
  subject: 'case-1',
  outcome: 'ok',
}

describe('the record of access', () => {
  let folder: string
  let opened: OpenedStore
  let store: Store
  let keyring: Keyring
  let audit: Audit
  const open = () => openAudit({ store, keyring, now: () => Date.UTC(2026, 10, 24) })

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dure-audit-'))
    opened = await openTestStore(COLLECTIONS)
    store = opened.store
    keyring = await openKeyring({ store, keyFile: join(folder, 'keys', 'dure.key') })
    audit = await open()
  })
  afterEach(async () => {
    await opened.cleanUp()
    await rm(folder, { recursive: true, force: true })
  })

  const records = () => store.collection<AuditRecord>('audit')

  test('250 entries at once are one unbroken chain, also after a new start', async () => {
    await Promise.all(Array.from({ length: 250 }, (_, i) => audit.record({ ...ENTRY, object: `item.${i}` })))
    expect(await audit.verify()).toEqual([])
    await audit.close()
    audit = await open()
    await audit.record(ENTRY)
    expect(await records().countDocuments({})).toBe(251)
    expect(await audit.verify('last-head')).toEqual([])
    expect(await audit.verify()).toEqual([])
  })

  test('each kind of tampering is found', async () => {
    for (let i = 0; i < 12; i++) await audit.record({ ...ENTRY, object: `item.${i}` })
    await audit.close()
    const original = await records().findOne({ _id: '5' })
    if (!original) throw new Error('entry 5 is missing')

    for (const change of [
      { actor: 'v' as UserId },
      { at: new Date(0) },
      { address: '10.0.0.9' },
      { subject: 'case-2' },
      { object: 'item.99' },
      { outcome: 'denied' as const },
      { hash: 'f'.repeat(64) },
    ]) {
      await records().updateOne({ _id: '5' }, { $set: change })
      expect(await audit.verify(), JSON.stringify(change)).not.toEqual([])
      await records().deleteOne({ _id: '5' })
      await records().insertOne(original)
      expect(await audit.verify()).toEqual([])
    }

    await records().deleteOne({ _id: '5' })
    expect(await audit.verify()).toContainEqual({ sequence: 5, what: 'missing' })
    await records().insertOne(original)

    await records().deleteOne({ _id: '12' })
    expect(await audit.verify()).toContainEqual({ sequence: 12, what: 'head-missing' })
  })

  test('a rewritten chain does not pass, because its head cannot be signed', async () => {
    for (let i = 0; i < 3; i++) await audit.record(ENTRY)
    await audit.close()
    const heads = store.collection<{ _id: string; sequence: number }>('installation')
    await heads.updateOne({ _id: 'audit-head' }, { $set: { sequence: 2 } })
    expect(await audit.verify()).toContainEqual({ sequence: 2, what: 'head-unsigned' })
  })

  test('when an entry cannot be written the caller is told, and the chain goes on afterwards', async () => {
    await audit.record(ENTRY)
    // Someone else took the next place: the write fails, the caller must not go on.
    await records().insertOne({ ...ENTRY, _id: '2', sequence: 2, at: new Date(), previous: '', hash: 'x' })
    await expect(audit.record(ENTRY)).rejects.toThrow()
    await audit.record(ENTRY)
    expect(await records().countDocuments({})).toBe(3)
    expect(await audit.verify()).toContainEqual({ sequence: 2, what: 'changed' })
  })
})
