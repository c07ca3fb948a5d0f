/**
 * A case's document held open by a page outside a meeting: what is written in it is live with whoever else has it open, and goes on being sent after
 * the person has left the page, until it is stored. For every section of a case's page that reads or writes the document.
 */
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useReducer, useState } from 'react'
import { documentNameOf } from '../../../shared/documents/document-names.ts'
import type { CaseId } from '../../../shared/ids.ts'
import { useApi } from '../../lib/services.tsx'
import { useSession } from '../../lib/session.tsx'
import { useLeaveWarning } from '../../lib/use-leave-warning.ts'
import type { DocumentLink, LinkState } from '../../room/document-link.ts'
import { openPageDocument, type PageDocument } from '../../room/page-document.ts'
import { readCaret } from '../room/text/surroundings.ts'

export interface CaseDocument {
  link: DocumentLink
  /** A new object whenever something in it changed; its `doc` is replaced when the server refused my copy. */
  state: LinkState
  /** I may type now: a lost line does not stop me, a withdrawn right does. */
  mayWrite: boolean
}

/** Who goes elsewhere with a lost line: so long the page still tries to send what is only here. */
const LEAVING_TAKES_AT_MOST_MS = 60_000

/** Undefined for the moment before it is opened. Every part of its state arrives by drawing again. */
export function useCaseDocument(caseId: CaseId): CaseDocument | undefined {
  const api = useApi()
  const queries = useQueryClient()
  const { covered } = useSession()
  const [link, setLink] = useState<DocumentLink>()
  const [, redraw] = useReducer((n: number) => n + 1, 0)

  useEffect(() => {
    let isLeft = false
    const askForCase = () => void queries.invalidateQueries({ queryKey: ['case', caseId] })
    const { link: opened, close }: PageDocument = openPageDocument(window, api, {
      document: documentNameOf({ kind: 'case', caseId }),
      onChange: () => (isLeft ? closeWhenStored() : redraw()),
      // The case's record, or who may read it, is another.
      onNotice: askForCase,
      beforeRemote: readCaret,
    })
    let tooLong: ReturnType<typeof setTimeout> | undefined
    const closeWhenStored = () => {
      if (opened.hasUnstored && opened.state.line.phase !== 'refused') return
      clearTimeout(tooLong)
      close()
    }
    const onOnline = () => {
      if (opened.state.line.phase === 'lost') opened.retryNow()
    }
    window.addEventListener('online', onOnline)
    setLink(opened)
    return () => {
      window.removeEventListener('online', onOnline)
      setLink(undefined)
      isLeft = true
      opened.setWhereabouts({ field: null, typing: false })
      tooLong = setTimeout(close, LEAVING_TAKES_AT_MOST_MS)
      closeWhenStored()
    }
  }, [api, queries, caseId])

  useEffect(() => {
    if (!covered) link?.resumeAfterSignIn()
  }, [covered, link])

  const phase = link?.state.line.phase
  useEffect(() => {
    // The question over HTTP is what brings the cover up, and what says that the case is not mine to see any more.
    if (phase === 'signed-out' || phase === 'refused') void queries.invalidateQueries({ queryKey: ['case', caseId] })
  }, [phase, queries, caseId])

  useLeaveWarning(link !== undefined && (link.state.receipt.place === 'here' || link.state.returned !== null))

  if (link === undefined) return undefined
  return { link, state: link.state, mayWrite: mayWriteNow(link.state) }
}

function mayWriteNow({ loaded, mayWrite, line }: LinkState): boolean {
  if (!loaded || mayWrite !== true) return false
  return line.phase === 'live' || line.phase === 'lost' || line.phase === 'signed-out'
}
