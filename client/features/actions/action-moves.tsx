/** The state of an action item as a button that offers what this person may do with it; for everybody else as a mark. */
import { Button as AriaButton, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components'
import { ACTION_MOVES } from '../../../shared/actions/action-codes.ts'
import { ACTION_STATUSES, type ActionStatus } from '../../../shared/codes.ts'
import type { ConferenceId } from '../../../shared/ids.ts'
import type { ActionView } from '../../../shared/protocol/action-api.ts'
import { Chip, type ChipTone } from '../../ui/chips.tsx'
import { ChevronDownIcon } from '../../ui/icons.tsx'
import { useActionItemTexts } from './use-action-item-texts.ts'
import { type Movable, useMove } from './use-move.tsx'
import './actions.css'

export function ActionMoves(props: {
  action: Movable
  conferenceId?: ConferenceId
  onMoved: (view: ActionView | undefined) => unknown
}) {
  const { action, onMoved } = props
  const { t, language } = useActionItemTexts()
  const moving = useMove(action, { onMoved, ...(props.conferenceId && { conferenceId: props.conferenceId }) })
  const words = ACTION_STATUSES[action.status][language]
  if (action.moves.length === 0) return <Chip tone={toneOf(action.status)}>{words}</Chip>
  return (
    <>
      <MenuTrigger>
        <AriaButton
          className="button button-tertiary button-small action-state"
          aria-label={`${words} · ${t('move.menu', { what: action.what || t('row.noWords') })}`}
          data-testid="action-state"
        >
          {words}
          <ChevronDownIcon size={18} />
        </AriaButton>
        <Popover className="popover" placement="bottom end">
          <Menu
            className="menu"
            aria-label={t('move.menu', { what: action.what || t('row.noWords') })}
            onAction={key => {
              const move = action.moves.find(one => one === key)
              if (move) moving.begin(move)
            }}
          >
            {action.moves.map(move => (
              <MenuItem key={move} id={move} className="menu-item">
                {ACTION_MOVES[move][language]}
              </MenuItem>
            ))}
          </Menu>
        </Popover>
      </MenuTrigger>
      {moving.dialog}
    </>
  )
}

export function toneOf(status: ActionStatus): ChipTone {
  if (status === 'done') return 'success'
  if (status === 'declined' || status === 'not_done_by_agency') return 'warning'
  return 'neutral'
}
