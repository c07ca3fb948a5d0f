/** What is written in a case together, and what a merge does to it (server/case-forms/SPEC.md, CW). */
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import type { CodeEntry } from '../../../shared/code-sets/code-sets.ts'
import { shippedSet } from '../../../shared/code-sets/shipped.ts'
import { caseLayout } from '../../../shared/documents/case-document.ts'
import { caseFactsOf, caseFlagsOf, setCaseFacts, setCaseFlag } from '../../../shared/documents/case-parts/case-facts.ts'
import { snapshotOfCase } from '../../../shared/documents/case-parts/case-snapshot.ts'
import { caseTextOf } from '../../../shared/documents/case-parts/case-texts.ts'
import { goals } from '../../../shared/documents/case-parts/goals.ts'
import { householdOf, members } from '../../../shared/documents/case-parts/household.ts'
import { ageOf, lifeStageOf } from '../../../shared/documents/case-parts/life-stage.ts'
import { levelsByDomain, needs } from '../../../shared/documents/case-parts/needs.ts'
import { plan } from '../../../shared/documents/case-parts/plan.ts'
import { PLAN_FAULTS, type PlanFaultCode, planFaults } from '../../../shared/documents/case-parts/plan-faults.ts'
import { residentNumbersIn } from '../../../shared/documents/case-parts/resident-numbers.ts'
import { moneySums } from '../../../shared/documents/case-parts/supports-and-money.ts'
import { brokenInvariants } from '../../../shared/documents/invariants.ts'
import { isBirth, isIdentifier } from '../../../shared/documents/layout-language.ts'
import { maskResidentNumbersIn } from '../../../shared/documents/resident-numbers.ts'
import { paragraphsOf, plainTextOf } from '../../../shared/documents/rich-text.ts'
import type { AgencyId, CaseNeedId, GoalId, MemberId } from '../../../shared/ids.ts'

const id = <T extends string>(name: string): T => name.padEnd(22, '0') as T

/** Hands each what the other lacks. */
function meet(a: Y.Doc, b: Y.Doc): void {
  Y.applyUpdate(a, Y.encodeStateAsUpdate(b, Y.encodeStateVector(a)))
  Y.applyUpdate(b, Y.encodeStateAsUpdate(a, Y.encodeStateVector(b)))
}

function two(write: (doc: Y.Doc) => void = () => {}): [Y.Doc, Y.Doc] {
  const [one, other] = [new Y.Doc(), new Y.Doc()]
  write(one)
  meet(one, other)
  return [one, other]
}

const names = (doc: Y.Doc) => householdOf(doc).map(member => member.name)
const addMember = (doc: Y.Doc, name: string) => members.add(doc, id(name), { name })

