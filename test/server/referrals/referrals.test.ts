import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { changeItem } from '../../../server/conferences/item-commands.ts'
import { admitToRefer, admitToReferral } from '../../../server/referrals/referral-admission.ts'
import { changeReferral, createReferrals, printReferral } from '../../../server/referrals/referral-commands.ts'
import { listReferrals } from '../../../server/referrals/referral-views.ts'
import type { StoredRecord } from '../../../server/storage/port.ts'
import { must } from '../../../shared/assert.ts'
import type { Service } from '../../../shared/code-sets/services.ts'
import type { AgencyId, ReferralId, UserId } from '../../../shared/ids.ts'
import { meet } from '../conferences/world.ts'
import { CONSENT, DAY_MS, openReferralTown, type ReferralTown, referralBody } from './town.ts'

let town: ReferralTown
beforeEach(async () => {
  town = await openReferralTown()
})
afterEach(() => town.world.close())

const notThere = { reason: 'not-found' }

describe('a draft', () => {
  test('[RF2] is there for the workers of the agency that writes it, and for nobody else of the case', async () => {
    const [draft] = await town.write([town.centre])
    const { referralId } = must(draft, 'a draft')
    expect(await town.ofCase(town.co)).toEqual([])
    for (const person of [town.co, town.taker, town.worker, town.stranger]) {
      await expect(town.open(person, referralId)).rejects.toMatchObject(notThere)
    }
    await expect(admitToRefer(town.parts, town.world.by(town.stranger), town.caseId)).rejects.toMatchObject(notThere)
    const [own] = await town.write([town.charity], {}, town.co)
    expect(own?.from.agencyId).toBe(town.muhan)
    expect((await town.ofCase(town.leader)).map(one => one.referralId)).toEqual([referralId])
  })

  test('[RF13] sent again with its command it is written once; of two who change it one does', async () => {
    const by = town.world.by(town.leader)
    const admitted = await admitToRefer(town.parts, by, town.caseId)
    const body = referralBody([town.centre, town.charity])
    await Promise.all([
      createReferrals(town.parts, by, admitted, body),
      createReferrals(town.parts, by, admitted, body),
    ])
    const drafts = await town.ofCase(town.leader)
    expect(drafts).toHaveLength(2)
    const { referralId, _v } = must(drafts[0], 'a draft')
    const standing = await admitToReferral(town.parts, by, referralId)
    const change = (request: string) =>
      changeReferral(town.parts, by, standing, { _v, service: 'counselling', draft: { ...body.draft, request } })
    const both = await Promise.allSettled([change('하나'), change('둘')])
    expect(both.map(one => one.status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(both.find(one => one.status === 'rejected')).toMatchObject({ reason: { reason: 'conflict' } })
  })

  test('[RF15] [LR-17] a resident registration number in any field is refused before anything is written', async () => {
    const number = `900101-1${'2'.repeat(6)}`
    for (const about of [{ request: `도움 ${number}` }, { contact: number }, { fields: { problem: number } }]) {
      await expect(town.write([town.centre], about)).rejects.toMatchObject({ detail: 'resident-number' })
    }
    expect(await town.ofCase(town.leader)).toEqual([])
  })

  test('goes to nobody twice, to no closed agency and not to one’s own', async () => {
    for (const to of [[town.centre, town.centre], [town.dong]]) {
      await expect(town.write(to)).rejects.toMatchObject({ reason: 'bad-request' })
    }
    const agency = must(town.world.agencies.get(town.charity), 'agency')
    town.world.agencies.set(town.charity, { ...agency, active: false })
    await expect(town.write([town.charity])).rejects.toMatchObject({ detail: 'unknown-agency' })
  })
})

describe('sending', () => {
  test('[LR-24] [LR-35] takes a basis of the receiver or a ground in words, and nothing is registered before', async () => {
    const [draft] = await town.write([town.centre])
    const { referralId } = must(draft, 'a draft')
    await expect(town.move(town.leader, referralId, { move: 'send' })).rejects.toMatchObject({
      reason: 'not-allowed',
      detail: 'referral-needs-ground',
    })
    await expect(town.open(town.taker, referralId)).rejects.toMatchObject(notThere)
    expect(await town.parts.disclosures.ofCase(town.caseId)).toEqual([])
    await town.ground(town.centre)
    await town.move(town.leader, referralId, { move: 'send' })
    expect((await town.open(town.taker, referralId)).ground).toEqual({ of: 'basis', kind: 'statute', until: '' })
  })

  test('[RF3] a public task grounds it for a public body, and is refused for a centre', async () => {
    const ground = { ground: 'public_task' as const, words: '사회보장급여법 제42조의2', sensitive: false }
    const [toCentre] = await town.write([town.centre])
    const [toCity] = await town.write([town.city])
    await expect(
      town.move(town.leader, must(toCentre, 'a draft').referralId, { move: 'send', ground }),
    ).rejects.toMatchObject({ detail: 'referral-ground-public' })
    await town.move(town.leader, must(toCity, 'a draft').referralId, { move: 'send', ground })
    expect((await town.open(town.official, must(toCity, 'a draft').referralId)).ground).toEqual({
      of: 'entered',
      ground: 'public_task',
      words: '',
    })
  })

  test('[RF4] [LR-30] is a row of the disclosure register with its eight fields; it ends with a revocation', async () => {
    const referralId = await town.sent(town.centre)
    const [row] = await town.parts.disclosures.ofCase(town.caseId)
    expect(row).toMatchObject({
      giver: town.dong,
      receiver: town.centre,
      basis: 'consent',
      source: 'referral',
      endedOn: null,
    })
    const fields = must(row, 'a row').fields
    expect(Object.keys(fields)).toHaveLength(8)
    expect(Object.values(fields).every(words => words !== '')).toBe(true)
    expect(fields.items).toBe('의뢰 내용, 욕구 영역, 성명, 주된 문제')
    expect(fields.legalBasis).toContain('11월 20일 서면 동의')
    await town.move(town.leader, referralId, { move: 'revoke', note: '다른 기관이 맡음' })
    expect((await town.parts.disclosures.ofCase(town.caseId))[0]?.endedOn).toBe('2026-11-24')
  })

  test('[RF6] [LR-26] what tells of health stays until the ground covers it', async () => {
    await town.ground(town.centre, { sensitive: false })
    const about = { fields: { name: '김○○', health: '폐암' }, chosen: ['name' as const, 'health' as const] }
    const [draft] = await town.write([town.centre], about)
    const { referralId } = must(draft, 'a draft')
    const send = (ground?: typeof CONSENT) =>
      town.move(town.leader, referralId, { move: 'send', ...(ground && { ground }) })
    await expect(send()).rejects.toMatchObject({ detail: 'referral-sensitive' })
    await expect(send(CONSENT)).rejects.toMatchObject({ detail: 'referral-sensitive' })
    await send({ ...CONSENT, sensitive: true })
    expect((await town.open(town.taker, referralId)).given?.fields.health).toBe('폐암')
  })
})

describe('what the receiver sees', () => {
  test('[RF5] [RF7] exactly what was chosen, and nothing of the case', async () => {
    const referralId = await town.sent(town.centre)
    const view = await town.open(town.taker, referralId)
    expect(view.given).toEqual({
      request: '주 2회 밑반찬 배달',
      contact: '생연1동 031-000-0000',
      needs: ['daily_living'],
      fields: { name: '김○○', problem: '혼자 식사를 준비하지 못함' },
    })
    expect([view.case, view.draft, view.ground]).toEqual([null, null, { of: 'entered', ground: 'consent', words: '' }])
    const bytes = JSON.stringify(view)
    for (const word of [town.caseId, '2026-031', '010-0000-0000', '서면 동의']) expect(bytes).not.toContain(word)
  })

  test('[RF5] a draft that cannot be opened any more keeps nobody of the receiver’s from reading', async () => {
    const referralId = await town.sent(town.centre)
    const records = town.world.store.collection<StoredRecord & { sealedDraft: Buffer }>('referrals')
    await records.updateOne({ _id: referralId }, { $set: { sealedDraft: Buffer.from('not a sealed draft') } })
    expect((await town.open(town.taker, referralId)).given?.request).toBe('주 2회 밑반찬 배달')
    await expect(town.open(town.leader, referralId)).rejects.toThrow()
  })

  test('[RF7] it is there for who takes referrals and for nobody else, recused people among them', async () => {
    const referralId = await town.sent(town.centre)
    for (const person of [town.taker, town.second]) expect((await town.open(person, referralId)).side).toBe('receiver')
    for (const person of [town.centreWatcher, town.clerk, town.other, town.stranger, town.worker]) {
      await expect(town.open(person, referralId)).rejects.toMatchObject(notThere)
      expect(await listReferrals(town.parts, town.world.by(person))).toEqual({ inbox: [], outbox: [] })
    }
    const { conferenceId, itemId } = await meet(town.world, town, 'scheduled', {
      more: [[town.second, town.centre, 'attendee']],
    })
    const item = await town.world.toChangeItem(town.leader, conferenceId, itemId)
    await changeItem(town.parts, town.world.by(town.leader), item, { _v: item.item._v, recused: [town.second] })
    await expect(town.open(town.second, referralId)).rejects.toMatchObject(notThere)
  })

  test('[RF7] an unknown referral and one that is not theirs look alike and leave the same record', async () => {
    const referralId = await town.sent(town.centre)
    const { newId } = town.parts
    const tries = [referralId, newId<ReferralId>()]
    for (const id of tries) await expect(town.open(town.other, id)).rejects.toMatchObject(notThere)
    const denied = await town.world.records({ outcome: 'denied' })
    expect(denied.map(({ action, reason, object }) => [action, reason, object])).toEqual(
      tries.map(id => ['authz.deny', 'not-found', `referral.${id}`]),
    )
  })

  test('[RF8] revoked, its content is closed at once; that there was one stays', async () => {
    const referralId = await town.sent(town.centre)
    await town.move(town.leader, referralId, { move: 'revoke', note: '대상자가 이사함' })
    const view = await town.open(town.taker, referralId)
    expect(view).toMatchObject({ given: null, closed: 'revoked', status: 'revoked', moves: [] })
    expect(view.steps.at(-1)?.note).toBe('대상자가 이사함')
    expect((await town.open(town.leader, referralId)).given?.fields.name).toBe('김○○')
  })

  test('[RF8] [LR-28] content rests on its basis: withdrawn, it is closed, in lists as well', async () => {
    await town.ground(town.centre)
    const [draft] = await town.write([town.centre])
    const { referralId } = must(draft, 'a draft')
    await town.move(town.leader, referralId, { move: 'send' })
    const known = await town.world.parts.bases.find(town.caseId)
    const withdrawn = known.bases.map(basis => ({
      ...basis,
      receivers: basis.receivers.map(one => ({
        ...one,
        end: { why: 'withdrawn' as const, on: '2026-11-24', by: town.leader, at: new Date() },
      })),
    }))
    await town.world.parts.bases.put(known, { sensitive: known.sensitive, bases: withdrawn }, '2026-11-24')
    expect(await town.open(town.taker, referralId)).toMatchObject({ given: null, closed: 'no-basis' })
    const { inbox } = await listReferrals(town.parts, town.world.by(town.taker))
    expect(inbox).toMatchObject([{ request: '', name: '', closed: 'no-basis' }])
  })
})

describe('the answer', () => {
  test('[RF9] goes back by itself, step by step', async () => {
    const referralId = await town.sent(town.centre)
    await town.move(town.taker, referralId, { move: 'receive' })
    await expect(town.move(town.taker, referralId, { move: 'accept' })).rejects.toMatchObject({
      detail: 'referral-needs-day',
    })
    await town.move(town.taker, referralId, { move: 'accept', plannedOn: '2026-12-01', note: '월·목 배달' })
    await town.move(town.second, referralId, { move: 'start' })
    await town.move(town.taker, referralId, { move: 'complete', note: '석 달 동안 24번 배달' })
    const [seen] = await town.ofCase(town.co)
    expect(seen).toMatchObject({ status: 'completed', plannedOn: '2026-12-01', silence: null, draft: null })
    expect(seen?.steps.map(step => [step.move, step.agency, step.note])).toEqual([
      ['send', '생연1동', ''],
      ['receive', '노인복지관', ''],
      ['accept', '노인복지관', '월·목 배달'],
      ['start', '노인복지관', ''],
      ['complete', '노인복지관', '석 달 동안 24번 배달'],
    ])
    const moves = (await town.world.records({ action: 'referral.move' })).map(({ reason, subject }) => [
      reason,
      subject,
    ])
    expect(moves).toEqual(['send', 'receive', 'accept', 'start', 'complete'].map(move => [move, town.caseId]))
  })

  test('[RF10] [LR-42] silence is counted from the sending, in the sender’s list first', async () => {
    const late = await town.sent(town.centre)
    town.world.pass(8 * DAY_MS)
    const fresh = await town.sent(town.charity)
    town.world.pass(DAY_MS)
    const { outbox } = await listReferrals(town.parts, town.world.by(town.leader))
    expect(outbox.map(row => [row.referralId, row.silence])).toEqual([
      [late, { of: 'answer', days: 9, level: 'late' }],
      [fresh, { of: 'answer', days: 1, level: 'fresh' }],
    ])
    const { inbox } = await listReferrals(town.parts, town.world.by(town.taker))
    expect(inbox.map(row => row.silence?.days)).toEqual([9])
  })

  test('[RF11] is asked for again by one press, once a day', async () => {
    const referralId = await town.sent(town.centre)
    await town.move(town.leader, referralId, { move: 'ask' })
    await expect(town.move(town.leader, referralId, { move: 'ask' })).rejects.toMatchObject({
      detail: 'referral-asked-today',
    })
    expect((await town.open(town.leader, referralId)).moves).not.toContain('ask')
    town.world.pass(DAY_MS)
    await town.move(town.leader, referralId, { move: 'ask' })
    const { asked, status } = await town.open(town.taker, referralId)
    expect([asked, status]).toEqual([{ times: 2, lastOn: '2026-11-25' }, 'sent'])
  })

  test('[RF13] of two who answer at once one does, and the other is told', async () => {
    const referralId = await town.sent(town.centre)
    const { _v } = await town.open(town.taker, referralId)
    const both = await Promise.allSettled([
      town.move(town.taker, referralId, { _v, move: 'accept', plannedOn: '2026-12-01' }),
      town.move(town.second, referralId, { _v, move: 'decline', declined: 'no_capacity', note: '정원이 찼습니다' }),
    ])
    expect(both.filter(one => one.status === 'fulfilled')).toHaveLength(1)
    expect(both.find(one => one.status === 'rejected')).toMatchObject({ reason: { reason: 'conflict' } })
    const { steps, status } = await town.open(town.leader, referralId)
    expect(steps).toHaveLength(2)
    expect(['accepted', 'declined']).toContain(status)
  })

  test('[RF12] scenario 5: a dong recommends to three, each answers under its own rule, one declines, none learns of the others', async () => {
    const drafts = await town.write([town.centre, town.charity, town.city])
    for (const { referralId } of drafts) await town.move(town.leader, referralId, { move: 'send', ground: CONSENT })
    const [toCentre, toCharity, toCity] = drafts.map(one => one.referralId)
    const answers: [UserId, ReferralId | undefined, Parameters<ReferralTown['move']>[2]][] = [
      [town.taker, toCentre, { move: 'accept', plannedOn: '2026-12-01', note: '내부 규정 3조: 독거 어르신 우선' }],
      [town.other, toCharity, { move: 'decline', declined: 'not_eligible', note: '우리 기준은 60세 이상입니다' }],
      [town.official, toCity, { move: 'accept', plannedOn: '2026-12-02', note: '사례관리비로 지원' }],
    ]
    for (const [person, referralId, said] of answers) await town.move(person, must(referralId, 'a referral'), said)
    const seen = await town.ofCase(town.leader)
    expect(new Set(seen.map(one => one.status))).toEqual(new Set(['accepted', 'declined']))
    for (const [person, , said] of answers) {
      const { inbox, outbox } = await listReferrals(town.parts, town.world.by(person))
      expect([inbox.length, outbox.length]).toEqual([1, 0])
      const bytes = JSON.stringify(await town.open(person, must(inbox[0], 'a row').referralId))
      for (const [, , foreign] of answers) {
        expect([said.note, bytes.includes(must(foreign.note, 'a note'))]).toEqual([said.note, foreign === said])
      }
    }
  })

  test('[RF14] who reads the case sees what was given and answered; what was not chosen is the sending agency’s own', async () => {
    const referralId = await town.sent(town.centre)
    const seen = await town.open(town.co, referralId)
    expect([seen.side, seen.draft, seen.moves]).toEqual(['sender', null, []])
    expect(JSON.stringify(seen)).not.toContain('010-0000-0000')
    expect((await town.open(town.leader, referralId)).draft?.fields.phone).toBe('010-0000-0000')
  })

  test('[RF16] [LR-21] printing names its purpose, is recorded and sealed', async () => {
    const referralId = await town.sent(town.centre)
    const by = town.world.by(town.taker)
    const admitted = await admitToReferral(town.parts, by, referralId)
    const { printId } = await printReferral(town.parts, by, admitted, { purpose: '의뢰 서류철 보관', what: 'reply' })
    const stored = await town.world.store.collection<StoredRecord>('referralPrints').findOne({ _id: printId })
    expect(stored).toMatchObject({ referralId, what: 'reply', by: town.taker })
    expect(bytesOf(stored).includes(Buffer.from('서류철'))).toBe(false)
    const [record] = await town.world.records({ action: 'referral.print' })
    expect(record).toMatchObject({ subject: town.caseId, object: `referral.${referralId}`, reason: 'reply' })
  })
})

test('[RF19] [CO3] [CO9] a reason that the installation added is taken, a retired one is not, and what an answer holds stays', async () => {
  const [first, second] = [await town.sent(town.centre), await town.sent(town.centre)]
  const decline = (referralId: ReferralId, declined: string) =>
    town.move(town.taker, referralId, { move: 'decline', declined, note: '방학에는 문을 닫습니다' })
  await expect(decline(first, 'own_1')).rejects.toMatchObject({ detail: 'code-not-offered' })
  await decline(first, 'no_capacity')
  await town.publish('decline_reason', entries => [
    ...entries.map(entry => (entry.code === 'no_capacity' ? { ...entry, retired: true as const } : entry)),
    { code: 'own_1', ko: '방학 중', en: 'Closed for the holidays' },
  ])
  await expect(decline(second, 'no_capacity')).rejects.toMatchObject({ detail: 'code-not-offered' })
  await decline(second, 'own_1')
  const held = await Promise.all([first, second].map(id => town.open(town.leader, id)))
  expect(held.map(({ steps }) => steps.at(-1))).toMatchObject([
    { declined: 'no_capacity', codes: { decline_reason: 1 } },
    { declined: 'own_1', codes: { decline_reason: 2 } },
  ])
})

test('[RD6] [CO3] [CO5] a service of the installation’s own is asked for; retired, it stays in the draft that holds it and is in no new one', async () => {
  const ask = (to: AgencyId, service: Service) => town.write([to], {}, town.leader, service)
  await expect(ask(town.centre, 'own_1')).rejects.toMatchObject({ detail: 'code-not-offered' })
  await town.publish('service', entries => [...entries, { code: 'own_1', ko: '이동 목욕', en: 'Bath on wheels' }])
  const [draft] = await ask(town.centre, 'own_1')
  const { referralId, _v, draft: words, codes } = must(draft, 'a draft')
  expect(codes).toEqual({ service: 2, need_domain: 1 })
  await town.publish('service', entries =>
    entries.map(entry => (entry.code === 'own_1' ? { ...entry, ko: '방문 목욕', retired: true as const } : entry)),
  )
  await expect(ask(town.charity, 'own_1')).rejects.toMatchObject({ detail: 'code-not-offered' })
  const by = town.world.by(town.leader)
  const change = async (service: Service) =>
    changeReferral(town.parts, by, await admitToReferral(town.parts, by, referralId), {
      _v,
      service,
      draft: { ...must(words, 'its words'), request: '주 1회' },
    })
  await expect(change('own_2')).rejects.toMatchObject({ detail: 'code-not-offered' })
  await change('own_1')
  await town.move(town.leader, referralId, { move: 'send', ground: CONSENT })
  // How it was called when it was sent can be read from then on, whatever becomes of the name.
  await town.publish('service', entries =>
    entries.map(entry => (entry.code === 'own_1' ? { ...entry, ko: '목욕' } : entry)),
  )
  expect(await town.open(town.taker, referralId)).toMatchObject({ service: 'own_1', codes: { service: 3 } })
})

test('at rest nothing of what was typed lies in clear', async () => {
  const referralId = await town.sent(town.centre)
  await town.move(town.taker, referralId, { move: 'decline', declined: 'no_capacity', note: '카나리아 정원' })
  const bytes = bytesOf(await town.world.store.collection<StoredRecord>('referrals').findOne({ _id: referralId }))
  expect(bytes.includes(referralId)).toBe(true)
  for (const word of ['김○○', '밑반찬', '카나리아', '서면 동의', '010-0000']) {
    expect([word, bytes.includes(Buffer.from(word))]).toEqual([word, false])
  }
})

/** Every text and every binary value of a record, as it lies there. */
function bytesOf(value: unknown): Buffer {
  if (value instanceof Uint8Array) return Buffer.from(value)
  if (typeof value === 'string') return Buffer.from(value)
  if (typeof value !== 'object' || value === null || value instanceof Date) return Buffer.alloc(0)
  return Buffer.concat(Object.values(value).map(bytesOf))
}
