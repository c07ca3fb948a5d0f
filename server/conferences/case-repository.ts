/**
 * Cases at rest. In clear: ids, codes, dates, version. Sealed in the case's own drawer: its number and the household's label, and apart from them the
 * words of its life (`shared/cases/LIFE.md`), which only few readers open. A list of a person's cases runs on `workers.userId`.
 */
import { type CaseLife, emptyLife, type StageEntry } from '../../shared/cases/case-life.ts'
import type { DayCounting } from '../../shared/cases/life-codes.ts'
import { OPENING_STAGES, trackBy } from '../../shared/cases/stage-moves.ts'
import type { GradeSchemeName } from '../../shared/code-sets/grades.ts'
import type { CaseAgencyRole, CaseStage, DiscoveryRoute } from '../../shared/codes.ts'
import type { AgencyId, CaseId, UserId } from '../../shared/ids.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import type { Keyring } from '../crypto/keyring.ts'
import { isDuplicateKey, type Store } from '../storage/port.ts'

export interface CaseAgency {
  agencyId: AgencyId
  role: CaseAgencyRole
}

export interface CaseWorker {
  userId: UserId
  agencyId: AgencyId
}

interface CaseRecord {
  _id: CaseId
  _v: number
  stage: CaseStage
  /** How the household was found, and on which day (`YYYY-MM-DD`); left out or empty while nobody said it. */
  route?: DiscoveryRoute | ''
  foundOn?: string
  agencies: CaseAgency[]
  workers: CaseWorker[]
  sealed: Buffer
  /** Left out of a record of the time before cases had a life. */
  life?: CaseLife
  /** Left out while nothing was said. */
  sealedLife?: Buffer
  synthetic: boolean
  createdBy: UserId
  createdAt: Date
}

interface CaseText {
  number: string
  label: string
}

/** A case with its text opened. The words of its life stay sealed. */
export type Case = Omit<CaseRecord, 'sealed' | 'life' | 'sealedLife'> & CaseText & { life: CaseLife }

/** What the case's head says; its stage and its life have commands of their own. */
export type CaseFields = Pick<Case, 'route' | 'foundOn' | 'agencies' | 'workers' | 'number' | 'label'>

/** What was said with an entry of a case's life, by the entry's id. Which fields there are says the kind of entry. */
export type LifeWords = Readonly<Record<string, Readonly<Record<string, unknown>>>>

/** A case with the words of its life. */
export interface OpenedLife {
  file: Case
  words: LifeWords
}

export type LifeFields = Pick<Case, 'stage' | 'life'> &
  Partial<Pick<Case, 'agencies' | 'workers'>> & { words: LifeWords }

/** How an agency counts the days of the cases that it leads, and which grades it gives. */
export interface CaseRules {
  counting: DayCounting
  gradeScheme: GradeSchemeName
  /** 0 while the agency has set nothing. */
  _v: number
}

const USUAL_RULES: CaseRules = { counting: 'calendar', gradeScheme: 'mohw', _v: 0 }

export interface CaseRepository {
  find(caseId: CaseId): Promise<Case | undefined>
  findMany(caseIds: readonly CaseId[]): Promise<Case[]>
  /** Those that name this person as a worker. Whether the person may read them is for the caller to ask. */
  ofWorker(userId: UserId): Promise<Case[]>
  /** Without a life it begins at its stage. */
  insert(created: Omit<Case, '_v' | 'life'> & { life?: CaseLife; words?: LifeWords }): Promise<Case>
  /** @throws Refusal `conflict` when another version is stored. */
  update(known: Case, fields: CaseFields): Promise<Case>
  /** With the words of its life. @throws {SealBroken} where they are not those of this stage and history */
  openLife(caseId: CaseId): Promise<OpenedLife | undefined>
  /**
   * Writes what was added to a case's life. Where it says agencies or workers, these go with it in the same write.
   * @throws Refusal `conflict` when another version is stored, Error when something would be taken away or changed (CL6)
   */
  updateLife(known: OpenedLife, fields: LifeFields): Promise<OpenedLife>
  rulesOf(agencyId: AgencyId): Promise<CaseRules>
  /** @throws Refusal `conflict` when another version is stored. */
  changeRules(agencyId: AgencyId, rules: CaseRules): Promise<CaseRules>
}

const contextOf = (caseId: CaseId) => `cases|${caseId}|text`
/** Bound to stage and length of the history: the words of one life do not fit another, nor an older one (CE4). */
const lifeContextOf = (caseId: CaseId, stage: CaseStage, { history }: CaseLife) =>
  `cases|${caseId}|life|${history.length}|${stage}`

