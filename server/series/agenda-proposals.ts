/** What a conference's agenda lacks, and putting it on: each proposal becomes an item under the rules of every item (SPEC AG3, AG4). */
import { type Proposal, proposedAgenda } from '../../shared/agenda/proposed-agenda.ts'
import { must } from '../../shared/assert.ts'
import { agendaOf } from '../../shared/documents/conference-document.ts'
import { documentNameOf } from '../../shared/documents/document-names.ts'
import type { ConferenceId, ItemId } from '../../shared/ids.ts'
import type { ProposalsView, ProposalView } from '../../shared/protocol/action-api.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import type { AdmittedConference } from '../conferences/admission.ts'
import { invitedAgenciesOf } from '../conferences/conference-commands.ts'
import { createItem } from '../conferences/item-commands.ts'
import type { By } from '../conferences/ports.ts'
import { type AgendaParts, type AgendaSources, readAgendaInput } from './agenda-input.ts'

/** The line's words in the document, which everybody invited reads. */
const REVIEW_LABEL = '지난 회의 조치사항 점검'
const OBJECTION_LABEL = '회의록 이의 확인'

export async function proposalsFor(parts: AgendaParts, by: By, admitted: AdmittedConference): Promise<ProposalsView> {
  const sources = await readAgendaInput(parts, by, admitted)
  const commentsOn = await earlierComments(parts, sources)
  const proposals = await Promise.all(
    proposedAgenda(sources.input).map(async one => ({
      ...(await viewOf(parts, sources, one)),
      comments: commentsOn(one),
    })),
  )
  const cases = new Set(proposals.flatMap(({ caseId }) => (caseId === null ? [] : [caseId])))
  await Promise.all(
    [...cases].map(caseId =>
      parts.audit.record({
        actor: by.actor.userId,
        sessionId: by.sessionId,
        address: by.address,
        action: 'agenda.propose',
        subject: caseId,
        object: documentNameOf({ kind: 'conference', conferenceId: admitted.conference._id }),
        outcome: 'ok',
      }),
    ),
  )
  return { proposals }
}

/** Puts those of the proposals that are still open on the agenda, in their order. What is on it already is left alone. */
export async function takeProposals(
  parts: AgendaParts,
  by: By,
  admitted: AdmittedConference,
  keys: readonly string[],
): Promise<void> {
  // In the running meeting items are added by who leads it, in the meeting's own order.
  if (admitted.conference.state === 'live') throw new Refusal('not-allowed', 'proposals-before-live')
  const sources = await readAgendaInput(parts, by, admitted)
  for (const proposal of proposedAgenda(sources.input)) {
    if (!keys.includes(proposal.key)) continue
    const { minutes, from, answers } = proposal
    // What another agency's conference deferred is heard here without being its continuation.
    const isOurs = from !== null && sources.conferenceOf.get(from)?.hostAgencyId === admitted.conference.hostAgencyId
    const common = { minutes, ...(isOurs && { retabledFrom: from }) }
    if (proposal.kind === 'case') {
      const file = must(sources.cases.get(must(proposal.caseId, 'the case')), 'a case that may be proposed')
      const invited = invitedAgenciesOf(admitted.conference)
      const agencies = file.agencies.map(agency => agency.agencyId).filter(id => invited.includes(id))
      await createItem(parts, by, admitted, { ...common, kind: 'case', caseId: file._id, agencies }, { answers })
    } else {
      const { label } = await viewOf(parts, sources, proposal)
      const isReview = proposal.kind === 'review'
      await createItem(parts, by, admitted, { ...common, kind: 'general', label }, { answers, isReview })
    }
  }
}

/** How many comments stand unresolved in the earlier items that a proposal continues: those about its case, or the one that it takes up again. */
async function earlierComments(
  parts: AgendaParts,
  { input: { conference, tablings } }: AgendaSources,
): Promise<(proposal: Proposal) => number> {
  const earlier = tablings.filter(
    one => one.conferenceId !== conference.conferenceId && one.startsAt < conference.startsAt,
  )
  const open = await parts.comments?.openIn(earlier.map(one => one.itemId))
  return ({ caseId, from }) =>
    earlier
      .filter(one => (caseId === null ? one.itemId === from : one.caseId === caseId))
      .reduce((sum, one) => sum + (open?.get(one.itemId)?.open ?? 0), 0)
}

async function viewOf(
  parts: AgendaParts,
  sources: AgendaSources,
  proposal: Proposal,
): Promise<Omit<ProposalView, 'comments'>> {
  if (proposal.caseId !== null) {
    const file = sources.cases.get(proposal.caseId)
    return { ...proposal, label: file?.label ?? '', number: file?.number ?? '' }
  }
  if (proposal.kind === 'review') return { ...proposal, label: REVIEW_LABEL, number: '' }
  const held = proposal.from === null ? undefined : sources.conferenceOf.get(proposal.from)
  const label = proposal.from === null || held === undefined ? undefined : await labelOf(parts, held._id, proposal.from)
  return { ...proposal, label: label || OBJECTION_LABEL, number: '' }
}

async function labelOf(parts: AgendaParts, conferenceId: ConferenceId, itemId: ItemId): Promise<string | undefined> {
  const document = documentNameOf({ kind: 'conference', conferenceId })
  return parts.documents.read(document, doc => agendaOf(doc).find(line => line.id === itemId)?.label)
}
