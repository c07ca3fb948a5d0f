/**
 * A city after years of work, made by chance with a seed, on an embedded store in a folder of its own: 10,000 cases of 100 agencies, 2,000 conferences
 * with 10,000 items, 100,000 action items, as they lie at rest. One team has had a year of 12 conferences with 60 items.
 */
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as Y from 'yjs'
import { openAudit } from '../../server/audit/audit.ts'
import { createAccessChanges } from '../../server/auth/access-changes.ts'
import { createConferenceRecords } from '../../server/conferences/conference-parts.ts'
import type { DocumentDesk, PeopleDirectory } from '../../server/conferences/ports.ts'
import { openKeyring } from '../../server/crypto/keyring.ts'
import { newId } from '../../server/lib/random.ts'
import { encodeSnapshotEntry } from '../../server/rooms/log-payload.ts'
import { COLLECTIONS } from '../../server/storage/collections.ts'
import { createDocumentStore } from '../../server/storage/documents/document-store.ts'
import { createSealer } from '../../server/storage/documents/sealer.ts'
import { openStore } from '../../server/storage/open-store.ts'
import type { Actor } from '../../shared/access.ts'
import { ACTION_STATUSES, codesOf, DECISION_KINDS, NEED_DOMAINS } from '../../shared/codes.ts'
import { addAction } from '../../shared/documents/actions-document.ts'
import { documentNameOf } from '../../shared/documents/document-names.ts'
import { addDecision, discussionOf, opinionOf, presentationOf, setNeed } from '../../shared/documents/item-document.ts'
import { paragraphsOf } from '../../shared/documents/rich-text.ts'
import type { ActionId, AgencyId, CaseId, ConferenceId, DecisionId, ItemId, UserId } from '../../shared/ids.ts'
import { type SeededRandom, seededRandom } from '../support/seeded-random.ts'

export const CASES = Number(process.env.CASES ?? 10_000)
const AGENCIES = 100
const ITEMS_PER_CONFERENCE = 5
const ACTIONS_PER_CASE = 10
export const NOW = Date.parse('2026-11-24T03:00:00Z')
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
  /** Who led the year of 60 items; worked on 60 cases. */
  leader: Actor
  /** Somebody of the city's team, invited to 400 conferences with 2,000 items. */
  everywhere: Actor
}

export async function openLargeTown() {
  const folder = await mkdtemp(join(tmpdir(), 'dure-large-town-'))
  const store = await openStore({
    mongodbUrl: undefined,
    dataDirectory: join(folder, 'data'),
    declarations: COLLECTIONS,
  })
  const keyring = await openKeyring({ store, keyFile: join(folder, 'keys', 'dure.key') })
  const documents = createDocumentStore({ store, sealer: createSealer(keyring) })
  const changes = createAccessChanges()
  const audit = await openAudit({ store, keyring, now: () => NOW })
  const agencies = Array.from({ length: AGENCIES }, (_, index) => ({
    agencyId: newId<AgencyId>(),
    name: `기관 ${index}`,
  }))
  const people: PeopleDirectory = {
    person: async () => undefined,
    agency: async agencyId => {
      const found = agencies.find(agency => agency.agencyId === agencyId)
      return found && { ...found, shortName: found.name, public: true, colour: 0, active: true }
    },
  }
  const records = createConferenceRecords({ store, keyring, people, changes })
  /** Nobody is in a meeting here. */
  const noRoom = () => Promise.reject(new Error('No meeting is live here'))
  const noRooms: DocumentDesk = {
    read: noRoom,
    edit: noRoom,
    hasContent: noRoom,
    notify: () => {},
    isIn: () => false,
  }
  return { noRooms, folder, store, keyring, documents, audit, agencies, records }
}

export type OpenTown = Awaited<ReturnType<typeof openLargeTown>>

