import { expect, test } from 'vitest'
import { begun, dragged, isMoved, offsetAfter, underHand } from '../../../../client/features/case-map/drag.ts'
import { fitting } from '../../../../client/features/case-map/map-canvas.tsx'

const PLACES = new Map([
  ['a', { x: 100, y: 50 }],
  ['b', { x: 300, y: 50 }],
])

test('[GM12] while a hand holds a figure the picture is the one that was there when it was taken', () => {
  const taken = begun('a', { places: PLACES }, { x: 105, y: 55 })
  const held = dragged(dragged(taken, { x: 130, y: 60 }), { x: 165, y: 85 })
  expect(held.picture.places).toBe(PLACES)
  const shown = underHand(held.picture.places, held)
  expect(shown.get('a')).toEqual({ x: 160, y: 80 })
  expect(shown.get('b')).toEqual({ x: 300, y: 50 })
})

test('[GM12] let go, the figure lies where the hand left it, wherever it would stand by itself by then', () => {
  const held = dragged(begun('a', null, { x: 0, y: 0 }), { x: 60, y: -20 })
  const shown = { x: 100, y: 50 }
  // Somebody else put an elder brother meanwhile: by itself it stands 132 to the right now.
  const reckoned = { x: 232, y: 50 }
  const offset = offsetAfter(held, shown, reckoned)
  expect({ x: reckoned.x + offset.x, y: reckoned.y + offset.y }).toEqual({ x: 160, y: 30 })
})

test('a press is no drag', () => {
  const taken = begun('a', null, { x: 10, y: 10 })
  expect(isMoved(dragged(taken, { x: 12, y: 12 }))).toBe(false)
  expect(isMoved(dragged(taken, { x: 16, y: 10 }))).toBe(true)
  expect(underHand(PLACES, null)).toBe(PLACES)
})

test('a small map lies in the middle of a sheet of some size, a large one fills it', () => {
  const small = fitting({ x: 0, y: 0, width: 100, height: 100 })
  expect(small.x + small.width / 2).toBe(50)
  expect(small.width).toBeGreaterThan(500)
  expect(fitting({ x: -5, y: 7, width: 3000, height: 2000 })).toEqual({ x: -5, y: 7, width: 3000, height: 2000 })
})
