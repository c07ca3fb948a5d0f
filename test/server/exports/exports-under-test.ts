/** Exports of the minutes of the small town's closed conference; what is written is written in place, in its turn. */
import { beginExport, type ExportParts, fetchExport } from '../../../server/exports/export-commands.ts'
import { ExportJobs } from '../../../server/exports/export-jobs.ts'
import { createExportRepository } from '../../../server/exports/export-repository.ts'
import { openPaperFonts } from '../../../server/exports/render/paper-fonts.ts'
import { type RenderTask, renderTask } from '../../../server/exports/render/render-task.ts'
import type { Renderer } from '../../../server/exports/renderer.ts'
import { createLog } from '../../../server/lib/log.ts'
import { admitToMinutes } from '../../../server/minutes/minutes-admission.ts'
import type { ExportId, UserId } from '../../../shared/ids.ts'
import { type ExportView, exportBody } from '../../../shared/protocol/exports.ts'
import { FakeClock } from '../../support/fake-clock.ts'
import { minutesUnderTest } from '../minutes/minutes-under-test.ts'

export const PURPOSE = '기관 내 보고'

/** Writes at once, and waits where a test says so. */
export class HandRenderer implements Pick<Renderer, 'render' | 'close'> {
  /** Set: what is asked for waits until {@link go}. */
  isHeld = false
  failure: Error | undefined
  readonly tasks: RenderTask[] = []
  #go: (() => void)[] = []

  async render(task: RenderTask, { onStart, onProgress }: Parameters<Renderer['render']>[1]): Promise<Uint8Array> {
    this.tasks.push(task)
    if (this.isHeld) await new Promise<void>(resolve => this.#go.push(resolve))
    if (this.failure) throw this.failure
    onStart()
    const fonts = () => openPaperFonts(new URL('../../../server/exports/assets/fonts/', import.meta.url))
    return renderTask(task, { fonts, onProgress })
  }

  go(): void {
    for (const go of this.#go.splice(0)) go()
  }

  async close(): Promise<void> {
    this.go()
  }
}

export async function exportsUnderTest() {
  const minutes = await minutesUnderTest()
  const { world, conferenceId } = minutes
  const clock = new FakeClock()
  const renderer = new HandRenderer()
  const jobs = new ExportJobs({ renderer, clock, log: createLog({ level: 'silent' }) })
  const parts: ExportParts = {
    ...minutes.parts,
    exports: createExportRepository({ store: world.store, keyring: world.keyring }),
    jobs,
    agencyTypeOf: async () => 'dong',
  }
  const admit = async (userId: UserId) => {
    const by = world.by(userId)
    return { by, admitted: await admitToMinutes(parts, by, conferenceId) }
  }
  const under = {
    ...minutes,
    parts,
    clock,
    renderer,
    jobs,
    of: (userId: UserId) => ({ userId, conferenceId }),
    async begin(userId: UserId, body: Record<string, unknown>): Promise<ExportView> {
      const { by, admitted } = await admit(userId)
      return beginExport(parts, by, admitted, exportBody.parse({ purpose: PURPOSE, ...body }))
    },
    async fetch(userId: UserId, exportId: ExportId): Promise<{ type: string; name: string; bytes: Buffer }> {
      const { by, admitted } = await admit(userId)
      const { type, name, content } = await fetchExport(parts, by, admitted, exportId)
      const pieces: Uint8Array[] = []
      for await (const piece of content) pieces.push(piece)
      return { type, name, bytes: Buffer.concat(pieces) }
    },
    /** The file of an export that is asked for, made and fetched. */
    async take(userId: UserId, body: Record<string, unknown>) {
      const { exportId } = await under.begin(userId, body)
      await under.made(userId, exportId)
      return under.fetch(userId, exportId)
    },
    async made(userId: UserId, exportId: ExportId): Promise<void> {
      for (let turn = 0; jobs.view(exportId, under.of(userId)).state !== 'ready'; turn++) {
        if (turn === 1000) throw new Error('It is not ready')
        await new Promise(resolve => setImmediate(resolve))
      }
    },
    accesses: (action: string) => world.records({ action }),
    async close() {
      await jobs.close()
      await minutes.close()
    },
  }
  return under
}

export type ExportsUnderTest = Awaited<ReturnType<typeof exportsUnderTest>>
