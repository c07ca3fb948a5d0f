import { describe, expect, test } from 'vitest'
import { FILTERS, findActions, isShown, whose } from '../../../client/features/actions/action-lists.ts'
import { EFFECT_KEYS, nextLine, REVIEW_KEYS } from '../../../client/features/actions/review-keys.ts'
import { ACTION_MOVES, EFFECTS } from '../../../shared/actions/action-codes.ts'
import type { ActionId, AgencyId, CaseId } from '../../../shared/ids.ts'
import type { ActionView } from '../../../shared/protocol/action-api.ts'

const TODAY = '2026-11-24'

const action = (about: Partial<ActionView>): ActionView => ({
  actionId: 'a' as ActionId,
  document: 'actions.c.open',
  what: '국민기초생활 신청',
  rule: '',
  person: '',
  due: '',
  amount: null,
  need: '',
  case: { caseId: 'c' as CaseId, number: '2026-031', label: '김○○ 가구', mayOpen: true },
  madeIn: null,
  madeAt: '2026-10-24T05:00:00.000Z',
  itemId: '',
  agency: { agencyId: 'm' as AgencyId, name: '동두천시 무한돌봄팀', shortName: '무한돌봄팀', colour: 1 },
  ownerUserId: null,
  ownerName: '',
  status: 'accepted',
  until: '',
  offer: null,
  effect: null,
  carries: 0,
  carriesSinceNews: 0,
  asks: false,
  returned: false,
  alone: false,
  mine: false,
  ours: false,
  escalatedToMe: false,
  moves: [],
  entersFor: false,
  history: [],
  settledIn: [],
  changedAt: null,
  changedByName: null,
  _v: 1,
  ...about,
})

describe('lists of action items', () => {
  test.each([
    [{}, ['open']],
    [{ due: '2026-11-24' }, ['open', 'due']],
    [{ due: '2026-12-01' }, ['open', 'due']],
    [{ due: '2026-12-02' }, ['open']],
    [{ due: '2026-11-23' }, ['open', 'overdue']],
    [{ returned: true }, ['open', 'returned']],
    [{ carries: 2, status: 'declined' }, ['open', 'returned']],
    [{ status: 'postponed', due: '2026-11-01', carries: 1 }, ['waiting']],
    [{ status: 'done', due: '2026-11-01' }, ['finished']],
    [{ status: 'not_possible_circumstances_changed' }, ['finished']],
  ] satisfies [Partial<ActionView>, string[]][])('%o stands under %o', (about, shown) => {
    expect(FILTERS.filter(filter => isShown(action(about), filter, TODAY))).toEqual(shown)
  })

  test('whose: mine, my agency’s, or of my cases, where one seen alone is of none', () => {
    const all = [action({ mine: true, ours: true }), action({ ours: true, alone: true }), action({})]
    expect([whose(all, 'mine').length, whose(all, 'ours').length, whose(all, 'cases').length]).toEqual([1, 2, 2])
  })

  test('found by words, household, number, agency and initial consonants', () => {
    const all = [
      action({}),
      action({ what: '틀니', case: null, agency: { ...action({}).agency, name: '본부', shortName: '본부' } }),
    ]
    for (const query of ['기초생활', '김○○', '2026-031', '무한', 'ㄱㅁㄱㅊ'])
      expect(findActions(all, query)).toHaveLength(1)
    expect(findActions(all, '')).toHaveLength(2)
  })
})

test('every key of the check is one of the moves, and every answer has its digit', () => {
  expect(Object.values(REVIEW_KEYS).filter(move => !(move in ACTION_MOVES))).toEqual([])
  expect(Object.values(EFFECT_KEYS)).toEqual(Object.keys(EFFECTS))
  expect([
    nextLine('ArrowDown', 2, 3),
    nextLine('ArrowUp', 0, 3),
    nextLine('End', 0, 3),
    nextLine('KeyD', 0, 3),
  ]).toEqual([2, 0, 2, undefined])
})
