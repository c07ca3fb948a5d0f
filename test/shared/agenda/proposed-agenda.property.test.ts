/**
 * A year of monthly conferences of one team, lived 200 times: the next one is made early or late, given up and made again, items are deferred,
 * action items made, finished and postponed, proposals taken at any time or never before the day. Against it stands a plain account of what is
 * open, kept on the side: on the day of each conference its agenda and what is proposed together hold each open thing once (SPEC AG1, AG2).
 */
import { expect, test } from 'vitest'
import { isUnfinished, statusOn } from '../../../shared/actions/action-moves.ts'
import { type OpenAction, type Proposal, proposedAgenda, type Tabling } from '../../../shared/agenda/proposed-agenda.ts'
import type { CaseId, ConferenceId, ItemId } from '../../../shared/ids.ts'
import { dayInSeoul } from '../../../shared/working-days.ts'
import { type SeededRandom, seededRandom, seedsToRun } from '../../support/seeded-random.ts'

const DAY_MS = 86_400_000
const BEGIN = Date.parse('2026-01-14T05:00:00Z')
const CASES = ['case1', 'case2', 'case3', 'case4'] as CaseId[]

interface Meeting {
  conferenceId: ConferenceId
  startsAt: string
}

class Year {
  readonly random: SeededRandom
  readonly tablings: Tabling[] = []
  readonly actions: (OpenAction & { id: string })[] = []
  readonly counts = { taken: 0, deferred: 0, early: 0, late: 0, remade: 0, between: 0 }
  #ids = 0

  constructor(seed: number) {
    this.random = seededRandom(seed)
  }

  id<T extends string>(kind: string): T {
    this.#ids += 1
    return `${kind}${this.#ids}` as T
  }

  proposals({ conferenceId, startsAt }: Meeting): Proposal[] {
    const day = dayInSeoul(Date.parse(startsAt))
    return proposedAgenda({
      conference: { conferenceId, startsAt, day },
      cases: CASES,
      actions: this.actions,
      tablings: this.tablings,
      objections: [],
    })
  }

  table(meeting: Meeting, about: Pick<Tabling, 'caseId' | 'from' | 'isReview'>): void {
    this.tablings.push({
      ...about,
      ...meeting,
      itemId: this.id<ItemId>('item'),
      state: 'scheduled',
      deferral: null,
      answers: [],
    })
  }

  take(meeting: Meeting, proposal: Proposal): void {
    this.counts.taken += 1
    this.table(meeting, { caseId: proposal.caseId, from: proposal.from, isReview: proposal.kind === 'review' })
  }

  makeActions(meeting: Meeting): void {
    for (let n = this.random.below(3); n > 0; n--) {
      this.actions.push({
        id: this.id('action'),
        caseId: this.random.pick(CASES),
        madeIn: meeting.conferenceId,
        status: 'accepted',
        until: '',
        before: 'accepted',
        asks: false,
      })
    }
  }

  settleActions(day: string): void {
    for (const action of this.actions) {
      if (!this.random.chance(0.3)) continue
      const status = this.random.pick(['done', 'dropped', 'in_progress', 'postponed'] as const)
      const until = status === 'postponed' ? dayInSeoul(Date.parse(`${day}T00:00:00Z`) + 40 * DAY_MS) : ''
      Object.assign(action, {
        status,
        until,
        before: status === 'postponed' ? 'accepted' : status,
        asks: this.random.chance(0.2),
      })
    }
  }
}

/** What has to be on the agenda or proposed, by the plain account: every case and general item deferred last and not heard since, asking cases, the check. */
function openThings(year: Year, meeting: Meeting): Set<string> {
  const open = new Set<string>()
  const day = dayInSeoul(Date.parse(meeting.startsAt))
  const awake = year.actions.filter(one => {
    const status = statusOn(one, day)
    return one.madeIn !== meeting.conferenceId && isUnfinished(status) && status !== 'postponed'
  })
  if (awake.length > 0) open.add('review')
  for (const one of awake) if (one.asks) open.add(`case:${one.caseId}`)
  const earlier = year.tablings.filter(one => one.conferenceId !== meeting.conferenceId)
  for (const caseId of CASES) {
    const last = earlier
      .filter(one => one.caseId === caseId)
      .sort((a, b) => (a.startsAt < b.startsAt ? -1 : 1))
      .at(-1)
    if (last?.deferral) open.add(`case:${caseId}`)
  }
  for (const one of earlier) {
    if (one.caseId === null && one.deferral && !earlier.some(later => later.from === one.itemId))
      open.add(`general:${one.itemId}`)
  }
  return open
}

