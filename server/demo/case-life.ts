/**
 * How the demo's cases stand: a grade, who answers for which need in the case that two agencies manage together, and a household on its way to its first
 * conference. All of it made up (합성). Each step only where it is not there yet.
 */
import type { CaseLife } from '../../shared/cases/case-life.ts'
import type { CaseId } from '../../shared/ids.ts'
import type { CaseLifeBody } from '../../shared/protocol/case-life.ts'
import { addDays, dayInSeoul } from '../../shared/working-days.ts'
import { changeLife } from '../case-life/life-commands.ts'
import type { LifeParts } from '../case-life/ports.ts'
import { admitToChangeCase } from '../conferences/admission.ts'
import type { By } from '../conferences/ports.ts'
import { demoPerson } from './community.ts'
import { fixedId } from './fixed-ids.ts'
import { agencyIdOf } from './stage.ts'

const DAY_MS = 86_400_000

type Step = CaseLifeBody extends infer Body ? (Body extends unknown ? Omit<Body, '_v'> : never) : never

export async function writeDemoLife(parts: LifeParts): Promise<void> {
  const today = dayInSeoul(parts.now())
  await put(parts, ['saengyeon.team', 'saengyeon-kim'], ({ grades }) => grades.length === 0, {
    do: 'grade',
    grade: 'high_difficulty',
    reason: '안전과 정신건강 욕구가 함께 있음',
  })
  await put(parts, ['saengyeon.team', 'saengyeon-lee'], ({ history }) => history.length === 1, {
    do: 'move',
    to: 'assessment',
    reason: '가정방문으로 조사를 시작함',
  })
  await put(parts, ['jungang.team', 'jungang-jung'], ({ joint }) => joint.length === 0, {
    do: 'joint',
    from: addDays(today, -10),
    until: '',
    agencies: [
      { agencyId: agencyIdOf('jungang'), needs: ['economy', 'living_environment'] },
      { agencyId: agencyIdOf('senior'), needs: ['health', 'daily_living'] },
    ],
    exitRule: '한 달 전에 서로 알리고, 공동사례관리 회의에서 정합니다.',
  })
}

async function put(
  parts: LifeParts,
  [login, name]: readonly [string, string],
  isMissing: (life: CaseLife) => boolean,
  step: Step,
): Promise<void> {
  const file = await parts.cases.find(fixedId<CaseId>('case', name))
  if (file === undefined || !isMissing(file.life)) return
  const { userId, agencyId, role } = demoPerson(login)
  const by: By = { actor: { userId, operator: false, memberships: [{ agencyId, role }] }, address: 'demo' }
  // What happened then is dated then: a day after it came to where it stands.
  const then = { ...parts, now: () => Math.min(file.createdAt.getTime() + DAY_MS, parts.now()) }
  const admitted = await admitToChangeCase(then, by, file._id)
  await changeLife(then, by, admitted, { ...step, _v: admitted.file._v })
}
