import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type Audit, type AuditEntry, type AuditRecord, openAudit } from '../../../server/audit/audit.ts'
import { idOfRecord } from '../../../server/audit/chain.ts'
import { keptSince, removeBefore, startRetention } from '../../../server/audit/retention.ts'
import { type Keyring, openKeyring } from '../../../server/crypto/keyring.ts'
import { createLog } from '../../../server/lib/log.ts'
import type { Clock } from '../../../server/rooms/ports.ts'
import { COLLECTIONS } from '../../../server/storage/collections.ts'
import type { Store } from '../../../server/storage/port.ts'
import type { UserId } from '../../../shared/ids.ts'
import { FakeClock } from '../../support/fake-clock.ts'
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
  let now = Date.UTC(2026, 10, 24)
  const open = () => openAudit({ store, keyring, now: () => now, anchorFile: join(folder, 'keys', 'dure.key.audit') })

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dure-audit-'))
    opened = await openTestStore(COLLECTIONS)
    store = opened.store
    keyring = await openKeyring({ store, keyFile: join(folder, 'keys', 'dure.key') })
    now = Date.UTC(2026, 10, 24)
    audit = await open()
  })
  afterEach(async () => {
    await audit.close()
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

  test('[AU5] [LR-14] each kind of tampering is found', async () => {
    for (let i = 0; i < 12; i++) await audit.record({ ...ENTRY, object: `item.${i}` })
    await audit.close()
    audit = await open()
    const original = await records().findOne({ _id: idOfRecord(5) })
    if (!original) throw new Error('entry 5 is missing')

    for (const change of [
      { actor: 'v' as UserId },
      { at: new Date(0) },
      { address: '10.0.0.9' },
      { subject: 'case-2' },
      { object: 'item.99' },
      { outcome: 'denied' as const },
      { hash: 'f'.repeat(64) },
      // Nothing said beside what was said.
      { reason: null },
      { remark: null },
    ] as Record<string, unknown>[]) {
      await records().updateOne({ _id: idOfRecord(5) }, { $set: change })
      expect(await audit.verify(), JSON.stringify(change)).not.toEqual([])
      await records().deleteOne({ _id: idOfRecord(5) })
      await records().insertOne(original)
      expect(await audit.verify()).toEqual([])
    }

    await records().deleteOne({ _id: idOfRecord(5) })
    expect(await audit.verify()).toContainEqual({ sequence: 5, what: 'missing' })
    await records().insertOne(original)

    await records().deleteOne({ _id: idOfRecord(12) })
    expect(await audit.verify()).toContainEqual({ sequence: 12, what: 'head-missing' })
  })

  test('a rewritten chain does not pass, because its head cannot be signed', async () => {
    for (let i = 0; i < 3; i++) await audit.record(ENTRY)
    await audit.close()
    const heads = store.collection<{ _id: string; sequence: number }>('installation')
    audit = await open()
    await heads.updateOne({ _id: 'audit-head' }, { $set: { sequence: 2 } })
    expect(await audit.verify()).toContainEqual({ sequence: 2, what: 'head-unsigned' })
  })

  test('when an entry cannot be written the caller is told, and the chain goes on afterwards', async () => {
    await audit.record(ENTRY)
    // Someone else took the next place: the write fails, the caller must not go on.
    await records().insertOne({ ...ENTRY, _id: idOfRecord(2), sequence: 2, at: new Date(), previous: '', hash: 'x' })
    await expect(audit.record(ENTRY)).rejects.toThrow()
    await audit.record(ENTRY)
    expect(await records().countDocuments({})).toBe(3)
    expect(await audit.verify()).toContainEqual({ sequence: 2, what: 'changed' })
  })

  test('[AU5] [AU6] [LR-14] a tail that was cut off is found at the next start, with the head of that time put back, and stays a fault', async () => {
    for (let i = 0; i < 5; i++) await audit.record(ENTRY)
    await audit.close()
    const heads = store.collection<{ _id: string }>('installation')
    const oldHead = await heads.findOne({ _id: 'audit-head' })
    audit = await open()
    for (let i = 0; i < 5; i++) await audit.record(ENTRY)
    await audit.close()
    // Whoever may write the store takes the last five records away, and the head that speaks of them.
    await records().deleteMany({ sequence: { $gt: 5 } })
    await heads.deleteOne({ _id: 'audit-head' })
    if (oldHead) await heads.insertOne(oldHead)
    audit = await open()
    expect((await audit.verify()).map(({ what }) => what)).toContain('cut')
    for (let i = 0; i < 10; i++) await audit.record(ENTRY)
    await audit.close()
    audit = await open()
    expect(await audit.verify()).toContainEqual({ sequence: 6, what: 'cut' })
    expect(await records().findOne({ _id: idOfRecord(6) })).toMatchObject({ action: 'audit.cut', object: '6-10' })
  })

  test('[AU5] without the file beside the key the chain goes on and says so; a file that is whole stays silent', async () => {
    await audit.record(ENTRY)
    await audit.close()
    audit = await open()
    expect(await audit.verify()).toEqual([])
    await audit.close()
    await rm(join(folder, 'keys', 'dure.key.audit'))
    audit = await open()
    expect(await audit.verify()).toEqual([])
    expect(await records().findOne({ _id: idOfRecord(2) })).toMatchObject({ action: 'audit.begin' })
  })

  describe('what is removed', () => {
    const YEAR = 365.25 * 86_400_000
    const by = { actor: 'operator' as UserId, address: '127.0.0.1' }
    const remove = (before: Date) => removeBefore({ store, audit, now: () => now }, by, before)

    test('[AU7] [LR-03] [LR-12] nothing younger than three years: the order is refused and on record', async () => {
      await audit.record({ ...ENTRY, action: 'permission.change' })
      now += 2.9 * YEAR
      await audit.record(ENTRY)
      await expect(remove(new Date(now))).rejects.toMatchObject({ reason: 'not-allowed', detail: 'audit-too-young' })
      expect(await records().countDocuments({})).toBe(3)
      expect(await records().findOne({ _id: idOfRecord(3) })).toMatchObject({
        action: 'audit.remove',
        outcome: 'denied',
      })
      expect(await audit.verify()).toEqual([])
    })

    test('[AU7] [LR-12] what is older goes, and the rest is verified from the signed note on, also after a new start', async () => {
      for (let i = 0; i < 150; i++) await audit.record(ENTRY)
      now += 3.1 * YEAR
      for (let i = 0; i < 20; i++) await audit.record(ENTRY)
      expect(await remove(keptSince(now))).toBe(150)
      expect(await records().countDocuments({})).toBe(21)
      expect(await audit.verify()).toEqual([])
      await audit.close()
      audit = await open()
      await audit.record(ENTRY)
      expect(await audit.verify()).toEqual([])
      expect(await audit.verify('last-head')).toEqual([])
      // The front of what is left cannot be taken away that way.
      await records().deleteOne({ _id: idOfRecord(151) })
      expect(await audit.verify()).toContainEqual({ sequence: 151, what: 'missing' })
    })

    test('[AU7] [LR-14] a note that somebody wrote by hand opens no way: it is not signed', async () => {
      for (let i = 0; i < 10; i++) await audit.record(ENTRY)
      const fifth = await records().findOne({ _id: idOfRecord(5) })
      await store.collection<{ _id: string }>('installation').insertOne({
        _id: 'audit-checkpoint',
        ...{ sequence: 5, hash: fifth?.hash, at: new Date(now), signature: Buffer.alloc(64) },
      })
      await records().deleteMany({ sequence: { $lte: 5 } })
      const problems = (await audit.verify()).map(({ what }) => what)
      expect(problems).toContain('checkpoint-unsigned')
      expect(problems).toContain('missing')
    })

    test('[AU8] [LR-03] [LR-12] the service looks at its start and every day, and takes a month at the most', async () => {
      const day = (count: number, year = 2026) => Date.UTC(year, 10, 24 + count)
      for (const count of [0, 10, 20, 30, 40, 50, 100]) {
        now = day(count)
        await audit.record({ ...ENTRY, object: `day.${count}` })
      }
      const timers = new FakeClock()
      const clock: Clock = {
        now: () => now,
        after: (ms, call) => timers.after(ms, call),
        soon: call => timers.soon(call),
      }
      const left = async () =>
        (
          await records()
            .find({ action: ENTRY.action }, { sort: { sequence: 1 } })
            .toArray()
        ).map(one => one.object)
      now = day(25, 2029)
      const log = createLog({ level: 'silent' })
      const stop = startRetention({ store, audit, clock, log })
      await vi.waitFor(async () => expect(await left()).toEqual(['day.30', 'day.40', 'day.50', 'day.100']))
      expect(await records().findOne({ action: 'audit.remove' })).toMatchObject({ actor: null, object: '3' })

      // A day later nothing more is too old; then the clock is thirty years ahead.
      const turns = [
        { at: day(26, 2029), stays: ['day.30', 'day.40', 'day.50', 'day.100'] },
        { at: day(26, 2059), stays: ['day.100'] },
      ]
      for (const { at, stays } of turns) {
        now = at
        await timers.advance(86_400_000)
        await vi.waitFor(() => expect(timers.pendingTimers).toBe(1))
        expect(await left()).toEqual(stays)
      }
      await stop()
      expect(timers.pendingTimers).toBe(0)
      expect(await audit.verify()).toEqual([])
    })

    test('[AU7] an interrupted removal is no fault and is finished by the next one', async () => {
      for (let i = 0; i < 6; i++) await audit.record(ENTRY)
      now += 3.1 * YEAR
      await audit.record(ENTRY)
      const sixth = await records().findOne({ _id: idOfRecord(6) })
      if (!sixth) throw new Error('entry 6 is missing')
      await audit.beginBehind(sixth)
      await records().deleteMany({ sequence: { $lte: 3 } })
      expect(await audit.verify()).toEqual([])
      await remove(keptSince(now))
      expect(await records().findOne({ _id: idOfRecord(6) })).toBeNull()
      expect(await audit.verify()).toEqual([])
    })
  })
})
