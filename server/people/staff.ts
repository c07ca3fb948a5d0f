/**
 * Commands on an agency's people. Every grant, change and withdrawal of a role is a record of its own (안전성 확보조치 기준 제5조③, kept with
 * the audit chain) and takes effect at once: sessions of somebody switched off end with the commit, documents are asked again.
 */
import type { AgencyRole } from '../../shared/codes.ts'
import type { AgencyId, UserId } from '../../shared/ids.ts'
import type {
  ChangeStaffBody,
  CreateStaffBody,
  StaffView,
  TemporaryPasswordView,
} from '../../shared/protocol/http-api.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import type { Audit, AuditEntry } from '../audit/audit.ts'
import type { AccessChanges } from '../auth/access-changes.ts'
import type { Lockout } from '../auth/lockout.ts'
import type { Passwords } from '../auth/passwords.ts'
import type { SecondFactorRepository } from '../auth/second-factor-repository.ts'
import type { Sessions } from '../auth/sessions.ts'
import { newId, newReadableCode } from '../lib/random.ts'
import type { Clock } from '../rooms/ports.ts'
import { recordOf } from './agencies.ts'
import type { By, WorkOfPeople } from './ports.ts'
import type { User, UserRepository } from './user-repository.ts'

export interface StaffParts {
  users: UserRepository
  passwords: Passwords
  sessions: Sessions
  lockout: Lockout
  secondFactors: SecondFactorRepository
  audit: Audit
  changes: AccessChanges
  clock: Clock
}

/** Twelve characters of 31: 59 bits, for one use. */
const TEMPORARY_PASSWORD_GROUPS = 3

/** A new person with one role in the agency, and a temporary password that is shown this once. @throws Refusal `conflict` for a taken login */
export async function createStaff(
  parts: StaffParts,
  by: By,
  agencyId: AgencyId,
  body: CreateStaffBody,
): Promise<TemporaryPasswordView> {
  const { users, passwords, clock, audit } = parts
  const temporaryPassword = newReadableCode(TEMPORARY_PASSWORD_GROUPS)
  const userId = newId<UserId>()
  const passwordHash = await passwords.hash(temporaryPassword)
  const records = [
    { ...recordOf(by), action: 'user.create', object: userId },
    permission(by, 'permission.grant', userId, agencyId, body.role),
  ]
  const user = await recorded(audit, records, () =>
    users.insert(
      {
        _id: userId,
        name: body.name,
        login: body.login,
        operator: false,
        active: true,
        memberships: [{ agencyId, role: body.role }],
        mustChangePassword: true,
        createdAt: new Date(clock.now()),
      },
      passwordHash,
    ),
  )
  return { userId: user._id, login: user.login, temporaryPassword }
}

/** @throws Refusal `conflict` on an older version; `not-allowed` when an administrator would leave the agency without one */
export async function changeStaff(
  parts: StaffParts,
  by: By,
  { agencyId, user }: { agencyId: AgencyId; user: User },
  { _v, name, role, active }: ChangeStaffBody,
): Promise<StaffView> {
  const { users, sessions, audit, changes } = parts
  if (_v !== user._v) throw new Refusal('conflict')
  const before = roleIn(user, agencyId)
  const nextRole = role ?? before
  const isLosingAdministrator =
    before === 'agency_administrator' && user.active && (nextRole !== 'agency_administrator' || active === false)
  if (isLosingAdministrator && !by.actor.operator && (await isLastAdministrator(users, agencyId, user._id))) {
    throw new Refusal('not-allowed', 'last-administrator')
  }
  const moved = (action: PermissionAction) => permission(by, action, user._id, agencyId, nextRole)
  const records = [
    { ...recordOf(by), action: 'user.change', object: user._id },
    ...(nextRole !== before ? [moved('permission.change')] : []),
    ...(active === false && user.active ? [moved('permission.withdraw')] : []),
    ...(active === true && !user.active ? [moved('permission.grant')] : []),
  ]
  const changed = await recorded(audit, records, () =>
    users.update(user, {
      ...(name !== undefined && { name }),
      ...(active !== undefined && { active }),
      ...(role !== undefined && {
        memberships: user.memberships.map(m => (m.agencyId === agencyId ? { agencyId, role } : m)),
      }),
    }),
  )
  changes.announce([`user:${user._id}`])
  if (active === false) await sessions.endAll(user._id)
  return staffViewOf(parts, agencyId, changed)
}

