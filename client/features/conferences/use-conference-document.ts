import { useEffect, useReducer, useState } from 'react'
import { type AgendaEntry, agendaOf } from '../../../shared/documents/conference-document.ts'
import { documentNameOf } from '../../../shared/documents/document-names.ts'
import type { ConferenceId } from '../../../shared/ids.ts'
import { useApi } from '../../lib/services.tsx'
import { useSession } from '../../lib/session.tsx'
import type { DocumentLink, LinkState } from '../../room/document-link.ts'
import { openPageDocument } from '../../room/page-document.ts'

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
    const opened = openPageDocument(window, api, {
      document: documentNameOf({ kind: 'conference', conferenceId }),
      onChange: redraw,
      // Whoever prepares is not in the room: nothing is told of where they are.
      watches: true,
    })
    setLink(opened.link)
    return () => {
      setLink(undefined)
      opened.close()
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
