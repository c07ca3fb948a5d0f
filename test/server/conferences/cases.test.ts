import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { admitToCase, admitToChangeCase } from '../../../server/conferences/admission.ts'
import { changeCase, createCase } from '../../../server/conferences/case-commands.ts'
import { listCases, openCase } from '../../../server/conferences/case-views.ts'
import { changeItem } from '../../../server/conferences/item-commands.ts'
import { newId } from '../../../server/lib/random.ts'
import type { CaseId } from '../../../shared/ids.ts'
import { meet, openWorld, settle, type Town, type World } from './world.ts'

let world: World
let town: Town

beforeEach(async () => {
  world = await openWorld()
  town = await settle(world)
})
afterEach(() => world.close())

const body = () => ({
  number: '2026-032',
  label: '박○○ 가구',
  agencies: [{ agencyId: town.dong, role: 'lead' as const }],
  workers: [{ userId: town.leader, agencyId: town.dong }],
})

describe('opening a case', () => {
  test('stores the text sealed, and codes and ids in clear', async () => {
    const file = await createCase(world.parts, world.by(town.leader), body())
    const stored = await world.store.collection<{ _id: string }>('cases').findOne({ _id: file._id })
    expect(stored).toMatchObject({ stage: 'registered', agencies: body().agencies })
    expect(Buffer.from(JSON.stringify(stored)).includes(Buffer.from('박○○'))).toBe(false)
    expect(await world.parts.cases.find(file._id)).toMatchObject({ number: '2026-032', label: '박○○ 가구', _v: 1 })
  })

  test('takes a working role in the lead agency', async () => {
    await expect(createCase(world.parts, world.by(town.stranger), body())).rejects.toMatchObject({
      reason: 'not-allowed',
    })
    await expect(
      createCase(world.parts, world.by(town.watcher), {
        ...body(),
        agencies: [{ agencyId: town.muhan, role: 'lead' }],
        workers: [{ userId: town.co, agencyId: town.muhan }],
      }),
    ).rejects.toMatchObject({ reason: 'not-allowed' })
    expect(await world.records({ action: 'authz.deny' })).toHaveLength(2)
  })

  test.each([
    ['no lead', () => ({ agencies: [{ agencyId: town.dong, role: 'partner' as const }] }), 'one-lead-agency'],
    [
      'two leads',
      () => ({
        agencies: [
          { agencyId: town.dong, role: 'lead' as const },
          { agencyId: town.muhan, role: 'lead' as const },
        ],
      }),
      'one-lead-agency',
    ],
    [
      'an agency twice',
      () => ({ agencies: [...body().agencies, { agencyId: town.dong, role: 'partner' as const }] }),
      'agency-twice',
    ],
    [
      'an agency that does not exist',
      () => ({ agencies: [...body().agencies, { agencyId: newId(), role: 'partner' as const }] }),
      'unknown-agency',
    ],
    [
      'a worker of an agency outside the case',
      () => ({ workers: [...body().workers, { userId: town.co, agencyId: town.muhan }] }),
      'worker-outside-case',
    ],
    [
      'a worker who is of another agency',
      () => ({ workers: [...body().workers, { userId: town.co, agencyId: town.dong }] }),
      'worker-not-staff',
    ],
    [
      'a worker twice',
      () => ({ workers: [...body().workers, { userId: town.leader, agencyId: town.dong }] }),
      'worker-twice',
    ],
    ['a worker nobody knows', () => ({ workers: [{ userId: newId(), agencyId: town.dong }] }), 'worker-not-staff'],
  ] as const)('refuses %s', async (_, wrong, detail) => {
    const input = { ...body(), ...wrong() } as Parameters<typeof createCase>[2]
    await expect(createCase(world.parts, world.by(town.leader), input)).rejects.toMatchObject({
      reason: 'bad-request',
      detail,
    })
  })

  test('refuses a lead agency that no worker of may change the case', async () => {
    const reader = world.person('reader', [town.dong, 'observer'])
    const input = { ...body(), workers: [{ userId: reader, agencyId: town.dong }] }
    await expect(createCase(world.parts, world.by(town.leader), input)).rejects.toMatchObject({
      detail: 'no-lead-worker',
    })
  })
})

describe('reading a case', () => {
  test('only its named workers, and each opening is on record before the answer', async () => {
    for (const userId of [town.leader, town.co]) {
      const by = world.by(userId)
      const view = await openCase(world.parts, by, await admitToCase(world.parts, by, town.caseId))
      expect(view).toMatchObject({ label: '김○○ 가구', mayChange: userId === town.leader })
    }
    const opened = await world.records({ action: 'case.open' })
    expect(opened.map(r => [r.actor, r.subject])).toEqual([
      [town.leader, town.caseId],
      [town.co, town.caseId],
    ])
  })

  test.each(['worker', 'watcher', 'partner', 'stranger'] as const)('%s gets what a missing case gets', async who => {
    const by = world.by(town[who])
    const refusalOf = (caseId: CaseId) =>
      admitToCase(world.parts, by, caseId).then(
        () => 'admitted',
        (error: Error & { reason?: string; detail?: string }) => [error.reason, error.detail, error.message],
      )
    expect(await refusalOf(town.caseId)).toEqual(await refusalOf(newId()))
    expect(await refusalOf(town.caseId)).toEqual(['not-found', undefined, 'not-found'])
  })

  test('a worker whose membership ended reads nothing', async () => {
    const person = world.people.get(town.co)
    if (person) person.memberships = []
    await expect(admitToCase(world.parts, world.by(town.co), town.caseId)).rejects.toMatchObject({
      reason: 'not-found',
    })
    expect(await listCases(world.parts, world.by(town.co))).toEqual([])
  })

  test('the list holds what is mine, one record for each household', async () => {
    await createCase(world.parts, world.by(town.leader), body())
    const list = await listCases(world.parts, world.by(town.leader))
    expect(list.map(view => view.number)).toEqual(['2026-032', '2026-031'])
    expect(await world.records({ action: 'case.list' })).toHaveLength(2)
    expect(await listCases(world.parts, world.by(town.stranger))).toEqual([])
  })

  test('is not answered when it cannot be recorded', async () => {
    const audit = { record: () => Promise.reject(new Error('disk full')) }
    await expect(openCase({ ...world.parts, audit }, world.by(town.leader), { file: town.file })).rejects.toThrow(
      'disk full',
    )
  })
})

