/**
 * The minutes of a closed conference of the small town: leader, minute-taker and worker of 생연1동, a worker of 무한돌봄, and 협의회, which is not cleared for
 * the household. Attendance is confirmed, the household was heard, something was decided and written about it in the supervision.
 */

import { createCodeSetRepository } from '../../../server/code-sets/code-set-repository.ts'
import { createCodeSets } from '../../../server/code-sets/code-sets.ts'
import { changeConference } from '../../../server/conferences/conference-commands.ts'
import { createDocumentAccess } from '../../../server/conferences/document-access.ts'
import { withMinutes } from '../../../server/conferences/with-minutes.ts'
import { newId } from '../../../server/lib/random.ts'
import { createHearingRepository } from '../../../server/meetings/hearing-repository.ts'
import { createMeetingRepository } from '../../../server/meetings/meeting-repository.ts'
import { type Attendance, emptyMeeting, type MeetingState } from '../../../server/meetings/meeting-state.ts'
import { createAgendaProposals } from '../../../server/minutes/agenda-proposals.ts'
import { admitToConductMinutes, admitToMinutes, admitToSignMinutes } from '../../../server/minutes/minutes-admission.ts'
import {
  changeMinutes,
  circulateMinutes,
  correctMinutes,
  signMinutes,
} from '../../../server/minutes/minutes-commands.ts'
import { sealLapsedNow } from '../../../server/minutes/minutes-house.ts'
import { createMinutesRepository, type MinutesRepository } from '../../../server/minutes/minutes-repository.ts'
import { bundleFor, openMinutes } from '../../../server/minutes/minutes-views.ts'
import type { MinutesParts } from '../../../server/minutes/ports.ts'
import { sealMinutes } from '../../../server/minutes/sealing.ts'
import { openMinutesSigner } from '../../../server/minutes/signing-key.ts'
import { must } from '../../../shared/assert.ts'
import type { CodeSetName } from '../../../shared/code-sets/shipped.ts'
import type { ConferenceRole, ConferenceType } from '../../../shared/codes.ts'
import { addAction } from '../../../shared/documents/actions-document.ts'
import { documentNameOf } from '../../../shared/documents/document-names.ts'
import { addDecision, discussionOf, opinionOf, setNeed } from '../../../shared/documents/item-document.ts'
import { paragraphsOf } from '../../../shared/documents/rich-text.ts'
import { supervisionNoteOf } from '../../../shared/documents/supervision-document.ts'
import {
  type ActionId,
  type AgencyId,
  attendeeKeyOf,
  type DecisionId,
  type ItemId,
  type UserId,
} from '../../../shared/ids.ts'
import type { SigningKind } from '../../../shared/minutes/bundle.ts'
import type { LeafKey } from '../../../shared/minutes/minutes-record.ts'
import { meet, moveTo, openWorld, settle } from '../conferences/world.ts'

export const AT = '2026-11-24T05:00:00.000Z'
export const DISCUSSED = '간병비와 검사비를 나누어 낸다'
export const DECIDED = '통합사례관리 대상으로 선정한다'
export const SUPERVISED = '담당자가 지쳐 있어 공동 방문을 권함'
export const DAY_MS = 86_400_000

export interface Wanted {
  type?: ConferenceType
  place?: string
  /** Puts these minutes repositories in place of the real one. */
  wrap?: (minutes: MinutesRepository) => MinutesRepository
}