describe('two people at once', () => {
  test('[CW1] two fields of one row both stay, and of one field the same value for everybody', () => {
    const [one, other] = two(doc => addMember(doc, 'kim'))
    members.set(one, id('kim'), { birth: '1959-03-02', job: '무직' })
    members.set(other, id('kim'), { phone: '010-0000-0000', job: '일용' })
    meet(one, other)
    expect(householdOf(one)[0]).toMatchObject({ birth: '1959-03-02', phone: '010-0000-0000' })
    expect(['무직', '일용']).toContain(householdOf(one)[0]?.job)
    expect(householdOf(one)).toEqual(householdOf(other))
  })

  test('[CW1] two who say the first facts of a household at once lose neither, nor two who begin one text', () => {
    const [one, other] = two()
    setCaseFacts(one, { address: '동두천시 생연로 00' })
    setCaseFlag(one, 'householdTypes', 'older_person_alone', true)
    caseTextOf(one, 'strengths').insert(0, paragraphsOf('이웃과 가깝다'))
    setCaseFacts(other, { monthlyRent: 250_000 })
    setCaseFlag(other, 'householdTypes', 'own_1', true)
    caseTextOf(other, 'strengths').insert(0, paragraphsOf('배우려 한다'))
    meet(one, other)
    for (const doc of [one, other]) {
      expect(caseFactsOf(doc)).toMatchObject({ address: '동두천시 생연로 00', monthlyRent: 250_000 })
      expect(caseFlagsOf(doc, 'householdTypes')).toEqual(['older_person_alone', 'own_1'])
      expect(plainTextOf(caseTextOf(doc, 'strengths')).split('\n').sort()).toEqual(['배우려 한다', '이웃과 가깝다'])
    }
  })

  test('[CW2] rows that two people put into one place, and move, stand in one order for both', () => {
    const [one, other] = two(doc => {
      for (const name of ['a', 'b', 'c']) addMember(doc, name)
    })
    members.add(one, id('m'), { name: 'm' }, { place: { after: id('a') } })
    members.add(other, id('n'), { name: 'n' }, { place: { after: id('a') } })
    members.move(one, id('c'), 'first')
    meet(one, other)
    expect(names(one)).toEqual(['c', 'a', 'm', 'n', 'b'])
    expect(names(other)).toEqual(names(one))
  })

  test('[CW2] a row that is removed while somebody changes it is removed; the removal taken back brings it all back', () => {
    const [one, other] = two(doc => {
      addMember(doc, 'a')
      needs.add(doc, id('n1'), { domain: 'health', level: 3 }, { texts: { cause: '뇌 전이' } })
      needs.add(doc, id('n2'), { domain: 'economy' })
    })
    const undo = new Y.UndoManager(one.getMap('needs'), { captureTimeout: 0 })
    needs.remove(one, id('n1'))
    needs.set(other, id('n1'), { level: 4 })
    meet(one, other)
    expect(needs.of(one).map(need => need.id)).toEqual([id('n2')])
    expect(needs.set(other, id('n1'), { level: 2 })).toBe(false)
    undo.undo()
    meet(one, other)
    expect(needs.of(other).map(need => [need.domain, plainTextOf(need.cause)])).toEqual([
      ['health', '뇌 전이'],
      ['economy', ''],
    ])
    expect(brokenInvariants(other, 'case')).toEqual([])
  })

  test('[CW3] a row that names a member, need or goal that is gone names none, and names it again when that is back', () => {
    const memberId = id<MemberId>('kim')
    const [one, other] = two(doc => {
      addMember(doc, 'kim')
      needs.add(doc, id('n1'), { domain: 'health', memberId })
      goals.add(doc, id('g1'), { needId: id<CaseNeedId>('n1') })
      plan.add(doc, id('p1'), { goalId: id<GoalId>('g1'), memberId })
    })
    const undo = new Y.UndoManager([one.getMap('members'), one.getMap('needs'), one.getMap('goals')], {
      captureTimeout: 10_000,
    })
    members.remove(one, id('kim'))
    needs.remove(one, id('n1'))
    goals.remove(one, id('g1'))
    meet(one, other)
    const gone = snapshotOfCase(other)
    expect(gone.plan[0]).toMatchObject({ goalId: '', memberId: '' })
    undo.undo()
    meet(one, other)
    const back = snapshotOfCase(other)
    expect(back.needs[0]?.memberId).toBe(memberId)
    expect(back.goals[0]?.needId).toBe(id('n1'))
    expect(back.plan[0]).toMatchObject({ goalId: id('g1'), memberId })
    expect(snapshotOfCase(one)).toEqual(back)
  })
})

