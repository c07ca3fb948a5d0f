import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { finishHandOvers, moveAction } from '../../../server/actions/action-commands.ts'
import { actionsOfCase, actionsOfItem, listActions, reviewOf } from '../../../server/actions/action-views.ts'
import { admitToAction } from '../../../server/actions/admit-action.ts'
import { withActionItems } from '../../../server/actions/staff-change.ts'
import { admitToCase, admitToConference, admitToItem } from '../../../server/conferences/admission.ts'
import { createWorkOfPeople } from '../../../server/conferences/hand-over.ts'
import { changeItem } from '../../../server/conferences/item-commands.ts'
import { newId } from '../../../server/lib/random.ts'
import { ACTION_MOVES, type ActionMove } from '../../../shared/actions/action-codes.ts'
import { actionOf, removeAction, setActionFields } from '../../../shared/documents/actions-document.ts'
import { documentNameOf } from '../../../shared/documents/document-names.ts'
import type { ActionId, UserId } from '../../../shared/ids.ts'
import { dayInSeoul } from '../../../shared/working-days.ts'
import { type Meeting, meet, moveTo, openWorld, settle, type Town, type World } from '../conferences/world.ts'
import { type ActionWorld, openLedger, withActions } from './action-world.ts'

const DAY_MS = 86_400_000

let world: World
let town: Town
let meeting: Meeting
let actions: ActionWorld
let teamLead: UserId
let actionId: ActionId

beforeEach(async () => {
  world = await openWorld()
  town = await settle(world)
  meeting = await meet(world, town)
  actions = withActions(world, town)
  teamLead = world.person('teamLead', [town.muhan, 'supervisor'])
  actionId = await actions.promise({ conferenceId: meeting.conferenceId, itemId: meeting.itemId })
})
afterEach(() => world.close())

const today = () => dayInSeoul(world.parts.now())
const dayIn = (days: number) => dayInSeoul(world.parts.now() + days * DAY_MS)

