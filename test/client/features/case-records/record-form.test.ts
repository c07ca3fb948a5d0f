/** The forms of records: a record opened to correct it and sent unchanged is the same record; what is missing is named; a draft comes back or does no harm. */
import { describe, expect, test } from 'vitest'
import {
  type Beginnings,
  beginCorrection,
  draftOf,
  faultsOf,
  newForm,
  type RecordForm,
  readDraft,
  residentNumbersIn,
  toContent,
  toForm,
  withoutResidentNumbers,
} from '../../../../client/features/case-records/record-form.ts'
import { newId } from '../../../../server/lib/random.ts'
import { CASE_RECORD_KINDS } from '../../../../shared/case-records/kinds.ts'
import { SAMPLE_SHEET_1 } from '../../../../shared/case-records/risk-sample.ts'
import { codesOf } from '../../../../shared/codes.ts'
import type { AgencyId, UserId } from '../../../../shared/ids.ts'
import { type RecordContent, recordContent } from '../../../../shared/protocol/case-records.ts'

const NOW = Date.parse('2026-11-24T05:30:00Z')
const me = newId<UserId>()
const ours = newId<AgencyId>()
const theirs = newId<AgencyId>()

const beginnings: Beginnings = {
  now: NOW,
  plan: [{ row: newId(), service: '간병비 지원' }],
  instrument: SAMPLE_SHEET_1,
  ownAgency: ours,
  me,
  route: 'outreach_visit',
}
const at = '2026-11-24T02:30:00Z'
const CONTENTS: RecordContent[] = [
  {
    ...{ kind: 'process_note', at, minutes: null, method: 'phone', purpose: 'checking', contact: '' },
    ...{ service: 'exam_cost', text: '첫 줄\n둘째 줄' },
  },
  {
    ...{ kind: 'intake', at, minutes: 60, session: 2, route: 'outreach_visit', method: 'home_visit' },
    ...{ contact: '본인', phone: '', team: '', wish: '쌀', text: '상담' },
  },
  {
    ...{ kind: 'monitoring', at, type: 'visit', result: 'change', text: '' },
    rows: [{ row: '', service: '도시락', carriedOut: 'no', note: '' }],
    satisfaction: [{ item: 'in_time', points: 3 }],
  },
  {
    ...{ kind: 'joint_visit', at, state: 'done', agencies: [ours, theirs], people: [me], lead: me, purpose: '확인' },
    ...{ safety: '', minutes: 30, text: '다녀옴' },
  },
  {
    ...{ kind: 'risk', at, instrument: 'sample', instrumentVersion: 1, text: '의견' },
    answers: [{ item: 'debt', answer: 'some' }],
    override: { level: 'high', reason: '현장' },
  },
]

describe.each(CONTENTS)('$kind', content => {
  test('opened to correct it and sent unchanged it says the same', () => {
    const form = toForm(content)
    expect(faultsOf(form, NOW)).toEqual([])
    expect(recordContent.parse(toContent(form))).toEqual(content)
  })

  test('a draft brings the form back as it was', () => {
    const form = toForm(content)
    const fresh = newForm(content.kind, beginnings)
    expect(readDraft(draftOf(form, true), fresh)).toEqual({ form, narrow: true })
  })
})

test.each(codesOf(CASE_RECORD_KINDS))('a new %s says what is missing, and is for this moment in Seoul', kind => {
  const form = newForm(kind, beginnings)
  expect([form.day, form.time]).toEqual(['2026-11-24', '14:30'])
  const missing = faultsOf(form, NOW).map(fault => ('field' in fault ? fault.field : fault.fault))
  const expected = {
    process_note: ['text'],
    intake: ['text'],
    monitoring: ['carriedOut', 'result'],
    joint_visit: ['twoAgencies', 'visitPurpose'],
    risk: [],
  }
  expect(missing).toEqual(expected[kind])
})

test('the method and purpose of the last note are those of the next', () => {
  const last = { method: 'office_visit', purpose: 'resource_linkage' }
  expect(newForm('process_note', { ...beginnings, last })).toMatchObject(last)
})

test('an intake knows how its case was found', () => {
  expect(newForm('intake', beginnings)).toMatchObject({ route: 'outreach_visit' })
})

test('a day to come, minutes that are none and a text that is too long are told', () => {
  const note = newForm('process_note', beginnings) as Extract<RecordForm, { kind: 'process_note' }>
  const faults = (part: Partial<typeof note>) => faultsOf({ ...note, text: 'x', ...part }, NOW).map(one => one.fault)
  expect(faults({ day: '2026-11-25' })).toEqual(['dayAhead'])
  expect(faults({ day: '' })).toEqual(['missing'])
  for (const minutes of ['0', '1441', '1.5', '반 시간']) expect(faults({ minutes })).toEqual(['minutesWrong'])
  expect(faults({ minutes: ' 40 ' })).toEqual([])
  expect(faults({ text: 'x'.repeat(8001) })).toEqual(['tooLong'])
  const visit = newForm('joint_visit', beginnings)
  expect(faultsOf({ ...visit, day: '2026-12-24' }, NOW).map(one => one.fault)).not.toContain('dayAhead')
})

test('a planned visit whose time has come opens for what came of it', () => {
  const planned: RecordContent = {
    ...{ kind: 'joint_visit', at, state: 'planned', agencies: [ours, theirs], people: [me], lead: me, purpose: '확인' },
    ...{ safety: '', minutes: null, text: '' },
  }
  expect(beginCorrection(planned, NOW)).toMatchObject({ state: 'done' })
  expect(beginCorrection({ ...planned, at: '2026-11-26T02:30:00Z' }, NOW)).toMatchObject({ state: 'planned' })
})

test('[CR9] a resident registration number is found in every field and masked with one press', () => {
  for (const content of CONTENTS) {
    const form = toForm(content)
    const typed = { ...form, text: `${form.text} 900101-1234567` }
    expect(residentNumbersIn(form)).toBe(0)
    expect(residentNumbersIn(typed)).toBe(1)
    const masked = withoutResidentNumbers(typed)
    expect(residentNumbersIn(masked)).toBe(0)
    expect(masked).toEqual({ ...form, text: `${form.text} 900101-1******` })
  }
  const monitoring = newForm('monitoring', beginnings)
  expect(residentNumbersIn({ ...monitoring, rows: [{ note: '900101-1234567' }] })).toBe(1)
})

test('what is no draft of this form begins a new one', () => {
  const fresh = newForm('process_note', beginnings)
  const others = [undefined, '', 'null', '{', '[]', '{"form":null}', '{"form":{"kind":"risk"}}']
  for (const draft of others) expect(readDraft(draft, fresh)).toBeUndefined()
  const odd = JSON.stringify({ form: { kind: 'process_note', text: '남은 글', minutes: 40, gone: true }, narrow: 'x' })
  expect(readDraft(odd, fresh)).toEqual({ form: { ...fresh, text: '남은 글' }, narrow: false })
})