export function createCaseRepository({ store, keyring }: { store: Store; keyring: Keyring }): CaseRepository {
  const records = store.collection<CaseRecord>('cases')
  const rules = store.collection<{ _id: AgencyId } & CaseRules>('caseRules')

  async function opened({ sealed, sealedLife: _, ...clear }: CaseRecord): Promise<Case> {
    const drawer = await keyring.drawer(`case:${clear._id}`)
    return { ...clear, ...drawer.openJson<CaseText>(sealed, contextOf(clear._id)), life: lifeOf(clear) }
  }

  async function openedLife(record: CaseRecord): Promise<OpenedLife> {
    const file = await opened(record)
    const { sealedLife } = record
    if (sealedLife === undefined || sealedLife === null) return { file, words: {} }
    const drawer = await keyring.drawer(`case:${file._id}`)
    return { file, words: drawer.openJson<LifeWords>(sealedLife, lifeContextOf(file._id, file.stage, file.life)) }
  }

  async function sealedLifeOf(caseId: CaseId, stage: CaseStage, life: CaseLife, words: LifeWords): Promise<Buffer> {
    const drawer = await keyring.drawer(`case:${caseId}`)
    return drawer.sealJson(words, lifeContextOf(caseId, stage, life))
  }

  async function sealedText(caseId: CaseId, { number, label }: CaseText): Promise<Buffer> {
    const drawer = await keyring.drawer(`case:${caseId}`)
    return drawer.sealJson({ number, label }, contextOf(caseId))
  }

  return {
    async find(caseId) {
      const record = await records.findOne({ _id: caseId })
      return record ? opened(record) : undefined
    },
    async findMany(caseIds) {
      if (caseIds.length === 0) return []
      return Promise.all((await records.find({ _id: { $in: [...caseIds] } }).toArray()).map(opened))
    },
    async ofWorker(userId) {
      return Promise.all((await records.find({ 'workers.userId': userId }).toArray()).map(opened))
    },
    async insert({ number, label, words, ...clear }) {
      const life = lifeOf(clear)
      const sealed = await sealedText(clear._id, { number, label })
      const said = words && { sealedLife: await sealedLifeOf(clear._id, clear.stage, life, words) }
      await records.insertOne({ ...clear, life, _v: 1, sealed, ...said })
      return { ...clear, life, number, label, _v: 1 }
    },
    async update(known, { number, label, route = '', foundOn = '', agencies, workers }) {
      const sealed = await sealedText(known._id, { number, label })
      const stored = await records.findOneAndUpdate(
        { _id: known._id, _v: known._v },
        { $set: { route, foundOn, agencies, workers, sealed }, $inc: { _v: 1 } },
        { returnDocument: 'after' },
      )
      if (!stored) throw new Refusal('conflict')
      return opened(stored)
    },
    async openLife(caseId) {
      const record = await records.findOne({ _id: caseId })
      return record ? openedLife(record) : undefined
    },
    async updateLife({ file, words: before }, { stage, life, words, agencies, workers }) {
      assertOnlyAdded(file.life, life)
      if (Object.keys(before).some(id => words[id] === undefined))
        throw new Error('Words of a case’s life would be lost')
      const sealedLife = await sealedLifeOf(file._id, stage, life, words)
      const stored = await records.findOneAndUpdate(
        { _id: file._id, _v: file._v },
        {
          $set: { stage, life, sealedLife, ...(agencies && { agencies }), ...(workers && { workers }) },
          $inc: { _v: 1 },
        },
        { returnDocument: 'after' },
      )
      if (!stored) throw new Refusal('conflict')
      return openedLife(stored)
    },
    async rulesOf(agencyId) {
      const found = await rules.findOne({ _id: agencyId })
      return found ? { counting: found.counting, gradeScheme: found.gradeScheme, _v: found._v } : USUAL_RULES
    },
    async changeRules(agencyId, { counting, gradeScheme, _v }) {
      const next = { counting, gradeScheme, _v: _v + 1 }
      if (_v === 0) {
        await rules.insertOne({ _id: agencyId, ...next }).catch(error => {
          throw isDuplicateKey(error) ? new Refusal('conflict') : error
        })
        return next
      }
      const { matchedCount } = await rules.updateOne({ _id: agencyId, _v }, { $set: next })
      if (matchedCount === 0) throw new Refusal('conflict')
      return next
    },
  }
}

/** One of the time before cases had a life begins with what is known of it. */
function lifeOf({
  _id,
  stage,
  agencies,
  createdBy,
  createdAt,
  life,
}: Pick<CaseRecord, '_id' | 'stage' | 'agencies' | 'createdBy' | 'createdAt' | 'life'>): CaseLife {
  if (life !== undefined && life !== null) return { ...emptyLife(), ...life }
  const lead = agencies.find(agency => agency.role === 'lead')?.agencyId ?? agencies[0]?.agencyId
  const first = lead && openingEntry({ id: _id, stage, at: createdAt, by: createdBy, agencyId: lead })
  return { ...emptyLife(), track: trackBy(stage) ?? '', history: first ? [first] : [] }
}

/** The entry with which a case begins (CL7). */
export function openingEntry(of: {
  id: string
  stage: CaseStage
  at: Date
  by: UserId
  agencyId: AgencyId
}): StageEntry {
  const { id, stage, at, by, agencyId } = of
  return {
    id,
    kind: OPENING_STAGES.some(one => one === stage) ? 'opened' : 'taken_over',
    from: null,
    to: stage,
    at: at.toISOString(),
    by,
    agencyId,
    carriedBy: null,
    step: null,
    asked: [],
  }
}

/** What was written stays, but that what was open may be ended. */
function assertOnlyAdded(before: CaseLife, after: CaseLife): void {
  const lists = [
    'history',
    'answers',
    'grades',
    'closures',
    'reassessments',
    'aftercare',
    'joint',
    'exOfficio',
  ] as const
  const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)
  const kept =
    lists.every(list => before[list].every((entry, at) => same(entry, after[list][at]))) &&
    before.offers.every((offer, at) =>
      same(offer, offer.outcome === null ? { ...after.offers[at], outcome: null } : after.offers[at]),
    ) &&
    before.emergencies.every((help, at) =>
      same(help, help.ended === null ? { ...after.emergencies[at], ended: null } : after.emergencies[at]),
    )
  if (!kept) throw new Error('A case’s life is only added to')
}