describe('who sees and moves it', () => {
  test('[AC3] the owing agency moves it; who conducts enters it, and the record says so; another agency and an observer do not', async () => {
    const admitted = await world.toChangeItem(town.leader, meeting.conferenceId, meeting.itemId)
    await changeItem(world.parts, world.by(town.leader), admitted, {
      _v: admitted.item._v,
      agencies: [town.dong, town.muhan, town.council],
    })
    await expect(actions.move(town.partner, actionId, 'accept')).rejects.toMatchObject({ reason: 'not-allowed' })
    await expect(actions.move(town.watcher, actionId, 'accept')).rejects.toMatchObject({ reason: 'not-allowed' })
    expect(await actions.move(town.leader, actionId, 'accept')).toMatchObject({ status: 'accepted' })
    expect(await actions.move(town.co, actionId, 'start')).toMatchObject({ status: 'in_progress', changedByName: 'co' })
    const { history } = await actions.entry(actionId)
    expect(history.map(step => [step.move, step.enteredFor])).toEqual([
      ['accept', true],
      ['start', false],
    ])
    await moveTo(world, town, meeting.conferenceId, 'closed')
    expect(await actions.move(town.co, actionId, 'finish')).toMatchObject({ status: 'done', effect: null })
  })

  test('[AC3] what each may do with an accepted one, and that the server does no other', async () => {
    await actions.move(town.co, actionId, 'accept')
    const named = world.person('named', [town.muhan, 'case_worker'])
    await actions.move(town.co, actionId, 'assign', { userId: named })
    await actions.move(town.leader, actionId, 'escalate', { userId: teamLead })
    await actions.move(town.co, actionId, 'offer', { agencyId: town.jungang })
    const OWES = [
      'decline',
      'start',
      'finish',
      'postpone',
      'report',
      'not_possible',
      'not_done',
      'withdraw_offer',
      'assign',
      'escalate',
    ]
    const allowed = new Map<UserId, string[] | undefined>([
      // Conducts the meeting and works on the case in its lead agency.
      [town.leader, [...OWES.filter(move => move !== 'assign'), 'keep', 'drop']],
      [town.co, OWES],
      [named, OWES],
      [teamLead, OWES],
      // Of the agency it is offered to, which has no supervisor.
      [town.stranger, ['take_over', 'refuse_offer']],
      // Observes for the agency that owes it.
      [town.watcher, []],
      [town.worker, undefined],
      [town.partner, undefined],
    ])
    const words = { note: '까닭', until: dayIn(5), agencyId: town.council, userId: teamLead }
    let refused = 0
    for (const [who, moves] of allowed) {
      const view = await actions.seen(who, actionId)
      const name = world.people.get(who)?.name
      expect([name, view && new Set(view.moves)]).toEqual([name, moves && new Set(moves)])
      for (const move of Object.keys(ACTION_MOVES) as ActionMove[]) {
        if (moves?.includes(move)) continue
        const reason = view ? 'not-allowed' : 'not-found'
        await expect(actions.move(who, actionId, move, words), `${name} ${move}`).rejects.toMatchObject({ reason })
        refused += 1
      }
    }
    expect(refused).toBeGreaterThan(80)
  })

  test('[AC12] its ledger’s readers, the owing agency’s supervisor as a record, nobody else; recused from the case, nobody', async () => {
    expect(await actions.seen(town.co, actionId)).toMatchObject({ alone: false, mine: true, ours: true })
    expect(await actions.seen(teamLead, actionId)).toMatchObject({ alone: true, mine: false, ours: true })
    expect(await actions.seen(town.leader, actionId)).toMatchObject({ alone: false, ours: false })
    for (const stranger of [town.stranger, town.worker, town.partner]) {
      expect(await actions.seen(stranger, actionId)).toBeUndefined()
      await expect(actions.move(stranger, actionId, 'accept')).rejects.toMatchObject({ reason: 'not-found' })
    }
    const colleague = world.person('colleague', [town.muhan, 'case_worker'])
    expect(await actions.seen(colleague, actionId)).toBeUndefined()
    await actions.move(town.co, actionId, 'assign', { userId: colleague })
    expect(await actions.seen(colleague, actionId)).toMatchObject({ alone: true, mine: true, ownerName: 'colleague' })

    const item = await world.toChangeItem(town.leader, meeting.conferenceId, meeting.itemId)
    await changeItem(world.parts, world.by(town.leader), item, { _v: item.item._v, recused: [town.co] })
    expect(await actions.seen(town.co, actionId)).toBeUndefined()
    await expect(actions.move(town.co, actionId, 'start')).rejects.toMatchObject({ reason: 'not-found' })
  })

  test('[AC12] of a restricted item’s ledger a role shows nothing; a hand-over of it names a person', async () => {
    const own = documentNameOf({ kind: 'actions', caseId: town.caseId, zone: meeting.itemId })
    const item = await world.toChangeItem(town.leader, meeting.conferenceId, meeting.itemId)
    await changeItem(world.parts, world.by(town.leader), item, { _v: item.item._v, agencies: [town.dong] })
    const hidden = await actions.promise({ agencyId: town.dong, itemId: meeting.itemId }, own)
    const dongLead = world.person('dongLead', [town.dong, 'supervisor'])
    expect(await actions.seen(dongLead, hidden)).toBeUndefined()
    expect(await actions.seen(town.co, hidden)).toBeUndefined()
    expect(await actions.seen(town.leader, hidden)).toMatchObject({ alone: false })
    await expect(actions.move(town.leader, hidden, 'offer', { agencyId: town.muhan }, own)).rejects.toMatchObject({
      detail: 'action-needs-person',
    })
    await actions.move(town.leader, hidden, 'offer', { agencyId: town.muhan, userId: teamLead }, own)
    expect(await actions.seen(teamLead, hidden)).toMatchObject({ alone: true, moves: ['take_over', 'refuse_offer'] })
    expect(await actions.seen(town.co, hidden)).toBeUndefined()
  })

  test('[R03] the document is one that exists, and the action item stands in it', async () => {
    const elsewhere = documentNameOf({ kind: 'actions', caseId: newId(), zone: 'open' })
    await expect(actions.move(town.co, actionId, 'accept', {}, elsewhere)).rejects.toMatchObject({
      reason: 'not-found',
    })
    await expect(actions.move(town.co, actionId, 'accept', {}, 'nonsense')).rejects.toMatchObject({
      reason: 'not-found',
    })
    await expect(actions.move(town.co, newId(), 'accept')).rejects.toMatchObject({ reason: 'not-found' })
  })
})

