/**
 * People of several agencies at their own screens, through a whole scenario of DOMAIN §11: who they are, how they use fields, and, for whoever wants to
 * look, a picture of each stage at three sizes (`DURE_PICTURES` names the folder).
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { collectErrors, OFFICE_PC, openContext, TABLET } from './browser.ts'
import type { DureProcess } from './dure-process.ts'
import { type RoomPage, roomPage, signIn } from './room-page.ts'

export interface ScenarioPerson extends RoomPage {
  login: string
  dure: DureProcess
  /** Goes to a path at the agency's own address. */
  goes(path: string): Promise<void>
}

/** Signs in at the agency's own address, in a browser context of their own. */
export async function openPerson(
  browser: Browser,
  dure: DureProcess,
  login: string,
  viewport = OFFICE_PC,
): Promise<ScenarioPerson> {
  const context = await openContext(browser, viewport)
  const page = await context.newPage()
  const errors = collectErrors(page)
  await signIn(page, dure, login)
  return {
    ...roomPage(context, page, errors),
    login,
    dure,
    goes: async path => void (await page.goto(new URL(path, dure.urlOf(login.split('.')[0] ?? '')).href)),
  }
}

/** `double` is an office PC's screen at 200 %. */
const SIZES = { pc: OFFICE_PC, tablet: TABLET, double: { width: 683, height: 384 } }
type Size = keyof typeof SIZES

/** One picture at the size at which the person sits, and with `sizes` at all three. Nothing is done unless somebody wants pictures. */
export async function look({ page }: { page: Page }, name: string, sizes = false): Promise<void> {
  const folder = process.env.DURE_PICTURES
  if (folder === undefined) return
  mkdirSync(folder, { recursive: true })
  // A room scrolls inside itself.
  const fullPage = !/\/conferences\/[^/]+$/.test(new URL(page.url()).pathname)
  const own = page.viewportSize() ?? OFFICE_PC
  const ownSize = (Object.keys(SIZES) as Size[]).find(size => SIZES[size].width === own.width) ?? 'pc'
  const shot = async (size: Size) =>
    void (await page.screenshot({ path: join(folder, `${name}-${size}.png`), fullPage }))
  await shot(ownSize)
  if (!sizes) return
  for (const size of Object.keys(SIZES) as Size[]) {
    if (size === ownSize) continue
    await page.setViewportSize(SIZES[size])
    await shot(size)
  }
  await page.setViewportSize(own)
}

/** Nobody's page complained of anything but what a browser tells of by itself: each answer that is no. */
export function expectNoComplaints(
  people: readonly Pick<ScenarioPerson, 'login' | 'errors'>[],
  told = /status of 404/,
): void {
  for (const { login, errors } of people)
    expect([login, errors.filter(error => !told.test(error))]).toEqual([login, []])
}

/** Chooses a line of a list that opens on a press. */
export async function choose(scope: Page | Locator, label: string | RegExp, option: string | RegExp): Promise<void> {
  const name = typeof label === 'string' ? new RegExp(`${escaped(label)}$`) : label
  await scope.getByRole('button', { name }).click()
  const page = 'page' in scope ? scope.page() : scope
  await page
    .getByRole('option', { name: option, exact: typeof option === 'string' })
    .first()
    .click()
}

/** Finds a line of a list by typing, and takes it. */
export async function findAndTake(scope: Page | Locator, label: string, typed: string): Promise<void> {
  const box = scope.getByRole('combobox', { name: label })
  await box.click()
  await box.fill(typed)
  const page = 'page' in scope ? scope.page() : scope
  await page.getByRole('option', { name: typed }).first().click()
}

/** Writes a day, `2026-11-24`, into a field of year, month and day. */
export async function day(scope: Page | Locator, label: string | RegExp, value: string): Promise<void> {
  const field = scope.getByRole('group', { name: label })
  const [year = '', month = '', date = ''] = value.split('-')
  for (const [at, digits] of [year, month, date].entries()) {
    const segment = field.getByRole('spinbutton').nth(at)
    await segment.focus()
    for (const digit of digits) await segment.press(digit)
  }
}

/** A field whose words are written when it is left. */
export async function fillIn(scope: Page | Locator, label: string | RegExp, value: string): Promise<void> {
  const field = scope.getByLabel(label, { exact: typeof label === 'string' })
  await field.fill(value)
  await field.press('Enter')
}

/** Whether everything that was written is kept. */
export const kept = ({ page }: { page: Page }) => page.locator('[data-testid=receipt][data-place=stored]').waitFor()

/** Words as they stand, for a pattern. */
export const escaped = (words: string) => words.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
