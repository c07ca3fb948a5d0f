/**
 * Circulating, correcting, signing and sealing minutes. Every command looks at the record as it is, makes what it needs beside it, and then changes the
 * one record in one write that another version refuses (MINUTES.md MN10). What others read of it is announced with the write.
 */
import { canSignMinutes, participationOf } from '../../shared/access.ts'
import { must } from '../../shared/assert.ts'
import { documentNameOf } from '../../shared/documents/document-names.ts'
import { MINUTES_FORM, type SaidOfLeaf, type Seal, type SealedHow } from '../../shared/minutes/bundle.ts'
import { missingIn } from '../../shared/minutes/completeness.ts'
import { needsSigning } from '../../shared/minutes/signing.ts'
import { signaturesHash, signedSeal, signedSignature, slipHash } from '../../shared/minutes/tree.ts'
import type {
  ChangeMinutesBody,
  CirculateMinutesBody,
  CorrectMinutesBody,
  SealMinutesBody,
  SignMinutesBody,
} from '../../shared/protocol/minutes.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import { refuse } from '../conferences/admission.ts'
import { commit } from '../conferences/commit.ts'
import type { By } from '../conferences/ports.ts'
import type { MeetingRecords } from '../meetings/meeting-records.ts'
import { agencySignings, isObjected, isSignedByAll } from './agency-signings.ts'
import { composeMinutes } from './compose.ts'
import { dueAfter } from './due.ts'
import { draftEdition, versionEdition } from './editions.ts'
import { freeze, newSalt, saltBytes } from './freeze.ts'
import type { AdmittedMinutes } from './minutes-admission.ts'
import { itemOfLeaf, readableLeaves } from './minutes-readers.ts'
import { dueOf, type KeptMinutes } from './minutes-repository.ts'
import { type FrozenVersion, type KeptSignature, lastVersion, type MinutesState } from './minutes-state.ts'
import type { MinutesParts } from './ports.ts'

/** More than any table says; they lie in one record. */
const MOST_SIGNATURES = 1_000
const MOST_VERSIONS = 100

/** Adds what the meeting did not leave behind. */
export async function changeMinutes(
  parts: MinutesParts,
  by: By,
  { records, kept }: AdmittedMinutes,
  { _v, ...changes }: ChangeMinutesBody,
): Promise<KeptMinutes> {
  assertSeen(kept, _v)
  assertBeingWritten(kept.state)
  const { place, onPaper, remarks } = kept.state.supplement
  const supplement = {
    place: changes.place ?? place,
    onPaper: changes.onPaper ?? onPaper,
    remarks: changes.remarks ?? remarks,
  }
  return keep(parts, by, records, kept, 'minutes.change', { ...kept.state, supplement })
}

/** Freezes what the records hold as the next version, for all to read until the due date (MN3). */
export async function circulateMinutes(
  parts: MinutesParts,
  by: By,
  { records, kept }: AdmittedMinutes,
  { _v, workingDays = parts.minutesWorkingDays }: CirculateMinutesBody,
): Promise<KeptMinutes> {
  assertSeen(kept, _v)
  assertBeingWritten(kept.state)
  if (kept.state.versions.length >= MOST_VERSIONS) throw new Refusal('too-large', 'too-many-records')
  const { _id: conferenceId } = records.conference
  const composed = await composeMinutes(parts, conferenceId, kept.state.supplement)
  const [missing] = missingIn(draftEdition(conferenceId, composed))
  if (missing !== undefined) throw new Refusal('not-allowed', `minutes-incomplete-${missing.field}`)
  const now = parts.now()
  const frozenId = parts.newId<string>()
  const version = await freeze({ ...parts, conferenceId, frozenId }, composed, kept.state, {
    at: new Date(now).toISOString(),
    due: dueAfter(now, workingDays).toISOString(),
    workingDays,
    by: by.actor.userId,
    reason: kept.state.correcting?.reason ?? '',
  })
  const next: MinutesState = {
    ...kept.state,
    standing: 'circulated',
    versions: [...kept.state.versions, version],
    correcting: null,
  }
  return keep(parts, by, records, kept, 'minutes.circulate', next)
}

