/**
 * The referral (서비스의뢰서) and its reply (회신서) on paper, in the form's own order; printed once its purpose is recorded. What was sent is called as it was
 * called then (CODE-SETS.md CO9).
 */
import { type ReactNode, useEffect, useState } from 'react'
import { flushSync } from 'react-dom'
import { Link, useParams } from 'react-router'
import { parseId, type ReferralId } from '../../../shared/ids.ts'
import {
  REFERRAL_PURPOSE_MAX,
  REFERRAL_PURPOSE_MIN,
  type ReferralPrintView,
  type ReferralView,
} from '../../../shared/protocol/referrals.ts'
import { REFERRAL_FIELDS } from '../../../shared/referrals/referral-codes.ts'
import { fieldsInOrder } from '../../../shared/referrals/referral-content.ts'
import { formatDate, formatDateTime, formatDay } from '../../lib/format.ts'
import { useApi } from '../../lib/services.tsx'
import { useSession } from '../../lib/session.tsx'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/fields.tsx'
import { PageHeader } from '../../ui/page.tsx'
import { ErrorNotice, ErrorState, Loading, NotFound } from '../../ui/states.tsx'
import { useCodeSets } from '../code-sets/use-code-sets.ts'
import { useReferral } from './referral-page.tsx'
import { referralsApi } from './referrals-api.ts'
import { useReferralTexts } from './use-referral-texts.ts'
import '../papers/sheets.css'
import './referrals.css'

export function ReferralPrintPage() {
  const { t } = useReferralTexts()
  const parameters = useParams()
  const referralId = parseId<ReferralId>(parameters.referralId)
  const what = parameters.what === 'reply' ? 'reply' : 'referral'
  const { data, error, refetch } = useReferral(referralId)
  if (referralId === undefined) return <NotFound />
  if (data === undefined) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Loading />
  if (data.given === null) return <NotFound />
  return (
    <>
      <div className="no-print">
        <PageHeader
          title={t(what === 'reply' ? 'print.titleReply' : 'print.title')}
          lead={t('print.lead')}
          back={<Link to={`/referrals/${referralId}`}>← {t('print.back')}</Link>}
        />
      </div>
      <Gate view={data} what={what}>
        {what === 'reply' ? <ReplySheet view={data} /> : <ReferralSheet view={data} />}
      </Gate>
    </>
  )
}

function Gate({ view, what, children }: { view: ReferralView; what: 'referral' | 'reply'; children: ReactNode }) {
  const { t, language } = useReferralTexts()
  const api = useApi()
  const { person } = useSession()
  const [purpose, setPurpose] = useState<string>(t('print.purposeProposed'))
  const [tried, setTried] = useState(false)
  const [recorded, setRecorded] = useState<ReferralPrintView>()
  const [error, setError] = useState<unknown>()
  const [isPending, setPending] = useState(false)
  const isShort = purpose.trim().length < REFERRAL_PURPOSE_MIN

  useEffect(() => {
    // The next print is another one.
    const done = () => setRecorded(undefined)
    window.addEventListener('afterprint', done)
    return () => window.removeEventListener('afterprint', done)
  }, [])

  async function go() {
    setTried(true)
    setError(undefined)
    if (isShort) return
    setPending(true)
    try {
      const print = await referralsApi(api).print(view.referralId, { purpose: purpose.trim(), what })
      // The record's number must stand on the page before the browser takes its picture of it.
      flushSync(() => setRecorded(print))
      window.print()
    } catch (failure) {
      setError(failure)
    } finally {
      setPending(false)
    }
  }

  return (
    <>
      <div className="print-gate no-print">
        <TextField
          label={t('print.purpose')}
          value={purpose}
          onChange={setPurpose}
          maxLength={REFERRAL_PURPOSE_MAX}
          errorMessage={tried && isShort ? t('print.purposeShort') : undefined}
        />
        {error ? <ErrorNotice error={error} /> : null}
        <div className="row">
          <Button look="primary" isPending={isPending} onPress={() => void go()}>
            {t('print.go')}
          </Button>
        </div>
      </div>
      {recorded ? null : <p className="only-print">{t('print.byButton')}</p>}
      <div className={`sheet${recorded ? '' : ' no-print'}`}>
        <div className="sheet-body">{children}</div>
        {recorded ? (
          <div className="sheet-stamp">
            {t('print.stamp', {
              name: person.name,
              when: formatDateTime(recorded.at, language),
              serial: recorded.printId.slice(0, 8),
            })}
          </div>
        ) : null}
      </div>
    </>
  )
}

