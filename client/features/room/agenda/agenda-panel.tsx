/** The agenda: where the meeting is and where I am, what is done, what is next, how long. Those who conduct change order and time, by hand, by button or by keyboard. */
import { useMemo, useRef, useState } from 'react'
import { Button as AriaButton, GridList, GridListItem, useDragAndDrop } from 'react-aria-components'
import {
  MAX_MINUTES,
  moveAgendaItem,
  setAgendaOrder,
  setMinutes,
} from '../../../../shared/documents/conference-document.ts'
import type { Place } from '../../../../shared/documents/ordering.ts'
import type { ItemId } from '../../../../shared/ids.ts'
import type { MeetingView } from '../../../../shared/meeting/meeting-view.ts'
import { formatMinutes } from '../../../lib/format.ts'
import { useApi } from '../../../lib/services.tsx'
import { Button, IconButton } from '../../../ui/button.tsx'
import { ConfirmDialog } from '../../../ui/dialog.tsx'
import { ArrowDownIcon, ArrowUpIcon, GripIcon, LockIcon, PlusIcon } from '../../../ui/icons.tsx'
import { useTellError } from '../../../ui/states.tsx'
import { useCodeSets } from '../../code-sets/use-code-sets.ts'
import { useCommentCounts } from '../../comments/use-comment-counts.ts'
import { useCommentTexts } from '../../comments/use-comment-texts.ts'
import { DraftField } from '../draft-field.tsx'
import { minutesHeard } from '../follow/follow-rules.ts'
import { useFollowing } from '../follow/following.tsx'
import { timeWords } from '../follow/time-words.ts'
import { useMeetingTexts } from '../follow/use-meeting-texts.ts'
import { useRoomTexts } from '../i18n/use-room-texts.ts'
import { useMeeting, useServerTime } from '../meeting-context.tsx'
import { useRoom, useRoomState } from '../room-context.tsx'
import { UndoLine } from '../undo-line.tsx'
import { useUndoable } from '../use-shared.ts'
import { AddItemDialog } from './add-item-dialog.tsx'
import { LeavingOrder } from './leaving-order.tsx'
import { nameOfLine } from './line-name.ts'
import type { AgendaLine } from './use-agenda.ts'
import { useLineInSight } from './use-line-in-sight.ts'

export interface AgendaPanelProps {
  agenda: readonly AgendaLine[]
  onOpen: (itemId: ItemId) => void
}

const AGENDA_ROOTS = ['agenda']
const NO_PROGRESS: MeetingView['progress'] = {}

