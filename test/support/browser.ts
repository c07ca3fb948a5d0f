/**
 * A real Chromium for the browser tests: Debian's when it is installed (as in continuous integration), otherwise the one that the npm
 * package `@sparticuz/chromium` carries. Neither is downloaded at test time.
 */
import { existsSync } from 'node:fs'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { NETWORK_REFUSES } from './dure-process.ts'

const INSTALLED = [
  process.env.DURE_CHROMIUM,
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/google-chrome',
].filter(path => path !== undefined)

/** Where a Chromium is, or undefined with the reason printed by the caller's skip. */
export async function findChromium(): Promise<string | undefined> {
  const installed = INSTALLED.find(path => existsSync(path))
  if (installed) return installed
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined
  const { default: carried } = await import('@sparticuz/chromium')
  return carried.executablePath()
}

/**
 * Starts the browser. `*.localhost` names resolve to the loopback address in Chromium itself, so each demo agency's own address works
 * without any entry in the machine's hosts file.
 *
 * @param detours host names that this browser reaches by another port of this machine, e.g. a proxy's; what it asks for stays the same
 */
export async function openBrowser(detours: Readonly<Record<string, number>> = {}): Promise<Browser> {
  const executablePath = await findChromium()
  if (!executablePath) throw new Error('No Chromium here: install chromium-headless-shell or set DURE_CHROMIUM.')
  const rules = Object.entries(detours).map(([host, port]) => `MAP ${host} 127.0.0.1:${port}`)
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-dev-shm-usage',
      '--lang=ko-KR',
      ...(rules.length > 0 ? [`--host-resolver-rules=${rules.join(',')}`] : []),
    ],
  })
}

export const OFFICE_PC = { width: 1366, height: 768 }
export const TABLET = { width: 768, height: 1024 }

/** One person's browser: own cookies, Korean, Seoul time. */
export async function openContext(browser: Browser, viewport = OFFICE_PC): Promise<BrowserContext> {
  const context = await browser.newContext({
    viewport,
    locale: 'ko-KR',
    timezoneId: 'Asia/Seoul',
    reducedMotion: 'reduce',
  })
  // What is waited for comes, or never does: a slow machine is no failure.
  context.setDefaultTimeout(90_000)
  return context
}

/** A browser tells of each refused upgrade by itself. */
const REFUSED_UPGRADE = /^WebSocket connection to .* failed/

/** Everything a page says on its console as an error, so that a test can end with "and nothing complained". */
export function collectErrors(page: Page): string[] {
  const errors: string[] = []
  page.on('pageerror', error => errors.push(`${error.name}: ${error.message}`))
  page.on('console', message => {
    if (message.type() !== 'error' || (NETWORK_REFUSES && REFUSED_UPGRADE.test(message.text()))) return
    errors.push(message.text())
  })
  return errors
}
