/** Search as people use it, by keyboard, out of the middle of a sentence; and the same question from somebody for whom the item is closed. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { expectNoFaults } from '../support/axe.ts'
import { demoInBrowser } from '../support/demo-in-browser.ts'

/** Words that stand nowhere else. */
const CANARY = '빨간등대'

const demo = demoInBrowser()

/** What the dialog says of a search. */
async function ask(page: Page, words: string): Promise<string> {
  const dialog = page.getByRole('dialog', { name: '찾기' })
  await dialog.waitFor()
  const answered = page.waitForResponse(response => response.url().endsWith('/api/search'))
  await dialog.getByRole('searchbox', { name: '찾을 말' }).fill(words)
  await page.keyboard.press('Enter')
  await answered
  return dialog
    .getByRole('status')
    .filter({ hasText: '찾은 것이 없습니다' })
    .or(dialog.getByText('찾았습니다'))
    .innerText()
}

test('what was written in a restricted item is found by its readers, leads there, and is nothing to anybody else', async () => {
  const [writer, other] = await Promise.all([demo.enters('saengyeon.team'), demo.enters('angel.case')])
  await writer.openItem('이○○ 가구')
  await writer.caretToEnd(writer.discussion())
  await writer.page.keyboard.type(`${CANARY} 집세를 나눠 낸다. `)
  await writer.stored()
  await writer.openItem('김○○ 가구')

  // Out of the middle of a sentence, in the editor.
  await writer.caretToEnd(writer.discussion())
  await writer.page.keyboard.press('Control+k')
  // What was stored this moment is found two seconds later at the latest.
  await expect
    .poll(() => ask(writer.page, `${CANARY} 집세를 어떻게 하기로 했지?`), { timeout: 90_000 })
    .toBe(`‘${CANARY}’ ‘집세’로 1건을 찾았습니다.`)
  await expectNoFaults(writer.page)
  const hit = writer.page.getByRole('dialog').getByRole('link', { name: new RegExp(CANARY) })
  await hit.focus()
  await writer.page.keyboard.press('Enter')
  await writer.page
    .getByRole('heading', { name: /이○○ 가구/ })
    .first()
    .waitFor()
  await expect.poll(() => writer.wordsIn(writer.discussion())).toContain(CANARY)
  expect(new URL(writer.page.url()).search).toBe('')

  const heard: string[] = []
  other.page.on('response', async response => {
    if (response.url().includes('/api/')) heard.push(await response.text().catch(() => ''))
  })
  await other.page.locator('#main').focus()
  await other.page.keyboard.press('/')
  for (const words of [CANARY, '이○○', '2026-034']) {
    expect(await ask(other.page, words)).toContain('찾은 것이 없습니다')
  }
  await expect.poll(() => heard.length).toBeGreaterThan(2)
  // Its own words come back to whoever asked, and nothing else of it.
  expect(heard.join('\n')).not.toContain('집세')
  expect([...writer.errors, ...other.errors]).toEqual([])

  await writer.page.goto(new URL('/figures', writer.page.url()).href)
  await writer.page.getByRole('table').first().waitFor()
  await expectNoFaults(writer.page)
  await Promise.all([writer.close(), other.close()])
})
