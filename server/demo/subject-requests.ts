/** What the person of one demo household asked about their own data: a correction that was made, a deletion that somebody still has to see to, and access that waits for its answer. All of it made up (합성). */
import type { CaseId, CommandId } from '../../shared/ids.ts'
import { addDays, dayInSeoul } from '../../shared/working-days.ts'
import { admitToChangeCase } from '../conferences/admission.ts'
import type { By } from '../conferences/ports.ts'
import type { SubjectRequestParts } from '../subject-requests/ports.ts'
import { admitToRequest, enterRequest, moveRequest } from '../subject-requests/request-commands.ts'
import { demoPerson } from './community.ts'
import { fixedId } from './fixed-ids.ts'

const ASKED = { asker: 'client', checked: 'identity_card', came: 'in_person', name: '이가상', relation: '' } as const

/** Nothing where the case has any. */
export async function writeDemoRequests(parts: SubjectRequestParts): Promise<void> {
  const caseId = fixedId<CaseId>('case', 'saengyeon-lee')
  if ((await parts.requests.ofCases([caseId])).length > 0) return
  const { userId, agencyId, role } = demoPerson('saengyeon.team')
  const by: By = { actor: { userId, operator: false, memberships: [{ agencyId, role }] }, address: 'demo' }
  const admitted = await admitToChangeCase(parts, by, caseId)
  const today = dayInSeoul(parts.now())
  /** Entered, and granted two days later. */
  async function granted(
    asked: { kind: 'correction' | 'deletion'; receivedOn: string; what: string },
    answer: { scope?: 'part'; words: string },
  ): Promise<void> {
    const command = fixedId<CommandId>('subject-request', asked.kind)
    await enterRequest(parts, by, admitted, { ...ASKED, ...asked, command })
    const made = (await parts.requests.ofCase(caseId)).find(one => one.command === command)
    if (made === undefined) return
    await moveRequest(parts, by, await admitToRequest(parts, by, { caseId, requestId: made._id }), {
      do: 'answer',
      _v: made._v,
      decision: 'granted',
      ground: '',
      on: addDays(asked.receivedOn, 2),
      went: 'phone_fax',
      ...answer,
    })
  }
  await granted(
    {
      kind: 'correction',
      receivedOn: addDays(today, -30),
      what: '전화번호가 예전 것으로 되어 있어 새 번호로 고쳐 달라고 함',
    },
    { words: '새 번호로 고치고 전화로 알림' },
  )
  await granted(
    {
      kind: 'deletion',
      receivedOn: addDays(today, -9),
      what: '이사 오기 전 집주인의 이름과 연락처는 지워 달라고 함',
    },
    { scope: 'part', words: '지우기로 하고 전화로 알림' },
  )
  await enterRequest(parts, by, admitted, {
    ...ASKED,
    command: fixedId<CommandId>('subject-request', 'access'),
    kind: 'access',
    receivedOn: addDays(today, -5),
    what: '최근에 어느 기관이 우리 집 정보를 보았는지 알고 싶다고 함',
  })
}