export function AgendaPanel({ agenda, onOpen }: AgendaPanelProps) {
  const { t, language } = useRoomTexts()
  const codes = useCodeSets()
  const { client, view } = useRoom()
  const state = useRoomState()
  const api = useApi()
  const tellError = useTellError()
  const [adding, setAdding] = useState(false)
  const [removing, setRemoving] = useState<AgendaLine | null>(null)
  const conference = state.conference
  if (conference === null) throw new Error('the agenda is shown before the conference is open')
  const undoable = useUndoable(conference.doc, AGENDA_ROOTS)
  const mayOrder = view.mayConduct && conference.loaded && conference.mayWrite === true
  const nameOf = (line: AgendaLine) => nameOfLine(line, t)

  const move = (line: AgendaLine, place: Place) =>
    undoable.run(t('agenda.moved', { name: nameOf(line) }), () => moveAgendaItem(conference.doc, line.id, place))

  const isNew = useNewLines(agenda, state.openItemId)
  const list = useLineInSight(state.openItemId)
  const { view: meeting, mine, act } = useMeeting()
  const { meetingAt, mode } = useFollowing()
  const { t: words } = useMeetingTexts()
  const progress = meeting?.progress ?? NO_PROGRESS
  const usesTime = meeting?.features.timer === true
  const now = useServerTime(usesTime ? 15_000 : 0)
  const comments = useCommentCounts()
  const { t: commentWords } = useCommentTexts()
  const chairAt = meetingAt?.id ?? null
  /** In a running meeting whoever leads it. */
  const mayArrange = view.state === 'live' ? mine.mayLead : view.mayChange && view.state !== 'closed'
  const commentsOn = (itemId: ItemId) => {
    const { open = 0, ours = 0 } = comments.get(itemId) ?? {}
    return [open > 0 ? commentWords('openCount', { n: open }) : '', ours > 0 ? commentWords('ours', { n: ours }) : '']
  }
  /** Where the item stands, and for how long it was heard. */
  const standingOf = (line: AgendaLine) => {
    const at = progress[line.id]
    const state = at?.state === 'done' || at?.state === 'deferred' ? words(`agenda.${at.state}`) : ''
    const heard = usesTime ? minutesHeard(at, now) : 0
    const time = heard > 0 ? timeWords(words, heard, line.minutes) : t('agenda.minutes', { minutes: line.minutes })
    const record = line.item?.restricted === false ? line.item : null
    return [
      record?.urgent ? t('agenda.urgent') : '',
      record?.retabled ? t('agenda.retabled') : '',
      state,
      time,
      ...commentsOn(line.id),
      chairAt === line.id ? t('agenda.leaderHere') : '',
      isNew.has(line.id) ? t('agenda.new') : '',
    ].filter(Boolean)
  }

  const { dragAndDropHooks } = useDragAndDrop({
    getItems: keys => [...keys].map(key => ({ 'text/plain': String(key) })),
    onReorder: ({ keys, target }) => {
      const line = agenda.find(l => keys.has(l.id))
      const to = agenda.find(l => l.id === target.key)
      if (line && to) move(line, target.dropPosition === 'after' ? { after: to.id } : { before: to.id })
    },
  })

  const remove = async (line: AgendaLine) => {
    setRemoving(null)
    try {
      await api.deleteItem(view.conferenceId, line.id)
      if (state.openItemId === line.id) client.openItem(null)
    } catch (error) {
      tellError(error)
    }
    await client.refresh()
  }

  const total = agenda.reduce((sum, line) => sum + line.minutes, 0)
  return (
    <>
      <div className="panel-head">
        <h2 className="panel-title">{t('agenda.title')}</h2>
        {total > 0 ? (
          <span className="quiet">{t('agenda.total', { minutes: formatMinutes(total, language) })}</span>
        ) : null}
      </div>
      {agenda.length === 0 ? (
        <p className="panel-empty">{view.mayConduct ? t('agenda.empty') : t('agenda.emptyReader')}</p>
      ) : null}
      {mayOrder && mine.mayLead && view.state === 'live' ? (
        <LeavingOrder
          agenda={agenda}
          onTake={order => undoable.run(t('agenda.leavingDone'), () => setAgendaOrder(conference.doc, order))}
        />
      ) : null}
      <GridList
        // Whether lines can be dragged is decided when the list is made.
        key={mayOrder ? 'order' : 'read'}
        ref={list}
        aria-label={t('agenda.title')}
        className="agenda-list"
        items={agenda}
        dependencies={[
          state.openItemId,
          chairAt,
          mayOrder,
          language,
          codes,
          isNew,
          progress,
          comments,
          usesTime,
          now,
          mode,
          mine.mayLead,
        ]}
        selectionMode="none"
        {...(mayOrder && { dragAndDropHooks })}
        keyboardNavigationBehavior="tab"
        onAction={key => onOpen(String(key) as ItemId)}
      >
        {line => {
          const name = nameOf(line)
          const isOpen = line.id === state.openItemId
          const restricted = line.item?.restricted === true
          const standing = progress[line.id]?.state
          const mark = chairAt === line.id ? '▶' : standing === 'done' ? '✓' : standing === 'deferred' ? '–' : ''
          return (
            <GridListItem
              id={line.id}
              textValue={`${line.number}. ${name}`}
              className={`agenda-line${isOpen ? ' is-open' : ''}${restricted ? ' is-restricted' : ''}`}
              data-standing={standing ?? 'waiting'}
            >
              <span className="agenda-number" aria-hidden="true">
                <span className="agenda-mark">{mark}</span>
                {line.number}
              </span>
              <span className="agenda-words">
                <span className="agenda-name">
                  {restricted ? <LockIcon size={16} /> : null}
                  {name}
                  {line.item && !line.item.restricted && line.item.narrowed ? <LockIcon size={16} /> : null}
                </span>
                <span className="agenda-detail">
                  {line.item && !line.item.restricted && line.item.case
                    ? `${line.item.case.number} · ${codes.label('case_stage', line.item.case.stage)} · `
                    : ''}
                  {standingOf(line).join(' · ')}
                  {isOpen ? <span className="visually-hidden"> · {words('agenda.here')}</span> : null}
                </span>
              </span>
              {mayOrder ? (
                <AriaButton slot="drag" className="agenda-grip" aria-label={t('agenda.drag', { name })}>
                  <GripIcon size={18} />
                </AriaButton>
              ) : null}
              {isOpen && mayOrder ? (
                <span className="agenda-tools">
                  <IconButton
                    label={t('agenda.up', { name })}
                    isDisabled={line.number === 1}
                    onPress={() => {
                      const above = agenda[line.number - 2]
                      if (above) move(line, { before: above.id })
                    }}
                  >
                    <ArrowUpIcon size={18} />
                  </IconButton>
                  <IconButton
                    label={t('agenda.down', { name })}
                    isDisabled={line.number === agenda.length}
                    onPress={() => {
                      const below = agenda[line.number]
                      if (below) move(line, { after: below.id })
                    }}
                  >
                    <ArrowDownIcon size={18} />
                  </IconButton>
                  <DraftField
                    label={t('agenda.minutesLabel', { name })}
                    labelHidden
                    value={String(line.minutes)}
                    inputMode="numeric"
                    className="agenda-minutes"
                    check={text =>
                      /^\d{1,3}$/.test(text.trim()) && Number(text) <= MAX_MINUTES ? null : t('addItem.badMinutes')
                    }
                    onCommit={text =>
                      undoable.run(t('agenda.timed', { name, minutes: Number(text) }), () =>
                        setMinutes(conference.doc, line.id, Number(text)),
                      )
                    }
                  />
                  <span className="quiet">{t('agenda.minutesUnit')}</span>
                  {mine.mayLead && (standing === 'done' || standing === 'deferred') ? (
                    <Button look="text" size="small" onPress={() => void act('item.reopen', { itemId: line.id })}>
                      {words(standing === 'done' ? 'follow.reopenDone' : 'follow.reopenDeferred')}
                    </Button>
                  ) : null}
                  {mayArrange ? (
                    <Button look="text" size="small" onPress={() => setRemoving(line)}>
                      {t('agenda.remove')}
                    </Button>
                  ) : null}
                </span>
              ) : null}
            </GridListItem>
          )
        }}
      </GridList>
      <UndoLine undoable={undoable} />
      {mayArrange ? (
        <Button look="tertiary" size="small" onPress={() => setAdding(true)}>
          <PlusIcon size={18} />
          {t('agenda.add')}
        </Button>
      ) : null}
      {adding ? <AddItemDialog onClose={() => setAdding(false)} /> : null}
      {removing ? (
        <ConfirmDialog
          isOpen
          danger
          title={t('agenda.removeTitle', { name: nameOf(removing) })}
          action={t('agenda.remove')}
          onConfirm={() => void remove(removing)}
          onCancel={() => setRemoving(null)}
        >
          {t('agenda.removeBody')}
        </ConfirmDialog>
      ) : null}
    </>
  )
}

/** Lines that came while I was here and that I have not opened: marked quietly where they stand. */
function useNewLines(agenda: readonly AgendaLine[], openItemId: ItemId | null): ReadonlySet<ItemId> {
  const known = useRef<Set<ItemId> | null>(null)
  // What is there at the first sight is not new; an empty list may simply not have arrived yet.
  if (known.current === null && agenda.length > 0) known.current = new Set(agenda.map(line => line.id))
  if (openItemId !== null) known.current?.add(openItemId)
  const fresh = agenda.filter(line => known.current?.has(line.id) === false).map(line => line.id)
  const key = fresh.join(' ')
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key is the list
  return useMemo(() => new Set(fresh), [key])
}