/** Another temporary password, shown once; everything that was open with the old one ends, and a lock-out with it. */
export async function resetPassword(parts: StaffParts, by: By, user: User): Promise<TemporaryPasswordView> {
  const { users, passwords, sessions, lockout, audit } = parts
  const temporaryPassword = newReadableCode(TEMPORARY_PASSWORD_GROUPS)
  await users.update(user, { passwordHash: await passwords.hash(temporaryPassword), mustChangePassword: true })
  await sessions.endAll(user._id)
  await lockout.clearAll(user.loginHash)
  await audit.record({ ...recordOf(by), action: 'password.reset', object: user._id, outcome: 'ok' })
  return { userId: user._id, login: user.login, temporaryPassword }
}

/**
 * Takes away the second factor of somebody whose phone and recovery codes are gone; what is open ends. The password stays asked, and where a second
 * factor is demanded the next sign-in sets up another one.
 * @throws Refusal `not-allowed` for one's own (which asks its code), `conflict` when there is none
 */
export async function resetSecondFactor(
  parts: StaffParts,
  by: By,
  { agencyId, user }: { agencyId: AgencyId; user: User },
): Promise<StaffView> {
  const { secondFactors, sessions, audit } = parts
  if (user._id === by.actor.userId) throw new Refusal('not-allowed', 'own-second-factor')
  if (!(await secondFactors.remove(user._id))) throw new Refusal('conflict')
  await sessions.endAll(user._id)
  await audit.record({ ...recordOf(by), action: 'second-factor.reset', object: user._id, outcome: 'ok' })
  return staffViewOf(parts, agencyId, user)
}

/** Change of staff: what hangs on one person goes to another active person of the same agency. */
export async function handOver(
  parts: StaffParts & { work: Pick<WorkOfPeople, 'reassign'> },
  by: By,
  { agencyId, from, to }: { agencyId: AgencyId; from: User; to: User },
): Promise<{ cases: number; conferences: number }> {
  if (from._id === to._id) throw new Refusal('bad-request', 'toUserId')
  if (!to.active) throw new Refusal('bad-request', 'toUserId')
  const moved = await parts.work.reassign({ agencyId, from: from._id, to: to._id, by })
  await parts.audit.record({
    ...recordOf(by),
    action: 'user.hand-over',
    object: `${from._id} ${to._id}`,
    outcome: 'ok',
  })
  return moved
}

export async function listStaff(parts: StaffParts, agencyId: AgencyId): Promise<{ staff: StaffView[] }> {
  const people = await parts.users.ofAgency(agencyId)
  const staff = await Promise.all(people.map(user => staffViewOf(parts, agencyId, user)))
  return { staff: staff.sort((a, b) => a.name.localeCompare(b.name, 'ko')) }
}

/** A person of this agency. @throws Refusal `not-found` for anybody else's, as for nobody */
export async function staffMember(users: UserRepository, agencyId: AgencyId, userId: UserId): Promise<User> {
  const user = await users.find(userId)
  if (!user?.memberships.some(membership => membership.agencyId === agencyId)) throw new Refusal('not-found')
  return user
}

async function staffViewOf(parts: StaffParts, agencyId: AgencyId, user: User): Promise<StaffView> {
  const lockedUntil = await parts.lockout.lockedUntil(user.loginHash)
  return {
    userId: user._id,
    name: user.name,
    login: user.login,
    role: roleIn(user, agencyId),
    active: user.active,
    lockedUntil: lockedUntil?.toISOString() ?? null,
    secondFactor: await parts.secondFactors.isOn(user._id),
    lastSignInAt: user.lastSignInAt?.toISOString() ?? null,
    _v: user._v,
  }
}

function roleIn(user: User, agencyId: AgencyId): AgencyRole {
  const membership = user.memberships.find(one => one.agencyId === agencyId)
  if (membership === undefined) throw new Refusal('not-found')
  return membership.role
}

async function isLastAdministrator(users: UserRepository, agencyId: AgencyId, userId: UserId): Promise<boolean> {
  const people = await users.ofAgency(agencyId)
  return !people.some(
    other => other._id !== userId && other.active && roleIn(other, agencyId) === 'agency_administrator',
  )
}

type PermissionAction = 'permission.grant' | 'permission.change' | 'permission.withdraw'

/** Who was given what, or lost it, for the record of access. */
const permission = (by: By, action: PermissionAction, userId: UserId, agencyId: AgencyId, role: AgencyRole) => ({
  ...recordOf(by),
  action,
  object: `${userId} ${agencyId}`,
  reason: role,
})

/** What cannot be recorded is not done (audit/SPEC.md AU1); a change that fails after its record is followed by another that says so. */
async function recorded<T>(
  audit: Audit,
  records: readonly Omit<AuditEntry, 'outcome'>[],
  write: () => Promise<T>,
): Promise<T> {
  const record = async (outcome: 'ok' | 'failed') => {
    for (const one of records) await audit.record({ ...one, outcome })
  }
  await record('ok')
  try {
    return await write()
  } catch (error) {
    await record('failed')
    throw error
  }
}
