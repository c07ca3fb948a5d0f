/** Columns, rows and likenesses (`server/imports/SPEC.md` IM6–IM8). */
import { describe, expect, test } from 'vitest'
import { Likenesses } from '../../../shared/imports/duplicates.ts'
import { readHousehold } from '../../../shared/imports/household-row.ts'
import { guessColumns, headingRow, type ImportField } from '../../../shared/imports/import-columns.ts'

const FIELDS: ImportField[] = ['name', 'birth', 'sex', 'phone', 'address', 'foundOn', 'route', 'signs', 'note']
const read = (about: Partial<Record<ImportField, string>>, more: string[] = []) =>
  readHousehold([...FIELDS.map(field => about[field] ?? ''), ...more], FIELDS, {
    today: '2026-11-24',
    width: FIELDS.length,
  })
const whole = { name: '김말순', phone: '010-1234-5678' }
const faultsOf = (about: Partial<Record<ImportField, string>>) =>
  read({ ...whole, ...about }).faults.map(one => one.fault)

describe('columns', () => {
  test('[IM6] headings say what a column means, each meaning once', () => {
    expect(
      guessColumns([
        '연번',
        '대상자명',
        '생년월일(6자리)',
        '성별',
        '연락처(휴대폰)',
        '도로명 주소',
        '통보일자',
        '단전·단수',
        '비고',
        '',
      ]),
    ).toEqual(['sourceNumber', 'name', 'birth', 'sex', 'phone', 'address', 'foundOn', 'signs', 'note', null])
    expect(guessColumns(['전화번호', '휴대전화'])).toEqual(['phone', null])
  })

  test('[IM6] the headings stand under a title and a date', () => {
    expect(headingRow([['2026년 3분기 발굴 명단'], [], ['성명', '주소'], ['김말순', '생연1동']])).toBe(2)
    expect(
      headingRow([
        ['김말순', '생연1동'],
        ['이순자', '중앙동'],
      ]),
    ).toBe(-1)
  })
})

describe('rows', () => {
  test('[IM7] days of birth as people write them', () => {
    const birth = (text: string) => read({ ...whole, birth: text }).household.birth
    expect(
      [
        '1961-03-02',
        '1961.3.2',
        '1961. 3. 2.',
        '1961/3/2',
        '19610302',
        '1961년 3월 2일',
        '610302',
        '61.03.02',
        '610302-2******',
      ].map(birth),
    ).toEqual(Array.from({ length: 9 }, () => '1961-03-02'))
    expect(['1961', '1961년생', '61년생'].map(birth)).toEqual(['1961', '1961', '1961'])
    // A table program's count of days: 22342 is 2 March 1961.
    expect(birth('22342')).toBe('1961-03-02')
    expect(read({ ...whole, birth: '610302-2******' }).household.sex).toBe('female')
    expect(birth('010302-4******')).toBe('2001-03-02')
  })

  test('[IM7] what could be two things, or is none, is a fault and no guess', () => {
    expect(faultsOf({ birth: '150302' })).toEqual(['birth_unclear'])
    expect(faultsOf({ birth: '15년생' })).toEqual(['birth_unclear'])
    expect(faultsOf({ birth: '1961-02-30' })).toEqual(['birth_unreadable'])
    expect(faultsOf({ birth: '육십일년' })).toEqual(['birth_unreadable'])
    expect(faultsOf({ birth: '2030-01-01' })).toEqual(['birth_future'])
    expect(faultsOf({ sex: '녀남' })).toEqual(['sex_unreadable'])
    expect(faultsOf({ foundOn: '2026-11-25' })).toEqual(['day_future'])
    expect(faultsOf({ foundOn: '지난주' })).toEqual(['day_unreadable'])
    expect(faultsOf({ route: '소문' })).toEqual(['route_unknown'])
    expect(faultsOf({ note: '가'.repeat(1_001) })).toEqual(['too_long'])
  })

  test('[IM7] names, also those of foreigners and half hidden ones; no formula and no figure', () => {
    for (const name of ['김말순', '김○○', 'Nguyễn Thị Hoa', '남궁 옥분', '김말순(배우자)'])
      expect(faultsOf({ name })).toEqual([])
    for (const name of ['=HYPERLINK("x")', '010-1234-5678', '@SUM(A1)', '-', '12'])
      expect(faultsOf({ name })).toEqual(['name_odd'])
    expect(faultsOf({ name: ' ' })).toEqual(['name_missing'])
  })

  test('[IM7] telephones with and without dashes, zeros and country', () => {
    const phone = (text: string) => read({ ...whole, phone: text }).household.phone
    expect(['010-1234-5678', '01012345678', '1012345678', '+82 10-1234-5678', '010 1234 5678'].map(phone)).toEqual(
      Array.from({ length: 5 }, () => '010-1234-5678'),
    )
    expect(phone('031-860-2114')).toBe('031-860-2114')
    expect(phone('023456789')).toBe('02-345-6789')
    expect(faultsOf({ phone: '010-123-45' })).toEqual(['phone_unreadable'])
    expect(faultsOf({ phone: '이웃집' })).toEqual(['phone_unreadable'])
  })

  test('[IM7] a household that nobody can reach, and a row whose cells have moved', () => {
    expect(read({ name: '김말순' }).faults).toEqual([{ fault: 'reach_missing', column: null }])
    expect(read({ name: '김말순', address: '생연1동 1' }).faults).toEqual([])
    expect(read(whole, ['밀린 칸']).faults).toEqual([{ fault: 'too_many_cells', column: null }])
  })

  test('[IM7] the route in the words of the code table', () => {
    expect(read({ ...whole, route: '찾아가는 복지상담' }).household.route).toBe('outreach_visit')
    expect(read({ ...whole, route: '복지사각지대발굴시스템' }).household.route).toBe('blind_spot_system')
  })
})

describe('likenesses', () => {
  const of = (about: Partial<ReturnType<typeof read>['household']>) => ({
    ...read(whole).household,
    phone: '',
    ...about,
  })

  test('[IM8] the same name with the same birthday, telephone or address', () => {
    const known = new Likenesses<string>()
    known.add(of({ birth: '1961-03-02', phone: '010-1234-5678', address: '동두천시 생연1동 12-3' }), 'first')
    expect(known.find(of({ birth: '1961-03-02' }))).toBe('first')
    expect(known.find(of({ phone: '010-1234-5678' }))).toBe('first')
    expect(known.find(of({ address: '동두천시 생연1동 123' }))).toBe('first')
    expect(known.find(of({ name: '김 말순', birth: '1961-03-02' }))).toBe('first')
  })

  test('[IM8] not the same name alone, not another year of birth', () => {
    const known = new Likenesses<string>()
    known.add(of({ birth: '1961-03-02', address: '동두천시 생연1동 12-3' }), 'first')
    expect(known.find(of({}))).toBeUndefined()
    expect(known.find(of({ address: '생연1동' }))).toBeUndefined()
    expect(known.find(of({ birth: '1988-03-02', address: '동두천시 생연1동 12-3' }))).toBeUndefined()
    expect(known.find(of({ name: '김말자', birth: '1961-03-02' }))).toBeUndefined()
  })
})
