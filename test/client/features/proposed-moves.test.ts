/** Which of the moves that conferences propose stand together on the start page (`shared/cases/LIFE.md` CL11). */
import { expect, test } from 'vitest'
import { groupsOf, type ProposedMove } from '../../../client/features/case-life/proposed-moves.tsx'
import type { CaseId } from '../../../shared/ids.ts'
import type { NearLifeView } from '../../../shared/protocol/case-life.ts'

const proposed = (label: string, decision: ProposedMove['decision'], to: ProposedMove['to']): ProposedMove => ({
  kind: 'proposed',
  caseId: label as CaseId,
  label,
  decision,
  to,
})

test('[CL11] what was decided alike stands together, in the order in which it came, and nothing else is among it', () => {
  const asked: NearLifeView['asked'] = [
    proposed('가', 'select_case_management', 'selection'),
    { kind: 'accept-lead', caseId: '다른' as CaseId, label: '다른', from: '중앙동' },
    proposed('나', 'select_service_linkage', 'service_linked'),
    proposed('다', 'select_case_management', 'selection'),
    // One stage by two decisions: each is its own reason.
    proposed('라', 'refer_out', 'referred_out'),
    proposed('마', 'transfer', 'referred_out'),
  ]
  expect(groupsOf(asked).map(moves => moves.map(({ label }) => label))).toEqual([['가', '다'], ['나'], ['라'], ['마']])
  expect(groupsOf([])).toEqual([])
})
