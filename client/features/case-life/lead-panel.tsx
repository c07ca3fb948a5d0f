/** Passing on the lead: offered by who leads, accepted or declined by the other agency. Until it accepts nothing changes. */
import { useState } from 'react'
import { Link } from 'react-router'
import { LEAD_OFFER_KINDS, LEAD_OFFER_OUTCOMES, type LeadOfferKind } from '../../../shared/cases/life-codes.ts'
import { codesOf } from '../../../shared/codes.ts'
import type { AgencyId } from '../../../shared/ids.ts'
import type { CaseLifeView } from '../../../shared/protocol/case-life.ts'
import { formatShortDay, seoulDay } from '../../lib/format.ts'
import { Button } from '../../ui/button.tsx'
import { ConfirmDialog } from '../../ui/dialog.tsx'
import { Choice, TextField } from '../../ui/fields.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Section } from '../../ui/page.tsx'
import { Select } from '../../ui/pickers.tsx'
import type { LifeDesk } from './use-life.ts'
import { useLifeTexts } from './use-life-texts.ts'

interface LeadPanelProps {
  desk: LifeDesk
  view: CaseLifeView
}

/** `asked`: what another agency asks of mine; `offer`: what mine offers. */
export function LeadPanel({ part, ...props }: LeadPanelProps & { part: 'asked' | 'offer' }) {
  return part === 'asked' ? <AskedToLead {...props} /> : <OfferLead {...props} />
}

function AskedToLead({ desk, view }: LeadPanelProps) {
  const { t } = useLifeTexts()
  const [step, setStep] = useState<'' | 'accept' | 'decline'>('')
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const offer = view.offers.find(one => one.isOpen && view.speaksFor.includes(one.to.agencyId))
  if (offer === undefined) return null
  const lead = view.agencies.find(({ role }) => role === 'lead')?.name ?? ''

  async function decline(id: string) {
    setTried(true)
    if (reason.trim() === '') return
    if (await desk.answer({ do: 'decline-lead', id, reason: reason.trim() })) setStep('')
  }

  return (
    <>
      <Notice
        tone="info"
        title={t('lead.toUs', { agency: lead })}
        actions={
          step === 'decline' ? undefined : (
            <>
              <Button look="primary" onPress={() => setStep('accept')}>
                {t('lead.accept')}
              </Button>
              <Button onPress={() => setStep('decline')}>{t('lead.decline')}</Button>
            </>
          )
        }
      >
        <p className="life-words">{offer.reason}</p>
      </Notice>
      {step === 'decline' ? (
        <div className="stack card">
          <TextField
            label={t('lead.declineReason')}
            value={reason}
            onChange={setReason}
            rows={2}
            maxLength={2000}
            isRequired
            validationBehavior="aria"
            errorMessage={tried && reason.trim() === '' ? t('next.reasonNeeded') : undefined}
          />
          <div className="row">
            <Button look="primary" isPending={desk.isPending} onPress={() => void decline(offer.id)}>
              {t('lead.decline')}
            </Button>
            <Button look="tertiary" onPress={() => setStep('')}>
              {t('records.cancel')}
            </Button>
          </div>
        </div>
      ) : null}
      <ConfirmDialog
        title={t('lead.accept')}
        isOpen={step === 'accept'}
        action={t('lead.accept')}
        isPending={desk.isPending}
        onCancel={() => setStep('')}
        onConfirm={() => void desk.answer({ do: 'accept-lead', id: offer.id }).then(() => setStep(''))}
      >
        {t('lead.acceptConfirm')}
      </ConfirmDialog>
    </>
  )
}

