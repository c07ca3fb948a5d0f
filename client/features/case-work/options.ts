/** What lists offer: the codes of a table, the members of the household, the goals, the needs. */
import { codesOf, type Label } from '../../../shared/codes.ts'
import { goals } from '../../../shared/documents/case-parts/goals.ts'
import { type HouseholdMember, householdOf } from '../../../shared/documents/case-parts/household.ts'
import { needs } from '../../../shared/documents/case-parts/needs.ts'
import { plainTextOf } from '../../../shared/documents/rich-text.ts'
import type { CaseNeedId, GoalId } from '../../../shared/ids.ts'
import type { Language } from '../../lib/format.ts'
import { useShared } from '../room/use-shared.ts'
import { useCaseWork } from './case-work-context.ts'
import { useCaseWorkTexts } from './use-case-work-texts.ts'

export function tableOptions<T extends Record<string, Label>>(table: T, language: Language) {
  return codesOf(table).map(id => ({ id, label: table[id]?.[language] ?? id }))
}

const MEMBER_ROOTS = ['members']
const NEED_ROOTS = ['needs']
const GOAL_ROOTS = ['goals']

export function useMemberOptions(): readonly { id: HouseholdMember['id']; label: string }[] {
  const { t } = useCaseWorkTexts()
  const { doc } = useCaseWork()
  return useShared(doc, MEMBER_ROOTS, householdOf).map((member, at) => ({
    id: member.id,
    label: member.name || t('household.unnamed', { n: at + 1 }),
  }))
}

export function useNeedOptions(): readonly { id: CaseNeedId; label: string }[] {
  const { t } = useCaseWorkTexts()
  const { doc, codes } = useCaseWork()
  return useShared(doc, NEED_ROOTS, needs.of).map((need, at) => ({
    id: need.id,
    label: `${at + 1}. ${need.domain ? codes.label('need_domain', need.domain) : t('field.none')}`,
  }))
}

export function useGoalOptions(): readonly { id: GoalId; label: string }[] {
  const { t } = useCaseWorkTexts()
  const { doc } = useCaseWork()
  return useShared(doc, GOAL_ROOTS, goals.of).map((goal, at) => ({
    id: goal.id,
    label: `${at + 1}. ${plainTextOf(goal.text).slice(0, 40) || t('goals.line', { n: at + 1 })}`,
  }))
}
