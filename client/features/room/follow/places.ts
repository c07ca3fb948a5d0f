/** Places inside an item, as its parts name themselves (`data-place`): scrolling there without touching the focus, and telling where the chair is. */
import { useEffect, useRef } from 'react'

/** Below this much of the view a part that begins there is not seen yet. */
const SEEN_PX = 120
/** Space above a part that was scrolled to. */
const ABOVE_PX = 16

/** Scrolls the open item so that the place is in view; false while it is not on the screen. */
export function goToPlace(place: string): boolean {
  const view = document.querySelector('#main .item-scroll')
  const part = view?.querySelector(`[data-place="${CSS.escape(place)}"]`)
  if (!view || !part) return false
  const { top, bottom } = view.getBoundingClientRect()
  const at = part.getBoundingClientRect().top
  if (at < top || at > bottom - SEEN_PX) view.scrollTop += at - top - ABOVE_PX
  return true
}

/** Somebody who only passes through a part with the Tab key is not there. */
const THERE_AFTER_MS = 800

/** While leading, the part of the item that has the focus is where the meeting is. */
export function useLeadingPlace(options: {
  isLeading: boolean
  place: string | null
  tell: (place: string) => void
}): void {
  const latest = useRef(options)
  latest.current = options
  const { isLeading } = options
  useEffect(() => {
    if (!isLeading) return
    let timer: ReturnType<typeof setTimeout> | undefined
    const onFocus = (event: FocusEvent) => {
      const part = event.target instanceof Element ? event.target.closest('#main [data-place]') : null
      const place = part?.getAttribute('data-place')
      clearTimeout(timer)
      if (!place) return
      timer = setTimeout(() => {
        if (latest.current.place !== place) latest.current.tell(place)
      }, THERE_AFTER_MS)
    }
    document.addEventListener('focusin', onFocus)
    return () => {
      clearTimeout(timer)
      document.removeEventListener('focusin', onFocus)
    }
  }, [isLeading])
}
