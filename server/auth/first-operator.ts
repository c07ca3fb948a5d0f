/**
 * The first real start has nobody who could sign in. It makes a one-time code, printed in the log alone; who has it (so, who runs the machine)
 * becomes the operator. A new code at each start, until one was used. An operator who is lost is replaced in the same way
 * (`npm start -- --new-operator`), which switches off the one before.
 */
import { createHash, timingSafeEqual } from 'node:crypto'
import type { UserId } from '../../shared/ids.ts'
import type { CreateOperatorBody } from '../../shared/protocol/http-api.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import type { Audit } from '../audit/audit.ts'
import { newId, newReadableCode } from '../lib/random.ts'
import type { User, UserRepository } from '../people/user-repository.ts'
import type { Clock } from '../rooms/ports.ts'
import type { AccessChanges } from './access-changes.ts'
import { checkNewPassword } from './password-rules.ts'
import type { Passwords } from './passwords.ts'
import type { Sessions } from './sessions.ts'

/** Sixteen characters of 31: 79 bits. */
const CODE_GROUPS = 4

export interface FirstOperator {
  /** Whether the code is still waiting to be used. */
  readonly isNeeded: boolean
  /** The code, for the log; undefined once used or never made. */
  readonly code: string | undefined
  /** @throws Refusal `wrong-credentials`, `bad-request` for the password, `conflict` for a taken login */
  create(body: CreateOperatorBody, address: string): Promise<User>
}

export async function openFirstOperator(options: {
  users: UserRepository
  sessions: Sessions
  passwords: Passwords
  audit: Audit
  changes: AccessChanges
  clock: Clock
  /** Asked for at the command line although there is an operator. */
  replace: boolean
}): Promise<FirstOperator> {
  const { users, sessions, passwords, audit, changes, clock, replace } = options
  const existing = (await users.operators()).filter(user => user.active)
  let code = existing.length === 0 || replace ? newReadableCode(CODE_GROUPS) : undefined

  return {
    get isNeeded() {
      return code !== undefined
    },
    get code() {
      return code
    },
    async create(body, address) {
      const expected = code
      if (expected === undefined || !isSame(expected, body.code.trim().toLowerCase())) {
        await audit.record({
          actor: null,
          address,
          action: 'operator.create',
          outcome: 'denied',
          reason: 'wrong-credentials',
        })
        throw new Refusal('wrong-credentials')
      }
      checkNewPassword(body.password, { login: body.login })
      const passwordHash = await passwords.hash(body.password)
      // Used up before the write, in the same turn: two who have the code do not both become operator.
      if (code !== expected) throw new Refusal('wrong-credentials')
      code = undefined
      try {
        const user = await users.insert(
          {
            _id: newId<UserId>(),
            name: body.name,
            login: body.login,
            operator: true,
            active: true,
            memberships: [],
            mustChangePassword: false,
            createdAt: new Date(clock.now()),
          },
          passwordHash,
        )
        for (const before of existing) {
          await users.update(before, { active: false })
          changes.announce([`user:${before._id}`])
          await sessions.endAll(before._id)
        }
        await audit.record({ actor: user._id, address, action: 'operator.create', object: user._id, outcome: 'ok' })
        return user
      } catch (error) {
        code = expected
        throw error
      }
    },
  }
}

function isSame(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(a), digest(b))
}
