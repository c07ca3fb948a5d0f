/** Cases whose time is over or soon will be: both days, what holds each, and the proposal to destroy. */
import { useState } from 'react'
import { Link } from 'react-router'
import { canReviewAccess } from '../../../shared/access.ts'
import type { AgencyId, CaseId } from '../../../shared/ids.ts'
import { type HoldView, MOST_PROPOSED, type RetentionCaseView } from '../../../shared/protocol/retention.ts'
import {
  HOLD_REASONS,
  RETENTION_KINDS,
  type RetentionGround,
  STANDING_HOLDS,
} from '../../../shared/retention/retention-codes.ts'
import { formatDay } from '../../lib/format.ts'
import { useSession } from '../../lib/session.tsx'
import { Button } from '../../ui/button.tsx'
import { Chip, type ChipTone } from '../../ui/chips.tsx'
import { Checkbox } from '../../ui/fields.tsx'
import { ScrollRegion } from '../../ui/scroll-region.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { HoldDialog, LiftDialog } from './hold-dialogs.tsx'
import { ProposeDialog } from './propose-dialog.tsx'
import type { DeskProps } from './retention-page.tsx'
import { useRetentionTexts } from './use-retention-texts.ts'

const TONES: Record<RetentionCaseView['standing'], ChipTone> = {
  due: 'warning',
  held: 'neutral',
  soon: 'neutral',
  later: 'neutral',
}

type Asking =
  | { for: 'propose' }
  | { for: 'hold'; one: RetentionCaseView }
  | { for: 'lift'; one: RetentionCaseView; hold: HoldView }

