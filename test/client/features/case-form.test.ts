import { expect, test } from 'vitest'
import {
  type CaseForm,
  caseFaults,
  hasFault,
  newCaseForm,
  withoutAgency,
} from '../../../client/features/cases/case-form.ts'
import type { AgencyId, UserId } from '../../../shared/ids.ts'
import { createCaseBody } from '../../../shared/protocol/http-api.ts'

const dong = 'D'.repeat(22) as AgencyId
const centre = 'E'.repeat(22) as AgencyId
const me = 'M'.repeat(22) as UserId
const colleague = 'N'.repeat(22) as UserId

const TODAY = '2026-11-24'

const filled = (): CaseForm => ({
  ...newCaseForm({ userId: me, agencyId: dong }),
  number: '2026-031',
  label: '김○○ 가구',
})

test('a new case is led by my agency with me as its worker, and passes the server’s schema', () => {
  expect(hasFault(caseFaults(filled(), TODAY))).toBe(false)
  expect(createCaseBody.safeParse(filled()).success).toBe(true)
})

test('there is one lead agency, with a worker of its own', () => {
  const form = filled()
  expect(caseFaults({ ...form, agencies: [] }, TODAY).leads).toBe(0)
  expect(caseFaults({ ...form, agencies: [...form.agencies, { agencyId: centre, role: 'lead' }] }, TODAY).leads).toBe(2)
  expect(caseFaults({ ...form, workers: [] }, TODAY).noWorker).toBe(true)
  const only = { ...form, workers: [{ userId: colleague, agencyId: centre }] }
  expect(caseFaults(only, TODAY).noLeadWorker).toBe(true)
})

test('a household was found today or before, or nobody said when', () => {
  const found = (foundOn: string) => caseFaults({ ...filled(), foundOn }, TODAY)
  expect([found(''), found('2026-11-24'), found('2026-11-25')].map(hasFault)).toEqual([false, false, true])
})

test('an agency leaves with its workers', () => {
  const form: CaseForm = {
    ...filled(),
    agencies: [
      { agencyId: dong, role: 'lead' },
      { agencyId: centre, role: 'partner' },
    ],
    workers: [
      { userId: me, agencyId: dong },
      { userId: colleague, agencyId: centre },
    ],
  }
  expect(withoutAgency(form, centre)).toEqual({
    agencies: [{ agencyId: dong, role: 'lead' }],
    workers: [{ userId: me, agencyId: dong }],
  })
})