function OfferLead({ desk, view }: LeadPanelProps) {
  const { t, language } = useLifeTexts()
  const [isOffering, setOffering] = useState(false)
  const open = view.offers.find(offer => offer.isOpen)
  const targets = view.agencies.filter(({ role }) => role !== 'lead')
  const past = view.offers.filter(offer => offer.outcome !== null)
  return (
    <Section
      title={t('lead.title')}
      lead={t('lead.lead')}
      actions={
        open === undefined && !isOffering && targets.length > 0 ? (
          <Button size="small" onPress={() => setOffering(true)}>
            {t('lead.offer')}
          </Button>
        ) : undefined
      }
    >
      {targets.length === 0 ? <p className="quiet">{t('lead.noTarget')}</p> : null}
      {open === undefined ? null : (
        <Notice
          tone="info"
          title={t('lead.open', { agency: open.to.name })}
          actions={
            <Button isPending={desk.isPending} onPress={() => void desk.tell({ do: 'withdraw-lead', id: open.id })}>
              {t('lead.withdraw')}
            </Button>
          }
        >
          <p className="life-words">{open.reason}</p>
        </Notice>
      )}
      {isOffering && open === undefined ? (
        <OfferForm desk={desk} view={view} targets={targets} onDone={() => setOffering(false)} />
      ) : null}
      {past.length === 0 ? null : (
        <ul className="life-past">
          {past.map(({ id, to, outcome }) =>
            outcome === null ? null : (
              <li key={id} className="small">
                {t('lead.outcome', {
                  agency: to.shortName,
                  outcome: LEAD_OFFER_OUTCOMES[outcome.kind][language],
                  day: formatShortDay(seoulDay(outcome.at), language),
                  name: outcome.name,
                })}
                {outcome.reason === '' ? null : <span className="life-words"> — {outcome.reason}</span>}
              </li>
            ),
          )}
        </ul>
      )}
    </Section>
  )
}

function OfferForm({
  desk,
  view,
  targets,
  onDone,
}: LeadPanelProps & { targets: CaseLifeView['agencies']; onDone: () => void }) {
  const { t, language } = useLifeTexts()
  const isHard = view.grade !== '' && view.grade !== 'general'
  const [kind, setKind] = useState<LeadOfferKind>(isHard ? 'hand_over' : 'transfer')
  const [to, setTo] = useState<AgencyId | null>(targets[0]?.agencyId ?? null)
  const [staysAs, setStaysAs] = useState<'co_managing' | 'partner'>('co_managing')
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const [isSure, setSure] = useState(false)
  const name = targets.find(one => one.agencyId === to)?.name ?? ''

  function ask() {
    setTried(true)
    if (to !== null && reason.trim() !== '') setSure(true)
  }
  async function send() {
    if (to === null) return
    const done = await desk.tell({ do: 'offer-lead', kind, to, staysAs, reason: reason.trim() })
    setSure(false)
    if (done) onDone()
  }

  return (
    <div className="stack card">
      <Choice
        label={t('lead.kind')}
        value={kind}
        onChange={setKind}
        options={codesOf(LEAD_OFFER_KINDS)
          .filter(one => one === 'transfer' || isHard)
          .map(id => ({ id, label: LEAD_OFFER_KINDS[id][language] }))}
      />
      <Select
        label={t('lead.to')}
        width="medium"
        value={to}
        onChange={setTo}
        options={targets.map(({ agencyId, name: label }) => ({ id: agencyId, label }))}
      />
      <Choice
        label={t('lead.staysAs')}
        value={staysAs}
        onChange={setStaysAs}
        options={[
          { id: 'co_managing', label: t('lead.coManaging') },
          { id: 'partner', label: t('lead.partner') },
        ]}
      />
      <TextField
        label={t('lead.reason')}
        value={reason}
        onChange={setReason}
        rows={2}
        maxLength={2000}
        isRequired
        validationBehavior="aria"
        errorMessage={tried && reason.trim() === '' ? t('next.reasonNeeded') : undefined}
      />
      {staysAs === 'co_managing' && view.leadKeeps !== null ? (
        <Notice
          tone={view.leadKeeps === 'nothing' ? 'warning' : 'info'}
          actions={
            view.leadKeeps === 'nothing' ? (
              <Link to={`/cases/${view.caseId}/bases`}>{t('lead.toBases')}</Link>
            ) : undefined
          }
        >
          {t(`lead.keeps.${view.leadKeeps}`)}
        </Notice>
      ) : (
        <Notice tone="warning">{t('lead.keeps.partner')}</Notice>
      )}
      <div className="row">
        <Button look="primary" onPress={ask}>
          {t('lead.send')}
        </Button>
        <Button look="tertiary" onPress={onDone}>
          {t('records.cancel')}
        </Button>
      </div>
      <ConfirmDialog
        title={t('lead.offer')}
        isOpen={isSure}
        action={t('lead.send')}
        isPending={desk.isPending}
        onCancel={() => setSure(false)}
        onConfirm={() => void send()}
      >
        {t('lead.confirm', { agency: name })}
      </ConfirmDialog>
    </div>
  )
}
