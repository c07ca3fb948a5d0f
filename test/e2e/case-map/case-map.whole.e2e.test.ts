/** Genogram and eco-map of the demo's household: drawn by two people at once, by hand and by keyboard, read by a screen reader as text, printed. */
import type { Locator } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { fixedId } from '../../../server/demo/fixed-ids.ts'
import { expectNoFaults } from '../../support/axe.ts'
import { TABLET } from '../../support/browser.ts'
import { demoInBrowser } from '../../support/demo-in-browser.ts'
import { describeInBrowser } from '../../support/in-browser.ts'
import { tabTo } from '../../support/keyboard.ts'
import type { ScenarioPerson } from '../../support/scenario-people.ts'

const CASE = `/cases/${fixedId('case', 'saengyeon-kim')}`

describeInBrowser('genogram and eco-map', () => {
  const demo = demoInBrowser()
  let one: ScenarioPerson
  let two: ScenarioPerson

  async function openMap(login: string): Promise<ScenarioPerson> {
    const one = await demo.person(login)
    await one.goes(`${CASE}/map`)
    await one.page.locator('.map-svg').waitFor()
    return one
  }

  beforeAll(async () => {
    one = await openMap('saengyeon.case')
    two = await openMap('saengyeon.team')
  })

  /** The line of one person, not of those who are told in others' lines. */
  const line = ({ page }: ScenarioPerson, name: string): Locator =>
    page.locator('.map-line', { has: page.locator('.map-line-name', { hasText: new RegExp(`^${name}\\(`) }) })
  const figure = ({ page }: ScenarioPerson, name: string): Locator =>
    page.locator('[data-figure]', { has: page.locator('.map-name', { hasText: new RegExp(`^${name}$`) }) })
  const stored = ({ page }: ScenarioPerson) => page.locator('[data-testid=receipt][data-place=stored]').waitFor()
  /** The middle of a figure's symbol on the screen. */
  async function middleOf(drawer: ScenarioPerson, name: string): Promise<{ x: number; y: number }> {
    const touch = figure(drawer, name).locator('.map-touch')
    await touch.scrollIntoViewIfNeeded()
    const box = await touch.boundingBox()
    if (box === null) throw new Error(`${name} is not on the sheet`)
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  }
  const placeOf = (drawer: ScenarioPerson, name: string) =>
    figure(drawer, name).locator('g[transform]').first().getAttribute('transform')

  test('what is drawn is read as text, and nothing is in the way of a screen reader', async () => {
    const { page } = one
    const picture = page.getByRole('img', { name: /^가계도: 인물 7명, 함께 사는 사람 1명, 관계선 4개/ })
    await picture.waitFor()
    const list = page.getByRole('region', { name: '인물 목록' })
    const told = await list.ariaSnapshot()
    for (const words of [
      '김○○(58세, 남, 중심 인물, 함께 삶)',
      '이혼한 배우자 전 배우자(56세, 여)(1992년부터, 2015년까지)',
      '아버지(1938–2009 사망, 남)',
      '단절: 아들 (2018년 돈 문제 뒤로)',
      '부모: 아버지, 어머니',
    ]) {
      expect(told).toContain(words)
    }
    await expectNoFaults(page)
    await line(one, '김○○').getByRole('button').click()
    await expectNoFaults(page)
    await line(one, '김○○').getByRole('button', { name: /접기/ }).click()
  })

  test('[GM13] by keyboard alone a person is put, named, joined, moved, taken out, and each step goes back', async () => {
    const { page } = one
    await page.getByRole('button', { name: '인물 추가' }).focus()
    await page.keyboard.press('Enter')
    // The name has the focus at once.
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('INPUT')
    await page.keyboard.type('이모')
    await page.keyboard.press('Enter')
    await line(two, '이모').waitFor()
    const opened = line(one, '이모')
    await tabTo(page, /어떤 관계/)
    await page.keyboard.press('Enter')
    const option = (name: string) => page.getByRole('option', { name, exact: true, selected: false })
    await option('친밀 (관계선)').waitFor()
    // Spouse, child, parent, and then the lines.
    for (const key of ['Home', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'Enter']) await page.keyboard.press(key)
    await tabTo(page, /누구와/)
    await page.keyboard.press('Enter')
    await option('딸').waitFor()
    // The youngest is read last.
    for (const key of ['End', 'Enter']) await page.keyboard.press(key)
    await tabTo(page, '더하기')
    await page.keyboard.press('Enter')
    await line(two, '이모').getByText('친밀함: 딸').waitFor()
    const before = await placeOf(two, '이모')
    await tabTo(page, '오른쪽으로')
    await page.keyboard.press('Enter')
    await expect.poll(() => placeOf(two, '이모')).not.toBe(before)
    await page.keyboard.press('Control+z')
    await expect.poll(() => placeOf(two, '이모')).toBe(before)
    await tabTo(page, '이모 인물 빼기')
    await page.keyboard.press('Enter')
    await line(two, '이모').waitFor({ state: 'detached' })
    await page.keyboard.press('Control+z')
    await line(two, '이모').getByText('친밀함: 딸').waitFor()
    await stored(one)
    await opened.waitFor()
  })

  test('[GM5] [GM12] while a hand drags, nothing else moves, whatever the other draws; then both see one map', async () => {
    const from = await middleOf(two, '아들')
    await two.page.mouse.move(from.x, from.y)
    await two.page.mouse.down()
    await two.page.mouse.move(from.x - 60, from.y + 20, { steps: 4 })
    const still = ['딸', '어머니', '여동생\\(합성\\)']
    const before = await Promise.all(still.map(name => placeOf(two, name)))
    // The other puts an elder child: by itself everybody would move over.
    await line(one, '전 배우자').getByRole('button').click()
    await one.page.getByRole('button', { name: /어떤 관계/ }).click()
    await one.page.getByRole('option', { name: '자녀', exact: true }).click()
    await one.page.getByRole('button', { name: '더하기', exact: true }).click()
    await line(two, '이름 모름').waitFor()
    expect(await Promise.all(still.map(name => placeOf(two, name)))).toEqual(before)
    await two.page.mouse.move(from.x - 90, from.y + 40, { steps: 4 })
    expect(await Promise.all(still.map(name => placeOf(two, name)))).toEqual(before)
    await two.page.mouse.up()
    await expect.poll(() => figure(two, '이름 모름').count()).toBe(1)
    await stored(two)
    for (const name of [...still, '아들', '이름 모름']) {
      await expect.poll(async () => (await placeOf(one, name)) === (await placeOf(two, name))).toBe(true)
    }
    // Two hands on one figure: it stands at one place for both.
    for (const [drawer, by] of [
      [one, 50],
      [two, -50],
    ] as const) {
      const at = await middleOf(drawer, '딸')
      await drawer.page.mouse.move(at.x, at.y)
      await drawer.page.mouse.down()
      await drawer.page.mouse.move(at.x + by, at.y + 30, { steps: 3 })
    }
    await Promise.all([one.page.mouse.up(), two.page.mouse.up()])
    await Promise.all([stored(one), stored(two)])
    await expect.poll(async () => (await placeOf(one, '딸')) === (await placeOf(two, '딸'))).toBe(true)
  })

  test('who else looks at a figure is marked in the drawing and said in the list', async () => {
    await line(one, '어머니').getByRole('button').click()
    await line(two, '어머니').getByText('사례관리 담당 보고 있음').waitFor()
    await two.page.locator('.map-mark-name', { hasText: '사례관리 담당' }).waitFor()
    // A press in the drawing opens the same fields as the list.
    const at = await middleOf(one, '아버지')
    await one.page.mouse.click(at.x, at.y)
    await one.page.getByRole('button', { name: '아버지 인물 빼기' }).waitFor()
  })

  test('[GM8] the eco-map: systems by one press or by name, ties with strength and direction, told in words', async () => {
    for (const { page } of [one, two]) {
      await page.getByText('생태도', { exact: true }).click()
      await page.locator('.map-circle').waitFor()
    }
    await one.page.getByRole('img', { name: /^생태도: 함께 사는 사람 1명, 외부체계 9곳/ }).waitFor()
    await expectNoFaults(one.page)
    await one.page.getByRole('button', { name: '외부체계 추가' }).click()
    await one.page.getByLabel('이름', { exact: true }).fill('동네 교회')
    await one.page.keyboard.press('Enter')
    await one.page.getByRole('button', { name: /도움의 방향/ }).click()
    await one.page.getByRole('option', { name: '가구 쪽으로' }).click()
    const list = two.page.getByRole('region', { name: '외부체계 목록' })
    await list.getByText('동네 교회(기타)').waitFor()
    await list.getByText('가구 전체: 보통 관계, 도움이 가구 쪽으로 옴', { exact: true }).waitFor()
    await stored(one)
    await one.page.getByRole('button', { name: /동네 교회.*빼기/ }).click()
    await list.getByText('동네 교회(기타)').waitFor({ state: 'detached' })
    await one.page.getByRole('button', { name: '되돌리기' }).click()
    await list.getByText('동네 교회(기타)').waitFor()
  })

  test('[LR-21] each drawing is printed on one A4 sheet lying on its side, with who and when, once it is said what for', async () => {
    const { page } = one
    for (const [which, title] of [
      ['genogram', '가계도'],
      ['eco_map', '생태도'],
    ] as const) {
      await page.goto(`${demo.dure.urlOf('saengyeon')}${CASE}/drawings/${which}`)
      await page.getByRole('heading', { name: title, exact: true }).waitFor()
      await expectNoFaults(page)
      await page.evaluate(() => {
        window.print = () => {}
      })
      await page.getByRole('button', { name: '인쇄', exact: true }).click()
      await page.locator('.sheet-stamp').waitFor({ state: 'attached' })
      const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
      expect(pdf.match(/\/Type \/Page\b/g)).toHaveLength(1)
      const [, width = 0, height = 0] = (/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(pdf) ?? []).map(Number)
      expect(Math.round(width)).toBe(842)
      expect(Math.round(height)).toBe(595)
    }
    // With its words on a second.
    await page.getByText('설명 글을 둘째 장에 함께 인쇄').click()
    await page.getByRole('button', { name: '인쇄', exact: true }).click()
    await page.locator('.sheet-stamp').waitFor({ state: 'attached' })
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
    expect(pdf.match(/\/Type \/Page\b/g)?.length).toBeGreaterThan(1)
  })

  test('on a tablet and at twice the size nothing runs over, and nothing complained', async () => {
    const { page } = two
    for (const viewport of [TABLET, { width: 683, height: 384 }]) {
      await page.setViewportSize(viewport)
      for (const which of ['가계도', '생태도']) {
        await page.getByText(which, { exact: true }).click()
        await page.locator('.map-svg').waitFor()
        expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true)
      }
    }
    await page.evaluate(() => {
      document.documentElement.dataset.contrast = 'high'
    })
    await expectNoFaults(page)
    expect([...one.errors, ...two.errors]).toEqual([])
  })
})
