/**
 * People who are not there: an opinion that came in writing is entered under its agency's name and says so; too few at the table are noticed, and the
 * chair goes on in words; who comes back reads what changed meanwhile.
 */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { formatShortDay } from '../../client/lib/format.ts'
import { reopenBy } from '../../shared/meeting/deferral.ts'
import { dayInSeoul } from '../../shared/working-days.ts'
import { expectNoFaults } from '../support/axe.ts'
import { demoInBrowser } from '../support/demo-in-browser.ts'
import { describeInBrowser } from '../support/in-browser.ts'

const HOUSEHOLD = '김○○ 가구'
const OPINION = '협의회는 겨울 난방비를 먼저 보자는 의견을 보내 왔다. (합성)'
const SAID = '돌아오기 전에 나눈 이야기입니다. (합성)'
const QUESTION = '검사비 육십만 원을 지원한다. (합성)'
const REASON = '한 기관이 곧 온다고 알려 왔다'

describeInBrowser('people who are not there', () => {
  const demo = demoInBrowser()

  test('who must leave early is heard first: a proposed order, taken by one press and taken back; an urgent item stands next', async () => {
    const chair = await demo.enters('saengyeon.team')
    const angel = await demo.enters('angel.case')
    const { page } = chair
    const agenda = (of: Page) => of.getByRole('grid', { name: '안건' }).getByRole('row')
    const order = async (of: Page) =>
      (await agenda(of).allInnerTexts()).map(words => /[김이]○○|비밀유지|일정|난방/.exec(words)?.[0])
    await page.keyboard.press('Control+Alt+KeyA')
    const desk = page.getByRole('dialog', { name: '참석 확인' })
    const leaves = desk.getByTestId('attendance-row').filter({ hasText: '후원 담당' }).getByRole('textbox')
    await leaves.fill('15:10')
    await leaves.press('Enter')
    // The field lets Escape on to its dialog.
    await page.keyboard.press('Escape')
    await desk.waitFor({ state: 'detached' })
    expect(await page.getByTestId('leaving-order').count()).toBe(0)

    await page.getByText('혼자 보기').click()
    await chair.openItem('이○○ 가구')
    await page.getByRole('button', { name: /이○○ 가구.*위로/ }).click()
    const proposal = page.getByTestId('leaving-order')
    await proposal.getByText(/15:10/).waitFor()
    expect(await angel.page.getByTestId('leaving-order').count()).toBe(0)
    await expectNoFaults(page)
    const before = await order(page)
    await proposal.getByRole('button', { name: '이 순서로 바꾸기' }).click()
    await expect.poll(() => order(angel.page).then(lines => lines[1])).toBe('김○○')
    await proposal.waitFor({ state: 'detached' })
    await page.getByRole('button', { name: '되돌리기' }).click()
    await expect.poll(() => order(page)).toEqual(before)
    await proposal.getByRole('button', { name: '그대로 두기' }).click()
    await proposal.waitFor({ state: 'detached' })

    await page.getByText('이끄는 중').click()
    await chair.openItem('비밀유지')
    await page.getByRole('button', { name: '안건 추가' }).click()
    await page.getByRole('textbox', { name: /안건 이름/ }).fill('난방 지원 긴급 요청')
    expect(await page.getByRole('checkbox', { name: '긴급 상정' }).isChecked()).toBe(true)
    await page.getByRole('dialog').getByRole('button', { name: '추가', exact: true }).click()
    for (const one of [page, angel.page]) {
      await expect.poll(() => order(one).then(lines => lines[1])).toBe('난방')
      await agenda(one)
        .filter({ hasText: '난방' })
        .getByText(/긴급 상정/)
        .waitFor()
    }
    // Who does not lead adds nothing.
    expect(await angel.page.getByRole('button', { name: '안건 추가' }).count()).toBe(0)
    expect([...chair.errors, ...angel.errors]).toEqual([])
    await angel.close()
    await chair.close()
  })

  test('a written opinion is entered under its agency’s name, and everybody reads how it came and who entered it', async () => {
    const taker = await demo.enters('saengyeon.case')
    const angel = await demo.enters('angel.case')
    await taker.page.keyboard.press('Control+Alt+KeyA')
    const desk = taker.page.getByRole('dialog', { name: '참석 확인' })
    await desk
      .getByRole('button', { name: '복지자원 담당 참석 방식' })
      .or(desk.getByLabel('복지자원 담당 참석 방식'))
      .first()
      .click()
    await taker.page.getByRole('option', { name: '서면 의견', exact: true }).click()
    await desk
      .getByTestId('attendance-row')
      .filter({ hasText: '복지자원 담당' })
      .getByText('서면 의견')
      .first()
      .waitFor()
    await taker.page.keyboard.press('Escape')

    // Nothing is to be unfolded for it: the field of somebody who cannot write here is there.
    await taker.openItem(HOUSEHOLD)
    const field = taker.page.getByRole('textbox', { name: '일상생활 유지 욕구에 대한 협의회 의견' })
    await taker.page.getByRole('button', { name: '+ 욕구 추가' }).or(taker.page.getByLabel('욕구 추가')).first().click()
    await taker.page.getByRole('option', { name: '일상생활 유지' }).click()
    await taker.caretToEnd(field)
    await taker.page.keyboard.type(OPINION)
    await taker.stored()

    await angel.openItem(HOUSEHOLD)
    for (const { page } of [taker, angel]) {
      const opinion = page.locator('.opinion').filter({ hasText: OPINION })
      await opinion.getByTestId('opinion-source').getByText('서면 의견').waitFor()
      await opinion.getByTestId('opinion-source').getByText('입력: 사례관리 담당').waitFor()
    }
    // After a reload nobody writes in it any more: who did is asked of the server.
    await taker.close()
    await angel.page.reload()
    await angel.openItem(HOUSEHOLD)
    const opinion = angel.page.locator('.opinion').filter({ hasText: OPINION })
    await opinion.getByTestId('opinion-source').getByText('입력: 사례관리 담당').waitFor()
    await expectNoFaults(angel.page)
    expect(angel.errors).toEqual([])
    await angel.close()
  })

  test('too few at the table: the chair writes why the meeting goes on, and who may open the item reads it', async () => {
    const chair = await demo.enters('saengyeon.team')
    const angel = await demo.enters('angel.case')
    await chair.page.getByText('회의 도구').click()
    await chair.page.getByText('정족수 보기').click()
    await chair.openItem(HOUSEHOLD)
    const quorum = chair.page.getByTestId('quorum')
    await quorum.getByText('미달').waitFor()
    await quorum.getByRole('button', { name: '이유 적고 계속' }).click()
    const dialog = chair.page.getByRole('dialog', { name: '정족수 미달 상태로 계속' })
    await dialog.getByRole('textbox', { name: /계속하는 이유/ }).fill(REASON)
    await expectNoFaults(chair.page)
    await chair.page.keyboard.press('Enter')
    await dialog.waitFor({ state: 'detached' })
    await quorum.getByText(REASON).waitFor()
    await angel.page.getByTestId('quorum').getByText(REASON).waitFor()
    expect(await angel.page.getByTestId('quorum').getByRole('button').count()).toBe(0)

    // Where three agencies are asked for and the chair does not go on, it is deferred, and everybody reads until when it is heard again.
    await chair.page.getByText('기관 3곳 이상').click()
    await chair.openItem('다음 회의 일정')
    await quorum.getByText(/필요 3/).waitFor()
    const term = formatShortDay(reopenBy('below_quorum', dayInSeoul(Date.now())), 'ko')
    await quorum.getByText(`10영업일 안(${term}까지)에 다시 열어야 합니다`).waitFor()
    await quorum.getByRole('button', { name: '이 안건 보류' }).click()
    for (const { page } of [chair, angel]) {
      await page
        .getByTestId('deferral')
        .getByText(
          new RegExp(`정족수 미달 · 다음 회의에 다시 상정 · 10영업일 안\\(${term.replace(/[.()]/g, '\\$&')}까지\\)`),
        )
        .waitFor()
    }
    expect(await quorum.getByRole('button').count()).toBe(0)
    expect([...chair.errors, ...angel.errors]).toEqual([])
    await angel.close()
    await chair.close()
  })

  test('a vote is cast on one’s own screen and entered for others, counted at the close; a deferred item says why', async () => {
    const chair = await demo.enters('saengyeon.team')
    const angel = await demo.enters('angel.case')
    await chair.openItem(HOUSEHOLD)
    await angel.openItem(HOUSEHOLD)
    await chair.page.getByText('회의 도구').click()
    await chair.page.getByText('표결하기').click()
    // Who is confirmed at the table has a vote.
    await chair.page.keyboard.press('Control+Alt+KeyA')
    const desk = chair.page.getByRole('dialog', { name: '참석 확인' })
    await desk.getByRole('button', { name: '후원 담당 참석 확인', exact: true }).click()
    await angel.page
      .getByTestId('my-attendance')
      .getByText(/참석 확인됨/)
      .waitFor()
    await desk.getByRole('button', { name: '닫기' }).first().click()
    await desk.waitFor({ state: 'detached' })
    await chair.page.getByRole('textbox', { name: '표결에 부칠 내용' }).fill(QUESTION)
    await chair.page.getByRole('textbox', { name: '표결에 부칠 내용' }).press('Enter')
    const votes = (page: Page) => page.getByTestId('votes')
    await votes(angel.page).getByText(QUESTION).waitFor()
    // One's own side alone for who conducts nothing; the close is not theirs either.
    expect(await votes(angel.page).getByRole('button').count()).toBe(3)
    await votes(angel.page).getByRole('button', { name: '찬성' }).click()
    // Theirs to change: it stands there and has no buttons.
    await votes(chair.page)
      .getByText(/천사\S* 찬성/)
      .waitFor()
    expect(await votes(chair.page).getByRole('button', { name: /천사/ }).count()).toBe(0)
    await votes(chair.page).getByRole('button', { name: '생연1동 찬성' }).click()
    await expectNoFaults(chair.page)
    await votes(chair.page).getByRole('button', { name: '표결 마감' }).click()
    for (const { page } of [chair, angel])
      await votes(page)
        .getByText(/찬성 2 · 반대 0/)
        .waitFor()
    expect(await votes(angel.page).getByRole('button').count()).toBe(0)

    const deferral = chair.page.getByTestId('deferral')
    await chair.page.getByRole('button', { name: '사유 적고 보류' }).click()
    // Too few are there, so that is what the form begins with.
    await deferral.getByRole('button', { name: /정족수 미달/ }).click()
    await chair.page.getByRole('option', { name: '자료 보완' }).click()
    await deferral.getByRole('textbox', { name: '덧붙이는 말' }).fill('진단서를 받은 뒤')
    await expectNoFaults(chair.page)
    await deferral.getByRole('button', { name: '보류 사유 남기기' }).click()
    await angel.page.getByTestId('deferral').getByText('자료 보완 · 진단서를 받은 뒤 · 다음 회의에 다시 상정').waitFor()
    expect([...chair.errors, ...angel.errors]).toEqual([])
    await angel.close()
    await chair.close()
  })

  test('who comes back reads what changed, once, and goes there by a press', async () => {
    const angel = await demo.enters('angel.case')
    await angel.openItem(HOUSEHOLD)
    await angel.close()
    const taker = await demo.enters('saengyeon.case')
    await taker.openItem(HOUSEHOLD)
    await taker.caretToEnd(taker.discussion())
    await taker.page.keyboard.press('Enter')
    await taker.page.keyboard.type(SAID)
    await taker.stored()

    const back = await demo.enters('angel.case')
    const line = back.page.getByTestId('since-line').filter({ hasText: HOUSEHOLD })
    await line.getByText('논의 이어짐').waitFor()
    // Of an item that is not theirs nothing is said.
    expect(await back.page.getByTestId('since-line').count()).toBe(1)
    await expectNoFaults(back.page)
    await line.getByRole('button').click()
    await back.discussion().getByText(SAID).waitFor()
    await back.page.getByRole('button', { name: '달라진 것 닫기' }).click()
    await back.page.getByTestId('since').waitFor({ state: 'detached' })
    // The writer’s own words are no news to them.
    await taker.page.reload()
    await taker.openItem(HOUSEHOLD)
    expect(await taker.page.getByTestId('since-line').count()).toBe(0)
    expect(back.errors).toEqual([])
    await back.close()
    await taker.close()
  })
})