describe('what may stand in it', () => {
  test('[CW4] a value that the layout does not allow is not written', () => {
    const doc = new Y.Doc()
    addMember(doc, 'kim')
    const wrong: (() => void)[] = [
      () => members.set(doc, id('kim'), { name: '가'.repeat(61) }),
      () => members.set(doc, id('kim'), { birth: '1959-13' }),
      () => members.set(doc, id('kim'), { disability: 'no code!' }),
      () => setCaseFacts(doc, { monthlyRent: -1 }),
      () => setCaseFacts(doc, { nextReview: '2026-02-30' }),
      () => setCaseFlag(doc, 'targetGroups', '__proto__', true),
      () => plan.add(doc, id('p1'), { times: 0 }),
    ]
    for (const write of wrong) expect(write).toThrow(RangeError)
    expect(snapshotOfCase(doc)).toMatchObject({ plan: [], targetGroups: [], facts: { monthlyRent: null } })
    expect(brokenInvariants(doc, 'case')).toEqual([])
  })

  test.each<[string, (doc: Y.Doc) => void]>([
    ['a fact of no name', doc => void doc.getMap('facts').set('hidden', 'x')],
    ['a fact of the wrong kind', doc => void doc.getMap('facts').set('deposit', 'x')],
    ['a record among the facts', doc => void doc.getMap('facts').set('address', new Y.Map())],
    ['a list in the facts', doc => doc.getText('facts').insert(0, 'x')],
    ['a flag that is no code', doc => void doc.getMap('targetGroups').set('no code!', true)],
    ['a flag that is not just up', doc => void doc.getMap('targetGroups').set('young_carer', 1)],
    ['a field that members do not have', doc => void memberRecord(doc).set('residentRegistrationNumber', 'x')],
    ['a birth that is none', doc => void memberRecord(doc).set('birth', '1899')],
    ['an order that is none', doc => void memberRecord(doc).set('order', 'zzz0')],
  ])('[CW4] %s is noticed', (_what, change) => {
    const doc = new Y.Doc()
    addMember(doc, 'kim')
    expect(brokenInvariants(doc, 'case')).toEqual([])
    change(doc)
    expect(brokenInvariants(doc, 'case')).not.toEqual([])
  })

  function memberRecord(doc: Y.Doc): Y.Map<unknown> {
    const record = doc.getMap<Y.Map<unknown>>('members').get(id('kim'))
    if (record === undefined) throw new Error('No member')
    return record
  }

  test('[CW5] [LR-17] no field of the document is for a resident registration number, and a short field masks one', () => {
    const fields = [...caseLayout.roots.values()].flatMap(root =>
      root.holds === 'records' || root.holds === 'fields' ? [...root.fields.keys()] : [],
    )
    expect(fields.filter(name => /resident|rrn|jumin|registrationnumber/i.test(name))).toEqual([])
    const doc = new Y.Doc()
    members.add(doc, id('kim'), { name: '김○○', note: '주민번호 900101-1234567 확인' })
    members.set(doc, id('kim'), { phone: '9001011234568' })
    setCaseFacts(doc, { address: '900101-1234567' })
    const stored = JSON.stringify(snapshotOfCase(doc))
    expect(stored).not.toMatch(/234567|234568/)
    expect(householdOf(doc)[0]?.note).toBe('주민번호 900101-1****** 확인')
  })

  test('[CW5] [LR-17] in a long text it is found where it stands, and masked there with its marks', () => {
    const doc = new Y.Doc()
    needs.add(
      doc,
      id('n1'),
      {},
      { texts: { cause: '남편 주민등록번호 900101-1234567, 그리고 900101-2234568\n둘째 줄' } },
    )
    goals.add(doc, id('g1'), {}, { texts: { text: '010-1234-5678로 연락' } })
    caseTextOf(doc, 'opinion').insert(0, paragraphsOf('번호는 900101-1234567 입니다'))
    const run = caseTextOf(doc, 'opinion').get(0)
    const text = run instanceof Y.XmlElement ? run.get(0) : undefined
    if (!(text instanceof Y.XmlText)) throw new Error('No text')
    text.format(4, 9, { bold: {} })
    const found = residentNumbersIn(doc)
    expect(found.map(({ place, count }) => [place, count])).toEqual([
      [{ text: 'opinion' }, 1],
      [{ list: 'needs', row: 1, field: 'cause' }, 2],
    ])
    const masked = found.reduce((sum, { fragment }) => sum + maskResidentNumbersIn(doc, fragment), 0)
    expect(masked).toBe(3)
    expect(residentNumbersIn(doc)).toEqual([])
    expect(snapshotOfCase(doc).needs[0]?.cause.words).toBe(
      '남편 주민등록번호 900101-1******, 그리고 900101-2******\n둘째 줄',
    )
    expect(plainTextOf(caseTextOf(doc, 'opinion'))).toBe('번호는 900101-1****** 입니다')
    expect(brokenInvariants(doc, 'case')).toEqual([])
  })

  test('identifiers and births are told from what only looks like them', () => {
    for (const code of ['own_1', 'A0', 'single_parent', '1']) expect(isIdentifier(code)).toBe(true)
    for (const code of ['', '__proto__', 'a b', 'a-b', '가', 'x'.repeat(49), 5, null])
      expect(isIdentifier(code)).toBe(false)
    for (const birth of ['1900', '1959-12', '2024-02-29']) expect(isBirth(birth)).toBe(true)
    for (const birth of ['1899', '2023-02-29', '59', '1959-3', '1959-12-', '1959-00', 1959])
      expect(isBirth(birth)).toBe(false)
  })
})

describe('what is reckoned', () => {
  test('[CW6] age and stage of life follow from the birth, as far as it is known', () => {
    const today = '2026-11-22'
    const stages = [
      '2021',
      '2020-11-22',
      '2013-11-22',
      '2007-11-23',
      '2007-11-22',
      '1986-11',
      '1961-11-22',
      '1961-11-23',
    ]
    expect(stages.map(birth => [ageOf(birth, today), lifeStageOf(birth, today)])).toEqual([
      [5, 'infant'],
      [6, 'child'],
      [13, 'youth'],
      [18, 'youth'],
      [19, 'adult'],
      [40, 'middle_age'],
      [65, 'elder'],
      [64, 'middle_age'],
    ])
    for (const birth of ['', 'x', '2027', '2026-12']) expect(lifeStageOf(birth, today)).toBeUndefined()
  })

  test('[CW8] the radar has a corner for each domain and shows the hardest of its needs', () => {
    const doc = new Y.Doc()
    needs.add(doc, id('a'), { domain: 'health', level: 2 })
    needs.add(doc, id('b'), { domain: 'health', level: 4 })
    needs.add(doc, id('c'), { domain: 'economy', level: null })
    needs.add(doc, id('d'), { level: 4 })
    const corners = levelsByDomain(needs.of(doc))
    expect(corners).toHaveLength(11)
    expect(corners.filter(one => one.needs > 0)).toEqual([
      { domain: 'health', level: 4, needs: 2 },
      { domain: 'economy', level: 0, needs: 1 },
    ])
  })

  test('sums keep what comes in, goes out and is owed apart', () => {
    const lines = [
      { kind: 'benefit', amount: 700_000 },
      { kind: 'rent', amount: 250_000 },
      { kind: 'debt', amount: 12_000_000 },
      { kind: 'wage', amount: null },
      { kind: '', amount: 5 },
    ] as const
    expect(moneySums(lines)).toEqual({ income: 700_000, spending: 250_000, debt: 12_000_000 })
  })

  test('the codes of life stages are those of the shipped set', () => {
    const codes = shippedSet('life_stage').entries.map((entry: CodeEntry) => entry.code)
    for (const birth of ['2025', '2018', '2011', '2000', '1980', '1950']) {
      expect(codes).toContain(lifeStageOf(birth, '2026-11-22'))
    }
  })
})

