/** How this folder and the ledger beside it are put together out of what cases and their bases stand on. */

import { type CaseBases, lastDayOf, opens, standingOf } from '../../shared/bases/bases.ts'
import { DISCLOSURE_BASES } from '../../shared/bases/basis-codes.ts'
import type { AgencyId, CaseId } from '../../shared/ids.ts'
import { REFERRAL_FIELDS } from '../../shared/referrals/referral-codes.ts'
import type { StandingBasis } from '../../shared/referrals/referral-grounds.ts'
import { dayInSeoul } from '../../shared/working-days.ts'
import { createCodeSetRepository } from '../code-sets/code-set-repository.ts'
import { createCodeSets } from '../code-sets/code-sets.ts'
import type { ConferenceParts } from '../conferences/ports.ts'
import type { Keyring } from '../crypto/keyring.ts'
import { createAllocationRepository } from '../resources/allocation-repository.ts'
import { createResourceRepository } from '../resources/resource-repository.ts'
import type { Store } from '../storage/port.ts'
import type { ReferralDisclosure, ReferralParts } from './ports.ts'
import { createReferralRepository } from './referral-repository.ts'

export function createReferralParts(options: {
  conferences: ConferenceParts
  store: Store
  keyring: Pick<Keyring, 'drawer'>
}): ReferralParts {
  const { conferences, ...at } = options
  return {
    ...conferences,
    referrals: createReferralRepository(at),
    allocations: createAllocationRepository(at),
    resources: createResourceRepository(at),
    codeSets: createCodeSets(createCodeSetRepository(at)),
    basisFor: (caseId, agencyId) => basisFor(conferences, caseId, agencyId),
    registerDisclosure: row => registerDisclosure(conferences, row),
    onMoved: async () => undefined,
    endDisclosure: referralId => conferences.disclosures.end(rowIdOf(referralId), dayInSeoul(conferences.now())),
  }
}

/** The agency that answers for the case stands by its own task; any other by a basis that names it, one that covers sensitive information first. */
async function basisFor(
  { cases, bases, now }: ConferenceParts,
  caseId: CaseId,
  agencyId: AgencyId,
): Promise<StandingBasis | undefined> {
  const [file, known] = await Promise.all([cases.find(caseId), bases.find(caseId)])
  if (file?.agencies.some(agency => agency.agencyId === agencyId && agency.role === 'lead')) {
    return { kind: 'public_task', sensitive: true, until: '' }
  }
  const today = dayInSeoul(now())
  return (
    inForce({ ...known, sensitive: true }, agencyId, today) ?? inForce({ ...known, sensitive: false }, agencyId, today)
  )
}

/** What a referral shows of health is judged for the referral and not for the case as a whole (RF6). */
function inForce(known: CaseBases, agencyId: AgencyId, today: string): StandingBasis | undefined {
  const { standing, by } = standingOf(known, agencyId, today)
  if (!opens(standing) || by === undefined) return undefined
  return { kind: by.basis, sensitive: by.sensitive, until: lastDayOf(by) ?? '' }
}

const rowIdOf = (referralId: string) => `referral.${referralId}`

/** The eight fields in the words of the form, which is an official Korean register. */
async function registerDisclosure(
  { disclosures, people, now }: ConferenceParts,
  row: ReferralDisclosure,
): Promise<void> {
  const { caseId, referralId, giver, receiver, basis, basisWords, purpose, items, by } = row
  const at = new Date(now())
  await disclosures.add({
    _id: rowIdOf(referralId),
    caseId,
    giver,
    receiver,
    basis,
    source: 'referral',
    at,
    by,
    endedOn: null,
    fields: {
      file: '사례관리 서비스의뢰서',
      receiver: (await people.agency(receiver))?.name ?? '',
      purpose,
      legalBasis: [DISCLOSURE_BASES[basis].ko, DISCLOSURE_BASES[basis].article, basisWords].filter(Boolean).join(' · '),
      items: ['의뢰 내용', ...(row.needs ? ['욕구 영역'] : []), ...items.map(field => REFERRAL_FIELDS[field].ko)].join(
        ', ',
      ),
      period: dayInSeoul(at),
      form: '의뢰서 열람(두레)',
      measures: '의뢰 목적 외 이용·제공 금지(개인정보 보호법 제19조)',
    },
  })
}
