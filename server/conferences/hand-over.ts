/**
 * Change of staff: what one person had goes to another of the same agency, case by case and conference by conference. Each step is one
 * document; a hand-over that was interrupted is given again and takes what is left.
 */
import { documentNameOf } from '../../shared/documents/document-names.ts'
import type { AgencyId, UserId } from '../../shared/ids.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import type { WorkOfPeople } from '../people/ports.ts'
import type { CaseWorker } from './case-repository.ts'
import { commit } from './commit.ts'
import { invitedAgenciesOf } from './conference-commands.ts'
import type { Participant } from './conference-repository.ts'
import { fieldsOf } from './conference-states.ts'
import { movedBetween, namedOf } from './moved-access.ts'
import type { By, ConferenceParts } from './ports.ts'
import { staffNamed } from './staff.ts'

interface HandOver {
  agencyId: AgencyId
  from: UserId
  to: UserId
}

/** Somebody else changed the same record in between this often: give up and let the administrator try again. */
const MAX_TRIES = 5

export function createWorkOfPeople(parts: ConferenceParts): WorkOfPeople {
  return {
    reassign: ({ by, ...handOver }) => reassign(parts, by, handOver),
    async agenciesMetBy(userId) {
      const conferences = await parts.conferences.ofPerson(userId)
      return [...new Set(conferences.flatMap(invitedAgenciesOf))]
    },
  }
}

/**
 * Cases, and conferences that are not over: what is over stays with who was there. Who may order a hand-over is for the caller to ask
 * (`canAdministerAgency`).
 */
async function reassign(parts: ConferenceParts, by: By, handOver: HandOver) {
  const { agencyId, from, to } = handOver
  if (from === to) throw new Refusal('bad-request', 'same-person')
  await staffNamed(parts.people, [{ userId: to, agencyId }], 'not-staff')
  const result = { cases: 0, conferences: 0 }

  for (const { _id } of await parts.cases.ofWorker(from)) {
    const changed = await retrying(async () => {
      const file = await parts.cases.find(_id)
      if (!file?.workers.some(worker => worker.userId === from && worker.agencyId === agencyId)) return false
      const workers = withSuccessor(file.workers, handOver)
      await commit(parts, by, {
        action: 'case.hand-over',
        subject: _id,
        object: documentNameOf({ kind: 'case', caseId: _id }),
        ...movedBetween(namedOf(file.workers), namedOf(workers)),
        write: () => parts.cases.update(file, { ...file, workers }),
        announces: () => [`case:${_id}`],
      })
      return true
    })
    if (changed) result.cases++
  }

  for (const { _id } of await parts.conferences.ofPerson(from)) {
    const changed = await retrying(async () => {
      const conference = await parts.conferences.find(_id)
      if (!conference || conference.state === 'closed') return false
      if (!conference.participants.some(p => p.userId === from && p.agencyId === agencyId)) return false
      const participants = withSuccessorAtTable(conference.participants, handOver)
      await commit(parts, by, {
        action: 'conference.hand-over',
        object: documentNameOf({ kind: 'conference', conferenceId: _id }),
        ...movedBetween(namedOf(conference.participants), namedOf(participants)),
        write: () => parts.conferences.update(conference, { ...fieldsOf(conference), participants }),
        announces: () => [`conference:${_id}`],
      })
      parts.documents.notify(documentNameOf({ kind: 'conference', conferenceId: _id }), 'conference')
      return true
    })
    if (changed) result.conferences++
  }
  return result
}

/** The successor in the predecessor's place, once. */
function withSuccessor(workers: readonly CaseWorker[], { agencyId, from, to }: HandOver): CaseWorker[] {
  const others = workers.filter(worker => worker.userId !== from || worker.agencyId !== agencyId)
  return others.some(worker => worker.userId === to) ? others : [...others, { userId: to, agencyId }]
}

/** Likewise; one who sits at the table already keeps the seat, and takes over a part in conducting. */
function withSuccessorAtTable(participants: readonly Participant[], { agencyId, from, to }: HandOver): Participant[] {
  const leaving = participants.find(p => p.userId === from && p.agencyId === agencyId)
  const seated = participants.find(p => p.userId === to)
  return participants.flatMap(participant => {
    if (participant === leaving) return seated ? [] : [{ userId: to, agencyId, role: leaving.role }]
    if (participant === seated && leaving && isStronger(leaving.role, seated.role)) {
      return [{ ...seated, role: leaving.role }]
    }
    return [participant]
  })
}

const STRENGTH = ['observer', 'supervisor', 'attendee', 'minute_taker', 'deputy', 'leader'] as const

const isStronger = (a: Participant['role'], b: Participant['role']) => STRENGTH.indexOf(a) > STRENGTH.indexOf(b)

async function retrying(step: () => Promise<boolean>): Promise<boolean> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await step()
    } catch (error) {
      const isRace = error instanceof Refusal && error.reason === 'conflict'
      if (!isRace || attempt === MAX_TRIES) throw error
    }
  }
}
