import type { AgencyId, ItemId } from '../../../shared/ids.ts'
import { Checkbox } from '../../ui/fields.tsx'
import { useGuestTexts } from './use-guest-texts.ts'

/** An item that may be opened to a guest, as the one who ticks it knows it. */
export interface TickableItem {
  itemId: ItemId
  number: number
  name: string
  /** Null where everybody at the table is cleared for it. */
  agencies: readonly AgencyId[] | null
}

/** What a guest may open, one box for each item. What ticking opens besides is said beside it. */
export function ItemTicks(props: {
  items: readonly TickableItem[]
  agencyId: AgencyId | null
  ticked: readonly ItemId[]
  onChange: (ticked: ItemId[]) => void
}) {
  const { items, agencyId, ticked, onChange } = props
  const { t } = useGuestTexts()
  return (
    <fieldset className="guest-ticks">
      <legend className="field-label">{t('dialog.items')}</legend>
      <p className="field-description">{items.length > 0 ? t('dialog.itemsHelp') : t('dialog.noItems')}</p>
      {items.map(item => {
        const isTicked = ticked.includes(item.itemId)
        const opensNew = isTicked && item.agencies !== null && (agencyId === null || !item.agencies.includes(agencyId))
        return (
          <Checkbox
            key={item.itemId}
            isSelected={isTicked}
            onChange={selected =>
              onChange(selected ? [...ticked, item.itemId] : ticked.filter(itemId => itemId !== item.itemId))
            }
          >
            {item.number}. {item.name}
            {opensNew ? <span className="quiet small"> · {t('dialog.newlyOpen')}</span> : null}
          </Checkbox>
        )
      })}
    </fieldset>
  )
}
