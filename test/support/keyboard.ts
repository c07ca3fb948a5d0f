/** A person who has only the keyboard: goes from one thing to the next until the right one has the focus. */
import type { Page } from 'playwright-core'

/** More stops than any screen has; going round without finding it is a failure. */
const MOST_STOPS = 150

/** Tabs forward until something of that name has the focus. @throws with the names of all stops when there is none */
export async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  const stops: string[] = []
  for (let stop = 0; stop < MOST_STOPS; stop++) {
    await page.keyboard.press('Tab')
    const focused = await page.evaluate(nameOfFocused)
    stops.push(focused)
    if (typeof name === 'string' ? focused === name : name.test(focused)) return
  }
  throw new Error(`No stop named ${name} among:\n${[...new Set(stops)].join('\n')}`)
}

/** Runs in the page: what a screen reader would call the thing with the focus, near enough to find it. */
function nameOfFocused(): string {
  const focused = document.activeElement
  if (!(focused instanceof HTMLElement)) return ''
  const text = (element: Element | null | undefined) => (element?.textContent ?? '').replace(/\s+/g, ' ').trim()
  const label = focused.getAttribute('aria-label')
  if (label) return label
  const labelledBy = focused.getAttribute('aria-labelledby')
  if (labelledBy)
    return labelledBy
      .split(/\s+/)
      .map(id => text(document.getElementById(id)))
      .join(' ')
      .trim()
  if (focused instanceof HTMLInputElement && focused.labels?.length) return text(focused.labels[0])
  return text(focused)
}
