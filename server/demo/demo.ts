/**
 * Loads the demo community into a store that was claimed for it. May be called at every start: what is there stays as it is (also what people
 * changed while trying), what an interruption left out is added. All cases and conferences are marked synthetic.
 */
import type { ActionParts } from '../actions/ports.ts'
import type { LifeParts } from '../case-life/ports.ts'
import type { CaseRecordParts } from '../case-records/ports.ts'
import { finishItems } from '../conferences/item-commands.ts'
import type { AgencyRepository } from '../people/agency-repository.ts'
import type { UserRepository } from '../people/user-repository.ts'
import type { ReferralParts } from '../referrals/ports.ts'
import type { Store } from '../storage/port.ts'
import type { SubjectRequestParts } from '../subject-requests/ports.ts'
import { writeDemoLife } from './case-life.ts'
import { writeDemoRecords } from './case-records.ts'
import { DEMO_AGENCIES, DEMO_OPERATOR, DEMO_PASSWORD, type DemoAgency } from './community.ts'
import { writeDemoHelp } from './help.ts'
import { stageIntegratedConference } from './integrated-conference.ts'
import { stageInternalConferences } from './internal-conferences.ts'
import { stageJointManagement, stageOtherCity } from './joint-and-other-city.ts'
import { stageLongClosed } from './long-closed.ts'
import { createStage } from './stage.ts'
import { writeDemoRequests } from './subject-requests.ts'

export interface DemoParts {
  store: Store
  conferences: ActionParts
  records: CaseRecordParts
  help: ReferralParts
  life: LifeParts
  requests: SubjectRequestParts
  users: UserRepository
  agencies: AgencyRepository
  passwords: { hash(password: string): Promise<string> }
}

interface LoadedRecord {
  _id: string
  version: number
  loadedAt: Date
}

const LOADED = 'demo-loaded'
/** Raised when the demo's content changes; an older demo keeps what it has. */
const VERSION = 1

/** Resolves with whether this call loaded it. */
export async function loadDemo(parts: DemoParts): Promise<boolean> {
  const records = parts.store.collection<LoadedRecord>('installation')
  await finishItems(parts.conferences)
  if (await records.findOne({ _id: LOADED })) return false
  const now = new Date(parts.conferences.now())
  await putPeople(parts, now)
  const stage = createStage(parts.conferences)
  // Side by side, because each mostly waits for the disk; all are over before a failure is told.
  const scenes = [
    stageIntegratedConference,
    stageInternalConferences,
    stageJointManagement,
    stageOtherCity,
    stageLongClosed,
  ]
  for (const scene of await Promise.allSettled(scenes.map(scene => scene(stage)))) {
    if (scene.status === 'rejected') throw scene.reason
  }
  await writeDemoRecords(parts.records)
  await writeDemoHelp(parts.help)
  await writeDemoLife(parts.life)
  await writeDemoRequests(parts.requests)
  await records.updateOne({ _id: LOADED }, { $set: { version: VERSION, loadedAt: now } }, { upsert: true })
  return true
}

async function putPeople({ users, agencies, passwords }: DemoParts, createdAt: Date): Promise<void> {
  // One hash for all: hashing is slow on purpose, and the password is public.
  const hash = await passwords.hash(DEMO_PASSWORD)
  const common = { active: true, mustChangePassword: false, createdAt }
  if (!(await users.find(DEMO_OPERATOR.userId))) {
    const { userId, name, login } = DEMO_OPERATOR
    await users.insert({ ...common, _id: userId, name, login, operator: true, memberships: [] }, hash)
  }
  for (const [colour, one] of Object.values<DemoAgency>(DEMO_AGENCIES).entries()) {
    const { agencyId, name, shortName, type, public: isPublic, city, people } = one
    if (!(await agencies.find(agencyId))) {
      const facts = { name, shortName, type, public: isPublic, city, colour, active: true, createdAt }
      await agencies.insert({ _id: agencyId, ...facts })
    }
    for (const person of people) {
      if (await users.find(person.userId)) continue
      const memberships = [{ agencyId, role: person.role }]
      const { userId, name, login } = person
      await users.insert({ ...common, _id: userId, name, login, operator: false, memberships }, hash)
    }
  }
}