function Row({ name, children }: { name: string; children: ReactNode }) {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td className="typed">{children}</td>
    </tr>
  )
}

/** DOMAIN's order of the form: date and writer, sending agency, the household, wishes, problem, service, attachments, receiving agency. */
function ReferralSheet({ view }: { view: ReferralView }) {
  const { t, language } = useReferralTexts()
  const codes = useCodeSets()
  const { given } = view
  if (given === null) return null
  const none = t('print.none')
  const last = ['attachments'] as const
  const before = fieldsInOrder.filter(field => field !== 'attachments')
  return (
    <>
      <h2 className="sheet-title">{t('print.title')}</h2>
      <table className="form-sheet">
        <tbody>
          <Row name={t('print.date')}>{formatDate(view.createdAt, language)}</Row>
          <Row name={t('one.writer')}>{view.writer}</Row>
          <Row name={t('print.team')}>{view.from.name}</Row>
          <Row name={t('write.contact')}>{given.contact === '' ? none : given.contact}</Row>
          <Row name={t('one.sentOn')}>{view.sentOn === '' ? none : formatDay(view.sentOn, language)}</Row>
          {before.map(field => (
            <Row key={field} name={REFERRAL_FIELDS[field][language]}>
              {given.fields[field] ?? none}
            </Row>
          ))}
          <Row name={t('one.needs')}>
            {given.needs.length === 0
              ? none
              : given.needs.map(need => codes.labelAt('need_domain', need, view.codes.need_domain)).join(', ')}
          </Row>
          <Row name={t('print.services')}>
            {codes.labelAt('service', view.service, view.codes.service)}
            {'\n'}
            {given.request}
          </Row>
          {last.map(field => (
            <Row key={field} name={REFERRAL_FIELDS[field][language]}>
              {given.fields[field] ?? none}
            </Row>
          ))}
          <Row name={t('print.receiving')}>{view.to.name}</Row>
        </tbody>
      </table>
    </>
  )
}

/** Receipt, eligible or not, decision, planned first day, results. */
function ReplySheet({ view }: { view: ReferralView }) {
  const { t, language } = useReferralTexts()
  const codes = useCodeSets()
  const none = t('print.none')
  const receipt = view.steps.find(step => step.move === 'receive' || step.move === 'accept' || step.move === 'decline')
  const answer = view.steps.find(step => step.move === 'accept' || step.move === 'decline')
  const results = view.steps.filter(step => step.move === 'report' || step.move === 'complete')
  // Declined for another reason than the criteria, nobody judged it by them.
  const eligible =
    answer?.move === 'accept' ? t('print.yes') : answer?.declined === 'not_eligible' ? t('print.no') : none
  return (
    <>
      <h2 className="sheet-title">{t('print.titleReply')}</h2>
      <table className="form-sheet">
        <tbody>
          <Row name={t('print.team')}>{view.from.name}</Row>
          <Row name={t('print.receiving')}>{view.to.name}</Row>
          <Row name={REFERRAL_FIELDS.name[language]}>{view.given?.fields.name ?? none}</Row>
          <Row name={t('print.services')}>{codes.labelAt('service', view.service, view.codes.service)}</Row>
          <Row name={t('print.receipt')}>
            {receipt ? `${formatDate(receipt.at, language)} ${receipt.agency} ${receipt.byName}` : t('print.notYet')}
          </Row>
          <Row name={t('print.eligible')}>{eligible}</Row>
          <Row name={t('print.decision')}>{answer ? decisionWords(answer) : none}</Row>
          <Row name={t('one.plannedOn')}>{view.plannedOn === '' ? none : formatDay(view.plannedOn, language)}</Row>
          <Row name={t('print.result')}>
            {results.length === 0
              ? none
              : results.map(step => `${formatDate(step.at, language)}  ${step.note}`).join('\n')}
          </Row>
        </tbody>
      </table>
    </>
  )

  function decisionWords(step: ReferralView['steps'][number]): string {
    if (step.declined !== null)
      return t('print.reasonOf', {
        reason: codes.labelAt('decline_reason', step.declined, step.codes.decline_reason),
        note: step.note,
      })
    return step.note === '' ? t('print.yes') : step.note
  }
}
