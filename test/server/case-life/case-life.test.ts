/** A case's life on real records: what carries a move, what is refused and with which words missing, who may, what stays on record. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openNearLife } from '../../../server/case-life/near-life.ts'
import { changeCase, createCase } from '../../../server/conferences/case-commands.ts'
import { listCases } from '../../../server/conferences/case-views.ts'
import { SealBroken } from '../../../server/crypto/sealing.ts'
import type { StoredRecord } from '../../../server/storage/port.ts'
import { must } from '../../../shared/assert.ts'
import type { CaseStage } from '../../../shared/codes.ts'
import { meet, moveTo, openWorld, settle, type Town, type World } from '../conferences/world.ts'
import { CLOSURE, type Life, withLife } from './life-world.ts'

const DAY_MS = 86_400_000

let world: World
let town: Town
let life: Life

beforeEach(async () => {
  world = await openWorld()
  town = await settle(world)
  life = withLife(world, town)
})
afterEach(() => world.close())

const go = (to: CaseStage, reason?: string) => life.tell(town.leader, { do: 'move', to, ...(reason && { reason }) })
const stage = async () => (await life.view(town.leader)).stage
/** A later meeting, in which that is decided and confirmed. */
async function decided(...kinds: Parameters<Life['writes']>[1][]) {
  world.pass(DAY_MS)
  const meeting = await meet(world, town)
  for (const kind of kinds) await life.writes(meeting, kind)
  await life.confirms(meeting)
  return meeting
}
async function selected() {
  await go('assessment')
  await go('conference')
  await decided('select_case_management')
  await go('selection')
  await go('service_planning')
}
async function delivered() {
  await selected()
  life.plans({ hasPlan: true })
  await go('service_delivery')
}
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: { reason?: string; detail?: string }) => [error.reason, error.detail],
  )

