/**
 * A worker writes in a case as on any day: by keyboard, over a lost line and a reload, beside a colleague who corrects the same record; what an agency keeps to itself
 * is on no other screen; and an administrator renames and retires what is chosen there.
 */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { expectNoFaults } from '../../support/axe.ts'
import { demoInBrowser } from '../../support/demo-in-browser.ts'
import { describeInBrowser } from '../../support/in-browser.ts'
import type { ScenarioPerson } from '../../support/scenario-people.ts'

describeInBrowser('records of a case', () => {
  const demo = demoInBrowser()

  async function opens(login: string): Promise<ScenarioPerson> {
    const one = await demo.person(login)
    const { page } = one
    await one.goes('/cases')
    await page
      .getByRole('link', { name: /김○○ 가구/ })
      .first()
      .click()
    await page.getByRole('link', { name: '기록', exact: true }).click()
    await begin(page).waitFor()
    return one
  }
  const begin = (page: Page, kind = '과정기록') => page.getByRole('button', { name: kind, exact: true })
  const records = (page: Page) => page.locator('li.record')
  const record = (page: Page, words: string) => records(page).filter({ hasText: words })

  test('a note is written by keyboard, comes back after a reload, and stands once', async () => {
    const { page, errors } = await opens('saengyeon.case')
    await begin(page).focus()
    await page.keyboard.press('Enter')
    await page.keyboard.insertText('병원에 함께 갔습니다. 검사비 고지서를 받았습니다.')
    await page.getByText(/^임시 저장됨/).waitFor()
    await page.reload()
    await begin(page).click()
    await page.getByText('쓰다 만 글을 불러왔습니다.').waitFor()
    const text = page.getByLabel('내용')
    expect(await text.inputValue()).toBe('병원에 함께 갔습니다. 검사비 고지서를 받았습니다.')
    await text.focus()
    await page.keyboard.press('Control+Enter')
    await record(page, '검사비 고지서').waitFor()
    expect(await record(page, '검사비 고지서').count()).toBe(1)
    await expectNoFaults(page)
    // The draft went with it, and the keyboard stands where the next one begins.
    await page.keyboard.press('Enter')
    expect(await page.getByLabel('내용').inputValue()).toBe('')
    expect(errors).toEqual([])
    await page.context().close()
  })

  test('without a line nothing typed is lost, and it is kept once the line is back', async () => {
    const { page } = await opens('saengyeon.team')
    await begin(page).click()
    await page.context().setOffline(true)
    await page.getByLabel('내용').fill('승강기에서 쓴 글')
    await page.getByText('연결되면 임시 저장합니다.', { exact: false }).waitFor()
    await page.getByRole('button', { name: '저장', exact: true }).click()
    await page.getByText('서버에 연결할 수 없습니다').waitFor()
    expect(await page.getByLabel('내용').inputValue()).toBe('승강기에서 쓴 글')
    await page.context().setOffline(false)
    await page.getByText(/^임시 저장됨/).waitFor()
    await page.getByRole('button', { name: '저장', exact: true }).click()
    await record(page, '승강기에서 쓴 글').waitFor()
    expect(await record(page, '승강기에서 쓴 글').count()).toBe(1)
    await page.context().close()
  })

  test('[CR6] of two who correct one record the second sees both and loses nothing', async () => {
    const first = await opens('saengyeon.team')
    const second = await opens('saengyeon.case')
    for (const { page } of [first, second]) {
      await record(page, '항암 치료 날짜')
        .getByRole('button', { name: /고치기$/ })
        .click()
    }
    const correct = async (page: Page, words: string) => {
      await page.getByLabel('내용').fill(words)
      await page.getByLabel('고치는 까닭').fill('날짜가 바뀜')
      await page.getByRole('button', { name: '저장', exact: true }).click()
    }
    await correct(first.page, '항암 치료가 화요일로 바뀌었습니다.')
    await record(first.page, '화요일로').waitFor()
    await correct(second.page, '항암 치료가 수요일로 바뀌었습니다.')
    await second.page.getByText('그 사이 맞춤형복지팀 팀장 님이 이 기록을 고쳤습니다').waitFor()
    await second.page.locator('.record-theirs').getByText('화요일로').waitFor()
    expect(await second.page.getByLabel('내용').inputValue()).toContain('수요일로')
    await expectNoFaults(second.page)
    await second.page.getByRole('button', { name: '내 글을 새 판으로 저장' }).click()
    const shown = record(second.page, '수요일로')
    await shown.getByText('3판').waitFor()
    await shown.getByRole('button', { name: /지난 판 보기$/ }).click()
    const dialog = second.page.getByRole('dialog', { name: '지난 판' })
    for (const words of ['수요일로', '화요일로', '항암 치료 날짜를 확인했습니다'])
      await dialog.getByText(words).waitFor()
    await first.page.context().close()
    await second.page.context().close()
  })

  test('[CR1] [CR9] what an agency keeps to itself is on no other screen, and a resident number goes nowhere', async () => {
    const own = await opens('muhan.case')
    await begin(own.page).click()
    await own.page.getByText('우리 기관만', { exact: true }).click()
    await own.page.getByText('동두천시 무한돌봄팀의 담당자만 보는 글입니다').waitFor()
    await own.page.getByLabel('내용').fill('번호 900101-1234567, 남편에게는 비밀')
    await own.page.getByRole('button', { name: '저장', exact: true }).click()
    await own.page.getByRole('button', { name: '가리기' }).click()
    expect(await own.page.getByLabel('내용').inputValue()).toBe('번호 900101-1******, 남편에게는 비밀')
    await own.page.getByRole('button', { name: '저장', exact: true }).click()
    await record(own.page, '남편에게는 비밀').getByText('무한돌봄팀만 봄').waitFor()

    const other = await opens('saengyeon.case')
    await records(other.page).first().waitFor()
    expect(await record(other.page, '비밀').count()).toBe(0)
    await other.page.getByLabel('기록에서 찾기').fill('남편에게는')
    await other.page.getByRole('button', { name: '기록에서 찾기' }).click()
    await other.page.getByText('찾는 기록이 없습니다.', { exact: false }).waitFor()
    await own.page.getByLabel('기록에서 찾기').fill('ㄴㅍㅇㄱㄴ')
    await own.page.getByRole('button', { name: '기록에서 찾기' }).click()
    await own.page.locator('.record-found mark').first().waitFor()
    await own.page.context().close()
    await other.page.context().close()
  })

  test('[RK2] [RK3] a survey of risk grows with its answers, keeps both levels and says that it is a sample', async () => {
    const { page } = await opens('saengyeon.team')
    await begin(page, '위기도 조사').click()
    const form = page.getByRole('form', { name: '새 위기도 조사' })
    await form.getByText('표본(공식 서식 아님)').waitFor()
    for (const item of [
      '자살 생각이나 시도가 있는가',
      '치료받지 못하는 질병·부상이 있는가',
      '갚을 수 없는 빚·연체가 있는가',
    ]) {
      await form.getByRole('radiogroup', { name: item }).getByText('바로 개입 필요').click()
    }
    await form.getByText('점수 12/40 · 지금까지 보통 (남은 문항 7)').waitFor()
    await form.getByText('전문가 판단으로 등급을 달리 정함').click()
    await form.getByRole('button', { name: /판단한 등급/ }).click()
    await page.getByRole('option', { name: '높음' }).click()
    await form.getByLabel('그렇게 판단한 까닭').fill('보호자가 없음')
    await form.getByRole('button', { name: '저장', exact: true }).click()
    const shown = record(page, '보호자가 없음')
    await shown.getByText('전문가 판단 높음').waitFor()
    await shown.getByText('점수로는 보통').waitFor()
    await page.getByRole('img', { name: /^위기도 점수:/ }).waitFor()
    await page.context().close()
  })

  test('[CO2] [CO3] [CO6] codes are renamed, added and retired with a preview, and two at once lose nothing', async () => {
    const administrator = async () => {
      const { page, goes } = await demo.person('saengyeon.admin')
      await goes('/settings/code-sets')
      await page.getByLabel('전화의 한국어 이름').waitFor()
      return page
    }
    const publish = async (page: Page) => {
      await page.getByLabel('바꾸는 까닭').fill('새 지침')
      await page.getByRole('button', { name: '펴내기' }).click()
      await page.getByRole('alertdialog').getByRole('button', { name: '펴내기' }).click()
    }
    const first = await administrator()
    const second = await administrator()
    await first.getByLabel('전화의 한국어 이름').fill('전화 상담')
    await first.getByRole('button', { name: '항목 추가' }).click()
    await first.getByLabel('새 항목의 한국어 이름').fill('영상통화')
    await first.getByLabel('영상통화의 영어 이름').fill('Video call')
    await first.getByText('이름 바뀜: 전화 → 전화 상담').waitFor()
    await first.getByText('추가: 영상통화').waitFor()
    await second.getByRole('button', { name: '온라인: 사용 안 함으로 바꾸기' }).click()
    await publish(first)
    await first.getByText('2판을 펴냈습니다.').waitFor()
    await publish(second)
    await second.getByText('그 사이 다른 사람이 2판을 펴냈습니다').waitFor()
    await second.getByText('추가: 영상통화').first().waitFor()
    await second.getByText('사용 안 함: 온라인').waitFor()
    await expectNoFaults(second)
    await publish(second)
    await second.getByText('3판을 펴냈습니다.').waitFor()

    const { page } = await opens('saengyeon.case')
    await begin(page).click()
    await page.getByRole('button', { name: /접촉 방법/ }).click()
    const offered = await page.getByRole('option').allInnerTexts()
    expect(offered).toEqual(['방문', '내방', '전화 상담', '기타', '영상통화'])
    await page.keyboard.press('Escape')
    for (const one of [first, second, page]) await one.context().close()
  })
})
