/**
 * Passwords at rest: argon2id (RFC 9106). At most two are hashed at a time, because one takes a whole core for a while: a wave of sign-ins
 * must not stop the meetings that go on meanwhile; a queue that is too long is refused at once.
 */
import { hash, verify } from '@node-rs/argon2'
import { Refusal } from '../../shared/protocol/refusals.ts'
import { newSecret } from '../lib/random.ts'

export interface PasswordCost {
  memoryKib: number
  passes: number
}

/** OWASP's second choice for argon2id (19 MiB, two passes): about 25 ms on one core, 38 MiB when two run at once. */
export const PASSWORD_COST: PasswordCost = { memoryKib: 19_456, passes: 2 }

const AT_ONCE = 2
/** About three seconds of waiting; whoever comes later is asked to come again. */
const MAX_WAITING = 200

export interface Passwords {
  hash(password: string): Promise<string>
  /** Whether it is the password. Without a hash (no such person) it takes the same time and says no. @throws Refusal `too-fast` */
  verify(stored: string | undefined, password: string): Promise<boolean>
}

export async function createPasswords(cost: PasswordCost = PASSWORD_COST): Promise<Passwords> {
  // The library's default algorithm is argon2id; a test looks at what comes out.
  const options = { memoryCost: cost.memoryKib, timeCost: cost.passes, parallelism: 1 }
  const waiting: (() => void)[] = []
  let running = 0

  async function inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (running >= AT_ONCE) {
      if (waiting.length >= MAX_WAITING) throw new Refusal('too-fast')
      await new Promise<void>(resolve => waiting.push(resolve))
    } else running += 1
    try {
      return await work()
    } finally {
      // The place is handed on, not given back and taken again: nobody can slip in between.
      const next = waiting.shift()
      if (next) next()
      else running -= 1
    }
  }

  // Nobody knows this password, so comparing with its hash always says no, in the time of a real comparison.
  const nobodys = await hash(newSecret(), options)
  // One password typed on two keyboards can be two strings of code points; NIST SP 800-63B §5.1.1.2 asks for one form.
  const normal = (password: string) => password.normalize('NFKC')

  return {
    hash: password => inTurn(() => hash(normal(password), options)),
    async verify(stored, password) {
      const matches = await inTurn(() => verify(stored ?? nobodys, normal(password)))
      return matches && stored !== undefined
    },
  }
}
