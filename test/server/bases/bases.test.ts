/** Who may know of a case, over the real records: what is entered, what it opens and to whom, and what the record and the register say of it. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { endAgreement, enterAgreement } from '../../../server/bases/agreements.ts'
import {
  approveBasis,
  endBasis,
  enterBasis,
  enterConsent,
  markSensitive,
  reviewBasis,
} from '../../../server/bases/basis-commands.ts'
import { basesView } from '../../../server/bases/basis-views.ts'
import { admitToCase, admitToItem } from '../../../server/conferences/admission.ts'
import { changeCase } from '../../../server/conferences/case-commands.ts'
import { listCases } from '../../../server/conferences/case-views.ts'
import { openConference } from '../../../server/conferences/conference-views.ts'
import { changeItem } from '../../../server/conferences/item-commands.ts'
import { newId } from '../../../server/lib/random.ts'
import { readReach } from '../../../server/search/reach.ts'
import { must } from '../../../shared/assert.ts'
import { CONSENT_SCOPES } from '../../../shared/bases/basis-codes.ts'
import type { AgencyId, BasisId, UserId } from '../../../shared/ids.ts'
import { type BasisBody, basisBody, type ConsentBody, consentBody } from '../../../shared/protocol/bases.ts'
import { dayInSeoul } from '../../../shared/working-days.ts'
import { consentFor, sectionOf, taskFor } from '../../support/bases.ts'
import { type Meeting, meet, NOON, openWorld, settle, type Town, type World } from '../conferences/world.ts'

const TODAY = dayInSeoul(NOON)
const DAY_MS = 86_400_000

let world: World
let town: Town
let meeting: Meeting

beforeEach(async () => {
  world = await openWorld({ bases: 'as-entered' })
  town = await settle(world)
  meeting = await meet(world, town)
})
afterEach(() => world.close())

const version = async () => (await world.parts.bases.find(town.caseId))._v
const days = { from: TODAY, givenOn: TODAY }
async function consent(receivers: readonly AgencyId[], about: Partial<ConsentBody> = {}, by = town.leader) {
  const body = consentFor(receivers, { ...days, _v: await version(), ...about })
  await enterConsent(world.parts, world.by(by), await world.changeCase(by, town.caseId), body)
  return lastBasis()
}
async function law(receivers: readonly AgencyId[], about: Partial<BasisBody> = {}, by = town.leader) {
  const body = taskFor(receivers, { from: TODAY, _v: await version(), ...about })
  await enterBasis(world.parts, world.by(by), await world.changeCase(by, town.caseId), body)
  return lastBasis()
}
const lastBasis = async () => must((await world.parts.bases.find(town.caseId)).bases.at(-1), 'the basis just entered')
const end = async (basisId: BasisId, agencies: AgencyId[] = [], why: 'withdrawn' | 'ended' = 'withdrawn') =>
  endBasis(world.parts, world.by(town.leader), await world.changeCase(town.leader, town.caseId), basisId, {
    _v: await version(),
    agencies,
    why,
  })

/** Each way to the case and to its item that a person has, as one word for each that is open. */
async function waysOf(userId: UserId): Promise<string[]> {
  const by = world.by(userId)
  const { caseId } = town
  const { itemId, conferenceId } = meeting
  const isOpen = async (asked: Promise<unknown>) => asked.then(answer => answer !== undefined).catch(() => false)
  const reach = await readReach(world.parts, by.actor)
  const conference = must(await world.parts.conferences.find(conferenceId), 'the conference')
  const item = (await openConference(world.parts, by, conference)).items.find(one => one.itemId === itemId)
  const ways: [string, boolean][] = [
    ['case', await isOpen(admitToCase(world.parts, by, caseId))],
    ['list', (await listCases(world.parts, by)).length > 0],
    ['item', await isOpen(admitToItem(world.parts, by, conferenceId, itemId))],
    ['line', item?.restricted === false],
    ['item document', await isOpen(world.grant(userId, { kind: 'item', itemId }))],
    ['case document', await isOpen(world.grant(userId, { kind: 'case', caseId }))],
    ['ledger', await isOpen(world.grant(userId, { kind: 'actions', caseId, zone: 'open' }))],
    ['search', reach.items.has(itemId) || reach.cases.has(caseId) || reach.ledgers.size > 1],
  ]
  return ways.flatMap(([name, open]) => (open ? [name] : []))
}

