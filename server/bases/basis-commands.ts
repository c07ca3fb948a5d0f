/**
 * Entering, approving, looking again at, withdrawing and ending what lets agencies know of a case. Each is one write of the case's bases, compared by
 * version; what it gives stands in the disclosure register before anybody can see anything, and what it takes is announced in the same turn (BASES.md).
 */
import { canChangeCase } from '../../shared/access.ts'
import { must } from '../../shared/assert.ts'
import { groundsOf } from '../../shared/bases/bases.ts'
import { documentNameOf } from '../../shared/documents/document-names.ts'
import type { AgencyId, BasisId } from '../../shared/ids.ts'
import type { BasisBody, BasisWords, ConsentBody, EndBasisBody } from '../../shared/protocol/bases.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import { dayInSeoul } from '../../shared/working-days.ts'
import { type AdmittedCase, refuse } from '../conferences/admission.ts'
import { leadAgencyOf } from '../conferences/case-commands.ts'
import { commit } from '../conferences/commit.ts'
import { movedBetween, namedAgencies } from '../conferences/moved-access.ts'
import type { By, ConferenceParts, DirectoryAgency } from '../conferences/ports.ts'
import { assertNotSuspended } from '../subject-requests/suspensions.ts'
import { agreementEnds, isInForce } from './agreement-repository.ts'
import { type BasesOfCase, type Basis, type NamedReceiver, stillNamed } from './basis-repository.ts'
import { assertFits, assertReview, disclosureFields, type ReadPaper, readBasis, readConsent } from './basis-words.ts'

/** Nobody reads more than that of one case. */
const BASES_MAX = 200

export const enterConsent = (parts: ConferenceParts, by: By, admitted: AdmittedCase, body: ConsentBody) =>
  enter(parts, by, admitted, body, today => readConsent(body, today))

export const enterBasis = (parts: ConferenceParts, by: By, admitted: AdmittedCase, body: BasisBody) =>
  enter(parts, by, admitted, body, today => readBasis(body, today))

/** Sent again with its command it is entered once (BS12). */
async function enter(
  parts: ConferenceParts,
  by: By,
  { file }: AdmittedCase,
  body: Pick<ConsentBody, '_v' | 'command' | 'receivers' | 'agreementId'>,
  read: (today: string) => ReadPaper,
): Promise<void> {
  const known = await parts.bases.find(file._id)
  if (known.bases.some(one => one.command === body.command && one.enteredBy === by.actor.userId)) return
  if (body._v !== known._v) throw new Refusal('conflict')
  await assertNotSuspended(parts, by, file._id)
  if (known.bases.length >= BASES_MAX) throw new Refusal('too-large', 'bases-full')
  const today = dayInSeoul(parts.now())
  const { facts, refused, givenOn, words } = read(today)
  const lead = leadAgencyOf(file)
  const receivers = await receiversOf(parts, body.receivers)
  assertFits(facts.basis, receivers)
  await assertAgreement(parts, { ...body, ...facts }, lead, today)
  const basisId = parts.newId<BasisId>()
  const entered: Basis = {
    ...facts,
    basisId,
    receivers: receivers.map(({ agencyId }) => ({ agencyId, end: null })),
    refused,
    givenOn,
    approvedBy: null,
    approvedAt: null,
    agreementId: body.agreementId,
    enteredBy: by.actor.userId,
    enteredAt: new Date(parts.now()),
    command: body.command,
  }
  await parts.bases.writeWords(file._id, basisId, words)
  try {
    await change(parts, by, { file, known }, [...known.bases, entered], {
      action: 'basis.enter',
      reason: facts.basis,
      giving: { one: entered, words },
    })
  } catch (error) {
    if (error instanceof Refusal) await parts.bases.dropWords(basisId)
    throw error
  }
}

/** A second worker of the lead agency says that it is so (BS11). */
export async function approveBasis(
  parts: ConferenceParts,
  by: By,
  { file }: AdmittedCase,
  basisId: BasisId,
  { _v }: { _v: number },
): Promise<void> {
  const known = await knownAt(parts, file._id, _v)
  const one = basisIn(known, basisId)
  if (!isWaiting(one)) throw new Refusal('bad-request', 'basis-not-waiting')
  if (one.enteredBy === by.actor.userId) {
    return refuse(parts, by, 'not-allowed', { ...objectOf(file._id), detail: 'basis-own-entry' })
  }
  await assertNotSuspended(parts, by, file._id)
  const approved = { ...one, approvedBy: by.actor.userId, approvedAt: new Date(parts.now()) }
  const words = must((await parts.bases.words(file._id)).get(basisId), 'the words of a basis')
  await change(parts, by, { file, known }, replaced(known, approved), {
    action: 'basis.approve',
    reason: one.basis,
    giving: { one: approved, words },
  })
}

