/** The calls of `shared/protocol/code-sets.ts`. */
import type { CodeSetName } from '../../../shared/code-sets/shipped.ts'
import type { CodeSetHistory, CodeSetsView, PublishCodeSetBody } from '../../../shared/protocol/code-sets.ts'
import type { Api } from '../../lib/api.ts'

export interface CodeSetsApi {
  /** What there is now; `before` itself while nothing is new. */
  all(before?: CodeSetsView): Promise<CodeSetsView>
  history(set: CodeSetName): Promise<CodeSetHistory>
  publish(set: CodeSetName, body: PublishCodeSetBody): Promise<CodeSetsView>
}

export function codeSetsApi(api: Pick<Api, 'call'>): CodeSetsApi {
  const versions = (set: CodeSetName) => `/code-sets/${encodeURIComponent(set)}/versions`
  return {
    async all(before) {
      const known = before ? `?known=${before.tag}` : ''
      const answer = await api.call<CodeSetsView | { unchanged: true }>('GET', `/code-sets${known}`)
      if (!('unchanged' in answer)) return answer
      // Only an answer to a tag of ours says so.
      return before ?? api.call<CodeSetsView>('GET', '/code-sets')
    },
    history: set => api.call('GET', versions(set)),
    publish: (set, body) => api.call('POST', versions(set), body),
  }
}
