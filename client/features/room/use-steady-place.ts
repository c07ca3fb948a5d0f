/**
 * What others write never moves what I read or write. While I am in an editor, that editor keeps its place on the screen; otherwise what stands at
 * the top of the view does. The browser's own anchoring only looks at the top of the view, which lets a text that grows above my caret push
 * it down; so it is switched off here and done for the place that matters.
 */
import { type RefObject, useEffect } from 'react'

/** Parts of an item that can be the place somebody is reading. */
const PLACES = '.text-box, .decision, .action, .item-part, .item-head'

export function useSteadyPlace(scroller: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const view = scroller.current
    if (view === null) return
    let place: Element | null = null
    let top = 0
    const topOf = (element: Element) => element.getBoundingClientRect().top

    const remember = () => {
      const focused = document.activeElement?.closest(PLACES) ?? null
      place = focused && view.contains(focused) ? focused : firstVisible(view)
      top = place ? topOf(place) : 0
    }
    const hold = () => {
      if (place?.isConnected) {
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
    view.addEventListener('focusin', remember)
    view.addEventListener('pointerdown', remember)
    remember()
    return () => {
      observer.disconnect()
      view.removeEventListener('scroll', remember)
      view.removeEventListener('focusin', remember)
      view.removeEventListener('pointerdown', remember)
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
