/** What waits for a person and what ends this week, as one list each, out of what the server asks and the person's action items. Pure. */
import { isUnfinished } from '../../../shared/actions/action-moves.ts'
import type { ActionView } from '../../../shared/protocol/action-api.ts'
import type { AskedOfBasisView, AskedView } from '../../../shared/protocol/home.ts'
import { daysBetween } from '../../lib/format.ts'
import { placeOf } from '../search/place-of.ts'

export interface Task {
  key: string
  why:
    | 'statement'
    | 'readBack'
    | 'minutesRead'
    | 'minutesSign'
    | 'minutesCirculate'
    | 'minutesCorrect'
    | 'accept'
    | 'takeOver'
    | 'decide'
    | 'escalated'
    | 'basisApprove'
    | 'basisReview'
    | 'basisRenew'
  /** What it is about: the item or what was promised. */
  what: string
  /** The conference or the household. */
  where: string
  /** `YYYY-MM-DD`, or empty. */
  due: string
  to: string
}

export interface Lapse {
  key: string
  what: string
  where: string
  due: string
  /** From today; negative: so many days late. */
  daysLeft: number
  /** Minutes become final that day. */
  isMinutes: boolean
  to: string
}

/** The week that one looks ahead. */
const NEAR_DAYS = 7

/** In the order in which it hurts: live meetings, minutes with a day, who may know of a case, action items, minutes of one's own to circulate. */
export function tasksOf(
  asked: readonly AskedView[],
  actions: readonly ActionView[],
  bases: readonly AskedOfBasisView[] = [],
): Task[] {
  const ofConferences = asked.map(taskOfConference)
  const isLater = (task: Task) => task.why === 'minutesCirculate' || task.why === 'minutesCorrect'
  return [
    ...ofConferences.filter(task => !isLater(task)),
    ...bases.map(taskOfBasis),
    ...actions.flatMap(action => taskOfAction(action) ?? []),
    ...ofConferences.filter(isLater),
  ]
}

function taskOfConference(asked: AskedView): Task {
  const { conferenceId, title, kind } = asked
  const room = `/conferences/${conferenceId}`
  const common = { key: `${kind} ${conferenceId}`, what: title, where: '', due: '', to: room }
  switch (kind) {
    case 'statement':
      return { ...common, why: 'statement' }
    case 'read-back':
      return {
        ...common,
        key: `${kind} ${asked.itemId}`,
        why: 'readBack',
        what: asked.item,
        where: title,
        to: placeOf({ conferenceId, itemId: asked.itemId, caseId: null }),
      }
    case 'minutes-read':
      return { ...common, why: 'minutesRead', due: asked.due, to: `${room}/minutes` }
    case 'minutes-sign':
      return { ...common, why: 'minutesSign', due: asked.due, to: `${room}/minutes` }
    case 'minutes-circulate':
      return { ...common, why: asked.isCorrecting ? 'minutesCorrect' : 'minutesCirculate', to: `${room}/minutes` }
  }
}

const OF_BASIS = { approve: 'basisApprove', review: 'basisReview', renew: 'basisRenew' } as const

/** No household is named: the way leads to it. */
function taskOfBasis({ ask, caseId, basisId, agencies, until }: AskedOfBasisView): Task {
  return {
    key: `basis ${basisId} ${ask}`,
    why: OF_BASIS[ask],
    what: agencies.join(', '),
    where: '',
    due: until ?? '',
    to: `/cases/${caseId}/bases`,
  }
}

/** What somebody has to be told of it; undefined where it only has to be done. */
function taskOfAction(action: ActionView): Task | undefined {
  const why = action.moves.includes('take_over')
    ? 'takeOver'
    : action.escalatedToMe && isUnfinished(action.status)
      ? 'escalated'
      : !(action.mine || action.ours)
        ? undefined
        : action.asks
          ? 'decide'
          : action.status === 'proposed' && action.moves.includes('accept') && !action.entersFor
            ? 'accept'
            : undefined
  if (why === undefined) return undefined
  const { document, actionId, what, due } = action
  return { key: `${document}/${actionId}`, why, what, where: whereOf(action), due, to: '/actions' }
}

const whereOf = ({ case: ofCase, madeIn }: ActionView) => ofCase?.label ?? madeIn?.title ?? ''

/** Of mine and my agency's what is late or ends within a week, and minutes that become final; the latest first. */
export function lapsesOf(asked: readonly AskedView[], actions: readonly ActionView[], today: string): Lapse[] {
  const ofActions = actions
    .filter(
      ({ mine, ours, status, due }) => (mine || ours) && due !== '' && isUnfinished(status) && status !== 'postponed',
    )
    .map((action): Lapse => {
      const { document, actionId, what, due } = action
      const daysLeft = daysBetween(today, due)
      return {
        key: `${document}/${actionId}`,
        what,
        where: whereOf(action),
        due,
        daysLeft,
        isMinutes: false,
        to: '/actions',
      }
    })
  const ofMinutes = asked.flatMap(one => {
    if (one.kind !== 'minutes-read') return []
    const { conferenceId, title, due } = one
    const to = `/conferences/${conferenceId}/minutes`
    return [
      {
        key: `minutes ${conferenceId}`,
        what: title,
        where: '',
        due,
        daysLeft: daysBetween(today, due),
        isMinutes: true,
        to,
      },
    ]
  })
  return [...ofActions, ...ofMinutes]
    .filter(({ daysLeft }) => daysLeft <= NEAR_DAYS)
    .sort((a, b) => a.daysLeft - b.daysLeft || (a.key < b.key ? -1 : 1))
}
