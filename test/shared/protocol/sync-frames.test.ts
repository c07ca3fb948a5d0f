import * as decoding from 'lib0/decoding'
import { describe, expect, test } from 'vitest'
import { RECEIPTS_SUBPROTOCOL } from '../../../shared/protocol/protocol-version.ts'
import {
  readChanged,
  readClientFrame,
  readMayWrite,
  readReceipt,
  SIGN_OF_LIFE,
  writeAwareness,
  writeChanged,
  writeMayWrite,
  writeReceipt,
  writeStep1,
  writeStep2,
  writeUpdate,
} from '../../../shared/protocol/sync-frames.ts'

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
const body = (frame: Uint8Array) => {
  const decoder = decoding.createDecoder(frame)
  decoding.readVarUint(decoder)
  return decoder
}

describe('the wire is pinned', () => {
  test('these bytes change only with the name of the subprotocol', () => {
    expect(RECEIPTS_SUBPROTOCOL).toBe('dure.receipts.1')
    expect(hex(writeStep1(Uint8Array.of(0)))).toBe('00000100')
    expect(hex(writeStep2(Uint8Array.of(0, 0)))).toBe('0001020000')
    expect(hex(writeUpdate(Uint8Array.of(0, 0)))).toBe('0002020000')
    expect(hex(SIGN_OF_LIFE)).toBe('010100')
    expect(hex(writeAwareness([{ client: 1, clock: 300, state: { a: 1 } }]))).toBe('010c0101ac02077b2261223a317d')
    expect(hex(writeAwareness([{ client: 1, clock: 2, state: undefined }]))).toBe('0108010102046e756c6c')
    expect(hex(writeReceipt({ logged: 3, stored: 2, at: 1_700_000_000_000 }))).toBe('78030280d095ffbc31')
    expect(hex(writeMayWrite(true))).toBe('7901')
    expect(hex(writeMayWrite(false))).toBe('7900')
    expect(hex(writeChanged('item'))).toBe('7a046974656d')
  })

  test('what the server writes the client reads', () => {
    const receipt = { logged: 70_000, stored: 69_000, at: 1_772_000_000_000 }
    expect(readReceipt(body(writeReceipt(receipt)))).toEqual(receipt)
    expect(readMayWrite(body(writeMayWrite(true)))).toBe(true)
    expect(readMayWrite(body(writeMayWrite(false)))).toBe(false)
    expect(readChanged(body(writeChanged('actions')))).toBe('actions')
    expect(readChanged(decoding.createDecoder(Uint8Array.of(1, 120)))).toBeUndefined()
  })

  test('bodies of every length are framed as lib0 frames them', () => {
    for (const length of [0, 1, 127, 128, 16_383, 16_384, 70_000, 2_097_151, 2_097_152]) {
      const update = new Uint8Array(length).fill(7)
      const read = readClientFrame(writeUpdate(update))
      // Compared as bytes: an assertion that walks two million elements takes half a minute.
      expect(read?.kind === 'update' && Buffer.compare(read.update, update)).toBe(0)
    }
  })

  test('a client’s frames are read strictly', () => {
    expect(readClientFrame(writeStep1(Uint8Array.of(0)))).toEqual({ kind: 'step1', stateVector: Uint8Array.of(0) })
    expect(readClientFrame(writeUpdate(Uint8Array.of(9)))).toEqual({ kind: 'update', update: Uint8Array.of(9) })
    expect(readClientFrame(Uint8Array.of(3))).toEqual({ kind: 'query-awareness' })
    for (const bad of [[], [3, 0], [0], [0, 3, 0], [0, 2, 2, 1], [0, 2, 1, 1, 1], [2, 0], [120, 0], [0, 0, 255]]) {
      expect([bad, readClientFrame(Uint8Array.from(bad))]).toEqual([bad, undefined])
    }
  })
})
