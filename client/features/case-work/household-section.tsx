/** 가구: where and how it lives, who belongs to it, what it has and owes, who stands by it, what it has been through. */
import { useMemo } from 'react'
import {
  DISABILITY_DEGREES,
  LIVING,
  MEMBER_RELATIONS,
  SEXES,
} from '../../../shared/documents/case-parts/case-part-codes.ts'
import { caseTextOf } from '../../../shared/documents/case-parts/case-texts.ts'
import {
  type HouseholdMember,
  MAX_NAME_LENGTH,
  MAX_NOTE_LENGTH,
  MAX_PHONE_LENGTH,
  MAX_SHORT_LENGTH,
  members,
} from '../../../shared/documents/case-parts/household.ts'
import { ageOf, lifeStageOf } from '../../../shared/documents/case-parts/life-stage.ts'
import { seoulDay } from '../../lib/format.ts'
import { Section } from '../../ui/page.tsx'
import type { CaseSectionProps } from '../cases/case-sections.tsx'
import { BirthField, CodeField, LongText, WordsField } from './case-fields.tsx'
import { useCaseWork } from './case-work-context.ts'
import { CaseWorkFrame } from './case-work-frame.tsx'
import { HouseholdFacts } from './household-facts.tsx'
import { MoneyTable, SupportsTable } from './household-lists.tsx'
import { tableOptions } from './options.ts'
import { RowTable } from './row-table.tsx'
import { useCaseWorkTexts } from './use-case-work-texts.ts'

export function HouseholdSection(props: CaseSectionProps) {
  return (
    <CaseWorkFrame {...props}>
      <MembersTable />
      <HouseholdFacts />
      <MoneyTable />
      <SupportsTable />
      <Histories />
    </CaseWorkFrame>
  )
}

function MembersTable() {
  const { t, language } = useCaseWorkTexts()
  const { codes } = useCaseWork()
  const today = seoulDay(Date.now())
  const options = useMemo(
    () => ({
      relation: tableOptions(MEMBER_RELATIONS, language),
      sex: tableOptions(SEXES, language),
      living: tableOptions(LIVING, language),
      degree: tableOptions(DISABILITY_DEGREES, language),
    }),
    [language],
  )
  const ageWords = ({ birth }: HouseholdMember): string => {
    const stage = lifeStageOf(birth, today)
    const age = ageOf(birth, today)
    return stage === undefined || age === undefined
      ? ''
      : t('household.ageAndStage', { age, stage: codes.label('life_stage', stage) })
  }
  return (
    <RowTable
      list={members}
      title={t('household.members')}
      lead={t('household.membersLead')}
      nameOf={(row, n) => row.name || t('household.unnamed', { n })}
      words={{
        add: t('household.addMember'),
        added: t('household.memberAdded'),
        removed: t('household.memberRemoved'),
        empty: t('household.membersEmpty'),
        emptyReader: t('household.membersEmptyReader'),
      }}
      columns={[
        { title: t('household.name'), cell: row => row.name || '–' },
        { title: t('household.relation'), cell: row => (row.relation ? MEMBER_RELATIONS[row.relation][language] : '') },
        { title: t('household.sex'), cell: row => (row.sex ? SEXES[row.sex][language] : '') },
        {
          title: t('household.birth'),
          cell: row => (
            <>
              <span className="number">{row.birth}</span> <span className="quiet small">{ageWords(row)}</span>
            </>
          ),
        },
        { title: t('household.living'), cell: row => (row.living ? LIVING[row.living][language] : '') },
        {
          title: t('household.disability'),
          cell: row => (row.disability ? codes.label('disability', row.disability) : ''),
        },
        {
          title: t('household.schoolAndJob'),
          cell: row => [row.school, row.job].filter(Boolean).join(' · '),
        },
        { title: t('household.memberPhone'), cell: row => row.phone, isNumber: true },
      ]}
      editor={(row, set) => (
        <div className="case-fields">
          <WordsField
            label={t('household.name')}
            value={row.name}
            most={MAX_NAME_LENGTH}
            onCommit={name => set({ name })}
          />
          <CodeField
            label={t('household.relation')}
            value={row.relation}
            options={options.relation}
            onCommit={relation => set({ relation })}
          />
          <CodeField label={t('household.sex')} value={row.sex} options={options.sex} onCommit={sex => set({ sex })} />
          <BirthField label={t('household.birth')} value={row.birth} onCommit={birth => set({ birth })} />
          <CodeField
            label={t('household.living')}
            value={row.living}
            options={options.living}
            onCommit={living => set({ living })}
          />
          <CodeField
            label={t('household.disability')}
            value={row.disability}
            options={codes.options('disability', undefined, row.disability)}
            onCommit={disability => set({ disability })}
          />
          <CodeField
            label={t('household.degree')}
            value={row.degree}
            options={options.degree}
            onCommit={degree => set({ degree })}
          />
          <WordsField
            label={t('household.school')}
            value={row.school}
            most={MAX_SHORT_LENGTH}
            onCommit={school => set({ school })}
          />
          <WordsField
            label={t('household.job')}
            value={row.job}
            most={MAX_SHORT_LENGTH}
            onCommit={job => set({ job })}
          />
          <WordsField
            label={t('household.memberPhone')}
            value={row.phone}
            most={MAX_PHONE_LENGTH}
            onCommit={phone => set({ phone })}
          />
          <WordsField
            label={t('household.note')}
            value={row.note}
            most={MAX_NOTE_LENGTH}
            isWide
            onCommit={note => set({ note })}
          />
        </div>
      )}
    />
  )
}

function Histories() {
  const { t } = useCaseWorkTexts()
  const { doc } = useCaseWork()
  return (
    <Section title={t('household.history')}>
      <LongText
        fragment={caseTextOf(doc, 'familyHistory')}
        field="familyHistory"
        label={t('household.familyHistory')}
        placeholder={t('household.familyHistoryPlaceholder')}
      />
      <LongText
        fragment={caseTextOf(doc, 'personalHistory')}
        field="personalHistory"
        label={t('household.personalHistory')}
        placeholder={t('household.personalHistoryPlaceholder')}
      />
    </Section>
  )
}
