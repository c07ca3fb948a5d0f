/** Tests that need a real browser: without one they are skipped, and the name says why. */
import { describe } from 'vitest'
import { findChromium } from './browser.ts'

const chromium = await findChromium()
const reason =
  chromium === undefined ? ' (skipped: no Chromium here; install chromium-headless-shell or set DURE_CHROMIUM)' : ''

export function describeInBrowser(title: string, tests: () => void): void {
  describe.skipIf(chromium === undefined)(`${title}${reason}`, tests)
}
