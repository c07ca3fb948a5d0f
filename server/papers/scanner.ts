/**
 * Asks a program of the house whether a file is harmful (SECURITY R26, 안전성 확보조치 기준 제9조). It gets the bytes through its standard input and
 * nothing else: no name, no place, nothing is written anywhere. It answers by its exit code, as the usual scanners do: 0 is nothing found, 1 is
 * something found. Every other end (another code, a signal, silence for too long, not starting) is no answer, and what was not looked at does not
 * open to others.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { constants } from 'node:fs'
import { access } from 'node:fs/promises'
import type { Writable } from 'node:stream'

export interface Scanner {
  /** @returns whether nothing was found. @throws {ScanFailed} */
  isHarmless(content: AsyncIterable<Uint8Array>): Promise<boolean>
}

/** There is no answer. The message says why, and holds nothing of the file. */
export class ScanFailed extends Error {
  override name = 'ScanFailed'
}

/** A scanner that loads its own signatures takes a gigabyte; more than these at once wait for their turn. */
const AT_ONCE = 2

/** Where a script finds what it calls. */
const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

export interface ScannerOptions {
  /** The program and its arguments; no shell reads them. */
  command: readonly [string, ...string[]]
  /** From the first byte until the answer. */
  limitMs: number
}

/** @throws in words when there is no such program */
export async function openScanner(options: ScannerOptions): Promise<Scanner> {
  const [program] = options.command
  await access(program, constants.X_OK).catch(cause => {
    throw new Error(`DURE_SCAN_COMMAND names a program that cannot be run: ${program}`, { cause })
  })
  const queue = turns(AT_ONCE)
  return {
    isHarmless: content => queue(() => scan(options, content)),
  }
}

async function scan({ command, limitMs }: ScannerOptions, content: AsyncIterable<Uint8Array>): Promise<boolean> {
  const [program, ...given] = command
  // Neither our own settings nor what it says of the file leave with it.
  const child = spawn(program, given, { stdio: ['pipe', 'ignore', 'ignore'], env: { PATH } })
  let isLate = false
  const timer = setTimeout(() => {
    isLate = true
    child.kill('SIGKILL')
  }, limitMs)
  try {
    const ended = endOf(child)
    // Whichever comes first: it may have its answer before the last byte.
    const [{ code, signal }] = await Promise.all([ended, feed(child, content, ended)])
    if (code === 0) return true
    if (code === 1) return false
    if (isLate) throw new ScanFailed(`No answer within ${limitMs} ms`)
    throw new ScanFailed(code === null ? `Ended by ${signal}` : `Exit code ${code}`)
  } finally {
    clearTimeout(timer)
    child.kill('SIGKILL')
  }
}

interface End {
  code: number | null
  signal: NodeJS.Signals | null
}

function endOf(child: ChildProcess): Promise<End> {
  return new Promise((resolve, reject) => {
    child.once('error', cause => reject(new ScanFailed('It did not start', { cause })))
    child.once('exit', (code, signal) => resolve({ code, signal }))
  })
}

async function feed(
  { stdin }: { stdin: Writable | null },
  content: AsyncIterable<Uint8Array>,
  ended: Promise<End>,
): Promise<void> {
  if (stdin === null) return
  let isOver = false
  const over = ended.then(
    () => {
      isOver = true
    },
    () => {
      isOver = true
    },
  )
  // A program that has its answer reads no further, which is no fault of anybody's; its end tells what it was.
  stdin.on('error', () => {})
  for await (const piece of content) {
    if (isOver) return
    if (!stdin.write(piece)) await Promise.race([over, new Promise(resolve => stdin.once('drain', resolve))])
  }
  stdin.end()
}

/** Runs so many at once; the others wait in order. */
function turns(atOnce: number): <T>(work: () => Promise<T>) => Promise<T> {
  let running = 0
  const waiting: (() => void)[] = []
  return async work => {
    if (running >= atOnce) await new Promise<void>(resolve => waiting.push(resolve))
    else running += 1
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      // The place goes over to whoever waited longest.
      if (next) next()
      else running -= 1
    }
  }
}