const EVERYTHING = ['case', 'list', 'item', 'line', 'item document', 'case document', 'ledger', 'search']
const register = () => world.parts.disclosures.ofCase(town.caseId)

describe('without a basis', () => {
  test('[BS1] [BS16] [LR-01] [LR-36] a named worker at the table, cleared for the item, sees what an uncleared one sees', async () => {
    expect(await waysOf(town.leader)).toEqual(EVERYTHING)
    expect(await waysOf(town.co)).toEqual([])
    expect(await waysOf(town.partner)).toEqual([])
    const view = async (userId: UserId) => {
      const conference = must(await world.parts.conferences.find(meeting.conferenceId), 'the conference')
      return (await openConference(world.parts, world.by(userId), conference)).items
    }
    expect(await view(town.co)).toEqual(await view(town.partner))
    const refused = await admitToCase(world.parts, world.by(town.co), town.caseId).catch(error => error)
    const missing = await admitToCase(world.parts, world.by(town.co), newId()).catch(error => error)
    expect([refused.reason, refused.detail]).toEqual([missing.reason, missing.detail])
  })

  test('[BS1] the item that is about no case is open as ever', async () => {
    expect(await world.grant(town.co, { kind: 'item', itemId: meeting.generalId })).toBeDefined()
  })

  test('[LR-36] the try is on record with whose data it was after', async () => {
    await admitToCase(world.parts, world.by(town.co), town.caseId).catch(() => undefined)
    expect(await world.records({ action: 'authz.deny' })).toMatchObject([{ actor: town.co, subject: town.caseId }])
  })

  test('[BS16] the table says so, cell by cell, and the item’s own list as well', async () => {
    const view = await basesView(world.parts, world.by(town.leader), await world.changeCase(town.leader, town.caseId))
    expect(view.agencies.map(({ agencyId, standing }) => [agencyId, standing])).toEqual([
      [town.dong, 'own_task'],
      [town.muhan, 'none'],
    ])
    const conference = must(await world.parts.conferences.find(meeting.conferenceId), 'the conference')
    const shown = (await openConference(world.parts, world.by(town.leader), conference)).items.find(
      one => one.itemId === meeting.itemId,
    )
    expect(shown).toMatchObject({ narrowed: true, restricted: false })
    expect(!shown?.restricted && shown?.grounds.find(cell => cell.agencyId === town.muhan)?.standing).toBe('none')
  })
})

