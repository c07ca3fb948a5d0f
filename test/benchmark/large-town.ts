/**
 * A city after years of work, made by chance with a seed, straight into an embedded store: 10,000 cases of 100 agencies, 2,000 conferences with
 * 10,000 items, 100,000 action items, as they lie at rest. One team has had a year of 12 conferences with 60 items; its latest meeting is live.
 *
 * Everything is written through the product's own repositories, some hundred cases at a time: writes that wait together share one sync to disk.
 */
import { join } from 'node:path'
import * as Y from 'yjs'
import { createLedgerRepository, type LedgerStep } from '../../server/actions/ledger-repository.ts'
import { projectedActionsOf } from '../../server/actions/projector.ts'
import { createPasswords } from '../../server/auth/passwords.ts'
import { createBasisRepository } from '../../server/bases/basis-repository.ts'
import { createCaseRepository } from '../../server/conferences/case-repository.ts'
import { createConferenceRepository } from '../../server/conferences/conference-repository.ts'
import { createItemRepository } from '../../server/conferences/item-repository.ts'
import { openKeyring } from '../../server/crypto/keyring.ts'
import { systemClock } from '../../server/lib/clock.ts'
import { newId } from '../../server/lib/random.ts'
import { createMeetingRepository } from '../../server/meetings/meeting-repository.ts'
import { type Attendance, emptyMeeting } from '../../server/meetings/meeting-state.ts'
import { createMinutesRepository } from '../../server/minutes/minutes-repository.ts'
import { emptyMinutes } from '../../server/minutes/minutes-state.ts'
import { openAgencyRepository } from '../../server/people/agency-repository.ts'
import { openUserRepository } from '../../server/people/user-repository.ts'
import { encodeSnapshotEntry } from '../../server/rooms/log-payload.ts'
import { COLLECTIONS } from '../../server/storage/collections.ts'
import { createDocumentStore } from '../../server/storage/documents/document-store.ts'
import { createSealer } from '../../server/storage/documents/sealer.ts'
import { openStore } from '../../server/storage/open-store.ts'
import { newStanding } from '../../shared/actions/action-moves.ts'
import {
  ACTION_STATUSES,
  type ActionStatus,
  type AgencyRole,
  ATTENDANCE_MODES,
  CASE_STAGES,
  codesOf,
  DECISION_KINDS,
  NEED_DOMAINS,
} from '../../shared/codes.ts'
import { addAction } from '../../shared/documents/actions-document.ts'
import { documentNameOf } from '../../shared/documents/document-names.ts'
import { addDecision, discussionOf, opinionOf, presentationOf, setNeed } from '../../shared/documents/item-document.ts'
import { paragraphsOf } from '../../shared/documents/rich-text.ts'
import {
  type ActionId,
  type AgencyId,
  attendeeKeyOf,
  type CaseId,
  type ConferenceId,
  type DecisionId,
  type ItemId,
  type UserId,
} from '../../shared/ids.ts'
import { dayInSeoul } from '../../shared/working-days.ts'
import { buildBasis } from '../support/bases.ts'
import { TEST_PASSWORD } from '../support/builders.ts'
import { type SeededRandom, seededRandom } from '../support/seeded-random.ts'

const AGENCIES = 100
const ITEMS_PER_CONFERENCE = 5
const ACTIONS_PER_CASE = 10
/** Cases of the team whose year is looked at: five in each of twelve monthly conferences. */
const OF_THE_TEAM = 60
const AT_ONCE = 500
const DAY_MS = 86_400_000

const WORDS =
  '간병비 난방비 월세 체납 임대주택 아들 이혼 알코올 병원 검사 방문 상담 도시락 후원 연계 신청 기초생활 수급 조손 등교 학대 의심 경찰 동행 이사 청소 저장강박 우울 치매 요양 등급 보호자 연락 두절 채무 파산 법률 구조 일자리 자활 훈련 교육 급식 돌봄'.split(
    ' ',
  )
const sentence = (random: SeededRandom, words: number) =>
  `${Array.from({ length: words }, () => random.pick(WORDS)).join(' ')} ${1 + random.below(90)}만 원을 지원한다.`
const lines = (random: SeededRandom, count: number) =>
  Array.from({ length: count }, () => sentence(random, 8)).join('\n')

export interface LargeTown {
  dataFolder: string
  keyFile: string
  password: string
  /** Who led the year of 60 items; worked on 60 cases. */
  leader: Account
  /** Of the same agency: sees everything that it promised in other agencies' cases as well. */
  supervisor: Account
  /** Somebody of the city's team, invited to 400 conferences with 2,000 items; the agency is a partner in every case. */
  everywhere: Account
  /** Documents of the items whose case one of the two agencies leads. */
  documents: ReadonlyMap<string, Y.Doc>
  attendance: ReadonlyMap<unknown, readonly Attendance[]>
}

