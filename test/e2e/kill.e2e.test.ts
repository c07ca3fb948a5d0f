/**
 * The server process is killed while five agencies type into one item and its action items. The claim: a token whose receipt was sent is in the
 * store that the dead process left behind, read with nothing but the key file, before any client could have sent it again.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type * as Y from 'yjs'
import { demoPerson } from '../../server/demo/community.ts'
import { demoDocument } from '../../server/demo/stage.ts'
import { discussionOf } from '../../shared/documents/item-document.ts'
import { paragraphsOf } from '../../shared/documents/rich-text.ts'
import { type AtRest, loadCold } from '../support/cold-documents.ts'
import { signInAtTable } from '../support/demo-people.ts'
import { type DureProcess, startDure } from '../support/dure-process.ts'
import type { FrameTap } from '../support/person.ts'
import { seededRandom } from '../support/seeded-random.ts'
import { createMongoTestUrl, dropDatabase, mongodbTestUrl, NO_MONGODB } from '../support/stores.ts'
import { TokenWriter, tokensIn } from '../support/token-writer.ts'

const ROUNDS = Number(process.env.ROUNDS ?? 1)
const SEED = Number(process.env.SEED ?? 20_261_124)
const ITEM = demoDocument.item('saengyeon-integrated-kim')
const ACTIONS = demoDocument.openLedger('saengyeon-kim')
const AGENCIES = ['saengyeon', 'muhan', 'council', 'angel', 'mind']
/** Serving again after a crash; on a machine that has more to do than it has cores, in proportion. */
const READY_WITHIN_MS = process.env.DEEP ? 3_000 : 20_000
const crowding = () => Math.max(1, (loadavg()[0] ?? 0) / availableParallelism())

const stores = [
  { on: 'the embedded store', skip: '', mongo: false },
  { on: 'a server of MongoDB’s protocol', skip: mongodbTestUrl === undefined ? ` ${NO_MONGODB}` : '', mongo: true },
]