function live(seed: number): Year['counts'] {
  const year = new Year(seed)
  const { random, counts } = year
  const meetings = Array.from({ length: 12 }, (_, month): Meeting => {
    const startsAt = new Date(BEGIN + month * 28 * DAY_MS).toISOString()
    return { conferenceId: `conference${month}` as ConferenceId, startsAt }
  })
  let next: Meeting | undefined
  for (const [month, meeting] of meetings.entries()) {
    const day = meeting.startsAt.slice(0, 10)
    if (random.chance(0.5)) year.table(meeting, { caseId: null, from: null, isReview: false })
    const extra = random.pick(CASES)
    const isThere = year.tablings.some(one => one.conferenceId === meeting.conferenceId && one.caseId === extra)
    if (random.chance(0.6) && !isThere) year.table(meeting, { caseId: extra, from: null, isReview: false })

    // On the day: everything that is open is tabled or proposed, once.
    const proposed = year.proposals(meeting)
    const here = year.tablings.filter(one => one.conferenceId === meeting.conferenceId)
    const tabled = here.flatMap(one =>
      one.isReview ? ['review'] : one.caseId ? [`case:${one.caseId}`] : one.from ? [`general:${one.from}`] : [],
    )
    const whole = [...tabled, ...proposed.map(one => one.key)]
    const where = `SEED=${seed} month ${month}`
    expect(new Set(whole).size, where).toBe(whole.length)
    for (const thing of openThings(year, meeting)) expect(whole, where).toContain(thing)
    for (const { key } of proposed) expect([...openThings(year, meeting)], where).toContain(key)
    for (const proposal of proposed) year.take(meeting, proposal)
    expect(year.proposals(meeting), where).toEqual([])

    // In the meeting. The next one may be there already, and take what is proposed so far.
    const following = meetings[month + 1]
    if (following && random.chance(0.5)) {
      counts.early += 1
      next = following
      const early = year.proposals(following).filter(() => random.chance(0.4))
      for (const proposal of early) year.take(following, proposal)
      if (random.chance(0.3)) {
        // Given up, and made again.
        counts.remade += 1
        for (let at = year.tablings.length - 1; at >= 0; at--) {
          if (year.tablings[at]?.conferenceId === following.conferenceId) year.tablings.splice(at, 1)
        }
      }
    } else counts.late += 1
    for (const one of year.tablings.filter(item => item.conferenceId === meeting.conferenceId)) {
      one.state = 'closed'
      if (!one.isReview && random.chance(0.3)) {
        one.deferral = { kind: 'no_time', by: '' }
        counts.deferred += 1
      }
    }
    year.makeActions(meeting)
    if (next) counts.between += 1
    year.settleActions(day)
    // Closing again, and counting again, changes nothing.
    if (following) expect(year.proposals(following), where).toEqual(year.proposals(following))
  }
  return counts
}

test('[AG2] over a year nothing is missed and nothing stands twice, whether the next conference was made early or late', () => {
  const seeds = seedsToRun(200)
  const total = { taken: 0, deferred: 0, early: 0, late: 0, remade: 0, between: 0 }
  for (const seed of seeds) {
    const counts = live(seed)
    for (const key of Object.keys(total) as (keyof typeof total)[]) total[key] += counts[key]
  }
  console.info(`${seeds.length} years of 12 conferences: ${JSON.stringify(total)}`)
  if (seeds.length < 10) return
  expect(Object.entries(total).filter(([, count]) => count === 0)).toEqual([])
})

const november: Meeting = { conferenceId: 'november' as ConferenceId, startsAt: '2026-11-11T05:00:00Z' }
const december: Meeting = { conferenceId: 'december' as ConferenceId, startsAt: '2026-12-09T05:00:00Z' }
const tabling = (meeting: Meeting, about: Partial<Tabling>): Tabling => ({
  ...meeting,
  itemId: 'item' as ItemId,
  caseId: null,
  state: 'closed',
  isReview: false,
  deferral: null,
  from: null,
  answers: [],
  ...about,
})

test('[AG1] the check comes first, then what asks, what was deferred, what was objected to; a case stands once with all its reasons', () => {
  const [first, second, third] = CASES as [CaseId, CaseId, CaseId]
  const action = { status: 'accepted', until: '', before: 'accepted', madeIn: november.conferenceId } as const
  const proposals = proposedAgenda({
    conference: { ...december, day: '2026-12-09' },
    cases: CASES,
    actions: [
      { ...action, caseId: second, asks: true },
      { ...action, caseId: third, asks: false },
      { ...action, caseId: third, asks: false, status: 'postponed', until: '2026-12-10' },
    ],
    tablings: [
      tabling(november, { caseId: first, deferral: { kind: 'papers_missing', by: '' }, itemId: 'one' as ItemId }),
      tabling(november, {
        caseId: second,
        deferral: { kind: 'below_quorum', by: '2026-11-25' },
        itemId: 'two' as ItemId,
      }),
    ],
    objections: [
      { id: 'whole', itemId: null, caseId: null, conferenceId: november.conferenceId, at: '2026-11-12T00:00:00Z' },
      {
        id: 'about',
        itemId: 'three' as ItemId,
        caseId: third,
        conferenceId: november.conferenceId,
        at: '2026-11-13T00:00:00Z',
      },
    ],
  })
  expect(proposals.map(({ key, reasons }) => [key, reasons])).toEqual([
    ['review', [{ why: 'actions', count: 2 }]],
    [
      `case:${second}`,
      [
        { why: 'asks', count: 1 },
        { why: 'deferred', since: '2026-11-11', kind: 'below_quorum', by: '2026-11-25' },
      ],
    ],
    [`case:${first}`, [{ why: 'deferred', since: '2026-11-11', kind: 'papers_missing', by: '' }]],
    [`case:${third}`, [{ why: 'objection', since: '2026-11-13' }]],
    ['objection:whole', [{ why: 'objection', since: '2026-11-12' }]],
  ])
})
