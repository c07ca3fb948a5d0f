/**
 * Papers in the room and on paper, through visible controls: one agency lays them, another that is cleared has them at once, one that is not has
 * nothing of them in any byte; a withdrawal takes them from the screen; nothing is printed past the button.
 */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { expectNoFaults } from '../support/axe.ts'
import { demoInBrowser } from '../support/demo-in-browser.ts'
import { HTML_PAGE, pdfOf, pngOf } from '../support/paper-files.ts'
import type { RoomPage } from '../support/room-page.ts'

/** For 생연1동 and 무한돌봄 only. */
const NARROW = '이○○ 가구'
const TITLE = '이사 견적과 난방비 미납'

const demo = demoInBrowser()

const shelfOf = ({ page }: RoomPage) => page.getByRole('region', { name: '회의자료' })
const open = (page: Page, title: string) => page.getByRole('button', { name: `${title} 열기` })
const pathOf = (page: Page, name: string) => new URL(`${page.url().replace(/[?#].*$/, '')}/${name}`).href

test('papers of a narrowed item: laid, seen by the cleared, unknown to the others, printed by the button only', async () => {
  const leader = await demo.enters('saengyeon.team')
  const cleared = await demo.enters('muhan.case')
  const uncleared = await demo.enters('angel.case')
  const heard: string[] = []
  uncleared.page.on('response', response => {
    void response.text().then(
      text => heard.push(text),
      () => undefined, // A body that the browser no longer has was not shown either.
    )
  })
  await leader.openItem(NARROW)
  await cleared.openItem(NARROW)

  // What is taken arrives for the other agency by itself; what is not says what to do.
  await shelfOf(leader)
    .locator('input[type=file]')
    .setInputFiles([
      { name: `${TITLE}.pdf`, mimeType: 'application/pdf', buffer: pdfOf('estimate') },
      { name: '거실.png', mimeType: 'image/png', buffer: pngOf(40, 30) },
      { name: '방문 메모.txt', mimeType: 'text/plain', buffer: Buffer.from('난방이 되지 않음') },
      { name: '계획.hwp', mimeType: 'application/x-hwp', buffer: Buffer.from('x') },
      { name: '가짜.pdf', mimeType: 'application/pdf', buffer: HTML_PAGE },
    ])
  for (const title of [TITLE, '거실', '방문 메모']) {
    await open(leader.page, title).waitFor()
    await open(cleared.page, title).waitFor()
  }
  await shelfOf(leader).getByText('PDF로 저장').first().waitFor()
  const failed = shelfOf(leader).getByRole('alert')
  await expect.poll(() => failed.count()).toBe(2)
  await expectNoFaults(leader.page)
  for (const _ of [1, 2]) await shelfOf(leader).getByRole('button', { name: '치우기' }).first().click()
  expect(await failed.count()).toBe(0)

  // A picture and a text are shown in the room, a PDF is offered in a tab of its own.
  await open(cleared.page, '거실').click()
  const picture = cleared.page.getByRole('img', { name: '거실' })
  await picture.waitFor()
  await expect.poll(() => picture.evaluate(img => (img as HTMLImageElement).naturalWidth)).toBe(40)
  await expectNoFaults(cleared.page)
  await cleared.page.keyboard.press('Escape')
  await open(cleared.page, '방문 메모').click()
  await cleared.page.getByRole('dialog').getByText('난방이 되지 않음').waitFor()
  await cleared.page.keyboard.press('Escape')
  await open(cleared.page, TITLE).click()
  expect(await cleared.page.getByRole('link', { name: '새 탭에서 보기' }).getAttribute('href')).toMatch(/^blob:/)
  await cleared.page.keyboard.press('Escape')

  // The agency that is not cleared: the pack has nothing, and no answer that it ever got holds a word of it.
  const pack = await uncleared.context.newPage()
  pack.on('response', response => {
    void response.text().then(
      text => heard.push(text),
      () => undefined,
    )
  })
  await pack.goto(pathOf(uncleared.page, 'pack'))
  await pack.getByText('인쇄할 자료가 없습니다').waitFor()
  expect(heard.length).toBeGreaterThan(2)
  expect(heard.filter(text => text.includes(TITLE) || text.includes('난방이'))).toEqual([])

  // The pack of one who may: numbered by the item's place, printed once it is recorded, and never otherwise.
  const paper = await leader.context.newPage()
  await paper.addInitScript(() => {
    window.print = () => {
      document.title = `printed ${document.querySelector('.sheet-stamp')?.textContent ?? 'without a stamp'}`
    }
  })
  await paper.goto(pathOf(leader.page, 'pack'))
  await paper.getByRole('article', { name: `3-1 ${TITLE}` }).waitFor()
  await paper.getByRole('article', { name: '3-3 방문 메모' }).getByText('난방이 되지 않음').waitFor()
  await expectNoFaults(paper)
  await paper.emulateMedia({ media: 'print' })
  expect(await paper.getByText('난방이 되지 않음').isVisible()).toBe(false)
  expect(await paper.getByText('‘인쇄’ 단추로만').isVisible()).toBe(true)
  await paper.emulateMedia({ media: 'screen' })
  const purpose = paper.getByLabel('인쇄 목적')
  expect(await purpose.inputValue()).toMatch(/참석자 배부용$/)
  await purpose.fill('가')
  await paper.getByRole('button', { name: '인쇄', exact: true }).click()
  await paper.getByText('다섯 글자 이상').waitFor()
  await purpose.fill('회의 참석자 배부용')
  await paper.getByRole('button', { name: '인쇄', exact: true }).click()
  await expect.poll(() => paper.title()).toMatch(/^printed 출력 .+ · 2\d{3}\. .+ · [\w-]{8}$/)
  await paper.emulateMedia({ media: 'print' })
  expect(await paper.getByText('난방이 되지 않음').isVisible()).toBe(true)
  expect(await paper.getByText('‘인쇄’ 단추로만').isVisible()).toBe(false)

  // Taken away by who conducts: gone from the other's screen by itself.
  await shelfOf(leader)
    .getByRole('button', { name: `${TITLE} 지우기` })
    .click()
  await leader.page.getByRole('alertdialog').getByRole('button', { name: '삭제' }).click()
  await open(leader.page, TITLE).waitFor({ state: 'detached' })
  await open(cleared.page, TITLE).waitFor({ state: 'detached' })
  expect(cleared.errors).toEqual([])
  // A refused file is an answer with a status, which browsers tell on the console.
  expect(leader.errors.filter(error => !error.includes('415'))).toEqual([])
  for (const person of [leader, cleared, uncleared]) await person.close()
})

