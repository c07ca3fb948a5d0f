/** The calls of `shared/protocol/figures.ts`. */
import type { AgencyId } from '../../../shared/ids.ts'
import type { FiguresAsked, FiguresFile, FiguresView } from '../../../shared/protocol/figures.ts'
import { type Api, ApiError, toApiError } from '../../lib/api.ts'

const of = (agencyId: AgencyId) => `/agencies/${encodeURIComponent(agencyId)}/figures`

export function readFigures(api: Pick<Api, 'call'>, agencyId: AgencyId, asked: FiguresAsked): Promise<FiguresView> {
  const query = new URLSearchParams({ year: String(asked.year), audience: asked.audience })
  return api.call('GET', `${of(agencyId)}?${query}`)
}

/** One table as a file; made once more when the person had to come back first. */
export function readFigureFile(api: Pick<Api, 'again'>, agencyId: AgencyId, asked: FiguresFile): Promise<Blob> {
  const query = new URLSearchParams({ ...asked, year: String(asked.year) })
  return api.again(async () => {
    const path = `/api${of(agencyId)}/table?${query}`
    const response = await fetch(path, { credentials: 'same-origin', cache: 'no-store' }).catch(() => {
      throw new ApiError('unreachable')
    })
    if (!response.ok) throw toApiError(response.status, await response.json().catch(() => undefined))
    return response.blob()
  })
}
