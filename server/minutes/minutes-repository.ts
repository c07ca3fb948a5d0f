/**
 * Minutes at rest. In clear: ids, standing, due date, version of the record. The record is sealed in the conference's drawer; contents of leaves, and
 * what a signature says of one, each in the drawer of what the leaf is about, so that who destroys an item's key destroys it here as well.
 */
import type { MinutesStanding } from '../../shared/codes.ts'
import type { ConferenceId, ItemId } from '../../shared/ids.ts'
import type { LeafKey } from '../../shared/minutes/minutes-record.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import type { Drawer, DrawerName, Keyring } from '../crypto/keyring.ts'
import { isDuplicateKey, type Store } from '../storage/port.ts'
import { emptyMinutes, lastVersion, type MinutesState } from './minutes-state.ts'

interface MinutesRecord {
  _id: ConferenceId
  _v: number
  standing: MinutesStanding
  /** When it becomes final by itself; null where it does not. */
  lapsesAt: Date | null
  /** It holds an objection: the next agenda has a line for each. */
  objected: boolean
  sealed: Buffer
}

interface LeafRecord {
  _id: string
  conferenceId: ConferenceId
  sealed: Buffer
}

export interface KeptMinutes {
  state: MinutesState
  /** `_v` of the record; 0 while there is none. */
  version: number
}

/** What stands under one key of a version, or of a signature. */
export interface Stored {
  /** The frozen version's id, or the signature's. */
  under: string
  key: LeafKey
  value: unknown
}

export interface MinutesRepository {
  find(conferenceId: ConferenceId): Promise<KeptMinutes>
  standingOf(conferenceId: ConferenceId): Promise<MinutesStanding>
  /** @throws Refusal `conflict` when another version is stored */
  store(
    conferenceId: ConferenceId,
    known: KeptMinutes,
    state: MinutesState,
    lapsesAt: Date | null,
  ): Promise<KeptMinutes>
  /** May be repeated. */
  put(conferenceId: ConferenceId, stored: Stored): Promise<void>
  /** @throws when it is not there, which no crash can leave */
  read<T>(conferenceId: ConferenceId, under: string, key: LeafKey): Promise<T>
  /** Those that are due to be final by themselves. */
  lapsed(now: Date): Promise<ConferenceId[]>
  objected(): Promise<ConferenceId[]>
}

const contextOf = (conferenceId: ConferenceId) => `minutes|${conferenceId}|state`
const leafId = (conferenceId: ConferenceId, under: string, key: LeafKey) => `${conferenceId}:${under}:${key}`

export function createMinutesRepository({ store, keyring }: { store: Store; keyring: Keyring }): MinutesRepository {
  const records = store.collection<MinutesRecord>('minutes')
  const leaves = store.collection<LeafRecord>('minutesLeaves')
  const drawerOf = (conferenceId: ConferenceId, key: LeafKey): Promise<Drawer> =>
    keyring.drawer(drawerName(conferenceId, key))

  return {
    async find(conferenceId) {
      const record = await records.findOne({ _id: conferenceId })
      if (!record) return { state: emptyMinutes(), version: 0 }
      const drawer = await drawerOf(conferenceId, 'meeting')
      const state = { ...emptyMinutes(), ...drawer.openJson<MinutesState>(record.sealed, contextOf(conferenceId)) }
      return { state, version: record._v }
    },
    async standingOf(conferenceId) {
      return (await records.findOne({ _id: conferenceId }))?.standing ?? 'draft'
    },
    async store(conferenceId, known, state, lapsesAt) {
      const drawer = await drawerOf(conferenceId, 'meeting')
      const version = known.version + 1
      const fields = {
        standing: state.standing,
        lapsesAt,
        objected: state.signatures.some(one => one.kind === 'objected'),
        sealed: drawer.sealJson(state, contextOf(conferenceId)),
      }
      if (known.version === 0) {
        await records.insertOne({ _id: conferenceId, _v: version, ...fields }).catch(error => {
          throw isDuplicateKey(error) ? new Refusal('conflict') : error
        })
        return { state, version }
      }
      const { matchedCount } = await records.updateOne(
        { _id: conferenceId, _v: known.version },
        { $set: { ...fields, _v: version } },
      )
      if (matchedCount === 0) throw new Refusal('conflict')
      return { state, version }
    },
    async put(conferenceId, { under, key, value }) {
      const _id = leafId(conferenceId, under, key)
      const sealed = (await drawerOf(conferenceId, key)).sealJson(value, `minutesLeaves|${_id}`)
      await leaves.updateOne({ _id }, { $set: { conferenceId, sealed } }, { upsert: true })
    },
    async read(conferenceId, under, key) {
      const _id = leafId(conferenceId, under, key)
      const record = await leaves.findOne({ _id })
      if (!record) throw new Error(`Minutes ${conferenceId}: ${key} of ${under} is not there`)
      return (await drawerOf(conferenceId, key)).openJson(record.sealed, `minutesLeaves|${_id}`)
    },
    async lapsed(now) {
      const found = await records.find({ standing: 'circulated', lapsesAt: { $lte: now } }).toArray()
      return found.map(record => record._id)
    },
    async objected() {
      return (await records.find({ objected: true }).toArray()).map(record => record._id)
    },
  }
}

/** When minutes in this state become final by themselves, unless somebody objects. */
export const dueOf = (state: MinutesState): Date | null => {
  const due = lastVersion(state)?.head.due
  return state.standing === 'circulated' && due !== undefined ? new Date(due) : null
}

function drawerName(conferenceId: ConferenceId, key: LeafKey): DrawerName {
  if (key === 'meeting') return `conference:${conferenceId}`
  return `item:${key.slice(key.indexOf(':') + 1) as ItemId}`
}
