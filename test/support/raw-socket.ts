/** A WebSocket client that sends whatever bytes it is told to, right or wrong. */
import { randomBytes } from 'node:crypto'
import { connect, type Socket } from 'node:net'
import { ORIGIN } from './sync-server.ts'

export interface RawSocket {
  readonly socket: Socket
  /** The status of the answer to the upgrade. */
  readonly status: number
  readonly body: string
  /** Everything that came after the answer. */
  readonly received: () => Buffer
  readonly isClosed: () => boolean
  /** The code of the server's close frame, once there. */
  closeCode(): number | undefined
  write(bytes: Uint8Array): void
  closed(): Promise<void>
}

export interface UpgradeRequest {
  port: number
  path: string
  /** Lines of the head; cookie and one origin when not given. */
  headers?: string[]
  person?: string
}

/** Asks for an upgrade by hand and waits for the answer. */
export function upgradeByHand({ port, path, headers, person }: UpgradeRequest): Promise<RawSocket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1' })
    let bytes = Buffer.alloc(0)
    let isClosed = false
    let answerEnd = -1
    const lines = [
      `GET ${path} HTTP/1.1`,
      'Host: dure.test',
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
      ...(headers ?? [`Origin: ${ORIGIN}`]),
      ...(person === undefined ? [] : [`Cookie: person=${person}`]),
      '',
      '',
    ]
    socket.on('error', () => {})
    socket.on('close', () => {
      isClosed = true
      if (answerEnd < 0) finish()
    })
    socket.write(lines.join('\r\n'))
    const finish = () => {
      const text = bytes.toString('latin1')
      const status = Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1])
      if (!status) {
        reject(new Error('No answer to the upgrade'))
        return
      }
      answerEnd = text.indexOf('\r\n\r\n') + 4
      resolve({
        socket,
        status,
        body: text.slice(answerEnd),
        received: () => bytes.subarray(answerEnd),
        isClosed: () => isClosed,
        closeCode: () => closeCodeIn(bytes.subarray(answerEnd)),
        write: data => {
          if (!socket.destroyed) socket.write(data)
        },
        closed: () => (isClosed ? Promise.resolve() : new Promise<void>(done => socket.once('close', () => done()))),
      })
    }
    socket.on('data', chunk => {
      bytes = Buffer.concat([bytes, chunk])
      const isWhole = bytes.includes('\r\n\r\n') && (bytes.includes('101 ') || bytes.includes('}'))
      if (answerEnd < 0 && isWhole) finish()
    })
  })
}

/** Walks the server's frames to its close frame. */
function closeCodeIn(bytes: Buffer): number | undefined {
  for (let at = 0; at + 2 <= bytes.length; ) {
    const opcode = (bytes[at] ?? 0) & 15
    const short = (bytes[at + 1] ?? 0) & 127
    const headerBytes = short < 126 ? 2 : short === 126 ? 4 : 10
    if (at + headerBytes > bytes.length) return undefined
    const length =
      short < 126 ? short : short === 126 ? bytes.readUInt16BE(at + 2) : Number(bytes.readBigUInt64BE(at + 2))
    if (opcode === 8) return length >= 2 ? bytes.readUInt16BE(at + headerBytes) : 1005
    at += headerBytes + length
  }
  return undefined
}

/** A client's frame by hand. `first` is FIN, RSV bits and opcode. */
export function rawFrame(
  first: number,
  payload: Uint8Array,
  options: { masked?: boolean; claimed?: number } = {},
): Buffer {
  const { masked = true, claimed = payload.byteLength } = options
  const maskBit = masked ? 0x80 : 0
  const head =
    claimed < 126
      ? Buffer.from([first, maskBit | claimed])
      : claimed < 65536
        ? Buffer.from([first, maskBit | 126, claimed >> 8, claimed & 255])
        : Buffer.concat([Buffer.from([first, maskBit | 127]), bigLength(claimed)])
  // A mask of zeros leaves the payload as it is.
  return Buffer.concat([head, masked ? Buffer.alloc(4) : Buffer.alloc(0), payload])
}

function bigLength(length: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64BE(BigInt(length))
  return bytes
}
