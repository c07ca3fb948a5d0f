/** The calls of `shared/protocol/comments.ts`. */
import type { ConferenceId, ItemId } from '../../../shared/ids.ts'
import type { CommentsView, ConferenceCommentsView, WriteCommentBody } from '../../../shared/protocol/comments.ts'
import type { Api } from '../../lib/api.ts'

export interface CommentsApi {
  /** What there is now; `before` itself while nothing is new. */
  open(conferenceId: ConferenceId, itemId: ItemId, before?: CommentsView): Promise<CommentsView>
  counts(conferenceId: ConferenceId): Promise<ConferenceCommentsView>
  write(conferenceId: ConferenceId, itemId: ItemId, body: WriteCommentBody): Promise<CommentsView>
}

export function commentsApi(api: Pick<Api, 'call'>): CommentsApi {
  const at = encodeURIComponent
  const path = (conferenceId: ConferenceId, itemId: ItemId) =>
    `/conferences/${at(conferenceId)}/items/${at(itemId)}/comments`
  return {
    async open(conferenceId, itemId, before) {
      const whole = path(conferenceId, itemId)
      const known = before ? `?known=${before.tag}` : ''
      const answer = await api.call<CommentsView | { unchanged: true }>('GET', whole + known)
      if (!('unchanged' in answer)) return answer
      // Only an answer to a tag of ours says so.
      return before ?? api.call<CommentsView>('GET', whole)
    },
    counts: conferenceId => api.call('GET', `/conferences/${at(conferenceId)}/comments`),
    write: (conferenceId, itemId, body) => api.call('POST', path(conferenceId, itemId), body),
  }
}
