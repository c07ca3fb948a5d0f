/** What is asked of me in the running meeting, from what this screen already has. */
import { useEffect, useMemo, useReducer } from 'react'
import { actionsOf } from '../../../../shared/documents/actions-document.ts'
import { plainTextOf } from '../../../../shared/documents/rich-text.ts'
import type { ActionId, ItemId } from '../../../../shared/ids.ts'
import type { AgendaLine } from '../agenda/use-agenda.ts'
import { useMeeting } from '../meeting-context.tsx'
import { useRoom, useRoomState } from '../room-context.tsx'

export type Asked =
  | { kind: 'announce' }
  | { kind: 'read-back'; itemId: ItemId; number: number }
  | { kind: 'action'; itemId: ItemId; actionId: ActionId; document: string; what: string; _v: number }

export function useAsked(agenda: readonly AgendaLine[]): readonly Asked[] {
  const { view: conference, me } = useRoom()
  const { actions, actionStates, openItem } = useRoomState()
  const { view, mine } = useMeeting()
  const isLive = conference.state === 'live'
  const words = useActionsVersion(actions.map(link => link.doc))

  // biome-ignore lint/correctness/useExhaustiveDependencies: `words` says that the same documents read differently now
  return useMemo(() => {
    if (!isLive || view === null) return []
    const asked: Asked[] = []
    const standing = view.attendance.find(one => one.key === mine.key)?.standing ?? 'expected'
    if (standing === 'expected' && conference.myRole !== null) asked.push({ kind: 'announce' })
    for (const line of agenda) {
      const readBack = view.hearings[line.id]?.readBack
      if (!readBack || me.agencyId === null || !readBack.asked.includes(me.agencyId)) continue
      if (readBack.answers.some(answer => answer.agencyId === me.agencyId)) continue
      asked.push({ kind: 'read-back', itemId: line.id, number: line.number })
    }
    // Before the states came nobody knows what was answered already.
    if (actionStates && openItem && !openItem.restricted && openItem.mayWrite) {
      for (const { doc, document } of actions) {
        for (const action of actionsOf(doc)) {
          const state = actionStates.find(one => one.actionId === action.id)
          const isMine = action.agencyId === me.agencyId && (state?.status ?? 'proposed') === 'proposed'
          // The conference's own ledger holds those of all its general items.
          if (!isMine || (openItem.kind === 'general' && action.itemId !== openItem.itemId)) continue
          const what = plainTextOf(action.what)
          const _v = state?._v ?? 0
          asked.push({ kind: 'action', itemId: openItem.itemId, actionId: action.id, document, what, _v })
        }
      }
    }
    return asked
  }, [isLive, view, conference.myRole, agenda, me.agencyId, mine.key, openItem, actions, actionStates, words])
}

/** Changes when one of the ledgers on the screen does. Their number changes with the item, so it is one hook for all. */
function useActionsVersion(
  docs: readonly {
    on(name: 'update', step: () => void): void
    off(name: 'update', step: () => void): void
    guid: string
  }[],
): number {
  const [version, bump] = useReducer((count: number) => count + 1, 0)
  const key = docs.map(doc => doc.guid).join(' ')
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key is the list
  useEffect(() => {
    const shown = [...docs]
    for (const doc of shown) doc.on('update', bump)
    return () => {
      for (const doc of shown) doc.off('update', bump)
    }
  }, [key])
  return version
}
