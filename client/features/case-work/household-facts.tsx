/** What is said once about a household: addresses, telephones, home, types. */

import type * as Y from 'yjs'
import type { CodeSetName } from '../../../shared/code-sets/shipped.ts'
import {
  type CaseFactValues,
  type CaseFlagRoot,
  caseFactsOf,
  caseFlagsOf,
  MAX_ADDRESS_LENGTH,
  setCaseFacts,
  setCaseFlag,
} from '../../../shared/documents/case-parts/case-facts.ts'
import { HOUSING_TENURES, HOUSING_TYPES } from '../../../shared/documents/case-parts/case-part-codes.ts'
import { caseTextOf } from '../../../shared/documents/case-parts/case-texts.ts'
import { MAX_PHONE_LENGTH } from '../../../shared/documents/case-parts/household.ts'
import { Checkbox } from '../../ui/fields.tsx'
import { Section } from '../../ui/page.tsx'
import { useShared } from '../room/use-shared.ts'
import { AmountField, CodeField, LongText, WordsField } from './case-fields.tsx'
import { useCaseWork } from './case-work-context.ts'
import { tableOptions } from './options.ts'
import { useCaseWorkTexts } from './use-case-work-texts.ts'

const FACT_ROOTS = ['facts']

/** The facts as they are now, and how to set some of them in a step that can be taken back. */
export function useCaseFacts(): [CaseFactValues, (values: Partial<CaseFactValues>) => void] {
  const { t } = useCaseWorkTexts()
  const { doc, undoable } = useCaseWork()
  const facts = useShared(doc, FACT_ROOTS, caseFactsOf)
  return [facts, values => undoable.run(t('row.changed'), () => setCaseFacts(doc, values))]
}

export function HouseholdFacts() {
  const { t, language } = useCaseWorkTexts()
  const { doc } = useCaseWork()
  const [facts, set] = useCaseFacts()
  return (
    <Section title={t('household.facts')} lead={t('household.factsLead')}>
      <div className="case-fields">
        <WordsField
          label={t('household.address')}
          value={facts.address}
          most={MAX_ADDRESS_LENGTH}
          placeholder={t('household.addressExample')}
          isWide
          onCommit={address => set({ address })}
        />
        <WordsField
          label={t('household.livesAt')}
          value={facts.livesAt}
          most={MAX_ADDRESS_LENGTH}
          placeholder={t('household.livesAtHelp')}
          isWide
          onCommit={livesAt => set({ livesAt })}
        />
        <WordsField
          label={t('household.phone')}
          value={facts.phone}
          most={MAX_PHONE_LENGTH}
          onCommit={phone => set({ phone })}
        />
        <WordsField
          label={t('household.otherPhone')}
          value={facts.otherPhone}
          most={MAX_PHONE_LENGTH}
          onCommit={otherPhone => set({ otherPhone })}
        />
        <CodeField
          label={t('household.housingType')}
          value={facts.housingType}
          options={tableOptions(HOUSING_TYPES, language)}
          onCommit={housingType => set({ housingType })}
        />
        <CodeField
          label={t('household.tenure')}
          value={facts.housingTenure}
          options={tableOptions(HOUSING_TENURES, language)}
          onCommit={housingTenure => set({ housingTenure })}
        />
        <AmountField label={t('household.deposit')} value={facts.deposit} onCommit={deposit => set({ deposit })} />
        <AmountField
          label={t('household.rent')}
          value={facts.monthlyRent}
          onCommit={monthlyRent => set({ monthlyRent })}
        />
      </div>
      <LongText
        fragment={caseTextOf(doc, 'housing')}
        field="housing"
        label={t('household.housing')}
        placeholder={t('household.housingPlaceholder')}
      />
      <Flags root="householdTypes" set="household_type" title={t('household.types')} />
      <Flags root="targetGroups" set="target_group" title={t('household.targets')} />
      <Flags root="livelihood" set="livelihood_class" title={t('household.livelihood')} />
    </Section>
  )
}

const READERS: Readonly<Record<CaseFlagRoot, (doc: Y.Doc) => readonly string[]>> = {
  householdTypes: doc => caseFlagsOf(doc, 'householdTypes'),
  targetGroups: doc => caseFlagsOf(doc, 'targetGroups'),
  livelihood: doc => caseFlagsOf(doc, 'livelihood'),
}

/** Some of a set; what is up and not offered any more stays until it is taken off. */
function Flags({ root, set, title }: { root: CaseFlagRoot; set: CodeSetName; title: string }) {
  const { t } = useCaseWorkTexts()
  const { doc, codes, mayWrite, undoable } = useCaseWork()
  const up = useShared(doc, [root], READERS[root])
  const options = codes.options(set)
  const shown = [...options.map(option => option.id), ...up.filter(code => !options.some(option => option.id === code))]
  if (!mayWrite) {
    return (
      <p>
        <strong>{title}</strong>{' '}
        {up.length === 0 ? t('household.noFlags') : up.map(code => codes.label(set, code)).join(', ')}
      </p>
    )
  }
  return (
    <fieldset className="case-flags">
      <legend>{title}</legend>
      {shown.map(code => (
        <Checkbox
          key={code}
          isSelected={up.includes(code)}
          onChange={isUp => undoable.run(t('row.changed'), () => setCaseFlag(doc, root, code, isUp))}
        >
          {codes.label(set, code)}
        </Checkbox>
      ))}
    </fieldset>
  )
}
