/**
 * The minute-taker's table (참석 확인). Most people at the table have no device: one press enters all of them, recorded as said aloud with the name of
 * who entered it. Opened by a key, with the focus on that press; every line can be put right beneath it.
 */
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import {
  ATTENDANCE_MODES,
  CONFERENCE_ROLES,
  codesOf,
  isPresentMode,
  PRESENT_MODES,
  type PresentMode,
} from '../../../../shared/codes.ts'
import type { AgencyId } from '../../../../shared/ids.ts'
import type { AttendeeView } from '../../../../shared/meeting/meeting-view.ts'
import { Button } from '../../../ui/button.tsx'
import { AgencyChip } from '../../../ui/chips.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Choice, TextField } from '../../../ui/fields.tsx'
import { useNotices } from '../../../ui/notice.tsx'
import { Select } from '../../../ui/pickers.tsx'
import { Loading } from '../../../ui/states.tsx'
import { useMeeting } from '../meeting-context.tsx'
import { useRoom } from '../room-context.tsx'
import { byAgency, countsOf, isHere, parseTimeOfDay, remainingEntries } from './attendance-rows.ts'
import { furtherWords, oralWords, standingWords } from './attendance-words.ts'
import { useAttendanceTexts } from './use-attendance-texts.ts'
import './attendance.css'

