/**
 * A case's document as plain data. A row that names another which is not there any more names none: who removes a member or a goal does not have to
 * know where it was named, and whoever undoes the removal finds it named again.
 */
import type * as Y from 'yjs'
import type { CaseNeedId, GoalId, MemberId } from '../../ids.ts'
import { type TextSnapshot, textSnapshot } from '../text-snapshot.ts'
import { type CaseFactValues, caseFactsOf, caseFlagsOf } from './case-facts.ts'
import { CASE_TEXTS, type CaseText, caseTextOf } from './case-texts.ts'
import { type Goal, goals } from './goals.ts'
import { type HouseholdMember, householdOf } from './household.ts'
import { type CaseNeed, needs } from './needs.ts'
import { type PlanRow, plan } from './plan.ts'
import { type MoneyLine, money, type SocialSupport, supports } from './supports-and-money.ts'

/** A row with its long texts as words and nodes, and without its place, which the list itself tells. */
type Plain<Entry> = {
  readonly [Field in Exclude<keyof Entry, 'order'>]: Entry[Field] extends Y.XmlFragment ? TextSnapshot : Entry[Field]
}

export type MemberSnapshot = Plain<HouseholdMember>
export type NeedSnapshot = Plain<CaseNeed>
export type GoalSnapshot = Plain<Goal>
export type PlanRowSnapshot = Plain<PlanRow>
export type SupportSnapshot = Plain<SocialSupport>
export type MoneySnapshot = Plain<MoneyLine>

export interface CaseSnapshot {
  readonly texts: Readonly<Record<CaseText, TextSnapshot>>
  readonly facts: CaseFactValues
  readonly householdTypes: readonly string[]
  readonly targetGroups: readonly string[]
  readonly livelihood: readonly string[]
  readonly members: readonly MemberSnapshot[]
  readonly needs: readonly NeedSnapshot[]
  readonly supports: readonly SupportSnapshot[]
  readonly money: readonly MoneySnapshot[]
  readonly goals: readonly GoalSnapshot[]
  readonly plan: readonly PlanRowSnapshot[]
}

export function snapshotOfCase(doc: Y.Doc): CaseSnapshot {
  const members = householdOf(doc)
  const needRows = needs.of(doc)
  const goalRows = goals.of(doc)
  const memberIds = new Set<string>(members.map(member => member.id))
  const needIds = new Set<string>(needRows.map(need => need.id))
  const goalIds = new Set<string>(goalRows.map(goal => goal.id))
  const member = (id: MemberId | ''): MemberId | '' => (memberIds.has(id) ? id : '')
  const need = (id: CaseNeedId | ''): CaseNeedId | '' => (needIds.has(id) ? id : '')
  const goal = (id: GoalId | ''): GoalId | '' => (goalIds.has(id) ? id : '')
  const texts = CASE_TEXTS.map(name => [name, textSnapshot(caseTextOf(doc, name))] as const)
  return {
    texts: Object.fromEntries(texts) as Record<CaseText, TextSnapshot>,
    facts: caseFactsOf(doc),
    householdTypes: caseFlagsOf(doc, 'householdTypes'),
    targetGroups: caseFlagsOf(doc, 'targetGroups'),
    livelihood: caseFlagsOf(doc, 'livelihood'),
    members: members.map(({ order: _order, ...row }) => row),
    needs: needRows.map(({ order: _order, phenomenon, cause, wanted, ...row }) => ({
      ...row,
      memberId: member(row.memberId),
      phenomenon: textSnapshot(phenomenon),
      cause: textSnapshot(cause),
      wanted: textSnapshot(wanted),
    })),
    supports: supports.of(doc).map(({ order: _order, ...row }) => ({ ...row, memberId: member(row.memberId) })),
    money: money.of(doc).map(({ order: _order, ...row }) => ({ ...row, memberId: member(row.memberId) })),
    goals: goalRows.map(({ order: _order, text, before, after, ...row }) => ({
      ...row,
      needId: need(row.needId),
      text: textSnapshot(text),
      before: textSnapshot(before),
      after: textSnapshot(after),
    })),
    plan: plan.of(doc).map(({ order: _order, content, ...row }) => ({
      ...row,
      memberId: member(row.memberId),
      goalId: goal(row.goalId),
      content: textSnapshot(content),
    })),
  }
}
