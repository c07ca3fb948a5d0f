/** Comments on an item over HTTP: parse, admit, call, present. */
import { commentsQuery, writeCommentBody } from '../../../shared/protocol/comments.ts'
import { admitToComment, admitToComments } from '../../comments/comment-admission.ts'
import { writeComment } from '../../comments/comment-commands.ts'
import { countComments, openComments } from '../../comments/comment-views.ts'
import type { CommentParts } from '../../comments/ports.ts'
import { admitToConference } from '../../conferences/admission.ts'
import { byOf } from '../by.ts'
import { type Route, route } from '../route.ts'

export function commentRoutes(parts: CommentParts): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/conferences/:conferenceId/comments',
      policy: 'canReadConference',
      evenForGuests: true,
      authorise: call => admitToConference(parts, byOf(call), call.params.conferenceId),
      handle: (call, admitted) => countComments(parts, byOf(call), admitted),
    }),
    route({
      method: 'GET',
      path: '/api/conferences/:conferenceId/items/:itemId/comments',
      policy: 'canReadItem',
      evenForGuests: true,
      query: commentsQuery,
      authorise: call => admitToComments(parts, byOf(call), call.params.conferenceId, call.params.itemId),
      handle: (call, admitted) => openComments(parts, byOf(call), admitted, call.query.known),
    }),
    route({
      method: 'POST',
      path: '/api/conferences/:conferenceId/items/:itemId/comments',
      policy: 'canComment',
      evenForGuests: true,
      body: writeCommentBody,
      authorise: call => admitToComment(parts, byOf(call), call.params.conferenceId, call.params.itemId),
      handle: async (call, admitted) => {
        await writeComment(parts, byOf(call), admitted, call.body)
        return openComments(parts, byOf(call), admitted)
      },
    }),
  ]
}
