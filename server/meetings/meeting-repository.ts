/** Meetings at rest, one record per conference. In clear: id and version. Everything else is sealed in the conference's drawer. */
import type { ConferenceId } from '../../shared/ids.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import type { Keyring } from '../crypto/keyring.ts'
import { isDuplicateKey, type Store } from '../storage/port.ts'
import type { Kept } from './kept.ts'
import { emptyMeeting, type MeetingState } from './meeting-state.ts'

interface MeetingRecord {
  _id: ConferenceId
  _v: number
  sealed: Buffer
}

export interface MeetingRepository {
  /** An empty one where nothing was stored yet. */
  find(conferenceId: ConferenceId): Promise<Kept<MeetingState>>
  /** @throws Refusal `conflict` when another version is stored. */
  store(conferenceId: ConferenceId, known: Kept<MeetingState>, state: MeetingState): Promise<Kept<MeetingState>>
}

const contextOf = (conferenceId: ConferenceId) => `meetings|${conferenceId}|state`

export function createMeetingRepository({ store, keyring }: { store: Store; keyring: Keyring }): MeetingRepository {
  const records = store.collection<MeetingRecord>('meetings')
  const drawerOf = (conferenceId: ConferenceId) => keyring.drawer(`conference:${conferenceId}`)
  return {
    async find(conferenceId) {
      const record = await records.findOne({ _id: conferenceId })
      if (!record) return { state: emptyMeeting(), version: 0 }
      const drawer = await drawerOf(conferenceId)
      // Parts that came later than the record begin empty.
      const state = { ...emptyMeeting(), ...drawer.openJson<MeetingState>(record.sealed, contextOf(conferenceId)) }
      return { state, version: record._v }
    },
    async store(conferenceId, known, state) {
      const sealed = (await drawerOf(conferenceId)).sealJson(state, contextOf(conferenceId))
      const version = known.version + 1
      if (known.version === 0) {
        await records.insertOne({ _id: conferenceId, _v: version, sealed }).catch(error => {
          throw isDuplicateKey(error) ? new Refusal('conflict') : error
        })
        return { state, version }
      }
      const { matchedCount } = await records.updateOne(
        { _id: conferenceId, _v: known.version },
        { $set: { sealed, _v: version } },
      )
      if (matchedCount === 0) throw new Refusal('conflict')
      return { state, version }
    },
  }
}
