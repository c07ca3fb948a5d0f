/** Notices as they are read: together by conference and household, each in words. Pure. */
import type { NoticeGroup, NoticeView } from '../../../shared/protocol/notices.ts'
import type { noticesKo } from './texts-ko.ts'

export interface NoticesOfGroup {
  key: string
  group: NoticeGroup
  /** The newest first. */
  notices: NoticeView[]
}

/** The group with the newest notice first. */
export function groupsOf(notices: readonly NoticeView[]): NoticesOfGroup[] {
  const groups = new Map<string, NoticesOfGroup>()
  for (const notice of notices) {
    const key = keyOf(notice.group)
    const group = groups.get(key)
    if (group) group.notices.push(notice)
    else groups.set(key, { key, group: notice.group, notices: [notice] })
  }
  return [...groups.values()]
}

function keyOf(group: NoticeGroup): string {
  switch (group.of) {
    case 'conference':
      return `conference ${group.conferenceId}`
    case 'case':
      return `case ${group.caseId}`
    case 'past':
      return `past ${group.startsAt}`
    case 'desk':
    case 'referrals':
      return group.of
  }
}

type Words = keyof typeof noticesKo.kinds

/** Which words say it. */
export function wordsOf({ kind, changed, action }: NoticeView): Words {
  if (kind === 'conference_changed') {
    if (changed?.length === 2) return 'conference_changed_both'
    return changed?.[0] === 'place' ? 'conference_changed_place' : 'conference_changed_time'
  }
  if (kind !== 'action_answered') return kind
  const move = action?.move
  return move === 'decline' || move === 'take_over' || move === 'refuse_offer' ? move : 'accept'
}

/** Where one goes with it; undefined where there is nothing to see any more. */
export function wayOf({ kind, group }: NoticeView): string | undefined {
  if (kind.startsWith('action_')) return '/actions'
  if (kind === 'explanation_asked') return '/explanations'
  if (kind === 'emergency_opened') return group.of === 'case' ? `/cases/${group.caseId}/access` : '/access/odd'
  if (kind.startsWith('referral_')) return group.of === 'case' ? `/cases/${group.caseId}/help` : '/referrals'
  if (kind.startsWith('basis_')) return group.of === 'case' ? `/cases/${group.caseId}/bases` : undefined
  if (kind.startsWith('request_')) return group.of === 'case' ? `/cases/${group.caseId}/requests` : '/access/requests'
  if (group.of === 'case') return `/cases/${group.caseId}/life`
  if (group.of !== 'conference') return undefined
  const room = `/conferences/${group.conferenceId}`
  if (kind.startsWith('minutes_')) return `${room}/minutes`
  return kind === 'conference_cancelled' ? undefined : room
}
