/** The process that writes exports: takes one task at a time, tells how far it is, gives the bytes away. It has no key, no store and no socket. */
import { spawnSync } from 'node:child_process'
import { constants, setPriority } from 'node:os'
import { must } from '../../shared/assert.ts'
import { openPaperFonts, type PaperFonts } from './render/paper-fonts.ts'
import { type RenderTask, renderTask } from './render/render-task.ts'

export type RenderMessage = { id: number } & (
  | { progress: number }
  | { piece: Uint8Array }
  | { isDone: true }
  | { failure: string }
)

/** So long that few are needed, so short that taking one in holds up nobody. */
const PIECE_BYTES = 512 * 1024

const fontFolder = must(process.argv[2], 'where the fonts lie')
let fonts: PaperFonts | undefined

// People who write come first. A low priority alone still keeps a core for some milliseconds after somebody else wants it, which for minutes on end is
// felt; Linux has a class that gives it up at once (sched(7), SCHED_IDLE), and a program to ask for it. Where that is missing the low priority stays.
setPriority(constants.priority.PRIORITY_LOW)
if (process.argv[3] === 'patient' && process.platform === 'linux') {
  spawnSync('chrt', ['--idle', '--pid', '0', String(process.pid)], { stdio: 'ignore' })
}
// The server is gone: nobody will fetch what is being made.
process.on('disconnect', () => process.exit(0))

const tell = (message: RenderMessage) => {
  if (process.connected) process.send?.(message)
}

process.on('message', ({ id, task }: { id: number; task: RenderTask }) => {
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
      for (let from = 0; from < bytes.length; from += PIECE_BYTES) {
        tell({ id, piece: bytes.subarray(from, from + PIECE_BYTES) })
      }
      tell({ id, isDone: true })
    },
    (error: unknown) => tell({ id, failure: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  )
})