export function AttendanceDesk({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useAttendanceTexts()
  useEscapeFromNowhere(isOpen, onClose)
  return (
    <Dialog title={t('desk.title')} isOpen={isOpen} onClose={onClose} size="large">
      <Table />
    </Dialog>
  )
}

/** A press that takes its own button away leaves the focus nowhere, where the dialog does not hear the keyboard: Escape closes it all the same. */
function useEscapeFromNowhere(isOpen: boolean, onClose: () => void): void {
  const close = useRef(onClose)
  close.current = onClose
  useEffect(() => {
    if (!isOpen) return
    const onKey = (event: globalThis.KeyboardEvent) => {
      const at = document.activeElement
      const isNowhere =
        at === null || at === document.body || !at.closest('[role=dialog], [role=alertdialog], .popover')
      if (event.key === 'Escape' && !event.isComposing && !event.defaultPrevented && isNowhere) close.current()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [isOpen])
}

function Table() {
  const { t } = useAttendanceTexts()
  const { view: conference, agencies } = useRoom()
  const { view } = useMeeting()
  if (view === null) return <Loading words={t('desk.loading')} />
  const nameOf = (agencyId: AgencyId) => agencies.get(agencyId)?.shortName ?? ''
  return (
    <div className="attendance-desk">
      <p role="status">{t('desk.counts', countsOf(view.attendance))}</p>
      <AllAtOnce attendance={view.attendance} />
      <div className="table-scroll">
        <table className="table attendance-table">
          <thead>
            <tr>
              <th scope="col">{t('desk.agencyColumn')}</th>
              <th scope="col">{t('desk.person')}</th>
              <th scope="col">{t('desk.mode')}</th>
              <th scope="col">{t('desk.state')}</th>
              <th scope="col">{t('desk.leaves')}</th>
              <th scope="col">{t('desk.does')}</th>
            </tr>
          </thead>
          {byAgency(view.attendance, conference.hostAgencyId, nameOf).map(({ agencyId, rows }) => {
            const agency = agencies.get(agencyId)
            return (
              <tbody key={agencyId}>
                {rows.map((one, at) => (
                  <Row key={one.key} attendee={one}>
                    {at === 0 ? (
                      <th scope="rowgroup" rowSpan={rows.length} className="attendance-agency">
                        {agency ? <AgencyChip {...agency} /> : null}
                      </th>
                    ) : null}
                  </Row>
                ))}
              </tbody>
            )
          })}
        </table>
      </div>
      <AddPerson />
    </div>
  )
}

function AllAtOnce({ attendance }: { attendance: readonly AttendeeView[] }) {
  const { t } = useAttendanceTexts()
  const { client } = useRoom()
  const { act } = useMeeting()
  const notify = useNotices()
  const [isPending, setPending] = useState(false)
  const entries = remainingEntries(attendance)
  const enterAll = async () => {
    setPending(true)
    if (await act('attendance.enter', { entries, statement: true })) {
      notify(t('desk.didAll', { count: entries.length }), 'success')
      // I am among them.
      await client.refresh()
    }
    setPending(false)
  }
  // The button keeps its place and its focus when nothing is left to do.
  const isDone = entries.length === 0
  return (
    <div className="attendance-all">
      <Button
        look="primary"
        isPending={isPending}
        autoFocus
        aria-describedby="attendance-all-hint"
        onPress={() => {
          if (!isDone) void enterAll()
        }}
        {...(isDone ? { 'aria-disabled': 'true' as const } : {})}
      >
        {t('desk.all')}
      </Button>
      <p className="quiet" id="attendance-all-hint">
        {isDone ? t('desk.allDone') : t('desk.allHint', countsOf(attendance))}
      </p>
    </div>
  )
}

/** @param children the agency's cell, in the first of its lines */
function Row({ attendee, children }: { attendee: AttendeeView; children: ReactNode }) {
  const { t, language } = useAttendanceTexts()
  const { act } = useMeeting()
  const row = useRef<HTMLTableRowElement>(null)
  const { key, name, title, role, standing, statement } = attendee
  // A press takes its own button away: the keyboard stays in the line.
  const stay = async (doing: Promise<boolean>) => {
    await doing
    const at = document.activeElement
    if (at === null || at === document.body || !row.current?.contains(at)) row.current?.querySelector('button')?.focus()
  }
  const state = standingWords(attendee, t)
  const further = [oralWords(attendee, t), ...furtherWords(attendee, t)].filter(words => words !== '')
  return (
    <tr ref={row} data-testid="attendance-row" data-standing={standing}>
      {children}
      <th scope="row">
        {name}
        <span className="attendance-post">
          {[
            title,
            role === 'attendee' ? '' : CONFERENCE_ROLES[role][language],
            attendee.userId === null ? t('state.guest') : '',
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </th>
      <td>
        <Select
          label={t('desk.modeOf', { name })}
          labelHidden
          width="short"
          placeholder={t('desk.choose')}
          value={attendee.mode}
          options={codesOf(ATTENDANCE_MODES).map(mode => ({ id: mode, label: t(`state.mode.${mode}`) }))}
          onChange={mode => void act('attendance.enter', { entries: [{ key, mode }], statement: isPresentMode(mode) })}
        />
      </td>
      <td>
        <span className="attendance-state">{state}</span>
        {further.length > 0 ? <span className="attendance-post">{further.join(' · ')}</span> : null}
      </td>
      <td className="attendance-leaves">
        <LeavesAt attendee={attendee} />
      </td>
      <td>
        <div className="attendance-does">
          {standing === 'announced' ? (
            <Button
              look="secondary"
              size="small"
              aria-label={t('desk.confirmOf', { name })}
              onPress={() => void stay(act('attendance.confirm', { keys: [key] }))}
            >
              {t('desk.confirm')}
            </Button>
          ) : null}
          {standing === 'confirmed' && statement === 'none' && isPresentMode(attendee.mode) ? (
            <Agreed attendee={attendee} mode={attendee.mode} onDone={stay} />
          ) : null}
          {isHere(attendee) ? (
            <Button
              look="text"
              size="small"
              aria-label={t('desk.departOf', { name })}
              onPress={() => void stay(act('attendance.depart', { key }))}
            >
              {t('desk.depart')}
            </Button>
          ) : null}
          {attendee.userId === null ? (
            <Button
              look="text"
              size="small"
              aria-label={t('desk.removeOf', { name })}
              onPress={() => void stay(act('attendance.remove', { key }))}
            >
              {t('desk.remove')}
            </Button>
          ) : null}
        </div>
      </td>
    </tr>
  )
}

function Agreed({
  attendee: { key, name },
  mode,
  onDone,
}: {
  attendee: AttendeeView
  mode: PresentMode
  onDone: (doing: Promise<boolean>) => Promise<void>
}) {
  const { t } = useAttendanceTexts()
  const { act } = useMeeting()
  return (
    <Button
      look="secondary"
      size="small"
      aria-label={t('desk.statementOf', { name })}
      onPress={() => void onDone(act('attendance.enter', { entries: [{ key, mode }], statement: true }))}
    >
      {t('desk.statement')}
    </Button>
  )
}

/** Taken when the field is left, or by Enter. */
function LeavesAt({ attendee: { key, name, leavesAt } }: { attendee: AttendeeView }) {
  const { t } = useAttendanceTexts()
  const { act } = useMeeting()
  const [typed, setTyped] = useState<string>()
  const [isWrong, setWrong] = useState(false)
  const take = () => {
    if (typed === undefined) return
    const at = parseTimeOfDay(typed)
    setWrong(at === null)
    if (at === null) return
    setTyped(undefined)
    if (at !== leavesAt) void act('attendance.leaves-at', { key, at })
  }
  return (
    <TextField
      label={t('desk.leavesOf', { name })}
      labelHidden
      width="short"
      placeholder={t('desk.leavesExample')}
      value={typed ?? leavesAt}
      errorMessage={isWrong ? t('desk.badTime') : undefined}
      onChange={text => {
        setTyped(text)
        setWrong(false)
      }}
      onBlur={take}
      onKeyDown={event => {
        // The field keeps what it is told to itself unless it is let on: Escape is the dialog's.
        event.continuePropagation()
        if (event.key === 'Enter') take()
      }}
    />
  )
}

/** One line of fields: Enter adds and goes on to the next person of the same agency. */
function AddPerson() {
  const { t, language } = useAttendanceTexts()
  const { view: conference } = useRoom()
  const { act } = useMeeting()
  const notify = useNotices()
  const [name, setName] = useState('')
  const [agencyId, setAgencyId] = useState<AgencyId>(conference.hostAgencyId)
  const [title, setTitle] = useState('')
  const [role, setRole] = useState<'attendee' | 'observer'>('attendee')
  const [mode, setMode] = useState<PresentMode>('in_person')
  const [isMissing, setMissing] = useState(false)
  const [isPending, setPending] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const add = async () => {
    const person = name.trim()
    setMissing(person === '')
    const field = form.current?.querySelector('input')
    if (person === '') {
      field?.focus()
      return
    }
    if (isPending) return
    setPending(true)
    const body = { name: person, agencyId, title: title.trim(), role, mode, statement: true }
    if (await act('attendance.add', body)) {
      notify(t('desk.added', { name: person }), 'success')
      setName('')
      setTitle('')
    }
    setPending(false)
    field?.focus()
  }
  return (
    <form
      ref={form}
      className="attendance-add"
      aria-labelledby="attendance-add-title"
      onSubmit={event => {
        event.preventDefault()
        void add()
      }}
      onKeyDown={notWhileComposing}
    >
      <h3 id="attendance-add-title">{t('desk.addTitle')}</h3>
      <p className="quiet">{t('desk.addHint')}</p>
      <div className="attendance-add-fields">
        <TextField
          label={t('desk.name')}
          value={name}
          maxLength={40}
          placeholder={t('desk.nameExample')}
          errorMessage={isMissing ? t('desk.noName') : undefined}
          width="medium"
          onChange={text => {
            setName(text)
            setMissing(false)
          }}
        />
        <Select
          label={t('desk.agency')}
          width="medium"
          value={agencyId}
          options={conference.agencies.map(one => ({ id: one.agencyId, label: one.shortName, detail: one.name }))}
          onChange={setAgencyId}
        />
        <TextField
          label={t('desk.post')}
          value={title}
          maxLength={40}
          placeholder={t('desk.postExample')}
          width="medium"
          onChange={setTitle}
        />
        <Choice
          label={t('desk.role')}
          value={role}
          onChange={setRole}
          options={(['attendee', 'observer'] as const).map(one => ({
            id: one,
            label: CONFERENCE_ROLES[one][language],
          }))}
        />
        <Choice
          label={t('desk.mode')}
          value={mode}
          onChange={setMode}
          options={PRESENT_MODES.map(one => ({ id: one, label: t(`state.mode.${one}`) }))}
        />
        <Button type="submit" look="secondary" isPending={isPending}>
          {t('desk.add')}
        </Button>
      </div>
    </form>
  )
}

/** Enter that finishes a syllable is the keyboard's own; taken for a press it would add a name with half a syllable. */
function notWhileComposing(event: KeyboardEvent): void {
  if (event.key === 'Enter' && event.nativeEvent.isComposing) event.preventDefault()
}
