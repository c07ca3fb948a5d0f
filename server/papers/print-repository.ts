/** What went out on paper or as text, with the sentence what for: sealed in the conference's drawer, because people write names into it. */
import type { ConferenceId, ItemId, PaperId, PrintId, UserId } from '../../shared/ids.ts'
import type { Keyring } from '../crypto/keyring.ts'
import type { Store } from '../storage/port.ts'

interface PrintRecord {
  _id: PrintId
  conferenceId: ConferenceId
  what: 'pack' | 'plan'
  how: 'print' | 'copy'
  items: ItemId[]
  papers: PaperId[]
  by: UserId
  at: Date
  sealed: Buffer
}

export type Print = Omit<PrintRecord, 'sealed'> & { purpose: string }

export interface PrintRepository {
  insert(print: Print): Promise<void>
  ofConference(conferenceId: ConferenceId): Promise<Print[]>
}

const contextOf = (printId: PrintId) => `prints|${printId}|purpose`

export function createPrintRepository({
  store,
  keyring,
}: {
  store: Store
  keyring: Pick<Keyring, 'drawer'>
}): PrintRepository {
  const records = store.collection<PrintRecord>('prints')
  return {
    async insert({ purpose, ...clear }) {
      const drawer = await keyring.drawer(`conference:${clear.conferenceId}`)
      await records.insertOne({ ...clear, sealed: drawer.sealJson({ purpose }, contextOf(clear._id)) })
    },
    async ofConference(conferenceId) {
      const drawer = await keyring.drawer(`conference:${conferenceId}`)
      const found = await records.find({ conferenceId }, { sort: { at: 1 } }).toArray()
      return found.map(({ sealed, ...clear }) => ({
        ...clear,
        ...drawer.openJson<{ purpose: string }>(sealed, contextOf(clear._id)),
      }))
    },
  }
}
