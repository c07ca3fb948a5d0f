/**
 * The sheet that a drawing lies on: fits it to the screen, makes it larger and smaller, moves it under the hand, and tells which figure was pressed or
 * dragged. For a screen reader it is one picture; all that can be done here can be done in the list beside it.
 */
import { type PointerEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import type { Box } from '../../../shared/case-map/genogram-drawing.ts'
import type { Point } from '../../../shared/case-map/genogram-layout.ts'
import { IconButton } from '../../ui/button.tsx'
import { useCaseMapTexts } from './use-case-map-texts.ts'

export interface MapCanvasProps {
  box: Box
  /** The picture in one sentence. */
  label: string
  hint: string
  mayMove: boolean
  onPress(id: string): void
  onTake(id: string, at: Point): void
  onDrag(at: Point): void
  /** `isKept`: where it is now; otherwise back to where it was. */
  onDrop(isKept: boolean): void
  children: ReactNode
}

/** A map of three is not blown up to the whole screen. */
const LEAST_WIDTH = 680
const LEAST_HEIGHT = 420
const ZOOM_STEP = 1.3

export function MapCanvas(props: MapCanvasProps) {
  const { box, label, hint, mayMove, onPress, onTake, onDrag, onDrop, children } = props
  const { t } = useCaseMapTexts()
  const hintId = useId()
  const svg = useRef<SVGSVGElement>(null)
  /** Null: all of it fits. */
  const [view, setView] = useState<Box | null>(null)
  const hand = useRef<{ pointer: number; id: string | null; last: Point; isFar: boolean } | null>(null)
  const shown = view ?? fitting(box)

  const unitsAt = (event: PointerEvent): Point => {
    const matrix = svg.current?.getScreenCTM()
    if (!matrix) return { x: 0, y: 0 }
    const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse())
    return { x, y }
  }
  const onPointerDown = (event: PointerEvent<SVGSVGElement>) => {
    if (event.button !== 0 || hand.current !== null) return
    const figure = event.target instanceof Element ? event.target.closest('[data-figure]') : null
    const id = figure?.getAttribute('data-figure') ?? null
    hand.current = { pointer: event.pointerId, id, last: unitsAt(event), isFar: false }
    event.currentTarget.setPointerCapture(event.pointerId)
    if (id !== null && mayMove) onTake(id, unitsAt(event))
  }
  const onPointerMove = (event: PointerEvent<SVGSVGElement>) => {
    const held = hand.current
    if (held === null || held.pointer !== event.pointerId) return
    const at = unitsAt(event)
    if (Math.hypot(at.x - held.last.x, at.y - held.last.y) > 4) held.isFar = true
    if (held.id !== null && mayMove) onDrag(at)
    // The paper itself: what was under the hand stays under it.
    else if (held.id === null && held.isFar) {
      setView({ ...shown, x: shown.x + held.last.x - at.x, y: shown.y + held.last.y - at.y })
    }
  }
  const letGo = (event: PointerEvent<SVGSVGElement>, isKept: boolean) => {
    const held = hand.current
    if (held === null || held.pointer !== event.pointerId) return
    hand.current = null
    if (held.id === null) return
    if (mayMove) onDrop(isKept)
    if (isKept && !held.isFar) onPress(held.id)
  }
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || hand.current?.id == null) return
      hand.current = null
      onDrop(false)
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [onDrop])

  const zoom = (by: number) => {
    const [width, height] = [shown.width / by, shown.height / by]
    setView({ x: shown.x + (shown.width - width) / 2, y: shown.y + (shown.height - height) / 2, width, height })
  }
  return (
    <div className="map-sheet">
      <svg
        ref={svg}
        className="map-svg"
        role="img"
        aria-label={label}
        aria-describedby={hintId}
        viewBox={`${shown.x} ${shown.y} ${shown.width} ${shown.height}`}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={event => letGo(event, true)}
        onPointerCancel={event => letGo(event, false)}
      >
        {children}
      </svg>
      <div className="map-sheet-foot">
        <p className="quiet small" id={hintId}>
          {hint}
        </p>
        <fieldset className="map-zoom" aria-label={t('tools.canvas')}>
          <IconButton label={t('tools.zoomOut')} onPress={() => zoom(1 / ZOOM_STEP)}>
            −
          </IconButton>
          <IconButton label={t('tools.zoomIn')} onPress={() => zoom(ZOOM_STEP)}>
            +
          </IconButton>
          <button
            type="button"
            className="button button-text button-small"
            onClick={() => setView(null)}
            aria-disabled={view === null}
          >
            {t('tools.fit')}
          </button>
        </fieldset>
      </div>
    </div>
  )
}

/** The box in the middle of a sheet that is at least so large. */
export function fitting({ x, y, width, height }: Box): Box {
  const [wide, high] = [Math.max(width, LEAST_WIDTH), Math.max(height, LEAST_HEIGHT)]
  return { x: x - (wide - width) / 2, y: y - (high - height) / 2, width: wide, height: high }
}
