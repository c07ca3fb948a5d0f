import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { KeyProblem } from '../../../server/crypto/key-file.ts'
import { DrawerDestroyed, openKeyring } from '../../../server/crypto/keyring.ts'
import { createDrawer, SealBroken } from '../../../server/crypto/sealing.ts'
import { COLLECTIONS } from '../../../server/storage/collections.ts'
import type { Store } from '../../../server/storage/port.ts'
import type { AgencyId, CaseId, ItemId } from '../../../shared/ids.ts'
import { openTestStore } from '../../support/store-under-test.ts'
import type { OpenedStore } from '../../support/stores.ts'

describe('the key ring', () => {
  let folder: string
  let opened: OpenedStore
  let store: Store
  let keyFile: string

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dure-keys-'))
    keyFile = join(folder, 'keys', 'dure.key')
    opened = await openTestStore(COLLECTIONS)
    store = opened.store
  })
  afterEach(async () => {
    await opened.cleanUp()
    await rm(folder, { recursive: true, force: true })
  })

  test('the first opening makes a key file that only the service can read, and says so', async () => {
    const keyring = await openKeyring({ store, keyFile })
    expect(keyring.keyFileCreated).toBe(true)
    expect((await stat(keyFile)).mode & 0o777).toBe(0o400)
    expect((await stat(join(folder, 'keys'))).mode & 0o777).toBe(0o700)
    expect((await openKeyring({ store, keyFile })).keyFileCreated).toBe(false)
  })

  test('what one opening sealed the next one opens; another drawer or another place does not', async () => {
    const first = await openKeyring({ store, keyFile })
    const sealed = (await first.drawer('installation')).sealJson({ name: '생연1동' }, 'agencies|a')
    const second = await openKeyring({ store, keyFile })
    const drawer = await second.drawer('installation')
    expect(drawer.openJson(sealed, 'agencies|a')).toEqual({ name: '생연1동' })
    expect(() => drawer.openJson(sealed, 'agencies|b')).toThrow(SealBroken)
    const other = await second.drawer('signing')
    expect(() => other.openJson(sealed, 'agencies|a')).toThrow(SealBroken)
    expect(sealed.includes('생연')).toBe(false)
  })

  test('twenty openings of one new drawer at once get the same key', async () => {
    const rings = await Promise.all(
      Array.from({ length: 4 }, () => openKeyring({ store, keyFile }).catch(() => undefined)),
    )
    const ring = rings.find(r => r !== undefined)
    if (!ring) throw new Error('no key ring opened')
    const drawers = await Promise.all(Array.from({ length: 20 }, () => ring.drawer('signing')))
    const sealed = drawers[0]?.seal(Buffer.from('x'), 'c')
    for (const drawer of drawers) expect(drawer.open(sealed ?? Buffer.alloc(0), 'c').toString()).toBe('x')
  })

  test('[RT8] [LR-22] a destroyed key opens nothing again and is never made anew, in this opening and the next', async () => {
    const caseId = 'CASEcaseCASEcaseCASEca' as CaseId
    const agencyId = 'AGENCYagencyAGENCYagen' as AgencyId
    const other = `case:${'OTHERotherOTHERotherOT' as CaseId}` as const
    const first = await openKeyring({ store, keyFile })
    const held = await first.drawer(`case:${caseId}`)
    const sealed = held.seal(Buffer.from('words'), 'x')
    await first.drawer(`case:${caseId}:agency:${agencyId}`)
    const others = (await first.drawer(other)).seal(Buffer.from('theirs'), 'x')
    expect(await first.agencyDrawersOf(caseId)).toEqual([`case:${caseId}:agency:${agencyId}`])

    await first.destroy(`case:${caseId}`, new Date())
    await first.destroy(`item:${'ITEMitemITEMitemITEMit' as ItemId}`, new Date())
    await first.destroy(`case:${caseId}`, new Date())
    for (const ring of [first, await openKeyring({ store, keyFile })]) {
      await expect(ring.drawer(`case:${caseId}`)).rejects.toThrow(DrawerDestroyed)
      // One that never had a key as well, and one of an agency that had none yet.
      await expect(ring.drawer(`item:${'ITEMitemITEMitemITEMit' as ItemId}`)).rejects.toThrow(DrawerDestroyed)
      const late = `case:${caseId}:agency:${'LATElateLATElateLATEla' as AgencyId}` as const
      await expect(ring.drawer(late)).rejects.toThrow(DrawerDestroyed)
      expect((await ring.drawer(other)).open(others, 'x').toString()).toBe('theirs')
    }
    const record = await store.collection<{ _id: string; wrapped?: Buffer }>('keys').findOne({ _id: `case:${caseId}` })
    expect(record).toMatchObject({ destroyedAt: expect.any(Date) })
    expect(record?.wrapped).toBeUndefined()
    expect(sealed.byteLength).toBeGreaterThan(0)
  })

  test('a missing key file refuses to open a store that was written with one, and makes none', async () => {
    await openKeyring({ store, keyFile })
    await rm(keyFile)
    await expect(openKeyring({ store, keyFile })).rejects.toThrow(/missing.*Restore/s)
    await expect(stat(keyFile)).rejects.toThrow()
  })

  test('a key file of another store is refused in words', async () => {
    await openKeyring({ store, keyFile })
    const otherKey = join(folder, 'other', 'dure.key')
    const other = await openTestStore(COLLECTIONS)
    await openKeyring({ store: other.store, keyFile: otherKey })
    await other.cleanUp()
    await expect(openKeyring({ store, keyFile: otherKey })).rejects.toThrow(KeyProblem)
    await expect(openKeyring({ store, keyFile: otherKey })).rejects.toThrow(/does not belong/)
  })

  test('a key file that others can read, or that is no key, is refused', async () => {
    await openKeyring({ store, keyFile })
    await chmod(keyFile, 0o644)
    await expect(openKeyring({ store, keyFile })).rejects.toThrow(/chmod 400/)
    const broken = join(folder, 'broken.key')
    await writeFile(broken, 'hello', { mode: 0o400 })
    await expect(openKeyring({ store, keyFile: broken })).rejects.toThrow(/not a Dure key file/)
  })

  test('marks of the same value differ by purpose and never show it', async () => {
    const keyring = await openKeyring({ store, keyFile })
    expect(keyring.blindIndex('login', 'kim')).toBe(keyring.blindIndex('login', 'kim'))
    expect(keyring.blindIndex('login', 'kim')).not.toBe(keyring.blindIndex('case-number', 'kim'))
    expect((await readFile(keyFile, 'utf8')).includes('kim')).toBe(false)
  })
})

describe('sealing', () => {
  test('no nonce repeats over many messages and openings', () => {
    const key = Buffer.alloc(32, 7)
    const seen = new Set<string>()
    for (let opening = 0; opening < 20; opening++) {
      const drawer = createDrawer('case:x', key)
      for (let i = 0; i < 2_000; i++) seen.add(drawer.seal(Buffer.from('a'), 'c').subarray(0, 23).toString('base64'))
    }
    expect(seen.size).toBe(40_000)
  })

  test('every changed byte is noticed', () => {
    const drawer = createDrawer('case:x', Buffer.alloc(32, 7))
    const sealed = drawer.seal(Buffer.from('검사비 350,000원'), 'log|1')
    for (let at = 0; at < sealed.length; at++) {
      const changed = Buffer.from(sealed)
      changed[at] = (changed[at] ?? 0) ^ 1
      expect(() => drawer.open(changed, 'log|1')).toThrow(SealBroken)
    }
    expect(() => drawer.open(sealed.subarray(0, 20), 'log|1')).toThrow(SealBroken)
  })
})
