/**
 * How long it takes to read the record of access again, whole, on the embedded store: `tsx test/benchmark/audit-chain.ts [records]`. Writing is not
 * measured; the records are those of a busy installation (five clients touched by twenty people).
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type AuditEntry, openAudit } from '../../server/audit/audit.ts'
import { openKeyring } from '../../server/crypto/keyring.ts'
import { newId } from '../../server/lib/random.ts'
import { COLLECTIONS } from '../../server/storage/collections.ts'
import { openEmbeddedStore } from '../../server/storage/embedded/embedded-store.ts'
import type { SessionId, UserId } from '../../shared/ids.ts'

export interface ChainTimes {
  records: number
  writeMs: number
  verifyMs: number[]
  /** What the processor worked on it: other programs of the machine do not count. */
  verifyCpuMs: number[]
  problems: number
}

const TIMES = 3
const AT_ONCE = 500

export async function measureChain(length: number): Promise<ChainTimes> {
  const folder = await mkdtemp(join(tmpdir(), 'dure-audit-bench-'))
  const store = await openEmbeddedStore({ directory: join(folder, 'data'), declarations: COLLECTIONS })
  try {
    const keyring = await openKeyring({ store, keyFile: join(folder, 'keys', 'dure.key') })
    const anchorFile = join(folder, 'keys', 'dure.key.audit')
    const audit = await openAudit({ store, keyring, now: Date.now, anchorFile })
    const people = Array.from({ length: 20 }, () => newId<UserId>())
    const sessionId = newId<SessionId>()
    const cases = Array.from({ length: 5 }, () => newId())
    const items = Array.from({ length: 10 }, () => newId())
    const wrote = performance.now()
    for (let at = 0; at < length; at += AT_ONCE) {
      await Promise.all(
        Array.from({ length: Math.min(AT_ONCE, length - at) }, (_, i) => {
          const entry: AuditEntry = {
            actor: people[i % 20] ?? null,
            sessionId,
            address: '10.20.30.40',
            action: i % 3 === 0 ? 'document.open' : 'case.open',
            subject: cases[i % 5],
            object: `item.${items[i % 10]}`,
            outcome: 'ok',
          }
          return audit.record(entry)
        }),
      )
    }
    const writeMs = performance.now() - wrote
    const verifyMs: number[] = []
    const verifyCpuMs: number[] = []
    let problems = 0
    for (let time = 0; time < TIMES; time++) {
      const began = performance.now()
      const worked = process.cpuUsage()
      problems += (await audit.verify()).length
      verifyMs.push(performance.now() - began)
      const { user, system } = process.cpuUsage(worked)
      verifyCpuMs.push((user + system) / 1000)
    }
    await audit.close()
    return { records: length, writeMs, verifyMs, verifyCpuMs, problems }
  } finally {
    await store.close()
    await rm(folder, { recursive: true, force: true })
  }
}

if (process.argv[1]?.endsWith('audit-chain.ts')) {
  const { records, writeMs, verifyMs, verifyCpuMs, problems } = await measureChain(Number(process.argv[2] ?? 200_000))
  const seconds = (list: readonly number[]) => list.map(ms => `${(ms / 1000).toFixed(2)} s`).join(', ')
  process.stdout.write(
    `${records} records written in ${(writeMs / 1000).toFixed(1)} s; verified in ${seconds(verifyMs)} (processor ${seconds(verifyCpuMs)}); ${problems} problems\n`,
  )
}
