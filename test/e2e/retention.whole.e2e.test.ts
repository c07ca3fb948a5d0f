/**
 * A household that was helped long ago, in browsers (DOMAIN scenario 12): closed on 2021-03-10, both days on the desk, proposed by one person, read and confirmed by a
 * second one, and gone for all agencies, with the record of destruction. `DURE_PICTURES` names a folder for pictures of it.
 */
import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { fixedId } from '../../server/demo/fixed-ids.ts'
import type { CaseId } from '../../shared/ids.ts'
import { expectNoFaults } from '../support/axe.ts'
import { TABLET } from '../support/browser.ts'
import { demoInBrowser } from '../support/demo-in-browser.ts'
import { describeInBrowser } from '../support/in-browser.ts'
import { look } from '../support/scenario-people.ts'

const NUMBER = '2020-007'
const CASE = fixedId<CaseId>('case', 'muhan-seo')
const HOUSEHOLD = '서○○'
const WHY = '동의서의 보존기간 5년이 끝나 더 보관할 근거가 없습니다'
/** A browser tells of each answer that is no. */
const REFUSED = /^Failed to load resource: the server responded with a status of (404|403|400)/

describeInBrowser('keeping and destroying', () => {
  const demo = demoInBrowser()

  const desk = async (page: Page) => {
    await page.getByRole('button', { name: /계정 메뉴/ }).click()
    await page.getByRole('link', { name: '보존·파기', exact: true }).click()
    await page.getByRole('heading', { name: '보존·파기', level: 1 }).waitFor()
  }
  const section = (page: Page, name: string | RegExp) =>
    page.getByRole('navigation', { name: '보존·파기 메뉴' }).getByRole('link', { name }).click()

  test('[RT1] [RT6] [RT7] [LR-39] [LR-54] closed on 2021-03-10: both days, a second person confirms, gone everywhere, on the record', async () => {
    const worker = await demo.person('muhan.case')
    const partner = await demo.person('council.case')
    for (const { page, goes } of [worker, partner]) {
      await goes(`/cases/${CASE}`)
      await page.getByRole('heading', { name: new RegExp(HOUSEHOLD) }).waitFor()
    }

    const officer = await demo.person('muhan.privacy')
    await desk(officer.page)
    const line = officer.page.getByRole('row', { name: new RegExp(NUMBER) })
    await line.getByText('2027. 1. 1.').waitFor()
    await line.getByText('2026. 3. 10.').waitFor()
    await line.getByText('만료 전').waitFor()
    expect(await officer.page.getByText(HOUSEHOLD).count()).toBe(0)
    await expectNoFaults(officer.page)
    await look(officer, 'retention-due-by-decree')

    // What the household agreed to is shorter: the agency goes by the consent from now on.
    await section(officer.page, '보존 기준')
    const rule = officer.page.getByRole('region', { name: '통합사례관리' })
    await rule.getByText('동의서 기준(종결일부터)').click()
    await look(officer, 'retention-rules')
    await expectNoFaults(officer.page)
    await rule.getByRole('button', { name: /저장/ }).click()
    await officer.page.getByText('보존 기준을 바꾸었습니다').waitFor()
    await section(officer.page, '파기 대상')
    await line.getByText('파기 대상', { exact: true }).waitFor()

    // Held for a moment, then lifted.
    await line.getByRole('button', { name: `${NUMBER} 보류하기` }).click()
    const dialog = officer.page.getByRole('dialog')
    await dialog.getByLabel('설명').fill('손해배상 소송 1심이 진행 중입니다')
    await dialog.getByRole('spinbutton').first().click()
    await officer.page.keyboard.type('20991231')
    await look(officer, 'retention-hold')
    await dialog.getByRole('button', { name: '보류', exact: true }).click()
    await dialog.getByText('보류의 마지막 날은 오늘부터 3년 안이어야 합니다').waitFor()
    await dialog.getByRole('spinbutton').first().click()
    await officer.page.keyboard.type(String(new Date().getFullYear() + 1))
    await dialog.getByRole('button', { name: '보류', exact: true }).click()
    await line.getByText('보류', { exact: true }).waitFor()
    await look(officer, 'retention-held')
    await line.getByRole('button', { name: /보류 해제/ }).click()
    await dialog.getByLabel('해제 사유').fill('소송이 끝나 판결문을 받았습니다')
    await dialog.getByRole('button', { name: '보류 해제' }).click()
    await line.getByText('파기 대상', { exact: true }).waitFor()

    // React Aria's boxes lie under their words.
    await line.locator('.checkbox').click()
    await look(officer, 'retention-due')
    await officer.page.getByRole('button', { name: '선택한 1건 파기 제안' }).click()
    await dialog.getByLabel('파기 사유').fill(WHY)
    await look(officer, 'retention-propose')
    await dialog.getByRole('button', { name: '파기 제안' }).click()
    await officer.page.getByText(/건의 파기를 제안했습니다/).waitFor()
    await section(officer.page, /확인 대기/)
    await officer.page.getByText('내가 제안한 파기입니다').waitFor()
    expect(await officer.page.getByRole('button', { name: /내용 확인/ }).count()).toBe(0)
    await expectNoFaults(officer.page)

    const head = await demo.person('muhan.team', TABLET)
    await desk(head.page)
    await section(head.page, /확인 대기/)
    await look(head, 'retention-waiting')
    await head.page.getByRole('button', { name: `${NUMBER} 내용 확인` }).click()
    const reading = head.page.getByRole('dialog')
    await reading.getByText(HOUSEHOLD).waitFor()
    await reading.getByRole('row', { name: /암호화 키/ }).waitFor()
    await reading.getByText('누구도 되살릴 수 없습니다').waitFor()
    const go = reading.getByRole('button', { name: '되돌릴 수 없이 파기' })
    expect(await go.isDisabled()).toBe(true)
    await reading.getByLabel(/사례번호/).fill('2020-008')
    expect(await go.isDisabled()).toBe(true)
    await reading.getByLabel(/사례번호/).fill(NUMBER)
    await expectNoFaults(head.page)
    await look(head, 'retention-confirm')
    await go.click()
    await head.page.getByText(`${NUMBER} 사례를 파기했습니다`).waitFor()

    // For the worker, the partner agency and whoever searches: nothing.
    for (const { page, goes } of [worker, partner]) {
      await page.reload()
      await page
        .getByText('찾을 수 없')
        .or(page.getByRole('heading', { name: /없/ }))
        .first()
        .waitFor()
      expect(await page.getByText(HOUSEHOLD).count()).toBe(0)
      await goes('/cases')
      await page.getByRole('heading', { level: 1 }).waitFor()
      await page.getByText(/오○○/).first().waitFor()
      expect(await page.getByText(NUMBER).count()).toBe(0)
    }
    await look(worker, 'retention-cases-afterwards')

    await section(head.page, '파기 대장')
    const record = head.page.getByRole('row', { name: new RegExp(NUMBER) })
    await record.getByText('파기 완료').waitFor()
    await record.getByText(/2021. 3. 10./).waitFor()
    expect(await head.page.getByText(HOUSEHOLD).count()).toBe(0)
    await expectNoFaults(head.page)
    await look(head, 'retention-register', true)

    await officer.goes('/retention/register')
    await officer.page.getByText('파기 완료').waitFor()
    await look(officer, 'retention-register-by-officer')
    await officer.page.getByRole('button', { name: '파일로 받기' }).click()
    await dialog.getByLabel('목적').fill('하반기 파기 점검 보고에 붙임')
    const [download] = await Promise.all([
      officer.page.waitForEvent('download'),
      dialog.getByRole('button', { name: '파일로 받기' }).click(),
    ])
    const csv = await readFile(await download.path(), 'utf8')
    expect(csv).toContain(NUMBER)
    expect(csv).toContain('암호화 키 파기')
    expect(csv).not.toContain(HOUSEHOLD)
    await officer.page.emulateMedia({ media: 'print' })
    await look(officer, 'retention-register-printed')

    // After a kill and a start it is still gone.
    await demo.dure.kill()
    await demo.dure.start()
    await worker.goes(`/cases/${CASE}`)
    await worker.page
      .getByText('찾을 수 없')
      .or(worker.page.getByRole('heading', { name: /없/ }))
      .first()
      .waitFor()
    expect(await worker.page.getByText(HOUSEHOLD).count()).toBe(0)
    const told = [worker, partner, officer, head].flatMap(({ errors }) => errors)
    expect(told.filter(error => !REFUSED.test(error) && !error.includes('ERR_CONNECTION'))).toEqual([])
  })
})
