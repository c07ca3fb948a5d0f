/** The service plan: its rows, how its providers work together, when it is looked at again, and what the law still wants in it. */
import type * as Y from 'yjs'
import { PLAN_INTERVALS } from '../../../shared/code-sets/contacts.ts'
import { codesOf, NEED_DOMAINS } from '../../../shared/codes.ts'
import { MAX_PERSON_LENGTH } from '../../../shared/documents/actions-document.ts'
import { MOST_REVIEW_MONTHS } from '../../../shared/documents/case-parts/case-facts.ts'
import { PLAN_METHODS, PLAN_STATUSES } from '../../../shared/documents/case-parts/case-part-codes.ts'
import { snapshotOfCase } from '../../../shared/documents/case-parts/case-snapshot.ts'
import { caseTextOf } from '../../../shared/documents/case-parts/case-texts.ts'
import { MAX_SHORT_LENGTH } from '../../../shared/documents/case-parts/household.ts'
import { MOST_TIMES, type PlanRow, plan } from '../../../shared/documents/case-parts/plan.ts'
import { PLAN_FAULTS, planFaults } from '../../../shared/documents/case-parts/plan-faults.ts'
import { plainTextOf } from '../../../shared/documents/rich-text.ts'
import type { AgencyId } from '../../../shared/ids.ts'
import { formatMoney } from '../../lib/format.ts'
import { AgencyChip } from '../../ui/chips.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Section } from '../../ui/page.tsx'
import { useShared } from '../room/use-shared.ts'
import { AmountField, CodeField, CountField, DayTextField, LongText, WordsField } from './case-fields.tsx'
import { useCaseWork } from './case-work-context.ts'
import { useCaseFacts } from './household-facts.tsx'
import { tableOptions, useGoalOptions } from './options.ts'
import { dayWords, planRowName, timesWords } from './plan-words.ts'
import { RowTable } from './row-table.tsx'
import { useCaseWorkTexts } from './use-case-work-texts.ts'
import { useWhose, WhoseField } from './whose.tsx'

export function PlanPart() {
  return (
    <>
      <PlanTable />
      <Review />
      <Faults />
    </>
  )
}

function PlanTable() {
  const { t, language } = useCaseWorkTexts()
  const { codes, agencies, view } = useCaseWork()
  const goals = useGoalOptions()
  const whose = useWhose()
  const providers = view.agencies.map(agency => ({ id: agency.agencyId, label: agency.name }))
  const nameOf = (row: PlanRow, n: number) =>
    planRowName({ service: row.service, words: plainTextOf(row.content) }, codes) || t('plan.line', { n })
  return (
    <RowTable
      list={plan}
      title={t('plan.title')}
      lead={t('plan.lead')}
      nameOf={nameOf}
      words={{
        add: t('plan.add'),
        added: t('plan.added'),
        removed: t('plan.removed'),
        empty: t('plan.empty'),
        emptyReader: t('plan.emptyReader'),
      }}
      columns={[
        {
          title: t('plan.service'),
          cell: row => (
            <>
              {row.service ? codes.label('service', row.service) : null}
              <span className="case-words case-under">{plainTextOf(row.content)}</span>
            </>
          ),
        },
        {
          title: t('plan.who'),
          cell: row => {
            const goal = goals.findIndex(one => one.id === row.goalId) + 1
            return (
              <>
                {whose(row.memberId)}
                {goal > 0 ? <span className="quiet small case-under">{t('goals.line', { n: goal })}</span> : null}
              </>
            )
          },
        },
        {
          title: t('plan.provider'),
          cell: row => (
            <>
              <Provider agencyId={row.agencyId} words={row.provider} agencies={agencies} />
              {row.staff ? <span className="quiet small case-under">{row.staff}</span> : null}
            </>
          ),
        },
        {
          title: t('plan.period'),
          cell: row =>
            row.start === '' && row.end === '' ? null : (
              <>
                <span className="case-day">{dayWords(row.start, language)} ~</span>{' '}
                <span className="case-day">{dayWords(row.end, language)}</span>
              </>
            ),
        },
        { title: t('plan.times'), cell: row => timesWords(row, language, codes), isNumber: true },
        {
          title: t('plan.amount'),
          cell: row => (row.amount === null ? '' : formatMoney(row.amount, language)),
          isNumber: true,
        },
        { title: t('plan.status'), cell: row => (row.status ? PLAN_STATUSES[row.status][language] : '') },
      ]}
      editor={(row, set) => (
        <>
          <LongText
            fragment={row.content}
            field={`row:${row.id}:content`}
            label={t('plan.content')}
            placeholder={t('plan.contentPlaceholder')}
            variant="line"
          />
          <div className="case-fields">
            <CodeField
              label={t('plan.service')}
              value={row.service}
              options={codes.options('service', undefined, row.service)}
              onCommit={service => set({ service })}
            />
            <CodeField
              label={t('plan.goal')}
              value={row.goalId}
              options={goals}
              none={t('plan.noGoal')}
              onCommit={goalId => set({ goalId })}
            />
            <WhoseField label={t('plan.who')} value={row.memberId} onCommit={memberId => set({ memberId })} />
            <CodeField
              label={t('plan.domain')}
              value={row.domain}
              options={codesOf(NEED_DOMAINS).map(id => ({ id, label: codes.label('need_domain', id) }))}
              onCommit={domain => set({ domain })}
            />
            <CodeField
              label={t('plan.method')}
              value={row.method}
              options={tableOptions(PLAN_METHODS, language)}
              onCommit={method => set({ method })}
            />
            <CodeField
              label={t('plan.provider')}
              value={row.agencyId}
              options={providers}
              none={t('plan.otherProvider')}
              onCommit={agencyId => set({ agencyId, ...(agencyId !== '' && { provider: '' }) })}
            />
            {row.agencyId === '' ? (
              <WordsField
                label={t('plan.providerWords')}
                value={row.provider}
                most={MAX_SHORT_LENGTH}
                placeholder={t('plan.providerWordsPlaceholder')}
                onCommit={provider => set({ provider })}
              />
            ) : null}
            <WordsField
              label={t('plan.staff')}
              value={row.staff}
              most={MAX_PERSON_LENGTH}
              onCommit={staff => set({ staff })}
            />
            <DayTextField label={t('plan.start')} value={row.start} onCommit={start => set({ start })} />
            <DayTextField label={t('plan.end')} value={row.end} onCommit={end => set({ end })} />
            <CountField
              label={t('plan.times')}
              value={row.times}
              least={1}
              most={MOST_TIMES}
              onCommit={times => set({ times })}
            />
            <CodeField
              label={t('plan.interval')}
              value={row.interval}
              options={codesOf(PLAN_INTERVALS).map(id => ({ id, label: codes.label('plan_interval', id) }))}
              onCommit={interval => set({ interval })}
            />
            <AmountField label={t('plan.amount')} value={row.amount} onCommit={amount => set({ amount })} />
            <CodeField
              label={t('plan.status')}
              value={row.status}
              options={tableOptions(PLAN_STATUSES, language)}
              onCommit={status => set({ status })}
            />
          </div>
        </>
      )}
    />
  )
}