/** It was looked at again and holds on until another day. */
export async function reviewBasis(
  parts: ConferenceParts,
  by: By,
  { file }: AdmittedCase,
  basisId: BasisId,
  { _v, reviewOn }: { _v: number; reviewOn: string },
): Promise<void> {
  const known = await knownAt(parts, file._id, _v)
  const one = basisIn(known, basisId)
  if (one.reviewOn === null || stillNamed(one).length === 0) throw new Refusal('bad-request', 'basis-review-not-asked')
  assertReview(reviewOn, dayInSeoul(parts.now()))
  await assertNotSuspended(parts, by, file._id)
  const reason = reviewOn
  await change(parts, by, { file, known }, replaced(known, { ...one, reviewOn }), { action: 'basis.review', reason })
}

/** Withdrawn by the client, or ended: for some of the agencies that it names or for all (BS4). */
export async function endBasis(
  parts: ConferenceParts,
  by: By,
  { file }: AdmittedCase,
  basisId: BasisId,
  { _v, agencies, why }: EndBasisBody,
): Promise<void> {
  const known = await knownAt(parts, file._id, _v)
  const one = basisIn(known, basisId)
  const named = stillNamed(one)
  if (agencies.some(agencyId => !named.includes(agencyId))) throw new Refusal('bad-request', 'basis-not-named')
  const ending = agencies.length === 0 ? named : agencies
  const ended = withEnd(one, ending, { why, by: by.actor.userId }, parts.now())
  await change(parts, by, { file, known }, replaced(known, ended), {
    action: why === 'withdrawn' ? 'basis.withdraw' : 'basis.end',
    reason: one.basis,
  })
}

/** Whether the case holds sensitive information (BS7). */
export async function markSensitive(
  parts: ConferenceParts,
  by: By,
  { file }: AdmittedCase,
  { _v, sensitive }: { _v: number; sensitive: boolean },
): Promise<void> {
  const known = await knownAt(parts, file._id, _v)
  if (known.sensitive === sensitive) return
  // Without the mark a basis opens the case that did not before.
  if (!sensitive) await assertNotSuspended(parts, by, file._id)
  await change(parts, by, { file, known: { ...known, sensitive } }, known.bases, {
    action: 'basis.mark',
    reason: sensitive ? 'sensitive' : 'not-sensitive',
    wasSensitive: known.sensitive,
  })
}

export const isWaiting = ({ basis, approvedBy, ...one }: Basis): boolean =>
  (basis === 'urgent_interest' || basis === 'public_safety') && approvedBy === null && stillNamed(one).length > 0

export const mayApprove = (by: By, { facts }: Pick<AdmittedCase, 'facts'>, one: Basis): boolean =>
  isWaiting(one) && one.enteredBy !== by.actor.userId && canChangeCase(by.actor, facts)

/** With the mark that it is over for these agencies. */
export function withEnd(
  one: Basis,
  agencies: readonly AgencyId[],
  { why, by }: Pick<NonNullable<NamedReceiver['end']>, 'why' | 'by'>,
  now: number,
): Basis {
  const end = { why, by, on: dayInSeoul(now), at: new Date(now) }
  return {
    ...one,
    receivers: one.receivers.map(receiver =>
      receiver.end === null && agencies.includes(receiver.agencyId) ? { ...receiver, end } : receiver,
    ),
  }
}

interface Changing {
  action: string
  reason: string
  wasSensitive?: boolean
  /** What gives something by it. */
  giving?: { one: Basis; words: BasisWords }
}

/**
 * The order that every change keeps: the register's rows of what it gives, the record of access with each agency that gains or loses, the write, the
 * announcement; then the register's marks of what is over. Left half done, the register says more than was given, never less.
 */
async function change(
  parts: ConferenceParts,
  by: By,
  { file, known }: { file: AdmittedCase['file']; known: BasesOfCase },
  bases: readonly Basis[],
  { action, reason, wasSensitive = known.sensitive, giving }: Changing,
): Promise<void> {
  const today = dayInSeoul(parts.now())
  const before = groundsOf({ sensitive: wasSensitive, bases: known.bases }, today).open
  const after = groundsOf({ sensitive: known.sensitive, bases }, today).open
  if (giving) await registerGiven(parts, by, file, giving)
  const object = documentNameOf({ kind: 'case', caseId: file._id })
  await commit(parts, by, {
    action,
    subject: file._id,
    object,
    reason,
    ...movedBetween(namedAgencies(before), namedAgencies(after)),
    write: () => parts.bases.put(known, { sensitive: known.sensitive, bases }, today),
    announces: () => [`case:${file._id}`],
  })
  // Only what this change ended: the marks of earlier ones stand.
  await registerEnded(parts, newlyEnded(known.bases, bases))
  await tellRooms(parts, file._id)
}

