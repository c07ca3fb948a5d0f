/**
 * What others write never moves what I read or write. While I am in an editor, that editor keeps its place on the screen; otherwise what stands at
 * the top of the view does. The browser's own anchoring only looks at the top of the view, which lets a text that grows above my caret push
 * it down; so it is switched off here and done for the place that matters.
 */
import { type RefObject, useEffect } from 'react'

/** Parts of an item that can be the place somebody is reading. */
const PLACES = '.text-box, .decision, .action, .item-part, .item-head'

/** While nobody touched it, and so long at most, the room may still put itself together above an item that was opened: one sees its beginning. */
const OPENING_MS = 10_000

export function useSteadyPlace(scroller: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const view = scroller.current
    if (view === null) return
    let place: Element | null = null
    let top = 0
    let opensUntil = performance.now() + OPENING_MS
    const topOf = (element: Element) => element.getBoundingClientRect().top

    const remember = () => {
      const focused = document.activeElement?.closest(PLACES) ?? null
      place = focused && view.contains(focused) ? focused : firstVisible(view)
      top = place ? topOf(place) : 0
    }
    const hold = () => {
      const isOpening = view.scrollTop === 0 && performance.now() < opensUntil
      if (place?.isConnected && !isOpening) {
        const moved = topOf(place) - top
        // Less than a pixel is rounding.
        if (Math.abs(moved) >= 1) view.scrollTop += moved
      }
      remember()
    }
    const observer = new ResizeObserver(hold)
    // The view itself too: a line of state above it moves everything down.
    observer.observe(view)
    for (const child of view.children) observer.observe(child)
    // My own scrolling and my own steps choose a new place; it is never held against me.
    view.addEventListener('scroll', remember, { passive: true })
    const touch = () => {
      opensUntil = 0
      remember()
    }
    view.addEventListener('focusin', touch)
    view.addEventListener('pointerdown', touch)
    remember()
    return () => {
      observer.disconnect()
      view.removeEventListener('scroll', remember)
      view.removeEventListener('focusin', touch)
      view.removeEventListener('pointerdown', touch)
    }
  }, [scroller])
}

function firstVisible(view: HTMLElement): Element | null {
  const edge = view.getBoundingClientRect().top
  for (const element of view.querySelectorAll(PLACES)) {
    if (element.getBoundingClientRect().top >= edge) return element
  }
  return null
}