/** Opens the words again for who conducted the conference; what was circulated or sealed stays as it is (MN4). */
export async function correctMinutes(
  parts: MinutesParts,
  by: By,
  { records, kept }: AdmittedMinutes,
  { _v, reason }: CorrectMinutesBody,
): Promise<KeptMinutes> {
  assertSeen(kept, _v)
  const { standing } = kept.state
  if (standing !== 'circulated' && standing !== 'sealed') throw new Refusal('not-allowed', `minutes-${standing}`)
  const correcting = { reason, at: new Date(parts.now()).toISOString(), by: by.actor.userId }
  return keep(parts, by, records, kept, 'minutes.correct', { ...kept.state, standing: 'correcting', correcting })
}

/** For one's agency, on exactly what was shown, as far as one may open it (MN7). */
export async function signMinutes(
  parts: MinutesParts,
  by: By,
  { records, kept }: AdmittedMinutes,
  { head, kind, about, words }: SignMinutesBody,
): Promise<KeptMinutes> {
  const { conference, facts } = records
  const { _id: conferenceId } = conference
  const { state } = kept
  const version = lastVersion(state)
  if (state.standing !== 'circulated' || version === undefined)
    throw new Refusal('not-allowed', `minutes-${state.standing}`)
  if (version.hash !== head) throw new Refusal('conflict', 'minutes-changed')
  if (!canSignMinutes(by.actor, facts)) throw new Refusal('not-allowed', 'signs-for-no-agency')
  if (state.signatures.length >= MOST_SIGNATURES) throw new Refusal('too-large', 'too-many-records')
  if (kind === 'signed' && words !== '') throw new Refusal('bad-request', 'words-not-taken')
  if (kind !== 'signed' && words === '') throw new Refusal('bad-request', 'words-needed')
  const readable = readableLeaves(by.actor, records)
  const isListed = version.head.leaves.some(([key]) => key === about)
  if (!readable.has(about) || !isListed) {
    return refuse(parts, by, 'not-found', {
      object: documentNameOf({ kind: 'conference', conferenceId }),
      detail: 'leaf',
    })
  }
  const { agencyId } = must(participationOf(by.actor, facts), 'who may sign takes part')
  const signature = await makeSignature(parts, version, {
    agencyId,
    userId: by.actor.userId,
    kind,
    about,
    words,
    readable,
    after: state.signatures.at(-1)?.at,
  })
  const signatures = [...state.signatures, signature]
  const written = await keep(parts, by, records, kept, 'minutes.sign', { ...state, signatures }, kind)
  if (kind === 'objected') await proposeObjection(parts, records, signature)
  return written
}

async function makeSignature(
  parts: MinutesParts,
  { head, hash }: FrozenVersion,
  said: Pick<KeptSignature, 'agencyId' | 'userId' | 'kind'> & {
    about: SignMinutesBody['about']
    words: string
    readable: ReadonlySet<SignMinutesBody['about']>
    after: string | undefined
  },
): Promise<KeptSignature> {
  const { conferenceId, number: version, leaves } = head
  const signatureId = parts.newId<string>()
  const slips: string[] = []
  for (const [key, leafHash] of leaves) {
    const covered = said.readable.has(key)
    const salt = newSalt()
    const content: SaidOfLeaf = { covered, leafHash, words: key === said.about ? said.words : '' }
    slips.push(slipHash(conferenceId, `${signatureId}:${key}`, saltBytes(salt), content))
    await parts.minutes.put(conferenceId, { under: signatureId, key, value: { salt, content } })
  }
  const [person, agency] = await Promise.all([parts.people.person(said.userId), parts.people.agency(said.agencyId)])
  const salt = newSalt()
  const who = { agency: (agency?.name ?? '').normalize('NFC'), name: (person?.name ?? '').normalize('NFC') }
  const whoHash = slipHash(conferenceId, `${signatureId}:who`, saltBytes(salt), who)
  const plain = {
    signatureId,
    agencyId: said.agencyId,
    userId: said.userId,
    kind: said.kind,
    // They stand by time and then by id: two in one millisecond, or a clock set back, must not turn them around.
    at: laterThan(said.after, parts.now()),
    version,
    head: hash,
  }
  const asHashed = { ...plain, who: { hash: whoHash }, slips: slips.map(slip => ({ hash: slip })), signature: '' }
  return {
    ...plain,
    who: { hash: whoHash, salt, ...who },
    slips,
    covered: leaves.map(([key]) => key).filter(key => said.readable.has(key)),
    about: said.words === '' ? null : said.about,
    signature: parts.signer.sign(signedSignature(conferenceId, asHashed)),
  }
}

