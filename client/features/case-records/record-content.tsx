/** What a version of a record says, to read. */
import { CARRIED_OUT, VISIT_STATES } from '../../../shared/case-records/kinds.ts'
import type { RiskInstrument } from '../../../shared/case-records/risk-instrument.ts'
import { instrumentOf } from '../../../shared/case-records/risk-sample.ts'
import { levelOf } from '../../../shared/case-records/risk-scoring.ts'
import type { CodeSetName } from '../../../shared/code-sets/shipped.ts'
import type { CaseRecordVersionView, ContentOf } from '../../../shared/protocol/case-records.ts'
import type { CaseView } from '../../../shared/protocol/http-api.ts'
import { Chip } from '../../ui/chips.tsx'
import { useCodeSets } from '../code-sets/use-code-sets.ts'
import { useRecordTexts } from './use-record-texts.ts'

interface RecordContentProps {
  version: CaseRecordVersionView
  view: CaseView
  instruments: readonly RiskInstrument[]
}

export function RecordContentView({ version, view, instruments }: RecordContentProps) {
  const { content } = version
  switch (content.kind) {
    case 'process_note':
      return (
        <>
          <p className="record-facts">
            <Code set="contact_method" code={content.method} version={version} />
            <Code set="contact_purpose" code={content.purpose} version={version} />
            <Minutes minutes={content.minutes} />
            <Contact name={content.contact} />
            {content.service === '' ? null : <Code set="service" code={content.service} version={version} />}
          </p>
          <Words text={content.text} />
        </>
      )
    case 'intake':
      return <IntakeWords content={content} version={version} />
    case 'monitoring':
      return <MonitoringWords content={content} version={version} />
    case 'joint_visit':
      return <VisitWords content={content} view={view} />
    case 'risk':
      return <RiskWords content={content} version={version} instruments={instruments} />
  }
}

function Words({ text }: { text: string }) {
  return text === '' ? null : <p className="record-text">{text}</p>
}

function Minutes({ minutes }: { minutes: number | null }) {
  const { t } = useRecordTexts()
  return minutes === null ? null : <span>{t('card.minutes', { n: minutes })}</span>
}

function Contact({ name }: { name: string }) {
  const { t } = useRecordTexts()
  return name === '' ? null : (
    <span>
      {t('card.contact')}: {name}
    </span>
  )
}

interface CodeProps {
  set: CodeSetName
  code: string
  version: CaseRecordVersionView
}

/** A code by its name of now, with what it was called when that was another (CODE-SETS.md CO3, CO5). */
function Code({ set, code, version }: CodeProps) {
  const { t } = useRecordTexts()
  const codes = useCodeSets()
  const formerly = codes.formerly(set, code, version.codes[set])
  return (
    <span>
      {codes.label(set, code)}
      {formerly === undefined ? null : <span className="quiet"> ({t('card.formerly', { name: formerly })})</span>}
      {codes.isRetired(set, code) ? <span className="quiet"> ({t('card.retired')})</span> : null}
    </span>
  )
}

function IntakeWords({ content, version }: { content: ContentOf<'intake'>; version: CaseRecordVersionView }) {
  const { t } = useRecordTexts()
  const codes = useCodeSets()
  const { session, route, method, minutes, contact, phone, team, wish, text } = content
  return (
    <>
      <p className="record-facts">
        <span>{t('card.session', { n: session })}</span>
        <Code set="contact_method" code={method} version={version} />
        {route === '' ? null : <span>{codes.label('discovery_route', route)}</span>}
        <Minutes minutes={minutes} />
        <Contact name={contact} />
        {phone === '' ? null : <span>{phone}</span>}
        {team === '' ? null : <span>{team}</span>}
      </p>
      {wish === '' ? null : (
        <p className="record-text">
          <strong>{t('card.wish')}</strong> {wish}
        </p>
      )}
      <Words text={text} />
    </>
  )
}

