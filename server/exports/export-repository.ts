/** What was taken out, by whom and what for: purpose and form sealed in the conference's drawer, because people write names into a purpose. */
import type { ExportForm, ExportFormat } from '../../shared/exports/export-forms.ts'
import type { ConferenceId, ExportId, ItemId, UserId } from '../../shared/ids.ts'
import type { LeafKey } from '../../shared/minutes/minutes-record.ts'
import type { Keyring } from '../crypto/keyring.ts'
import type { Store } from '../storage/port.ts'

interface ExportRecord {
  _id: ExportId
  conferenceId: ConferenceId
  form: ExportForm
  format: ExportFormat
  /** Of the minutes; 0 is a draft. */
  version: number
  redacted: boolean
  itemId: ItemId | null
  leaves: LeafKey[]
  by: UserId
  at: Date
  sealed: Buffer
}

export type Export = Omit<ExportRecord, 'sealed'> & {
  purpose: string
  /** Parts that somebody released for a redacted edition. */
  released: readonly { leaf: LeafKey; part: string }[]
}

export interface ExportRepository {
  insert(taken: Export): Promise<void>
  ofConference(conferenceId: ConferenceId): Promise<Export[]>
}

const contextOf = (exportId: ExportId) => `exports|${exportId}|purpose`

export function createExportRepository({
  store,
  keyring,
}: {
  store: Store
  keyring: Pick<Keyring, 'drawer'>
}): ExportRepository {
  const records = store.collection<ExportRecord>('exports')
  return {
    async insert({ purpose, released, ...clear }) {
      const drawer = await keyring.drawer(`conference:${clear.conferenceId}`)
      await records.insertOne({ ...clear, sealed: drawer.sealJson({ purpose, released }, contextOf(clear._id)) })
    },
    async ofConference(conferenceId) {
      const drawer = await keyring.drawer(`conference:${conferenceId}`)
      const found = await records.find({ conferenceId }, { sort: { at: 1 } }).toArray()
      return found.map(({ sealed, ...clear }) => ({
        ...clear,
        ...drawer.openJson<Pick<Export, 'purpose' | 'released'>>(sealed, contextOf(clear._id)),
      }))
    },
  }
}
