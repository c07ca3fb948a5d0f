/** The thread that writes exports: takes one task at a time, tells how far it is, gives the bytes away. It has no key, no store and no socket. */
import { readlinkSync } from 'node:fs'
import { constants, setPriority } from 'node:os'
import { parentPort, workerData } from 'node:worker_threads'
import { must } from '../../shared/assert.ts'
import { openPaperFonts, type PaperFonts } from './render/paper-fonts.ts'
import { type RenderTask, renderTask } from './render/render-task.ts'

export type RenderMessage =
  | { thread: string }
  | ({ id: number } & ({ progress: number } | { bytes: Uint8Array } | { failure: string }))

const port = must(parentPort, 'the thread that asked')
const { fontFolder } = workerData as { fontFolder: string }
let fonts: PaperFonts | undefined

// People who write come first. On Linux this is the priority of the calling thread; elsewhere it would be that of the whole server.
if (process.platform === 'linux') {
  setPriority(constants.priority.PRIORITY_LOW)
  // As the kernel names it (`<process>/task/<thread>`), so that its own time can be told from everybody's (proc(5)).
  port.postMessage({ thread: readlinkSync('/proc/thread-self') } satisfies RenderMessage)
}

port.on('message', ({ id, task }: { id: number; task: RenderTask }) => {
  const tell = (message: RenderMessage, given: ArrayBuffer[] = []) => port.postMessage(message, given)
  let told = 0
  renderTask(task, {
    fonts: () => {
      fonts ??= openPaperFonts(new URL(fontFolder))
      return fonts
    },
    onProgress: share => {
      // A page is no news; a twentieth of the whole is.
      if (share - told < 0.05) return
      told = share
      tell({ id, progress: share })
    },
  }).then(
    bytes => {
      // Into memory of its own: what comes from a pool can't be given away.
      const own = new Uint8Array(bytes)
      tell({ id, bytes: own }, [own.buffer])
    },
    (error: unknown) => tell({ id, failure: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  )
})
