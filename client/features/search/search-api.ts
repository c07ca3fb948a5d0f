/** The call of `shared/protocol/search.ts`. */
import type { SearchBody, SearchView } from '../../../shared/protocol/search.ts'
import type { Api } from '../../lib/api.ts'

export const searchFor = (api: Pick<Api, 'call'>, body: SearchBody): Promise<SearchView> =>
  api.call('POST', '/search', body)