describe('what the law wants in a plan', () => {
  const whole = (doc: Y.Doc): void => {
    plan.add(doc, id('p1'), {
      service: 'caregiving_cost',
      method: 'cash',
      agencyId: id<AgencyId>('council'),
      start: '2026-12-01',
      end: '2027-02-28',
      times: 3,
    })
    caseTextOf(doc, 'clientView').insert(0, paragraphsOf('집에서 지내고 싶다'))
    setCaseFacts(doc, { reviewMonths: 3 })
  }
  const faultsAfter = (change: (doc: Y.Doc) => void): PlanFaultCode[] => {
    const doc = new Y.Doc()
    whole(doc)
    change(doc)
    return planFaults(snapshotOfCase(doc)).map(fault => fault.code)
  }

  test('[CW7] [LR-40] a plan with all of it lacks nothing', () => expect(faultsAfter(() => {})).toEqual([]))

  test.each<[PlanFaultCode, (doc: Y.Doc) => void]>([
    ['no-rows', doc => void plan.remove(doc, id('p1'))],
    ['no-rows', doc => void plan.set(doc, id('p1'), { status: 'stopped' })],
    ['no-service', doc => void plan.set(doc, id('p1'), { service: '' })],
    ['no-method', doc => void plan.set(doc, id('p1'), { method: '' })],
    ['no-quantity', doc => void plan.set(doc, id('p1'), { times: null })],
    ['no-period', doc => void plan.set(doc, id('p1'), { end: '' })],
    ['period-reversed', doc => void plan.set(doc, id('p1'), { end: '2026-11-30' })],
    ['no-provider', doc => void plan.set(doc, id('p1'), { agencyId: '', provider: '  ' })],
    ['no-client-view', doc => caseTextOf(doc, 'clientView').delete(0, 1)],
    ['no-review', doc => setCaseFacts(doc, { reviewMonths: null })],
    [
      'no-linkage',
      doc =>
        plan.add(doc, id('p2'), {
          service: 'counselling',
          method: 'visit',
          provider: '정신건강복지센터',
          start: '2026-12-01',
          end: '2026-12-31',
          amount: 0,
        }),
    ],
  ])('[CW7] [LR-40] without it: %s', (code, change) => expect(faultsAfter(change)).toEqual([code]))

  test('[CW7] [LR-40] a fault of a row says which, and every fault has words', () => {
    const doc = new Y.Doc()
    plan.add(doc, id('p1'), {})
    const faults = planFaults(snapshotOfCase(doc))
    expect(faults.filter(fault => fault.rowId === id('p1')).map(fault => fault.code)).toEqual([
      'no-service',
      'no-method',
      'no-quantity',
      'no-period',
      'no-provider',
    ])
    for (const { code } of faults) expect(PLAN_FAULTS[code].ko && PLAN_FAULTS[code].en).not.toBe('')
  })
})

test('[CW6] a snapshot of everything survives the way through bytes', () => {
  const doc = new Y.Doc()
  addMember(doc, 'kim')
  needs.add(doc, id('n1'), { domain: 'health' }, { texts: { phenomenon: '검사를 미룸\n두 번' } })
  goals.add(doc, id('g1'), { term: 'short_term' }, { texts: { text: '검사를 받는다' } })
  plan.add(doc, id('p1'), { provider: '복지관', amount: 300_000 }, { texts: { content: '병원 동행' } })
  const cold = new Y.Doc()
  Y.applyUpdate(cold, Y.encodeStateAsUpdate(doc))
  expect(snapshotOfCase(cold)).toEqual(snapshotOfCase(doc))
  expect(JSON.parse(JSON.stringify(snapshotOfCase(cold)))).toEqual(snapshotOfCase(doc))
  expect(snapshotOfCase(cold).needs[0]?.phenomenon.words).toBe('검사를 미룸\n두 번')
})