export function DueView({ desk, onChanged, onStale }: DeskProps) {
  const { t } = useRetentionTexts()
  const [chosen, setChosen] = useState<ReadonlySet<CaseId>>(new Set())
  const [asking, setAsking] = useState<Asking>()
  const due = desk.cases.filter(({ standing, caseId }) => standing === 'due' && chosen.has(caseId))
  const close = () => setAsking(undefined)
  const changed = (next: typeof desk) => {
    onChanged(next)
    close()
  }
  if (desk.cases.length === 0) return <EmptyState title={t('due.none')}>{t('due.noneBody')}</EmptyState>
  return (
    <div className="stack">
      <p className="quiet">{t('due.lead')}</p>
      <ScrollRegion label={t('ways.due')}>
        <table className="table retention-table">
          <caption className="visually-hidden">{t('ways.due')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('due.number')}</th>
              <th scope="col">{t('due.kind')}</th>
              <th scope="col">{t('due.closedOn')}</th>
              <th scope="col">{t('due.decree')}</th>
              <th scope="col">{t('due.consent')}</th>
              <th scope="col">{t('due.state')}</th>
            </tr>
          </thead>
          <tbody>
            {desk.cases.map(one => (
              <CaseRow
                key={one.caseId}
                agencyId={desk.agencyId}
                one={one}
                isChosen={chosen.has(one.caseId)}
                onChoose={is =>
                  setChosen(before => {
                    const next = new Set(before)
                    if (is) next.add(one.caseId)
                    else next.delete(one.caseId)
                    return next
                  })
                }
                onHold={() => setAsking({ for: 'hold', one })}
                onLift={hold => setAsking({ for: 'lift', one, hold })}
              />
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      {desk.more > 0 ? <p className="quiet">{t('due.more', { n: desk.more })}</p> : null}
      <div className="row">
        <Button
          look="primary"
          isDisabled={due.length === 0 || due.length > MOST_PROPOSED}
          onPress={() => setAsking({ for: 'propose' })}
        >
          {due.length === 0 ? t('due.proposeNone') : t('due.propose', { n: due.length })}
        </Button>
      </div>
      {asking?.for === 'propose' ? (
        <ProposeDialog
          agencyId={desk.agencyId}
          cases={due}
          onStale={onStale}
          onClose={close}
          onDone={next => {
            setChosen(new Set())
            changed(next)
          }}
        />
      ) : null}
      {asking?.for === 'hold' ? (
        <HoldDialog agencyId={desk.agencyId} one={asking.one} today={desk.today} onClose={close} onDone={changed} />
      ) : null}
      {asking?.for === 'lift' ? (
        <LiftDialog
          agencyId={desk.agencyId}
          one={asking.one}
          hold={asking.hold}
          onStale={onStale}
          onClose={close}
          onDone={changed}
        />
      ) : null}
    </div>
  )
}

function CaseRow({
  agencyId,
  one,
  isChosen,
  onChoose,
  onHold,
  onLift,
}: {
  agencyId: AgencyId
  one: RetentionCaseView
  isChosen: boolean
  onChoose: (is: boolean) => void
  onHold: () => void
  onLift: (hold: HoldView) => void
}) {
  const { t, language } = useRetentionTexts()
  const { number, kind, closedOn, completedOn, standing } = one
  return (
    <tr>
      <th scope="row" className="number">
        {standing === 'due' ? (
          <Checkbox isSelected={isChosen} onChange={onChoose} aria-label={t('due.choose', { number })}>
            {number}
          </Checkbox>
        ) : (
          number
        )}
      </th>
      <td>{RETENTION_KINDS[kind][language]}</td>
      <td>
        {closedOn === '' ? t('due.goesOn') : formatDay(closedOn, language)}
        {completedOn === closedOn ? null : (
          <span className="quiet retention-line">
            {t('due.completedOn', { day: formatDay(completedOn, language) })}
          </span>
        )}
      </td>
      <DueDay one={one} ground="decree" day={one.decreeDue} />
      <DueDay one={one} ground="consent" day={one.consentDue} />
      <td>
        <div className="retention-state">
          {one.requestedOn === null ? null : <RequestLine agencyId={agencyId} day={one.requestedOn} />}
          <Chip tone={TONES[standing]}>{t(`due.${standing === 'later' ? 'soon' : standing}`)}</Chip>
          {one.standingHolds.map(hold => (
            <span key={hold}>{STANDING_HOLDS[hold][language]}</span>
          ))}
          {one.holds.map(hold => (
            <HoldLine key={hold.holdId} number={number} hold={hold} onLift={() => onLift(hold)} />
          ))}
          <Button look="text" size="small" aria-label={t('due.holdOf', { number })} onPress={onHold}>
            {t('due.hold')}
          </Button>
        </div>
      </td>
    </tr>
  )
}

/** Due by request of the person concerned; the way to it for who may see the agency's requests. */
function RequestLine({ agencyId, day }: { agencyId: AgencyId; day: string }) {
  const { t, language } = useRetentionTexts()
  const { actor } = useSession()
  const words = t('due.requested', { day: formatDay(day, language) })
  return canReviewAccess(actor, agencyId) ? <Link to="/access/requests">{words}</Link> : <strong>{words}</strong>
}

/** The day that applies stands out by weight and a word, not by colour alone. */
function DueDay({ one, ground, day }: { one: RetentionCaseView; ground: RetentionGround; day: string }) {
  const { t, language } = useRetentionTexts()
  if (day === '') return <td>–</td>
  if (one.ground !== ground) return <td>{formatDay(day, language)}</td>
  return (
    <td>
      <strong>{formatDay(day, language)}</strong>
      <span className="quiet retention-line">
        {t('due.applies')} · {t('due.years', { n: one.years })}
      </span>
    </td>
  )
}

function HoldLine({ number, hold, onLift }: { number: string; hold: HoldView; onLift: () => void }) {
  const { t, language } = useRetentionTexts()
  const reason = HOLD_REASONS[hold.reason][language]
  const day = formatDay(hold.until, language)
  const words = hold.lifted
    ? t('due.lifted', { reason })
    : t(hold.isHolding ? 'due.until' : 'due.over', { reason, day })
  return (
    <span className={hold.isHolding ? undefined : 'quiet'}>
      {words}
      <span className="quiet retention-line">{hold.lifted?.words ?? hold.words}</span>
      {hold.isHolding ? (
        <Button look="text" size="small" aria-label={t('due.liftOf', { number, reason })} onPress={onLift}>
          {t('due.lift')}
        </Button>
      ) : null}
    </span>
  )
}