describe('moving', () => {
  test('[CL1] along the table only, by the lead agency only, with all that is missing said at once', async () => {
    expect(await refusal(go('service_delivery'))).toEqual(['not-allowed', 'stage-needs.no_such_move'])
    await go('assessment')
    await expect(life.tell(town.co, { do: 'move', to: 'conference' })).rejects.toMatchObject({ reason: 'not-allowed' })
    await go('conference')
    expect(await refusal(go('selection'))).toEqual(['not-allowed', 'stage-needs.selecting_decision'])
    expect(await stage()).toBe('conference')
    const denied = await world.records({ action: 'authz.deny', outcome: 'denied' })
    expect(denied.map(({ reason, subject }) => [reason, subject])).toContainEqual([
      'stage-needs.selecting_decision',
      town.caseId,
    ])
    // Closing lacks three things, and says three.
    await decided('select_case_management')
    await go('service_planning')
    life.plans({ hasPlan: true })
    await go('service_delivery')
    expect(await refusal(go('closed'))).toEqual(['not-allowed', 'stage-needs.decision_close.closure_evaluation'])
  })

  test('[CL1] the head of the case is changed without its stage', async () => {
    const admitted = await world.changeCase(town.leader, town.caseId)
    const changed = await changeCase(world.parts, world.by(town.leader), admitted, { _v: 1, label: '새 표시' })
    expect([changed.stage, changed.label]).toEqual(['registered', '새 표시'])
  })

  test('[CL2] only what was read back and confirmed counts, in a live meeting as in a closed one', async () => {
    await go('assessment')
    await go('conference')
    const meeting = await meet(world, town)
    await life.writes(meeting, 'select_case_management')
    expect(await refusal(go('selection'))).toEqual(['not-allowed', 'stage-needs.selecting_decision'])
    await life.confirms(meeting)
    const view = await go('selection')
    expect(view).toMatchObject({ stage: 'selection', track: 'integrated_case_management' })
    expect(view.history[0]?.decision).toMatchObject({ kind: 'select_case_management' })
    expect(await refusal(go('not_selected'))).toEqual(['not-allowed', 'stage-needs.decision_not_selected'])
    await moveTo(world, town, meeting.conferenceId, 'closed')
    expect((await go('service_planning')).stage).toBe('service_planning')
  })

  test('[CL3] a decision of an item that the lead agency is not cleared for counts for nothing', async () => {
    await go('assessment')
    const meeting = await decided('select_case_management')
    await world.parts.items.withdrawAgency(meeting.itemId, town.dong)
    expect(await refusal(go('selection'))).toEqual(['not-allowed', 'stage-needs.selecting_decision'])
    expect((await life.view(town.leader)).proposals).toEqual([])
  })

  test('[CL3] [CL5] what decided once does not decide again, after the case was taken up again least of all', async () => {
    await go('assessment')
    await decided('not_selected')
    expect((await go('not_selected')).history.map(({ to }) => to)).toEqual([
      'not_selected',
      'selection',
      'conference',
      'assessment',
      'registered',
    ])
    expect(await refusal(go('assessment'))).toEqual(['not-allowed', 'stage-needs.reason'])
    world.pass(DAY_MS)
    const again = await go('assessment', '퇴원 뒤 다시 어려워짐')
    expect(again).toMatchObject({ stage: 'assessment', track: '' })
    expect(again.history[0]).toMatchObject({ kind: 'reopened', reason: '퇴원 뒤 다시 어려워짐' })
    await go('conference')
    expect(await refusal(go('selection'))).toEqual(['not-allowed', 'stage-needs.selecting_decision'])
  })

  test('[CL4] [LR-40] delivery needs a plan with what the law asks of it', async () => {
    await selected()
    expect(await refusal(go('service_delivery'))).toEqual(['not-allowed', 'stage-needs.plan'])
    life.plans({ hasPlan: true, faults: ['no-linkage'] })
    expect(await refusal(go('service_delivery'))).toEqual(['not-allowed', 'stage-needs.plan_content'])
    expect((await life.view(town.leader)).planFaults).toEqual(['no-linkage'])
    life.plans({ faults: [] })
    expect((await go('service_delivery')).stage).toBe('service_delivery')
  })

  test('[CL4] a reassessment needs its record, and closing its evaluation and type', async () => {
    await delivered()
    expect(await refusal(go('reassessment'))).toEqual(['not-allowed', 'stage-needs.reassessment_record'])
    await life.tell(town.leader, {
      do: 'reassessment',
      on: '2026-11-25',
      reason: 'new_need',
      result: 'replan',
      changedNeeds: '간병이 필요해짐',
    })
    await go('reassessment')
    await decided('amend_plan')
    expect((await go('service_planning')).history.slice(0, 2).map(({ to }) => to)).toEqual([
      'service_planning',
      'conference',
    ])
    await go('service_delivery')
    await decided('close')
    await life.tell(town.leader, { ...CLOSURE, result: 'reassess' })
    expect(await refusal(go('closed'))).toEqual(['not-allowed', 'stage-needs.closure_evaluation'])
    await life.tell(town.leader, { ...CLOSURE, reasons: [] })
    expect(await refusal(go('closed'))).toEqual(['not-allowed', 'stage-needs.closure_reason'])
    await life.tell(town.leader, CLOSURE)
    expect((await go('closed')).stage).toBe('closed')
  })

  test('[CO3] [CE2] [CE3] an installation’s own reasons of closure and reassessment are taken once they are published, and no others', async () => {
    await delivered()
    const closure = { ...CLOSURE, reasons: ['own_1' as const] }
    const reassessment = {
      do: 'reassessment' as const,
      on: '2026-11-25',
      reason: 'own_1' as const,
      result: 'replan' as const,
      changedNeeds: '집이 헐림',
    }
    for (const command of [closure, reassessment]) {
      expect(await refusal(life.tell(town.leader, command))).toEqual(['bad-request', 'code-not-offered'])
    }
    await life.publishes('closure_reason', { code: 'own_1', ko: '타 지역 이관', en: 'Handed to another city' })
    await life.publishes('reassessment_reason', { code: 'own_1', ko: '재난', en: 'A disaster' })
    await life.tell(town.leader, closure)
    const view = await life.tell(town.leader, reassessment)
    expect([view.closures[0]?.reasons, view.reassessments[0]?.reason]).toEqual([['own_1'], 'own_1'])
  })

  test('[CL6] each move says from where, by whom, why and by which decision, and a writer cannot take one away', async () => {
    await go('assessment', '가정방문 뒤')
    const { history } = await life.view(town.leader)
    expect(history).toMatchObject([
      {
        kind: 'moved',
        from: 'registered',
        to: 'assessment',
        by: { name: 'leader' },
        reason: '가정방문 뒤',
        decision: null,
      },
      { kind: 'opened', from: null, to: 'registered' },
    ])
    const opened = must(await world.parts.cases.openLife(town.caseId), 'the case')
    const shortened = { ...opened.file.life, history: opened.file.life.history.slice(0, 1) }
    await expect(
      world.parts.cases.updateLife(opened, { stage: 'registered', life: shortened, words: opened.words }),
    ).rejects.toThrow('only added')
  })

  test('[CL7] a case under way is taken over with a reason, an early one needs none', async () => {
    const body = {
      number: '2026-040',
      label: '박○○ 가구',
      agencies: [{ agencyId: town.dong, role: 'lead' as const }],
      workers: [{ userId: town.leader, agencyId: town.dong }],
    }
    const by = world.by(town.leader)
    await expect(createCase(world.parts, by, { ...body, stage: 'service_delivery' })).rejects.toMatchObject({
      detail: 'taken-over-reason',
    })
    const file = await createCase(world.parts, by, { ...body, stage: 'service_delivery', reason: '종이 서류에서 옮김' })
    const view = await withLife(world, town, file._id).view(town.leader)
    expect(view).toMatchObject({ stage: 'service_delivery', track: 'integrated_case_management' })
    expect(view.history).toMatchObject([{ kind: 'taken_over', to: 'service_delivery', reason: '종이 서류에서 옮김' }])
    expect((await createCase(world.parts, by, { ...body, number: '2026-041', stage: 'case_finding' })).stage).toBe(
      'case_finding',
    )
  })

  test('[CL8] [LR-41] an ex officio case goes on only with its ground, and without consent only when it was reported', async () => {
    const admitted = await world.changeCase(town.leader, town.caseId)
    await changeCase(world.parts, world.by(town.leader), admitted, { _v: 1, route: 'ex_officio' })
    expect(await refusal(go('assessment'))).toEqual(['not-allowed', 'stage-needs.ex_officio_ground'])
    const without = { do: 'ex-officio', ground: 'incapacity', reportedOn: '', reason: '의식이 없음' } as const
    expect(await refusal(life.tell(town.leader, without))).toEqual(['bad-request', 'report-day'])
    await life.tell(town.leader, { ...without, reportedOn: '2026-11-24' })
    expect((await go('assessment')).exOfficio).toMatchObject({ ground: 'incapacity', reportedOn: '2026-11-24' })
  })

  test('[CL9] [LR-41] help at once stands beside the stage with its crisis reason and the day on which the household was told', async () => {
    const view = await life.tell(town.leader, {
      do: 'emergency',
      reason: 'illness',
      toldOn: '2026-11-24',
      words: '입원비',
    })
    expect(view).toMatchObject({
      stage: 'registered',
      emergencies: [{ reason: 'illness', words: '입원비', endedAt: null }],
    })
    const id = must(view.emergencies[0], 'the help').id
    const ended = await life.tell(town.leader, { do: 'emergency-end', id, words: '지급 마침' })
    expect(ended.emergencies).toMatchObject([{ words: '입원비', endWords: '지급 마침' }])
    expect(ended.emergencies[0]?.endedAt).not.toBeNull()
    expect(await refusal(life.tell(town.leader, { do: 'emergency-end', id, words: '' }))).toEqual([
      'conflict',
      undefined,
    ])
    expect(
      await refusal(
        life.tell(town.leader, { do: 'emergency', reason: 'illness', toldOn: '2026-12-24', words: '나중' }),
      ),
    ).toEqual(['bad-request', 'day-later'])
  })

  test('[CL10] of twenty who move it at once one is written, and its history has one entry more', async () => {
    const tries = await Promise.allSettled(
      Array.from({ length: 20 }, () => life.tell(town.leader, { do: 'move', to: 'assessment', _v: 1 })),
    )
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const reasons = tries.flatMap(one => (one.status === 'rejected' ? [(one.reason as { reason: string }).reason] : []))
    expect(new Set(reasons)).toEqual(new Set(['conflict']))
    expect((await life.view(town.leader)).history).toHaveLength(2)
  })

  test('[CL11] a confirmed decision proposes its move to who leads the case, and moves nothing', async () => {
    await go('assessment')
    await go('conference')
    const meeting = await decided('select_service_linkage')
    const view = await life.view(town.leader)
    expect(view.stage).toBe('conference')
    expect(view.proposals).toMatchObject([
      {
        to: 'service_linked',
        decision: { kind: 'select_service_linkage', conference: { conferenceId: meeting.conferenceId } },
      },
    ])
    expect((await life.view(town.co)).proposals).toEqual([])
    const near = await openNearLife(life.parts, world.by(town.leader))
    expect(near.asked).toMatchObject([{ kind: 'proposed', to: 'service_linked' }])
    const moved = await go('service_linked')
    expect(moved).toMatchObject({ stage: 'service_linked', track: 'service_linkage', proposals: [] })
  })
})

