/** What the demo's people have written between meetings about the household in high crisis (made up). Each once, by the id of its command. */
import type { CaseId, CommandId } from '../../shared/ids.ts'
import type { RecordContent } from '../../shared/protocol/case-records.ts'
import type { CaseRecordParts } from '../case-records/ports.ts'
import { admitToWriteRecords } from '../case-records/record-admission.ts'
import { writeRecord } from '../case-records/record-commands.ts'
import type { By } from '../conferences/ports.ts'
import { demoPlanRow } from './case-work.ts'
import { demoPerson } from './community.ts'
import { fixedId } from './fixed-ids.ts'
import { agencyIdOf } from './stage.ts'

const HOUSEHOLD = 'saengyeon-kim'
const DAY_MS = 86_400_000

interface Written {
  name: string
  login: string
  narrow?: true
  content: RecordContent
}

/** @param now what was written is dated before it */
function writtenBefore(now: number): Written[] {
  const at = (days: number, hour: number) => {
    const day = new Date(now + days * DAY_MS).toISOString().slice(0, 10)
    return `${day}T${String(hour).padStart(2, '0')}:00:00.000Z`
  }
  const note = { kind: 'process_note', service: '' } as const
  const risk = (days: number, answers: Record<string, string>, text: string): RecordContent => ({
    ...{ kind: 'risk', at: at(days, 6), instrument: 'sample', instrumentVersion: 1, override: null, text },
    answers: Object.entries(answers).map(([item, answer]) => ({ item, answer })),
  })
  return [
    {
      name: 'intake',
      login: 'saengyeon.case',
      content: {
        ...{ kind: 'intake', at: at(-11, 1), minutes: 70, session: 1, route: 'mandated_report', method: 'home_visit' },
        ...{ contact: '본인', phone: '', team: '맞춤형복지팀', wish: '병원비와 간병이 가장 급하다고 함' },
        text: '폐암이 뇌로 전이되어 혼자 움직이기 어렵고, 일을 그만둔 뒤 빚이 늘었습니다. 도와줄 가족이나 지인이 없다고 합니다.',
      },
    },
    {
      name: 'risk-first',
      login: 'saengyeon.case',
      content: risk(
        -10,
        { body: 'urgent', mind: 'serious', suicide: 'some', food_and_heat: 'serious', home: 'some', debt: 'serious' },
        '건강과 생계가 함께 급합니다.',
      ),
    },
    {
      name: 'call',
      login: 'saengyeon.team',
      content: {
        ...{ ...note, at: at(-7, 2), minutes: 15, method: 'phone', purpose: 'checking', contact: '본인' },
        text: '항암 치료 날짜를 확인했습니다. 병원에 갈 때 함께 갈 사람이 없어 무한돌봄팀과 의논하기로 했습니다.',
      },
    },
    {
      name: 'linkage',
      login: 'muhan.case',
      content: {
        ...{ ...note, at: at(-6, 5), minutes: 30, method: 'office_visit', purpose: 'resource_linkage' },
        ...{ contact: '협의회 담당', service: 'caregiving_cost' },
        text: '간병비 지원 요건을 확인하고 필요한 서류를 안내했습니다.',
      },
    },
    {
      name: 'own',
      login: 'muhan.case',
      narrow: true,
      content: {
        ...{ ...note, at: at(-5, 4), minutes: 20, method: 'phone', purpose: 'counselling', contact: '본인' },
        text: '빚을 진 사정을 자세히 들었습니다. 다른 기관에는 아직 알리지 말아 달라고 했습니다.',
      },
    },
    {
      name: 'check',
      login: 'saengyeon.case',
      content: {
        ...{
          kind: 'monitoring',
          at: at(-3, 1),
          type: 'visit',
          result: 'keep',
          text: '끼니는 거르지 않지만 밤에 아파서 잠을 자지 못한다고 합니다.',
        },
        // Called as the plan calls them.
        rows: [
          {
            row: demoPlanRow(HOUSEHOLD, 'livelihood'),
            service: '국민기초생활보장 · 국민기초생활 신청과 조사 동행',
            carriedOut: 'partly',
            note: '서류를 함께 모으는 중',
          },
          {
            row: demoPlanRow(HOUSEHOLD, 'caring'),
            service: '간병비 지원 · 간병비·검사비 지원',
            carriedOut: 'no',
            note: '사례회의에서 정한 뒤 시작',
          },
        ],
        satisfaction: [
          { item: 'in_time', points: 4 },
          { item: 'kind_staff', points: 5 },
        ],
      },
    },
    {
      name: 'risk-second',
      login: 'saengyeon.case',
      content: risk(
        -2,
        { body: 'serious', mind: 'serious', suicide: 'none', food_and_heat: 'some', home: 'some', debt: 'serious' },
        '끼니를 거르지 않게 되어 조금 나아졌습니다. 간병과 빚은 그대로입니다.',
      ),
    },
    {
      name: 'visit',
      login: 'saengyeon.team',
      content: {
        ...{ kind: 'joint_visit', at: at(2, 5), state: 'planned', minutes: null, text: '' },
        agencies: [agencyIdOf('saengyeon'), agencyIdOf('muhan')],
        people: [demoPerson('saengyeon.case').userId, demoPerson('muhan.case').userId],
        lead: demoPerson('saengyeon.case').userId,
        purpose: '집 안 이동과 난방 상태를 함께 보고 필요한 물품을 정함',
        safety: '현관 계단이 가파릅니다. 두 사람이 함께 들어갑니다.',
      },
    },
  ]
}

export async function writeDemoRecords(parts: CaseRecordParts): Promise<void> {
  const caseId = fixedId<CaseId>('case', HOUSEHOLD)
  for (const { name, login, narrow = false, content } of writtenBefore(parts.now())) {
    const { userId, agencyId, role } = demoPerson(login)
    const by: By = { actor: { userId, operator: false, memberships: [{ agencyId, role }] }, address: 'demo' }
    const admitted = await admitToWriteRecords(parts, by, caseId)
    await writeRecord(parts, by, admitted, { command: fixedId<CommandId>('case-record', name), narrow, content })
  }
}
