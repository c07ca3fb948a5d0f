/** Looking at odd look-ups and explaining one's own (SPEC AD8). */
import { canReviewAccess } from '../../shared/access.ts'
import { flagAfter, movesFrom } from '../../shared/access-desk/flag-moves.ts'
import type { AccessFlagId, AgencyId } from '../../shared/ids.ts'
import type { FlagsView, FlagView, MoveFlagBody } from '../../shared/protocol/access-desk.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import { refuse } from '../conferences/admission.ts'
import { commit } from '../conferences/commit.ts'
import type { By } from '../conferences/ports.ts'
import { recordShown } from './case-access.ts'
import type { Flag } from './flag-repository.ts'
import { createNames } from './people.ts'
import type { AccessDeskParts } from './ports.ts'

/** An officer's: those of the agency, what waits for her first. */
export async function listFlags(parts: AccessDeskParts, by: By, agencyId: AgencyId): Promise<FlagsView> {
  return viewOf(parts, by, await parts.flags.ofAgency(agencyId), { as: 'officer', object: `agency.${agencyId}` })
}

/** A person's own: those about which somebody asked. */
export async function listExplanations(parts: AccessDeskParts, by: By): Promise<FlagsView> {
  const own = await parts.flags.ofPerson(by.actor.userId)
  const asked = own.filter(flag => flag.steps.some(step => step.move === 'ask'))
  return viewOf(parts, by, asked, { as: 'person', object: 'explanations' })
}

async function viewOf(
  parts: AccessDeskParts,
  by: By,
  flags: readonly Flag[],
  { as, object }: { as: 'officer' | 'person'; object: string },
): Promise<FlagsView> {
  const names = createNames(parts)
  const files = await parts.cases.findMany([...new Set(flags.flatMap(flag => flag.caseId ?? []))])
  const numbers = new Map(files.map(file => [file._id, file.number]))
  // Who was refused is not told which household it was; who opened it in an emergency named it.
  const isTold = (flag: Flag) => as === 'officer' || flag.rule === 'break_glass'
  const shown = flags.filter(isTold).flatMap(flag => flag.caseId ?? [])
  await recordShown(parts, by, 'access.flags', shown, object)
  const views = await Promise.all(
    flags.map(async (flag): Promise<FlagView> => {
      const isOwn = flag.userId === by.actor.userId
      return {
        flagId: flag._id,
        rule: flag.rule,
        state: flag.state,
        name: (await names(flag.userId)).name,
        number: (isTold(flag) && flag.caseId !== null && numbers.get(flag.caseId)) || '',
        at: flag.at.toISOString(),
        count: flag.count,
        steps: await Promise.all(
          flag.steps.map(async ({ move, by: doer, at, words }) => ({
            move,
            name: (await names(doer)).name,
            at,
            words,
          })),
        ),
        moves: as === 'officer' && isOwn ? [] : movesFrom(flag.state, as),
        _v: flag._v,
      }
    }),
  )
  const waits = (flag: FlagView) => (flag.moves.length > 0 ? 0 : 1)
  return { flags: views.sort((a, b) => waits(a) - waits(b) || (a.at < b.at ? 1 : -1)) }
}

/** As the agency's officer, never about oneself. @throws Refusal */
export async function moveFlag(
  parts: AccessDeskParts,
  by: By,
  { agencyId, flagId }: { agencyId: AgencyId; flagId: AccessFlagId },
  body: MoveFlagBody,
): Promise<void> {
  const flag = await parts.flags.find(flagId)
  if (flag === undefined || flag.agencyId !== agencyId || !canReviewAccess(by.actor, agencyId)) {
    return refuse(parts, by, 'not-found', { subject: flag?.caseId ?? undefined, object: `access-flag.${flagId}` })
  }
  if (flag.userId === by.actor.userId) {
    return refuse(parts, by, 'not-allowed', {
      subject: flag.caseId ?? undefined,
      object: `access-flag.${flagId}`,
      detail: 'own-look-up',
    })
  }
  await move(parts, by, flag, body, 'officer')
  const isAsked = body.move === 'ask' || body.move === 'ask_again'
  if (isAsked) await parts.onAsked({ flagId, userId: flag.userId, step: flag.steps.length })
}

/** Explaining what one was asked about. @throws Refusal */
export async function explain(parts: AccessDeskParts, by: By, flagId: AccessFlagId, body: MoveFlagBody): Promise<void> {
  const flag = await parts.flags.find(flagId)
  if (flag === undefined || flag.userId !== by.actor.userId || flag.state === 'open') {
    return refuse(parts, by, 'not-found', { subject: flag?.caseId ?? undefined, object: `access-flag.${flagId}` })
  }
  await move(parts, by, flag, body, 'person')
}

async function move(
  parts: AccessDeskParts,
  by: By,
  flag: Flag,
  { _v, move: made, words }: MoveFlagBody,
  as: 'officer' | 'person',
): Promise<void> {
  if (_v !== flag._v) throw new Refusal('conflict')
  const next = flagAfter(flag.state, made, as)
  if (next === undefined) throw new Refusal('not-allowed', 'flag-move')
  await commit(parts, by, {
    action: `access.${made}`,
    subject: flag.caseId ?? undefined,
    object: `access-flag.${flag._id}`,
    reason: flag.rule,
    write: () =>
      parts.flags.move(flag, next, {
        move: made,
        by: by.actor.userId,
        at: new Date(parts.now()).toISOString(),
        words,
      }),
    announces: () => [],
  })
}
