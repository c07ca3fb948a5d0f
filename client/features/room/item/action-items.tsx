/** What agencies promise: agency and what to begin with; person, date, amount, need and own rule can follow. The state is a record. */
import { useCallback, useMemo, useRef, useState } from 'react'
import { isUnfinished, movesFor, newStanding } from '../../../../shared/actions/action-moves.ts'
import { codesOf, NEED_DOMAINS } from '../../../../shared/codes.ts'
import {
  type ActionEntry,
  type ActionFields,
  actionsOf,
  addAction,
  MAX_AMOUNT_WON,
  MAX_PERSON_LENGTH,
  removeAction,
  setActionFields,
} from '../../../../shared/documents/actions-document.ts'
import { plainTextOf } from '../../../../shared/documents/rich-text.ts'
import { type ActionId, type AgencyId, idFromBytes } from '../../../../shared/ids.ts'
import type { ItemView } from '../../../../shared/protocol/http-api.ts'
import { formatDay, formatMoney, formatShortDay, seoulDay } from '../../../lib/format.ts'
import type { LinkState } from '../../../room/document-link.ts'
import { readDay, readPromise } from '../../../room/read-promise.ts'
import { Button, IconButton } from '../../../ui/button.tsx'
import { AgencyChip, Chip } from '../../../ui/chips.tsx'
import { CloseIcon, PlusIcon } from '../../../ui/icons.tsx'
import { useNotices } from '../../../ui/notice.tsx'
import { Select } from '../../../ui/pickers.tsx'
import { Loading } from '../../../ui/states.tsx'
import { ActionMoves } from '../../actions/action-moves.tsx'
import type { Movable } from '../../actions/use-move.tsx'
import { useCodeSets } from '../../code-sets/use-code-sets.ts'
import { DraftField } from '../draft-field.tsx'
import { useShortcut } from '../follow/shortcuts.tsx'
import { useRoomTexts } from '../i18n/use-room-texts.ts'
import { randomBytes, useRoom, useRoomState } from '../room-context.tsx'
import { useTakesPromotion } from '../text/promotion-bus.tsx'
import { RichText } from '../text/rich-text.tsx'
import { UndoLine } from '../undo-line.tsx'
import { type Undoable, useShared, useUndoable } from '../use-shared.ts'
import { mayWriteTo } from './may-write.ts'

type OpenItem = Extract<ItemView, { restricted: false }>

const ACTION_ROOTS = ['actions']

export function ActionItems({ record }: { record: OpenItem }) {
  const { t } = useRoomTexts()
  const { actions } = useRoomState()
  const [first, ...others] = actions
  return (
    <section className="item-part" data-place="actions" aria-labelledby="actions-title">
      <h3 className="part-title" id="actions-title">
        {t('actions.title')}
      </h3>
      {first?.loaded ? (
        <Ledger key={first.doc.guid} link={first} record={record} takesNew />
      ) : first?.line.phase === 'refused' ? (
        <p className="part-empty">{t('actions.withheld')}</p>
      ) : (
        <Loading words={t('actions.loading')} />
      )}
      {others.map(link =>
        link.loaded ? <Ledger key={link.doc.guid} link={link} record={record} takesNew={false} /> : null,
      )}
    </section>
  )
}

function Ledger({ link, record, takesNew }: { link: LinkState; record: OpenItem; takesNew: boolean }) {
  const { t } = useRoomTexts()
  const { me, view, agencies } = useRoom()
  const notify = useNotices()
  const all = useShared(link.doc, ACTION_ROOTS, actionsOf)
  const undoable = useUndoable(link.doc, ACTION_ROOTS)
  const editable = mayWriteTo(link, record.mayWrite)
  // The conference's own ledger holds those of all its general items.
  const shown = useMemo(
    () => (record.kind === 'general' ? all.filter(action => action.itemId === record.itemId) : all),
    [all, record.kind, record.itemId],
  )
  const here = useMemo(
    () => (record.agencies.length > 0 ? record.agencies : [...agencies.values()]),
    [record.agencies, agencies],
  )
  const { run } = undoable
  /** The one that I have just added by its button: I write it next. */
  const mine = useRef<ActionId | null>(null)
  const add = useCallback(
    (what: string) => {
      const agencyId = readPromise(what, seoulDay(Date.now()), here).agencyId ?? me.agencyId ?? here[0]?.agencyId
      if (agencyId === undefined) return undefined
      const action = {
        id: idFromBytes<ActionId>(randomBytes()),
        agencyId,
        what,
        by: me.userId,
        at: new Date().toISOString(),
        itemId: record.itemId,
        conferenceId: view.conferenceId,
      }
      if (what === '') mine.current = action.id
      run(t('actions.added'), () => addAction(link.doc, action))
      return agencyId
    },
    [here, link.doc, me.agencyId, me.userId, record.itemId, run, t, view.conferenceId],
  )
  const take = useCallback(
    (words: string) => {
      const agencyId = add(words)
      const agency = here.find(one => one.agencyId === agencyId)?.shortName
      if (agency) notify(t('discussion.madeAction', { agency }), 'info')
    },
    [add, here, notify, t],
  )
  useTakesPromotion('action', takesNew && editable ? take : null)

  return (
    <>
      {takesNew && shown.length === 0 ? (
        <p className="part-empty">{editable ? t('actions.empty') : t('actions.emptyReader')}</p>
      ) : null}
      <ol className="stack-small part-list">
        {shown.map((action, index) => (
          <Action
            key={action.id}
            action={action}
            number={index + 1}
            startsHere={action.id === mine.current}
            link={link}
            record={record}
            agencies={here}
            editable={editable}
            undoable={undoable}
          />
        ))}
      </ol>
      <UndoLine undoable={undoable} />
      {takesNew && editable ? <OfferKey link={link} actions={shown} undoable={undoable} /> : null}
      {takesNew && editable ? (
        <Button look="tertiary" size="small" onPress={() => add('')}>
          <PlusIcon size={18} />
          {t('actions.add')}
        </Button>
      ) : null}
    </>
  )
}

