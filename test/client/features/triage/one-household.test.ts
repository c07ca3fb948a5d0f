import { expect, test } from 'vitest'
import { householdFaults, listOfOne, newHousehold } from '../../../../client/features/triage/one-household.ts'
import { guessColumns } from '../../../../shared/imports/import-columns.ts'

const TODAY = '2026-11-22'
const HOUSEHOLD = { ...newHousehold(TODAY), name: '윤정자', birth: '1944-05-01', sex: '여', phone: '010-0000-0101' }

test('[TR7] a household by hand is sent as a list whose headings say what its cells are', async () => {
  const said = { ...HOUSEHOLD, signs: '가스 끊김, "두 달째" 나오지 않음\n이웃이 알림' }
  const [headings = '', ...rest] = (await listOfOne(said).text()).split('\r\n')
  const cells = headings.split(',').map(cell => cell.replaceAll('"', ''))
  expect(guessColumns(cells)).toEqual(['name', 'birth', 'sex', 'phone', 'address', 'foundOn', 'signs', 'note'])
  expect(rest.join('\r\n')).toContain('"윤정자","1944-05-01","여"')
  // Quoted as RFC 4180 has it: a quote twice, a line break inside of its cell.
  expect(rest[0]).toContain('"가스 끊김, ""두 달째"" 나오지 않음\n이웃이 알림"')
})

test('[TR7] what is wrong stands beside its field, the first thing first', () => {
  expect(householdFaults(HOUSEHOLD, TODAY)).toEqual({})
  expect(householdFaults({ ...HOUSEHOLD, name: ' ', birth: '어제', foundOn: '2026-11-23' }, TODAY)).toEqual({
    name: 'name_missing',
    birth: 'birth_unreadable',
    foundOn: 'day_future',
  })
  expect(householdFaults({ ...HOUSEHOLD, phone: '' }, TODAY)).toEqual({ '': 'reach_missing' })
})