describe('clocks', () => {
  test('[CK4] what runs out is shown with the case, in the list and on the start page of who leads it', async () => {
    world.pass(8 * DAY_MS)
    expect((await life.view(town.co)).clocks.map(({ clock, daysLeft }) => [clock, daysLeft])).toEqual([
      ['assessment', 2],
      ['whole', 22],
    ])
    expect((await listCases(world.parts, world.by(town.leader)))[0]?.clock).toMatchObject({
      clock: 'assessment',
      daysLeft: 2,
    })
    const near = await openNearLife(life.parts, world.by(town.leader))
    expect(near.clocks).toMatchObject([{ clock: 'assessment', daysLeft: 2, label: '김○○ 가구' }])
    expect(await openNearLife(life.parts, world.by(town.co))).toEqual({ clocks: [], asked: [] })
    expect(await openNearLife(life.parts, world.by(town.stranger))).toEqual({ clocks: [], asked: [] })
    expect((await world.records({ action: 'home.open' })).map(r => [r.actor, r.subject])).toEqual([
      [town.leader, town.caseId],
    ])
  })

  test('[CK2] by the setting of the agency that leads', async () => {
    await world.parts.cases.changeRules(town.dong, { counting: 'working', gradeScheme: 'mohw', _v: 0 })
    expect((await life.view(town.leader)).clocks[0]).toMatchObject({ due: '2026-12-08', daysLeft: 10 })
    await expect(
      world.parts.cases.changeRules(town.dong, { counting: 'calendar', gradeScheme: 'mohw', _v: 0 }),
    ).rejects.toMatchObject({ reason: 'conflict' })
  })
})

