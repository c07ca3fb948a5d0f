/** The buttons of a referral, and for each move that must say something the dialog in which it is said. What was typed outlives a refusal. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { codesOf } from '../../../shared/codes.ts'
import type { MoveReferralBody, ReferralView } from '../../../shared/protocol/referrals.ts'
import {
  type DeclineReason,
  REFERRAL_GROUNDS,
  REFERRAL_MOVES,
  type ReferralGround,
  type ReferralMove,
} from '../../../shared/referrals/referral-codes.ts'
import { showsSensitive } from '../../../shared/referrals/referral-content.ts'
import { groundRefused } from '../../../shared/referrals/referral-grounds.ts'
import { needOf } from '../../../shared/referrals/referral-moves.ts'
import { withParticle } from '../../lib/particles.ts'
import { useApi } from '../../lib/services.tsx'
import { Button, type ButtonProps } from '../../ui/button.tsx'
import { DatePicker } from '../../ui/date-fields.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Checkbox, TextField } from '../../ui/fields.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Select } from '../../ui/pickers.tsx'
import { ErrorNotice, ErrorState, Loading } from '../../ui/states.tsx'
import { useCodeSets } from '../code-sets/use-code-sets.ts'
import { GivenFields } from './given-fields.tsx'
import { referralsApi } from './referrals-api.ts'
import { useReferralMove } from './use-referral-move.ts'
import { useReferralTexts } from './use-referral-texts.ts'

const LOOKS: Partial<Record<ReferralMove, ButtonProps['look']>> = {
  send: 'primary',
  receive: 'primary',
  accept: 'primary',
  start: 'primary',
  complete: 'primary',
  revoke: 'tertiary',
  discard: 'tertiary',
}

/** Said with one press. */
const PLAIN: readonly ReferralMove[] = ['receive', 'start', 'ask']

export function ReferralMoves({ view, onGone }: { view: ReferralView; onGone: () => void }) {
  const { t, language } = useReferralTexts()
  const { move, pending, error, clear } = useReferralMove(view, onGone)
  const [asking, setAsking] = useState<ReferralMove>()
  if (view.moves.length === 0) return null

  function press(chosen: ReferralMove) {
    clear()
    if (PLAIN.includes(chosen)) void move({ move: chosen, note: '' })
    else setAsking(chosen)
  }

  return (
    <div className="stack">
      {error && asking === undefined ? <ErrorNotice error={error} /> : null}
      <div className="row">
        {view.moves.map(one => (
          <Button key={one} look={LOOKS[one] ?? 'secondary'} isPending={pending === one} onPress={() => press(one)}>
            {REFERRAL_MOVES[one][language]}
          </Button>
        ))}
      </div>
      {asking === undefined ? null : (
        <MoveDialog
          key={asking}
          view={view}
          move={asking}
          isPending={pending !== undefined}
          error={error}
          title={t(`move.${TITLES[asking] ?? 'reportTitle'}`, { to: view.to.name })}
          onCancel={() => {
            setAsking(undefined)
            clear()
          }}
          onMove={async said => {
            if (await move({ move: asking, ...said })) setAsking(undefined)
          }}
        />
      )}
    </div>
  )
}

const TITLES: Partial<
  Record<
    ReferralMove,
    'sendTitle' | 'acceptTitle' | 'declineTitle' | 'completeTitle' | 'reportTitle' | 'revokeTitle' | 'discardTitle'
  >
> = {
  send: 'sendTitle',
  accept: 'acceptTitle',
  decline: 'declineTitle',
  complete: 'completeTitle',
  report: 'reportTitle',
  revoke: 'revokeTitle',
  discard: 'discardTitle',
}

type Said = Omit<MoveReferralBody, '_v' | 'move'>

interface MoveDialogProps {
  view: ReferralView
  move: ReferralMove
  title: string
  isPending: boolean
  error: unknown
  onMove: (said: Said) => Promise<void>
  onCancel: () => void
}

function MoveDialog(props: MoveDialogProps) {
  return props.move === 'send' ? <SendDialog {...props} /> : <SayDialog {...props} />
}

