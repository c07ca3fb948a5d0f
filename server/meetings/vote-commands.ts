/** Votes on one item (SPEC MW): opened by who leads, cast openly by those whom the kind of meeting gives a vote, counted when they are closed. */
import {
  agenciesThatOpen,
  agencySpokenFor,
  canWriteForOthers,
  recusedFrom,
  speaksForAgency,
} from '../../shared/access.ts'
import { isPresentMode } from '../../shared/codes.ts'
import { type AttendeeKey, attendeeKeyOf, type VoteId } from '../../shared/ids.ts'
import type { CastView, VoterId, VoteView } from '../../shared/meeting/meeting-view.ts'
import { featuresOf, ruleSetOf } from '../../shared/meeting/rule-sets.ts'
import { countOf } from '../../shared/meeting/votes.ts'
import type { CommandName } from '../../shared/protocol/live-channel.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import type { HearingContext, HearingRule } from './command-rule.ts'
import { agenciesAsked } from './hearing-asked.ts'
import { assertLeads } from './leading.ts'
import type { HearingState } from './meeting-state.ts'
import { assertQuorum, seatsOf } from './quorum.ts'

export type VoteCommand = 'vote.open' | 'vote.cast' | 'vote.close'

/** More than any item is voted on; they lie in one record with its hearing. */
const MOST_VOTES = 20

export const VOTE_RULES: { readonly [Name in VoteCommand]: HearingRule<Name> } = {
  'vote.open': {
    on: 'hearing',
    policy: 'canWriteForOthers',
    step(state, context) {
      const { item, meeting, body, by, now } = context
      assertLeads(meeting, context)
      if (!featuresOf(item.conference.type, meeting.features).voting) throw new Refusal('not-allowed', 'feature-off')
      if (state.votes.some(vote => vote.count === null)) throw new Refusal('conflict', 'vote-open')
      if (state.votes.length >= MOST_VOTES) throw new Refusal('too-large', 'too-many-records')
      assertQuorum(state, item, meeting)
      const voters = votersNow(context)
      if (voters.length === 0) throw new Refusal('bad-request', 'nobody-to-ask')
      const vote: VoteView = {
        voteId: context.newId<VoteId>(),
        question: body.question,
        votesBy: ruleSetOf(item.conference.type).vote.by,
        voters,
        cast: [],
        openedAt: now,
        openedBy: by.actor.userId,
        count: null,
        closedAt: null,
      }
      return { ...state, votes: [...state.votes, vote] }
    },
  },

  'vote.cast': {
    on: 'hearing',
    policy: 'canWriteItem',
    step(state, context) {
      const { body, by, admitted, now } = context
      const vote = voteOf(state, body.voteId)
      if (vote.count !== null) throw new Refusal('not-allowed', 'vote-over')
      const isOwn = body.voter === ownVoterOf(vote, context)
      if (!isOwn && !canWriteForOthers(by.actor, admitted.facts)) throw new Refusal('not-allowed', 'not-your-vote')
      if (!vote.voters.includes(body.voter)) throw new Refusal('bad-request', 'no-vote')
      const before = vote.cast.find(one => one.voter === body.voter)
      if (!isOwn && before && !before.byMinuteTaker) throw new Refusal('not-allowed', 'voted-itself')
      const cast: CastView = {
        voter: body.voter,
        choice: body.choice,
        at: now,
        by: by.actor.userId,
        byMinuteTaker: !isOwn,
      }
      return withVote(state, { ...vote, cast: [...vote.cast.filter(one => one.voter !== body.voter), cast] })
    },
  },

  'vote.close': {
    on: 'hearing',
    policy: 'canWriteForOthers',
    step(state, context) {
      const { body, meeting, now } = context
      assertLeads(meeting, context)
      const vote = voteOf(state, body.voteId)
      // Two press at once: there is the one count.
      if (vote.count !== null) return state
      // Who stepped out of the item meanwhile is neither there nor counted.
      const recused: readonly string[] = recusedFrom(context.item.item, context.item.ofCase?.facts)
      const voters = vote.voters.filter(voter => !isOut(voter, recused, context))
      // Nor is what they said for their agency, whose others may say it anew.
      const isTheirs = ({ by, byMinuteTaker }: CastView) => !byMinuteTaker && recused.includes(by)
      const cast = vote.cast.filter(one => voters.includes(one.voter) && !isTheirs(one))
      return withVote(state, { ...vote, voters, cast, count: countOf(voters, cast), closedAt: now })
    },
  },
}

/** Who has a vote at this moment: agencies at the table, or the members who are there themselves. */
function votersNow({ item, meeting }: HearingContext<CommandName>): VoterId[] {
  const { by, deputiesVote } = ruleSetOf(item.conference.type).vote
  if (by === 'agencies') return agenciesAsked(item, meeting)
  const recused = recusedFrom(item.item, item.ofCase?.facts)
  const open = agenciesThatOpen(item.item, item.ofCase?.facts)
  return seatsOf(item.conference, meeting, item.item._id).flatMap(
    ({ userId, agencyId, role, standing, mode, deputyFor }): VoterId[] => {
      if (userId === null || !speaksForAgency(role) || recused.includes(userId)) return []
      if (item.item.kind === 'case' && !open.includes(agencyId)) return []
      const isHere = standing === 'confirmed' && isPresentMode(mode) && (deputiesVote || deputyFor === '')
      return isHere ? [attendeeKeyOf(userId)] : []
    },
  )
}

/** Whether everybody who may speak for it has stepped out of the item. Who was taken off the list of participants since keeps what they said. */
function isOut(voter: VoterId, recused: readonly string[], { item, meeting }: HearingContext<CommandName>): boolean {
  const speakers = seatsOf(item.conference, meeting, item.item._id).filter(
    ({ userId, agencyId, role }) =>
      speaksForAgency(role) && (agencyId === voter || (userId !== null && attendeeKeyOf(userId) === voter)),
  )
  return speakers.length > 0 && speakers.every(({ userId }) => userId !== null && recused.includes(userId))
}

function ownVoterOf({ votesBy }: VoteView, { by, admitted }: HearingContext<CommandName>): VoterId | undefined {
  const own: AttendeeKey = attendeeKeyOf(by.actor.userId)
  return votesBy === 'people' ? own : agencySpokenFor(by.actor, admitted.facts)
}

/** @throws Refusal `not-found` */
function voteOf({ votes }: HearingState, voteId: VoteId): VoteView {
  const vote = votes.find(one => one.voteId === voteId)
  if (vote === undefined) throw new Refusal('not-found', 'vote')
  return vote
}

const withVote = (state: HearingState, changed: VoteView): HearingState => ({
  ...state,
  votes: state.votes.map(vote => (vote.voteId === changed.voteId ? changed : vote)),
})
