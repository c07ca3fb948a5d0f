/**
 * One process at a time per data folder. LMDB itself lets several share it, but a server keeps rooms and counters in memory.
 *
 * Whoever opens the folder listens on a socket of its own inside it and writes the socket's name, and its process id, into the store.
 * The kernel closes the socket when its process ends, however it ends, so a holder that does not answer is gone: no process ids to
 * mistake, no ages to guess, and true between containers that share the folder. The name is exchanged in an LMDB transaction, which
 * only one process can be in, so two newcomers after a crash cannot both win.
 *
 * Where the folder's file system takes no sockets, the process id together with its starting time stands in.
 */
import { randomBytes } from 'node:crypto'
import { chmodSync, closeSync, openSync, readFileSync, rmSync } from 'node:fs'
import { connect, createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { isPlainObject } from '../subset.ts'
import type { Environment } from './environment.ts'

/** Another process has the folder open. The message is for the operator. */
export class FolderInUse extends Error {
  override name = 'FolderInUse'
  readonly pid: number

  constructor(folder: string, pid: number) {
    super(`The data folder ${folder} is in use by process ${pid}. Stop that process first, or choose another folder.`)
    this.pid = pid
  }
}

interface Holder {
  pid: number
  /** The socket's file name in the folder; empty when the file system takes none. */
  socket: string
  /** When the process began, as the operating system counts it; empty when it does not tell. */
  startedAt: string
}

const HOLDER_NOTE = Buffer.from('holder')
/** A holder that is stopped or busy still has its connection taken by the kernel, so this is generous. */
const ANSWER_LIMIT_MS = 2000
/** The path of a socket is at most 107 bytes on Linux, 103 on macOS. */
const MAX_SOCKET_PATH_BYTES = 100

/** Claims the folder for this process. Returns what gives it up again. @throws FolderInUse */
export async function claimFolder(folder: string, environment: Environment): Promise<() => void> {
  const address = addressIn(folder, `holder-${randomBytes(6).toString('hex')}.sock`)
  const server = await listen(address)
  const own: Holder = {
    pid: process.pid,
    socket: server === undefined ? '' : address.name,
    startedAt: startOf(process.pid) ?? '',
  }
  const release = () => {
    server?.close()
    if (server !== undefined && !address.isPipe) rmSync(join(folder, address.name), { force: true })
    address.close()
  }
  try {
    for (;;) {
      const found = environment.notes.getBinary(HOLDER_NOTE)
      const holder = toHolder(found)
      if (holder !== undefined && (await isAlive(folder, holder))) throw new FolderInUse(folder, holder.pid)
      if (exchange(environment, found, own)) {
        if (holder !== undefined && holder.socket !== '') rmSync(join(folder, holder.socket), { force: true })
        return () => {
          release()
          try {
            exchange(environment, toBytes(own), undefined)
          } catch {
            // The disk does not take it: the note stays, and is known to be stale by the socket that is gone.
          }
        }
      }
    }
  } catch (error) {
    release()
    throw error
  }
}

/** Replaces the holder that was read by `next`, unless somebody was faster. */
function exchange(environment: Environment, expected: Buffer | undefined, next: Holder | undefined): boolean {
  return environment.writeAtOnce(() => {
    const current = environment.notes.getBinary(HOLDER_NOTE)
    const isExpected = expected === undefined ? current === undefined : current?.equals(expected) === true
    if (!isExpected) return false
    if (next === undefined) environment.remove(environment.notes, HOLDER_NOTE)
    else environment.put(environment.notes, HOLDER_NOTE, toBytes(next))
    return true
  })
}

async function isAlive(folder: string, holder: Holder): Promise<boolean> {
  if (holder.socket === '') return isSameProcess(holder)
  const address = addressIn(folder, holder.socket)
  const answer = await new Promise<boolean>(resolve => {
    const socket = connect(address.path)
    socket.setTimeout(ANSWER_LIMIT_MS, () => resolve(true))
    socket.once('connect', () => resolve(true))
    socket.once('error', error => {
      const code = 'code' in error ? error.code : undefined
      // Anything but "nobody listens" and "no such socket" is not proof of death.
      resolve(code !== 'ECONNREFUSED' && code !== 'ENOENT')
    })
    socket.once('close', () => resolve(false))
  }).finally(() => address.close())
  return answer
}

function isSameProcess({ pid, startedAt }: Holder): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return false
  }
  return startedAt === '' || startOf(pid) === undefined || startOf(pid) === startedAt
}

/** The boot and the clock tick at which a process began, where /proc tells (Linux); undefined elsewhere or when it is gone. */
function startOf(pid: number): string | undefined {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The program's name, in parentheses, may hold spaces; the start is the 20th field after it.
    const start = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
    return start === undefined ? undefined : `${boot} ${start}`
  } catch {
    return undefined // No /proc here, or no such process: nothing to tell.
  }
}

interface Address {
  name: string
  path: string
  isPipe: boolean
  close(): void
}

/** Where the socket is reached. A folder with a long path is reached through an open descriptor, which has a short one. */
function addressIn(folder: string, name: string): Address {
  if (process.platform === 'win32') {
    return { name, path: `\\\\.\\pipe\\dure-${name}`, isPipe: true, close: () => {} }
  }
  const path = join(folder, name)
  if (process.platform !== 'linux' || Buffer.byteLength(path) <= MAX_SOCKET_PATH_BYTES) {
    return { name, path, isPipe: false, close: () => {} }
  }
  const descriptor = openSync(folder, 'r')
  let isOpen = true
  return {
    name,
    path: `/proc/self/fd/${descriptor}/${name}`,
    isPipe: false,
    close() {
      if (isOpen) closeSync(descriptor)
      isOpen = false
    },
  }
}

/** Undefined when the file system takes no sockets. Does not keep the process alive. */
async function listen(address: Address): Promise<Server | undefined> {
  const server = createServer(socket => socket.destroy())
  const isListening = await new Promise<boolean>(resolve => {
    server.once('error', () => resolve(false))
    server.listen(address.path, () => resolve(true))
  })
  if (!isListening) return undefined
  server.on('error', () => {
    // A connection that could not be accepted; whoever asked takes that for life, which it is.
  })
  server.unref()
  if (!address.isPipe) chmodSync(address.path, 0o600)
  return server
}

function toBytes(holder: Holder): Buffer {
  return Buffer.from(JSON.stringify(holder))
}

/** Undefined for none, and for what nobody could have written: such a note holds nothing. */
function toHolder(bytes: Buffer | undefined): Holder | undefined {
  if (bytes === undefined) return undefined
  try {
    const parsed: unknown = JSON.parse(bytes.toString())
    if (!isPlainObject(parsed)) return undefined
    const { pid, socket, startedAt } = parsed
    if (typeof pid !== 'number' || typeof socket !== 'string' || typeof startedAt !== 'string') return undefined
    return /^[\w.-]*$/.test(socket) ? { pid, socket, startedAt } : undefined
  } catch {
    return undefined // Not JSON: see above.
  }
}
