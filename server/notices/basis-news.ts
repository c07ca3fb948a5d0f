/** What somebody has to do about a case's bases, told once to each who may change the case (NT11). */
import { type Actor, canChangeCase } from '../../shared/access.ts'
import { asksOf, type BasisAsk } from '../../shared/bases/basis-asks.ts'
import type { BasisId, CaseId } from '../../shared/ids.ts'
import type { NoticeKind } from '../../shared/notices/notice-kinds.ts'
import type { NoticeGroup } from '../../shared/protocol/notices.ts'
import { dayInSeoul } from '../../shared/working-days.ts'
import { type AdmittedCase, caseOfRecord } from '../conferences/admission.ts'
import { leadAgencyOf } from '../conferences/case-commands.ts'
import { actorOf, type NoticeParts } from './ports.ts'
import { tell } from './telling.ts'

const KINDS: Readonly<Record<BasisAsk, Extract<NoticeKind, `basis_${string}`>>> = {
  approve: 'basis_to_approve',
  review: 'basis_to_review',
  renew: 'basis_ending',
}

/** Each is named by what is asked and until when: a look is repeated without harm, and another day is news. */
export async function lookAtBases(parts: NoticeParts, caseId: CaseId): Promise<void> {
  const [file, known] = await Promise.all([parts.cases.find(caseId), parts.bases.find(caseId)])
  if (file === undefined) return
  const asked = asksOf(known, dayInSeoul(parts.now()), leadAgencyOf(file))
  if (asked.length === 0) return
  const { facts } = await caseOfRecord(parts, file)
  for (const userId of new Set(file.workers.map(worker => worker.userId))) {
    const actor = await actorOf(parts.people, userId)
    if (actor === undefined || !canChangeCase(actor, facts)) continue
    for (const { ask, one, until } of asked) {
      if (ask === 'approve' && one.enteredBy === userId) continue
      await tell(parts, {
        event: `basis/${one.basisId}/${ask}/${until ?? ''}`,
        userId,
        kind: KINDS[ask],
        about: { of: 'basis', caseId, basisId: one.basisId, until: until ?? '' },
      })
    }
  }
}

/** Undefined for who may not change the case any more; over once nothing, or something else, is asked of that basis. */
export async function judgedBasis(
  parts: NoticeParts,
  actor: Actor,
  found: AdmittedCase | undefined,
  { caseId, basisId, until }: { caseId: CaseId; basisId: BasisId; until: string },
  kind: NoticeKind,
): Promise<{ isOver: boolean; group: NoticeGroup; agency: string; due?: string } | undefined> {
  if (found === undefined || !canChangeCase(actor, found.facts)) return undefined
  const today = dayInSeoul(parts.now())
  const asked = asksOf(await parts.bases.find(caseId), today, leadAgencyOf(found.file)).find(
    ({ one, ask, until: now }) => one.basisId === basisId && KINDS[ask] === kind && (now ?? '') === until,
  )
  const agencies = await Promise.all((asked?.agencies ?? []).map(agencyId => parts.people.agency(agencyId)))
  const { number, label } = found.file
  return {
    isOver: asked === undefined || (asked.ask === 'approve' && asked.one.enteredBy === actor.userId),
    group: { of: 'case', caseId, number, label },
    agency: agencies.map(agency => agency?.shortName ?? '').join(', '),
    ...(until !== '' && { due: until }),
  }
}
