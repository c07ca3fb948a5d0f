/**
 * Hearings at rest, one record per item. In clear: ids and version. Read-backs hold the words of decisions, so the rest is sealed in the
 * drawer of the item's document.
 */
import type { ConferenceId, ItemId } from '../../shared/ids.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import type { Keyring } from '../crypto/keyring.ts'
import { isDuplicateKey, type Store } from '../storage/port.ts'
import type { Kept } from './kept.ts'
import { emptyHearing, type HearingState } from './meeting-state.ts'

interface HearingRecord {
  _id: ItemId
  _v: number
  conferenceId: ConferenceId
  sealed: Buffer
}

export interface HearingRepository {
  /** An empty one where nothing was stored yet. */
  find(itemId: ItemId): Promise<Kept<HearingState>>
  /** Those of a conference's items that hold something. */
  ofConference(conferenceId: ConferenceId): Promise<Map<ItemId, Kept<HearingState>>>
  /** @throws Refusal `conflict` when another version is stored. */
  store(
    of: { conferenceId: ConferenceId; itemId: ItemId },
    known: Kept<HearingState>,
    state: HearingState,
  ): Promise<Kept<HearingState>>
}

const contextOf = (itemId: ItemId) => `hearings|${itemId}|state`

export const noHearing = (): Kept<HearingState> => ({ state: emptyHearing(), version: 0 })

export function createHearingRepository({ store, keyring }: { store: Store; keyring: Keyring }): HearingRepository {
  const records = store.collection<HearingRecord>('hearings')
  const drawerOf = (itemId: ItemId) => keyring.drawer(`item:${itemId}`)

  async function opened({ _id, _v, sealed }: HearingRecord): Promise<Kept<HearingState>> {
    const drawer = await drawerOf(_id)
    return { state: { ...emptyHearing(), ...drawer.openJson<HearingState>(sealed, contextOf(_id)) }, version: _v }
  }

  return {
    async find(itemId) {
      const record = await records.findOne({ _id: itemId })
      return record ? opened(record) : noHearing()
    },
    async ofConference(conferenceId) {
      const found = await records.find({ conferenceId }).toArray()
      return new Map(await Promise.all(found.map(async record => [record._id, await opened(record)] as const)))
    },
    async store({ conferenceId, itemId }, known, state) {
      const sealed = (await drawerOf(itemId)).sealJson(state, contextOf(itemId))
      const version = known.version + 1
      if (known.version === 0) {
        await records.insertOne({ _id: itemId, _v: version, conferenceId, sealed }).catch(error => {
          throw isDuplicateKey(error) ? new Refusal('conflict') : error
        })
        return { state, version }
      }
      const { matchedCount } = await records.updateOne(
        { _id: itemId, _v: known.version },
        { $set: { sealed, _v: version } },
      )
      if (matchedCount === 0) throw new Refusal('conflict')
      return { state, version }
    },
  }
}