const laterThan = (before: string | undefined, now: number): string =>
  new Date(before === undefined ? now : Math.max(now, Date.parse(before) + 1)).toISOString()

/** Final, by who conducted the conference (MN6, MN9). Two at once make one seal: the second finds another version. */
export async function sealMinutes(
  parts: MinutesParts,
  by: By,
  { records, kept }: AdmittedMinutes,
  { _v, reason }: SealMinutesBody,
): Promise<KeptMinutes> {
  assertSeen(kept, _v)
  const { state } = kept
  if (state.standing !== 'circulated') throw new Refusal('not-allowed', `minutes-${state.standing}`)
  const how = await howSealable(parts, records, state)
  if (how === 'not-signed') throw new Refusal('not-allowed', 'minutes-not-signed')
  if (how === 'not-due') throw new Refusal('not-allowed', 'minutes-not-due')
  if (how === 'with_objections' && reason === '') throw new Refusal('bad-request', 'reason-needed')
  const sealed = await withSeal(parts, records, state, {
    how,
    reason: how === 'with_objections' ? reason : '',
    by: by.actor.userId,
  })
  return keep(parts, by, records, kept, 'minutes.seal', sealed, how)
}

/** How these minutes could become final now, or why they can't. */
export async function howSealable(
  parts: MinutesParts,
  records: MeetingRecords,
  state: MinutesState,
): Promise<SealedHow | 'not-due' | 'not-signed'> {
  const signings = await agencySignings(parts.people, records, state)
  if (isSignedByAll(signings, state)) return 'all_signed'
  const due = dueOf(state)
  const isDue = due !== null && due.getTime() <= parts.now()
  if (isObjected(signings)) {
    const asked = lastVersion(state)?.asked ?? []
    const waits = asked.some(agencyId => ['waiting', 'partly'].includes(signings.get(agencyId) ?? ''))
    if (needsSigning(records.conference.type) && waits) return 'not-signed'
    return isDue || !waits ? 'with_objections' : 'not-due'
  }
  if (needsSigning(records.conference.type)) return 'not-signed'
  return isDue ? 'no_objection' : 'not-due'
}

/** Those whose due date has passed without objection (MN6). How many became final; one that fails is tried again at the next look. */
export async function sealLapsed(
  parts: MinutesParts,
  admit: (conferenceId: AdmittedMinutes['records']['conference']['_id']) => Promise<AdmittedMinutes | undefined>,
): Promise<number> {
  let sealedNow = 0
  let failure: unknown
  for (const conferenceId of await parts.minutes.lapsed(new Date(parts.now()))) {
    try {
      const admitted = await admit(conferenceId)
      if (admitted !== undefined && (await sealIfLapsed(parts, admitted))) sealedNow++
    } catch (error) {
      failure = error
    }
  }
  // The others are final all the same.
  if (failure !== undefined) throw failure
  return sealedNow
}

async function sealIfLapsed(parts: MinutesParts, { records, kept }: AdmittedMinutes): Promise<boolean> {
  if (kept.state.standing !== 'circulated') return false
  const how = await howSealable(parts, records, kept.state)
  if (how !== 'no_objection' && how !== 'all_signed') return false
  const sealed = await withSeal(parts, records, kept.state, { how, reason: '', by: null })
  await keep(parts, NOBODY, records, kept, 'minutes.seal', sealed, how)
  return true
}

/** The service itself: nobody's press. */
const NOBODY = { actor: null, address: '' } as const