export async function minutesUnderTest({ type = 'integrated', wrap = one => one }: Wanted = {}) {
  const world = await openWorld()
  const town = await settle(world)
  const minuteTaker = world.person('taker', [town.dong, 'case_worker'])
  const more: [UserId, AgencyId, ConferenceRole][] = [[minuteTaker, town.dong, 'minute_taker']]
  const meeting = await meet(world, town, 'draft', { more })
  const { conferenceId, itemId, generalId } = meeting
  if (type !== 'integrated') {
    const admitted = await world.toChange(town.leader, conferenceId)
    await changeConference(world.parts, world.by(town.leader), admitted, { _v: admitted.conference._v, type })
  }
  await moveTo(world, town, conferenceId, 'live')
  const item = documentNameOf({ kind: 'item', itemId })
  const write = (document: string, change: Parameters<typeof world.shelf.edit>[2]) =>
    world.shelf.edit(document, { behalfOf: town.leader }, change)
  await write(item, doc => {
    setNeed(doc, 'health', true)
    discussionOf(doc).push(paragraphsOf(DISCUSSED))
    opinionOf(doc, 'health', town.muhan).push(paragraphsOf('치료가 먼저다'))
    addDecision(doc, {
      id: newId<DecisionId>(),
      kind: 'select_case_management',
      by: town.leader,
      at: AT,
      text: DECIDED,
      reason: '복합 위기',
    })
  })
  await write(documentNameOf({ kind: 'actions', caseId: town.caseId, zone: 'open' }), doc =>
    addAction(doc, {
      id: newId<ActionId>(),
      agencyId: town.muhan,
      what: '간병비 지원',
      by: town.leader,
      at: AT,
      itemId,
    }),
  )
  await write(documentNameOf({ kind: 'supervision', itemId }), doc =>
    supervisionNoteOf(doc).push(paragraphsOf(SUPERVISED)),
  )
  const repositories = { store: world.store, keyring: world.keyring }
  const codeSetVersions = createCodeSetRepository(repositories)
  const meetings = createMeetingRepository(repositories)
  const there = [town.leader, minuteTaker, town.co, town.partner]
  const state: MeetingState = {
    ...emptyMeeting(),
    chair: { userId: town.leader, since: AT },
    attendance: [...there, town.watcher].map(confirmed),
    progress: {
      [itemId]: { state: 'done', openedAt: null, spentMs: 1_500_000 },
      [generalId]: { state: 'waiting', openedAt: null, spentMs: 0 },
    },
  }
  await meetings.store(conferenceId, await meetings.find(conferenceId), state)
  await moveTo(world, town, conferenceId, 'closed')

  const minutes = wrap(createMinutesRepository(repositories))
  const conferences = withMinutes(world.parts.conferences, minutes.standingOf)
  const parts: MinutesParts = {
    ...world.parts,
    conferences,
    minutes,
    meetings,
    hearings: createHearingRepository(repositories),
    papers: { ofItem: async () => [] },
    proposals: createAgendaProposals(repositories),
    signer: await openMinutesSigner(repositories),
    codeSets: createCodeSets(codeSetVersions),
    minutesWorkingDays: 3,
  }
  const access = createDocumentAccess(parts, {
    actorOf: async ({ userId }) => {
      const person = world.people.get(userId)
      return person?.active ? world.by(userId).actor : undefined
    },
  })

  const under = {
    world,
    town,
    parts,
    minuteTaker,
    conferenceId,
    itemId,
    generalId,
    item,
    write,
    leaf: `item:${itemId}` as LeafKey,
    async mayWrite(userId: UserId, of: ItemId = itemId): Promise<boolean> {
      const grant = await access.grantFor({ userId, sessionId: newId() }, { kind: 'item', itemId: of })
      return grant?.mayWrite ?? false
    },
    /** The installation's next version of a set, in which one code is called otherwise. */
    async rename(set: CodeSetName, code: string, ko: string) {
      const { version, entries } = (await parts.codeSets.now()).current(set)
      const isMade = await codeSetVersions.add({
        set,
        version: version + 1,
        entries: entries.map(entry => (entry.code === code ? { ...entry, ko } : entry)),
        by: town.leader,
        at: new Date(world.parts.now()),
        reason: '2027년 지침',
      })
      if (!isMade) throw new Error('That version is there')
    },
    kept: () => parts.minutes.find(conferenceId),
    async view(userId: UserId, number?: number) {
      const by = world.by(userId)
      return openMinutes(parts, by, await admitToMinutes(parts, by, conferenceId), number)
    },
    async bundle(userId: UserId, options: Parameters<typeof bundleFor>[3] = {}) {
      const by = world.by(userId)
      return bundleFor(parts, by, await admitToMinutes(parts, by, conferenceId), options)
    },
    async conducts(userId: UserId) {
      const by = world.by(userId)
      const admitted = await admitToConductMinutes(parts, by, conferenceId)
      const _v = admitted.kept.version
      return { by, admitted, _v }
    },
    async change(changes: { place?: string; onPaper?: string; remarks?: string }) {
      const { by, admitted, _v } = await under.conducts(town.leader)
      return changeMinutes(parts, by, admitted, { _v, ...changes })
    },
    async circulate(workingDays?: number) {
      const { by, admitted, _v } = await under.conducts(town.leader)
      return circulateMinutes(parts, by, admitted, workingDays === undefined ? { _v } : { _v, workingDays })
    },
    async correct(reason = '오기') {
      const { by, admitted, _v } = await under.conducts(town.leader)
      return correctMinutes(parts, by, admitted, { _v, reason })
    },
    async sign(userId: UserId, kind: SigningKind = 'signed', words = '', about: LeafKey = 'meeting') {
      const by = world.by(userId)
      const admitted = await admitToSignMinutes(parts, by, conferenceId)
      const head = must(admitted.kept.state.versions.at(-1), 'a version').hash
      return signMinutes(parts, by, admitted, { head, kind, words, about })
    },
    async seal(reason = '') {
      const { by, admitted, _v } = await under.conducts(town.leader)
      return sealMinutes(parts, by, admitted, { _v, reason })
    },
    /** The look that makes due minutes final. */
    lapse: () => sealLapsedNow(parts),
    async close() {
      await world.close()
    },
  }
  return under
}

export type MinutesUnderTest = Awaited<ReturnType<typeof minutesUnderTest>>

const confirmed = (userId: UserId): Attendance => ({
  key: attendeeKeyOf(userId),
  userId,
  guest: null,
  standing: 'confirmed',
  mode: 'in_person',
  deputyFor: '',
  statement: 'own-press',
  enteredBy: null,
  arrivedAt: AT,
  leftAt: null,
  leavesAt: '',
})