export interface Account {
  login: string
  userId: UserId
  agencyId: AgencyId
}

/** @param now milliseconds; the latest conference begins then */
export async function buildLargeTown(folder: string, size: { cases: number; now: number }): Promise<LargeTown> {
  const { cases, now } = size
  const random = seededRandom(1)
  const dataFolder = join(folder, 'data')
  const keyFile = join(folder, 'keys', 'dure.key')
  const store = await openStore({ mongodbUrl: undefined, dataDirectory: dataFolder, declarations: COLLECTIONS })
  try {
    const keyring = await openKeyring({ store, keyFile })
    const where = { store, keyring }
    const people = await buildPeople(where, now)
    const town = new TownWriter(where, people, random, now)
    for (let from = 0; from < cases; from += AT_ONCE) {
      const some = Array.from({ length: Math.min(AT_ONCE, cases - from) }, (_, index) => from + index)
      await Promise.all(some.map(index => town.addCase(index)))
    }
    const { documents, attendance } = town
    return { dataFolder, keyFile, password: TEST_PASSWORD, ...people, documents, attendance }
  } finally {
    await store.close()
  }
}

type Where = Parameters<typeof createCaseRepository>[0]

interface TownPeople {
  leader: Account
  supervisor: Account
  everywhere: Account
  agencyIds: readonly AgencyId[]
  workers: readonly UserId[]
}

async function buildPeople(where: Where, now: number): Promise<TownPeople> {
  const clock = systemClock
  const agencies = await openAgencyRepository({ ...where, clock })
  const users = await openUserRepository({ ...where, clock })
  const passwords = await createPasswords()
  const hash = await passwords.hash(TEST_PASSWORD)
  const agencyIds = Array.from({ length: AGENCIES }, () => newId<AgencyId>())
  const createdAt = new Date(now - 2_000 * DAY_MS)
  await Promise.all(
    agencyIds.map((_id, at) =>
      agencies.insert({
        _id,
        name: `제${at}복지기관`,
        shortName: `복지${at}`,
        type: at < 2 ? 'dong' : 'welfare_centre',
        public: at < 2,
        city: '동두천시',
        colour: at % 12,
        active: true,
        createdAt,
      }),
    ),
  )
  const workers = agencyIds.map(() => newId<UserId>())
  const enter = async (login: string, userId: UserId, agencyId: AgencyId, role: AgencyRole): Promise<Account> => {
    await users.insert(
      {
        _id: userId,
        name: `담당 ${login}`,
        login,
        operator: false,
        active: true,
        memberships: [{ agencyId, role }],
        mustChangePassword: false,
        createdAt,
      },
      hash,
    )
    return { login, userId, agencyId }
  }
  const [first = newId<AgencyId>(), second = first] = agencyIds
  await Promise.all(
    agencyIds.flatMap((agencyId, at) => [
      enter(`worker${at}`, workers[at] ?? newId<UserId>(), agencyId, 'case_worker'),
      ...(at === 0 ? [] : [enter(`supervisor${at}`, newId<UserId>(), agencyId, 'supervisor')]),
    ]),
  )
  return {
    leader: await enter('leader', newId<UserId>(), first, 'case_worker'),
    supervisor: await enter('supervisor', newId<UserId>(), first, 'supervisor'),
    everywhere: await enter('everywhere', newId<UserId>(), second, 'case_worker'),
    agencyIds,
    workers,
  }
}

class TownWriter {
  readonly documents = new Map<string, Y.Doc>()
  readonly attendance = new Map<unknown, readonly Attendance[]>()
  readonly #records
  readonly #people: TownPeople
  readonly #random: SeededRandom
  readonly #now: number
  #conferenceId = newId<ConferenceId>()

