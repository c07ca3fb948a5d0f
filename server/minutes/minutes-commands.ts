/**
 * Circulating, correcting and signing minutes (sealing: `sealing.ts`). Every command looks at the record as it is, makes what it needs beside it, and then changes the
 * one record in one write that another version refuses (MINUTES.md MN10). What others read of it is announced with the write.
 */
import { canSignMinutes, participationOf } from '../../shared/access.ts'
import { must } from '../../shared/assert.ts'
import { documentNameOf } from '../../shared/documents/document-names.ts'
import type { SaidOfLeaf } from '../../shared/minutes/bundle.ts'
import { missingIn } from '../../shared/minutes/completeness.ts'
import { signedSignature, slipHash } from '../../shared/minutes/tree.ts'
import type {
  ChangeMinutesBody,
  CirculateMinutesBody,
  CorrectMinutesBody,
  SignMinutesBody,
} from '../../shared/protocol/minutes.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import { refuse } from '../conferences/admission.ts'
import type { By } from '../conferences/ports.ts'
import { composeMinutes } from './compose.ts'
import { dueAfter } from './due.ts'
import { draftEdition } from './editions.ts'
import { freeze, newSalt, saltBytes } from './freeze.ts'
import { assertSeen, keep } from './keep.ts'
import { codesOfVersion } from './labels.ts'
import type { AdmittedMinutes } from './minutes-admission.ts'
import { readableLeaves } from './minutes-readers.ts'
import type { KeptMinutes } from './minutes-repository.ts'
import { type FrozenVersion, type KeptSignature, lastVersion, type MinutesState } from './minutes-state.ts'
import { proposeObjection } from './objections.ts'
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
    codes: codesOfVersion(await parts.codeSets.now()),
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

function assertBeingWritten({ standing }: MinutesState): void {
  if (standing !== 'draft' && standing !== 'correcting') throw new Refusal('not-allowed', `minutes-${standing}`)
}