describe.each(stores.filter(({ skip }) => skip === ''))(
  'five agencies type and the server is killed, on $on',
  ({ mongo }) => {
    let dure: DureProcess
    let atRest: AtRest
    let writers: TokenWriter[]
    const random = seededRandom(SEED)

    beforeAll(async () => {
      const mongodbUrl = mongo ? createMongoTestUrl() : undefined
      dure = await startDure({
        // That somebody is there is written down now and then; a server that dies every three seconds never comes to it.
        DURE_IDLE_MINUTES: '60',
        ...(mongodbUrl !== undefined && { MONGODB_URL: mongodbUrl }),
      })
      atRest = { keyFile: dure.keyFile, dataFolder: dure.dataFolder, mongodbUrl }
      writers = []
      for (const agency of AGENCIES) {
        const login = `${agency}.case`
        const person = await signInAtTable(dure.url, login)
        const { agencyId } = demoPerson(login)
        writers.push(
          new TokenWriter({
            person,
            agencyId,
            item: ITEM,
            actions: ACTIONS,
            random: seededRandom(random.below(2 ** 31)),
          }),
        )
      }
      await Promise.all(writers.map(writer => writer.live()))
    })

    afterAll(async () => {
      for (const writer of writers) {
        writer.pause()
        writer.item.close()
        writer.actions.close()
      }
      await dure.close()
      if (atRest.mongodbUrl !== undefined) await dropDatabase(atRest.mongodbUrl)
    })

    const acknowledged = () =>
      writers.reduce((sum, { ledgers }) => sum + ledgers.item.acknowledgedCount + ledgers.actions.acknowledgedCount, 0)

    /** What a receipt spoke of and is not at rest. */
    async function lostAtRest(): Promise<string[]> {
      const [item, actions] = (await loadCold(atRest, [ITEM, ACTIONS])).map(doc => new Set(tokensIn(doc)))
      return writers.flatMap(({ ledgers }) => [
        ...ledgers.item.acknowledged.filter(token => !item?.has(token)),
        ...ledgers.actions.acknowledged.filter(token => !actions?.has(token)),
      ])
    }

    async function everybodyStops(): Promise<void> {
      for (const writer of writers) writer.pause()
      await Promise.all(writers.map(writer => writer.live()))
      await Promise.all(writers.map(writer => writer.stored()))
      // What the others wrote last is still on its way to me: everybody's own tokens are what everybody must have.
      const all = { item: countOf('item'), actions: countOf('actions') }
      await Promise.all(
        writers.flatMap(writer => [
          writer.item.until('all tokens', () => tokensIn(writer.item.doc).length >= all.item),
          writer.actions.until('all tokens', () => tokensIn(writer.actions.doc).length >= all.actions),
        ]),
      )
    }

    const countOf = (which: 'item' | 'actions') =>
      writers.reduce((sum, { ledgers }) => sum + ledgers[which].written.length, 0)

    function expectAllEqual(others: { item?: Y.Doc | undefined; actions?: Y.Doc | undefined } = {}): void {
      const [first] = writers
      for (const doc of [...writers.map(writer => writer.item.doc), ...(others.item ? [others.item] : [])]) {
        expect(
          discussionOf(doc).toString() === discussionOf(first?.item.doc ?? doc).toString(),
          'same discussion',
        ).toBe(true)
      }
      for (const doc of [...writers.map(writer => writer.actions.doc), ...(others.actions ? [others.actions] : [])]) {
        expect(doc.getMap('actions').toJSON()).toEqual(first?.actions.doc.getMap('actions').toJSON())
      }
    }

    function expectNobodyRefused(): void {
      for (const { item, actions, login } of writers) {
        for (const { state } of [item, actions])
          expect({ login, returned: state.returned }).toEqual({ login, returned: null })
      }
    }

    test(`kill -9 at a random moment, ${ROUNDS} rounds: nothing that was acknowledged is lost, all return by themselves and agree`, async () => {
      const readyMs: number[] = []
      const cpuMs: number[] = []
      let slowest = 0
      const began = performance.now()
      for (let round = 0; round < ROUNDS; round++) {
        const before = acknowledged()
        for (const writer of writers) writer.go()
        // A round in which nothing was acknowledged shows nothing, and a crowded machine takes its time to the first receipt.
        await until(() => acknowledged() > before)
        await passed(random.below(700))
        await dure.kill()
        expect(await lostAtRest(), `round ${round}, SEED=${SEED}`).toEqual([])
        for (const writer of writers) writer.pause()
        readyMs.push(await dure.start())
        cpuMs.push(dure.startCpuMs())
        slowest = Math.max(slowest, (readyMs.at(-1) ?? 0) / crowding())
        await Promise.all(writers.map(writer => writer.live()))
        for (const writer of writers) writer.pause()
        if (round % 10 === 9 || round === ROUNDS - 1) {
          await everybodyStops()
          expectAllEqual()
          expectNobodyRefused()
        }
      }
      const ms = (figures: number[]) => {
        const sorted = figures.toSorted((a, b) => a - b)
        return `median ${sorted[sorted.length >> 1]?.toFixed(0)} ms, max ${sorted.at(-1)?.toFixed(0)} ms`
      }
      console.log(
        `kill -9, ${mongo ? 'MongoDB protocol' : 'embedded'}: ${ROUNDS} rounds (SEED=${SEED}), ${acknowledged()} tokens acknowledged, 0 lost; ` +
          `ready again ${ms(readyMs)} (CPU ${ms(cpuMs)}; load ${loadavg()[0]?.toFixed(1)} on ${availableParallelism()} cores); ` +
          `${((performance.now() - began) / 1000).toFixed(0)} s`,
      )
      expect(slowest).toBeLessThan(READY_WITHIN_MS)
    })

    test('SIGTERM while all type: clients are told that it restarts, the process ends with 0, nothing is lost', async () => {
      for (const { ledgers } of writers) {
        ledgers.item.closes.length = 0
        ledgers.actions.closes.length = 0
      }
      for (const writer of writers) writer.go()
      await passed(300)
      expect(await dure.stop(), dure.output().slice(-2_000)).toBe(0)
      for (const { ledgers } of writers) {
        expect(ledgers.item.closes.slice(0, 1)).toEqual([{ code: 1012, reason: 'server-restarting' }])
        expect(ledgers.actions.closes.slice(0, 1)).toEqual([{ code: 1012, reason: 'server-restarting' }])
      }
      expect(await lostAtRest()).toEqual([])
      await dure.start()
      await everybodyStops()
      expectAllEqual()
      expectNobodyRefused()
    })

    test('at the end every token stands exactly once, in every copy and in the documents loaded cold', async () => {
      await everybodyStops()
      expect(await dure.stop(), dure.output().slice(-2_000)).toBe(0)
      const [item, actions] = await loadCold(atRest, [ITEM, ACTIONS])
      expectAllEqual({ item, actions })
      for (const [doc, which] of [
        [item, 'item'],
        [actions, 'actions'],
      ] as const) {
        const all = writers.flatMap(({ ledgers }) => ledgers[which].written)
        expect(doc && tokensIn(doc).toSorted()).toEqual(all.toSorted())
        expect(acknowledgedOf(writers, which)).toBe(all.length)
      }
    })
  },
)

