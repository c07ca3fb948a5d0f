/** What narrows the list of cases, and its order. */
import { CASE_TRACKS } from '../../../shared/cases/life-codes.ts'
import type { CASE_GRADES } from '../../../shared/code-sets/grades.ts'
import { CASE_AGENCY_ROLES, type CASE_STAGES, codesOf, type Label } from '../../../shared/codes.ts'
import { CASE_ORDERS, type CaseFilter, type CaseListView } from '../../../shared/protocol/case-list.ts'
import { useLanguage } from '../../i18n/use-language.ts'
import { Checkbox } from '../../ui/fields.tsx'
import { Select } from '../../ui/pickers.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { useCodeSets } from '../code-sets/use-code-sets.ts'
import type { FilterPlace } from './case-list-filter.ts'
import { useCaseListTexts } from './use-case-list-texts.ts'
import { useCaseTexts } from './use-case-texts.ts'

const ALL = 'all'

export function CaseListFilters({ place, view }: { place: FilterPlace; view: CaseListView }) {
  const { t } = useCaseTexts()
  const { t: words } = useCaseListTexts()
  const language = useLanguage()
  const { filter, set } = place
  /** Without a condition that is taken away. */
  const without = (name: keyof CaseFilter, more: CaseFilter = {}) => {
    const { [name]: _, ...rest } = filter
    set({ ...rest, ...more })
  }
  const all = { id: ALL, label: words('all') }
  const codes = useCodeSets()
  const choices = <T extends Record<string, Label>>(table: T) =>
    codesOf(table).map(code => ({ id: code as string, label: table[code]?.[language] ?? code }))
  const order = filter.order ?? 'number'
  const isDown = filter.descending ?? order === 'number'
  return (
    <fieldset className="case-list-filters">
      <legend className="visually-hidden">{words('filters')}</legend>
      <SearchField
        label={t('list.search')}
        description={t('list.searchHelp')}
        value={filter.text ?? ''}
        onChange={text => (text === '' ? without('text') : set({ ...filter, text }))}
      />
      <Select
        label={t('list.stage')}
        value={filter.stages?.[0] ?? ALL}
        onChange={next => without('stages', next === ALL ? {} : { stages: [next as keyof typeof CASE_STAGES] })}
        options={[
          all,
          ...view.choices.stages.map(({ code, count }) => ({
            id: code as string,
            label: `${codes.label('case_stage', code)} (${count.toLocaleString()})`,
          })),
        ]}
      />
      <Select
        label={words('track')}
        value={filter.tracks?.[0] ?? ALL}
        onChange={next => without('tracks', next === ALL ? {} : { tracks: [next as keyof typeof CASE_TRACKS] })}
        options={[all, ...choices(CASE_TRACKS)]}
      />
      <Select
        label={words('grade')}
        value={filter.grades?.[0] ?? ALL}
        onChange={next => without('grades', next === ALL ? {} : { grades: [next as keyof typeof CASE_GRADES] })}
        options={[all, ...codes.options('case_grade')]}
      />
      <Select
        label={words('role')}
        value={filter.roles?.[0] ?? ALL}
        onChange={next => without('roles', next === ALL ? {} : { roles: [next as keyof typeof CASE_AGENCY_ROLES] })}
        options={[all, ...choices(CASE_AGENCY_ROLES)]}
      />
      <Select
        label={words('agency')}
        value={filter.agencyId ?? ALL}
        onChange={next => {
          const one = view.choices.agencies.find(agency => agency.agencyId === next)
          without('agencyId', one ? { agencyId: one.agencyId } : {})
        }}
        options={[all, ...view.choices.agencies.map(one => ({ id: one.agencyId as string, label: one.name }))]}
      />
      <Select
        label={words('worker')}
        value={filter.workerId ?? ALL}
        onChange={next => {
          const one = view.choices.workers.find(worker => worker.userId === next)
          without('workerId', one ? { workerId: one.userId } : {})
        }}
        options={[all, ...view.choices.workers.map(one => ({ id: one.userId as string, label: one.name }))]}
      />
      <Select
        label={words('order')}
        value={`${order} ${isDown ? 'down' : 'up'}`}
        onChange={next => {
          const [code, way] = next.split(' ')
          const known = codesOf(CASE_ORDERS).find(one => one === code)
          if (known) set({ ...filter, order: known, descending: way === 'down' })
        }}
        options={codesOf(CASE_ORDERS).flatMap(code =>
          (['up', 'down'] as const).map(way => ({
            id: `${code} ${way}`,
            label: `${CASE_ORDERS[code][language]} · ${words(way === 'up' ? 'ascending' : 'descending')}`,
          })),
        )}
      />
      <Checkbox
        isSelected={filter.isLate === true}
        onChange={isLate => without('isLate', isLate ? { isLate: true } : {})}
      >
        {words('late')}
      </Checkbox>
    </fieldset>
  )
}
