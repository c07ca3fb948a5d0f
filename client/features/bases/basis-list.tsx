import { useState } from 'react'
import { CONSENT_SCOPES, DISCLOSURE_BASES, REPRESENTATIVE_CHECKS } from '../../../shared/bases/basis-codes.ts'
import type { BasisView, CaseBasesView } from '../../../shared/protocol/bases.ts'
import { addDays } from '../../../shared/working-days.ts'
import { ApiError } from '../../lib/api.ts'
import { basesApi } from '../../lib/bases-api.ts'
import { formatDay, formatShortDay, seoulDay } from '../../lib/format.ts'
import { useApi } from '../../lib/services.tsx'
import { Button } from '../../ui/button.tsx'
import { AgencyChip, Chip } from '../../ui/chips.tsx'
import { DatePicker } from '../../ui/date-fields.tsx'
import { ConfirmDialog } from '../../ui/dialog.tsx'
import { useNotices } from '../../ui/notice.tsx'
import { Section } from '../../ui/page.tsx'
import { ErrorNotice } from '../../ui/states.tsx'
import { BasisChip } from './basis-chip.tsx'
import { EndDialog } from './end-dialog.tsx'
import { useBasesTexts } from './use-bases-texts.ts'

interface BasisListProps {
  view: CaseBasesView
  onChanged: (view: CaseBasesView) => void
  onReload: () => Promise<void>
}

type Asking = { kind: 'end' | 'review'; one: BasisView }

/** Everything that was entered, the latest first: what it says, whom it names, what became of it. */
export function BasisList({ view, onChanged, onReload }: BasisListProps) {
  const { t } = useBasesTexts()
  const api = basesApi(useApi())
  const notify = useNotices()
  const [asking, setAsking] = useState<Asking>()
  const [isPending, setPending] = useState(false)
  const [error, setError] = useState<unknown>()

  async function act(send: () => Promise<CaseBasesView>, said: string) {
    setPending(true)
    setError(undefined)
    try {
      onChanged(await send())
      notify(said)
    } catch (failure) {
      setError(failure)
      if (failure instanceof ApiError && failure.reason === 'conflict') await onReload()
    } finally {
      setPending(false)
      setAsking(undefined)
    }
  }

  return (
    <Section title={t('papers.title')} lead={t('papers.lead')}>
      {error ? <ErrorNotice error={error} /> : null}
      {view.bases.length === 0 ? <p className="quiet">{t('papers.none')}</p> : null}
      <ul className="bases-list">
        {view.bases.map(one => (
          <Paper
            key={one.basisId}
            one={one}
            view={view}
            isPending={isPending}
            onApprove={() => void act(() => api.approve(view.caseId, one.basisId, { _v: view._v }), t('done.approved'))}
            onReview={() => setAsking({ kind: 'review', one })}
            onEnd={() => setAsking({ kind: 'end', one })}
          />
        ))}
      </ul>
      {asking?.kind === 'end' ? (
        <EndDialog
          view={view}
          one={asking.one}
          isPending={isPending}
          onCancel={() => setAsking(undefined)}
          onConfirm={(agencies, why) =>
            void act(
              () => api.end(view.caseId, asking.one.basisId, { _v: view._v, agencies: [...agencies], why }),
              t('done.ended'),
            )
          }
        />
      ) : null}
      {asking?.kind === 'review' ? (
        <ReviewDialog
          today={view.today}
          isPending={isPending}
          onCancel={() => setAsking(undefined)}
          onConfirm={reviewOn =>
            void act(() => api.review(view.caseId, asking.one.basisId, { _v: view._v, reviewOn }), t('done.reviewed'))
          }
        />
      ) : null}
    </Section>
  )
}

interface PaperProps {
  one: BasisView
  view: CaseBasesView
  isPending: boolean
  onApprove: () => void
  onReview: () => void
  onEnd: () => void
}