describe('what a move takes', () => {
  test('[AC4] declining, not possible, dropping and reopening take a reason, and the agency does not drop its own', async () => {
    await expect(actions.move(town.co, actionId, 'decline')).rejects.toMatchObject({ detail: 'action-needs-reason' })
    await expect(actions.move(town.co, actionId, 'drop', { note: '그만' })).rejects.toMatchObject({
      reason: 'not-allowed',
    })
    await expect(actions.move(town.leader, actionId, 'drop')).rejects.toMatchObject({ detail: 'action-needs-reason' })
    await actions.move(town.leader, actionId, 'drop', { note: '다른 사업으로 지원됨' })
    const view = await actions.move(town.leader, actionId, 'reopen', { note: '지원이 취소됨' })
    expect(view.history.map(step => [step.move, step.status, step.note])).toEqual([
      ['drop', 'dropped', '다른 사업으로 지원됨'],
      ['reopen', 'in_progress', '지원이 취소됨'],
    ])
  })

  test('[AC5] done asks whether it helped; the answer may follow and be corrected; the case’s table counts the last', async () => {
    const need = 'health' as const
    const second = await actions.promise({ need, agencyId: town.dong, conferenceId: meeting.conferenceId })
    await world.shelf.edit(openLedger(town.caseId), { behalfOf: town.leader }, doc =>
      setActionFields(doc, actionId, { need }),
    )
    await actions.move(town.co, actionId, 'finish')
    const helped = { helped: 'worse', account: 'client' } as const
    await actions.move(town.co, actionId, 'tell_effect', { effect: helped })
    await actions.move(town.leader, actionId, 'tell_effect', { effect: { helped: 'better', account: 'family' } })
    await actions.move(town.leader, second, 'finish')
    const { effects } = await actionsOfCase(
      actions.parts,
      world.by(town.leader),
      await admitToCase(world.parts, world.by(town.leader), town.caseId),
    )
    expect(effects).toEqual([{ need, done: 2, better: 1, same: 0, worse: 0, unknown: 0, notAsked: 1, unfinished: 0 }])
  })

  test('[AC6] postponed, it asks for nothing until its day and is what it was on it', async () => {
    await actions.move(town.co, actionId, 'start')
    await expect(actions.move(town.co, actionId, 'postpone', { until: today() })).rejects.toMatchObject({
      detail: 'action-needs-day',
    })
    await actions.move(town.co, actionId, 'postpone', { until: dayIn(10) })
    expect(await actions.seen(town.co, actionId)).toMatchObject({
      status: 'postponed',
      until: dayIn(10),
      returned: false,
    })
    world.pass(10 * DAY_MS)
    expect(await actions.seen(town.co, actionId)).toMatchObject({ status: 'in_progress', returned: true })
  })

  test('[AC11] an escalation names a supervisor of the owing agency, who is told and sees it', async () => {
    const other = world.person('other', [town.muhan, 'case_worker'])
    await expect(actions.move(town.leader, actionId, 'escalate', { userId: other })).rejects.toMatchObject({
      detail: 'action-needs-supervisor',
    })
    const view = await actions.move(town.leader, actionId, 'escalate', {
      userId: teamLead,
      note: '두 달째 소식이 없음',
    })
    expect(view).toMatchObject({
      status: 'proposed',
      history: [{ move: 'escalate', to: 'teamLead', note: '두 달째 소식이 없음' }],
    })
    expect(await actions.seen(teamLead, actionId)).toMatchObject({ escalatedToMe: true, mine: true })
    expect(await actions.move(teamLead, actionId, 'report', { note: '이번 주에 확인하겠음' })).toMatchObject({ _v: 2 })
  })

  test('[AC13] of twenty at once one wins; texts are sealed; each command and each list is recorded', async () => {
    await actions.settled()
    for (const _v of [0, 1]) {
      const results = await Promise.allSettled(
        Array.from({ length: 20 }, async () => {
          const admitted = await admitToAction(actions.parts, world.by(town.co), openLedger(town.caseId), actionId)
          return moveAction(actions.parts, world.by(town.co), admitted, { _v, move: 'report', note: '비밀어 통화함' })
        }),
      )
      expect(results.filter(result => result.status === 'fulfilled')).toHaveLength(1)
    }
    const stored = await world.store.collection('actions').find({}).toArray()
    const bytes = JSON.stringify(stored, (_key, value) => (Buffer.isBuffer(value) ? value.toString('latin1') : value))
    expect(bytes).not.toContain('비밀어')
    expect(bytes).not.toContain('국민기초생활')
    expect(await world.records({ action: 'action.change', outcome: 'ok' })).toContainEqual(
      expect.objectContaining({ subject: town.caseId, object: `action.${actionId}`, reason: 'report' }),
    )
    await listActions(actions.parts, world.by(town.co))
    expect((await world.records({ action: 'action.list' })).at(-1)).toMatchObject({ subject: town.caseId })
    expect(world.shelf.notices).toContainEqual({ document: openLedger(town.caseId), topic: 'actions' })
  })
})

