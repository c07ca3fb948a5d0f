/**
 * Need to know over a whole meeting, seven browsers recorded: item 2 is heard and confirmed over the live channel, somebody steps out of it, and it
 * is narrowed while a browser of the agency that loses it has no line and goes on writing. (What five browsers show is in `need-to-know.e2e.test.ts`.)
 */
import { availableParallelism, loadavg } from 'node:os'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { must } from '../../shared/assert.ts'
import { SECRET_CANARIES } from '../support/canaries.ts'
import { demoInBrowser } from '../support/demo-in-browser.ts'
import { describeInBrowser } from '../support/in-browser.ts'
import {
  AFTER_WITHDRAWAL,
  type MeetingRecording,
  recordMeeting,
  TYPED,
  type WholePart,
} from '../support/meeting-recording.ts'
import { findInRecording, sizeOf } from '../support/recorder.ts'
import { AFTER_RECUSAL, HEARD, LATE } from '../support/recusal-and-raise.ts'

const HEARING = Object.values(HEARD)
const NEVER_LATE = [...Object.values(AFTER_RECUSAL), AFTER_WITHDRAWAL]
const SECRETS = [...SECRET_CANARIES, TYPED, ...HEARING, ...NEVER_LATE]
/** The case itself and what is promised in it stay with an agency that loses the item alone. */
const OF_ITEM = SECRETS.filter(({ field }) => !/^(case|action item)/.test(field))
/** A second, on a machine that has not more to do than it has cores. */
const withinASecond = () => 1_000 * Math.max(1, (loadavg()[0] ?? 0) / availableParallelism())

describeInBrowser('a whole meeting with a recusal and a raise of confidentiality, recorded in seven browsers', () => {
  const demo = demoInBrowser()
  let recording: MeetingRecording
  let whole: WholePart

  beforeAll(async () => {
    recording = await recordMeeting(demo.dure, demo.browser, line => console.log(`· ${line}`), { whole: true })
    whole = must(recording.whole, 'the whole part')
    for (const { recorder, login, what } of everybody()) {
      const { bodies, sockets, frames, bytes } = sizeOf(recorder)
      console.log(
        `${login} (${what}): ${bodies} answers, ${sockets} lines, ${frames} frames, ${(bytes / 1e6).toFixed(1)} MB`,
      )
    }
  }, 600_000)
  afterAll(async () => {
    await recording?.close()
  })

  const everybody = () => {
    const { cleared, withdrawn, unaccepted, uncleared, stranger } = recording
    return [cleared, withdrawn, unaccepted, uncleared, stranger, whole.recused, whole.late]
  }

  test('every answer was recorded', () => {
    // Fonts out of the browser's cache have no body to be given; they are the build's, the same for everybody.
    const missed = everybody().flatMap(({ recorder, login }) => recorder.missed.map(one => `${login}: ${one}`))
    expect(missed.filter(one => !/\/assets\/[\w.-]+\.woff2: /.test(one))).toEqual([])
  })

  test('everything that was said and written in item 2 reached who is cleared, over the documents and over the live channel', () => {
    const { recorder } = recording.cleared
    const fields = new Set(findInRecording(recorder, SECRETS).map(({ found }) => found.canary.field))
    expect(SECRETS.filter(({ field }) => !fields.has(field))).toEqual([])
    const live = { ...emptied(recorder), live: recorder.live }
    const overLive = new Set(findInRecording(live, SECRETS).map(({ found }) => found.canary.field))
    for (const { field } of HEARING) expect([...overLive]).toContain(field)
    // What was read back is on it as well: the decision's own words.
    expect(overLive.size).toBeGreaterThan(HEARING.length + 1)
  })

  test('not a byte of it reached who is not cleared, who has not accepted the statement, or another city', () => {
    for (const { recorder, login } of [recording.uncleared, recording.unaccepted, recording.stranger]) {
      expect(recorder.live.flatMap(line => line.received).length, login).toBeGreaterThan(0)
      expect(findInRecording(recorder, [...SECRETS, LATE]), login).toEqual([])
    }
  })

  test('who stepped out is cut off within a second, and nothing that follows reaches them, not even what they had', () => {
    const { recorder, recusedAt, cutOffMs } = whole.recused
    expect(cutOffMs).toBeLessThan(withinASecond())
    expect(findInRecording(recorder, HEARING).length).toBeGreaterThan(0)
    expect(findInRecording(recorder, [...NEVER_LATE, LATE])).toEqual([])
    expect(findInRecording(recorder, SECRETS, recusedAt + withinASecond())).toEqual([])
  })

  test('who wrote without a line while their agency lost the item: nothing more of it reaches them, and their words nobody', () => {
    const { recorder, mendedAt } = whole.late
    expect(findInRecording(recorder, HEARING).length).toBeGreaterThan(0)
    expect(findInRecording(recorder, OF_ITEM, mendedAt)).toEqual([])
    for (const watcher of everybody()) {
      const { recorder: of, login } = watcher
      if (of === recorder) continue
      expect(findInRecording(of, [LATE]), login).toEqual([])
    }
  })

  test('the late words stand before their author once, with why they were not taken; put away they are nowhere', () => {
    expect(whole.late.shown).toEqual({ times: 1, why: true })
    expect(whole.late.kept).toBe('')
  })
})

const emptied = ({ missed }: MeetingRecording['cleared']['recorder']) => ({
  bodies: [],
  sockets: [],
  screens: [],
  missed,
})
