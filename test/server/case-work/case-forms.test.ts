/** Printing a form of a case: recorded before it goes out, with what and what for, by who may write in the case (server/case-forms/SPEC.md). */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { admitToPrintForm, type CaseFormParts, recordCasePrint } from '../../../server/case-forms/case-form-commands.ts'
import { createCasePrintRepository } from '../../../server/case-forms/case-print-repository.ts'
import { changeCase } from '../../../server/conferences/case-commands.ts'
import type { StoredRecord } from '../../../server/storage/port.ts'
import { must } from '../../../shared/assert.ts'
import type { CaseId, UserId } from '../../../shared/ids.ts'
import {
  CASE_FORMS,
  casePrintBody,
  FORM_PARTS,
  PARTS_OF_FORM,
  PICKED_BY_HAND,
  usualPartsOf,
} from '../../../shared/protocol/case-forms.ts'
import { openWorld, settle, type Town, type World } from '../conferences/world.ts'

let world: World
let town: Town
let parts: CaseFormParts

const BODY = { form: 'intake', purpose: '김○○ 어르신 초기상담', parts: ['head', 'person'] } as const

async function print(userId: UserId, body: object = BODY, caseId: CaseId = town.caseId) {
  const by = world.by(userId)
  return recordCasePrint(parts, by, await admitToPrintForm(parts, by, caseId), casePrintBody.parse(body))
}

describe('on record', () => {
  beforeEach(async () => {
    world = await openWorld()
    town = await settle(world)
    parts = { ...world.parts, casePrints: createCasePrintRepository({ store: world.store, keyring: world.keyring }) }
  })
  afterEach(() => world.close())

  test('[CF2] [LR-21] who prints which parts of which form, when and what for is recorded before the number is given', async () => {
    const { printId, at } = await print(town.leader)
    const [record] = await world.records({ action: 'case-form.print' })
    expect(record).toMatchObject({
      actor: town.leader,
      subject: town.caseId,
      object: `case.${town.caseId} print.${printId}`,
      outcome: 'ok',
      reason: 'intake: head person',
      address: '127.0.0.1',
    })
    expect(await parts.casePrints.ofCase(town.caseId)).toEqual([
      {
        _id: printId,
        caseId: town.caseId,
        form: 'intake',
        parts: ['head', 'person'],
        by: town.leader,
        at: new Date(at),
        purpose: BODY.purpose,
      },
    ])
    const stored = must(await world.store.collection<StoredRecord>('casePrints').findOne({ _id: printId }), 'a print')
    expect(JSON.stringify(stored)).not.toContain('어르신')
  })

  test('[CF2] what cannot be recorded is not printed', async () => {
    const failing = { ...parts, audit: { ...parts.audit, record: () => Promise.reject(new Error('no disk')) } }
    const by = world.by(town.leader)
    const admitted = await admitToPrintForm(parts, by, town.caseId)
    await expect(recordCasePrint(failing, by, admitted, casePrintBody.parse(BODY))).rejects.toThrow('no disk')
    expect(await parts.casePrints.ofCase(town.caseId)).toEqual([])
  })

  test('[CF4] who does not work on the case is told that there is none, an observer of it that they may not', async () => {
    const { file } = await world.changeCase(town.leader, town.caseId)
    const admitted = await world.changeCase(town.leader, town.caseId)
    await changeCase(world.parts, world.by(town.leader), admitted, {
      _v: file._v,
      workers: [...file.workers, { userId: town.watcher, agencyId: town.muhan }],
    })
    await expect(print(town.stranger)).rejects.toMatchObject({ reason: 'not-found' })
    await expect(print(town.partner)).rejects.toMatchObject({ reason: 'not-found' })
    await expect(print(town.worker)).rejects.toMatchObject({ reason: 'not-found' })
    await expect(print(town.watcher)).rejects.toMatchObject({ reason: 'not-allowed' })
    await expect(print(town.leader, BODY, 'x'.repeat(22) as CaseId)).rejects.toMatchObject({ reason: 'not-found' })
    expect(await print(town.co)).toMatchObject({ printId: expect.any(String) })
    expect(await world.records({ action: 'authz.deny' })).toHaveLength(5)
  })
})

test.each([
  ['no purpose', { purpose: '' }],
  ['a purpose of spaces', { purpose: '          ' }],
  ['a purpose of two lines', { purpose: '초기상담\n둘째' }],
  ['a form that is none', { form: 'everything' }],
  ['no part', { parts: [] }],
  ['a part that is none', { parts: ['head', 'secrets'] }],
  ['a part of another form', { parts: ['head', 'stages'] }],
  ['a part twice', { parts: ['head', 'head'] }],
  ['a field of no name', { how: 'print', extra: 1 }],
])('[CF2] with %s nothing is recorded', (_what, change) => {
  expect(casePrintBody.safeParse({ ...BODY, ...change }).success).toBe(false)
})

test('[CF3] what is picked by hand is of no form before somebody picks it, and every part has words', () => {
  for (const form of Object.keys(CASE_FORMS) as (keyof typeof CASE_FORMS)[]) {
    expect(usualPartsOf(form).filter(part => PICKED_BY_HAND.includes(part))).toEqual([])
    expect(new Set(PARTS_OF_FORM[form]).size).toBe(PARTS_OF_FORM[form].length)
    for (const part of PARTS_OF_FORM[form]) expect(FORM_PARTS[part].ko && FORM_PARTS[part].en).toBeTruthy()
  }
})
