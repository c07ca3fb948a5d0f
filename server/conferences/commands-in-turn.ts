/**
 * What is done over HTTP to a conference and its items, in the order of its meeting's own commands (meetings/SPEC MI1): admitted and compared in
 * its turn, so that nothing it rests on changes beside it. What is on the agenda of a running meeting, whoever leads it decides.
 */
import type { ConferenceId, ItemId } from '../../shared/ids.ts'
import type {
  ChangeConferenceBody,
  ChangeItemBody,
  ConferenceStateBody,
  CreateItemBody,
} from '../../shared/protocol/http-api.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import { type AdmittedConference, admitToChangeConference, admitToChangeItem } from './admission.ts'
import { changeConference } from './conference-commands.ts'
import { moveConference } from './conference-states.ts'
import { changeItem, createItem, deleteItem } from './item-commands.ts'
import type { By, ConferenceParts, MeetingAtTurn, MeetingOrder } from './ports.ts'

export function createCommandsInTurn(parts: ConferenceParts, order: MeetingOrder) {
  return {
    changeConference: (by: By, conferenceId: ConferenceId, input: ChangeConferenceBody) =>
      order.inTurn(conferenceId, async () =>
        changeConference(parts, by, await admitToChangeConference(parts, by, conferenceId), input),
      ),
    moveConference: (by: By, conferenceId: ConferenceId, input: ConferenceStateBody) =>
      order.inTurn(conferenceId, async () =>
        moveConference(parts, by, await admitToChangeConference(parts, by, conferenceId), input),
      ),
    createItem: (by: By, conferenceId: ConferenceId, input: CreateItemBody) =>
      order.inTurn(conferenceId, async meeting => {
        const admitted = await admitToChangeConference(parts, by, conferenceId)
        assertMayArrange(meeting, by, admitted)
        return createItem(parts, by, admitted, input, { after: meeting.at ?? undefined })
      }),
    changeItem: (by: By, conferenceId: ConferenceId, itemId: ItemId, input: ChangeItemBody) =>
      order.inTurn(conferenceId, async () =>
        changeItem(parts, by, await admitToChangeItem(parts, by, conferenceId, itemId), input),
      ),
    deleteItem: (by: By, conferenceId: ConferenceId, itemId: ItemId) =>
      order.inTurn(conferenceId, async meeting => {
        const admitted = await admitToChangeItem(parts, by, conferenceId, itemId)
        assertMayArrange(meeting, by, admitted)
        await deleteItem(parts, by, admitted)
      }),
  }
}

/** @throws Refusal `not-allowed` */
function assertMayArrange(meeting: MeetingAtTurn, by: By, { conference, facts }: AdmittedConference): void {
  if (conference.state === 'live' && !meeting.leads(by, facts)) throw new Refusal('not-allowed', 'not-leading')
}
