/** Whose a line of a case is: one of the household's, or the whole household's. */
import type { HouseholdMember } from '../../../shared/documents/case-parts/household.ts'
import { CodeField } from './case-fields.tsx'
import { useMemberOptions } from './options.ts'
import { useCaseWorkTexts } from './use-case-work-texts.ts'

/** The name for an id as it stands in a line. */
export function useWhose(): (memberId: string) => string {
  const { t } = useCaseWorkTexts()
  const household = useMemberOptions()
  return memberId => household.find(({ id }) => id === memberId)?.label ?? t('field.wholeHousehold')
}

export function WhoseField(props: {
  label: string
  value: HouseholdMember['id'] | ''
  onCommit: (memberId: HouseholdMember['id'] | '') => void
}) {
  const { t } = useCaseWorkTexts()
  return <CodeField {...props} options={useMemberOptions()} none={t('field.wholeHousehold')} />
}