  constructor(where: Where, people: TownPeople, random: SeededRandom, now: number) {
    this.#people = people
    this.#random = random
    this.#now = now
    this.#records = {
      cases: createCaseRepository(where),
      bases: createBasisRepository(where),
      conferences: createConferenceRepository(where),
      items: createItemRepository(where),
      ledger: createLedgerRepository(where),
      meetings: createMeetingRepository(where),
      minutes: createMinutesRepository(where),
      documents: createDocumentStore({ store: where.store, sealer: createSealer(where.keyring) }),
    }
  }

  /** A case with its item in a conference and its ledger; every fifth brings the conference along. All chance is drawn before anything is awaited. */
  async addCase(index: number): Promise<void> {
    const random = this.#random
    const { leader, everywhere } = this.#people
    const isTeams = index < OF_THE_TEAM
    const home = isTeams ? 0 : 1 + (index % (AGENCIES - 1))
    const chair = isTeams ? leader.userId : this.#workerAt(home)
    const month = Math.floor(index / ITEMS_PER_CONFERENCE)
    const startsAt = new Date(this.#now - DAY_MS * (isTeams ? 30 * month : 1 + random.below(1_500)))
    const parts = [...new Set([home, 1, home + 7, home + 31].map(at => this.#agencyAt(at)))]
    const common = { synthetic: true, createdBy: chair, createdAt: startsAt }
    const work: Promise<unknown>[] = []
    if (index % ITEMS_PER_CONFERENCE === 0) {
      this.#conferenceId = newId<ConferenceId>()
      const isEverywhere = index % (ITEMS_PER_CONFERENCE * 5) === 0
      const participants = [
        { userId: chair, agencyId: this.#agencyAt(home), role: 'leader' as const },
        ...[home + 7, home + 31].map(at => ({
          userId: this.#workerAt(at),
          agencyId: this.#agencyAt(at),
          role: 'attendee' as const,
        })),
        ...(isEverywhere
          ? [{ userId: everywhere.userId, agencyId: everywhere.agencyId, role: 'attendee' as const }]
          : []),
      ]
      const isLive = index === 0
      work.push(
        this.#records.conferences.insert({
          _id: this.#conferenceId,
          ...common,
          type: 'integrated',
          title: `${startsAt.getMonth() + 1}월 통합사례회의`,
          state: isLive ? 'live' : 'closed',
          startsAt,
          minutes: 30 * (1 + random.below(4)),
          place: '2층 회의실',
          remoteLink: '',
          hostAgencyId: this.#agencyAt(home),
          participants,
          accepted: participants.map(({ userId }) => userId),
          startedAt: startsAt,
          closedAt: isLive ? null : new Date(startsAt.getTime() + 60_000 * (20 + random.below(100))),
        }),
        this.#leaveMeeting(
          this.#conferenceId,
          participants.map(({ userId }) => userId),
          startsAt.getTime() < this.#now - 40 * DAY_MS,
        ),
      )
    }
    const conferenceId = this.#conferenceId
    const caseId = newId<CaseId>()
    const itemId = newId<ItemId>()
    const families = ['김', '이', '박', '최', '정']
    work.push(
      this.#records.cases.insert({
        _id: caseId,
        ...common,
        number: `2026-${String(index).padStart(5, '0')}`,
        label: `${random.pick(families)}○○ 가구`,
        stage: random.pick(codesOf(CASE_STAGES)),
        agencies: parts.map((agencyId, at) => ({ agencyId, role: at === 0 ? 'lead' : 'partner' })),
        workers: [{ userId: chair, agencyId: this.#agencyAt(home) }],
      }),
      this.#records.bases.put(
        { caseId, _v: 0 },
        { sensitive: true, bases: [buildBasis(parts)] },
        dayInSeoul(this.#now),
      ),
      this.#records.items
        .insert(
          {
            _id: itemId,
            conferenceId,
            kind: 'case',
            caseId,
            agencies: parts,
            recused: [],
            zones: ['open'],
            createdBy: chair,
            createdAt: startsAt,
          },
          { minutes: 15, label: '' },
        )
        .then(() => this.#records.items.markTabled(itemId)),
      this.#writeItem(itemId, { parts, chair, startsAt, isKept: home < 2 }),
      ...this.#writeLedger({ caseId, itemId, conferenceId, parts, chair, startsAt }),
    )
    await Promise.all(work)
  }

  /** Who was there, and the minutes: sealed, or of the last weeks still to be circulated. */
  async #leaveMeeting(conferenceId: ConferenceId, userIds: readonly UserId[], isSealed: boolean): Promise<void> {
    const random = this.#random
    const attendance = userIds.map(
      (userId): Attendance => ({
        key: attendeeKeyOf(userId),
        userId,
        guest: null,
        standing: random.pick(['confirmed', 'confirmed', 'left', 'absent']),
        mode: random.pick(codesOf(ATTENDANCE_MODES)),
        deputyFor: '',
        statement: 'none',
        enteredBy: null,
        arrivedAt: null,
        leftAt: null,
        leavesAt: '',
      }),
    )
    this.attendance.set(conferenceId, attendance)
    const { meetings, minutes } = this.#records
    const none = { state: emptyMeeting(), version: 0 }
    await meetings.store(conferenceId, none, { ...emptyMeeting(), attendance })
    if (!isSealed) return
    const draft = { state: emptyMinutes(), version: 0 }
    await minutes.store(conferenceId, draft, { ...emptyMinutes(), standing: 'sealed' }, null)
  }

  #writeItem(
    itemId: ItemId,
    about: { parts: readonly AgencyId[]; chair: UserId; startsAt: Date; isKept: boolean },
  ): Promise<void> {
    const random = this.#random
    const name = documentNameOf({ kind: 'item', itemId })
    const doc = new Y.Doc()
    doc.transact(() => {
      presentationOf(doc).push(paragraphsOf(lines(random, 6)))
      discussionOf(doc).push(paragraphsOf(lines(random, 6)))
      for (const need of [random.pick(codesOf(NEED_DOMAINS)), random.pick(codesOf(NEED_DOMAINS))]) {
        setNeed(doc, need, true)
        for (const agencyId of about.parts) opinionOf(doc, need, agencyId).push(paragraphsOf(lines(random, 1)))
      }
      for (let n = 0; n < 3; n++) {
        addDecision(doc, {
          id: newId<DecisionId>(),
          kind: random.pick(codesOf(DECISION_KINDS)),
          by: about.chair,
          at: about.startsAt.toISOString(),
          text: sentence(random, 6),
          reason: sentence(random, 6),
        })
      }
    })
    if (about.isKept) this.documents.set(name, doc)
    return this.#put(name, doc)
  }

  #writeLedger(about: {
    caseId: CaseId
    itemId: ItemId
    conferenceId: ConferenceId
    parts: readonly AgencyId[]
    chair: UserId
    startsAt: Date
  }): Promise<unknown>[] {
    const random = this.#random
    const { caseId, itemId, conferenceId, parts, chair, startsAt } = about
    const document = documentNameOf({ kind: 'actions', caseId, zone: 'open' })
    const doc = new Y.Doc()
    doc.transact(() => {
      for (let n = 0; n < ACTIONS_PER_CASE; n++) {
        addAction(doc, {
          id: newId<ActionId>(),
          agencyId: random.pick(parts),
          what: sentence(random, 6),
          by: chair,
          at: startsAt.toISOString(),
          due: new Date(startsAt.getTime() + DAY_MS * (10 + random.below(200))).toISOString().slice(0, 10),
          itemId,
          conferenceId,
        })
      }
    })
    const written = projectedActionsOf(doc).map(({ actionId, agencyId, ...words }) => {
      const status = random.pick(codesOf(ACTION_STATUSES))
      const history = status === 'proposed' ? [] : this.#stepsTo(status, { agencyId, chair, startsAt })
      return this.#records.ledger.write({
        actionId,
        document,
        caseId,
        standing: { ...newStanding(agencyId), status },
        escalatedTo: [],
        history,
        words,
        gone: false,
        _v: 1,
      })
    })
    return [...written, this.#put(document, doc)]
  }

  /** Accepted, and some weeks later what it is now. */
  #stepsTo(
    status: ActionStatus,
    about: { agencyId: AgencyId; chair: UserId; startsAt: Date },
  ): (LedgerStep & { note: string })[] {
    const step = (move: LedgerStep['move'], to: ActionStatus, days: number): LedgerStep & { note: string } => ({
      at: new Date(about.startsAt.getTime() + days * DAY_MS),
      by: about.chair,
      move,
      status: to,
      until: '',
      before: to,
      agencyId: about.agencyId,
      toAgencyId: null,
      toUserId: null,
      conferenceId: null,
      enteredFor: false,
      note: '',
    })
    const days = 2 + this.#random.below(150)
    const accepted = step('accept', 'accepted', 1)
    return status === 'accepted' ? [accepted] : [accepted, step('report', status, days)]
  }

  /** As a room leaves it when it closes. */
  #put(name: string, doc: Y.Doc): Promise<void> {
    const stateVector = Y.encodeStateVector(doc)
    const payload = encodeSnapshotEntry({ claims: [], stateVector, state: Y.encodeStateAsUpdate(doc) })
    return this.#records.documents.compact(name, { payload, upTo: 1 })
  }

  #agencyAt(index: number): AgencyId {
    return this.#people.agencyIds[index % AGENCIES] ?? newId<AgencyId>()
  }

  #workerAt(index: number): UserId {
    return this.#people.workers[index % AGENCIES] ?? newId<UserId>()
  }
}
