/**
 * The wrong access in browsers: a colleague who is not on a household's case opens it in an emergency, the privacy officer sees who has seen it, asks, is
 * answered and accepts; the worker of the case hears of it. With the register, the month and the screens without faults.
 */
import { expect, test } from 'vitest'
import { expectNoFaults } from '../support/axe.ts'
import { TABLET } from '../support/browser.ts'
import { demoInBrowser } from '../support/demo-in-browser.ts'
import { describeInBrowser } from '../support/in-browser.ts'
import { look } from '../support/scenario-people.ts'

const NUMBER = '2026-031'
const ASKED = '어떻게 조치했는지 적어 주세요'
const ANSWERED = '119와 함께 방문해 안전을 확인했습니다'
/** A browser tells of each answer that is no. */
const REFUSED = 'Failed to load resource: the server responded with a status of 404 (Not Found)'

describeInBrowser('the wrong access', () => {
  const demo = demoInBrowser()

  test('[LR-15] [LR-36] refused, opened in an emergency, seen at the desk, asked, explained and accepted; who saw what, taken out', async () => {
    const head = await demo.person('saengyeon.head')
    const worker = await demo.person('saengyeon.team', TABLET)
    await worker.goes('/cases')
    const caseAddress =
      (await worker.page
        .getByRole('link', { name: /김○○ 가구/ })
        .first()
        .getAttribute('href')) ?? ''
    expect(caseAddress).toMatch(/^\/cases\//)
    // A neighbour's case, by its very address: as if there were none.
    await head.goes(caseAddress)
    await head.page.getByRole('heading', { name: /찾|없/ }).first().waitFor()
    expect(await head.page.getByText('김○○').count()).toBe(0)
    await look(head, 'wrong-access-refused')
    await head.goes('/')
    await head.page.getByRole('button', { name: /계정 메뉴/ }).click()
    await head.page.getByRole('link', { name: '긴급 열람', exact: true }).click()
    await head.page.getByText('열면 이렇게 됩니다').waitFor()
    await head.page.getByLabel('사례번호').fill('2026-999')
    await head.page.getByRole('button', { name: /고르세요/ }).click()
    await head.page.getByRole('option', { name: '담당자 부재 중 급한 일' }).click()
    await head.page.getByLabel('무슨 일인가요?').fill('이웃이 사흘째 불이 켜져 있다고 신고했습니다')
    await head.page.getByRole('button', { name: '사유를 남기고 열기' }).click()
    await head.page.getByText('그런 번호의 사례가 없거나 긴급 열람을 할 수 없습니다').waitFor()
    await expectNoFaults(head.page)
    await head.page.getByLabel('사례번호').fill(NUMBER)
    await head.page.getByRole('button', { name: '사유를 남기고 열기' }).click()
    await head.page.getByText('긴급 열람 중입니다').waitFor()
    await head.page.getByRole('heading', { name: '김○○ 가구' }).waitFor()
    await look(head, 'wrong-access-opened', true)

    await worker.page.getByRole('button', { name: /^알림/ }).click()
    await worker.page.getByRole('link', { name: /긴급 열람했습니다/ }).click()
    await worker.page.getByRole('heading', { name: '누가 봤나' }).waitFor()
    await worker.page.getByRole('rowheader', { name: '동장' }).waitFor()
    await expectNoFaults(worker.page)

    const officer = await demo.person('saengyeon.privacy')
    await officer.page.getByRole('link', { name: '열람 기록', exact: true }).click()
    await officer.page.getByLabel('사례번호나 가구 표시').fill('2026-03')
    await officer.page.keyboard.press('Enter')
    await officer.page
      .getByRole('listitem')
      .filter({ hasText: NUMBER })
      .getByRole('button', { name: '누가 봤는지 보기' })
      .click()
    await officer.page.getByRole('row', { name: /동장.*긴급 열람 1건/ }).waitFor()
    await expectNoFaults(officer.page)
    // What was refused stands there beside what was opened, from when records are kept.
    await officer.page
      .getByRole('row', { name: /동장.*거부/ })
      .first()
      .waitFor()
    await look(officer, 'who-saw', true)
    await officer.page.getByRole('button', { name: '파일로 내보내기' }).click()
    await officer.page.getByLabel('내보내는 목적').fill('정보주체의 열람 요구에 답하기 위함')
    const saved = officer.page.waitForEvent('download')
    await officer.page.getByRole('dialog').getByRole('button', { name: '내보내기', exact: true }).click()
    expect((await saved).suggestedFilename()).toMatch(/^access-.*\.csv$/)
    await officer.page.getByRole('link', { name: '특이 열람' }).click()
    await look(officer, 'odd-looks', true)
    const odd = officer.page
      .getByRole('listitem')
      .filter({ has: officer.page.getByRole('heading', { name: '긴급 열람' }) })
    await odd.getByRole('button', { name: '소명 요청' }).click()
    await odd.getByLabel('무엇을 소명해야 하나요?').fill(ASKED)
    await odd.getByRole('button', { name: '소명 요청' }).click()
    await odd.getByText(ASKED).waitFor()

    await head.goes('/explanations')
    await head.page.getByText(ASKED).waitFor()
    await head.page.getByLabel('왜 열람했나요?').fill(ANSWERED)
    await head.page.getByRole('button', { name: '소명 제출' }).click()
    await head.page.getByText('소명 도착').waitFor()
    await expectNoFaults(head.page)

    await officer.page.reload()
    await odd.getByText(ANSWERED).waitFor()
    await odd.getByRole('button', { name: '소명 인정' }).click()
    await odd.getByLabel('인정하는 까닭').fill('방문 기록을 확인했습니다')
    await odd.getByRole('button', { name: '소명 인정' }).click()
    await odd.getByText('방문 기록을 확인했습니다').waitFor()
    await expectNoFaults(officer.page)

    for (const [link, heading] of [
      ['월별 점검', '사람별 열람'],
      ['긴급 열람 설정', '긴급 열람'],
    ] as const) {
      await officer.page.getByRole('link', { name: link }).click()
      await officer.page.getByRole('heading', { name: heading, exact: true }).waitFor()
      await expectNoFaults(officer.page)
    }
    await officer.page.getByRole('link', { name: '제3자 제공 대장' }).click()
    await officer.page.getByRole('columnheader', { name: '이용·제공의 법적 근거' }).waitFor()
    await expectNoFaults(officer.page)

    // Its time is not over yet: closed by hand, the case is not there any more.
    const address = await (async () => {
      await head.goes('/emergency')
      const href = await head.page.getByRole('link', { name: '사례 보기' }).getAttribute('href')
      await head.page.getByRole('button', { name: '지금 닫기' }).click()
      await head.page.getByText('긴급 열람을 닫았습니다').waitFor()
      return href ?? ''
    })()
    await head.goes(address)
    await head.page.getByRole('heading', { name: /찾|없/ }).first().waitFor()
    expect(await head.page.getByText('김○○').count()).toBe(0)
    expect(head.errors.filter(error => error !== REFUSED)).toEqual([])
    for (const { errors } of [worker, officer]) expect(errors).toEqual([])
  })
})
