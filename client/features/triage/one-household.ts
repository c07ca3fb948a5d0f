/** One household that somebody writes down, as a list of one row: what a list says of its rows, it says of this one (server/imports/SPEC IM5, IM7, IM8). */

import { type RowFault, readHousehold } from '../../../shared/imports/household-row.ts'
import { IMPORT_FIELDS, type ImportField } from '../../../shared/imports/import-columns.ts'

/** The columns of such a list, in their order. How it was found says the list itself. */
export const HOUSEHOLD_COLUMNS = [
  'name',
  'birth',
  'sex',
  'phone',
  'address',
  'foundOn',
  'signs',
  'note',
] as const satisfies readonly ImportField[]
export type HouseholdColumn = (typeof HOUSEHOLD_COLUMNS)[number]
export type OneHousehold = Readonly<Record<HouseholdColumn, string>>

export const newHousehold = (today: string): OneHousehold => ({
  name: '',
  birth: '',
  sex: '',
  phone: '',
  address: '',
  foundOn: today,
  signs: '',
  note: '',
})

/** What is wrong, by field; what concerns none of them stands under the empty string. */
export function householdFaults(one: OneHousehold, today: string): Partial<Record<HouseholdColumn | '', RowFault>> {
  const cells = HOUSEHOLD_COLUMNS.map(column => one[column])
  const { faults } = readHousehold(cells, HOUSEHOLD_COLUMNS, { today, width: cells.length })
  return Object.fromEntries(
    faults.toReversed().map(({ fault, column }) => [column === null ? '' : (HOUSEHOLD_COLUMNS[column] ?? ''), fault]),
  )
}

/** The file that is sent: headings as a list has them, every cell quoted (RFC 4180). */
export function listOfOne(one: OneHousehold): Blob {
  const line = (cells: readonly string[]) => cells.map(cell => `"${cell.replaceAll('"', '""')}"`).join(',')
  const headings = HOUSEHOLD_COLUMNS.map(column => IMPORT_FIELDS[column].ko)
  const text = [line(headings), line(HOUSEHOLD_COLUMNS.map(column => one[column].trim()))].join('\r\n')
  return new Blob([`${text}\r\n`], { type: 'text/csv;charset=utf-8' })
}
