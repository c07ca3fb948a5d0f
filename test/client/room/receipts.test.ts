import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { wordsSince } from '../../../client/room/own-words.ts'
import { ReceiptLedger, worstReceipt } from '../../../client/room/receipts.ts'
import { afterClose, afterRefusal, backoffMs, refusalOfClose } from '../../../client/room/reconnect.ts'
import { kindOfFrame } from '../../../client/room/watched-socket.ts'
import { codesOf } from '../../../shared/codes.ts'
import { addDecision, decisionsOf, discussionOf } from '../../../shared/documents/item-document.ts'
import { paragraphsOf } from '../../../shared/documents/rich-text.ts'
import type { DecisionId, UserId } from '../../../shared/ids.ts'
import { REFUSALS } from '../../../shared/protocol/refusals.ts'
import { writeStep1, writeStep2, writeUpdate } from '../../../shared/protocol/sync-frames.ts'

test('one frame may carry several changes, and several frames one receipt', () => {
  const ledger = new ReceiptLedger()
  ledger.startSocket()
  for (let i = 1; i <= 3; i += 1) ledger.noteChange(i, 10)
  ledger.noteFrame()
  ledger.noteChange(4, 11)
  ledger.noteFrame()
  ledger.noteReceipt({ logged: 1, stored: 0, at: 0 })
  expect(ledger.receipt.place).toBe('here')
  expect(ledger.loggedClock).toBe(3)
  ledger.noteReceipt({ logged: 2, stored: 1, at: 0 })
  expect(ledger.receipt).toEqual({ place: 'room', pendingSince: 10, storedAt: null })
  ledger.noteReceipt({ logged: 2, stored: 2, at: 7 })
  expect(ledger.receipt).toEqual({ place: 'stored', pendingSince: null, storedAt: 7 })
})

test('a late receipt of an older count never takes anything back', () => {
  const ledger = new ReceiptLedger()
  ledger.startSocket()
  ledger.noteChange(1, 0)
  ledger.noteFrame()
  ledger.noteReceipt({ logged: 1, stored: 1, at: 3 })
  ledger.noteReceipt({ logged: 0, stored: 0, at: 1 })
  expect(ledger.receipt).toEqual({ place: 'stored', pendingSince: null, storedAt: 3 })
})

test('several documents are as good as the worst of them', () => {
  expect(
    worstReceipt([
      { place: 'stored', pendingSince: null, storedAt: 9 },
      { place: 'here', pendingSince: 5, storedAt: null },
      { place: 'room', pendingSince: 4, storedAt: 2 },
    ]),
  ).toEqual({ place: 'here', pendingSince: 4, storedAt: 9 })
})

test('every refusal has a next step that its retry rule allows', () => {
  for (const reason of codesOf(REFUSALS)) {
    const { step } = afterRefusal(reason)
    const { retry } = REFUSALS[reason]
    if (retry === 'backoff') expect(step).toBe('retry')
    else if (retry === 'after-sign-in') expect(step).toBe('sign-in')
    else expect(['fresh-copy', 'gone', 'stop']).toContain(step)
    expect(afterClose(REFUSALS[reason].close, reason)).toEqual(afterRefusal(reason))
  }
})

test('a close without a known reason is read by its code; a detail is kept', () => {
  expect(refusalOfClose(4404, '')).toEqual({ reason: 'not-found', detail: '' })
  expect(refusalOfClose(4413, 'too-large:discussion')).toEqual({ reason: 'too-large', detail: 'discussion' })
  expect(afterClose(1006, '')).toEqual({ step: 'retry', reason: null })
  expect(afterClose(4477, 'new-rule')).toEqual({ step: 'stop', reason: 'internal' })
})

test('delays grow, are spread and have an end', () => {
  expect(backoffMs(0, 0)).toBeLessThan(backoffMs(0, 0.99))
  expect(backoffMs(3, 0.5)).toBeGreaterThan(backoffMs(1, 0.5))
  expect(backoffMs(40, 0.99)).toBeLessThanOrEqual(10_000)
})

test('frames are known by their first integers', () => {
  expect(kindOfFrame(writeStep1(new Uint8Array()))).toBe('step1')
  expect(kindOfFrame(writeStep2(new Uint8Array()))).toBe('step2')
  expect(kindOfFrame(writeUpdate(new Uint8Array()))).toBe('update')
  expect(kindOfFrame(Uint8Array.of(3))).toBe('other')
})

test('my words since a clock: only mine, only new, only what still stands, block by block', () => {
  const theirs = new Y.Doc()
  discussionOf(theirs).insert(0, paragraphsOf('남이 쓴 문단'))
  const mine = new Y.Doc()
  Y.applyUpdate(mine, Y.encodeStateAsUpdate(theirs))
  discussionOf(mine).insert(1, paragraphsOf('오래된 내 말'))
  const clock = Y.getState(mine.store, mine.clientID)
  const first = discussionOf(mine).get(0)
  if (!(first instanceof Y.XmlElement)) throw new Error('a paragraph was expected')
  const run = first.get(0)
  if (!(run instanceof Y.XmlText)) throw new Error('text was expected')
  run.insert(2, '(앞)')
  run.insert(run.length, '(뒤)')
  discussionOf(mine).insert(2, paragraphsOf('새 문단\n지운 문단'))
  discussionOf(mine).delete(3, 1)
  addDecision(mine, {
    id: 'A'.repeat(22) as DecisionId,
    kind: 'not_selected',
    by: 'B'.repeat(22) as UserId,
    at: '2026-11-24T05:00:00.000Z',
    text: '결정 문구',
  })
  expect(decisionsOf(mine)).toHaveLength(1)
  expect(wordsSince(mine, clock)).toEqual(['(앞) … (뒤)', '새 문단', '결정 문구'])
})