/** What the words offer and nobody has set yet: a day, an amount. */
function offersOf(action: ActionEntry): Pick<ActionFields, 'due' | 'amount'> {
  const { due, amount } = readPromise(plainTextOf(action.what), seoulDay(Date.now()), [])
  return {
    ...(due !== undefined && action.due === '' && { due }),
    ...(amount !== undefined && action.amount === null && { amount }),
  }
}

/** Takes what the latest action item's words offer, from wherever one writes. */
function OfferKey({
  link,
  actions,
  undoable,
}: {
  link: LinkState
  actions: readonly ActionEntry[]
  undoable: Undoable
}) {
  const { t } = useRoomTexts()
  const action = actions.findLast(one => Object.keys(offersOf(one)).length > 0)
  useShortcut({
    code: 'KeyO',
    label: t('actions.takeOffer'),
    isDisabled: action === undefined,
    run: () => {
      if (action) undoable.run(t('actions.changed'), () => setActionFields(link.doc, action.id, offersOf(action)))
    },
  })
  return null
}

interface ActionProps {
  action: ActionEntry
  number: number
  startsHere: boolean
  link: LinkState
  record: OpenItem
  agencies: readonly { agencyId: AgencyId; name: string; shortName: string; colour: number }[]
  editable: boolean
  undoable: Undoable
}

