/**
 * What a person asks about their own data, in browsers: a request for access is entered with its clock, a colleague answers while another form is open, the
 * sheet is made and shows who saw the household; the privacy officer sees it without its words. A suspension stops what
 * is new until it is lifted, a deletion reaches the retention desk. And one account at work in two places says so on both.
 */
import type { Locator } from 'playwright-core'
import { expect, test } from 'vitest'
import { fixedId } from '../../server/demo/fixed-ids.ts'
import type { CaseId } from '../../shared/ids.ts'
import { addDays, dayInSeoul } from '../../shared/working-days.ts'
import { expectNoFaults } from '../support/axe.ts'
import { demoInBrowser } from '../support/demo-in-browser.ts'
import { describeInBrowser } from '../support/in-browser.ts'
import { choose, day, look, type ScenarioPerson } from '../support/scenario-people.ts'

const ASKED = '최근 한 달 동안 누가 우리 집 서류를 보았는지 알고 싶다고 함'
const ANSWERED = '열람표를 뽑아 방문했을 때 건넴'
const LOST = '내가 쓰던 답이 사라지면 안 됨'

describeInBrowser('data subject requests', () => {
  const demo = demoInBrowser()

  async function toRequests({ page, goes }: ScenarioPerson): Promise<void> {
    await goes('/cases')
    await page
      .getByRole('link', { name: /이○○ 가구/ })
      .first()
      .click()
    await page.getByRole('link', { name: '정보주체의 요구', exact: true }).click()
    await page.getByRole('heading', { name: '정보주체의 요구' }).waitFor()
  }

  test('[DR3] [DR5] [DR7] [LR-29] entered, near its day on the start page, answered by one of two, handed out, listed for the officer', async () => {
    const worker = await demo.person('saengyeon.team')
    const { page } = worker
    await toRequests(worker)
    await page.getByText('5일 남음').waitFor()
    await look(worker, 'requests', true)
    await expectNoFaults(page)

    await page.getByRole('button', { name: '요구 적기' }).click()
    await page.getByText('위임받은 사람', { exact: true }).click()
    await page.getByRole('button', { name: '저장' }).click()
    await page.getByText('비어 있는 칸을 채워 주세요.').first().waitFor()
    await page.getByText('신분증과 위임장 확인', { exact: true }).click()
    await page.getByLabel('요구한 사람').fill('박가상')
    await page.getByLabel('대상자와의 관계').fill('조카')
    const received = addDays(dayInSeoul(Date.now()), -8)
    await day(page, '받은 날', received)
    await page.getByLabel('요구한 내용').fill('900101-1234568 본인 서류')
    await page.getByText('주민등록번호로 보이는 숫자가 있습니다').waitFor()
    await page.getByLabel('요구한 내용').fill(ASKED)
    await look(worker, 'request-form', true)
    await expectNoFaults(page)
    await page.getByRole('button', { name: '저장' }).click()
    const card = page.getByRole('listitem').filter({ hasText: ASKED })
    await card.getByText('2일 남음').waitFor()

    await worker.goes('/')
    await page.getByRole('link', { name: '이○○ 가구: 열람 요구' }).waitFor()
    await look(worker, 'requests-start-page')
    await page.getByRole('link', { name: '이○○ 가구: 열람 요구' }).click()

    // Two windows of the two people who answer for the case: one is quicker, the other loses nothing.
    const again = await demo.person('saengyeon.team')
    await again.page.getByText('다른 곳에서 같은 계정으로 로그인했습니다').waitFor()
    await look(again, 'signed-in-elsewhere', true)
    await expectNoFaults(again.page)
    await again.page.getByRole('button', { name: '내가 로그인했습니다' }).click()
    await toRequests(again)
    const late = again.page.getByRole('listitem').filter({ hasText: ASKED })
    await late.getByRole('button', { name: '답하기' }).click()
    await late.getByLabel('답한 내용과 까닭').fill(LOST)

    await card.getByRole('button', { name: '답하기' }).click()
    await card.getByText('일부만 들어줌', { exact: true }).click()
    await choose(card, /들어주지 않는 법적 근거/, /다른 사람의 생명/)
    await card.getByText('이의를 제기하는 방법').waitFor()
    await card.getByText('방문', { exact: true }).click()
    await card.getByLabel('답한 내용과 까닭').fill(ANSWERED)
    await look(worker, 'request-answer')
    await expectNoFaults(page)
    await card.getByRole('button', { name: '저장' }).click()
    await card.getByText('기한 안에 답함').waitFor()

    await late.getByText('거절', { exact: true }).click()
    await choose(late, /들어주지 않는 법적 근거/, /확인되지 않음/)
    await late.getByText('우편', { exact: true }).click()
    await late.getByRole('button', { name: '저장' }).click()
    await late.getByText('그 사이 다른 사람이 먼저 바꿨습니다').waitFor()
    await late.getByText(ANSWERED).waitFor()
    expect(await late.getByLabel('답한 내용과 까닭').inputValue()).toBe(LOST)
    await look(again, 'request-overtaken')

    await card.getByRole('link', { name: '열람표 만들기' }).click()
    await page.getByRole('heading', { name: '개인정보 열람표' }).first().waitFor()
    await look(worker, 'sheet-gate')
    await expectNoFaults(page)
    await page.getByRole('button', { name: '열람표 만들기' }).click()
    await page.getByRole('heading', { name: '누가 보았나' }).waitFor()
    await page.getByRole('cell', { name: '생연1동' }).first().waitFor()
    await page.getByRole('heading', { name: '다른 기관에 제공한 내역' }).waitFor()
    expect(await page.locator('.sheet').getByText('127.0.0.1').count()).toBe(0)
    await look(worker, 'sheet', true)
    await expectNoFaults(page)

    const officer = await demo.person('saengyeon.privacy')
    await officer.goes('/access/requests')
    const row = officer.page.getByRole('row', { name: /위임받은 사람/ })
    await row.getByText('일부만 들어줌').waitFor()
    expect(await officer.page.getByText('박가상').count()).toBe(0)
    await look(officer, 'desk-requests', true)
    await expectNoFaults(officer.page)
    for (const { errors } of [worker, officer]) expect(errors).toEqual([])
  })

  /** Enters a request of the person whose case is open, and grants it. */
  async function granted({ page }: ScenarioPerson, kind: string, what: string, scope?: string): Promise<Locator> {
    await page.getByRole('button', { name: '요구 적기' }).first().click()
    const form = page.getByRole('group', { name: '새 요구' })
    await form.getByText(kind, { exact: true }).click()
    await form.getByText('신분증 확인', { exact: true }).click()
    await form.getByLabel('요구한 사람').fill('이가상')
    await form.getByLabel('요구한 내용').fill(what)
    await form.getByRole('button', { name: '저장' }).click()
    const card = page.getByRole('listitem').filter({ hasText: what })
    await card.getByRole('button', { name: '답하기' }).click()
    await card.getByText('들어줌', { exact: true }).click()
    if (scope !== undefined) await card.getByText(scope, { exact: true }).click()
    await card.getByText('방문', { exact: true }).click()
    await card.getByLabel('답한 내용과 까닭').fill('요구한 대로 하기로 하고 알림')
    return card
  }

  test('[DR12] [DR14] [DR15] a suspension: the case says so to all who read it, nothing new is given and the words say why, until it is lifted', async () => {
    const worker = await demo.person('saengyeon.team')
    const { page } = worker
    await toRequests(worker)
    const way = new URL(page.url()).pathname.replace(/\/requests$/, '')
    const what = '당분간 다른 기관에 우리 집 이야기를 하지 말아 달라고 함'
    const card = await granted(worker, '처리정지', what)
    await card.getByText('저장하면 바로 처리정지 상태가 됩니다', { exact: false }).waitFor()
    await look(worker, 'suspension-answer', true)
    await expectNoFaults(page)
    await card.getByRole('button', { name: '저장' }).click()
    await page.getByText('처리정지 중인 사례입니다').waitFor()
    await card.getByText('처리정지 중입니다').waitFor()
    await look(worker, 'suspended-request', true)
    await expectNoFaults(page)

    await worker.goes(`${way}/bases`)
    await page.getByRole('button', { name: '법령·업무 근거 넣기' }).click()
    await choose(page, /근거의 종류/, /법률의 특별한 규정/)
    await page.getByRole('group', { name: '받는 기관' }).locator('label').first().click()
    await page.getByRole('button', { name: '저장' }).click()
    await page.getByText('주관기관 담당자가 사례의 ‘정보주체의 요구’에서', { exact: false }).waitFor()
    await page.getByText('처리정지 중이라 할 수 없습니다').waitFor()
    await look(worker, 'suspended-basis-refused', true)

    await toRequests(worker)
    await card.getByRole('button', { name: '처리정지 풀기' }).click()
    await card.getByLabel('푸는 까닭').fill('당사자가 다시 도움을 청해 정지를 풂')
    await look(worker, 'suspension-lift')
    await expectNoFaults(page)
    await card.getByRole('button', { name: '저장' }).click()
    await card.getByText('당사자가 다시 도움을 청해 정지를 풂').waitFor()
    await page.getByText('처리정지 중인 사례입니다').waitFor({ state: 'detached' })
    await look(worker, 'suspension-lifted')
    expect(worker.errors.filter(error => !/status of 403/.test(error))).toEqual([])
  })

  test('[DR13] [RT13] a deletion of the whole case reaches the retention desk; held there by a duty to keep, who answered reads why', async () => {
    const worker = await demo.person('muhan.case')
    const { page } = worker
    await worker.goes(`/cases/${fixedId<CaseId>('case', 'muhan-oh')}/requests`)
    const what = '오래전 상담 기록을 모두 지워 달라고 함'
    const card = await granted(worker, '삭제', what, '사례 전체')
    await look(worker, 'deletion-answer', true)
    await expectNoFaults(page)
    await card.getByRole('button', { name: '저장' }).click()
    await card.getByText('보존·파기로 넘어갔습니다').waitFor()
    await look(worker, 'deletion-granted', true)
    await expectNoFaults(page)

    const officer = await demo.person('muhan.privacy')
    await officer.goes('/access/requests')
    const row = officer.page.getByRole('row', { name: /2018-044/ })
    await row.getByText('파기 절차 중', { exact: false }).waitFor()
    await look(officer, 'deletion-at-access-desk', true)
    await expectNoFaults(officer.page)
    await row.getByRole('link', { name: '보존·파기에서 보기' }).click()
    const line = officer.page.getByRole('row', { name: /2018-044/ })
    await line.getByRole('link', { name: /정보주체의 삭제 요구/ }).waitFor()
    await line.getByRole('button', { name: '2018-044 보류하기' }).click()
    const dialog = officer.page.getByRole('dialog')
    await dialog.getByText('다른 법령의 보존 의무').first().waitFor()
    await dialog.getByLabel('설명').fill('보조금 집행 서류라 앞으로도 보존해야 함')
    await dialog.getByRole('spinbutton').first().click()
    await officer.page.keyboard.type(addDays(dayInSeoul(Date.now()), 300).replaceAll('-', ''))
    await dialog.getByRole('button', { name: '보류', exact: true }).click()
    await line.getByText('보류', { exact: true }).waitFor()
    await look(officer, 'deletion-at-retention-desk', true)
    await expectNoFaults(officer.page)

    await page.reload()
    await card.getByText('보조금 집행 서류라 앞으로도 보존해야 함').waitFor()
    await look(worker, 'deletion-held')
    for (const { errors } of [worker, officer]) expect(errors).toEqual([])
  })

  test('[LR-04] the screen that was there first hears of the second sign-in as well', async () => {
    const first = await demo.person('angel.case')
    await first.page.getByRole('heading', { name: '회의' }).first().waitFor()
    expect(await first.page.getByText('다른 곳에서 같은 계정으로').count()).toBe(0)
    const second = await demo.person('angel.case')
    await second.page.getByText('다른 곳에서 같은 계정으로 로그인했습니다').waitFor()
    // What somebody does is told to the server each half minute; its answer says who else is there.
    const warned = first.page.getByText('다른 곳에서 같은 계정으로 로그인했습니다')
    await expect
      .poll(
        async () => {
          await first.page.keyboard.press('Shift')
          return warned.count()
        },
        { timeout: 120_000, interval: 1000 },
      )
      .toBe(1)
    await first.page.getByRole('button', { name: '모든 기기에서 로그아웃' }).first().click()
    await first.page.getByLabel('비밀번호', { exact: true }).waitFor()
    expect(first.errors).toEqual([])
  })
})
