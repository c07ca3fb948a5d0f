/** 욕구·계획: what is lacking and how hard it presses, what helps and hinders, the goals, and the plan of who gives what. */
import { codesOf, NEED_DOMAINS } from '../../../shared/codes.ts'
import { NEED_LEVELS, type NeedLevel } from '../../../shared/documents/case-parts/case-part-codes.ts'
import { type CaseText, caseTextOf } from '../../../shared/documents/case-parts/case-texts.ts'
import { type CaseNeed, needs } from '../../../shared/documents/case-parts/needs.ts'
import { plainTextOf } from '../../../shared/documents/rich-text.ts'
import { Section } from '../../ui/page.tsx'
import type { CaseSectionProps } from '../cases/case-sections.tsx'
import { useShared } from '../room/use-shared.ts'
import { CodeField, LongText } from './case-fields.tsx'
import { useCaseWork } from './case-work-context.ts'
import { CaseWorkFrame } from './case-work-frame.tsx'
import { FormLinks } from './forms/form-links.tsx'
import { GoalsTable } from './goals-table.tsx'
import { NeedsRadar } from './needs-radar.tsx'
import { PlanPart } from './plan-part.tsx'
import { RowTable } from './row-table.tsx'
import { useCaseWorkTexts } from './use-case-work-texts.ts'
import { useWhose, WhoseField } from './whose.tsx'

export function NeedsSection(props: CaseSectionProps) {
  return (
    <CaseWorkFrame {...props}>
      <Summary />
      <NeedsTable />
      <Views />
      <GoalsTable />
      <PlanPart />
      <FormLinks caseId={props.caseId} />
    </CaseWorkFrame>
  )
}

const NEED_ROOTS = ['needs']

function Summary() {
  const { t } = useCaseWorkTexts()
  const { doc } = useCaseWork()
  return (
    <LongText
      fragment={caseTextOf(doc, 'summary')}
      field="summary"
      label={t('needs.summary')}
      placeholder={t('needs.summaryPlaceholder')}
    />
  )
}

function NeedsTable() {
  const { t, language } = useCaseWorkTexts()
  const { doc, codes } = useCaseWork()
  const rows = useShared(doc, NEED_ROOTS, needs.of)
  const whose = useWhose()
  const domainOf = (row: CaseNeed) => (row.domain ? codes.label('need_domain', row.domain) : '–')
  return (
    <RowTable
      list={needs}
      title={t('needs.table')}
      lead={t('needs.tableLead')}
      nameOf={(row, n) => (row.domain ? `${n}. ${domainOf(row)}` : t('needs.line', { n }))}
      words={{
        add: t('needs.add'),
        added: t('needs.added'),
        removed: t('needs.removed'),
        empty: t('needs.empty'),
        emptyReader: t('needs.emptyReader'),
      }}
      columns={[
        {
          title: t('needs.domain'),
          cell: row => (
            <>
              {rows.findIndex(one => one.id === row.id) + 1}. {domainOf(row)}
              {row.subdomain ? (
                <span className="quiet small case-under">{codes.label('need_subdomain', row.subdomain)}</span>
              ) : null}
            </>
          ),
        },
        { title: t('needs.level'), cell: row => (row.level === null ? '' : NEED_LEVELS[row.level][language]) },
        { title: t('needs.who'), cell: row => whose(row.memberId) },
        { title: t('needs.phenomenon'), cell: row => <Words text={plainTextOf(row.phenomenon)} /> },
        { title: t('needs.cause'), cell: row => <Words text={plainTextOf(row.cause)} /> },
        { title: t('needs.wanted'), cell: row => <Words text={plainTextOf(row.wanted)} /> },
      ]}
      editor={(row, set) => (
        <>
          <div className="case-fields">
            <CodeField
              label={t('needs.domain')}
              value={row.domain}
              options={codesOf(NEED_DOMAINS).map(id => ({ id, label: codes.label('need_domain', id) }))}
              onCommit={domain => set({ domain, ...(domain !== row.domain && { subdomain: '' }) })}
            />
            <CodeField
              label={t('needs.subdomain')}
              value={row.subdomain}
              options={row.domain === '' ? [] : codes.options('need_subdomain', row.domain, row.subdomain)}
              onCommit={subdomain => set({ subdomain })}
            />
            <WhoseField label={t('needs.who')} value={row.memberId} onCommit={memberId => set({ memberId })} />
            <CodeField
              label={t('needs.level')}
              value={row.level === null ? '' : (String(row.level) as `${NeedLevel}`)}
              options={LEVELS.map(level => ({
                id: `${level}` as const,
                label: NEED_LEVELS[level][language],
              })).reverse()}
              onCommit={level => set({ level: LEVELS.find(one => `${one}` === level) ?? null })}
            />
          </div>
          {(['phenomenon', 'cause', 'wanted'] as const).map(field => (
            <LongText
              key={field}
              fragment={row[field]}
              field={`row:${row.id}:${field}`}
              label={t(`needs.${field}`)}
              placeholder={t(`needs.${field}Placeholder`)}
              variant="line"
            />
          ))}
        </>
      )}
      footer={rows.length === 0 ? null : <NeedsRadar needs={rows} />}
    />
  )
}

const LEVELS = [1, 2, 3, 4] as const

/** A cell's words, cut where the table would grow; the whole is in the opened row. */
export function Words({ text }: { text: string }) {
  return <span className="case-words">{text}</span>
}

const VIEWS: readonly Extract<CaseText, 'strengths' | 'obstacles' | 'clientView' | 'opinion'>[] = [
  'strengths',
  'obstacles',
  'clientView',
  'opinion',
]

function Views() {
  const { t } = useCaseWorkTexts()
  const { doc } = useCaseWork()
  return (
    <Section title={t('needs.views')}>
      <div className="case-views">
        {VIEWS.map(text => (
          <LongText
            key={text}
            fragment={caseTextOf(doc, text)}
            field={text}
            label={t(`needs.${text}`)}
            placeholder={t(`needs.${text}Placeholder`)}
          />
        ))}
      </div>
    </Section>
  )
}
