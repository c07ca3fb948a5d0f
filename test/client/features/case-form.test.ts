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

const filled = (): CaseForm => ({
  ...newCaseForm({ userId: me, agencyId: dong }),
  number: '2026-031',
  label: '김○○ 가구',
})

test('a new case is led by my agency with me as its worker, and passes the server’s schema', () => {
  expect(hasFault(caseFaults(filled()))).toBe(false)
  expect(createCaseBody.safeParse(filled()).success).toBe(true)
})

test('there is one lead agency, with a worker of its own', () => {
  const form = filled()
  expect(caseFaults({ ...form, agencies: [] }).leads).toBe(0)
  expect(caseFaults({ ...form, agencies: [...form.agencies, { agencyId: centre, role: 'lead' }] }).leads).toBe(2)
  expect(caseFaults({ ...form, workers: [] }).noWorker).toBe(true)
  const only = { ...form, workers: [{ userId: colleague, agencyId: centre }] }
  expect(caseFaults(only).noLeadWorker).toBe(true)
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
