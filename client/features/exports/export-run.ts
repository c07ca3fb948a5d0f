/** One export from the press to the file: begun, waited for with its progress, fetched once. Without React and without a browser. */
import type { ConferenceId, ExportId } from '../../../shared/ids.ts'
import type { ExportBody, ExportView } from '../../../shared/protocol/exports.ts'
import type { ExportsApi } from './exports-api.ts'

/** Often enough that a paper of a second does not feel like two. */
const LOOK_EVERY_MS = 400

export interface ExportRun {
  conferenceId: ConferenceId
  body: ExportBody
  signal: AbortSignal
  onView(view: ExportView): void
  /** Waits; a test does not. */
  wait?: (ms: number) => Promise<void>
}

export type ExportOutcome =
  | { kind: 'ready'; view: ExportView }
  | { kind: 'failed'; problem: NonNullable<ExportView['problem']> }
  | { kind: 'cancelled' }

/** Ends when it can be fetched, when it failed, or when it was called off. @throws ApiError */
export async function runExport(api: ExportsApi, { conferenceId, body, signal, onView, wait = sleep }: ExportRun) {
  let view = await api.begin(conferenceId, body)
  for (;;) {
    if (signal.aborted) {
      await cancel(api, conferenceId, view.exportId)
      return { kind: 'cancelled' } satisfies ExportOutcome
    }
    onView(view)
    if (view.state === 'ready') return { kind: 'ready', view } satisfies ExportOutcome
    if (view.state === 'failed') {
      await cancel(api, conferenceId, view.exportId)
      return { kind: 'failed', problem: view.problem ?? 'internal' } satisfies ExportOutcome
    }
    await wait(LOOK_EVERY_MS)
    if (!signal.aborted) view = await api.view(conferenceId, view.exportId)
  }
}

async function cancel(api: ExportsApi, conferenceId: ConferenceId, exportId: ExportId): Promise<void> {
  try {
    await api.cancel(conferenceId, exportId)
  } catch {
    // It goes by itself after some minutes.
  }
}

const sleep = (ms: number) => new Promise<void>(resolve => setTimeout(resolve, ms))