describe('changing a case', () => {
  test('how and when the household was found is said when it is known, and stays through other changes', async () => {
    const by = world.by(town.leader)
    const { _id } = await createCase(world.parts, by, { ...body(), route: 'outreach_visit', foundOn: '2026-11-02' })
    const change = async (fields: Partial<Parameters<typeof changeCase>[3]>) => {
      const admitted = await world.changeCase(town.leader, _id)
      await changeCase(world.parts, by, admitted, { _v: admitted.file._v, ...fields })
      return openCase(world.parts, by, await admitToCase(world.parts, by, _id))
    }
    expect(await change({ label: '새 표시' })).toMatchObject({ route: 'outreach_visit', foundOn: '2026-11-02' })
    expect(await change({ route: '', foundOn: '' })).toMatchObject({ route: '', foundOn: '', label: '새 표시' })
    // It is 24 November in Seoul.
    expect(await change({ foundOn: '2026-11-24' })).toMatchObject({ foundOn: '2026-11-24' })
    await expect(change({ foundOn: '2026-11-25' })).rejects.toMatchObject({ detail: 'found-later' })
    const foundTomorrow = { ...body(), foundOn: '2026-11-25' }
    await expect(createCase(world.parts, by, foundTomorrow)).rejects.toMatchObject({ detail: 'found-later' })
  })

  test('only by a worker of the lead agency', async () => {
    await expect(admitToChangeCase(world.parts, world.by(town.co), town.caseId)).rejects.toMatchObject({
      reason: 'not-allowed',
    })
  })

  test('[R30] of twenty at once with the same version one wins, and one change is stored', async () => {
    const admitted = await world.changeCase(town.leader, town.caseId)
    const tries = Array.from({ length: 20 }, (_, n) =>
      changeCase(world.parts, world.by(town.leader), admitted, { _v: 1, label: `가구 ${n}` }),
    )
    const results = await Promise.allSettled(tries)
    const won = results.filter(result => result.status === 'fulfilled')
    const lost = results.filter(result => result.status === 'rejected')
    expect(won).toHaveLength(1)
    expect(lost.map(result => (result.reason as { reason: string }).reason)).toEqual(Array(19).fill('conflict'))
    expect((await world.parts.cases.find(town.caseId))?._v).toBe(2)
    const changes = await world.records({ action: 'case.change' })
    expect(changes.filter(r => r.outcome === 'ok')).toHaveLength(20)
    expect(changes.filter(r => r.outcome === 'failed')).toHaveLength(19)
  })

  test('refuses a version that is not the stored one', async () => {
    const admitted = await world.changeCase(town.leader, town.caseId)
    await expect(
      changeCase(world.parts, world.by(town.leader), admitted, { _v: 7, label: '다른 가구' }),
    ).rejects.toMatchObject({ reason: 'conflict' })
  })

  test('withdrawing an agency takes its workers along and announces in the same turn as the answer', async () => {
    const admitted = await world.changeCase(town.leader, town.caseId)
    world.announced.length = 0
    const heard: string[][] = []
    const stop = world.parts.changes.onChange(keys => heard.push([...keys]))
    const changed = await changeCase(world.parts, world.by(town.leader), admitted, {
      _v: 1,
      agencies: [{ agencyId: town.dong, role: 'lead' }],
    })
    stop()
    expect(changed.workers).toEqual([{ userId: town.leader, agencyId: town.dong }])
    expect(heard[0]).toEqual([`case:${town.caseId}`])
    await expect(admitToCase(world.parts, world.by(town.co), town.caseId)).rejects.toMatchObject({
      reason: 'not-found',
    })
  })

  test('withdrawing an agency closes the items of its meetings that are not over', async () => {
    const open = await meet(world, town, 'live')
    const over = await meet(world, town, 'closed')
    await changeCase(world.parts, world.by(town.leader), await world.changeCase(town.leader, town.caseId), {
      _v: 1,
      agencies: [{ agencyId: town.dong, role: 'lead' }],
    })
    expect((await world.parts.items.find(open.itemId))?.agencies).toEqual([town.dong])
    expect((await world.parts.items.find(over.itemId))?.agencies).toEqual([town.dong, town.muhan])
    expect(await world.grant(town.co, { kind: 'item', itemId: open.itemId })).toBeUndefined()
    expect(world.announced).toContain(`item:${open.itemId}`)
  })

  test('a recused worker reads the case no longer', async () => {
    const { conferenceId, itemId } = await meet(world, town)
    const admitted = await world.toChangeItem(town.leader, conferenceId, itemId)
    await changeItem(world.parts, world.by(town.leader), admitted, { _v: admitted.item._v, recused: [town.co] })
    await expect(admitToCase(world.parts, world.by(town.co), town.caseId)).rejects.toMatchObject({
      reason: 'not-found',
    })
    expect(await listCases(world.parts, world.by(town.co))).toEqual([])
    expect(world.announced.slice(-2)).toEqual([`item:${itemId}`, `case:${town.caseId}`])
  })
})
