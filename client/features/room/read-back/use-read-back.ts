/**
 * An item's hearing as its screen needs it: what is being read, whether it covers the middle, and the commands. The hash that goes with an answer is
 * computed here from what is shown, not taken from the server.
 */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { PositionKind } from '../../../../shared/codes.ts'
import type { AgencyId, ReadBackId } from '../../../../shared/ids.ts'
import type { HearingView } from '../../../../shared/meeting/meeting-view.ts'
import {
  changesSince,
  hashOfReadBack,
  isNothingToRead,
  type ReadBackChange,
} from '../../../../shared/meeting/read-back.ts'
import type { RoomClient } from '../../../room/room-client.ts'
import { useNotices } from '../../../ui/notice.tsx'
import { watchTyping } from '../follow/typing-watch.ts'
import { useMeeting } from '../meeting-context.tsx'
import { useRoom } from '../room-context.tsx'
import { type OpenItem, useReadBackContent } from './use-read-back-content.ts'
import { useReadBackTexts } from './use-read-back-texts.ts'

export type WhyNot = 'nothing' | 'loading' | 'line' | null

export interface ReadBack {
  hearing: HearingView | null
  /** Reading can be begun by this person, or `whyNot` says what is missing. */
  mayOpen: boolean
  whyNot: WhyNot
  /** The reading covers the middle. */
  covers: boolean
  /** This person asked for it, and so goes on there. */
  isAskedFor: boolean
  /** Of what was confirmed last, and, while it is read, of what is read. */
  changedSinceConfirmed: readonly ReadBackChange[]
  changedWhileRead: readonly ReadBackChange[]
  show(): void
  hide(): void
  open(): Promise<void>
  restart(): Promise<void>
  cancel(): Promise<void>
  confirm(): Promise<void>
  /** True when it was taken. */
  answer(agencyId: AgencyId, position: PositionKind, words: string): Promise<boolean>
}

/** Words of mine that are on their way to the room are waited for so long before they are read back. */
const WORDS_ARRIVE_WITHIN_MS = 3_000

export function useReadBack(record: OpenItem): ReadBack {
  const { t } = useReadBackTexts()
  const { view, client } = useRoom()
  const meeting = useMeeting()
  const notify = useNotices()
  const { itemId } = record
  const hearing = meeting.view?.hearings[itemId] ?? null
  const now = useReadBackContent(record)
  const current = hearing?.readBack ?? null
  const readBackId = current?.readBackId ?? null
  const stage = useStage(readBackId)

  const content = current?.content
  const hash = useMemo(() => (content ? hashOfReadBack(content) : ''), [content])
  const confirmed = hearing?.confirmed?.content
  const changedSinceConfirmed = useMemo(() => (confirmed && now ? changesSince(confirmed, now) : []), [confirmed, now])
  const changedWhileRead = useMemo(() => (content && now ? changesSince(content, now) : []), [content, now])

  // Whoever looks at the item is told how the reading ended; once, and not to somebody who only now comes to it.
  const ended = useRef({ readBackId, number: hearing?.confirmed?.number ?? 0 })
  const number = hearing?.confirmed?.number ?? 0
  useEffect(() => {
    const before = ended.current
    ended.current = { readBackId, number }
    if (before.readBackId === null || before.readBackId === readBackId || hearing === null) return
    if (number > before.number) notify(t('confirmedNow', { number }), 'success')
    else if (readBackId === null) notify(t('cancelled'), 'info')
  }, [readBackId, number, hearing, notify, t])

  const { act } = meeting
  const { intend } = stage
  const open = useCallback(async () => {
    if (!(await haveArrived(client))) {
      notify(t('whyNot.unsaved'), 'warning')
      return
    }
    intend()
    await act('read-back.open', { itemId })
  }, [act, client, intend, itemId, notify, t])

  const whyNot: WhyNot = now === null ? 'loading' : isNothingToRead(now) ? 'nothing' : null
  return {
    hearing,
    mayOpen: view.state === 'live' && view.mayWriteForOthers && record.mayWrite,
    whyNot: meeting.line.phase === 'live' ? whyNot : 'line',
    covers: stage.covers,
    isAskedFor: stage.isAsked,
    changedSinceConfirmed,
    changedWhileRead,
    show: stage.show,
    hide: stage.hide,
    open,
    async restart() {
      if (readBackId === null || !(await act('read-back.cancel', { itemId, readBackId }))) return
      await open()
    },
    async cancel() {
      if (readBackId !== null) await act('read-back.cancel', { itemId, readBackId })
    },
    async confirm() {
      if (readBackId !== null) await act('read-back.confirm', { itemId, readBackId, hash })
    },
    answer: async (agencyId, position, words) =>
      readBackId !== null && act('read-back.answer', { itemId, readBackId, hash, agencyId, position, words }),
  }
}

/**
 * Whether the reading covers the item. It does as soon as it begins, but not over somebody who is in the middle of a word: they are shown a line
 * and come when they like.
 */
function useStage(readBackId: ReadBackId | null) {
  const [shown, setShown] = useState<{ readBackId: ReadBackId; isAsked: boolean } | null>(null)
  const typing = useRef<ReturnType<typeof watchTyping> | null>(null)
  const intends = useRef(false)
  useEffect(() => {
    const watch = watchTyping(document)
    typing.current = watch
    return () => watch.close()
  }, [])
  useEffect(() => {
    if (readBackId === null) return
    const isAsked = intends.current
    intends.current = false
    if (isAsked || typing.current?.isBusy() !== true) setShown({ readBackId, isAsked })
  }, [readBackId])
  const covers = readBackId !== null && shown?.readBackId === readBackId
  return {
    covers,
    isAsked: covers && shown.isAsked,
    show: useCallback(() => setShown(readBackId && { readBackId, isAsked: true }), [readBackId]),
    hide: useCallback(() => setShown(null), []),
    /** This person begins it themselves and wants to see it. */
    intend: useCallback(() => {
      intends.current = true
    }, []),
  }
}

/** Resolves with true once nothing of mine is only on this device. */
function haveArrived(client: RoomClient): Promise<boolean> {
  const isThere = () => {
    const { place } = client.getState().receipt
    return place === 'room' || place === 'stored'
  }
  if (isThere()) return Promise.resolve(true)
  return new Promise(resolve => {
    const finish = (arrived: boolean) => {
      clearTimeout(timer)
      unsubscribe()
      resolve(arrived)
    }
    const timer = setTimeout(() => finish(false), WORDS_ARRIVE_WITHIN_MS)
    const unsubscribe = client.subscribe(() => {
      if (isThere()) finish(true)
    })
  })
}
