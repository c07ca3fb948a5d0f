/**
 * The running meeting for every part of the room's screen: its picture, commands with their answers in words, and who I am in it. The line is opened
 * with the room, not after it; a draft has no meeting.
 */
import {
  createContext,
  type ReactNode,
  use,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react'
import { must } from '../../../shared/assert.ts'
import { documentNameOf } from '../../../shared/documents/document-names.ts'
import type { AttendeeKey, ConferenceId } from '../../../shared/ids.ts'
import type { MeetingView } from '../../../shared/meeting/meeting-view.ts'
import type { CommandName } from '../../../shared/protocol/live-channel.ts'
import { ApiError } from '../../lib/api.ts'
import { useApi } from '../../lib/services.tsx'
import { useSession } from '../../lib/session.tsx'
import { socketLines } from '../../meeting/live-line.ts'
import {
  type CommandPart,
  type MeetingLine,
  MeetingLink,
  type MeetingPicture,
  type Outcome,
} from '../../meeting/meeting-link.ts'
import { whyRefused } from '../../room/why-refused.ts'
import { useTellError } from '../../ui/states.tsx'
import { useRoom } from './room-context.tsx'

export interface Meeting {
  /** Null before the first snapshot, and when there is no meeting for me. */
  view: MeetingView | null
  line: MeetingLine
  /** Resolves with the server's answer; kept over a lost line for a minute. */
  send<Name extends CommandName>(name: Name, part: CommandPart<Name>): Promise<Outcome>
  /** The same, and what went wrong is told in words. True when it was done. */
  act<Name extends CommandName>(name: Name, part: CommandPart<Name>): Promise<boolean>
  mine: {
    /** I am at the table under this key, also before I said so. */
    key: AttendeeKey
    isChair: boolean
    /** The chair or the minute-taker of a live conference: moves the pointer, gives the floor. */
    mayLead: boolean
  }
  /** The server's time, ms since the epoch. */
  serverNow(): number
}

const MeetingContext = createContext<Meeting | undefined>(undefined)

export function useMeeting(): Meeting {
  return must(use(MeetingContext), 'meeting')
}

const NOTHING: MeetingPicture = { line: { phase: 'connecting' }, view: null, offsetMs: 0 }

/** Opens the line of a conference as soon as the page is there; `null` for a moment, like the room's client. */
export function useMeetingLink(conferenceId: ConferenceId, watches: boolean): MeetingLink | null {
  const api = useApi()
  const { covered } = useSession()
  const [link, setLink] = useState<MeetingLink | null>(null)
  useEffect(() => {
    const opened = new MeetingLink({
      conferenceId,
      watches,
      openLine: socketLines({ serverUrl: window.location.origin }),
      askWhyRefused: () => whyRefused(api, documentNameOf({ kind: 'conference', conferenceId })),
    })
    opened.start()
    setLink(opened)
    const onOnline = () => opened.resume()
    window.addEventListener('online', onOnline)
    return () => {
      window.removeEventListener('online', onOnline)
      setLink(null)
      opened.close()
    }
  }, [conferenceId, watches, api])
  // The cover went away: the person is back.
  const wasCovered = useRef(covered)
  useEffect(() => {
    if (wasCovered.current && !covered) link?.resume()
    wasCovered.current = covered
  }, [covered, link])
  return link
}

export function MeetingProvider({ link, children }: { link: MeetingLink | null; children: ReactNode }) {
  const { view: conference, me, client } = useRoom()
  const tellError = useTellError()
  // Commands stay the same functions between renders; the words are those of the language at that moment.
  const tell = useRef((_outcome: Outcome & { ok: false }) => {})
  tell.current = outcome => {
    tellError(new ApiError(outcome.reason, outcome.message || undefined))
  }
  const picture = useSyncExternalStore(
    useCallback((listener: () => void) => link?.subscribe(listener) ?? (() => {}), [link]),
    () => link?.getState() ?? NOTHING,
  )
  const isChair = picture.view?.chair.userId === me.userId
  const mayLead = conference.state === 'live' && (isChair || conference.myRole === 'minute_taker')

  // The record says what a meeting does not: who may enter, the state. It may have changed when this line was closed or came back.
  const { phase } = picture.line
  useEffect(() => {
    if (phase === 'over' || phase === 'signed-out') void client.refresh()
  }, [phase, client])
  // Somebody may be let in again; the record knows it first. Asked once for each version of it.
  const endedWith = useRef<number | null>(null)
  useEffect(() => {
    const before = endedWith.current
    endedWith.current = phase === 'over' ? conference._v : null
    if (phase === 'over' && before !== null && before !== conference._v) link?.resume()
  }, [conference._v, link, phase])

  // What is pressed while the page is still opening its line is sent on it, and never lost.
  const onLink = useRef<((link: MeetingLink) => void)[]>([])
  useEffect(() => {
    if (link) for (const send of onLink.current.splice(0)) send(link)
  }, [link])
  const actions = useMemo(() => {
    const send: Meeting['send'] = (name, part) =>
      link
        ? link.send(name, part)
        : new Promise(resolve => onLink.current.push(opened => resolve(opened.send(name, part))))
    const act: Meeting['act'] = async (name, part) => {
      const outcome = await send(name, part)
      if (!outcome.ok) tell.current(outcome)
      return outcome.ok
    }
    return { send, act, serverNow: () => link?.serverNow() ?? Date.now() }
  }, [link])

  const meeting = useMemo<Meeting>(
    () => ({
      ...actions,
      view: picture.view,
      line: picture.line,
      // A participant's key is the user's id, by definition of the ids.
      mine: { key: me.userId as string as AttendeeKey, isChair, mayLead },
    }),
    [actions, picture.view, picture.line, me.userId, isChair, mayLead],
  )
  return <MeetingContext value={meeting}>{children}</MeetingContext>
}

/** The server's time, read again every so often; 0 asks for no redrawing. */
export function useServerTime(everyMs: number): number {
  const { serverNow } = useMeeting()
  const [now, setNow] = useState(serverNow)
  useEffect(() => {
    setNow(serverNow())
    if (everyMs <= 0) return
    const timer = setInterval(() => setNow(serverNow()), everyMs)
    return () => clearInterval(timer)
  }, [serverNow, everyMs])
  return now
}
