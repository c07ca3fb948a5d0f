/** The room: opens the conference, shows what can be shown of it, and watches over what is not stored when the person leaves. */
import { type ReactNode, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import { useParams } from 'react-router'
import { type AgencyId, type ConferenceId, parseId } from '../../../shared/ids.ts'
import type { ConferenceView } from '../../../shared/protocol/http-api.ts'
import { ApiError } from '../../lib/api.ts'
import { useApi } from '../../lib/services.tsx'
import { useAttendance, useSession } from '../../lib/session.tsx'
import type { MeetingLink } from '../../meeting/meeting-link.ts'
import { openTransport } from '../../room/open-transport.ts'
import { RoomClient, type RoomState } from '../../room/room-client.ts'
import { useNotices } from '../../ui/notice.tsx'
import { usePageTitle } from '../../ui/page.tsx'
import { ErrorState, Loading, NotFound } from '../../ui/states.tsx'
import { GuestEnd } from '../guests/guest-end.tsx'
import { useRoomTexts } from './i18n/use-room-texts.ts'
import { MeetingProvider, useMeetingLink } from './meeting-context.tsx'
import { type AgencyLook, type Room, RoomContext } from './room-context.tsx'
import { RoomScreen } from './room-screen.tsx'
import { caretLook, pasteWords, readCaret } from './text/surroundings.ts'
import './room.css'

export function RoomPage() {
  const { t } = useRoomTexts()
  const params = useParams()
  const conferenceId = parseId<ConferenceId>(params.conferenceId)
  if (conferenceId === undefined) return <NotFound />
  return (
    <OpenRoom key={conferenceId} conferenceId={conferenceId} title={t('title')}>
      <RoomScreen />
    </OpenRoom>
  )
}

/** Opens a conference's documents and its meeting for what is shown of them, e.g. the room's screen or the projector's. */
export function OpenRoom(props: {
  conferenceId: ConferenceId
  title: string
  /** For others to look at: the person who opened it is not here by it, and no other window of theirs hears of it. */
  watches?: boolean
  children: ReactNode
}) {
  const { conferenceId, title, watches = false, children } = props
  const { t } = useRoomTexts()
  const client = useRoomClient(conferenceId, watches)
  // Opened beside the documents, not after them.
  const meeting = useMeetingLink(conferenceId, watches)
  usePageTitle(title)
  if (client === null) return <Loading words={t('opening')} />
  return (
    <RoomOf client={client} meeting={meeting}>
      {children}
    </RoomOf>
  )
}

function useRoomClient(conferenceId: ConferenceId, watches: boolean): RoomClient | null {
  const api = useApi()
  const { covered } = useSession()
  const [client, setClient] = useState<RoomClient | null>(null)
  useEffect(() => {
    const opened = new RoomClient({
      conferenceId,
      watches,
      api,
      serverUrl: `${window.location.protocol === 'https:' ? 'wss:' : 'ws:'}//${window.location.host}/sync`,
      beforeRemote: readCaret,
      transport: openTransport(window),
    })
    opened.start()
    setClient(opened)
    const onOnline = () => opened.resume()
    window.addEventListener('online', onOnline)
    return () => {
      window.removeEventListener('online', onOnline)
      setClient(null)
      opened.leave()
    }
  }, [conferenceId, watches, api])

  // The cover went away: the person is back, and what was typed before it is sent.
  const wasCovered = useRef(covered)
  useEffect(() => {
    if (wasCovered.current && !covered) client?.resume()
    wasCovered.current = covered
  }, [covered, client])
  return client
}

function RoomOf(props: { client: RoomClient; meeting: MeetingLink | null; children: ReactNode }) {
  const { client, meeting, children } = props
  const { t } = useRoomTexts()
  const state = useSyncExternalStore(client.subscribe, client.getState)
  const { view, trouble } = state
  useAttendance(view?.state === 'live' && state.conference?.line.phase === 'live')
  const isGuest = useSession().view.guest !== undefined
  useWarningBeforeLoss(state)
  if (view === null) {
    // For a guest there is nothing else: the meeting is over, or was never theirs.
    if (isGuest && trouble === 'not-found') return <GuestEnd />
    if (trouble === null) return <Loading words={t('opening')} />
    return (
      <main>
        <ErrorState error={new ApiError(trouble)} onRetry={() => void client.refresh()} />
      </main>
    )
  }
  return (
    <Provide client={client} view={view}>
      <MeetingProvider link={meeting}>{children}</MeetingProvider>
    </Provide>
  )
}

function Provide({ client, view, children }: { client: RoomClient; view: ConferenceView; children: ReactNode }) {
  const { t } = useRoomTexts()
  const { person } = useSession()
  const notify = useNotices()
  const room = useMemo<Room>(() => {
    const agencies = new Map<AgencyId, AgencyLook>()
    for (const agency of view.agencies) agencies.set(agency.agencyId, agency)
    for (const item of view.items) {
      if (!item.restricted) for (const agency of item.agencies) agencies.set(agency.agencyId, agency)
    }
    const part = view.participants.find(p => p.userId === person.userId)
    return {
      client,
      view,
      me: { userId: person.userId, name: person.name, agencyId: part?.agencyId ?? null },
      agencies,
      caretLookOf: user => caretLook(user, agencies, person.userId),
      remarkOnPaste: remark => notify(...pasteWords(t, remark)),
    }
  }, [client, view, person.userId, person.name, notify, t])
  return <RoomContext value={room}>{children}</RoomContext>
}

/** The browser asks before the page goes away, only while something of mine is nowhere else. */
function useWarningBeforeLoss(state: RoomState): void {
  const atRisk = state.receipt.place === 'here' || state.returned.length > 0
  useEffect(() => {
    if (!atRisk) return
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [atRisk])
}
