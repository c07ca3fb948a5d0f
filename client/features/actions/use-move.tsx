/** Moving an action item from any screen: at once where nothing has to be said, with a dialog where something has. */
import { type ReactNode, useState } from 'react'
import { ACTION_MOVES, type ActionMove } from '../../../shared/actions/action-codes.ts'
import { needOf } from '../../../shared/actions/action-moves.ts'
import { ACTION_STATUSES } from '../../../shared/codes.ts'
import type { ConferenceId } from '../../../shared/ids.ts'
import type { ActionView } from '../../../shared/protocol/action-api.ts'
import { ApiError } from '../../lib/api.ts'
import { useApi } from '../../lib/services.tsx'
import { useNotices } from '../../ui/notice.tsx'
import { useErrorWords } from '../../ui/states.tsx'
import { MoveDialog, type MoveSaid } from './move-dialog.tsx'
import { useActionItemTexts } from './use-action-item-texts.ts'

/** What a screen must know of an action item to offer its moves. */
export type Movable = Pick<
  ActionView,
  'actionId' | 'document' | 'what' | 'agency' | 'status' | 'moves' | 'entersFor' | '_v'
>

export interface Moving {
  /** Begins a move: asks for words first where it takes some, unless they are given. */
  begin(move: ActionMove, said?: MoveSaid): void
  isPending: boolean
  dialog: ReactNode
}

export function useMove(
  action: Movable,
  options: { conferenceId?: ConferenceId; onMoved: (view: ActionView | undefined) => unknown },
): Moving {
  const { t, language } = useActionItemTexts()
  const api = useApi()
  const notify = useNotices()
  const errorWords = useErrorWords()
  const [asking, setAsking] = useState<ActionMove>()
  const [isPending, setPending] = useState(false)

  async function send(move: ActionMove, said: MoveSaid): Promise<void> {
    setPending(true)
    try {
      const view = await api.moveAction(action.document, action.actionId, {
        ...said,
        _v: action._v,
        move,
        ...(options.conferenceId && { conferenceId: options.conferenceId }),
      })
      setAsking(undefined)
      const what = action.what || t('row.noWords')
      const state =
        view.status === action.status ? ACTION_MOVES[move][language] : ACTION_STATUSES[view.status][language]
      notify(t('move.done', { what, state }), 'info')
      await options.onMoved(view)
    } catch (error) {
      const isOld = error instanceof ApiError && error.reason === 'conflict'
      const { title, body } = errorWords(error)
      notify(isOld ? t('move.conflict') : t('move.failed', { why: `${title}. ${body}` }), 'danger')
      if (isOld) {
        setAsking(undefined)
        await options.onMoved(undefined)
      }
    } finally {
      setPending(false)
    }
  }

  return {
    isPending,
    begin(move, said) {
      if (isPending) return
      if (said === undefined && (needOf(move) !== undefined || move === 'finish')) setAsking(move)
      else void send(move, said ?? {})
    },
    dialog:
      asking === undefined ? null : (
        <MoveDialog
          move={asking}
          action={action}
          entersFor={action.entersFor}
          isPending={isPending}
          onDo={said => void send(asking, said)}
          onClose={() => setAsking(undefined)}
        />
      ),
  }
}
