/** Minutes as one person reads them. Every leaf that is shown is on record before it leaves (MINUTES.md MN2). */
import { canConductMinutes, canSignMinutes, needsStatement } from '../../shared/access.ts'
import { must } from '../../shared/assert.ts'
import { documentNameOf } from '../../shared/documents/document-names.ts'
import type { ConferenceId } from '../../shared/ids.ts'
import type { MinutesBundle } from '../../shared/minutes/bundle.ts'
import { type MissingField, missingIn } from '../../shared/minutes/completeness.ts'
import { changesBetween, type PartChange } from '../../shared/minutes/differences.ts'
import type { MinutesLabels } from '../../shared/minutes/minutes-labels.ts'
import type { LeafKey, MinutesEdition } from '../../shared/minutes/minutes-record.ts'
import { needsSigning } from '../../shared/minutes/signing.ts'
import type { AgencySigningView, MinutesView, SaidView, VersionView } from '../../shared/protocol/minutes.ts'
import { refuse } from '../conferences/admission.ts'
import type { By } from '../conferences/ports.ts'
import type { MeetingRecords } from '../meetings/meeting-records.ts'
import { agencySignings } from './agency-signings.ts'
import { type BundleOptions, bundleOf, openedSlips } from './bundles.ts'
import { composeMinutes } from './compose.ts'
import { draftEdition, leavesShown, versionEdition } from './editions.ts'
import { codesOfVersion, labelsAt } from './labels.ts'
import type { AdmittedMinutes } from './minutes-admission.ts'
import { itemOfLeaf, readableLeaves, recordReading } from './minutes-readers.ts'
import { type FrozenVersion, lastVersion, type MinutesState } from './minutes-state.ts'
import { createNames, type Names } from './names.ts'
import type { MinutesParts } from './ports.ts'
import { howSealable } from './sealing.ts'

/** @param number which version; left out: the draft where there is one, otherwise the latest */
export async function openMinutes(
  parts: MinutesParts,
  by: By,
  admitted: AdmittedMinutes,
  number?: number,
): Promise<MinutesView> {
  const { records, kept } = admitted
  const { state } = kept
  const { conference, facts } = records
  const names = createNames(parts.people)
  const readable = readableLeaves(by.actor, records)
  const conducts = canConductMinutes(by.actor, facts)
  const { edition, changes, missing } = await shownEdition(parts, by, admitted, readable, number)
  const isOpen = state.standing === 'draft' || state.standing === 'correcting'
  const how = state.standing === 'circulated' ? await howSealable(parts, records, state) : 'not-due'
  const maySeal = conducts && how !== 'not-due' && how !== 'not-signed'
  return {
    conferenceId: conference._id,
    type: conference.type,
    title: conference.title,
    standing: state.standing,
    _v: kept.version,
    edition,
    labels: await labelsOf(parts, state, edition.version),
    versions: await Promise.all(state.versions.map(version => versionView(version, names))),
    changes,
    missing: conducts ? missing : [],
    agencies: await agencyViews(parts, records, state),
    said: await saidViews(parts, conference._id, state, readable),
    needsSigning: needsSigning(conference.type),
    workingDays: parts.minutesWorkingDays,
    supplement: state.supplement,
    correcting: state.correcting && { ...state.correcting, by: await names.person(state.correcting.by) },
    may: {
      change: conducts && isOpen,
      circulate: conducts && isOpen,
      correct: conducts && (state.standing === 'circulated' || state.standing === 'sealed'),
      sign: state.standing === 'circulated' && canSignMinutes(by.actor, facts) && !needsStatement(by.actor, facts),
      seal: maySeal,
      sealWithReason: maySeal && how === 'with_objections',
    },
    needsStatement: needsStatement(by.actor, facts),
  }
}

/** Of the draft as things are called now; of a version as they were called when it was made. */
async function labelsOf(parts: MinutesParts, { versions }: MinutesState, number: number): Promise<MinutesLabels> {
  const now = await parts.codeSets.now()
  const version = versions[number - 1]
  return labelsAt(now, version === undefined ? codesOfVersion(now) : version.codes)
}

/** For exports: what the person may read of a version, recorded under the action that is named. */
export async function editionFor(
  parts: MinutesParts,
  by: By,
  admitted: AdmittedMinutes,
  options: { number?: number | undefined; action?: `minutes.${string}` } = {},
): Promise<MinutesEdition> {
  const readable = readableLeaves(by.actor, admitted.records)
  return (await shownEdition(parts, by, admitted, readable, options.number, options.action)).edition
}

