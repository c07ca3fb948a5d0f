/**
 * The section 진행 of a case's page in two agencies' browsers: the lead is offered, declined with a reason, offered again and taken over; two people of one
 * agency write at once, and what the slower one typed is still there.
 */
import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { DEMO_PASSWORD } from '../../../server/demo/community.ts'
import { must } from '../../../shared/assert.ts'
import type { CaseView } from '../../../shared/protocol/http-api.ts'
import { expectNoFaults } from '../../support/axe.ts'
import { OFFICE_PC, TABLET } from '../../support/browser.ts'
import { demoInBrowser } from '../../support/demo-in-browser.ts'
import { describeInBrowser } from '../../support/in-browser.ts'
import { signIn as signInByHand } from '../../support/person.ts'

const NUMBER = '2026-029'

describeInBrowser('the life of a case', () => {
  const demo = demoInBrowser()
  let caseId: string
  const errors: string[][] = []
  beforeAll(async () => {
    const lead = await signInByHand(demo.dure.url, 'jungang.team', DEMO_PASSWORD)
    const { cases } = await lead.get<{ cases: CaseView[] }>('/api/cases')
    caseId = must(
      cases.find(one => one.number === NUMBER),
      'the joint case',
    ).caseId
  })

  async function opens(login: string, viewport = OFFICE_PC): Promise<Page> {
    const { page, errors: said, goes } = await demo.person(login, viewport)
    errors.push(said)
    await goes(`/cases/${caseId}/life`)
    await page.getByRole('list', { name: '진행 단계' }).waitFor()
    return page
  }

  const offer = async (page: Page, reason: string) => {
    await page.getByRole('button', { name: '주관기관 넘기기 제안' }).click()
    await page.getByLabel(/넘기는 사유/).fill(reason)
    await page.getByRole('button', { name: '제안하기' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: '제안하기' }).click()
    await page.getByText('답을 기다립니다').waitFor()
  }

  test('says where the case stands and what its next stage lacks, to be read without seeing it', async () => {
    const page = await opens('jungang.team')
    const now = page.getByRole('list', { name: '진행 단계' }).locator('[aria-current=step]')
    expect(await now.innerText()).toContain('계획 수립')
    // Either it lacks something, said in words, or it can be gone.
    const next = page.getByRole('listitem').filter({ hasText: /서비스 제공·점검.*(먼저 필요한 것|옮길 수 있습니다)/s })
    await next.first().waitFor()
    await page.getByRole('cell', { name: '건강, 일상생활 유지' }).waitFor()
    await expectNoFaults(page)
    const small = await opens('senior.case', TABLET)
    await small.getByText('단계는 주관기관의 담당자가 옮깁니다.').waitFor()
    expect(await small.getByRole('button', { name: '주관기관 넘기기 제안' }).count()).toBe(0)
    await expectNoFaults(small)
  })

  test('[CL10] two of one agency write at once: the slower one sees so, and nothing typed is lost', async () => {
    const [team, colleague] = [await opens('jungang.team'), await opens('jungang.case')]
    for (const [page, reason] of [
      [team, '조사 결과'],
      [colleague, '방문하고 나서'],
    ] as const) {
      await page.getByRole('button', { name: '등급 정하기' }).click()
      await page.getByRole('radio', { name: '일반사례' }).check({ force: true })
      await page.getByLabel(/^사유/).fill(reason)
    }
    await team.getByRole('button', { name: '저장', exact: true }).click()
    await team.getByRole('paragraph').filter({ hasText: '조사 결과' }).first().waitFor()
    await colleague.getByRole('button', { name: '저장', exact: true }).click()
    await colleague.getByText('그 사이 다른 사람이 이 사례를 바꿨습니다').waitFor()
    expect(await colleague.getByLabel(/^사유/).inputValue()).toBe('방문하고 나서')
    await colleague.getByRole('paragraph').filter({ hasText: '조사 결과' }).first().waitFor()
    await colleague.getByRole('button', { name: '저장', exact: true }).click()
    await colleague.getByRole('paragraph').filter({ hasText: '방문하고 나서' }).first().waitFor()
  })

  test('[CJ4] [CJ5] the lead is offered, declined with a reason, offered again and taken over with one press', async () => {
    const team = await opens('jungang.team')
    await offer(team, '어르신이 노인복지관 가까이로 이사')
    const senior = await opens('senior.case')
    await senior.goto(new URL('/', senior.url()).href)
    await senior
      .getByText(/주관기관을 맡아 달라고 합니다/)
      .first()
      .waitFor()
    await senior.getByRole('link', { name: '정○○ 어르신 가구 진행 열기' }).click()
    await senior.getByRole('button', { name: '거절', exact: true }).click()
    await senior.getByLabel(/거절하는 사유/).fill('12월에 담당자가 바뀝니다')
    await senior.getByRole('button', { name: '거절', exact: true }).click()
    await senior.getByText('저장했습니다.').waitFor()

    await team.reload()
    await team.getByText('12월에 담당자가 바뀝니다').waitFor()
    await offer(team, '1월부터 맡아 주세요')
    await senior.reload()
    await senior.getByRole('button', { name: '수락하고 주관기관 맡기' }).click()
    await senior.getByRole('alertdialog').getByRole('button', { name: '수락하고 주관기관 맡기' }).click()
    await senior.getByRole('button', { name: '주관기관 넘기기 제안' }).waitFor()
    await expectNoFaults(senior)
    // The slower of two is refused, which a browser tells of by itself.
    expect(errors.flat().filter(error => !error.includes('409 (Conflict)'))).toEqual([])
  })
})
