/** What a move of an action item takes in words: a reason, a day, an agency, a person, whether it helped. */
import { type ReactNode, useState } from 'react'
import {
  ACCOUNTS,
  ACTION_MOVES,
  type Account,
  type ActionMove,
  EFFECTS,
  type Effect,
} from '../../../shared/actions/action-codes.ts'
import { needOf } from '../../../shared/actions/action-moves.ts'
import { codesOf } from '../../../shared/codes.ts'
import type { AgencyId, UserId } from '../../../shared/ids.ts'
import type { ActionView, MoveActionBody } from '../../../shared/protocol/action-api.ts'
import { useDirectory } from '../../lib/use-directory.ts'
import { Button } from '../../ui/button.tsx'
import { DatePicker } from '../../ui/date-fields.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Choice, TextField } from '../../ui/fields.tsx'
import { Notice } from '../../ui/notice.tsx'
import { ComboBox, Select } from '../../ui/pickers.tsx'
import { useActionItemTexts } from './use-action-item-texts.ts'

export type MoveSaid = Omit<MoveActionBody, '_v' | 'move' | 'conferenceId'>

export interface MoveDialogProps {
  move: ActionMove
  action: Pick<ActionView, 'what' | 'agency'>
  /** What is said is entered for the agency. */
  entersFor: boolean
  isPending: boolean
  onDo: (said: MoveSaid) => void
  onClose: () => void
}

const NOBODY = 'nobody'

export function MoveDialog({ move, action, entersFor, isPending, onDo, onClose }: MoveDialogProps) {
  const { t, language } = useActionItemTexts()
  const need = needOf(move)
  const [note, setNote] = useState('')
  const [until, setUntil] = useState('')
  const [agencyId, setAgencyId] = useState<AgencyId | null>(null)
  const [userId, setUserId] = useState<UserId | null>(null)
  const [helped, setHelped] = useState<Effect | null>(null)
  const [account, setAccount] = useState<Account | null>(null)
  const [isTried, setTried] = useState(false)
  const asksEffect = move === 'finish' || need === 'effect'
  const asksReason = need === 'reason' || need === 'note'
  const lacks =
    (asksReason && note.trim() === '') ||
    (need === 'day' && until === '') ||
    (need === 'agency' && agencyId === null) ||
    (need === 'person' && userId === null) ||
    (need === 'effect' && (helped === null || account === null)) ||
    // One half of an answer is none.
    (move === 'finish' && (helped === null) !== (account === null))

  function press() {
    setTried(true)
    if (lacks) return
    onDo({
      ...(note.trim() !== '' && { note: note.trim() }),
      ...(until !== '' && { until }),
      ...(agencyId !== null && { agencyId }),
      ...(userId !== null && { userId }),
      ...(helped !== null && account !== null && { effect: { helped, account } }),
    })
  }

  return (
    <Dialog
      title={ACTION_MOVES[move][language]}
      isOpen
      size="small"
      onClose={onClose}
      footer={
        <Button look="primary" isPending={isPending} onPress={press}>
          {move === 'finish' && helped === null
            ? `${ACTION_MOVES.finish[language]} · ${t('move.later')}`
            : t('move.do')}
        </Button>
      }
    >
      <div className="stack">
        <p className="action-what">{action.what || t('row.noWords')}</p>
        {entersFor ? <Notice>{t('move.forOthers')}</Notice> : null}
        {asksEffect ? (
          <>
            <Choice
              label={t('move.helped')}
              value={helped}
              options={codesOf(EFFECTS).map(code => ({ id: code, label: EFFECTS[code][language] }))}
              onChange={setHelped}
            />
            <Choice
              label={t('move.account')}
              value={account}
              options={codesOf(ACCOUNTS).map(code => ({ id: code, label: ACCOUNTS[code][language] }))}
              onChange={setAccount}
            />
            <ErrorWords show={isTried && lacks}>{t('move.needsEffect')}</ErrorWords>
          </>
        ) : null}
        {need === 'day' ? (
          <div className="stack-small">
            <DatePicker
              label={t('move.until')}
              value={until}
              onChange={setUntil}
              errorMessage={isTried && until === '' ? t('move.needsDay') : undefined}
            />
            <p className="quiet small">{t('move.untilHelp')}</p>
          </div>
        ) : null}
        {need === 'agency' ? (
          <Taker
            except={action.agency.agencyId}
            agencyId={agencyId}
            userId={userId}
            isLacking={isTried && agencyId === null}
            onAgency={id => {
              setAgencyId(id)
              setUserId(null)
            }}
            onPerson={setUserId}
          />
        ) : null}
        {need === 'person' ? (
          <Person
            agencyId={action.agency.agencyId}
            supervisors={move === 'escalate'}
            userId={userId}
            isLacking={isTried && userId === null}
            onPerson={setUserId}
          />
        ) : null}
        <TextField
          label={asksReason ? (need === 'note' ? t('move.note') : t('move.reason')) : t('move.noteOptional')}
          rows={3}
          maxLength={500}
          autoFocus={asksReason}
          value={note}
          onChange={text => setNote(text.replace(/\s*\n\s*/g, ' '))}
          errorMessage={isTried && asksReason && note.trim() === '' ? t('move.needsReason') : undefined}
        />
      </div>
    </Dialog>
  )
}

