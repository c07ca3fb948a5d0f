/**
 * Where the list of cases is: codes and ids stand in the address, so that going back finds the same place; what was typed may name somebody and stays in the history's
 * own state, which is in no address and no log.
 */
import { useLocation, useNavigate, useSearchParams } from 'react-router'
import { CASE_TRACKS } from '../../../shared/cases/life-codes.ts'
import { CASE_GRADES } from '../../../shared/code-sets/grades.ts'
import { CASE_AGENCY_ROLES, CASE_STAGES, isCode } from '../../../shared/codes.ts'
import { type AgencyId, parseId, type UserId } from '../../../shared/ids.ts'
import { CASE_ORDERS, type CaseFilter } from '../../../shared/protocol/case-list.ts'

export interface FilterPlace {
  filter: CaseFilter
  from: number
  /** Any condition at all; order is none. */
  isNarrowed: boolean
  set(change: CaseFilter): void
  go(from: number): void
}

const MAX_TEXT = 100

export function useCaseFilter(): FilterPlace {
  const [search] = useSearchParams()
  const location = useLocation()
  const navigate = useNavigate()
  const state: unknown = location.state
  const text =
    typeof state === 'object' && state !== null && 'text' in state && typeof state.text === 'string' ? state.text : ''
  const filter = { ...readFilter(search), ...(text.trim() !== '' && { text: text.trim().slice(0, MAX_TEXT) }) }
  const { order: _order, descending: _descending, ...narrowing } = filter
  const put = (next: CaseFilter, from: number) => {
    const { text: typed = '', ...clear } = next
    const params = writeFilter(clear)
    if (from > 0) params.set('from', String(from))
    void navigate({ search: params.toString() }, { replace: true, state: { text: typed }, preventScrollReset: true })
  }
  return {
    filter: text === '' ? filter : { ...filter, text },
    from: Math.max(0, Number(search.get('from') ?? 0) || 0),
    isNarrowed: Object.keys(narrowing).length > 0,
    set: next => put(next, 0),
    go: from => put({ ...filter, text }, from),
  }
}

/** What of an address is a filter; anything else in it is left alone. */
export function readFilter(search: URLSearchParams): CaseFilter {
  const codes = <T extends Record<string, unknown>>(name: string, table: T) =>
    (search.get(name) ?? '').split(',').filter((code): code is keyof T & string => isCode(table, code))
  const stages = codes('stage', CASE_STAGES)
  const tracks = codes('track', CASE_TRACKS)
  const grades = codes('grade', CASE_GRADES)
  const roles = codes('role', CASE_AGENCY_ROLES)
  const agencyId = parseId<AgencyId>(search.get('agency'))
  const workerId = parseId<UserId>(search.get('worker'))
  const order = search.get('order')
  const descending = search.get('down')
  return {
    ...(stages.length > 0 && { stages }),
    ...(tracks.length > 0 && { tracks }),
    ...(grades.length > 0 && { grades }),
    ...(roles.length > 0 && { roles }),
    ...(agencyId && { agencyId }),
    ...(workerId && { workerId }),
    ...(search.get('late') === '1' && { isLate: true as const }),
    ...(isCode(CASE_ORDERS, order) && { order }),
    ...((descending === '1' || descending === '0') && { descending: descending === '1' }),
  }
}

export function writeFilter(filter: Omit<CaseFilter, 'text'>): URLSearchParams {
  const search = new URLSearchParams()
  const put = (name: string, value: string | undefined) => {
    if (value !== undefined && value !== '') search.set(name, value)
  }
  put('stage', filter.stages?.join(','))
  put('track', filter.tracks?.join(','))
  put('grade', filter.grades?.join(','))
  put('role', filter.roles?.join(','))
  put('agency', filter.agencyId)
  put('worker', filter.workerId)
  put('late', filter.isLate ? '1' : undefined)
  put('order', filter.order)
  put('down', filter.descending === undefined ? undefined : filter.descending ? '1' : '0')
  return search
}
