/**
 * The one secret that is not in the store: 32 random bytes in a file outside the data folder (`DURE_KEY_FILE`), readable by the service
 * alone. Everything at rest is wrapped by it, so it must be backed up apart from the data: without it nothing can be read again, and with
 * both in one place encryption protects nothing.
 */
import { randomBytes } from 'node:crypto'
import { constants } from 'node:fs'
import { mkdir, open, readFile, stat } from 'node:fs/promises'
import { dirname } from 'node:path'

const PREFIX = 'dure-key-1:'

/** The key cannot be used; the message says in words what is wrong and what to do. The service must not start. */
export class KeyProblem extends Error {
  override name = 'KeyProblem'
}

/** Reads the key file, or undefined when there is none. @throws {KeyProblem} when it is unreadable, too open, or not a key. */
export async function readKeyFile(path: string): Promise<Buffer | undefined> {
  let text: string
  try {
    const { mode } = await stat(path)
    if ((mode & 0o077) !== 0) {
      throw new KeyProblem(`The key file ${path} can be read by others. Run: chmod 400 ${path}`)
    }
    text = await readFile(path, 'utf8')
  } catch (error) {
    if (error instanceof KeyProblem) throw error
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw new KeyProblem(
      `The key file ${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    )
  }
  const line = text.trim()
  const key = line.startsWith(PREFIX) ? Buffer.from(line.slice(PREFIX.length), 'base64') : Buffer.alloc(0)
  if (key.length !== 32) throw new KeyProblem(`The file ${path} is not a Dure key file. Restore it from its backup.`)
  return key
}

/** Makes a new key file (mode 0400, folder 0700), synced to disk before it is used. Never overwrites one. */
export async function createKeyFile(path: string): Promise<Buffer> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const key = randomBytes(32)
  const file = await open(path, constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY, 0o400)
  try {
    await file.writeFile(`${PREFIX}${key.toString('base64')}\n`)
    await file.sync()
  } finally {
    await file.close()
  }
  const folder = await open(dirname(path), 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
  return key
}