const newlyEnded = (before: readonly Basis[], after: readonly Basis[]): Basis[] =>
  after.filter(one => {
    const was = before.find(({ basisId }) => basisId === one.basisId)
    return was !== undefined && stillNamed(was).length > stillNamed(one).length
  })

/** Who looks at the case, or sits where an item about it is, looks again at who may open it. Says of the item no more than that something changed. */
export async function tellRooms(
  parts: Pick<ConferenceParts, 'items' | 'documents'>,
  caseId: AdmittedCase['file']['_id'],
): Promise<void> {
  parts.documents.notify(documentNameOf({ kind: 'case', caseId }), 'case')
  for (const { _id: itemId, conferenceId } of await parts.items.ofCases([caseId])) {
    parts.documents.notify(documentNameOf({ kind: 'conference', conferenceId }), 'conference')
    parts.documents.notify(documentNameOf({ kind: 'item', itemId }), 'item')
  }
}

export const disclosureId = (basisId: BasisId, agencyId: AgencyId) => `${basisId}.${agencyId}`

/** One row for each agency that something is given to: not while it waits, and not where it was refused. */
async function registerGiven(
  parts: ConferenceParts,
  by: By,
  file: AdmittedCase['file'],
  { one, words }: NonNullable<Changing['giving']>,
): Promise<void> {
  if (isWaiting(one) || isRefused(one)) return
  for (const agencyId of stillNamed(one)) {
    const agency = await parts.people.agency(agencyId)
    await parts.disclosures.add({
      _id: disclosureId(one.basisId, agencyId),
      caseId: file._id,
      giver: leadAgencyOf(file),
      receiver: agencyId,
      basis: one.basis,
      source: 'basis',
      at: new Date(parts.now()),
      by: by.actor.userId,
      endedOn: null,
      fields: disclosureFields(one, words, agency?.name ?? ''),
    })
  }
}

const isRefused = ({ basis, given }: Basis): boolean =>
  (basis === 'consent' && !given.includes('third_party')) ||
  (basis === 'separate_consent_other_purpose' && !given.includes('other_purpose'))

/** Marks the rows of what is over. */
export async function registerEnded(parts: Pick<ConferenceParts, 'disclosures'>, bases: readonly Basis[]) {
  for (const { basisId, receivers } of bases) {
    for (const { agencyId, end } of receivers) {
      if (end !== null) await parts.disclosures.end(disclosureId(basisId, agencyId), end.on)
    }
  }
}

/** @throws Refusal `bad-request` */
async function receiversOf(parts: ConferenceParts, asked: readonly AgencyId[]): Promise<DirectoryAgency[]> {
  if (new Set(asked).size !== asked.length) throw new Refusal('bad-request', 'agency-twice')
  const found = await Promise.all(asked.map(agencyId => parts.people.agency(agencyId)))
  return found.map(agency => {
    if (!agency?.active) throw new Refusal('bad-request', 'unknown-agency')
    return agency
  })
}

/** An agreement that is named is in force, covers the receivers and lasts as long (BS14). @throws Refusal `bad-request` */
async function assertAgreement(
  parts: ConferenceParts,
  { agreementId, receivers, until }: Pick<BasisBody, 'agreementId' | 'receivers' | 'until'>,
  lead: AgencyId,
  today: string,
): Promise<void> {
  if (agreementId === null) return
  const agreement = await parts.agreements.find(agreementId)
  if (agreement === undefined || !agreement.parties.includes(lead) || !isInForce(agreement, today)) {
    throw new Refusal('bad-request', 'agreement-unknown')
  }
  if (receivers.some(agencyId => !agreement.parties.includes(agencyId))) {
    throw new Refusal('bad-request', 'agreement-party')
  }
  const last = agreementEnds(agreement)
  if (last !== undefined && (until === null || until > last)) throw new Refusal('bad-request', 'agreement-shorter')
}

async function knownAt(parts: ConferenceParts, caseId: AdmittedCase['file']['_id'], _v: number): Promise<BasesOfCase> {
  const known = await parts.bases.find(caseId)
  if (known._v !== _v) throw new Refusal('conflict')
  return known
}

/** @throws Refusal `not-found` for one of another case */
function basisIn({ bases }: BasesOfCase, basisId: BasisId): Basis {
  const one = bases.find(basis => basis.basisId === basisId)
  if (one === undefined) throw new Refusal('not-found')
  return one
}

const replaced = ({ bases }: BasesOfCase, by: Basis): Basis[] =>
  bases.map(one => (one.basisId === by.basisId ? by : one))

const objectOf = (caseId: AdmittedCase['file']['_id']) => ({
  subject: caseId,
  object: documentNameOf({ kind: 'case', caseId }),
})