for (const { on, skip } of stores)
  if (skip !== '') test.skip(`five agencies type and the server is killed, on ${on}${skip}`, () => {})

const acknowledgedOf = (writers: readonly TokenWriter[], which: 'item' | 'actions') =>
  writers.reduce((sum, { ledgers }) => sum + ledgers[which].acknowledgedCount, 0)

/** Looks again at each turn of the event loop. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await nextTurn()
}

/** Lets the writers type for that long; the only waiting in here, and it is the workload itself. */
const passed = (ms: number) => new Promise<void>(resolve => setTimeout(resolve, ms))

const smallDisk = mountSmallDisk()

describe('the disk is full', () => {
  afterAll(() => smallDisk.unmount())

  test.skipIf(smallDisk.folder === undefined)(
    `no receipt, words on the screen, reading goes on, and once there is room all is stored${smallDisk.reason}`,
    async () => {
      const folder = smallDisk.folder ?? ''
      const dure = await startDure({ DURE_DATA_DIR: join(folder, 'data') })
      try {
        const closes: { code: number; reason: string }[] = []
        const tap: FrameTap = { closed: (code, reason) => closes.push({ code, reason }) }
        const person = await signInAtTable(dure.url, 'saengyeon.case')
        const item = person.open(ITEM, tap)
        await item.live()
        discussionOf(item.doc).push(paragraphsOf('자리가 있을 때'))
        await item.stored()

        fillUp(folder)
        // LMDB reuses pages that it has freed: the disk is felt once those are used up.
        let words = 0
        while (item.state.line.phase === 'live' && words < 2_000) {
          discussionOf(item.doc).push(paragraphsOf(`${words++} ${'가'.repeat(20_000)}`))
          await item.until('an answer', state => state.receipt.place === 'stored' || state.line.phase !== 'live')
        }
        expect(item.state.line).toMatchObject({ phase: 'lost', reason: 'store-unavailable' })
        expect(closes[0]).toEqual({ code: 1013, reason: 'store-unavailable' })
        expect(item.state.receipt.place).toBe('here')
        discussionOf(item.doc).push(paragraphsOf('자리가 없을 때'))
        expect(item.state.receipt.place).toBe('here')
        expect((await person.call('GET', '/api/health')).status).toBe(200)

        emptyAgain(folder)
        item.link.retryNow()
        await item.stored(30_000)
        expect(await dure.stop(), dure.output().slice(-2_000)).toBe(0)
        const [cold] = await loadCold({ keyFile: dure.keyFile, dataFolder: join(folder, 'data') }, [ITEM])
        expect(cold && discussionOf(cold).toString()).toBe(discussionOf(item.doc).toString())
        expect(discussionOf(item.doc).toString()).toContain('자리가 없을 때')
        person.leave()
      } finally {
        await dure.close()
      }
    },
  )
})

/** A file system of its own in memory, small enough to fill: root alone may mount one. */
function mountSmallDisk(): { folder: string | undefined; reason: string; unmount(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'dure-small-disk-'))
  const mounted =
    process.getuid?.() === 0 && spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'tmpfs', folder]).status === 0
  return {
    folder: mounted ? folder : undefined,
    reason: mounted ? '' : ' (skipped: only root can mount a small disk here)',
    unmount() {
      if (mounted) spawnSync('umount', ['-l', folder])
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function fillUp(folder: string): void {
  spawnSync('dd', ['if=/dev/zero', `of=${join(folder, 'filler')}`, 'bs=64k'])
  writeFileSync(join(folder, 'filler-rest'), '')
  spawnSync('dd', ['if=/dev/zero', `of=${join(folder, 'filler-rest')}`, 'bs=4k'])
}

function emptyAgain(folder: string): void {
  rmSync(join(folder, 'filler'))
  rmSync(join(folder, 'filler-rest'))
}