function Paper({ one, view, isPending, onApprove, onReview, onEnd }: PaperProps) {
  const { t, language } = useBasesTexts()
  const [isShown, setShown] = useState(false)
  const isConsent = one.words.sections.length > 0
  const isNamed = one.receivers.some(receiver => receiver.end === null)
  const agreement = view.agreements.find(({ agreementId }) => agreementId === one.agreementId)
  return (
    <li className="card stack-tight">
      <div className="row">
        <strong>{DISCLOSURE_BASES[one.basis][language]}</strong>
        <span>
          {one.until === null
            ? t('papers.periodOpen', { from: formatDay(one.from, language) })
            : t('papers.period', { from: formatDay(one.from, language), until: formatDay(one.until, language) })}
        </span>
        <span className="quiet small">
          {t('papers.entered', { date: formatShortDay(seoulDay(one.enteredAt), language), name: one.enteredBy })}
        </span>
      </div>
      {isConsent ? (
        <p className="row">
          {one.given.map(scope => (
            <Chip key={scope} tone="success">
              {CONSENT_SCOPES[scope][language]} · {t('papers.agreed')}
            </Chip>
          ))}
          {one.refused.map(scope => (
            <Chip key={scope}>
              {CONSENT_SCOPES[scope][language]} · {t('papers.refused')}
            </Chip>
          ))}
        </p>
      ) : null}
      {one.approval === 'waiting' ? <p>{t('papers.approvalWaiting')}</p> : null}
      {typeof one.approval === 'object' ? (
        <p className="quiet small">
          {t('papers.approvedBy', { date: formatShortDay(one.approval.on, language), name: one.approval.byName })}
        </p>
      ) : null}
      {one.reviewOn === null ? null : <p>{t('papers.reviewOn', { date: formatDay(one.reviewOn, language) })}</p>}
      <ul className="bases-named" aria-label={t('papers.receivers')}>
        {one.receivers.length === 0 ? <li className="quiet">{t('papers.noReceivers')}</li> : null}
        {one.receivers.map(receiver => (
          <li key={receiver.agencyId} className="row">
            <AgencyChip shortName={receiver.shortName} name={receiver.name} colour={receiver.colour} />
            <BasisChip standing={receiver.standing} />
            {receiver.end ? (
              <span className="quiet small">
                {t(receiver.end.byName === '' ? 'papers.endedAt' : 'papers.endedBy', {
                  date: formatShortDay(receiver.end.on, language),
                  name: receiver.end.byName,
                  why: t(`papers.why.${receiver.end.why}`),
                })}
              </span>
            ) : null}
          </li>
        ))}
      </ul>
      {agreement ? <p className="small">{t('papers.agreement', { title: agreement.title })}</p> : null}
      <div className="row">
        <Button look="text" size="small" aria-expanded={isShown} onPress={() => setShown(!isShown)}>
          {t(isShown ? 'papers.hide' : 'papers.show')}
        </Button>
        {one.mayApprove ? (
          <Button look="primary" size="small" isPending={isPending} onPress={onApprove}>
            {t('papers.approve')}
          </Button>
        ) : null}
        {one.reviewOn !== null && isNamed && one.approval !== 'waiting' ? (
          <Button size="small" onPress={onReview}>
            {t('papers.review')}
          </Button>
        ) : null}
        {isNamed ? (
          <Button size="small" onPress={onEnd}>
            {t(isConsent ? 'papers.withdraw' : 'papers.end')}
          </Button>
        ) : null}
      </div>
      {isShown ? <PaperWords one={one} /> : null}
    </li>
  )
}

function PaperWords({ one: { words } }: { one: BasisView }) {
  const { t, language } = useBasesTexts()
  const representative =
    words.representative &&
    t('papers.representativeLine', {
      ...words.representative,
      check: REPRESENTATIVE_CHECKS[words.representative.check][language],
    })
  const rows = [
    ['law', words.law],
    ['purpose', words.purpose],
    ['items', words.items],
    ['reason', words.reason],
    ['sensitiveLaw', words.sensitiveLaw],
    ['measures', words.measures],
    ['representative', representative ?? ''],
    ['keptAt', words.keptAt],
  ] as const
  return (
    <div className="stack-tight">
      {words.sections.map(section => (
        <div key={section.scope}>
          <strong>
            {CONSENT_SCOPES[section.scope][language]} · {t(section.agreed ? 'papers.agreed' : 'papers.refused')}
          </strong>
          <dl className="facts">
            <dt>{t('papers.purpose')}</dt>
            <dd>{section.purpose}</dd>
            <dt>{t('papers.items')}</dt>
            <dd>{section.items}</dd>
            <dt>{t('papers.keep')}</dt>
            <dd>{section.period}</dd>
            <dt>{t('papers.refusal')}</dt>
            <dd>{section.refusal}</dd>
          </dl>
        </div>
      ))}
      <dl className="facts">
        {rows.flatMap(([name, text]) =>
          text === '' ? [] : [<dt key={`${name} name`}>{t(`papers.${name}`)}</dt>, <dd key={name}>{text}</dd>],
        )}
      </dl>
    </div>
  )
}

interface ReviewDialogProps {
  today: string
  isPending: boolean
  onCancel: () => void
  onConfirm: (reviewOn: string) => void
}

function ReviewDialog({ today, isPending, onCancel, onConfirm }: ReviewDialogProps) {
  const { t } = useBasesTexts()
  const [day, setDay] = useState(addDays(today, 7))
  return (
    <ConfirmDialog
      title={t('review.title')}
      isOpen
      action={t('papers.review')}
      isPending={isPending}
      onCancel={onCancel}
      onConfirm={() => day !== '' && onConfirm(day)}
    >
      <p>{t('review.body')}</p>
      <DatePicker
        label={`${t('form.reviewOn')} (${t('form.reviewHelp')})`}
        value={day}
        onChange={setDay}
        errorMessage={day === '' ? t('form.check14') : undefined}
      />
    </ConfirmDialog>
  )
}
