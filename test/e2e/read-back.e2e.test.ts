/**
 * Reading back and stepping out, through visible controls: the whole of it by keyboard; answers of an agency itself and entered for one without a
 * device; a typing person is not covered; what changes afterwards is named on every screen; and somebody who is excluded while her line is
 * gone gets her late words back and nothing else.
 */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { expectNoFaults } from '../support/axe.ts'
import { OFFICE_PC, TABLET } from '../support/browser.ts'
import { demoInBrowser } from '../support/demo-in-browser.ts'
import { describeInBrowser } from '../support/in-browser.ts'
import { Recorder } from '../support/recorder.ts'
import type { RoomPage } from '../support/room-page.ts'

const HOUSEHOLD = '김○○ 가구'

describeInBrowser('reading back', () => {
  const demo = demoInBrowser()
  /** Who came once stays, from one test to the next. */
  const open = new Map<string, RoomPage>()

  async function comes(login: string, viewport = OFFICE_PC): Promise<RoomPage> {
    const here = open.get(login)
    if (here) return here
    const room = await demo.enters(login, viewport)
    open.set(login, room)
    if (viewport !== OFFICE_PC) await room.page.getByRole('button', { name: '안건 보기' }).click()
    await room.openItem(HOUSEHOLD)
    await room.page.getByTestId('action').first().waitFor()
    return room
  }

  const stage = (page: Page) => page.getByTestId('read-back')
  const confirmed = (page: Page) => page.getByTestId('confirmed')

  /** Who is here counts once the leader confirms it. */
  async function confirmAttendance(page: Page): Promise<void> {
    await page.getByRole('button', { name: '참석 확인하기' }).click()
    const dialog = page.getByRole('dialog')
    for (;;) {
      const next = dialog.getByRole('button', { name: /참석 확인$/ }).first()
      if (!(await next.isVisible())) break
      const name = (await next.getAttribute('aria-label')) ?? ''
      await next.click()
      await dialog.getByRole('button', { name, exact: true }).waitFor({ state: 'detached' })
    }
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
  }

  test('by keyboard alone; an agency’s condition is kept; one letter changed afterwards is named on every screen', async () => {
    const leader = await comes('saengyeon.team')
    const council = await comes('council.case')
    const tablet = await comes('angel.case', TABLET)
    await confirmAttendance(leader.page)
    const all = [leader, council, tablet]

    await leader.page.keyboard.press('Control+Alt+Enter')
    for (const { page } of all) await stage(page).waitFor()
    for (const { page } of all) await expectNoFaults(page)
    const read = await Promise.all(all.map(({ page }) => page.getByTestId('read-text').innerText()))
    expect(new Set(read).size).toBe(1)
    expect(read[0]).toContain('통합사례관리 대상 선정')

    await stage(council.page).getByRole('button', { name: '조건부' }).press('Enter')
    await council.page.keyboard.type('검사 결과가 나온 뒤 다시 정함')
    await council.page.keyboard.press('Enter')
    await leader.page.getByTestId('answers').getByText('검사 결과가 나온 뒤 다시 정함').waitFor()
    await leader.page
      .getByRole('button', { name: '나머지는 이견 없음 · 확인' })
      .and(leader.page.locator(':focus'))
      .waitFor()
    await leader.page.keyboard.press('Enter')
    for (const { page } of all) {
      await stage(page).waitFor({ state: 'detached' })
      expect(await confirmed(page).innerText()).toMatch(
        /확인됨 · 1차 · \d\d:\d\d · 이견 없음 \(조건부: 협의회 “검사 결과가 나온 뒤 다시 정함”\)/,
      )
    }

    await leader.page.getByRole('textbox', { name: '결정 1 내용' }).click()
    await leader.page.keyboard.press('Control+End')
    await leader.page.keyboard.type('꼭')
    for (const { page } of all) await page.getByTestId('read-back-foot').getByText('결정 1의 내용').waitFor()
    await leader.page.keyboard.press('Backspace')
    for (const { page } of all) await page.getByText('확인 이후 바뀜').waitFor({ state: 'detached' })
    await expectNoFaults(tablet.page)
    for (const one of all) expect(one.errors).toEqual([])
  })

  test('the version of what was confirmed is compared with now and gone back to, on every screen; who wrote is said by name', async () => {
    const leader = await comes('saengyeon.team')
    const council = await comes('council.case')
    const versions = leader.page.getByTestId('history-versions')
    await leader.page.getByRole('textbox', { name: '결정 1 내용' }).click()
    await leader.page.keyboard.press('Control+End')
    await leader.page.keyboard.type('꼭')
    await leader.stored()
    await leader.page.getByRole('button', { name: '판 목록과 비교' }).click()
    await versions.getByText('회의 시작').waitFor()
    await versions.getByRole('button', { name: '읽어 확인함 (1번째): 지금과 비교' }).click()
    const differences = leader.page.getByTestId('history-differences')
    await differences.getByText('꼭').waitFor()
    expect(await differences.innerText()).toMatch(/결정 1[\s\S]*결정 내용/)
    await expectNoFaults(leader.page)

    await versions.getByRole('button', { name: '읽어 확인함 (1번째): 이 때로 되돌리기' }).press('Enter')
    await leader.page.getByRole('alertdialog').getByRole('button', { name: '되돌리기', exact: true }).press('Enter')
    await versions.getByText('‘읽어 확인함 (1번째)’ 때로 되돌림').waitFor()
    await versions.getByText('되돌리기 전', { exact: true }).waitFor()
    for (const { page } of [leader, council]) await page.getByText('확인 이후 바뀜').waitFor({ state: 'detached' })
    expect(await council.page.getByRole('textbox', { name: '결정 1 내용' }).innerText()).not.toContain('꼭')

    await council.page.getByRole('button', { name: '판 목록과 비교' }).click()
    await council.page.getByTestId('history-versions').getByText('되돌리기 전', { exact: true }).waitFor()
    expect(await council.page.getByRole('button', { name: /이 때로 되돌리기/ }).count()).toBe(0)
    await council.page.getByRole('button', { name: '누가 썼는지' }).click()
    await council.page.getByTestId('history-writers').getByText('생연1동 사례관리 담당').waitFor()
    await expectNoFaults(council.page)
    for (const page of [leader.page, council.page]) await page.getByRole('button', { name: / · 접기$/ }).click()
    expect([...leader.errors, ...council.errors]).toEqual([])
  })

  test('for people without a device who conducts enters what they say, and the record says so', async () => {
    const minutes = await comes('saengyeon.case')
    await comes('council.case')
    await confirmAttendance(minutes.page)
    await minutes.page.getByRole('button', { name: '다시 확인' }).click()
    await stage(minutes.page).getByRole('button', { name: '다른 의견 입력' }).click()
    await minutes.page.getByRole('button', { name: /기관/ }).and(minutes.page.locator(':focus')).press('Enter')
    await minutes.page.getByRole('option', { name: '협의회' }).click()
    await stage(minutes.page).getByRole('button', { name: '이견', exact: true }).click()
    await minutes.page.keyboard.press('Enter')
    await minutes.page.getByText('조건이나 이견은 내용을 적어 주세요.').waitFor()
    await minutes.page.keyboard.type('우리 예산으로는 어렵다')
    await minutes.page.keyboard.press('Enter')
    await minutes.page.getByTestId('answers').getByText('구두 확인 · 입력: 사례관리 담당').waitFor()
    await stage(minutes.page).getByRole('button', { name: '나머지는 이견 없음 · 확인' }).click()
    await minutes.page.getByText('(이견: 협의회 “우리 예산으로는 어렵다”)').waitFor()
    expect(await confirmed(minutes.page).innerText()).toContain('2차')
  })

  test('whoever is typing keeps caret and focus, sees that it is being read, and comes when they like', async () => {
    const leader = await comes('saengyeon.team')
    const council = await comes('council.case')
    await council.caretToEnd(council.discussion())
    await council.page.keyboard.type('쓰는 ')
    await leader.page.keyboard.press('Control+Alt+Enter')
    await stage(leader.page).waitFor()
    await council.page.getByText('결정사항 확인을 시작했습니다').waitFor()
    await council.page.keyboard.type('중입니다')
    expect(await council.wordsIn(council.discussion())).toMatch(/쓰는 중입니다$/)
    expect(await stage(council.page).count()).toBe(0)
    await council.page.getByRole('button', { name: '함께 보기', exact: true }).last().click()
    await stage(council.page).waitFor()
    await council.page.keyboard.press('Escape')
    await stage(council.page).waitFor({ state: 'detached' })
    await stage(leader.page).getByRole('button', { name: '읽기 중단' }).click()
    await council.page.getByText('결정사항 확인을 시작했습니다').waitFor({ state: 'detached' })
    expect(await council.wordsIn(council.discussion())).toMatch(/쓰는 중입니다$/)
  })

  test('excluded while her line is gone: her late words come back to her and to nobody else, and nothing more reaches her', async () => {
    const leader = await comes('saengyeon.team')
    const line = { isCut: false, cut: () => {}, received: '', since: 0 }
    const council = await comes('council.case')
    // Where the network refuses WebSockets the same comes over polling.
    const recorder = new Recorder(council.context)
    const received = () => {
      const frames = recorder.sockets.flatMap(socket => socket.received.filter(({ at }) => at >= line.since))
      return line.received + frames.map(({ bytes }) => bytes.toString('latin1')).join('')
    }
    await council.page.routeWebSocket(/.*/, socket => {
      const server = socket.connectToServer()
      if (line.isCut) socket.close({ code: 1001 })
      const cut = line.cut
      line.cut = () => {
        cut()
        socket.close({ code: 1001 })
        server.close({ code: 1001 })
      }
      server.onMessage(message => {
        line.received += message.toString('latin1')
        socket.send(message)
      })
    })
    await council.page.reload()
    await council.openItem(HOUSEHOLD)
    await council.page.getByTestId('action').first().waitFor()
    await council.stored()

    line.isCut = true
    await council.context.setOffline(true)
    line.cut()
    await council.page.getByText('연결이 끊겼습니다').first().waitFor()
    await council.caretToEnd(council.discussion())
    await council.page.keyboard.type('늦게 쓴 이해관계자의 말')

    await leader.page.getByRole('button', { name: '안건 메뉴' }).click()
    await leader.page.getByRole('menuitem', { name: '제척·기피 입력' }).click()
    const dialog = leader.page.getByRole('alertdialog')
    await dialog.getByRole('button', { name: '이 안건에서 제외' }).click()
    await dialog.getByText('먼저 사람을 골라 주세요.').waitFor()
    await dialog.getByRole('button', { name: /누가/ }).click()
    await leader.page.getByRole('option', { name: /복지자원 담당/ }).click()
    await dialog.getByRole('button', { name: '이 안건에서 제외' }).click()
    await leader.page.getByText(/제척 · 복지자원 담당 · \d\d:\d\d부터/).waitFor()
    await leader.caretToEnd(leader.discussion())
    // In one piece, as it would stand on the wire.
    await leader.page.keyboard.insertText('SECRET-AFTER-RECUSAL')
    await leader.stored()

    line.isCut = false
    line.received = ''
    line.since = Date.now()
    await council.context.setOffline(false)
    await council.page.getByTestId('holding-card').waitFor()
    await council.page.getByText('늦게 쓴 이해관계자의 말').waitFor()
    expect(await council.page.getByText('회의실에 들어가지 못한 글이 있습니다').isVisible()).toBe(true)
    expect(await council.page.getByText(HOUSEHOLD).count()).toBe(0)
    await leader.page.getByTestId('read-back-foot').waitFor()
    expect(await leader.wordsIn(leader.discussion())).not.toContain('이해관계자')
    expect(received()).not.toContain('SECRET-AFTER-RECUSAL')
    expect(received().length).toBeGreaterThan(0)

    await leader.page.getByRole('button', { name: '복지자원 담당 복귀' }).click()
    await leader.page.getByRole('alertdialog').getByRole('button', { name: '복귀' }).click()
    await council.page.getByRole('grid', { name: '안건' }).getByText(HOUSEHOLD).first().waitFor()
    expect(await leader.page.getByText(/제척 · 복지자원/).count()).toBe(0)
    await council.openItem(HOUSEHOLD)
    await council.page.getByText('SECRET-AFTER-RECUSAL').waitFor()
    await recorder.settled()
    expect(received()).toContain('SECRET-AFTER-RECUSAL')
  })
})
