import { expect, test } from 'vitest'
import { lapsesOf, tasksOf } from '../../../client/features/home/tasks.ts'
import type { ActionId, AgencyId, ConferenceId, ItemId } from '../../../shared/ids.ts'
import type { ActionView } from '../../../shared/protocol/action-api.ts'
import type { AskedView } from '../../../shared/protocol/home.ts'

const TODAY = '2026-11-24'
const of = (id: string) => ({ conferenceId: id as ConferenceId, title: `${id} 회의`, startsAt: '2026-11-24T05:00:00Z' })

function action(what: string, more: Partial<ActionView>): ActionView {
  return {
    actionId: what as ActionId,
    document: 'actions.a.open',
    what,
    rule: '',
    person: '',
    due: '',
    amount: null,
    need: '',
    case: null,
    madeIn: null,
    madeAt: '2026-11-01T00:00:00Z',
    itemId: '',
    agency: { agencyId: 'a' as AgencyId, name: '생연1동', shortName: '생연1', colour: 0 },
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
    mine: true,
    ours: true,
    escalatedToMe: false,
    moves: [],
    entersFor: false,
    history: [],
    settledIn: [],
    changedAt: null,
    changedByName: null,
    _v: 1,
    ...more,
  }
}

test('what waits in live meetings stands first, what I only have to send round last', () => {
  const asked: AskedView[] = [
    { kind: 'minutes-circulate', isCorrecting: false, ...of('끝난') },
    { kind: 'read-back', itemId: 'i' as ItemId, item: '김○○ 가구', ...of('지금') },
    { kind: 'minutes-sign', due: '2026-11-27', ...of('서명') },
  ]
  const actions = [action('동행', { status: 'proposed', moves: ['accept', 'decline'] })]
  expect(tasksOf(asked, actions).map(task => [task.why, task.what, task.to])).toEqual([
    ['readBack', '김○○ 가구', '/conferences/지금?item=i'],
    ['minutesSign', '서명 회의', '/conferences/서명/minutes'],
    ['accept', '동행', '/actions'],
    ['minutesCirculate', '끝난 회의', '/conferences/끝난/minutes'],
  ])
})

test('an action item asks for a word where it waits for one, and not of who would only enter it for others', () => {
  const actions = [
    action('넘겨받기', { mine: false, ours: false, moves: ['take_over', 'refuse_offer'] }),
    action('알림', { mine: false, ours: false, escalatedToMe: true }),
    action('끝난 알림', { status: 'done', escalatedToMe: true }),
    action('두 번', { asks: true }),
    action('남의 것', { mine: false, ours: false, status: 'proposed', moves: ['accept'], entersFor: true }),
    action('하면 되는 것', {}),
  ]
  expect(tasksOf([], actions).map(task => [task.why, task.what])).toEqual([
    ['takeOver', '넘겨받기'],
    ['escalated', '알림'],
    ['decide', '두 번'],
  ])
})

test('this week: what is late first, nothing that is finished, asleep or somebody else’s, and minutes that become final', () => {
  const actions = [
    action('모레', { due: '2026-11-26' }),
    action('늦은', { due: '2026-11-20' }),
    action('먼', { due: '2026-12-24' }),
    action('끝난', { due: '2026-11-25', status: 'done' }),
    action('미룬', { due: '2026-11-25', status: 'postponed' }),
    action('남의', { due: '2026-11-25', mine: false, ours: false }),
    action('기한 없음', {}),
  ]
  const asked: AskedView[] = [{ kind: 'minutes-read', due: TODAY, ...of('확정될') }]
  expect(lapsesOf(asked, actions, TODAY).map(({ what, daysLeft }) => [what, daysLeft])).toEqual([
    ['늦은', -4],
    ['확정될 회의', 0],
    ['모레', 2],
  ])
})
