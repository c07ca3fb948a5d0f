/** Writing, sending and answering a referral: everything is refused before anything is written, then one single-document write (REFERRALS.md). */
import { must } from '../../shared/assert.ts'
import { documentNameOf } from '../../shared/documents/document-names.ts'
import { findResidentNumbers } from '../../shared/identifiers/resident-number.ts'
import type { PrintId, ReferralId } from '../../shared/ids.ts'
import type {
  ChangeReferralBody,
  CreateReferralsBody,
  MoveReferralBody,
  PrintReferralBody,
  ReferralPrintView,
} from '../../shared/protocol/referrals.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import { fieldsInOrder, givenOf, showsSensitive, textsOf } from '../../shared/referrals/referral-content.ts'
import { groundRefused } from '../../shared/referrals/referral-grounds.ts'
import { isOfReceiver, lackingIn, mayMoveReferral, statusAfter } from '../../shared/referrals/referral-moves.ts'
import { dayInSeoul } from '../../shared/working-days.ts'
import { assertOffered, type CodeSetsNow, versionsOf } from '../code-sets/code-sets.ts'
import { refuse } from '../conferences/admission.ts'
import { commit } from '../conferences/commit.ts'
import type { By } from '../conferences/ports.ts'
import { assertActiveAgencies, assertDistinct } from '../conferences/staff.ts'
import { assertMayTakeOut, assertNotSuspended } from '../subject-requests/suspensions.ts'
import type { ReferralParts } from './ports.ts'
import { type AdmittedReferral, type AdmittedReferrer, referralObject } from './referral-admission.ts'
import type { ReferralChange } from './referral-repository.ts'

/** One draft for each receiver (RF12). Sent again with its command, those that are there stay (RF13). */
export async function createReferrals(
  parts: ReferralParts,
  by: By,
  { file, agencyId }: AdmittedReferrer,
  { command, to, service, draft }: CreateReferralsBody,
): Promise<void> {
  assertNoResidentNumber(textsOf(draft))
  assertDistinct(to, 'agency-twice')
  if (to.includes(agencyId)) throw new Refusal('bad-request', 'referral-to-self')
  await assertNotSuspended(parts, by, file._id)
  await assertActiveAgencies(parts.people, to, 'unknown-agency')
  const codeSets = await parts.codeSets.now()
  assertOffered(codeSets, [['service', service]])
  for (const toAgencyId of to) {
    const referralId = parts.newId<ReferralId>()
    await commit(parts, by, {
      action: 'referral.write',
      subject: file._id,
      object: referralObject(referralId),
      write: () =>
        parts.referrals.insert({
          _id: referralId,
          caseId: file._id,
          fromAgencyId: agencyId,
          toAgencyId,
          service,
          codes: codesOf(codeSets),
          command,
          createdBy: by.actor.userId,
          createdAt: new Date(parts.now()),
          draft,
        }),
      announces: () => [],
    })
  }
  tellCase(parts, file._id)
}

/** @throws Refusal `conflict` for another version, `not-allowed` for one that is no draft any more or is another agency's */
export async function changeReferral(
  parts: ReferralParts,
  by: By,
  { referral, relation }: AdmittedReferral,
  { _v, service, draft }: ChangeReferralBody,
): Promise<void> {
  if (!relation.sends || referral.status !== 'draft') {
    await refuse(parts, by, 'not-allowed', about(referral, 'referral-no-such-move'))
  }
  if (referral._v !== _v) throw new Refusal('conflict')
  assertNoResidentNumber(textsOf(draft))
  const codeSets = await parts.codeSets.now()
  assertOffered(codeSets, [['service', service]], [referral.service])
  await commit(parts, by, {
    action: 'referral.write',
    subject: referral.caseId,
    object: referralObject(referral._id),
    write: () => parts.referrals.changeDraft(referral, { service, codes: codesOf(codeSets), draft }),
    announces: () => [],
  })
  tellCase(parts, referral.caseId)
}

/** @throws Refusal `conflict` for another version, `not-allowed` for a move that the table does not hold, `bad-request` for one that lacks something */
export async function moveReferral(
  parts: ReferralParts,
  by: By,
  { referral, relation }: AdmittedReferral,
  body: MoveReferralBody,
): Promise<void> {
  const { move, note } = body
  if (referral._v !== body._v) throw new Refusal('conflict')
  if (!mayMoveReferral(referral.status, relation, move)) {
    await refuse(parts, by, 'not-allowed', about(referral, 'referral-no-such-move'))
  }
  const lacking = lackingIn(move, body)
  if (lacking !== undefined) throw new Refusal('bad-request', lacking)
  assertNoResidentNumber([note, body.ground?.words ?? ''])
  const codeSets = await parts.codeSets.now()
  if (move === 'decline') assertOffered(codeSets, [['decline_reason', body.declined ?? '']])
  const now = parts.now()
  if (move === 'ask' && wasAskedOn(referral, dayInSeoul(now))) throw new Refusal('conflict', 'referral-asked-today')
  // Asking again and answering go on; what was sent already may be revoked.
  if (move === 'send') await assertNotSuspended(parts, by, referral.caseId)
  const sent = move === 'send' ? await sendingOf(parts, by, referral, body) : undefined
  const step: ReferralChange['step'] = {
    at: new Date(now),
    by: by.actor.userId,
    agencyId: isOfReceiver(move) ? referral.toAgencyId : referral.fromAgencyId,
    move,
    status: statusAfter(referral.status, move),
    declined: move === 'decline' ? (body.declined ?? '') : '',
    plannedOn: move === 'accept' ? (body.plannedOn ?? '') : '',
    note,
    ...(move === 'decline' && { codes: versionsOf(codeSets, ['decline_reason']) }),
  }
  await commit(parts, by, {
    action: 'referral.move',
    subject: referral.caseId,
    object: referralObject(referral._id),
    reason: move,
    write: () =>
      move === 'discard'
        ? parts.referrals.discard(referral)
        : parts.referrals.move(referral, { step, ...(sent && { sent }) }),
    announces: () => [],
  })
  if (move === 'revoke') await parts.endDisclosure(referral._id)
  await parts.onMoved({
    referralId: referral._id,
    toAgencyId: referral.toAgencyId,
    move,
    step: referral.steps.length,
    by: by.actor.userId,
    senders: [referral.createdBy, ...referral.steps.filter(one => !isOfReceiver(one.move)).map(one => one.by)],
  })
  tellCase(parts, referral.caseId)
  await tellItems(parts, referral.caseId)
}

