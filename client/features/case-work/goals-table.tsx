import { GOAL_RESULTS, GOAL_TERMS } from '../../../shared/cases/life-codes.ts'
import { GOAL_AGREEMENTS } from '../../../shared/documents/case-parts/case-part-codes.ts'
import { goals } from '../../../shared/documents/case-parts/goals.ts'
import { plainTextOf } from '../../../shared/documents/rich-text.ts'
import { CodeField, LongText } from './case-fields.tsx'
import { tableOptions, useNeedOptions } from './options.ts'
import { RowTable } from './row-table.tsx'
import { useCaseWorkTexts } from './use-case-work-texts.ts'

export function GoalsTable() {
  const { t, language } = useCaseWorkTexts()
  const needs = useNeedOptions()
  return (
    <RowTable
      list={goals}
      title={t('goals.title')}
      lead={t('goals.lead')}
      nameOf={(_row, n) => t('goals.line', { n })}
      words={{
        add: t('goals.add'),
        added: t('goals.added'),
        removed: t('goals.removed'),
        empty: t('goals.empty'),
        emptyReader: t('goals.emptyReader'),
      }}
      columns={[
        { title: t('goals.text'), cell: row => <span className="case-words">{plainTextOf(row.text) || '–'}</span> },
        { title: t('goals.term'), cell: row => (row.term ? GOAL_TERMS[row.term][language] : '') },
        { title: t('goals.need'), cell: row => needs.find(need => need.id === row.needId)?.label ?? '' },
        { title: t('goals.agreement'), cell: row => (row.agreement ? GOAL_AGREEMENTS[row.agreement][language] : '') },
        { title: t('goals.before'), cell: row => <span className="case-words">{plainTextOf(row.before)}</span> },
        { title: t('goals.after'), cell: row => <span className="case-words">{plainTextOf(row.after)}</span> },
        { title: t('goals.result'), cell: row => (row.result ? GOAL_RESULTS[row.result][language] : '') },
      ]}
      editor={(row, set) => (
        <>
          <LongText
            fragment={row.text}
            field={`row:${row.id}:text`}
            label={t('goals.text')}
            placeholder={t('goals.textPlaceholder')}
            variant="line"
          />
          <div className="case-fields">
            <CodeField
              label={t('goals.term')}
              value={row.term}
              options={tableOptions(GOAL_TERMS, language)}
              onCommit={term => set({ term })}
            />
            <CodeField
              label={t('goals.need')}
              value={row.needId}
              options={needs}
              none={t('goals.severalNeeds')}
              onCommit={needId => set({ needId })}
            />
            <CodeField
              label={t('goals.agreement')}
              value={row.agreement}
              options={tableOptions(GOAL_AGREEMENTS, language)}
              onCommit={agreement => set({ agreement })}
            />
            <CodeField
              label={t('goals.result')}
              value={row.result}
              options={tableOptions(GOAL_RESULTS, language)}
              onCommit={result => set({ result })}
            />
          </div>
          {(['before', 'after'] as const).map(field => (
            <LongText
              key={field}
              fragment={row[field]}
              field={`row:${row.id}:${field}`}
              label={t(`goals.${field}`)}
              placeholder={t(`goals.${field}Placeholder`)}
              variant="line"
            />
          ))}
        </>
      )}
    />
  )
}
