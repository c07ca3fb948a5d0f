/**
 * Reading back, answering, confirming and stepping out of one item (SPEC MH). A read-back lives in one record with its answers; confirming moves
 * it, in the one write that every step is, to the item's confirmed records, so it is confirmed whole or not at all.
 */
import { agencySpokenFor, canWriteForOthers } from '../../shared/access.ts'
import type { AgencyId, ReadBackId } from '../../shared/ids.ts'
import type { AnswerView, ReadBackView } from '../../shared/meeting/meeting-view.ts'
import { hashOfReadBack, isNothingToRead, isTooLongToRead } from '../../shared/meeting/read-back.ts'
import type { CommandName } from '../../shared/protocol/live-channel.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import type { HearingContext, HearingRule } from './command-rule.ts'
import { agenciesAsked } from './hearing-asked.ts'
import type { HearingState } from './meeting-state.ts'
import { assertQuorum } from './quorum.ts'
import { RECUSAL_RULES } from './recusal-commands.ts'
import { standingAnswers } from './standing-answers.ts'

export type HearingCommand =
  | 'recusal.begin'
  | 'recusal.end'
  | 'read-back.open'
  | 'read-back.cancel'
  | 'read-back.answer'
  | 'read-back.confirm'

/**
 * Letters of all confirmed records of an item together: they lie in one record, which a store takes up to 16 MB of and which is written anew
 * with each answer. A usual confirmation has a thousand.
 */
export const MAX_CONFIRMED_LETTERS = 1_000_000

/** For whom who gives the command speaks. */
const agencyOf = ({ by, admitted }: HearingContext<CommandName>): AgencyId | undefined =>
  agencySpokenFor(by.actor, admitted.facts)

export const HEARING_RULES: { readonly [Name in HearingCommand]: HearingRule<Name> } = {
  ...RECUSAL_RULES,

  'read-back.open': {
    on: 'hearing',
    policy: 'canWriteForOthers',
    async step(state, context) {
      if (state.readBack !== null) return state
      const content = await context.readContent()
      if (isNothingToRead(content)) throw new Refusal('bad-request', 'nothing-to-read')
      if (isTooLongToRead(content)) throw new Refusal('too-large', 'too-long-to-read')
      const asked = agenciesAsked(context.item, context.meeting)
      if (asked.length === 0) throw new Refusal('bad-request', 'nobody-to-ask')
      const readBack: ReadBackView = {
        readBackId: context.newId<ReadBackId>(),
        content,
        hash: hashOfReadBack(content),
        openedAt: context.now,
        openedBy: context.by.actor.userId,
        asked,
        answers: [],
      }
      return { ...state, readBack }
    },
  },

  'read-back.cancel': {
    on: 'hearing',
    policy: 'canWriteForOthers',
    step(state, { body }) {
      // Cancelled by somebody else meanwhile: that is what was asked for. Confirmed, or another one begun, is not.
      if (state.readBack === null && !isConfirmed(state, body.readBackId)) return state
      openReadBack(state, body.readBackId)
      return { ...state, readBack: null }
    },
  },

  'read-back.answer': {
    on: 'hearing',
    policy: 'canWriteItem',
    step(state, context) {
      const { by, body, admitted, now } = context
      const readBack = openReadBack(state, body.readBackId, body.hash)
      const isOwn = agencyOf(context) === body.agencyId
      if (!isOwn && !canWriteForOthers(by.actor, admitted.facts)) throw new Refusal('not-allowed', 'not-your-agency')
      if (!readBack.asked.includes(body.agencyId)) throw new Refusal('bad-request', 'agency-not-asked')
      const standing = standingAnswers(readBack, context.item, context.meeting)
      const before = standing.find(answer => answer.agencyId === body.agencyId)
      if (!isOwn && before && !before.byMinuteTaker) throw new Refusal('not-allowed', 'agency-answered-itself')
      const needsWords = body.position === 'conditional' || body.position === 'objects'
      if (needsWords && body.words === '') throw new Refusal('bad-request', 'words-needed')
      if (body.position === 'agrees' && body.words !== '') throw new Refusal('bad-request', 'words-not-taken')
      const answer: AnswerView = {
        agencyId: body.agencyId,
        position: body.position,
        words: body.words,
        at: now,
        by: by.actor.userId,
        byMinuteTaker: !isOwn,
      }
      return { ...state, readBack: { ...readBack, answers: inOrderOf(readBack.asked, [...readBack.answers, answer]) } }
    },
  },

  'read-back.confirm': {
    on: 'hearing',
    policy: 'canWriteForOthers',
    step(state, context) {
      const { by, body, now } = context
      const done = state.confirmations.find(one => one.readBackId === body.readBackId)
      if (done !== undefined) {
        // Two press at once, or one presses again: there is the one record.
        if (done.hash !== body.hash) throw new Refusal('conflict', 'read-back-changed')
        return state
      }
      const readBack = openReadBack(state, body.readBackId, body.hash)
      assertQuorum(state, context.item, context.meeting)
      // Who went, or may not open the item any more, is not said to agree.
      const here = agenciesAsked(context.item, context.meeting)
      const own = agencyOf(context)
      const said = standingAnswers(readBack, context.item, context.meeting)
      const silent = readBack.asked
        .filter(agencyId => here.includes(agencyId) && !said.some(answer => answer.agencyId === agencyId))
        .map(
          (agencyId): AnswerView => ({
            agencyId,
            position: 'agrees',
            words: '',
            at: now,
            by: by.actor.userId,
            byMinuteTaker: agencyId !== own,
          }),
        )
      const { readBackId, content, hash } = readBack
      const answers = inOrderOf(readBack.asked, [...said, ...silent])
      if (answers.length === 0) throw new Refusal('bad-request', 'nobody-to-ask')
      const confirmations = [
        ...state.confirmations,
        {
          number: state.confirmations.length + 1,
          readBackId,
          content,
          hash,
          answers,
          confirmedAt: now,
          confirmedBy: by.actor.userId,
        },
      ]
      if (JSON.stringify(confirmations).length > MAX_CONFIRMED_LETTERS)
        throw new Refusal('too-large', 'too-many-records')
      return { ...state, readBack: null, confirmations }
    },
  },
}

const isConfirmed = (state: HearingState, readBackId: ReadBackId) =>
  state.confirmations.some(one => one.readBackId === readBackId)

/** The read-back that is meant, as it was shown. @throws Refusal when it is over, or another text was shown */
function openReadBack({ readBack }: HearingState, readBackId: ReadBackId, hash?: string): ReadBackView {
  if (readBack === null || readBack.readBackId !== readBackId) throw new Refusal('not-allowed', 'read-back-over')
  if (hash !== undefined && hash !== readBack.hash) throw new Refusal('conflict', 'read-back-changed')
  return readBack
}

/** One answer for each agency, the latest, as the agencies were asked. */
function inOrderOf(asked: readonly AgencyId[], answers: readonly AnswerView[]): AnswerView[] {
  return asked.flatMap(agencyId => answers.findLast(answer => answer.agencyId === agencyId) ?? [])
}
