import { useQuery } from '@tanstack/react-query'
import { Fragment } from 'react'
import { Link, useNavigate, useParams } from 'react-router'
import { parseId, type ReferralId } from '../../../shared/ids.ts'
import type { ReferralView } from '../../../shared/protocol/referrals.ts'
import { REFERRAL_FIELDS, REFERRAL_MOVES } from '../../../shared/referrals/referral-codes.ts'
import { fieldsInOrder, type ReferralDraft } from '../../../shared/referrals/referral-content.ts'
import { formatDateTime, formatDay } from '../../lib/format.ts'
import { useApi } from '../../lib/services.tsx'
import { ButtonLink } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { PageHeader, Section } from '../../ui/page.tsx'
import { ErrorState, Loading, NotFound } from '../../ui/states.tsx'
import { CodeNote } from '../code-sets/code-name.tsx'
import { useCodeSets } from '../code-sets/use-code-sets.ts'
import { ReferralAllocations } from '../resources/referral-allocations.tsx'
import { GivenFields } from './given-fields.tsx'
import { GroundWords } from './ground-words.tsx'
import { ReferralMoves } from './referral-moves.tsx'
import { ReferralStatusChip } from './referral-status.tsx'
import { referralsApi } from './referrals-api.ts'
import { SilenceWords } from './silence-words.tsx'
import { useReferralTexts } from './use-referral-texts.ts'
import './referrals.css'

/** One referral, as its reader may see it: the receiver what was given, the sender all of it. */
export function ReferralPage() {
  const { t } = useReferralTexts()
  const referralId = parseId<ReferralId>(useParams().referralId)
  const { data, error, refetch } = useReferral(referralId)
  const navigate = useNavigate()
  if (referralId === undefined) return <NotFound />
  if (data === undefined) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Loading />
  const box = data.side === 'receiver' ? '/referrals' : '/referrals?box=outbox'
  return (
    <div className="stack">
      <PageHeader
        title={t('one.title')}
        lead={`${data.from.name} → ${data.to.name}`}
        back={<Link to={box}>← {t('one.back')}</Link>}
        actions={
          <>
            {data.case ? <ButtonLink to={`/cases/${data.case.caseId}/help`}>{t('one.toCase')}</ButtonLink> : null}
            {data.given && data.status !== 'draft' ? (
              <>
                <ButtonLink to={`/referrals/${referralId}/print/referral`}>{t('one.print')}</ButtonLink>
                <ButtonLink to={`/referrals/${referralId}/print/reply`}>{t('one.printReply')}</ButtonLink>
              </>
            ) : null}
          </>
        }
      />
      <ReferralBody view={data} onGone={() => void navigate(box)} />
    </div>
  )
}

export function useReferral(referralId: ReferralId | undefined) {
  const api = useApi()
  return useQuery({
    queryKey: ['referral', referralId],
    queryFn: () => (referralId ? referralsApi(api).open(referralId) : Promise.reject(new Error('no referral'))),
    enabled: referralId !== undefined,
    staleTime: 0,
    gcTime: 0,
  })
}

function ReferralBody({ view, onGone }: { view: ReferralView; onGone: () => void }) {
  const { t, language } = useReferralTexts()
  const codes = useCodeSets()
  return (
    <>
      <div className="referral-card-head">
        <strong>{codes.label('service', view.service)}</strong>
        <CodeNote set="service" code={view.service} version={view.codes.service} />
        <ReferralStatusChip status={view.status} />
        <SilenceWords row={view} />
      </div>
      <ReferralMoves view={view} onGone={onGone} />
      <Section
        title={t(view.side === 'receiver' ? 'one.given' : 'one.givenOwn')}
        lead={view.side === 'receiver' ? t('one.givenLead') : undefined}
      >
        {view.given === null ? (
          <Notice tone="warning">{t(view.closed === 'revoked' ? 'one.closedRevoked' : 'one.closedBasis')}</Notice>
        ) : (
          <GivenFields given={view.given} />
        )}
        <dl className="referral-facts">
          <dt>{t('one.writer')}</dt>
          <dd>
            {view.from.name} {view.writer}
          </dd>
          {view.sentOn === '' ? null : (
            <>
              <dt>{t('one.sentOn')}</dt>
              <dd>{formatDay(view.sentOn, language)}</dd>
            </>
          )}
          {view.plannedOn === '' ? null : (
            <>
              <dt>{t('one.plannedOn')}</dt>
              <dd>{formatDay(view.plannedOn, language)}</dd>
            </>
          )}
          {view.ground === null ? null : (
            <>
              <dt>{t('one.basis')}</dt>
              <dd>
                <GroundWords ground={view.ground} />
              </dd>
            </>
          )}
        </dl>
      </Section>
      {view.draft === null ? null : <NotGiven draft={view.draft} />}
      <ReferralAllocations view={view} />
      <ReferralSteps view={view} />
    </>
  )
}

/** What was written and not chosen: it stays with the sending agency. */
function NotGiven({ draft }: { draft: ReferralDraft }) {
  const { t, language } = useReferralTexts()
  const kept = fieldsInOrder.filter(field => !draft.chosen.includes(field) && (draft.fields[field] ?? '') !== '')
  if (kept.length === 0) return null
  return (
    <Section title={t('one.notGiven')}>
      <dl className="referral-facts">
        {kept.map(field => (
          <Fragment key={field}>
            <dt>{REFERRAL_FIELDS[field][language]}</dt>
            <dd className="typed">{draft.fields[field]}</dd>
          </Fragment>
        ))}
      </dl>
    </Section>
  )
}

/** What happened, the newest first. */
export function ReferralSteps({ view }: { view: Pick<ReferralView, 'steps'> }) {
  const { t, language } = useReferralTexts()
  const codes = useCodeSets()
  if (view.steps.length === 0) return null
  return (
    <Section title={t('one.history')}>
      <ol className="referral-steps">
        {[...view.steps].reverse().map(step => (
          <li key={`${step.at} ${step.move}`}>
            <strong>{REFERRAL_MOVES[step.move][language]}</strong>{' '}
            <span className="quiet small">
              {t('one.steps', { when: formatDateTime(step.at, language), agency: step.agency, name: step.byName })}
            </span>
            {step.declined === null ? null : <p>{codes.label('decline_reason', step.declined)}</p>}
            {step.plannedOn === '' ? null : (
              <p>
                {t('one.plannedOn')}: {formatDay(step.plannedOn, language)}
              </p>
            )}
            {step.note === '' ? null : <p className="typed">{step.note}</p>}
          </li>
        ))}
      </ol>
    </Section>
  )
}
