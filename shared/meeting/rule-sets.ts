/**
 * What a kind of meeting brings with it: what it uses from the beginning, and what it asks before something is decided. An ordinary case
 * conference asks for nothing; the leader may switch a quorum or votes on. A body under an ordinance (협의체·위원회) may decide only as that says.
 */
import { type ConferenceType, codesOf, MEETING_FEATURES, type MeetingFeature, type QuorumChoice } from '../codes.ts'

export interface QuorumRule {
  /** Agencies that somebody is there for, or members in person. */
  counts: 'agencies' | 'people'
  /** More than half of those invited, or so many. */
  atLeast: 'majority' | number
  /** Somebody who sits in for another is counted (대리 참석). */
  countsDeputies: boolean
  /** With the chair's reason an item is decided below it as well; otherwise it is only talked about. */
  mayDecideBelow: boolean
}

export interface VoteRule {
  /** One vote an agency, or one a member. */
  by: 'agencies' | 'people'
  /** Somebody who sits in for another votes. */
  deputiesVote: boolean
}

export interface RuleSet {
  features: readonly MeetingFeature[]
  quorum: QuorumRule
  vote: VoteRule
}

/** Agencies speak with one voice each, whoever they send. */
const ORDINARY: RuleSet = {
  features: [],
  quorum: { counts: 'agencies', atLeast: 'majority', countsDeputies: true, mayDecideBelow: true },
  vote: { by: 'agencies', deputiesVote: true },
}

/**
 * A majority of the members opens the meeting and a majority of those present decides (지역사회보장협의체: 사회보장급여법 시행규칙 제5조);
 * nobody sits or votes in for another (동두천시 각종 위원회 조례 제11조).
 */
const STATUTORY: RuleSet = {
  features: ['quorum', 'voting'],
  quorum: { counts: 'people', atLeast: 'majority', countsDeputies: false, mayDecideBelow: false },
  vote: { by: 'people', deputiesVote: false },
}

const OF_TYPES: Readonly<Partial<Record<ConferenceType, RuleSet>>> = {
  internal: { ...ORDINARY, features: ['brainstorming'] },
  statutory_body: STATUTORY,
}

export const ruleSetOf = (type: ConferenceType): RuleSet => OF_TYPES[type] ?? ORDINARY

/** Whether nobody may switch it off: a body that decides nothing below its quorum would otherwise do so by one press. */
export const isFixed = (type: ConferenceType, feature: MeetingFeature): boolean =>
  feature === 'quorum' && !ruleSetOf(type).quorum.mayDecideBelow

/** Enough to speak of several views (the rule of child-protection conferences; ordinary Korean ones have none). */
const THREE_AGENCIES = 3

/** What its quorum asks for: as was chosen for this meeting, where its kind leaves a choice. */
export function quorumRuleOf(type: ConferenceType, chosen: QuorumChoice): QuorumRule {
  const { quorum } = ruleSetOf(type)
  return chosen === 'three_agencies' && !isFixed(type, 'quorum') ? { ...quorum, atLeast: THREE_AGENCIES } : quorum
}

/** What a meeting uses: as its leader chose, otherwise as its kind does. */
export function featuresOf(
  type: ConferenceType,
  chosen: Readonly<Partial<Record<MeetingFeature, boolean>>>,
): Record<MeetingFeature, boolean> {
  const { features } = ruleSetOf(type)
  const used = codesOf(MEETING_FEATURES).map(
    feature => [feature, isFixed(type, feature) || (chosen[feature] ?? features.includes(feature))] as const,
  )
  return Object.fromEntries(used) as Record<MeetingFeature, boolean>
}