describe('changing hands', () => {
  test('[AC7] offered, it is still the giver’s; taken over, it is the taker’s in the record and in the words', async () => {
    await actions.move(town.co, actionId, 'accept')
    const member = world.person('member', [town.jungang, 'case_worker'])
    await expect(actions.move(town.co, actionId, 'offer', { agencyId: town.muhan })).rejects.toMatchObject({
      detail: 'action-same-agency',
    })
    await actions.move(town.co, actionId, 'offer', { agencyId: town.jungang })
    expect(await actions.seen(town.co, actionId)).toMatchObject({
      agency: { agencyId: town.muhan },
      status: 'accepted',
    })
    // 중앙동 has no supervisor: its case workers see the one, alone.
    expect(await actions.seen(member, actionId)).toMatchObject({
      alone: true,
      mine: true,
      moves: ['take_over', 'refuse_offer'],
    })
    await expect(actions.move(town.leader, actionId, 'take_over')).rejects.toMatchObject({
      reason: 'not-allowed',
    })
    await actions.move(member, actionId, 'take_over')
    expect(await actions.entry(actionId)).toMatchObject({
      standing: { agencyId: town.jungang, ownerUserId: member, offer: null, status: 'accepted' },
    })
    expect(await world.shelf.read(openLedger(town.caseId), doc => actionOf(doc, actionId)?.agencyId)).toBe(town.jungang)
    expect(await actions.seen(teamLead, actionId)).toBeUndefined()
  })

  test('[AC16] what was given to somebody who leaves goes to the successor; what is finished stays with who did it', async () => {
    const [leaving, successor] = (['leaving', 'successor'] as const).map(name =>
      world.person(name, [town.muhan, 'case_worker']),
    ) as [UserId, UserId]
    const finished = await actions.promise()
    for (const id of [actionId, finished]) await actions.move(town.co, id, 'assign', { userId: leaving })
    await actions.move(town.co, finished, 'finish')
    const work = withActionItems(createWorkOfPeople(world.parts), actions.parts)
    await work.reassign({ by: world.by(town.co), agencyId: town.muhan, from: leaving, to: successor })
    expect((await actions.entry(actionId)).standing.ownerUserId).toBe(successor)
    expect((await actions.entry(finished)).standing.ownerUserId).toBe(leaving)
    expect(await actions.seen(successor, actionId)).toMatchObject({ mine: true, alone: true, _v: 2 })
    expect(await world.records({ action: 'action.hand-over' })).toMatchObject([
      { object: `action.${actionId}`, outcome: 'ok' },
    ])
  })

  test('[AC15] an agency without a part in the case is told by somebody who works on it alone', async () => {
    await actions.move(town.co, actionId, 'accept')
    // The team lead speaks for the agency and does not work on the case.
    await expect(actions.move(teamLead, actionId, 'offer', { agencyId: town.jungang })).rejects.toMatchObject({
      reason: 'not-allowed',
      detail: 'offer-takes-case-worker',
    })
    expect(await actions.move(teamLead, actionId, 'offer', { agencyId: town.dong })).toMatchObject({
      offer: { agency: { agencyId: town.dong } },
    })
    await actions.move(teamLead, actionId, 'withdraw_offer')
    expect(await actions.move(town.co, actionId, 'offer', { agencyId: town.jungang })).toMatchObject({
      offer: { agency: { agencyId: town.jungang } },
    })
  })

  test('[AC7] stopped between record and words, the words are written at the next start', async () => {
    await actions.move(town.co, actionId, 'offer', { agencyId: town.dong, userId: town.leader })
    world.shelf.failing = new Error('the store is away')
    await expect(actions.move(town.leader, actionId, 'take_over')).rejects.toThrow('the store is away')
    world.shelf.failing = undefined
    const agencyInWords = () => world.shelf.read(openLedger(town.caseId), doc => actionOf(doc, actionId)?.agencyId)
    expect(await agencyInWords()).toBe(town.muhan)
    expect((await actions.entry(actionId)).standing.agencyId).toBe(town.dong)
    expect(await finishHandOvers(actions.parts)).toBe(1)
    expect(await agencyInWords()).toBe(town.dong)
    expect(await finishHandOvers(actions.parts)).toBe(0)
  })

  test('[AC8] what was accepted stays its agency’s whatever becomes of the words; what is proposed follows them', async () => {
    const ledger = openLedger(town.caseId)
    const write = (change: Parameters<typeof world.shelf.edit>[2]) =>
      world.shelf.edit(ledger, { behalfOf: town.leader }, change)
    await write(doc => setActionFields(doc, actionId, { agencyId: town.dong }))
    expect((await actions.entry(actionId)).standing.agencyId).toBe(town.dong)
    await actions.move(town.leader, actionId, 'accept')
    await write(doc => setActionFields(doc, actionId, { agencyId: town.council }))
    expect(await actions.seen(town.leader, actionId)).toMatchObject({ agency: { agencyId: town.dong } })
    await write(doc => removeAction(doc, actionId))
    expect(await actions.seen(town.leader, actionId)).toMatchObject({ what: '국민기초생활 신청', status: 'accepted' })

    const proposed = await actions.promise({ agencyId: town.dong })
    expect(await actions.seen(town.leader, proposed)).toBeDefined()
    await write(doc => removeAction(doc, proposed))
    expect(await actions.seen(town.leader, proposed)).toBeUndefined()
  })
})