function Action({ action, number, startsHere, link, record, agencies, editable, undoable }: ActionProps) {
  const { t, language } = useRoomTexts()
  const codes = useCodeSets()
  const room = useRoom()
  const [more, setMore] = useState(false)
  const today = seoulDay(Date.now())
  const agency = agencies.find(one => one.agencyId === action.agencyId) ?? room.agencies.get(action.agencyId)
  const set = (fields: ActionFields) =>
    undoable.run(t('actions.changed'), () => setActionFields(link.doc, action.id, fields))
  const offered = editable ? offersOf(action) : {}
  const hasRule = action.rule.length > 0
  const options = agencies.some(one => one.agencyId === action.agencyId) || !agency ? agencies : [...agencies, agency]
  const { actionStates } = useRoomState()
  const state = actionStates?.find(one => one.actionId === action.id)
  // What an agency has answered changes hands by hand-over, and goes by being dropped with a reason.
  const isOwnWords = state === undefined || state.status === 'proposed'

  return (
    <li className="action" aria-label={t('actions.number', { number })} data-testid="action">
      <div className="action-head">
        <span className="decision-number" aria-hidden="true">
          {number}
        </span>
        {editable && isOwnWords ? (
          <Select
            label={t('actions.agency', { number })}
            labelHidden
            width="medium"
            value={action.agencyId}
            options={options.map(one => ({ id: one.agencyId, label: one.shortName, detail: one.name }))}
            onChange={agencyId => set({ agencyId })}
          />
        ) : agency ? (
          <AgencyChip {...agency} />
        ) : null}
        <Status action={action} record={record} document={link.document} />
        {action.due && action.due < today ? <Overdue action={action} /> : null}
        {editable ? (
          <span className="row-tools">
            <Button look="text" size="small" aria-expanded={more} onPress={() => setMore(!more)}>
              {more ? t('actions.less') : t('actions.more')}
            </Button>
            {isOwnWords ? (
              <IconButton
                label={t('actions.remove', { number })}
                onPress={() => undoable.run(t('actions.removed'), () => removeAction(link.doc, action.id))}
              >
                <CloseIcon size={18} />
              </IconButton>
            ) : null}
          </span>
        ) : null}
      </div>
      <RichText
        link={link}
        fragment={action.what}
        field={`action:${action.id}`}
        label={t('actions.what', { number })}
        placeholder={t('actions.whatPlaceholder')}
        startsHere={startsHere}
        variant="line"
        editable={editable}
      />
      {editable ? (
        <div className="action-fields">
          <DraftField
            label={t('actions.person')}
            value={action.person}
            placeholder={t('actions.personPlaceholder')}
            check={text => (text.length > MAX_PERSON_LENGTH ? t('actions.tooLong', { most: MAX_PERSON_LENGTH }) : null)}
            onCommit={person => set({ person })}
          />
          <DraftField
            label={t('actions.due')}
            value={action.due === '' ? '' : formatDay(action.due, language)}
            placeholder={t('actions.duePlaceholder')}
            check={text => (readDay(text, today) === undefined ? t('actions.badDue') : null)}
            onCommit={text => set({ due: readDay(text, today) ?? '' })}
          />
          <DraftField
            label={t('actions.amount')}
            inputMode="numeric"
            value={action.amount === null ? '' : new Intl.NumberFormat('ko-KR').format(action.amount)}
            placeholder={t('actions.amountPlaceholder')}
            check={text => (toWon(text) === undefined ? t('actions.badAmount') : null)}
            onCommit={text => set({ amount: toWon(text) ?? null })}
          />
          {offered.due ? (
            <Button
              look="text"
              size="small"
              aria-keyshortcuts="Control+Alt+O"
              onPress={() => set({ due: offered.due ?? '' })}
            >
              {t('actions.offerDue', { day: formatShortDay(offered.due, language) })}
            </Button>
          ) : null}
          {offered.amount ? (
            <Button
              look="text"
              size="small"
              aria-keyshortcuts="Control+Alt+O"
              onPress={() => set({ amount: offered.amount ?? null })}
            >
              {t('actions.offerAmount', { amount: formatMoney(offered.amount, language) })}
            </Button>
          ) : null}
        </div>
      ) : (
        <p className="action-facts">
          {[
            action.person,
            action.due ? t('actions.until', { day: formatShortDay(action.due, language) }) : '',
            action.amount === null ? '' : formatMoney(action.amount, language),
            action.need ? codes.label('need_domain', action.need) : '',
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
      )}
      {editable && more ? (
        <Select
          label={t('actions.need')}
          width="medium"
          value={action.need === '' ? 'none' : action.need}
          options={[
            { id: 'none' as const, label: t('actions.noNeed') },
            ...codesOf(NEED_DOMAINS).map(need => ({ id: need, label: codes.label('need_domain', need) })),
          ]}
          onChange={need => set({ need: need === 'none' ? '' : need })}
        />
      ) : null}
      {(editable && more) || hasRule ? (
        <div className="labelled-text">
          <span className="draft-label" aria-hidden="true">
            {t('actions.rule')}
          </span>
          <RichText
            link={link}
            fragment={action.rule}
            field={`rule:${action.id}`}
            label={t('actions.ruleField', { number })}
            placeholder={t('actions.rulePlaceholder')}
            variant="line"
            editable={editable}
          />
        </div>
      ) : null}
    </li>
  )
}

/** Finished things are not late. */
function Overdue({ action }: { action: ActionEntry }) {
  const { t } = useRoomTexts()
  const { actionStates } = useRoomState()
  const state = actionStates?.find(one => one.actionId === action.id)
  const isLate = state === undefined || (isUnfinished(state.status) && state.status !== 'postponed')
  return isLate ? <Chip tone="danger">{t('actions.overdue')}</Chip> : null
}

/** The state is a record: it changes by command, and only for the owning agency's people or who conducts. */
function Status({ action, record, document }: { action: ActionEntry; record: OpenItem; document: string }) {
  const { client, view, me } = useRoom()
  const { actionStates } = useRoomState()
  const known = actionStates?.find(one => one.actionId === action.id)
  const owes = record.mayWrite && action.agencyId === me.agencyId
  const conducts = record.mayWrite && view.mayWriteForOthers
  // What was written a moment ago is in the words alone: proposed, with the moves that the table gives.
  const fresh: Movable = {
    actionId: action.id,
    document,
    what: plainTextOf(action.what),
    agency: { agencyId: action.agencyId, name: '', shortName: '', colour: 0 },
    status: 'proposed',
    moves:
      actionStates === null
        ? []
        : movesFor(
            newStanding(action.agencyId),
            { owes, conducts, conductsTaker: false, takes: false, leads: false },
            seoulDay(Date.now()),
          ),
    entersFor: conducts && !owes,
    _v: 0,
  }
  return (
    <ActionMoves
      action={known ? { ...known, what: fresh.what } : fresh}
      conferenceId={view.conferenceId}
      onMoved={() => client.refresh()}
    />
  )
}

/** Won from what people type: `1,250,000`, `1250000원`; null for nothing, undefined for what is no amount. */
function toWon(text: string): number | null | undefined {
  const digits = text.replace(/[,\s원₩]/g, '')
  if (digits === '') return null
  if (!/^\d{1,13}$/.test(digits)) return undefined
  const won = Number(digits)
  return won <= MAX_AMOUNT_WON ? won : undefined
}
