import { useEffect, useState } from 'react'
import { Button as AriaButton, GridList, GridListItem, useDragAndDrop } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { Place } from '../../../shared/documents/ordering.ts'
import { IconButton } from '../../ui/button.tsx'
import { TextField } from '../../ui/fields.tsx'
import { ArrowDownIcon, ArrowUpIcon, CloseIcon, GripIcon, LockIcon } from '../../ui/icons.tsx'
import type { AgendaLine } from './agenda-lines.ts'

interface AgendaListProps {
  lines: readonly AgendaLine[]
  nameOf: (line: AgendaLine) => string
  mayOrder: boolean
  onMove: (line: AgendaLine, place: Place, number: number) => void
  onMinutes: (line: AgendaLine, minutes: number) => void
  onRemove: (line: AgendaLine) => void
}

/** The order, changed by dragging, by the arrows, or by the keyboard's own drag (Enter on the grip). */
export function AgendaList({ lines, nameOf, mayOrder, onMove, onMinutes, onRemove }: AgendaListProps) {
  const { t, i18n } = useTranslation('conferences')
  const { dragAndDropHooks } = useDragAndDrop({
    isDisabled: !mayOrder,
    getItems: keys => [...keys].map(key => ({ 'text/plain': String(key) })),
    onReorder: ({ keys, target }) => {
      const line = lines.find(l => keys.has(l.itemId))
      const to = lines.find(l => l.itemId === target.key)
      if (!line || !to || line === to) return
      const after = target.dropPosition === 'after'
      const index = lines.indexOf(to) + (after ? 1 : 0)
      const number = index - (lines.indexOf(line) < index ? 1 : 0) + 1
      onMove(line, after ? { after: to.itemId } : { before: to.itemId }, number)
    },
  })

  return (
    <GridList
      aria-label={t('plan.agenda')}
      className="plan-items"
      items={lines}
      dependencies={[lines, mayOrder, i18n.language]}
      selectionMode="none"
      dragAndDropHooks={dragAndDropHooks}
      keyboardNavigationBehavior="tab"
    >
      {line => {
        const name = nameOf(line)
        const above = lines[line.number - 2]
        const below = lines[line.number]
        return (
          <GridListItem id={line.itemId} textValue={`${line.number}. ${name}`} className="plan-item">
            <AriaButton
              slot="drag"
              className="plan-grip"
              isDisabled={!mayOrder}
              aria-label={t('plan.dragLabel', { item: name })}
            >
              <GripIcon />
            </AriaButton>
            <span className="plan-item-number">{line.number}</span>
            <span className={line.restricted ? 'plan-item-name quiet' : 'plan-item-name'}>
              {line.restricted ? <LockIcon size={16} /> : null} {name}{' '}
              <span className="quiet small">{line.detail}</span>
            </span>
            <MinutesField line={line} name={name} isDisabled={!mayOrder} onMinutes={onMinutes} />
            <span className="plan-item-tools">
              <IconButton
                label={t('plan.moveUp', { item: name })}
                isDisabled={!mayOrder || above === undefined}
                onPress={() => {
                  if (above) onMove(line, { before: above.itemId }, line.number - 1)
                }}
              >
                <ArrowUpIcon />
              </IconButton>
              <IconButton
                label={t('plan.moveDown', { item: name })}
                isDisabled={!mayOrder || below === undefined}
                onPress={() => {
                  if (below) onMove(line, { after: below.itemId }, line.number + 1)
                }}
              >
                <ArrowDownIcon />
              </IconButton>
              <IconButton
                label={t('plan.removeItem', { item: name })}
                isDisabled={line.restricted}
                onPress={() => onRemove(line)}
              >
                <CloseIcon />
              </IconButton>
            </span>
          </GridListItem>
        )
      }}
    </GridList>
  )
}

interface MinutesFieldProps {
  line: AgendaLine
  name: string
  isDisabled: boolean
  onMinutes: (line: AgendaLine, minutes: number) => void
}

/** Typed freely, taken when one leaves the field, so that the others do not see 3 on the way to 30. */
function MinutesField({ line, name, isDisabled, onMinutes }: MinutesFieldProps) {
  const { t } = useTranslation('conferences')
  const [typed, setTyped] = useState<string>()
  // Somebody else's change ends an edit that was never finished.
  useEffect(() => {
    if (line.minutes >= 0) setTyped(undefined)
  }, [line.minutes])
  const take = () => {
    if (typed === undefined) return
    const minutes = Number(typed)
    if (typed !== '' && minutes <= 600 && minutes !== line.minutes) onMinutes(line, minutes)
    setTyped(undefined)
  }
  return (
    <TextField
      label={`${name} ${t('plan.itemMinutes')}`}
      labelHidden
      width="short"
      inputMode="numeric"
      isDisabled={isDisabled}
      value={typed ?? String(line.minutes)}
      onChange={value => setTyped(value.replace(/\D/g, '').slice(0, 3))}
      onBlur={take}
      onKeyDown={event => {
        if (event.key === 'Enter') take()
        if (event.key === 'Escape') setTyped(undefined)
      }}
      suffix={<span className="field-unit">{t('plan.minutesUnit')}</span>}
    />
  )
}
