/** One thing of each kind that an address can name, beside those of the route town: made over the interface where it has a way. */
import { newId } from '../../server/lib/random.ts'
import type { AgencyId, CaseId, ConferenceId } from '../../shared/ids.ts'
import type { AgreementsView } from '../../shared/protocol/bases.ts'
import type { CaseView, ConferenceView } from '../../shared/protocol/http-api.ts'
import type { ImportView } from '../../shared/protocol/imports.ts'
import { ABOUT_HEADER, UPLOAD_TYPE } from '../../shared/protocol/papers.ts'
import type { ResourceView } from '../../shared/protocol/resources.ts'
import type { SubjectRequestsView } from '../../shared/protocol/subject-requests.ts'
import type { FindingsView } from '../../shared/protocol/triage.ts'
import { dayInSeoul } from '../../shared/working-days.ts'
import type { TestClient } from '../support/app-under-test.ts'
import { enterRequest } from './conferences/route-lines.ts'
import type { Relation, RouteTown } from './conferences/route-town.ts'
import { csv, HEADINGS, row } from './imports/imports-under-test.ts'

export interface ThingsThere {
  /** By the name of the parameter. */
  ids: Record<string, string>
  /** Of the same form, and never anything's. */
  never(name: string): string
  /** A case and a live conference of this person's own agency. */
  ownOf(relation: Relation): Promise<Own>
}

interface Own {
  agencyId: AgencyId
  caseId: CaseId
  conferenceId: ConferenceId
  allocation: object
}

async function ask<T>(by: TestClient, method: string, path: string, body?: object): Promise<T> {
  const answer = await by.ask(method, path, body === undefined ? {} : { body })
  if (answer.status !== 200) throw new Error(`${method} ${path} answered ${answer.status} ${answer.text}`)
  return answer.body as T
}

/** Of which there is none in this town: minutes that are closed, a passkey, a flag of the access desk, a case that is kept or destroyed. */
const NONE = ['exportId', 'passkeyId', 'flagId', 'holdId', 'destructionId']

export async function thingsOf(house: RouteTown): Promise<ThingsThere> {
  const { town, dongId, dure } = house
  const leader = house.client('leader')
  const at = `/api/agencies/${dongId}`
  const agreement = {
    parties: [house.referring.own],
    title: '업무협약',
    scope: '공동관리',
    from: '2026-11-01',
    until: null,
  }
  const kept = await ask<AgreementsView>(house.client('administrator'), 'POST', `${at}/agreements`, agreement)
  const uploaded = await leader.ask('POST', `${at}/imports`, {
    raw: Buffer.from(csv([[...HEADINGS], row(1)])),
    headers: {
      'content-type': UPLOAD_TYPE,
      [ABOUT_HEADER]: encodeURIComponent(JSON.stringify({ fileName: '명단.csv', route: 'outreach_visit' })),
    },
  })
  if (uploaded.status !== 200) throw new Error(`The list was answered ${uploaded.text}`)
  const list = uploaded.body as ImportView
  await ask(leader, 'POST', `${at}/imports/${list.importId}/take-in`, { _v: list._v, keep: [] })
  let findings: FindingsView['findings'] = []
  while (findings.length === 0) {
    findings = (await ask<FindingsView>(leader, 'POST', `${at}/findings`, {})).findings
  }
  const resource = {
    agencyId: dongId,
    command: newId(),
    name: '밑반찬',
    domains: ['daily_living'],
    service: 'donation_goods',
    sector: 'public',
    eligibility: '',
    rule: '',
    cost: '',
    contact: '',
    places: 3,
    takenElsewhere: 0,
    from: '',
    until: '',
  }
  const given = await ask<ResourceView>(leader, 'POST', '/api/resources', resource)
  const entered = await ask<SubjectRequestsView>(
    leader,
    'POST',
    `/api/cases/${town.caseId}/subject-requests`,
    enterRequest(),
  )
  const filter = { name: '늦은 것', filter: { isLate: true } }
  const filters = await ask<{ filters: { filterId: string }[] }>(leader, 'POST', '/api/case-filters', filter)
  const ids: Record<string, string> = {
    ...town,
    document: town.ledger,
    documentName: `item.${town.itemId}`,
    guestId: town.waitingId,
    agencyId: dongId,
    userId: house.supervisorId,
    agreementId: kept.agreements[0]?.agreementId ?? '',
    importId: list.importId,
    findingId: findings[0]?.findingId ?? '',
    resourceId: given.resourceId,
    requestId: entered.requests[0]?.requestId ?? '',
    filterId: filters.filters[0]?.filterId ?? '',
    ...Object.fromEntries(NONE.map(name => [name, newId()])),
  }
  const empty = Object.entries(ids).filter(([, id]) => !id)
  if (empty.length > 0) throw new Error(`Not made: ${empty.map(([name]) => name).join(', ')}`)
  return {
    ids,
    never: name =>
      name === 'document' ? `actions.${newId()}.open` : name === 'documentName' ? `item.${newId()}` : newId(),
    async ownOf(relation) {
      const client = house.client(relation)
      const session = await client.session()
      if (session.state !== 'signed-in') throw new Error(`${relation} is not signed in`)
      const { userId } = session.person
      const agencyId = session.person.memberships[0]?.agencyId
      if (agencyId === undefined) throw new Error(`${relation} has no agency`)
      const { caseId } = await ask<CaseView>(client, 'POST', '/api/cases', {
        number: '2026-900',
        label: '이○○ 가구',
        agencies: [{ agencyId, role: 'lead' }],
        workers: [{ userId, agencyId }],
      })
      const { conferenceId } = await ask<ConferenceView>(client, 'POST', '/api/conferences', {
        ...house.bodies.conference,
        hostAgencyId: agencyId,
        participants: [{ userId, agencyId, role: 'leader' }],
      })
      const day = dayInSeoul(dure.app.clock.now())
      const allocation = {
        agencyId,
        service: 'counselling',
        emergency: '',
        what: '상담',
        amount: null,
        rule: '',
        rhythm: 'once',
        from: day,
        until: day,
        resourceId: null,
        despite: '',
      }
      return { agencyId, caseId, conferenceId, allocation }
    },
  }
}
