/** Lists that come in: looked at, taken in, undone (`server/imports/SPEC.md` IM5–IM13). */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createCase } from '../../../server/conferences/case-commands.ts'
import { listFindings } from '../../../server/imports/finding-views.ts'
import { changeList, takeIn, undoList } from '../../../server/imports/import-commands.ts'
import { importView, listImports, takeOutFaults } from '../../../server/imports/import-views.ts'
import { triage } from '../../../server/imports/triage.ts'
import type { Store } from '../../../server/storage/port.ts'
import { openWorld, settle, type Town, type World } from '../conferences/world.ts'
import { csv, HEADINGS, type ImportsUnderTest, importsUnderTest, row } from './imports-under-test.ts'

let world: World
let town: Town
let lists: ImportsUnderTest
beforeEach(async () => {
  world = await openWorld()
  town = await settle(world)
  lists = await importsUnderTest(world)
})
afterEach(async () => {
  await lists.takingIn.close()
  await world.close()
})

const listOf = (...rows: string[][]) => csv([['2026년 4분기 발굴 명단'], [...HEADINGS], ...rows])
const board = (by = town.leader) => listFindings(lists.parts, world.by(by), town.dong, {})

describe('looking at a list', () => {
  test('[IM7] each faulty row is named by its row, its column and what to do, also as a table', async () => {
    const content = listOf(row(1), row(2, { 성명: '' }), row(3, { 생년월일: '61-13-40' }), row(4))
    const view = await importView(lists.parts, await lists.read(town.leader, town.dong, content))
    expect(view).toMatchObject({ rows: 4, good: 2, faultCount: 2 })
    expect(view.faults).toEqual([
      { row: 4, column: '성명', fault: 'name_missing', text: '' },
      { row: 5, column: '생년월일', fault: 'birth_unreadable', text: '61-13-40' },
    ])
    const list = await lists.parts.imports.find(view.importId)
    if (list === undefined) throw new Error('no list')
    const table = Buffer.from((await takeOutFaults(lists.parts, world.by(town.leader), list, 'ko')).bytes).toString()
    expect(table).toContain('5,생년월일,61-13-40,생년월일을 읽을 수 없습니다.')
  })

  test('[IM5] resident numbers are nowhere in what is stored, and their number is told', async () => {
    const content = listOf(row(1, { 생년월일: '610302-2234567' }), row(2, { 위기정보: '주민번호 6103022234567 확인' }))
    const list = await lists.read(town.leader, town.dong, content)
    expect(list.masked).toBe(2)
    const rows = JSON.stringify(await lists.parts.imports.rows(list._id, 0))
    expect(rows).not.toMatch(/234567/)
    expect(rows).toContain('610302-2******')
  })

  test('[IM6] a correction of the columns is remembered for the next list of the same kind', async () => {
    const content = csv([
      ['누구', '전화번호', '몇살'],
      ['김말순', '010-1234-5678', '1961'],
      ['이순자', '010-1234-5679', '1950'],
    ])
    const first = await lists.read(town.leader, town.dong, content)
    expect(first.headingRow).toBe(-1)
    const by = world.by(town.leader)
    const moved = await changeList(lists.parts, by, first, {
      _v: first._v,
      route: first.route,
      foundOn: '',
      headingRow: 0,
      mapping: first.mapping,
    })
    expect(moved.mapping).toEqual([null, 'phone', null])
    const mended = await changeList(lists.parts, by, moved, {
      _v: moved._v,
      route: first.route,
      foundOn: '2026-11-20',
      headingRow: 0,
      mapping: ['name', 'phone', 'birth'],
    })
    expect((await importView(lists.parts, mended)).good).toBe(2)
    const again = await lists.read(
      town.worker,
      town.dong,
      csv([
        ['성명', '전화', '누구'],
        ['a', 'b', 'c'],
      ]),
    )
    expect(again.isRemembered).toBe(false)
  })

  test('[IM8] likely doubles in the list and of earlier lists are asked about and left out', async () => {
    await lists.takeAll(town.leader, town.dong, listOf(row(1), row(2)))
    const content = listOf(row(3), row(3), row(2), row(4))
    const view = await importView(lists.parts, await lists.read(town.leader, town.dong, content))
    expect(view).toMatchObject({ good: 2, duplicateCount: 2 })
    expect(view.duplicates.map(one => [one.row, one.like.kind])).toEqual([
      [4, 'row'],
      [5, 'finding'],
    ])
  })

  test('[IM8] a case shows only to who may read it', async () => {
    await createCase(world.parts, world.by(town.leader), {
      number: '2026-040',
      label: '박옥분 가구',
      agencies: [{ agencyId: town.dong, role: 'lead' }],
      workers: [{ userId: town.leader, agencyId: town.dong }],
    })
    const content = listOf(row(1, { 성명: '박옥분' }), row(2))
    const seen = await importView(lists.parts, await lists.read(town.leader, town.dong, content))
    expect(seen.duplicates).toMatchObject([{ like: { kind: 'case', title: '2026-040 박옥분 가구' } }])
    const unseen = await importView(lists.parts, await lists.read(town.worker, town.dong, content))
    expect(unseen).toMatchObject({ duplicateCount: 0, good: 2, duplicates: [] })
  })
})

