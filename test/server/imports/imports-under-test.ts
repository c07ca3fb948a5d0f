/** Lists and triage over the small town of the conference tests: its real records on the store under test. */

import { readList, takeIn } from '../../../server/imports/import-commands.ts'
import { openImportParts } from '../../../server/imports/import-parts.ts'
import type { List } from '../../../server/imports/import-repository.ts'
import type { TriageParts } from '../../../server/imports/ports.ts'
import type { TakingIn } from '../../../server/imports/taking-in.ts'
import { systemClock } from '../../../server/lib/clock.ts'
import { createLog } from '../../../server/lib/log.ts'
import type { Store } from '../../../server/storage/port.ts'
import type { DiscoveryRoute } from '../../../shared/codes.ts'
import type { AgencyId, UserId } from '../../../shared/ids.ts'
import type { World } from '../conferences/world.ts'

export interface ImportsUnderTest {
  parts: TriageParts
  takingIn: TakingIn
  read(by: UserId, agencyId: AgencyId, content: string | Buffer, route?: DiscoveryRoute): Promise<List>
  /** Reads a list and takes all of it in. */
  takeAll(by: UserId, agencyId: AgencyId, content: string | Buffer, route?: DiscoveryRoute): Promise<List>
}

/** @param store in place of the world's own, e.g. one that fails */
export async function importsUnderTest(world: World, store: Store = world.store): Promise<ImportsUnderTest> {
  const { parts, takingIn } = await openImportParts({
    conferences: world.parts,
    // No meeting runs in these tests: every command has its turn at once.
    meetings: { inTurn: (_, work) => work({ leads: () => true, at: null }) },
    store,
    keyring: world.keyring,
    clock: systemClock,
    log: createLog({ level: 'silent' }),
  })
  const read: ImportsUnderTest['read'] = (by, agencyId, content, route = 'blind_spot_system') =>
    readList(parts, world.by(by), agencyId, { fileName: '명단.csv', route }, bytesOf(content))
  return {
    parts,
    takingIn,
    read,
    async takeAll(by, agencyId, content, route) {
      const list = await read(by, agencyId, content, route)
      await takeIn(parts, world.by(by), list, { _v: list._v, keep: [] })
      await takingIn.settled(list._id)
      const taken = await parts.imports.find(list._id)
      if (taken?.standing !== 'done') throw new Error(`Not taken in: ${taken?.standing}`)
      return taken
    },
  }
}

export async function* bytesOf(content: string | Buffer): AsyncGenerator<Buffer> {
  yield Buffer.from(content)
}

/** Rows as CSV, quoted where they must be. */
export const csv = (rows: readonly (readonly string[])[]): string =>
  rows
    .map(row => row.map(cell => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(','))
    .join('\r\n')

export const HEADINGS = ['연번', '성명', '생년월일', '연락처', '주소', '위기정보'] as const

/** A household that is like no other. */
export const row = (n: number, about: Partial<Record<(typeof HEADINGS)[number], string>> = {}): string[] =>
  HEADINGS.map(
    heading =>
      about[heading] ??
      {
        연번: String(n),
        성명: `김${'가나다라마바사아자차'.charAt(n % 10)}${'순옥자희영숙말분례덕'.charAt(Math.floor(n / 10) % 10)}`,
        생년월일: `19${String(30 + (n % 60))}-0${1 + (n % 9)}-1${n % 10}`,
        연락처: `010-${String(1000 + (n % 9000))}-${String(1000 + ((n * 7) % 9000))}`,
        주소: `동두천시 생연1동 ${n}번지`,
        위기정보: n % 2 === 0 ? '단전' : '건강보험료 체납 3개월',
      }[heading],
  )
