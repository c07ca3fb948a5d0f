/**
 * WebSocket framing for messages that go to many: the bytes of a frame are made once and written to every recipient as they are, and a room's
 * shared array of messages becomes one buffer, so that a recipient costs one write (DESIGN §4, relay cheaply). Server frames carry no mask
 * (RFC 6455 §5.1), which is what makes them the same for everybody.
 */

const framed = new WeakMap<readonly Uint8Array[], Buffer>()
const framedOne = new WeakMap<Uint8Array, Buffer>()

/** The messages as binary WebSocket frames in one buffer; the same buffer for the same array. */
export function framesOf(messages: readonly Uint8Array[]): Buffer {
  const known = framed.get(messages)
  if (known !== undefined) return known
  const [only] = messages
  const buffer = messages.length === 1 && only !== undefined ? frameOf(only) : Buffer.concat(messages.map(frameOf))
  framed.set(messages, buffer)
  return buffer
}

const FIN_BINARY = 0x82

/** One unfragmented binary frame (RFC 6455 §5.2). */
export function frameOf(message: Uint8Array): Buffer {
  const known = framedOne.get(message)
  if (known !== undefined) return known
  const length = message.byteLength
  const headerBytes = length < 126 ? 2 : length < 65536 ? 4 : 10
  const frame = Buffer.allocUnsafe(headerBytes + length)
  frame[0] = FIN_BINARY
  if (headerBytes === 2) frame[1] = length
  else if (headerBytes === 4) {
    frame[1] = 126
    frame.writeUInt16BE(length, 2)
  } else {
    frame[1] = 127
    frame.writeBigUInt64BE(BigInt(length), 2)
  }
  frame.set(message, headerBytes)
  framedOne.set(message, frame)
  return frame
}