/** Of the sets that a referral's content speaks in. */
const codesOf = (codeSets: CodeSetsNow) => versionsOf(codeSets, ['service', 'need_domain'])

/** What leaves the house and on what ground; its row in the disclosure register stands before it does (RF3, RF4, RF6). */
async function sendingOf(
  parts: ReferralParts,
  by: By,
  referral: AdmittedReferral['referral'],
  { ground: entered }: MoveReferralBody,
): Promise<NonNullable<ReferralChange['sent']>> {
  const [draft, basis, receiver] = await Promise.all([
    parts.referrals.draftOf(referral._id),
    parts.basisFor(referral.caseId, referral.toAgencyId),
    parts.people.agency(referral.toAgencyId),
  ])
  if (draft === undefined) throw new Refusal('conflict')
  if (receiver?.active !== true) throw new Refusal('bad-request', 'unknown-agency')
  const given = givenOf(draft)
  const refused = groundRefused(basis, entered, { isPublic: receiver.public }, showsSensitive(given))
  if (refused !== undefined) return refuse(parts, by, 'not-allowed', about(referral, refused))
  const ground: NonNullable<ReferralChange['sent']>['ground'] =
    entered !== undefined
      ? { of: 'entered', ground: entered.ground, sensitive: entered.sensitive }
      : { of: 'basis', kind: must(basis, 'a basis').kind, until: must(basis, 'a basis').until }
  await parts.registerDisclosure({
    caseId: referral.caseId,
    referralId: referral._id,
    giver: referral.fromAgencyId,
    receiver: referral.toAgencyId,
    by: by.actor.userId,
    purpose: given.request,
    basis: must(entered?.ground ?? basis?.kind, 'a ground'),
    basisWords: entered?.words ?? '',
    items: fieldsInOrder.filter(field => given.fields[field] !== undefined),
    needs: given.needs.length > 0,
  })
  return { ground, groundWords: entered?.words ?? '', given, codes: codesOf(await parts.codeSets.now()) }
}

/** RF16. */
export async function printReferral(
  parts: ReferralParts,
  by: By,
  { referral, relation, file }: AdmittedReferral,
  { purpose, what }: PrintReferralBody,
): Promise<ReferralPrintView> {
  assertNoResidentNumber([purpose])
  // Who only takes it knows nothing of the case, and so not this of it either.
  if (relation.reads) await assertMayTakeOut(parts, by, file)
  const printId = parts.newId<PrintId>()
  const at = new Date(parts.now())
  await commit(parts, by, {
    action: 'referral.print',
    subject: referral.caseId,
    object: referralObject(referral._id),
    reason: what,
    write: () =>
      parts.referrals.addPrint({
        _id: printId,
        referralId: referral._id,
        caseId: referral.caseId,
        what,
        by: by.actor.userId,
        at,
        purpose,
      }),
    announces: () => [],
  })
  return { printId, at: at.toISOString() }
}

/** RF15, and the same of everything that is typed about help. @throws Refusal `bad-request` */
export function assertNoResidentNumber(texts: readonly string[]): void {
  if (texts.some(text => findResidentNumbers(text).length > 0)) throw new Refusal('bad-request', 'resident-number')
}

const wasAskedOn = ({ steps }: AdmittedReferral['referral'], today: string): boolean =>
  steps.some(step => step.move === 'ask' && dayInSeoul(step.at) === today)

const about = ({ _id, caseId }: AdmittedReferral['referral'], detail: string) => ({
  subject: caseId,
  object: referralObject(_id),
  detail,
})

/** Who has the case open sees that something is new; it carries no content. */
function tellCase(parts: ReferralParts, caseId: AdmittedReferral['referral']['caseId']): void {
  parts.documents.notify(`case.${caseId}`, 'case')
}

/** Who sits where the case is heard looks again at what came of it (RF17). */
async function tellItems(parts: ReferralParts, caseId: AdmittedReferral['referral']['caseId']): Promise<void> {
  for (const { _id } of await parts.items.ofCases([caseId])) {
    parts.documents.notify(documentNameOf({ kind: 'item', itemId: _id }), 'item')
  }
}
