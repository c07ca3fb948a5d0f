/** A person at the screen: signs in, walks into the live conference and works through visible controls only, found by their names. */
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
import { DEMO_PASSWORD } from '../../server/demo/community.ts'
import { collectErrors, OFFICE_PC, openContext } from './browser.ts'
import type { DureProcess } from './dure-process.ts'

export interface RoomPage {
  context: BrowserContext
  page: Page
  /** What the page complained of on its console. */
  errors: string[]
  openItem(label: string): Promise<void>
  discussion(): Locator
  /** The words of an editor as a person reads them, a line for each paragraph. Remote carets are left out. */
  wordsIn(editor: Locator): Promise<string>
  /** Puts the caret at the end of an editor. */
  caretToEnd(editor: Locator): Promise<void>
  /** Puts the caret at the end of a line of an editor. */
  caretToEndOfLine(line: Locator): Promise<void>
  /** Waits until the one place that tells where my words are says that they are stored. */
  stored(): Promise<void>
  close(): Promise<void>
}

/** Signs in at an agency's own address; the login's part before the dot is the host, as in the demo. */
export async function signIn(page: Page, dure: DureProcess, login: string): Promise<void> {
  await page.goto(dure.urlOf(login.split('.')[0] ?? ''))
  await page.getByLabel('아이디').fill(login)
  await page.getByLabel('비밀번호', { exact: true }).fill(DEMO_PASSWORD)
  await page.getByRole('button', { name: '로그인', exact: true }).click()
  await page.getByRole('heading', { name: '내 회의' }).waitFor()
}

export async function enterLiveConference(
  browser: Browser,
  dure: DureProcess,
  login: string,
  viewport = OFFICE_PC,
): Promise<RoomPage> {
  const context = await openContext(browser, viewport)
  const page = await context.newPage()
  const errors = collectErrors(page)
  await signIn(page, dure, login)
  await page
    .getByRole('link', { name: /들어가기/ })
    .first()
    .click()
  await page.locator('[data-testid=receipt][data-place=stored]').waitFor()
  await arrive(page)
  return roomPage(context, page, errors)
}

/** Says that one is here and keeps it to oneself, unless that was said before: the items open by it. */
export async function arrive(page: Page): Promise<void> {
  const press = page.getByRole('button', { name: '참석하고 비밀유지에 동의합니다' })
  if (!(await press.isVisible())) return
  await press.click()
  await press.waitFor({ state: 'detached' })
}

export function roomPage(context: BrowserContext, page: Page, errors: string[]): RoomPage {
  return {
    context,
    page,
    errors,
    async openItem(label) {
      await page.getByRole('grid', { name: '안건' }).getByText(label).first().click()
      await page
        .getByRole('heading', { level: 2, name: label })
        .or(page.getByRole('heading', { name: label }))
        .first()
        .waitFor()
    },
    discussion: () => page.getByRole('textbox', { name: '논의', exact: true }),
    wordsIn: editor => editor.evaluate(wordsOfEditor),
    caretToEnd: editor => caretTo(page, editor, 'Control+End'),
    caretToEndOfLine: line => caretTo(page, line, 'End'),
    stored: () => page.locator('[data-testid=receipt][data-place=stored]').waitFor(),
    close: () => context.close(),
  }
}

/** As a person does: looks whether the caret is there, and presses the key again when somebody's writing came between. */
async function caretTo(page: Page, place: Locator, key: 'End' | 'Control+End'): Promise<void> {
  for (let attempt = 0; attempt < 5; attempt++) {
    await place.click()
    await page.keyboard.press(key)
    await page.evaluate(() => new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve))))
    if (await place.evaluate(isCaretAtEnd)) return
  }
  throw new Error('The caret does not go to the end of the text')
}

/** Runs in the page. */
function isCaretAtEnd(editor: Element): boolean {
  const selection = getSelection()
  if (!selection?.focusNode || !editor.contains(selection.focusNode)) return false
  const rest = document.createRange()
  rest.setStart(selection.focusNode, selection.focusOffset)
  rest.setEnd(editor, editor.childNodes.length)
  const after = rest.cloneContents()
  for (const caret of after.querySelectorAll('[class*=caret], [class*=cursor]')) caret.remove()
  return (after.textContent ?? '').replaceAll('\u2060', '') === ''
}

/** Runs in the page. */
export function wordsOfEditor(editor: Element): string {
  const copy = editor.cloneNode(true) as Element
  for (const caret of copy.querySelectorAll('.ProseMirror-yjs-cursor, [class*=caret], .ProseMirror-separator'))
    caret.remove()
  return [...copy.querySelectorAll('p, h1, h2, h3, li')]
    .map(block => (block.textContent ?? '').replaceAll('\u2060', ''))
    .join('\n')
}

/**
 * Resolves with the milliseconds until every screen answers the same to a question.
 * @throws with all answers when they still differ after `withinMs`
 */
export async function equalOnAll<T>(
  screens: readonly RoomPage[],
  ask: (one: RoomPage) => Promise<T>,
  withinMs: number,
): Promise<number> {
  const began = performance.now()
  for (;;) {
    const answers = await Promise.all(screens.map(async one => JSON.stringify(await ask(one))))
    const elapsed = performance.now() - began
    if (new Set(answers).size === 1) return elapsed
    if (elapsed > withinMs) throw new Error(`Still different after ${Math.round(elapsed)} ms:\n${answers.join('\n')}`)
  }
}