describe('coming back', () => {
  test('[AC9] every later meeting that showed it unfinished counts once, the one that made it never', async () => {
    await moveTo(world, town, meeting.conferenceId, 'closed')
    expect(await actions.seen(town.leader, actionId)).toMatchObject({ carries: 0 })
    for (const carries of [1, 2]) {
      world.pass(30 * DAY_MS)
      const next = await meet(world, town)
      expect(await actions.seen(town.leader, actionId)).toMatchObject({ carries: carries - 1 })
      await moveTo(world, town, next.conferenceId, 'closed')
      expect(await actions.seen(town.leader, actionId)).toMatchObject({ carries, asks: carries === 2 })
    }
    world.pass(DAY_MS)
    expect(await actions.move(town.leader, actionId, 'keep')).toMatchObject({
      carries: 2,
      carriesSinceNews: 0,
      asks: false,
    })
  })

  test('the check in a meeting shows earlier ones that are open to the person, and what was settled in it', async () => {
    await moveTo(world, town, meeting.conferenceId, 'closed')
    world.pass(30 * DAY_MS)
    const next = await meet(world, town)
    const made = await actions.promise({ conferenceId: next.conferenceId })
    const review = async (who: UserId) =>
      (
        await reviewOf(
          actions.parts,
          world.by(who),
          await admitToConference(world.parts, world.by(who), next.conferenceId),
        )
      ).map(view => view.actionId)
    expect(await review(town.co)).toEqual([actionId])
    expect(await review(town.partner)).toEqual([])
    await actions.move(town.co, actionId, 'finish', { conferenceId: next.conferenceId })
    expect(await review(town.co)).toEqual([actionId])
    const admitted = await admitToItem(world.parts, world.by(town.co), next.conferenceId, next.itemId)
    const shown = await actionsOfItem(actions.parts, world.by(town.co), admitted)
    expect(shown.map(view => view.actionId).sort()).toEqual([actionId, made].sort())
  })

  test('[AC14] a list follows the words, and holds nothing of what is not for the person', async () => {
    await actions.settled()
    await world.shelf.edit(openLedger(town.caseId), { behalfOf: town.leader }, doc =>
      setActionFields(doc, actionId, { due: '2026-12-01', amount: 300000 }),
    )
    expect(await actions.seen(town.co, actionId)).toMatchObject({ due: '2026-12-01', amount: 300000 })
    expect(await listActions(actions.parts, world.by(town.stranger))).toEqual([])
    expect((await world.records({ action: 'action.list' })).filter(one => one.actor === town.stranger)).toEqual([])
  })
})
