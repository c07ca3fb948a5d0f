/** The calls of `shared/protocol/figures.ts`. */
import type { AgencyId } from '../../../shared/ids.ts'
import type {
  FiguresAsked,
  FiguresFile,
  FiguresView,
  MonthAsked,
  MonthFile,
  MonthView,
  QuarterView,
} from '../../../shared/protocol/figures.ts'
import type { Api } from '../../lib/api.ts'
import { readFile } from '../../lib/files-api.ts'

const of = (agencyId: AgencyId) => `/agencies/${encodeURIComponent(agencyId)}/figures`

export function readFigures(api: Pick<Api, 'call'>, agencyId: AgencyId, asked: FiguresAsked): Promise<FiguresView> {
  const query = new URLSearchParams({ year: String(asked.year), audience: asked.audience })
  return api.call('GET', `${of(agencyId)}?${query}`)
}

export function readMonth(api: Pick<Api, 'call'>, agencyId: AgencyId, asked: MonthAsked): Promise<MonthView> {
  return api.call('GET', `${of(agencyId)}/month?${new URLSearchParams({ ...asked })}`)
}

export function readQuarter(api: Pick<Api, 'call'>, agencyId: AgencyId, quarter: string): Promise<QuarterView> {
  return api.call('GET', `${of(agencyId)}/quarter?${new URLSearchParams({ quarter })}`)
}

/** One table as a file; made once more when the person had to come back first. */
export function readFigureFile(api: Pick<Api, 'again'>, agencyId: AgencyId, asked: FiguresFile): Promise<Blob> {
  return readFile(api, `${of(agencyId)}/table?${new URLSearchParams({ ...asked, year: String(asked.year) })}`)
}

export function readMonthFile(api: Pick<Api, 'again'>, agencyId: AgencyId, asked: MonthFile): Promise<Blob> {
  return readFile(api, `${of(agencyId)}/month/file?${new URLSearchParams({ ...asked })}`)
}