function SayDialog({ view, move, title, isPending, error, onMove, onCancel }: MoveDialogProps) {
  const codes = useCodeSets()
  const { t, language } = useReferralTexts()
  const common = useCommon()
  const [note, setNote] = useState('')
  const [declined, setDeclined] = useState<DeclineReason | null>(null)
  const [plannedOn, setPlannedOn] = useState('')
  const [tried, setTried] = useState(false)
  const need = needOf(move)
  const isSilent = note.trim() === ''
  const noteFault =
    need === 'reason' && isSilent
      ? t('move.needsReason')
      : need === 'result' && isSilent
        ? t('move.needsResult')
        : need === 'note' && isSilent
          ? t('move.needsReport')
          : undefined
  const declinedFault = move === 'decline' && declined === null ? t('move.needsDeclined') : undefined
  const dayFault = move === 'accept' && plannedOn === '' ? t('move.needsDay') : undefined

  function confirm() {
    setTried(true)
    if (noteFault || declinedFault || dayFault) return
    void onMove({
      note: note.trim(),
      ...(declined !== null && { declined }),
      ...(move === 'accept' && { plannedOn }),
    })
  }

  const isDanger = move === 'revoke' || move === 'discard'
  return (
    <Dialog
      title={title}
      isOpen
      role={isDanger ? 'alertdialog' : 'dialog'}
      onClose={onCancel}
      footer={
        <>
          <Button look="tertiary" onPress={onCancel}>
            {common}
          </Button>
          <Button look={isDanger ? 'danger' : 'primary'} isPending={isPending} onPress={confirm}>
            {REFERRAL_MOVES[move][language]}
          </Button>
        </>
      }
    >
      {error ? <ErrorNotice error={error} /> : null}
      {move === 'decline' ? <p>{t('move.declineLead')}</p> : null}
      {move === 'accept' ? <p>{t('move.acceptLead')}</p> : null}
      {move === 'revoke' ? <p>{t('move.revokeLead')}</p> : null}
      {move === 'discard' ? <p>{t('move.discardLead', { to: view.to.name })}</p> : null}
      {move === 'decline' ? (
        <Select
          label={t('move.declined')}
          isRequired
          value={declined}
          options={codes.options('decline_reason')}
          onChange={setDeclined}
          errorMessage={tried ? declinedFault : undefined}
        />
      ) : null}
      {move === 'accept' ? (
        <DatePicker
          label={t('move.plannedOn')}
          value={plannedOn}
          onChange={setPlannedOn}
          errorMessage={tried ? dayFault : undefined}
        />
      ) : null}
      {move === 'discard' ? null : (
        <TextField
          label={t(
            move === 'accept'
              ? 'move.acceptNote'
              : move === 'complete'
                ? 'move.result'
                : move === 'report'
                  ? 'move.report'
                  : 'move.reason',
          )}
          description={move === 'complete' ? t('move.resultHelp') : undefined}
          rows={4}
          isRequired={need !== 'planned-day'}
          validationBehavior="aria"
          value={note}
          onChange={setNote}
          errorMessage={tried ? noteFault : undefined}
        />
      )}
    </Dialog>
  )
}

/** Before it leaves the house: what the receiver will see, and on what ground. */
function SendDialog({ view, title, isPending, error, onMove, onCancel }: MoveDialogProps) {
  const { t, language } = useReferralTexts()
  const common = useCommon()
  const api = useApi()
  const caseId = view.case?.caseId
  const basis = useQuery({
    queryKey: ['referral-basis', caseId, view.to.agencyId],
    queryFn: () =>
      caseId ? referralsApi(api).basis(caseId, view.to.agencyId) : Promise.reject(new Error('not of this agency')),
    staleTime: 0,
    gcTime: 0,
  })
  const [ground, setGround] = useState<ReferralGround | null>(null)
  const [words, setWords] = useState('')
  const [sensitive, setSensitive] = useState(false)
  const [tried, setTried] = useState(false)
  if (basis.data === undefined || view.given === null) {
    return (
      <Dialog title={title} isOpen onClose={onCancel}>
        {basis.error ? <ErrorState error={basis.error} onRetry={() => void basis.refetch()} /> : <Loading />}
      </Dialog>
    )
  }
  const { agency, basis: standing } = basis.data
  const receiver = { isPublic: agency.public }
  const isSensitive = showsSensitive(view.given)
  const byBasis = groundRefused(standing ?? undefined, undefined, receiver, isSensitive)
  const entered = ground === null ? undefined : { ground, words: words.trim(), sensitive }
  const fault = byBasis === undefined ? undefined : groundRefused(standing ?? undefined, entered, receiver, isSensitive)
  const toEun = language === 'ko' ? withParticle(view.to.name, 'eun') : view.to.name

  function confirm() {
    setTried(true)
    if (fault !== undefined) return
    void onMove({ note: '', ...(byBasis !== undefined && entered && { ground: entered }) })
  }

  return (
    <Dialog
      title={title}
      isOpen
      size="large"
      onClose={onCancel}
      footer={
        <>
          <Button look="tertiary" onPress={onCancel}>
            {common}
          </Button>
          <Button look="primary" isPending={isPending} onPress={confirm}>
            {REFERRAL_MOVES.send[language]}
          </Button>
        </>
      }
    >
      {error ? <ErrorNotice error={error} /> : null}
      <p>{t('move.sendLead')}</p>
      <div className="referral-preview">
        <h3>{t('move.willSee', { to: view.to.name })}</h3>
        <GivenFields given={view.given} />
      </div>
      {byBasis === undefined ? (
        <Notice tone="success">{t('move.hasBasis', { toEun })}</Notice>
      ) : (
        <>
          <Notice tone="warning">
            {standing === null ? t('move.noBasis', { toEun }) : t('move.noBasisSensitive', { to: view.to.name })}
          </Notice>
          <Select
            label={t('move.ground')}
            isRequired
            value={ground}
            options={codesOf(REFERRAL_GROUNDS)
              .filter(id => id !== 'public_task' || agency.public)
              .map(id => ({ id, label: REFERRAL_GROUNDS[id][language] }))}
            onChange={setGround}
            errorMessage={tried && ground === null ? t('move.needsGround') : undefined}
          />
          {ground === null ? null : (
            <TextField
              label={t('move.groundWords')}
              description={t(`move.groundHelp.${ground}`)}
              rows={2}
              isRequired
              validationBehavior="aria"
              value={words}
              onChange={setWords}
              errorMessage={tried && words.trim() === '' ? t('move.needsGround') : undefined}
            />
          )}
          {isSensitive && (ground === 'consent' || ground === 'statute') ? (
            <Checkbox isSelected={sensitive} onChange={setSensitive}>
              {t('move.sensitive')}
            </Checkbox>
          ) : null}
          {tried && fault === 'referral-sensitive' ? (
            <p className="field-error" role="alert">
              {t('move.noBasisSensitive', { to: view.to.name })}
            </p>
          ) : null}
        </>
      )}
    </Dialog>
  )
}

function useCommon(): string {
  const { t } = useReferralTexts()
  return t('cancel', { ns: 'common' })
}
