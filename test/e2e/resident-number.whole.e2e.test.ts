/** A resident registration number that is typed in the meeting: everybody who writes there is told where it stands and why, one press masks it for all. */
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { expectNoFaults } from '../support/axe.ts'
import { OFFICE_PC, TABLET } from '../support/browser.ts'
import { demoInBrowser } from '../support/demo-in-browser.ts'
import { describeInBrowser } from '../support/in-browser.ts'

const HOUSEHOLD = '김○○ 가구'
const NOTICE = /주민등록번호로 보이는 숫자가 2곳에 있습니다/
const SHOTS = process.env.DURE_SHOTS

async function shot(page: Page, name: string): Promise<void> {
  if (SHOTS) await page.screenshot({ path: join(SHOTS, `resident-number-${name}.png`) })
}

describeInBrowser('a resident registration number in the meeting', () => {
  const demo = demoInBrowser()

  test('[RN8] [LR-17] is pointed out to the leader and to a partner, and masked by one press for both', async () => {
    const leader = await demo.enters('saengyeon.team')
    const partner = await demo.enters('muhan.case')
    for (const one of [leader, partner]) await one.openItem(HOUSEHOLD)
    await partner.caretToEnd(partner.discussion())
    await partner.page.keyboard.type(' 본인 900101-1234567, 아들 100101-3234567 확인')
    for (const { page } of [leader, partner]) {
      const notice = page.getByRole('status').filter({ hasText: NOTICE })
      await notice.waitFor()
      await notice.getByText('있는 곳: 논의').waitFor()
    }
    await shot(leader.page, 'office')
    await leader.page.setViewportSize(TABLET)
    await leader.page.getByText(NOTICE).waitFor()
    await shot(leader.page, 'tablet')
    await leader.page.setViewportSize({ width: OFFICE_PC.width / 2, height: OFFICE_PC.height / 2 })
    await leader.page.getByText(NOTICE).waitFor()
    await shot(leader.page, 'double')
    await leader.page.setViewportSize(OFFICE_PC)
    await expectNoFaults(leader.page)
    await leader.page.getByRole('button', { name: '뒷자리 가리기' }).click()
    for (const { page } of [leader, partner]) await page.getByText(NOTICE).waitFor({ state: 'detached' })
    await expect
      .poll(() => partner.wordsIn(partner.discussion()), { timeout: 60_000 })
      .toContain('본인 900101-1******, 아들 100101-3******')
    await leader.stored()
    expect(await leader.page.locator('body').innerText()).not.toMatch(/1234567|3234567/)
    await shot(leader.page, 'masked')
    expect([...leader.errors, ...partner.errors]).toEqual([])
  })
})