function Provider(props: {
  agencyId: AgencyId | ''
  words: string
  agencies: ReadonlyMap<AgencyId, { name: string; shortName: string; colour: number }>
}) {
  const agency = props.agencyId === '' ? undefined : props.agencies.get(props.agencyId)
  return agency === undefined ? props.words : <AgencyChip {...agency} />
}

function Review() {
  const { t } = useCaseWorkTexts()
  const { doc } = useCaseWork()
  const [facts, set] = useCaseFacts()
  return (
    <Section title={t('plan.review')}>
      <div className="case-fields">
        <CountField
          label={t('plan.reviewMonths')}
          value={facts.reviewMonths}
          least={1}
          most={MOST_REVIEW_MONTHS}
          onCommit={reviewMonths => set({ reviewMonths })}
        />
        <DayTextField
          label={t('plan.nextReview')}
          value={facts.nextReview}
          onCommit={nextReview => set({ nextReview })}
        />
      </div>
      <LongText
        fragment={caseTextOf(doc, 'linkage')}
        field="linkage"
        label={t('plan.linkage')}
        placeholder={t('plan.linkagePlaceholder')}
      />
    </Section>
  )
}

const FAULT_ROOTS = ['plan', 'facts', 'linkage', 'clientView']
const readFaults = (doc: Y.Doc) => {
  const snapshot = snapshotOfCase(doc)
  return { faults: planFaults(snapshot), rows: snapshot.plan }
}

/** Only told: nothing here keeps anybody from writing on. */
function Faults() {
  const { t, language } = useCaseWorkTexts()
  const { doc, codes } = useCaseWork()
  const { faults, rows } = useShared(doc, FAULT_ROOTS, readFaults)
  if (rows.length === 0) return null
  if (faults.length === 0) return <Notice tone="success">{t('plan.complete')}</Notice>
  return (
    <Notice tone="info" title={t('plan.faultsTitle', { n: faults.length })}>
      <p>{t('plan.faultsLead')}</p>
      <ul className="case-faults" data-testid="plan-faults">
        {faults.map(({ code, rowId }) => {
          const at = rows.findIndex(row => row.id === rowId)
          const row = rows[at]
          const fault = PLAN_FAULTS[code][language]
          if (row === undefined) return <li key={code}>{fault}</li>
          const name =
            planRowName({ service: row.service, words: row.content.words }, codes) || t('plan.line', { n: at + 1 })
          return <li key={`${code} ${row.id}`}>{`${name}: ${fault}`}</li>
        })}
      </ul>
    </Notice>
  )
}
