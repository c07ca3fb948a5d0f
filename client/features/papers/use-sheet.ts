/** What the printed sheets are made of: the conference's record, and order and time of its agenda from its document. */
import { useQuery } from '@tanstack/react-query'
import { type ConferenceId, parseId } from '../../../shared/ids.ts'
import type { ConferenceView } from '../../../shared/protocol/http-api.ts'
import { useApi } from '../../lib/services.tsx'
import { type AgendaLine, joinAgenda } from '../conferences/agenda-lines.ts'
import { useConferenceDocument } from '../conferences/use-conference-document.ts'

export interface Sheet {
  view: ConferenceView
  lines: readonly AgendaLine[]
}

export function useSheet(conferenceId: ConferenceId): {
  sheet: Sheet | undefined
  error: unknown
  retry: () => void
} {
  const api = useApi()
  const { data, error, refetch } = useQuery({
    queryKey: ['conference', conferenceId],
    queryFn: () => api.conference(conferenceId),
  })
  const shared = useConferenceDocument(conferenceId)
  // Who prepares without taking part has no document: the order of the records stands in for it.
  const isSettled = shared !== undefined && (shared.state.loaded || shared.state.line.phase === 'refused')
  return {
    sheet: data && isSettled ? { view: data, lines: joinAgenda(shared.agenda, data.items) } : undefined,
    error: data === undefined ? error : null,
    retry: () => void refetch(),
  }
}

export const conferenceIdOf = (params: { conferenceId?: string }) => parseId<ConferenceId>(params.conferenceId)