export async function buildLargeTown({ store, records, documents, agencies }: OpenTown): Promise<LargeTown> {
  const random = seededRandom(1)
  const personOf = (agencyId: AgencyId): Actor => ({
    userId: newId<UserId>(),
    operator: false,
    memberships: [{ agencyId, role: 'case_worker' }],
  })
  const workers = agencies.map(({ agencyId }) => personOf(agencyId))
  const agencyAt = (index: number) => agencies[index % AGENCIES]?.agencyId ?? newId<AgencyId>()
  const workerAt = (index: number) => workers[index % AGENCIES] ?? personOf(agencyAt(index))
  const leader = personOf(agencyAt(0))
  const everywhere = personOf(agencyAt(1))

  const put = async (name: string, fill: (doc: Y.Doc) => void) => {
    const doc = new Y.Doc()
    doc.transact(() => fill(doc))
    const stateVector = Y.encodeStateVector(doc)
    const payload = encodeSnapshotEntry({ claims: [], stateVector, state: Y.encodeStateAsUpdate(doc) })
    await documents.compact(name, { payload, upTo: 1 })
    doc.destroy()
  }

  let conferenceId = newId<ConferenceId>()
  for (let from = 0; from < CASES; from += 20) {
    const some = Array.from({ length: Math.min(20, CASES - from) }, (_, index) => from + index)
    const work: Promise<unknown>[] = []
    for (const index of some) {
      // The first sixty cases are the leader's: five in each of twelve monthly conferences.
      const isLeaders = index < 60
      const home = isLeaders ? 0 : 1 + (index % (AGENCIES - 1))
      const chair = isLeaders ? leader : workerAt(home)
      const startsAt = new Date(
        NOW - DAY_MS * (isLeaders ? 30 * Math.floor(index / ITEMS_PER_CONFERENCE) : random.below(1_500)),
      )
      const common = { synthetic: true, createdBy: chair.userId, createdAt: startsAt }
      const cleared = [agencyAt(home), agencyAt(1), agencyAt(home + 7), agencyAt(home + 31)]
      if (index % ITEMS_PER_CONFERENCE === 0) {
        conferenceId = newId<ConferenceId>()
        const others = [home + 7, home + 31].map(at => ({
          userId: workerAt(at).userId,
          agencyId: agencyAt(at),
          role: 'attendee' as const,
        }))
        const isEverywhere = index % (ITEMS_PER_CONFERENCE * 5) === 0
        const accepted = [chair.userId, everywhere.userId, ...others.map(other => other.userId)]
        work.push(
          records.conferences.insert({
            _id: conferenceId,
            ...common,
            type: 'integrated',
            title: `${startsAt.getMonth() + 1}월 통합사례회의`,
            state: 'closed',
            startsAt,
            minutes: 90,
            place: '2층 회의실',
            remoteLink: '',
            hostAgencyId: agencyAt(home),
            participants: [
              { userId: chair.userId, agencyId: agencyAt(home), role: 'leader' },
              ...others,
              ...(isEverywhere
                ? [{ userId: everywhere.userId, agencyId: agencyAt(1), role: 'attendee' as const }]
                : []),
            ],
            accepted,
            startedAt: startsAt,
            closedAt: new Date(startsAt.getTime() + 5_400_000),
          }),
        )
      }
      const caseId = newId<CaseId>()
      const itemId = newId<ItemId>()
      const ofConference = conferenceId
      const parts = [...new Set(cleared)]
      const ledger = documentNameOf({ kind: 'actions', caseId, zone: 'open' })
      const promises = Array.from({ length: ACTIONS_PER_CASE }, () => ({
        id: newId<ActionId>(),
        agencyId: random.pick(parts),
        status: random.pick(codesOf(ACTION_STATUSES)),
      }))
      work.push(
        records.cases.insert({
          _id: caseId,
          ...common,
          number: `2026-${String(index).padStart(5, '0')}`,
          label: `${random.pick(['김', '이', '박', '최', '정'])}○○ 가구`,
          stage: 'service_delivery',
          agencies: parts.map((agencyId, at) => ({ agencyId, role: at === 0 ? 'lead' : 'partner' })),
          workers: [{ userId: chair.userId, agencyId: agencyAt(home) }],
        }),
        records.items
          .insert(
            {
              _id: itemId,
              conferenceId: ofConference,
              kind: 'case',
              caseId,
              agencies: parts,
              recused: [],
              zones: ['open'],
              createdBy: chair.userId,
              createdAt: startsAt,
            },
            { minutes: 15, label: '' },
          )
          .then(() => records.items.markTabled(itemId)),
        put(documentNameOf({ kind: 'item', itemId }), doc => {
          presentationOf(doc).push(paragraphsOf(lines(random, 6)))
          discussionOf(doc).push(paragraphsOf(lines(random, 6)))
          for (const need of [random.pick(codesOf(NEED_DOMAINS)), random.pick(codesOf(NEED_DOMAINS))]) {
            setNeed(doc, need, true)
            for (const agencyId of parts) opinionOf(doc, need, agencyId).push(paragraphsOf(lines(random, 1)))
          }
          for (let n = 0; n < 3; n++) {
            addDecision(doc, {
              id: newId<DecisionId>(),
              kind: random.pick(codesOf(DECISION_KINDS)),
              by: chair.userId,
              at: startsAt.toISOString(),
              text: sentence(random, 6),
              reason: sentence(random, 6),
            })
          }
        }),
        store.collection('actions').insertMany(
          promises.map(({ id, agencyId, status }) => ({
            _id: `${ledger}/${id}`,
            _v: 1,
            actionId: id,
            document: ledger,
            caseId,
            agencyId,
            status,
            changedAt: startsAt,
            changedBy: chair.userId,
            facts: { due: '2026-12-31', need: '', itemId, conferenceId: ofConference, madeAt: startsAt.getTime() },
          })),
        ),
        put(ledger, doc => {
          for (const { id, agencyId } of promises) {
            addAction(doc, {
              id,
              agencyId,
              what: sentence(random, 6),
              by: chair.userId,
              at: startsAt.toISOString(),
              due: '2026-12-31',
              itemId,
              conferenceId: ofConference,
            })
          }
        }),
      )
    }
    await Promise.all(work)
  }
  return { leader, everywhere }
}
