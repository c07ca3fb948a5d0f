/** A town whose 생연1동 asks others for help: a centre, a charity and a city team that have nothing to do with the case. */

import { createCodeSetRepository } from '../../../server/code-sets/code-set-repository.ts'
import { admitToCase, admitToItem } from '../../../server/conferences/admission.ts'
import { newId } from '../../../server/lib/random.ts'
import { admitToRefer, admitToReferral } from '../../../server/referrals/referral-admission.ts'
import { createReferrals, moveReferral } from '../../../server/referrals/referral-commands.ts'
import { createReferralParts } from '../../../server/referrals/referral-house.ts'
import { openReferral, openReferralsOfCase } from '../../../server/referrals/referral-views.ts'
import { listReferralsAtItem } from '../../../server/referrals/referrals-at-item.ts'
import { must } from '../../../shared/assert.ts'
import type { CodeEntry } from '../../../shared/code-sets/code-sets.ts'
import type { Service } from '../../../shared/code-sets/services.ts'
import type { CodeSetName } from '../../../shared/code-sets/shipped.ts'
import type { AgencyId, CaseId, CommandId, ConferenceId, ItemId, ReferralId, UserId } from '../../../shared/ids.ts'
import type { CreateReferralsBody, MoveReferralBody, ReferralView } from '../../../shared/protocol/referrals.ts'
import type { ReferralDraft } from '../../../shared/referrals/referral-content.ts'
import { dayInSeoul } from '../../../shared/working-days.ts'
import { buildBasis } from '../../support/bases.ts'
import { openWorld, settle } from '../conferences/world.ts'

export const DAY_MS = 86_400_000

export async function openReferralTown() {
  const world = await openWorld()
  const town = await settle(world)
  const centre = world.agency('노인복지관')
  const charity = world.agency('희망지킴이')
  const city = world.agency('희망복지지원단')
  world.agencies.set(centre, { ...must(world.agencies.get(centre), 'agency'), public: false })
  world.agencies.set(charity, { ...must(world.agencies.get(charity), 'agency'), public: false })
  const taker = world.person('taker', [centre, 'case_worker'])
  const second = world.person('second', [centre, 'supervisor'])
  const watcher = world.person('watcher', [centre, 'observer'])
  const clerk = world.person('clerk', [centre, 'agency_administrator'])
  const other = world.person('other', [charity, 'case_worker'])
  const official = world.person('official', [city, 'case_worker'])
  const parts = createReferralParts({ conferences: world.parts, store: world.store, keyring: world.keyring })

  const house = {
    ...town,
    world,
    parts,
    centre,
    charity,
    city,
    taker,
    second,
    centreWatcher: watcher,
    clerk,
    other,
    official,
    async write(
      to: AgencyId[],
      about: Partial<ReferralDraft> = {},
      by: UserId = town.leader,
      service: Service = 'donation_goods',
    ): Promise<ReferralView[]> {
      const body = { ...referralBody(to, about), service }
      await createReferrals(parts, world.by(by), await admitToRefer(parts, world.by(by), town.caseId), body)
      const all = await house.ofCase(by)
      return to.map(agencyId =>
        must(
          all.find(one => one.to.agencyId === agencyId && one.status === 'draft'),
          'the draft',
        ),
      )
    },
    async ofCase(by: UserId, caseId: CaseId = town.caseId): Promise<ReferralView[]> {
      return openReferralsOfCase(parts, world.by(by), await admitToCase(parts, world.by(by), caseId))
    },
    async atItem(by: UserId, { conferenceId, itemId }: { conferenceId: ConferenceId; itemId: ItemId }) {
      return listReferralsAtItem(parts, world.by(by), await admitToItem(parts, world.by(by), conferenceId, itemId))
    },
    async open(by: UserId, referralId: ReferralId): Promise<ReferralView> {
      return openReferral(parts, world.by(by), await admitToReferral(parts, world.by(by), referralId))
    },
    /** As the person sees it now, unless a version is named. */
    async move(by: UserId, referralId: ReferralId, said: Partial<MoveReferralBody> & Pick<MoveReferralBody, 'move'>) {
      const admitted = await admitToReferral(parts, world.by(by), referralId)
      await moveReferral(parts, world.by(by), admitted, { _v: admitted.referral._v, note: '', ...said })
    },
    /** That agency may know of the case from now on. */
    async ground(agencyId: AgencyId, about: Parameters<typeof buildBasis>[1] = {}) {
      const known = await world.parts.bases.find(town.caseId)
      const { sensitive, bases } = known
      await world.parts.bases.put(
        known,
        { sensitive, bases: [...bases, buildBasis([agencyId], about)] },
        dayInSeoul(world.parts.now()),
      )
    },
    /** The installation's next version of a set. */
    async publish(set: CodeSetName, change: (entries: readonly CodeEntry[]) => CodeEntry[]) {
      const { version, entries } = (await parts.codeSets.now()).current(set)
      const isMade = await createCodeSetRepository(world).add({
        set,
        version: version + 1,
        entries: change(entries),
        by: town.leader,
        at: new Date(world.parts.now()),
        reason: '2027년 지침',
      })
      if (!isMade) throw new Error('That version is there')
    },
    async sent(to: AgencyId, about: Partial<ReferralDraft> = {}): Promise<ReferralId> {
      const [draft] = await house.write([to], about)
      const { referralId } = must(draft, 'a draft')
      await house.move(town.leader, referralId, { move: 'send', ground: CONSENT })
      return referralId
    },
  }
  return house
}

export type ReferralTown = Awaited<ReturnType<typeof openReferralTown>>

export const CONSENT = { ground: 'consent' as const, words: '11월 20일 서면 동의, 생연1동 사례철', sensitive: false }

export const referralBody = (to: AgencyId[], about: Partial<ReferralDraft> = {}): CreateReferralsBody => ({
  command: newId<CommandId>(),
  to,
  service: 'donation_goods',
  draft: {
    request: '주 2회 밑반찬 배달',
    contact: '생연1동 031-000-0000',
    needs: ['daily_living'],
    fields: { name: '김○○', phone: '010-0000-0000', problem: '혼자 식사를 준비하지 못함' },
    chosen: ['name', 'problem'],
    givesNeeds: true,
    ...about,
  },
})
