import { useEffect, useReducer, useState } from 'react'
import { type AgendaEntry, agendaOf } from '../../../shared/documents/conference-document.ts'
import { documentNameOf } from '../../../shared/documents/document-names.ts'
import type { ConferenceId } from '../../../shared/ids.ts'
import { ApiError } from '../../lib/api.ts'
import { useApi } from '../../lib/services.tsx'
import { useSession } from '../../lib/session.tsx'
import { DocumentLink, type LinkState } from '../../room/document-link.ts'
import { openTransport } from '../../room/open-transport.ts'

export interface ConferenceDocument {
  state: LinkState
  /** Empty until it has come. */
  agenda: readonly AgendaEntry[]
  /** Order and time may be changed now. */
  mayOrder: boolean
}

/** The conference's shared document while the plan is open: order and time of its agenda, live with whoever else prepares it. */
export function useConferenceDocument(conferenceId: ConferenceId): ConferenceDocument | undefined {
  const api = useApi()
  const { covered } = useSession()
  const [link, setLink] = useState<DocumentLink>()
  const [, redraw] = useReducer((n: number) => n + 1, 0)

  useEffect(() => {
    const transport = openTransport(window)
    const opened: DocumentLink = new DocumentLink({
      serverUrl: `${window.location.protocol === 'https:' ? 'wss:' : 'ws:'}//${window.location.host}/sync`,
      document: documentNameOf({ kind: 'conference', conferenceId }),
      askWhyRefused: document =>
        api.syncCheck(document).then(
          () => {
            transport.noteAdmitted()
            return 'admitted' as const
          },
          error => (error instanceof ApiError && error.reason !== 'unreachable' ? error.reason : 'unknown'),
        ),
      onChange: redraw,
      // Whoever prepares is not in the room: nothing is told of where they are.
      watches: true,
      WebSocket: transport.WebSocket,
    })
    transport.onChange(() => {
      if (transport.transport === 'websocket') opened.changeSocket()
      else if (opened.state.line.phase === 'lost') opened.retryNow()
    })
    opened.open()
    setLink(opened)
    return () => {
      setLink(undefined)
      opened.close()
      transport.close()
    }
  }, [api, conferenceId])

  const doc = link?.state.doc
  useEffect(() => {
    if (!doc) return
    doc.on('afterTransaction', redraw)
    return () => doc.off('afterTransaction', redraw)
  }, [doc])

  useEffect(() => {
    if (!covered) link?.resumeAfterSignIn()
  }, [covered, link])

  if (!link) return undefined
  const { state } = link
  return { state, agenda: agendaOf(state.doc), mayOrder: state.loaded && state.mayWrite === true }
}
