/**
 * The built application with its demo, and a browser: opened before the tests of the block (or file) that calls this, and closed after them, whatever
 * became of them. Hooks that are written below the call find both open and run before they are closed.
 */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import { must } from '../../shared/assert.ts'
import { OFFICE_PC, openBrowser } from './browser.ts'
import { type DureProcess, startDure } from './dure-process.ts'
import { enterLiveConference, type RoomPage } from './room-page.ts'
import { openPerson, type ScenarioPerson } from './scenario-people.ts'

export interface DemoInBrowser {
  readonly dure: DureProcess
  readonly browser: Browser
  /** Somebody signs in at their agency's own address, in a browser context of their own, and sees their conferences. */
  person(login: string, viewport?: typeof OFFICE_PC): Promise<ScenarioPerson>
  /** Several, one after another, in the order of their logins. */
  people<Logins extends readonly string[]>(...logins: Logins): Promise<{ [At in keyof Logins]: ScenarioPerson }>
  /** The same, and walks into the live conference and arrives. */
  enters(login: string, viewport?: typeof OFFICE_PC): Promise<RoomPage>
}

export function demoInBrowser(): DemoInBrowser {
  let dure: DureProcess | undefined
  let browser: Browser | undefined
  beforeAll(async () => {
    dure = await startDure()
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    await dure?.close()
  })
  const demo: DemoInBrowser = {
    get dure() {
      return must(dure, 'the application, which hooks and tests find open')
    },
    get browser() {
      return must(browser, 'the browser, which hooks and tests find open')
    },
    person: (login, viewport = OFFICE_PC) => openPerson(demo.browser, demo.dure, login, viewport),
    async people<Logins extends readonly string[]>(...logins: Logins) {
      const came: ScenarioPerson[] = []
      for (const login of logins) came.push(await demo.person(login))
      return came as { [At in keyof Logins]: ScenarioPerson }
    },
    enters: (login, viewport = OFFICE_PC) => enterLiveConference(demo.browser, demo.dure, login, viewport),
  }
  return demo
}