function MonitoringWords({ content, version }: { content: ContentOf<'monitoring'>; version: CaseRecordVersionView }) {
  const { t, language } = useRecordTexts()
  const codes = useCodeSets()
  const { type, rows, satisfaction, result, text } = content
  const mean = satisfaction.reduce((sum, { points }) => sum + points, 0) / Math.max(1, satisfaction.length)
  return (
    <>
      <p className="record-facts">
        <Code set="monitoring_type" code={type} version={version} />
        <Chip tone={result === 'change' ? 'warning' : 'success'}>{codes.label('monitoring_result', result)}</Chip>
        {satisfaction.length === 0 ? null : (
          <span>{t('card.satisfaction', { n: mean.toFixed(1), count: satisfaction.length })}</span>
        )}
      </p>
      {rows.length === 0 ? null : (
        <ul className="record-rows">
          {rows.map(({ row, service, carriedOut, note }, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of a stored version never move
            <li key={`${row} ${at}`}>
              <span>{service}</span>{' '}
              <Chip tone={carriedOut === 'yes' ? 'success' : carriedOut === 'no' ? 'danger' : 'warning'}>
                {CARRIED_OUT[carriedOut][language]}
              </Chip>{' '}
              {note}
            </li>
          ))}
        </ul>
      )}
      <Words text={text} />
    </>
  )
}

function VisitWords({ content, view }: { content: ContentOf<'joint_visit'>; view: CaseView }) {
  const { t, language } = useRecordTexts()
  const { state, agencies, people, lead, purpose, safety, minutes, text } = content
  const nameOf = (userId: string) => view.workers.find(worker => worker.userId === userId)?.name ?? '–'
  const agencyOf = (agencyId: string) => view.agencies.find(one => one.agencyId === agencyId)?.shortName ?? '–'
  return (
    <>
      <p className="record-facts">
        <Chip tone={state === 'planned' ? 'primary' : state === 'done' ? 'success' : 'neutral'}>
          {VISIT_STATES[state][language]}
        </Chip>
        <span>{agencies.map(agencyOf).join(' · ')}</span>
        <span>
          {people.map(one => (one === lead ? t('card.lead', { name: nameOf(one) }) : nameOf(one))).join(', ')}
        </span>
        <Minutes minutes={minutes} />
      </p>
      <p className="record-text">
        <strong>{t('form.visitPurpose')}</strong> {purpose}
      </p>
      {safety === '' ? null : (
        <p className="record-text">
          <strong>{t('form.visitSafety')}</strong> {safety}
        </p>
      )}
      <Words text={text} />
    </>
  )
}

interface RiskWordsProps {
  content: ContentOf<'risk'>
  version: CaseRecordVersionView
  instruments: readonly RiskInstrument[]
}

function RiskWords({ content, version: { score }, instruments }: RiskWordsProps) {
  const { t, language } = useRecordTexts()
  const sheet = instrumentOf(instruments, content.instrument, content.instrumentVersion)
  if (sheet === undefined || score === null) return <Words text={content.text} />
  const { total, highest, level, open } = score
  const judged = levelOf(sheet, score, content.override)
  const tone = { calm: 'success', watch: 'warning', alarm: 'danger' } as const
  return (
    <>
      <p className="record-facts">
        <span>{sheet[language]}</span>
        {sheet.isSample ? <Chip tone="warning">{t('card.sample')}</Chip> : null}
        <span>{t('card.score', { total, highest })}</span>
        <Chip tone={tone[level.tone]}>{t('card.byScore', { level: level[language] })}</Chip>
        {content.override === null ? null : (
          <Chip tone={tone[judged.tone]}>{t('card.judged', { level: judged[language] })}</Chip>
        )}
        {open.length === 0 ? null : <span>{t('card.soFar', { n: open.length })}</span>}
      </p>
      {content.override === null ? null : <p className="record-text">{content.override.reason}</p>}
      <Words text={content.text} />
    </>
  )
}
