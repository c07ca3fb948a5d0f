/**
 * What a person had before them when they last left a meeting, one record per person and conference. In clear: ids and the time. The states of
 * the documents, which are client ids and counts and no words, are sealed in the conference's drawer.
 */
import type { ConferenceId, UserId } from '../../shared/ids.ts'
import type { Keyring } from '../crypto/keyring.ts'
import type { Store } from '../storage/port.ts'

interface VisitRecord {
  _id: string
  conferenceId: ConferenceId
  userId: UserId
  leftAt: Date
  sealed: Buffer
}

export interface Visit {
  leftAt: Date
  /** By the documents' names: `Y.encodeSnapshot` of that moment. */
  seen: ReadonlyMap<string, Uint8Array>
}

export interface VisitRepository {
  /** The latest; undefined where the person was never in it. */
  find(conferenceId: ConferenceId, userId: UserId): Promise<Visit | undefined>
  put(conferenceId: ConferenceId, userId: UserId, visit: Visit): Promise<void>
}

export function createVisitRepository({ store, keyring }: { store: Store; keyring: Keyring }): VisitRepository {
  const records = store.collection<VisitRecord>('visits')
  const idOf = (conferenceId: ConferenceId, userId: UserId) => `${conferenceId}|${userId}`
  const contextOf = (id: string) => `visits|${id}|seen`
  const drawerOf = (conferenceId: ConferenceId) => keyring.drawer(`conference:${conferenceId}`)
  return {
    async find(conferenceId, userId) {
      const record = await records.findOne({ _id: idOf(conferenceId, userId) })
      if (!record) return undefined
      const drawer = await drawerOf(conferenceId)
      const seen = drawer.openJson<Record<string, string>>(record.sealed, contextOf(record._id))
      const states = Object.entries(seen).map(([name, state]) => [name, Buffer.from(state, 'base64')] as const)
      return { leftAt: record.leftAt, seen: new Map(states) }
    },
    async put(conferenceId, userId, { leftAt, seen }) {
      const _id = idOf(conferenceId, userId)
      const states = [...seen].map(([name, state]) => [name, Buffer.from(state).toString('base64')])
      const sealed = (await drawerOf(conferenceId)).sealJson(Object.fromEntries(states), contextOf(_id))
      await records.updateOne({ _id }, { $set: { conferenceId, userId, leftAt, sealed } }, { upsert: true })
    },
  }
}