describe('taking it in', () => {
  test('[IM9] its households are there for nobody until the last is stored', async () => {
    const list = await lists.read(town.leader, town.dong, listOf(...Array.from({ length: 40 }, (_, n) => row(n + 1))))
    const shownWhile: number[] = []
    const { insert } = lists.parts.findings
    lists.parts.findings.insert = async some => {
      await insert(some)
      shownWhile.push((await board()).total)
    }
    await takeIn(lists.parts, world.by(town.leader), list, { _v: list._v, keep: [] })
    await lists.takingIn.settled(list._id)
    expect(shownWhile).toEqual([0])
    expect((await board()).total).toBe(40)
    expect(await lists.parts.imports.find(list._id)).toMatchObject({ standing: 'done', hasRows: false })
  })

  test('[IM10] broken off between any two writes it goes on, and nobody is there twice', async () => {
    const content = listOf(...Array.from({ length: 1_200 }, (_, n) => row(n + 1)))
    const whole = await lists.read(town.leader, town.dong, content)
    let attempts = 0
    for (let dies = 0; ; dies++) {
      attempts += 1
      const failing = failingAfter(world.store, dies)
      const house = await importsUnderTest(world, failing.store).catch(() => undefined)
      if (house !== undefined) {
        const list = await house.parts.imports.find(whole._id)
        if (list?.standing === 'read') {
          await takeIn(house.parts, world.by(town.leader), list, { _v: list._v, keep: [] }).catch(() => undefined)
        }
        await house.takingIn.settled(whole._id)
        await house.takingIn.close()
      }
      if (!failing.hasFailed() && (await world.store.collection('imports').findOne({ _id: whole._id, hasRows: false })))
        break
      // Each attempt goes on where the one before was broken off, so a few dozen are enough.
      if (attempts > 60) throw new Error('It never ends')
    }
    expect(attempts).toBeGreaterThan(3)
    lists = await importsUnderTest(world)
    const { total, counts } = await board()
    const { good } = (await lists.parts.imports.outcome(whole._id)) ?? {}
    expect(total).toBe(good)
    expect(counts.waiting).toBe(total)
    expect(await world.store.collection('findings').countDocuments({})).toBe(total)
  })

  test('[IM14] everything else has its turn while a list is looked at and taken in', async () => {
    let turns = 0
    let isOver = false
    const turn = () => {
      turns += 1
      if (!isOver) setImmediate(turn)
    }
    setImmediate(turn)
    await lists.takeAll(town.leader, town.dong, listOf(...Array.from({ length: 3_000 }, (_, n) => row(n + 1))))
    isOver = true
    // Reading, looking and taking in each take many times the length of one turn.
    expect(turns).toBeGreaterThan(20)
  })

  test('[IM10] sent twice it is taken in once', async () => {
    const list = await lists.read(town.leader, town.dong, listOf(row(1), row(2)))
    const body = { _v: list._v, keep: [] }
    const by = world.by(town.leader)
    await Promise.allSettled([takeIn(lists.parts, by, list, body), takeIn(lists.parts, by, list, body)])
    await lists.takingIn.settled(list._id)
    expect((await board()).total).toBe(2)
  })

  test('[IM11] a list can be undone until triage has begun', async () => {
    const list = await lists.takeAll(town.leader, town.dong, listOf(row(1), row(2)))
    const other = await lists.takeAll(town.leader, town.dong, listOf(row(11), row(12)))
    await undoList(lists.parts, world.by(town.leader), list, { _v: list._v })
    const left = await board()
    expect(left.findings.map(one => one.importId)).toEqual([other._id, other._id])
    const [first] = left.findings
    if (first === undefined) throw new Error('nobody left')
    await triage(lists.parts, world.by(town.leader), town.dong, {
      findings: [{ findingId: first.findingId, _v: first._v }],
      state: 'unreachable',
    })
    await expect(undoList(lists.parts, world.by(town.leader), other, { _v: other._v })).rejects.toMatchObject({
      detail: 'import-triaged',
    })
    expect((await board()).total).toBe(2)
  })

  test('[IM13] read, taken in and undone stand on the record', async () => {
    const list = await lists.takeAll(town.leader, town.dong, listOf(row(1)))
    await listImports(lists.parts, world.by(town.leader), town.dong)
    await undoList(lists.parts, world.by(town.leader), list, { _v: list._v })
    const actions = (await world.records()).map(one => one.action).filter(action => action.startsWith('import.'))
    expect(actions).toEqual(['import.read', 'import.take_in', 'import.list', 'import.undo'])
  })
})

/** A store whose writes fail from the n-th on, as one does that is killed. */
function failingAfter(store: Store, writes: number): { store: Store; hasFailed(): boolean } {
  let left = writes
  let failed = false
  const WRITING = ['insertOne', 'insertMany', 'updateOne', 'updateMany', 'findOneAndUpdate', 'deleteOne', 'deleteMany']
  const failing: Store = {
    ...store,
    kind: store.kind,
    description: store.description,
    ping: () => store.ping(),
    close: () => store.close(),
    collection: name =>
      new Proxy(store.collection(name), {
        get(target, key, receiver) {
          const member: unknown = Reflect.get(target, key, receiver)
          if (typeof member !== 'function') return member
          return (...args: unknown[]) => {
            if (typeof key === 'string' && WRITING.includes(key)) {
              if (left <= 0) {
                failed = true
                return Promise.reject(new Error('The store is away'))
              }
              left -= 1
            }
            return Reflect.apply(member, target, args)
          }
        },
      }),
  }
  return { store: failing, hasFailed: () => failed }
}
