/**
 * `npm run record-meeting`: for whoever wants to see with their own eyes what reaches which browser. Starts the built application with the demo
 * in a temporary folder, holds a whole meeting with a canary in every field, records seven browsers and prints what each was sent.
 */
import { openBrowser } from './browser.ts'
import { ALL_CANARIES, SECRET_CANARIES } from './canaries.ts'
import { startDure } from './dure-process.ts'
import { AFTER_WITHDRAWAL, IN_THE_ROOM, recordMeeting, TYPED } from './meeting-recording.ts'
import { findInRecording, sizeOf } from './recorder.ts'
import { AFTER_RECUSAL, HEARD } from './recusal-and-raise.ts'

const dure = await startDure()
const browser = await openBrowser()
let failed = false
try {
  const recording = await recordMeeting(dure, browser, line => console.log(`· ${line}`), { whole: true })
  const later = [TYPED, AFTER_WITHDRAWAL, ...Object.values(HEARD), ...Object.values(AFTER_RECUSAL)]
  const secrets = [...SECRET_CANARIES, ...later]
  for (const { login, what, recorder } of [
    recording.cleared,
    recording.withdrawn,
    recording.unaccepted,
    recording.uncleared,
    recording.stranger,
    ...(recording.whole ? [recording.whole.recused, recording.whole.late] : []),
  ]) {
    const { bodies, frames, sockets, bytes } = sizeOf(recorder)
    console.log(
      `\n${login} (${what}): ${bodies} answers, ${sockets} sockets, ${frames} frames, ${(bytes / 1e6).toFixed(1)} MB`,
    )
    const found = findInRecording(recorder, [...ALL_CANARIES, ...later])
    for (const [words, group] of [
      ['of item 2', secrets],
      ['of the conference', IN_THE_ROOM],
    ] as const) {
      const fields = new Set(found.filter(one => group.includes(one.found.canary)).map(one => one.found.canary.field))
      console.log(
        `  ${fields.size} of ${group.length} canaries ${words}${fields.size > 0 ? `: ${[...fields].join(', ')}` : ''}`,
      )
      const mustBeNone =
        group === secrets &&
        [recording.unaccepted, recording.uncleared, recording.stranger].some(w => w.login === login)
      if (mustBeNone && fields.size > 0) failed = true
    }
  }
  await recording.close()
} finally {
  await browser.close()
  await dure.close()
}
process.exitCode = failed ? 1 : 0
