/**
 * One whole conference with a canary in every field, driven by people in Node: planned, held, item 2 cleared for three agencies and closed to a
 * fourth, one of the three withdrawn on the way. Used at rest (what is on the disk?) and on the wire (what reached whose browser?).
 */

import * as Y from 'yjs'
import { demoPerson } from '../../server/demo/community.ts'
import { must } from '../../shared/assert.ts'
import { anchorOn, type CommentAnchor } from '../../shared/comments/anchors.ts'
import { actionsOf, addAction } from '../../shared/documents/actions-document.ts'
import { summaryOf } from '../../shared/documents/case-document.ts'
import { addProposal, moveAgendaItem, notesOf, setMinutes } from '../../shared/documents/conference-document.ts'
import { documentNameOf } from '../../shared/documents/document-names.ts'
import { addDecision, discussionOf, opinionOf, presentationOf, setNeed } from '../../shared/documents/item-document.ts'
import { paragraphsOf } from '../../shared/documents/rich-text.ts'
import {
  type ActionId,
  type AgencyId,
  type CaseId,
  type ConferenceId,
  type DecisionId,
  type ItemId,
  idFromBytes,
} from '../../shared/ids.ts'
import type { CommentsView } from '../../shared/protocol/comments.ts'
import type { CaseView, ConferenceView, ItemView } from '../../shared/protocol/http-api.ts'
import { dayInSeoul } from '../../shared/working-days.ts'
import { consentFor } from './bases.ts'
import { CANARIES } from './canaries.ts'
import type { OpenDocument, Person } from './person.ts'
import { type SeededRandom, seededRandom } from './seeded-random.ts'

const AT = '2026-11-24T05:00:00.000Z'

export interface CanaryMeeting {
  caseId: CaseId
  conferenceId: ConferenceId
  /** Item 1, for everybody. */
  generalItem: ItemId
  /** Item 2, about the case. */
  secretItem: ItemId
  documents: { conference: string; case: string; item: string; actions: string }
}

/** Those who are cleared for item 2 at first; the third one's agency is withdrawn later. */
export interface Cleared {
  lead: Person
  second: Person
  third: Person
  /** Cleared for item 2 as well, and has not accepted the confidentiality statement. */
  unaccepted?: Person | undefined
}

const agencyOf = (person: Person): AgencyId => demoPerson(person.login).agencyId

/** Opens a case and plans the conference with its two items, up to live. `others` are participants who are not cleared for item 2. */
export async function planMeeting(cleared: Cleared, others: readonly Person[]): Promise<CanaryMeeting> {
  const { lead, second, third, unaccepted } = cleared
  const also = unaccepted ? [unaccepted] : []
  const worker = (person: Person) => ({ userId: person.userId, agencyId: agencyOf(person) })
  const { caseId } = await lead.post<CaseView>('/api/cases', {
    number: CANARIES.caseNumber.text,
    label: CANARIES.caseLabel.text,
    agencies: [
      { agencyId: agencyOf(lead), role: 'lead' },
      { agencyId: agencyOf(second), role: 'co_managing' },
      ...[third, ...also].map(person => ({ agencyId: agencyOf(person), role: 'partner' })),
    ],
    workers: [worker(lead), worker(second), worker(third)],
  })
  await lead.post(`/api/cases/${caseId}/consents`, consentFor([second, third, ...also].map(agencyOf)))
  const part = (person: Person, role: string) => ({ ...worker(person), role })
  let view = await lead.post<ConferenceView>('/api/conferences', {
    type: 'integrated',
    title: CANARIES.titleReplaced.text,
    startsAt: '2026-11-24T05:00:00Z',
    minutes: 60,
    place: CANARIES.place.text,
    remoteLink: CANARIES.remoteLink.text,
    hostAgencyId: agencyOf(lead),
    participants: [
      part(lead, 'leader'),
      ...[second, third, ...also, ...others].map(person => part(person, 'attendee')),
    ],
  })
  const path = `/api/conferences/${view.conferenceId}`
  view = await lead.patch<ConferenceView>(path, { _v: view._v, title: CANARIES.title.text })
  view = await lead.post(`${path}/items`, { kind: 'general', label: CANARIES.itemLabel.text, minutes: 10 })
  const generalItem = must(view.items[0]?.itemId, 'item 1')
  view = await lead.post(`${path}/items`, {
    kind: 'case',
    caseId,
    agencies: [lead, second, third, ...also].map(agencyOf),
    minutes: 30,
  })
  const secret = must(
    view.items.find(item => item.itemId !== generalItem),
    'item 2',
  ) as Extract<ItemView, { restricted: false }>
  for (const to of ['scheduled', 'live']) view = await lead.post(`${path}/state`, { _v: view._v, to })
  for (const person of [lead, second, third]) await person.acceptStatement(view.conferenceId)
  return {
    caseId,
    conferenceId: view.conferenceId,
    generalItem,
    secretItem: secret.itemId,
    documents: {
      conference: documentNameOf({ kind: 'conference', conferenceId: view.conferenceId }),
      case: documentNameOf({ kind: 'case', caseId }),
      item: documentNameOf({ kind: 'item', itemId: secret.itemId }),
      actions: secret.actionDocument,
    },
  }
}