/** For exports: a version with everything to check it by. Of a draft there is none. @throws Refusal `not-found` */
export async function bundleFor(
  parts: MinutesParts,
  by: By,
  { records, kept }: AdmittedMinutes,
  options: { number?: number | undefined } & Pick<BundleOptions, 'shows' | 'hidesNames'> = {},
): Promise<MinutesBundle> {
  const { _id: conferenceId } = records.conference
  const { number = kept.state.versions.length, ...cut } = options
  const version = kept.state.versions[number - 1]
  if (version === undefined) return refuseVersion(parts, by, conferenceId)
  const listed = new Set(version.head.leaves.map(([key]) => key))
  const readable = new Set([...readableLeaves(by.actor, records)].filter(key => listed.has(key)))
  await recordReading(parts, by, records, readable, 'minutes.export', `bundle-${number}`)
  const now = new Date(parts.now()).toISOString()
  return bundleOf(parts, conferenceId, kept.state, version, { readable, now, ...cut })
}

async function refuseVersion(parts: MinutesParts, by: By, conferenceId: ConferenceId): Promise<never> {
  return refuse(parts, by, 'not-found', {
    object: documentNameOf({ kind: 'conference', conferenceId }),
    detail: 'version',
  })
}

async function shownEdition(
  parts: MinutesParts,
  by: By,
  { records, kept }: AdmittedMinutes,
  readable: ReadonlySet<LeafKey>,
  number: number | undefined,
  action: `minutes.${string}` = 'minutes.open',
): Promise<{ edition: MinutesEdition; changes: PartChange[]; missing: MissingField[] }> {
  const { _id: conferenceId } = records.conference
  const { state } = kept
  const isOpen = state.standing === 'draft' || state.standing === 'correcting'
  const of = async (version: FrozenVersion) => versionEdition(parts.minutes, conferenceId, version, readable)
  const record = (edition: MinutesEdition) =>
    recordReading(parts, by, records, leavesShown(edition), action, String(edition.version))
  if (number === undefined && isOpen) {
    const composed = await composeMinutes(parts, conferenceId, state.supplement)
    const edition = draftEdition(conferenceId, composed, readable)
    await record(edition)
    const before = lastVersion(state)
    const changes = before === undefined ? [] : changesBetween(await of(before), edition)
    return { edition, changes, missing: missingIn(draftEdition(conferenceId, composed)) }
  }
  const at = (number ?? state.versions.length) - 1
  const version = state.versions[at]
  if (version === undefined) return refuseVersion(parts, by, conferenceId)
  const edition = await of(version)
  await record(edition)
  const before = state.versions[at - 1]
  return { edition, changes: before === undefined ? [] : changesBetween(await of(before), edition), missing: [] }
}

async function versionView({ head, hash, by, reason, seal }: FrozenVersion, names: Names): Promise<VersionView> {
  const { number, at, due, workingDays } = head
  return {
    number,
    head: hash,
    at,
    by: await names.person(by),
    due,
    workingDays,
    reason: reason.text,
    seal: seal && { at: seal.seal.at, by: await names.person(seal.by), how: seal.seal.how, reason: seal.reason.text },
  }
}

async function agencyViews(
  parts: MinutesParts,
  records: MeetingRecords,
  state: MinutesState,
): Promise<AgencySigningView[]> {
  const signings = await agencySignings(parts.people, records, state)
  return Promise.all(
    [...signings].map(async ([agencyId, signing]) => {
      const agency = await parts.people.agency(agencyId)
      const people = state.signatures.filter(one => one.agencyId === agencyId)
      return {
        agencyId,
        name: agency?.name ?? '',
        shortName: agency?.shortName ?? '',
        colour: agency?.colour ?? 0,
        signing,
        people: people.map(({ who, kind, at, version }) => ({ name: who.name, kind, at, version })),
      }
    }),
  )
}

/** Notes and objections about leaves that the person may read (MN11). */
async function saidViews(
  parts: MinutesParts,
  conferenceId: ConferenceId,
  state: MinutesState,
  readable: ReadonlySet<LeafKey>,
): Promise<SaidView[]> {
  const spoken = state.signatures.filter(({ about }) => about !== null && readable.has(about))
  return Promise.all(
    spoken.map(async signature => {
      const { signatureId, who, kind, at, version, about } = signature
      const key = must(about, 'what it is about')
      const leaves = state.versions[version - 1]?.head.leaves ?? []
      const place = leaves.findIndex(([one]) => one === key)
      const slips = await openedSlips(parts.minutes, conferenceId, state, signature, new Set([key]))
      const words = slips[place]?.content.words ?? ''
      const number = itemOfLeaf(key) === null ? 0 : Math.ceil(place / 2)
      return { signatureId, agency: who.agency, name: who.name, kind, at, version, about: key, number, words }
    }),
  )
}
