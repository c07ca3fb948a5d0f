/**
 * Somebody from outside is invited to one conference as its supervisor: what she sees there, what the presenting worker asks her in private, and where
 * both find it when the meeting is over.
 */
import { expect, test } from 'vitest'
import { DEMO_PASSWORD } from '../../server/demo/community.ts'
import { must } from '../../shared/assert.ts'
import type { CaseView, ConferenceView, SessionView } from '../../shared/protocol/http-api.ts'
import { expectNoFaults } from '../support/axe.ts'
import { demoInBrowser } from '../support/demo-in-browser.ts'
import { describeInBrowser } from '../support/in-browser.ts'
import { signIn as signInByHand } from '../support/person.ts'
import { arrive } from '../support/room-page.ts'
import type { ScenarioPerson } from '../support/scenario-people.ts'

const ASKED = '가족이 서로 말을 하지 않습니다. 개입을 서둘러야 할까요?'
const ANSWERED = '한 사람씩 먼저 만나 보세요.'

describeInBrowser('a supervisor from outside', () => {
  const demo = demoInBrowser()

  /** A live supervision of one household: its worker leads, somebody of another agency supervises. */
  async function held(): Promise<{ conferenceId: string; close(): Promise<void> }> {
    const worker = await signInByHand(demo.dure.url, 'saengyeon.case', DEMO_PASSWORD)
    const supervisor = await signInByHand(demo.dure.url, 'mind.case', DEMO_PASSWORD)
    const { cases } = await worker.get<{ cases: CaseView[] }>('/api/cases')
    const file = must(
      cases.find(one => one.number === '2026-031'),
      'the household',
    )
    const lead = must(
      file.agencies.find(one => one.role === 'lead'),
      'its lead agency',
    ).agencyId
    const session = await supervisor.get<SessionView>('/api/session')
    if (session.state !== 'signed-in') throw new Error('The supervisor is not signed in')
    const hers = must(session.person.memberships[0], 'her agency').agencyId
    const { conferenceId } = await worker.post<ConferenceView>('/api/conferences', {
      type: 'supervision',
      title: '11월 슈퍼비전',
      startsAt: '2026-11-24T07:00:00Z',
      minutes: 60,
      place: '2층 상담실',
      remoteLink: '',
      hostAgencyId: lead,
      participants: [
        { userId: worker.userId, agencyId: lead, role: 'leader' },
        { userId: supervisor.userId, agencyId: hers, role: 'supervisor' },
      ],
    })
    const path = `/api/conferences/${conferenceId}`
    await worker.post(`${path}/items`, { kind: 'case', caseId: file.caseId, agencies: [lead, hers], minutes: 40 })
    for (const to of ['scheduled', 'live']) {
      const { _v } = await worker.get<ConferenceView>(path)
      await worker.post(`${path}/state`, { _v, to })
    }
    return {
      conferenceId,
      async close() {
        const { _v } = await worker.get<ConferenceView>(path)
        await worker.post(`${path}/state`, { _v, to: 'closed' })
      },
    }
  }

  async function comes(login: string, conferenceId: string): Promise<ScenarioPerson> {
    const one = await demo.person(login)
    const { page } = one
    await one.goes(`/conferences/${conferenceId}`)
    await page.locator('[data-testid=receipt][data-place=stored]').waitFor()
    await arrive(page)
    await page.getByRole('grid', { name: '안건' }).getByText('김○○ 가구').first().click()
    return one
  }

  test('sees the item and its note, is asked in private, answers from her own list after the meeting', async () => {
    const meeting = await held()
    const worker = await comes('saengyeon.case', meeting.conferenceId)
    await worker.page.getByRole('button', { name: '정신건강 담당님에게 슈퍼비전 요청' }).click()
    await worker.page.keyboard.type(ASKED)
    await worker.page.getByRole('button', { name: '질문하기' }).click()
    await worker.page.getByText('답을 기다립니다').waitFor()

    const supervisor = await comes('mind.case', meeting.conferenceId)
    await supervisor.page.getByTestId('supervision-thread').getByText(ASKED).waitFor()
    expect(await supervisor.page.getByTestId('supervision-readers').innerText()).toBe(
      '이 기록을 보는 사람: 사례관리 담당, 정신건강 담당',
    )
    // A colleague who works on the case and is not at this table is nobody to supervise.
    expect(await supervisor.page.getByRole('button', { name: /팀장님의 슈퍼비전 시작/ }).count()).toBe(0)
    await expectNoFaults(supervisor.page)

    await meeting.close()
    await supervisor.goes('/')
    await supervisor.page.getByRole('button', { name: /계정 메뉴/ }).click()
    await supervisor.page.getByRole('link', { name: '내 슈퍼비전' }).click()
    await supervisor.page.getByText('내 답을 기다리는 질문 1개').waitFor()
    await expectNoFaults(supervisor.page)
    await supervisor.page.getByRole('link', { name: /김○○ 가구/ }).click()
    await supervisor.page.getByRole('button', { name: '답 쓰기' }).click()
    await supervisor.page.keyboard.type(ANSWERED)
    await supervisor.page.getByRole('button', { name: '답 보내기' }).click()
    await supervisor.page.getByText(ANSWERED).waitFor()
    await supervisor.page.getByRole('link', { name: /내 슈퍼비전 목록으로/ }).click()
    await supervisor.page.getByText('열린 질문 1개').waitFor()

    await worker.goes('/supervision')
    await worker.page.getByRole('link', { name: /김○○ 가구/ }).click()
    await worker.page.getByText(ANSWERED).waitFor()
    for (const { errors } of [worker, supervisor]) expect(errors).toEqual([])
  })
})