/** Types the conference's own canaries, which everybody in it may see. */
export async function typeIntoConference(meeting: CanaryMeeting, leader: Person): Promise<void> {
  const random = seededRandom(1)
  await edit(leader, meeting.documents.conference, doc => {
    notesOf(doc).push(paragraphsOf(CANARIES.notes.text))
    addProposal(doc, { id: newId(random), by: leader.userId, at: AT, text: CANARIES.proposal.text })
    addAction(doc, {
      id: newId<ActionId>(random),
      agencyId: agencyOf(leader),
      what: CANARIES.generalAction.text,
      by: leader.userId,
      at: AT,
      itemId: meeting.generalItem,
    })
  })
}

/** Types a canary into every field of item 2, of its action items and of its case, each by whose field it is. */
export async function typeIntoItem(meeting: CanaryMeeting, { lead, second, third }: Cleared): Promise<void> {
  const random = seededRandom(2)
  const { documents, secretItem, conferenceId } = meeting
  await edit(lead, documents.case, doc => summaryOf(doc).push(paragraphsOf(CANARIES.caseSummary.text)))
  await edit(lead, documents.item, doc => {
    presentationOf(doc).push(paragraphsOf(CANARIES.presentation.text))
    for (const need of ['health', 'economy', 'safety'] as const) setNeed(doc, need, true)
    opinionOf(doc, 'health', agencyOf(lead)).push(paragraphsOf(CANARIES.opinionOfLead.text))
    addDecision(doc, {
      id: newId<DecisionId>(random),
      kind: 'select_case_management',
      by: lead.userId,
      at: AT,
      text: CANARIES.decision.text,
      reason: CANARIES.decisionReason.text,
      condition: CANARIES.decisionCondition.text,
    })
  })
  await edit(second, documents.item, doc => {
    opinionOf(doc, 'economy', agencyOf(second)).push(paragraphsOf(CANARIES.opinionOfSecond.text))
    discussionOf(doc).push(paragraphsOf(CANARIES.discussion.text))
    const bold = new Y.XmlText()
    bold.insert(0, CANARIES.discussionMarked.text, { bold: {} })
    const paragraph = new Y.XmlElement('paragraph')
    paragraph.insert(0, [bold])
    discussionOf(doc).push([paragraph])
  })
  await edit(third, documents.item, doc =>
    opinionOf(doc, 'safety', agencyOf(third)).push(paragraphsOf(CANARIES.opinionOfThird.text)),
  )
  await edit(second, documents.actions, doc =>
    addAction(doc, {
      id: newId<ActionId>(random),
      agencyId: agencyOf(second),
      what: CANARIES.actionWhat.text,
      rule: CANARIES.actionRule.text,
      person: CANARIES.actionPerson.text,
      amount: CANARIES.actionAmount.value,
      by: second.userId,
      at: AT,
      itemId: secretItem,
      conferenceId,
    }),
  )
  await edit(lead, documents.actions, doc => must(actionsOf(doc)[0], 'the action item just made'))
  await commentOn(meeting, { lead, second }, random)
}

/** A question about words of the discussion, and its answer. */
async function commentOn(
  { documents, secretItem, conferenceId }: CanaryMeeting,
  { lead, second }: Pick<Cleared, 'lead' | 'second'>,
  random: SeededRandom,
): Promise<void> {
  const path = `/api/conferences/${conferenceId}/items/${secretItem}/comments`
  let about: CommentAnchor | undefined
  await edit(lead, documents.item, doc => {
    about = anchorOn(discussionOf(doc), 'discussion', { from: 0, to: 20 })
  })
  const { threads } = await lead.post<CommentsView>(path, {
    kind: 'question',
    about: must(about, 'words'),
    text: CANARIES.comment.text,
    asked: agencyOf(second),
    due: dayInSeoul(Date.now()),
    command: newId(random),
  })
  const reply = { kind: 'reply', threadId: must(threads[0], 'the question').threadId, command: newId(random) }
  await second.post(path, { ...reply, text: CANARIES.commentReply.text })
}

/** The leader puts item 2 first and gives it more time, as meetings do. */
export async function moveItems(meeting: CanaryMeeting, leader: Person): Promise<void> {
  await edit(leader, meeting.documents.conference, doc => {
    moveAgendaItem(doc, meeting.secretItem, 'first')
    setMinutes(doc, meeting.secretItem, 45)
  })
}

/** Takes the third agency off item 2. */
export async function withdrawThird(meeting: CanaryMeeting, { lead, second, unaccepted }: Cleared): Promise<void> {
  const path = `/api/conferences/${meeting.conferenceId}`
  const view = await lead.get<ConferenceView>(path)
  const item = view.items.find(one => one.itemId === meeting.secretItem)
  if (item === undefined || item.restricted) throw new Error('The leader does not see item 2')
  await lead.patch(`${path}/items/${item.itemId}`, {
    _v: item._v,
    agencies: [lead, second, ...(unaccepted ? [unaccepted] : [])].map(agencyOf),
  })
}

export async function closeMeeting(meeting: CanaryMeeting, leader: Person): Promise<void> {
  const path = `/api/conferences/${meeting.conferenceId}`
  const { _v } = await leader.get<ConferenceView>(path)
  await leader.post(`${path}/state`, { _v, to: 'closed' })
}

/** Opens a document, changes it, waits until that is stored, and leaves it again. */
export async function edit(person: Person, document: string, change: (doc: Y.Doc) => void): Promise<void> {
  const opened: OpenDocument = person.open(document)
  try {
    await opened.until('the document', state => state.line.phase === 'live' && state.loaded && state.mayWrite === true)
    change(opened.doc)
    await opened.stored()
  } finally {
    opened.close()
  }
}

const newId = <T extends string>(random: SeededRandom): T => idFromBytes<T>(random.bytes(16))
