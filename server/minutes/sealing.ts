/**
 * When minutes are final, and making them so: by whoever conducted the conference, or by themselves once they are due (MINUTES.md MN6, MN9). The seal covers
 * the head and every signature as it stands then.
 */
import { must } from '../../shared/assert.ts'
import { MINUTES_FORM, type Seal, type SealedHow } from '../../shared/minutes/bundle.ts'
import { missingIn } from '../../shared/minutes/completeness.ts'
import { needsSigning } from '../../shared/minutes/signing.ts'
import { signaturesHash, signedSeal, slipHash } from '../../shared/minutes/tree.ts'
import type { SealMinutesBody } from '../../shared/protocol/minutes.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import type { By } from '../conferences/ports.ts'
import type { MeetingRecords } from '../meetings/meeting-records.ts'
import { agencySignings, isObjected, isSignedByAll } from './agency-signings.ts'
import { versionEdition } from './editions.ts'
import { newSalt, saltBytes } from './freeze.ts'
import { assertSeen, keep, NOBODY } from './keep.ts'
import type { AdmittedMinutes } from './minutes-admission.ts'
import { dueOf, type KeptMinutes } from './minutes-repository.ts'
import { lastVersion, type MinutesState } from './minutes-state.ts'
import type { MinutesParts } from './ports.ts'

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
