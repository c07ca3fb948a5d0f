/** The agenda as shown: order, minutes and neutral labels from the conference document, joined with what the record lets me know of each item. */
import { useMemo } from 'react'
import type * as Y from 'yjs'
import { type AgendaEntry, agendaOf } from '../../../../shared/documents/conference-document.ts'
import type { ItemId } from '../../../../shared/ids.ts'
import type { ItemView } from '../../../../shared/protocol/http-api.ts'
import type { RoomState } from '../../../room/room-client.ts'
import { useRoomState } from '../room-context.tsx'
import { useShared } from '../use-shared.ts'

export interface AgendaLine {
  id: ItemId
  /** 1, 2, … as people say it. */
  number: number
  minutes: number
  /** Neutral label of a general item; empty otherwise. */
  label: string
  /** Null while the record of an item that was just added has not come yet. */
  item: ItemView | null
}

const AGENDA_ROOTS = ['agenda']

export function useAgenda(): readonly AgendaLine[] {
  const { view, conference } = useRoomState()
  const entries = useAgendaEntries(conference?.doc)
  return useMemo(() => join(entries, view?.items ?? []), [entries, view?.items])
}

/** The same, read once. */
export function readAgenda(state: RoomState): readonly AgendaLine[] {
  return join(state.conference ? agendaOf(state.conference.doc) : [], state.view?.items ?? [])
}

function useAgendaEntries(doc: Y.Doc | undefined): readonly AgendaEntry[] {
  // The conference's line is opened before the screen is shown and stays until it is left.
  if (doc === undefined) throw new Error('the agenda is read before the conference is open')
  return useShared(doc, AGENDA_ROOTS, agendaOf)
}

function join(entries: readonly AgendaEntry[], items: readonly ItemView[]): AgendaLine[] {
  const byId = new Map(items.map(item => [item.itemId, item]))
  const listed = new Set(entries.map(entry => entry.id))
  const lines = entries.map(entry => ({ ...entry, item: byId.get(entry.id) ?? null }))
  // A record whose line has not arrived yet stands at the end rather than nowhere.
  for (const item of items) {
    if (!listed.has(item.itemId)) lines.push({ id: item.itemId, order: '', minutes: 0, label: '', item })
  }
  return lines.map(({ id, minutes, label, item }, index) => ({ id, number: index + 1, minutes, label, item }))
}
