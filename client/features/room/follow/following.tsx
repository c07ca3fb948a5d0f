/**
 * Following in React: where the meeting is, what a move of its pointer does to this screen, and leading others. It replaces nothing that a person
 * is writing: whoever typed just now stays, with a chip that says where the others are.
 */
import { createContext, type ReactNode, use, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { must } from '../../../../shared/assert.ts'
import type { ItemId, UserId } from '../../../../shared/ids.ts'
import { useNotices } from '../../../ui/notice.tsx'
import { type AgendaLine, readAgenda } from '../agenda/use-agenda.ts'
import { isBelowQuorum, noteBelowQuorum } from '../deciding/below-quorum.ts'
import { useMeeting } from '../meeting-context.tsx'
import { useRoom, useRoomState } from '../room-context.tsx'
import { type FollowMode, modeAfterOpening, modeOf, nextItem, stepOnMove } from './follow-rules.ts'
import { goToPlace, useLeadingPlace } from './places.ts'
import { type TypingWatch, watchTyping } from './typing-watch.ts'
import { useMeetingTexts } from './use-meeting-texts.ts'

export interface Following {
  mode: FollowMode
  setMode(mode: FollowMode): void
  /** Where the meeting is: the pointer's line of the agenda; undefined before the first item was started. */
  meetingAt: AgendaLine | undefined
  /** The meeting is at another item than this screen, and nothing will bring it there by itself. */
  isElsewhere: boolean
  /** To where the meeting is, and together from now on. */
  goThere(): void
  /** Opens an item: for everybody while leading, else for this screen. */
  open(itemId: ItemId): void
  /** Opens an item for this screen alone, also while leading: an address that names it leads nobody. */
  visit(itemId: ItemId): void
  /** Brings everybody to an item. */
  lead(itemId: ItemId): void
  /** The item that comes after the meeting's; undefined when none is left. */
  next: AgendaLine | undefined
  /** Finishes the meeting's item and brings everybody to the next. */
  goOn(): void
  /** Puts the meeting's item off and brings everybody to the next. */
  defer(): void
}

const FollowingContext = createContext<Following | undefined>(undefined)

export function useFollowing(): Following {
  return must(use(FollowingContext), 'following')
}

/** The meeting's first word comes a moment after the documents; after this a newcomer sees the first item meanwhile. */
const MEETING_SHOWS_WITHIN_MS = 400
/** A second press this soon is the same press of a nervous hand: it must not finish an item that nobody has heard. */
const ONE_PRESS_MS = 700

export function FollowingProvider({ agenda, children }: { agenda: readonly AgendaLine[]; children: ReactNode }) {
  const { t } = useMeetingTexts()
  const { client, view: conference } = useRoom()
  const { conference: link, openItemId, item } = useRoomState()
  const { view, mine, act, send, serverNow } = useMeeting()
  const [chosen, setChosen] = useState<FollowMode | null>(null)
  const [said, setSaid] = useState('')
  // Between my press and the server's word the meeting is where I lead it.
  const [leadingTo, setLeadingTo] = useState<ItemId | null>(null)
  const watch = useRef<TypingWatch | null>(null)
  const isLive = conference.state === 'live'
  const pointer = isLive ? (view?.pointer ?? null) : null
  const mode = modeOf(chosen, mine)
  const meetingAt = pointer === null ? undefined : agenda.find(line => line.id === pointer.itemId)
  const isForMe = meetingAt?.item?.restricted === false

  useEffect(() => {
    watch.current = watchTyping(document)
    return () => watch.current?.close()
  }, [])

  const show = useCallback(
    (itemId: ItemId) => {
      const main = document.getElementById('main')
      const wasInside = main?.contains(document.activeElement) === true
      client.openItem(itemId)
      // What had the focus goes away with its item; the keyboard goes on from the item's place.
      if (wasInside && main) main.focus({ preventScroll: true })
    },
    [client],
  )

  // A move of the pointer. Everything else that is read here is read as it is at that moment.
  const now = { mode, at: openItemId, number: meetingAt?.number, isForMe, isChair: mine.isChair, t }
  const latest = useRef(now)
  latest.current = now
  const itemId = pointer?.itemId ?? null
  const place = pointer?.place ?? null
  const since = pointer?.since ?? null
  const target = useRef<string | null>(null)
  const isFirst = useRef(true)
  /** An item was opened by hand before the meeting's picture was there. */
  const choseEarly = useRef(false)
  useLayoutEffect(() => {
    if (itemId === null || since === null) return
    const { mode, at, number, isForMe, isChair, t } = latest.current
    setLeadingTo(null)
    const hasChosen = choseEarly.current && mode !== 'lead' && at !== null && at !== itemId
    choseEarly.current = false
    if (hasChosen && number !== undefined) {
      isFirst.current = false
      setChosen('alone')
      setSaid(`${t('follow.chairAt', { number })} · ${t('follow.go')}`)
      return
    }
    // Who comes in is brought to where the meeting is, whatever is under their hands.
    const isBusy = !isFirst.current && watch.current?.isBusy() === true
    isFirst.current = false
    const step = stepOnMove({ mode, at, isBusy }, { itemId })
    if (step === 'go') {
      if (at !== itemId) {
        show(itemId)
        if (number !== undefined) setSaid(t(isForMe ? 'follow.brought' : 'follow.broughtClosed', { number }))
      }
      if (place !== null && !isChair) {
        target.current = place
        if (at === itemId && goToPlace(place)) target.current = null
      }
    } else if (step === 'offer' && number !== undefined) {
      setSaid(`${t(isChair ? 'follow.meetingAt' : 'follow.chairAt', { number })} · ${t('follow.go')}`)
    } else if (step === 'stay') setSaid('')
  }, [itemId, place, since, show])

  // The item's text comes a moment after it was opened.
  const isThere = item?.loaded === true
  useEffect(() => {
    if (isThere && openItemId === itemId && target.current !== null && goToPlace(target.current)) target.current = null
  }, [isThere, openItemId, itemId])

  // Somebody who comes in before the meeting has begun, or while its line is not there yet, sees the first item that she may open. Once.
  const loaded = link?.loaded === true
  const isKnown = view !== null
  useEffect(() => {
    if (!loaded || client.getState().openItemId !== null || itemId !== null) return
    const first = readAgenda(client.getState()).find(line => line.item?.restricted === false)
    if (first === undefined) return
    const timer = setTimeout(
      () => {
        // Who chose meanwhile has chosen.
        if (client.getState().openItemId === null) client.openItem(first.id)
      },
      isKnown || !isLive ? 0 : MEETING_SHOWS_WITHIN_MS,
    )
    return () => clearTimeout(timer)
  }, [client, loaded, itemId, isKnown, isLive])

  // A meeting that has begun nowhere yet takes along whoever is there.
  useEffect(() => {
    if (isKnown && itemId === null) choseEarly.current = false
  }, [isKnown, itemId])

  // To whom the chair falls leads from then on, unless they look alone.
  const becameChair = useCallback(() => setChosen(before => (before === 'alone' ? before : null)), [])
  useChairWords(view?.chair.userId ?? null, becameChair)

  const lead = useCallback(
    async (to: ItemId) => {
      setLeadingTo(to)
      if (!(await act('pointer.move', { itemId: to, place: null }))) setLeadingTo(null)
    },
    [act],
  )
  const next = view === null ? undefined : nextItem(agenda, view.progress, itemId)
  const movedAt = useRef(Number.NEGATIVE_INFINITY)
  const leave = async (command: 'item.finish' | 'item.defer') => {
    if (itemId === null || performance.now() - movedAt.current < ONE_PRESS_MS) return
    const to = next
    movedAt.current = performance.now()
    const isBelow = command === 'item.defer' && isBelowQuorum(view, itemId)
    if (!(await act(command, { itemId }))) return
    if (isBelow) await act('deferral.note', noteBelowQuorum(itemId, serverNow()))
    if (to === undefined) return
    // Whoever sends everybody on goes along, also with a word typed just before.
    if (mode !== 'alone') show(to.id)
    await lead(to.id)
    movedAt.current = performance.now()
  }

  const following: Following = {
    mode,
    setMode: next => {
      setChosen(next)
      if (next === 'together' && itemId !== null) show(itemId)
    },
    meetingAt,
    isElsewhere: meetingAt !== undefined && openItemId !== null && openItemId !== itemId && openItemId !== leadingTo,
    goThere: () => {
      if (itemId === null) return
      setChosen(mode === 'lead' ? 'lead' : 'together')
      setSaid('')
      show(itemId)
      target.current = place
    },
    open: opened => {
      client.openItem(opened)
      if (!isLive) return
      choseEarly.current = view === null && mode === 'together'
      if (mode === 'lead') void lead(opened)
      else {
        const after = modeAfterOpening(mode, opened, pointer, isForMe)
        if (after !== mode) setChosen(after)
      }
    },
    visit: opened => {
      client.openItem(opened)
      if (isLive && opened !== itemId) setChosen('alone')
    },
    lead: to => {
      show(to)
      void lead(to)
    },
    next,
    goOn: () => {
      if (itemId !== null) void leave('item.finish')
      else if (next) {
        show(next.id)
        void lead(next.id)
      }
    },
    defer: () => void leave('item.defer'),
  }

  useLeadingPlace({
    isLeading: mode === 'lead' && openItemId === itemId,
    place,
    tell: at => {
      // A place is a courtesy: when it does not arrive nothing is lost, and nobody is told.
      if (itemId !== null) void send('pointer.move', { itemId, place: at })
    },
  })

  return (
    <FollowingContext value={following}>
      {children}
      <p className="visually-hidden" role="status" data-testid="follow-said">
        {said}
      </p>
    </FollowingContext>
  )
}

/** Who leads now is told once, when it changes while I am here. */
function useChairWords(userId: UserId | null, becameChair: () => void): void {
  const { t } = useMeetingTexts()
  const { view, me } = useRoom()
  const notify = useNotices()
  const before = useRef(userId)
  const name = view.participants.find(one => one.userId === userId)?.name
  const isMe = userId === me.userId
  useEffect(() => {
    if (userId === null || before.current === userId) return
    const isFirst = before.current === null
    before.current = userId
    if (isFirst) return
    if (isMe) {
      becameChair()
      notify(t('chair.becameMe'), 'info')
    }
    if (!isMe && name !== undefined) notify(t('chair.became', { name }), 'info')
  }, [userId, isMe, name, becameChair, notify, t])
}