function ErrorWords({ show, children }: { show: boolean; children: ReactNode }) {
  return show ? (
    <p className="field-error" role="alert">
      {children}
    </p>
  ) : null
}

/** Another agency, and somebody there if one knows whom. */
function Taker(props: {
  except: AgencyId
  agencyId: AgencyId | null
  userId: UserId | null
  isLacking: boolean
  onAgency: (agencyId: AgencyId) => void
  onPerson: (userId: UserId | null) => void
}) {
  const { t } = useActionItemTexts()
  const { data } = useDirectory()
  const agencies = (data?.agencies ?? []).filter(agency => agency.agencyId !== props.except)
  const people = agencies.find(agency => agency.agencyId === props.agencyId)?.people ?? []
  return (
    <>
      <ComboBox
        label={t('move.agency')}
        value={props.agencyId}
        options={agencies.map(agency => ({ id: agency.agencyId, label: agency.shortName, detail: agency.name }))}
        onChange={props.onAgency}
        {...(props.isLacking && { errorMessage: t('move.needsAgency') })}
      />
      <p className="quiet small">{t('move.offerHelp')}</p>
      {props.agencyId === null ? null : (
        <Select
          label={t('move.personOptional')}
          value={props.userId ?? NOBODY}
          options={[
            { id: NOBODY, label: t('move.nobody') },
            ...onePerPerson(people).map(person => ({ id: person.userId, label: person.name })),
          ]}
          onChange={id => props.onPerson(people.find(person => person.userId === id)?.userId ?? null)}
        />
      )}
    </>
  )
}

/** Somebody of the agency that owes it. */
function Person(props: {
  agencyId: AgencyId
  supervisors: boolean
  userId: UserId | null
  isLacking: boolean
  onPerson: (userId: UserId) => void
}) {
  const { t } = useActionItemTexts()
  const { data } = useDirectory()
  const people = (data?.agencies.find(agency => agency.agencyId === props.agencyId)?.people ?? []).filter(
    person => !props.supervisors || person.role === 'supervisor',
  )
  if (data && props.supervisors && people.length === 0) return <Notice tone="warning">{t('move.noSupervisor')}</Notice>
  return (
    <Select
      label={props.supervisors ? t('move.supervisor') : t('move.person')}
      value={props.userId}
      options={onePerPerson(people).map(person => ({ id: person.userId, label: person.name }))}
      onChange={props.onPerson}
      {...(props.isLacking && { errorMessage: t('move.needsPerson') })}
    />
  )
}

/** A person with two roles stands in the directory twice. */
function onePerPerson<P extends { userId: UserId }>(people: readonly P[]): P[] {
  return [...new Map(people.map(person => [person.userId, person])).values()]
}
