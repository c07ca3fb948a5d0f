/** Need to know, seen from the browsers: what is not for somebody never reaches that browser, over a whole meeting. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { agendaOf } from '../../shared/documents/conference-document.ts'
import { findChromium } from '../support/browser.ts'
import { ALL_CANARIES, SECRET_CANARIES } from '../support/canaries.ts'
import { demoInBrowser } from '../support/demo-in-browser.ts'
import {
  AFTER_WITHDRAWAL,
  IN_THE_ROOM,
  type MeetingRecording,
  recordMeeting,
  TYPED,
  type Watcher,
} from '../support/meeting-recording.ts'
import type { RecordedSocket } from '../support/recorded-socket.ts'
import { findInRecording, sizeOf } from '../support/recorder.ts'

const chromium = await findChromium()
const reason =
  chromium === undefined ? ' (skipped: no Chromium here; install chromium-headless-shell or set DURE_CHROMIUM)' : ''
const SECRETS = [...SECRET_CANARIES, TYPED, AFTER_WITHDRAWAL]
describe.skipIf(chromium === undefined)(
  `a meeting with a canary in every field, recorded in five browsers${reason}`,
  () => {
    const demo = demoInBrowser()
    let recording: MeetingRecording

    beforeAll(async () => {
      recording = await recordMeeting(demo.dure, demo.browser, () => {})
    }, 240_000)

    afterAll(async () => {
      await recording?.close()
    })

    const fieldsFound = (watcher: Watcher, canaries = [...ALL_CANARIES, TYPED, AFTER_WITHDRAWAL]) =>
      [...new Set(findInRecording(watcher.recorder, canaries).map(({ found }) => found.canary.field))].sort()
    const fields = (canaries: readonly { field: string }[]) => canaries.map(({ field }) => field).sort()

    test('every answer and every frame was recorded, with reconnects', () => {
      for (const { recorder, login, what } of [
        recording.cleared,
        recording.withdrawn,
        recording.unaccepted,
        recording.uncleared,
        recording.stranger,
      ]) {
        expect(recorder.missed.filter(isNoBuiltFile), login).toEqual([])
        const size = sizeOf(recorder)
        expect(size.bodies, login).toBeGreaterThan(30)
        console.log(
          `${login} (${what}): ${size.bodies} answers, ${size.sockets} sockets, ${size.frames} frames, ${(size.bytes / 1e6).toFixed(1)} MB`,
        )
      }
      const { conference } = recording.meeting.documents
      expect(recording.uncleared.recorder.socketsOf(conference).length).toBeGreaterThan(2)
    })

    test('a browser that is not cleared for item 2 is sent none of its canaries, and all of the conference’s', () => {
      expect(findInRecording(recording.uncleared.recorder, SECRETS)).toEqual([])
      expect(fieldsFound(recording.uncleared)).toEqual(fields(IN_THE_ROOM))
    })

    test('a browser of a cleared person who has not accepted the confidentiality statement is sent none of them either', () => {
      const { recorder } = recording.unaccepted
      const { documents, secretItem, generalItem, caseId } = recording.meeting
      expect(findInRecording(recorder, SECRETS)).toEqual([])
      expect(recorder.sockets.filter(socket => socket.document === documents.conference).length).toBeGreaterThan(2)
      for (const socket of recorder.sockets) {
        if (socket.document !== documents.conference) expect(socket.received.length, socket.document).toBe(0)
      }
      let seen = 0
      for (const { json, url } of recorder.bodies) {
        for (const itemId of [secretItem, generalItem]) {
          for (const item of objectsWith(json, 'itemId', itemId)) {
            seen += 1
            expect(item, url).toEqual({ restricted: true, itemId })
          }
        }
        expect(JSON.stringify(json ?? null).includes(caseId), url).toBe(false)
      }
      expect(seen).toBeGreaterThan(0)
      expectNothingLive(recorder.live, [caseId])
    })

    test('a browser of another city is sent nothing at all', () => {
      expect(findInRecording(recording.stranger.recorder)).toEqual([])
      const { caseId, secretItem, generalItem, conferenceId } = recording.meeting
      // What it asked for by its own hand is in the address and in a refused socket's name, never in an answer.
      for (const { json, url } of recording.stranger.recorder.bodies) {
        const text = JSON.stringify(json ?? null)
        for (const id of [caseId, secretItem, generalItem, conferenceId]) expect(text.includes(id), url).toBe(false)
      }
      expect(recording.stranger.recorder.sockets.flatMap(socket => socket.received).length).toBe(0)
      expectNothingLive(recording.stranger.recorder.live, [caseId, secretItem, generalItem])
    })

    test('a cleared browser is sent all of them', () => {
      expect(fieldsFound(recording.cleared)).toEqual(fields([...IN_THE_ROOM, ...SECRETS]))
    })

    test('of item 2 the uncleared browser learns its id, its place and its planned length', () => {
      const { secretItem, generalItem, caseId, documents } = recording.meeting
      let seen = 0
      for (const { json, url } of recording.uncleared.recorder.bodies) {
        for (const item of objectsWith(json, 'itemId', secretItem)) {
          seen += 1
          expect(item, url).toEqual({ restricted: true, itemId: secretItem })
        }
        expect(JSON.stringify(json ?? null).includes(caseId), url).toBe(false)
      }
      expect(seen).toBeGreaterThan(0)
      for (const socket of recording.uncleared.recorder.sockets) {
        const isFor = socket.document === documents.conference || socket.document === `item.${generalItem}`
        if (!isFor) expect(socket.received.length, socket.document).toBe(0)
        const line = agendaOf(socket.doc).find(({ id }) => id === secretItem)
        if (line !== undefined) expect(line).toMatchObject({ label: '' })
        for (const { bytes } of socket.received) expect(bytes.includes(caseId)).toBe(false)
      }
      expectNothingLive(recording.uncleared.recorder.live, [caseId])
      const last = recording.uncleared.recorder
        .socketsOf(documents.conference)
        .findLast(socket => agendaOf(socket.doc).length > 0)
      expect(last && agendaOf(last.doc).find(({ id }) => id === secretItem)?.minutes).toBe(45)
    })

    test('nobody’s presence tells the uncleared browser who is in item 2', () => {
      const { secretItem } = recording.meeting
      const presence = recording.uncleared.recorder.sockets.flatMap(socket => socket.presence)
      expect(presence.length).toBeGreaterThan(0)
      expect(presence.filter(state => state.includes(secretItem))).toEqual([])
    })

    test('withdrawn during the meeting: cut off within a second, and nothing of it follows', () => {
      expect(recording.withdrawalMs - recording.commandMs).toBeLessThan(process.env.DEEP ? 1_000 : 30_000)
      const { documents } = recording.meeting
      const { recorder } = recording.withdrawn
      expect(findInRecording(recorder, [AFTER_WITHDRAWAL])).toEqual([])
      for (const document of [documents.item, documents.actions]) {
        const late = recorder
          .socketsOf(document)
          .flatMap(socket => socket.received.filter(({ at }) => at > recording.withdrawnAt + 1_000))
        if (document === documents.item) expect(late.length).toBe(0)
      }
      expect(fieldsFound(recording.withdrawn)).toEqual(
        fields([...IN_THE_ROOM, ...SECRETS.filter(canary => canary !== AFTER_WITHDRAWAL)]),
      )
      console.log(
        `cut off ${recording.withdrawalMs} ms after the withdrawal was sent, which took ${recording.commandMs} ms to be answered`,
      )
    })
  },
)

/** The live channel told something, and never of these. */
function expectNothingLive(live: readonly RecordedSocket[], ids: readonly string[]): void {
  const frames = live.flatMap(socket => socket.received.map(({ bytes }) => bytes.toString()))
  expect(frames.length).toBeGreaterThan(0)
  for (const id of ids) expect(frames.filter(frame => frame.includes(id))).toEqual([])
}

/** Fonts out of the browser's cache have no body to be given; they are the build's, the same for everybody. */
const isNoBuiltFile = (missed: string) => !/\/assets\/[\w.-]+\.woff2: /.test(missed)

function objectsWith(value: unknown, key: string, wanted: string): object[] {
  if (typeof value !== 'object' || value === null) return []
  const here = Reflect.get(value, key) === wanted ? [value] : []
  return [...here, ...Object.values(value).flatMap(inner => objectsWith(inner, key, wanted))]
}