describe('records of the life', () => {
  test('[CE1] a grade is one of the scheme of the agency that leads', async () => {
    const grade = { do: 'grade', grade: 'intensive', reason: '정신건강 욕구' } as const
    expect(await refusal(life.tell(town.leader, grade))).toEqual(['bad-request', 'grade-of-other-scheme'])
    await world.parts.cases.changeRules(town.dong, { counting: 'calendar', gradeScheme: 'gyeonggi', _v: 0 })
    const view = await life.tell(town.leader, grade)
    expect(view).toMatchObject({ grade: 'intensive', grades: [{ grade: 'intensive', reason: '정신건강 욕구' }] })
  })

  test('[CE2] a closure evaluation fills in the days of the stages, and a later one stands beside it', async () => {
    expect(await refusal(life.tell(town.leader, CLOSURE))).toEqual(['bad-request', 'closure-not-now'])
    await delivered()
    await life.tell(town.leader, CLOSURE)
    const { closures } = await life.tell(town.leader, { ...CLOSURE, opinion: '다시 보니 더 나아졌습니다.' })
    expect(closures).toMatchObject([
      {
        opinion: CLOSURE.opinion,
        goals: CLOSURE.goals,
        changes: CLOSURE.changes,
        aftercareNote: CLOSURE.aftercareNote,
      },
      { opinion: '다시 보니 더 나아졌습니다.' },
    ])
    expect(closures[0]?.days).toEqual([
      { stage: 'registered', on: '2026-11-24' },
      { stage: 'assessment', on: '2026-11-24' },
      { stage: 'conference', on: '2026-11-24' },
      { stage: 'selection', on: '2026-11-25' },
      { stage: 'service_planning', on: '2026-11-25' },
      { stage: 'service_delivery', on: '2026-11-25' },
    ])
  })

  test('[CE3] aftercare is kept contact by contact, and only after the end', async () => {
    const contact = {
      do: 'aftercare',
      on: '2026-11-24',
      state: 'stable',
      changes: '잘 지냄',
      satisfaction: 4,
      measures: '',
    } as const
    expect(await refusal(life.tell(town.leader, contact))).toEqual(['bad-request', 'aftercare-not-now'])
    await delivered()
    await decided('close')
    await life.tell(town.leader, CLOSURE)
    await go('closed')
    await go('aftercare')
    expect(await refusal(go('ended'))).toEqual(['not-allowed', 'stage-needs.aftercare_contact'])
    await life.tell(town.leader, contact)
    const view = await life.tell(town.leader, { ...contact, changes: '일을 구함' })
    expect(view.aftercare.map(({ changes, satisfaction }) => [changes, satisfaction])).toEqual([
      ['잘 지냄', 4],
      ['일을 구함', 4],
    ])
    expect((await go('ended')).stage).toBe('ended')
  })

  test('[CE4] no word of it stands in clear, and words of another stage do not open', async () => {
    await go('assessment', '카나리아 사유')
    const records = world.store.collection<StoredRecord & { stage: CaseStage }>('cases')
    const stored = must(await records.findOne({ _id: town.caseId }), 'the record')
    expect(JSON.stringify(stored)).not.toContain('카나리아')
    expect(Buffer.from(JSON.stringify(stored)).includes(Buffer.from('카나리아'))).toBe(false)
    await records.updateOne({ _id: town.caseId }, { $set: { stage: 'closed' } })
    await expect(world.parts.cases.openLife(town.caseId)).rejects.toThrow(SealBroken)
  })

  test('[CE4] a resident registration number in words is masked before it is stored', async () => {
    const view = await go('assessment', '본인 900101-1234567 확인')
    expect(view.history[0]?.reason).not.toContain('1234567')
    expect(view.history[0]?.reason).toContain('900101')
    const admitted = await world.changeCase(town.leader, town.caseId)
    const label = '김○○ 900101-1234567'
    const changed = await changeCase(world.parts, world.by(town.leader), admitted, { _v: admitted.file._v, label })
    expect(changed.label).not.toContain('1234567')
  })

  test('[CE5] each look and each change is on record with the case as subject; who may not open it gets what is not there', async () => {
    await life.view(town.co)
    await go('assessment')
    const looks = await world.records({ action: 'case.open-life' })
    expect(looks.map(r => [r.actor, r.subject])).toEqual([[town.co, town.caseId]])
    expect((await world.records({ action: 'case.move' })).map(r => [r.subject, r.reason])).toEqual([
      [town.caseId, 'registered>assessment'],
    ])
    for (const who of [town.worker, town.watcher, town.partner, town.stranger]) {
      await expect(life.view(who)).rejects.toMatchObject({ reason: 'not-found' })
    }
  })

  test('a record of the time before cases had a life begins at its stage', async () => {
    const records = world.store.collection<StoredRecord>('cases')
    const { life: _, ...old } = must(await records.findOne({ _id: town.caseId }), 'the record') as StoredRecord & {
      life: unknown
    }
    await records.deleteOne({ _id: town.caseId })
    await records.insertOne(old)
    expect((await life.view(town.leader)).history).toMatchObject([{ kind: 'opened', to: 'registered' }])
    expect((await go('assessment')).history).toHaveLength(2)
  })
})