async function withSeal(
  parts: MinutesParts,
  { conference }: MeetingRecords,
  state: MinutesState,
  about: { how: SealedHow; reason: string; by: By['actor']['userId'] | null },
): Promise<MinutesState> {
  const { _id: conferenceId } = conference
  const version = must(lastVersion(state), 'a circulated version')
  const [missing] = missingIn(await versionEdition(parts.minutes, conferenceId, version))
  if (missing !== undefined) throw new Refusal('not-allowed', `minutes-incomplete-${missing.field}`)
  const { number } = version.head
  const salt = newSalt()
  const asHashed = state.signatures.map(one => ({
    ...one,
    who: { hash: one.who.hash },
    slips: one.slips.map(hash => ({ hash })),
  }))
  const seal: Seal = {
    form: MINUTES_FORM,
    conferenceId,
    number,
    head: version.hash,
    at: new Date(parts.now()).toISOString(),
    how: about.how,
    reason: slipHash(conferenceId, `seal:${number}`, saltBytes(salt), about.reason.normalize('NFC')),
    signatures: signaturesHash(conferenceId, asHashed),
  }
  const kept = {
    seal,
    signature: parts.signer.sign(signedSeal(seal)),
    reason: { salt, text: about.reason.normalize('NFC') },
    by: about.by,
  }
  return { ...state, standing: 'sealed', versions: [...state.versions.slice(0, -1), { ...version, seal: kept }] }
}

/** Each objection proposes itself once; at the start of the service what a stop left out is made up for. */
export async function finishMinutes(
  parts: MinutesParts,
  recordsOf: (conferenceId: AdmittedMinutes['records']['conference']['_id']) => Promise<MeetingRecords | undefined>,
): Promise<void> {
  for (const conferenceId of await parts.minutes.objected()) {
    const [records, { state }] = await Promise.all([recordsOf(conferenceId), parts.minutes.find(conferenceId)])
    if (records === undefined) continue
    for (const signature of state.signatures) {
      if (signature.kind === 'objected') await proposeObjection(parts, records, signature)
    }
  }
}

async function proposeObjection(
  { proposals }: Pick<MinutesParts, 'proposals'>,
  { conference, items }: MeetingRecords,
  { signatureId, about, agencyId, at }: KeptSignature,
): Promise<void> {
  const itemId = about === null ? null : itemOfLeaf(about)
  await proposals.propose({
    _id: signatureId,
    kind: 'objection',
    conferenceId: conference._id,
    hostAgencyId: conference.hostAgencyId,
    itemId,
    caseId: itemId === null ? null : (items.get(itemId)?.item.caseId ?? null),
    agencyId,
    at: new Date(at),
  })
}

function assertSeen({ version }: KeptMinutes, _v: number): void {
  if (version !== _v) throw new Refusal('conflict')
}

function assertBeingWritten({ standing }: MinutesState): void {
  if (standing !== 'draft' && standing !== 'correcting') throw new Refusal('not-allowed', `minutes-${standing}`)
}

/** The one write. Who may write in the items may be another from here on. */
async function keep(
  parts: MinutesParts,
  by: By | typeof NOBODY,
  { conference }: MeetingRecords,
  known: KeptMinutes,
  action: string,
  state: MinutesState,
  reason: string = state.standing,
): Promise<KeptMinutes> {
  const document = documentNameOf({ kind: 'conference', conferenceId: conference._id })
  const lapses = needsSigning(conference.type) ? null : dueOf(state)
  const about = {
    action,
    object: document,
    reason,
    write: () => parts.minutes.store(conference._id, known, state, lapses),
    announces: () => [`conference:${conference._id}` as const],
  }
  const written = by.actor === null ? await commitAlone(parts, about) : await commit(parts, by, about)
  parts.documents.notify(document, 'conference')
  return written
}

/** As `commit`, for what nobody pressed. */
async function commitAlone(
  { audit, changes }: MinutesParts,
  { action, object, reason, write, announces }: Omit<Parameters<typeof commit<KeptMinutes>>[2], 'subject'>,
): Promise<KeptMinutes> {
  await audit.record({ actor: null, address: '', action, object, outcome: 'ok', reason })
  const written = await write()
  changes.announce(announces())
  return written
}