test('the invitation and the plan: what goes outside names nobody, what stays inside names whom the reader may know', async () => {
  const leader = await demo.enters('saengyeon.team')
  const { page } = leader
  await page.goto(pathOf(page, 'plan'))
  await page.getByRole('link', { name: '참석 요청' }).click()
  const letter = page.getByText(/^수신/).first()
  await letter.waitFor()
  expect(await page.getByText(/^수신/).count()).toBe(4)
  const words = await page.locator('.sheet').innerText()
  expect(words).toMatch(/안건: 모두 4건 \(사례 2건, 일반 2건\)/)
  expect(words).not.toMatch(/○○|2026-03/)
  expect(words).toContain('제59조')
  await expectNoFaults(page)
  await page.goBack()
  await page.getByRole('link', { name: '개최 계획' }).click()
  await page.getByRole('rowheader', { name: /이○○ 가구/ }).waitFor()
  await expectNoFaults(page)
  await page.getByText('가구 표시 넣기').click()
  await page.getByRole('rowheader', { name: '사례 안건' }).first().waitFor()
  expect(await page.locator('.sheet').innerText()).not.toContain('○○')
  expect(await page.getByLabel('인쇄 목적').count()).toBe(0)

  const other = await demo.enters('angel.case')
  await other.page.goto(pathOf(other.page, 'plan-sheet'))
  await other.page.getByRole('rowheader', { name: /김○○ 가구/ }).waitFor()
  await other.page.getByRole('rowheader', { name: '열람 제한 안건' }).waitFor()
  expect(await other.page.locator('.sheet').innerText()).not.toContain('이○○')
  expect([...leader.errors, ...other.errors]).toEqual([])
  await leader.close()
  await other.close()
})