describe('a consent', () => {
  test('[BS5] [LR-24] opens the case to the agencies that it names, and to no other', async () => {
    await consent([town.muhan])
    expect(await waysOf(town.co)).toEqual(EVERYTHING)
    const admitted = await world.toChangeItem(town.leader, meeting.conferenceId, meeting.itemId)
    const agencies = [town.dong, town.muhan, town.council]
    await changeItem(world.parts, world.by(town.leader), admitted, { _v: admitted.item._v, agencies })
    expect(await waysOf(town.partner)).toEqual([])
    await consent([town.council])
    expect(await waysOf(town.partner)).toEqual(['item', 'line', 'item document', 'ledger', 'search'])
  })

  test('[BS5] [LR-24] a worker of the case whose agency no paper names sees nothing of it, whomever it opens to', async () => {
    const council = await consent([town.council])
    expect(council.receivers.map(({ agencyId }) => agencyId)).toEqual([town.council])
    expect(await waysOf(town.co)).toEqual([])
    await expect(admitToCase(world.parts, world.by(town.co), town.caseId)).rejects.toMatchObject({
      reason: 'not-found',
    })
    await consent([town.muhan])
    expect(await waysOf(town.co)).toEqual(EVERYTHING)
  })

  test('[LR-23] [LR-25] each thing is asked apart; no field is empty, no tick is for all', () => {
    const paper = consentFor([town.muhan])
    expect(consentBody.safeParse(paper).success).toBe(true)
    const [section] = paper.sections
    for (const field of ['purpose', 'items', 'period', 'refusal'] as const) {
      for (const nothing of ['', '  ', null, undefined]) {
        const empty = { ...paper, sections: [{ ...section, [field]: nothing }] }
        expect([field, nothing, consentBody.safeParse(empty).success]).toEqual([field, nothing, false])
      }
    }
    // Whether somebody agreed is said, and nothing stands for it.
    const { agreed: _, ...unsaid } = must(section, 'a section')
    expect(consentBody.safeParse({ ...paper, sections: [unsaid] }).success).toBe(false)
    for (const wrong of [
      { ...paper, sections: [] },
      { ...paper, sections: [{ ...section, scope: 'all' }] },
      { ...paper, agreedToAll: true },
      { ...paper, sections: [{ ...section, scope: ['collection', 'third_party'] }] },
    ]) {
      expect(consentBody.safeParse(wrong).success).toBe(false)
    }
  })

  test('[BS5] [LR-23] what each section says is kept and shown whole, what was refused among it', async () => {
    const sections = (['collection', 'sensitive', 'unique_identifier', 'third_party', 'other_purpose'] as const).map(
      (scope, at) => ({
        scope,
        agreed: at % 2 === 0 || scope === 'third_party',
        purpose: `목적 ${at}`,
        items: `항목 ${at}`,
        period: `기간 ${at}`,
        refusal: `거부할 수 있고 그러면 ${at}`,
      }),
    )
    const { basisId } = await consent([town.muhan], { sections, keptAt: '2층 서류함' })
    const admitted = await world.changeCase(town.leader, town.caseId)
    const view = await basesView(world.parts, world.by(town.leader), admitted)
    const shown = must(
      view.bases.find(one => one.basisId === basisId),
      'the paper',
    )
    expect(shown.words).toMatchObject({ sections, keptAt: '2층 서류함' })
    expect([shown.givenOn, shown.from, shown.until]).toEqual([TODAY, TODAY, null])
  })

  test('[BS5] [LR-25] agreeing to one thing is agreeing to no other', async () => {
    const asked = ['collection', 'sensitive', 'unique_identifier', 'third_party', 'other_purpose'] as const
    expect(Object.keys(CONSENT_SCOPES).sort()).toEqual([...asked].sort())
    for (const scope of asked) {
      const sections = asked.map(one => sectionOf(one, { agreed: one === scope }))
      const { given, refused, sensitive } = await consent([town.muhan], { sections })
      expect(given).toEqual([scope])
      expect([...refused].sort()).toEqual(asked.filter(one => one !== scope).sort())
      expect([scope, sensitive]).toEqual([scope, scope === 'sensitive'])
      // The case is marked as holding sensitive information: no one of them opens it alone.
      expect([scope, await waysOf(town.co)]).toEqual([scope, []])
    }
  })

  const FAULTY: [string, Partial<ConsentBody>][] = [
    ['consent-section-twice', { sections: [sectionOf('third_party'), sectionOf('third_party')] }],
    ['consent-receivers-without-section', { sections: [sectionOf('collection')] }],
    ['basis-given-later', { givenOn: '2026-12-01' }],
    ['basis-days-backwards', { until: '2026-11-01' }],
  ]
  test.each(FAULTY)('[BS5] is refused: %s', async (detail, about) => {
    await expect(consent([town.muhan], about)).rejects.toMatchObject({ reason: 'bad-request', detail })
    expect(await version()).toBe(0)
    expect(await register()).toEqual([])
  })

  test('[BS6] giving to others names somebody; where it was refused nobody gets anything', async () => {
    await expect(consent([])).rejects.toMatchObject({ detail: 'consent-receivers-missing' })
    const sections = [sectionOf('collection'), sectionOf('sensitive'), sectionOf('third_party', { agreed: false })]
    const { given, refused } = await consent([town.muhan], { sections })
    expect([given, refused]).toEqual([['collection', 'sensitive'], ['third_party']])
    expect(await waysOf(town.co)).toEqual([])
    expect(await register()).toEqual([])
  })

  test('[BS7] [LR-26] sensitive information is asked apart: without it a case that holds some stays closed', async () => {
    await consent([town.muhan], { sections: [sectionOf('third_party'), sectionOf('sensitive', { agreed: false })] })
    expect(await waysOf(town.co)).toEqual([])
    const admitted = await world.changeCase(town.leader, town.caseId)
    await markSensitive(world.parts, world.by(town.leader), admitted, { _v: await version(), sensitive: false })
    expect(await waysOf(town.co)).toEqual(EVERYTHING)
    await markSensitive(world.parts, world.by(town.leader), admitted, { _v: await version(), sensitive: true })
    expect(await waysOf(town.co)).toEqual([])
    expect(await world.records({ action: 'access.withdraw' })).toMatchObject([{ object: `agency.${town.muhan}` }])
  })

  test('[BS8] [LR-27] of a child under 14 names the representative and how that was confirmed', async () => {
    await expect(consent([town.muhan], { under14: true })).rejects.toMatchObject({
      detail: 'consent-representative-missing',
    })
    expect([await version(), await register(), await waysOf(town.co)]).toEqual([0, [], []])
    const representative = { name: '김모친', relation: '모', check: 'phone' as const }
    for (const missing of ['name', 'relation', 'check'] as const) {
      const { [missing]: _, ...rest } = representative
      for (const given of [rest, { ...rest, [missing]: '' }]) {
        const body = { ...consentFor([town.muhan]), under14: true, representative: given }
        expect([missing, consentBody.safeParse(body).success]).toEqual([missing, false])
      }
    }
    const { basisId } = await consent([town.muhan], { under14: true, representative })
    expect((await world.parts.bases.words(town.caseId)).get(basisId)).toMatchObject({ under14: true, representative })
    expect(consentBody.safeParse(consentFor([], { representative: { ...representative, name: '' } })).success).toBe(
      false,
    )
  })

  test('[BS9] [LR-28] refusing blocks no step of the case: it is worked on, changed and heard as before', async () => {
    const refusing = ['collection', 'sensitive', 'third_party'] as const
    await consent([town.muhan], { sections: refusing.map(scope => sectionOf(scope, { agreed: false })) })
    const admitted = await world.changeCase(town.leader, town.caseId)
    const changed = await changeCase(world.parts, world.by(town.leader), admitted, {
      _v: admitted.file._v,
      label: '김○○ 가구(2인)',
    })
    expect(changed.label).toBe('김○○ 가구(2인)')
    expect(await waysOf(town.leader)).toEqual(EVERYTHING)
  })

  test('[BS4] [LR-28] withdrawn for one agency closes it to that one at once; the other keeps it', async () => {
    const { basisId } = await consent([town.muhan, town.council])
    world.announced.length = 0
    world.shelf.notices.length = 0
    await end(basisId, [town.muhan])
    expect(world.announced).toContain(`case:${town.caseId}`)
    expect(await waysOf(town.co)).toEqual([])
    const [one] = (await world.parts.bases.find(town.caseId)).bases
    expect(one?.receivers.map(({ end: ended }) => ended?.why ?? null)).toEqual(['withdrawn', null])
    // Who sits in the meeting looks again at who may open the item.
    expect(world.shelf.notices).toContainEqual({ document: `conference.${meeting.conferenceId}`, topic: 'conference' })
    expect(await world.records({ action: 'basis.withdraw' })).toMatchObject([
      { actor: town.leader, subject: town.caseId },
    ])
    expect(await world.records({ action: 'access.withdraw' })).toMatchObject([{ object: `agency.${town.muhan}` }])
  })

  test('[BS4] what an agency has otherwise stays', async () => {
    await law([town.muhan])
    const { basisId } = await consent([town.muhan])
    await end(basisId)
    expect(await waysOf(town.co)).toEqual(EVERYTHING)
    expect(await world.records({ action: 'access.withdraw' })).toEqual([])
  })

  test('[BS12] sent again with its command it stands once, and of two at once one', async () => {
    const body = consentFor([town.muhan], days)
    const by = world.by(town.leader)
    const admitted = await world.changeCase(town.leader, town.caseId)
    await enterConsent(world.parts, by, admitted, body)
    await enterConsent(world.parts, by, admitted, body)
    expect((await world.parts.bases.find(town.caseId)).bases).toHaveLength(1)
    const _v = await version()
    const twice = await Promise.allSettled(
      [town.council, town.jungang].map(agencyId =>
        enterConsent(world.parts, by, admitted, consentFor([agencyId], { ...days, _v })),
      ),
    )
    expect(twice.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const known = await world.parts.bases.find(town.caseId)
    expect(known.bases).toHaveLength(2)
    // Words without their basis are taken back.
    expect(await world.store.collection('basisTexts').countDocuments({})).toBe(2)
  })

  test('a resident registration number in any of its fields is refused', async () => {
    const sections = [sectionOf('third_party', { items: '성명, 900101-1234567' })]
    await expect(consent([town.muhan], { sections })).rejects.toMatchObject({ detail: 'resident-number' })
    await expect(law([town.muhan], { law: '900101-1234567' })).rejects.toMatchObject({ detail: 'resident-number' })
  })

  test('nothing of its words stands in clear', async () => {
    await consent([town.muhan], {
      keptAt: '카나리아 보관함',
      sections: [sectionOf('third_party', { purpose: '카나리아 목적' })],
    })
    for (const name of ['bases', 'basisTexts', 'disclosures', 'audit'] as const) {
      const records = JSON.stringify(await world.store.collection(name).find({}).toArray())
      expect(records).not.toContain('카나리아')
      expect(records.length).toBeGreaterThan(10)
    }
  })
})

describe('a law, a task, urgency', () => {
  test('[BS10] [LR-35] an agency that is not public gets a case by consent or by a statute, never by a task', async () => {
    const agency = must(world.agencies.get(town.council), 'the council')
    world.agencies.set(town.council, { ...agency, public: false })
    for (const basis of ['public_task', 'investigation', 'court', 'related_purpose'] as const) {
      await expect(law([town.council], { basis })).rejects.toMatchObject({ detail: 'basis-public-only' })
    }
    const admitted = await world.toChangeItem(town.leader, meeting.conferenceId, meeting.itemId)
    const agencies = [town.dong, town.council]
    await changeItem(world.parts, world.by(town.leader), admitted, { _v: admitted.item._v, agencies })
    expect(await waysOf(town.partner)).toEqual([])
    await consent([town.council])
    expect(await waysOf(town.partner)).not.toEqual([])
  })

  test('[BS7] [LR-26] a law or a task opens a case with sensitive information only where it names what allows that', async () => {
    await law([town.muhan], { basis: 'statute', sensitiveLaw: '' })
    expect(await waysOf(town.co)).toEqual([])
    await law([town.muhan], { basis: 'public_task', sensitiveLaw: '' })
    expect(await waysOf(town.co)).toEqual([])
    await law([town.muhan], { basis: 'statute', sensitiveLaw: '사회보장급여법 제42조의2' })
    expect(await waysOf(town.co)).toEqual(EVERYTHING)
  })

  test('[BS10] a statute and a task name law and article', async () => {
    for (const basis of ['statute', 'public_task'] as const) {
      await expect(law([town.muhan], { basis, law: '' })).rejects.toMatchObject({ detail: 'basis-law-missing' })
    }
    await law([town.muhan], { basis: 'statute' })
    expect(await waysOf(town.co)).toEqual(EVERYTHING)
    expect(basisBody.safeParse(taskFor([town.muhan], { purpose: '' })).success).toBe(false)
  })

  test('[BS11] urgency opens nothing before a second worker of the lead agency approves; nobody approves their own', async () => {
    const urgent = { basis: 'urgent_interest', law: '', reason: '자살 위험', reviewOn: '2026-12-01' } as const
    const { basisId } = await law([town.muhan], urgent)
    expect(await waysOf(town.co)).toEqual([])
    expect(await register()).toEqual([])
    const approve = async (userId: UserId) =>
      approveBasis(world.parts, world.by(userId), await world.changeCase(userId, town.caseId), basisId, {
        _v: await version(),
      })
    await expect(approve(town.leader)).rejects.toMatchObject({ reason: 'not-allowed', detail: 'basis-own-entry' })
    const admitted = await world.changeCase(town.leader, town.caseId)
    const workers = [...admitted.file.workers, { userId: town.worker, agencyId: town.dong }]
    await changeCase(world.parts, world.by(town.leader), admitted, { _v: admitted.file._v, workers })
    await approve(town.worker)
    expect(await waysOf(town.co)).toEqual(EVERYTHING)
    expect(await register()).toHaveLength(1)
    await expect(approve(town.worker)).rejects.toMatchObject({ detail: 'basis-not-waiting' })
    const review = async (reviewOn: string) =>
      reviewBasis(world.parts, world.by(town.worker), await world.changeCase(town.worker, town.caseId), basisId, {
        _v: await version(),
        reviewOn,
      })
    await expect(review('2027-01-01')).rejects.toMatchObject({ detail: 'basis-review-day' })
    await review('2026-12-05')
    world.pass(9 * DAY_MS)
    expect(await waysOf(town.co)).toEqual(EVERYTHING)
    world.pass(3 * DAY_MS)
    expect(await waysOf(town.co)).toEqual([])
  })

  test.each([
    ['basis-reason-missing', { reason: '' }],
    ['basis-review-day', { reviewOn: null }],
    ['basis-review-day', { reviewOn: '2027-01-01' }],
  ] as const)('[BS11] urgency is refused: %s', async (detail, about) => {
    const urgent = { basis: 'urgent_interest', law: '', reason: '자살 위험', reviewOn: '2026-12-01' } as const
    await expect(law([town.muhan], { ...urgent, ...about })).rejects.toMatchObject({ detail })
  })
})

describe('what is left of it', () => {
  test('[BS13] [LR-30] whoever may open it has a row that goes on, whoever may no longer has one that ended, by every way in and out', async () => {
    const admitted = await world.toChangeItem(town.leader, meeting.conferenceId, meeting.itemId)
    const agencies = [town.dong, town.muhan, town.council]
    await changeItem(world.parts, world.by(town.leader), admitted, { _v: admitted.item._v, agencies })
    const given: string[][] = []
    const look = async () => {
      const open = [
        ...((await waysOf(town.co)).length > 0 ? [town.muhan] : []),
        ...((await waysOf(town.partner)).length > 0 ? [town.council] : []),
      ]
      const rows = (await register()).filter(row => row.endedOn === null).map(row => row.receiver)
      expect([...new Set(rows)].sort()).toEqual([...open].sort())
      for (const { giver, caseId, fields } of await register()) {
        expect([giver, caseId, Object.keys(fields).length]).toEqual([town.dong, town.caseId, 8])
      }
      given.push(open)
    }
    await look()
    const paper = await consent([town.muhan, town.council])
    await look()
    await end(paper.basisId, [town.council])
    await look()
    const task = await law([town.council])
    await look()
    await end(paper.basisId, [town.muhan])
    await look()
    await end(task.basisId, [], 'ended')
    await look()
    const urgent = { basis: 'urgent_interest', law: '', reason: '자살 위험', reviewOn: '2026-12-01' } as const
    await law([town.muhan], urgent)
    await look()
    expect(given.map(open => open.length)).toEqual([0, 2, 1, 2, 1, 0, 0])
  })

  test('[BS13] [LR-30] each giving is a row of the register with its eight fields, and its end is marked', async () => {
    const before = (await world.records({ action: 'access.give' })).length
    const { basisId } = await consent([town.muhan, town.council], { until: '2027-11-23' })
    const rows = await register()
    expect(rows.map(({ receiver }) => receiver).sort()).toEqual([town.muhan, town.council].sort())
    for (const { fields, giver, by, endedOn } of rows) {
      expect(Object.values(fields).filter(text => text === '')).toEqual([fields.measures])
      expect([giver, by, endedOn]).toEqual([town.dong, town.leader, null])
    }
    expect(rows.find(row => row.receiver === town.muhan)?.fields).toMatchObject({
      receiver: '무한돌봄',
      period: expect.stringContaining('2027-11-23'),
    })
    await end(basisId, [town.muhan])
    expect(new Map((await register()).map(row => [row.receiver, row.endedOn]))).toEqual(
      new Map([
        [town.muhan, TODAY],
        [town.council, null],
      ]),
    )
    const given = (await world.records({ action: 'access.give' })).slice(before)
    expect(given).toMatchObject([
      { object: `agency.${town.muhan}`, subject: town.caseId },
      { object: `agency.${town.council}`, subject: town.caseId },
    ])
  })

  test('[BS15] other workers read which agencies open it and until when, and no word of a paper', async () => {
    await consent([town.muhan], { keptAt: '카나리아 보관함' })
    const ofCo = await basesView(
      world.parts,
      world.by(town.co),
      await admitToCase(world.parts, world.by(town.co), town.caseId),
    )
    expect(ofCo.mayChange).toBe(false)
    expect(ofCo.bases).toEqual([])
    expect(ofCo.agencies.find(row => row.agencyId === town.muhan)).toMatchObject({
      standing: 'in_force',
      basis: 'consent',
    })
    expect(JSON.stringify(ofCo)).not.toContain('카나리아')
    await expect(consent([town.council], {}, town.co)).rejects.toMatchObject({ reason: 'not-allowed' })
    const ofLeader = await basesView(
      world.parts,
      world.by(town.leader),
      await world.changeCase(town.leader, town.caseId),
    )
    expect(ofLeader.bases[0]?.words.keptAt).toBe('카나리아 보관함')
  })

  test('[BS14] an agreement opens nothing by itself, bounds the basis that names it, and ends with it', async () => {
    const supervisor = world.person('supervisor', [town.dong, 'supervisor'])
    const by = world.by(supervisor)
    await enterAgreement(world.parts, by, town.dong, {
      parties: [town.muhan],
      title: '통합사례관리 업무협약',
      scope: '사례 공동관리',
      from: TODAY,
      until: '2027-12-31',
    })
    const [agreement] = await world.parts.agreements.ofAgency(town.dong)
    const agreementId = must(agreement, 'the agreement')._id
    expect(await waysOf(town.co)).toEqual([])
    await expect(consent([town.council], { agreementId, until: '2027-01-01' })).rejects.toMatchObject({
      detail: 'agreement-party',
    })
    await expect(consent([town.muhan], { agreementId })).rejects.toMatchObject({ detail: 'agreement-shorter' })
    await consent([town.muhan], { agreementId, until: '2027-12-31' })
    expect(await waysOf(town.co)).toEqual(EVERYTHING)
    world.announced.length = 0
    await endAgreement(world.parts, by, town.dong, agreementId, { _v: 1 })
    expect(world.announced).toContain(`case:${town.caseId}`)
    expect(await waysOf(town.co)).toEqual([])
    await expect(consent([town.muhan], { agreementId, until: '2027-12-31' })).rejects.toMatchObject({
      detail: 'agreement-unknown',
    })
    // Given again it finishes what was left.
    await endAgreement(world.parts, by, town.dong, agreementId, { _v: 1 })
  })

  test('[BS12] what was decided on another version is refused, and nothing is lost', async () => {
    const { basisId } = await consent([town.muhan])
    const admitted = await world.changeCase(town.leader, town.caseId)
    const body = { _v: 0, agencies: [], why: 'ended' as const }
    await expect(endBasis(world.parts, world.by(town.leader), admitted, basisId, body)).rejects.toMatchObject({
      reason: 'conflict',
    })
    const missing = endBasis(world.parts, world.by(town.leader), admitted, newId<BasisId>(), {
      ...body,
      _v: await version(),
    })
    await expect(missing).rejects.toMatchObject({ reason: 'not-found' })
    expect(await waysOf(town.co)).toEqual(EVERYTHING)
  })
})
