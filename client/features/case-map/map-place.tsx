/** Where something stands in the drawing, by buttons: a step to each side, and back to where the reckoning puts it. */
import type { ReactNode } from 'react'
import type { Offset } from '../../../shared/case-map/offsets.ts'
import { Button } from '../../ui/button.tsx'
import { useCaseMapTexts } from './use-case-map-texts.ts'

/** One press of an arrow, in units of the drawing. */
const STEP = 24

/** @param onMove told where it stands now; null where the reckoning puts it */
export function MapPlace({ offset: { x, y }, onMove }: { offset: Offset; onMove: (offset: Offset | null) => void }) {
  const { t } = useCaseMapTexts()
  const moveBy = (dx: number, dy: number) => onMove({ x: x + dx, y: y + dy })
  return (
    <fieldset className="map-place">
      <legend className="visually-hidden">{t('person.place')}</legend>
      <Arrow label={t('person.left')} onPress={() => moveBy(-STEP, 0)}>
        ←
      </Arrow>
      <Arrow label={t('person.right')} onPress={() => moveBy(STEP, 0)}>
        →
      </Arrow>
      <Arrow label={t('person.up')} onPress={() => moveBy(0, -STEP)}>
        ↑
      </Arrow>
      <Arrow label={t('person.down')} onPress={() => moveBy(0, STEP)}>
        ↓
      </Arrow>
      {x === 0 && y === 0 ? null : (
        <Button look="text" size="small" onPress={() => onMove(null)}>
          {t('person.auto')}
        </Button>
      )}
    </fieldset>
  )
}

function Arrow({ label, onPress, children }: { label: string; onPress: () => void; children: ReactNode }) {
  return (
    <button type="button" className="button button-tertiary button-small" aria-label={label} onClick={onPress}>
      {children}
    </button>
  )
}
