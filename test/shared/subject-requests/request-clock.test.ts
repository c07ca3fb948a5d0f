/** The days of a data subject request, and what may be done to it when, as plain functions. */
import { describe, expect, test } from 'vitest'
import { followUpOf, openFollowUpOf, suspendedSince } from '../../../shared/subject-requests/follow-ups.ts'
import {
  ANSWER_DAYS,
  byUrgency,
  EXTENSION_DAYS,
  lastDayOf,
  type RequestDays,
  requestClock,
  toldDays,
} from '../../../shared/subject-requests/request-clock.ts'
import {
  checksFor,
  groundsFor,
  REQUEST_ASKERS,
  REQUEST_CHECKS,
  REQUEST_GROUNDS,
  REQUEST_KINDS,
  type RequestAsker,
  type RequestKind,
} from '../../../shared/subject-requests/request-codes.ts'
import {
  asksScope,
  faultOfAnswer,
  faultOfEntering,
  faultOfExtension,
  faultOfSettling,
} from '../../../shared/subject-requests/request-moves.ts'
import { addDays } from '../../../shared/working-days.ts'

/** A Tuesday. */
const RECEIVED = '2026-11-24'
const open = (about: Partial<RequestDays> = {}): RequestDays => ({
  state: 'open',
  receivedOn: RECEIVED,
  extendedUntil: '',
  endedOn: '',
  ...about,
})

describe('[DR3] [LR-29] the clock of a request', () => {
  test('ten calendar days, the day of receipt not counted; no holiday moves the last one', () => {
    expect(ANSWER_DAYS).toBe(10)
    expect(lastDayOf(RECEIVED)).toBe('2026-12-04')
    // Received on 15 December: the last day is 25 December, and stays there.
    expect(lastDayOf('2026-12-15')).toBe('2026-12-25')
    expect(lastDayOf('2027-02-20')).toBe('2027-03-02')
  })

  test.each([
    ['2026-11-24', 'running', 10],
    ['2026-11-30', 'running', 4],
    ['2026-12-01', 'near', 3],
    ['2026-12-04', 'near', 0],
    ['2026-12-05', 'late', -1],
    ['2027-01-04', 'late', -31],
  ] as const)('on %s it is %s', (today, standing, daysLeft) => {
    expect(requestClock(open(), today)).toEqual({ due: '2026-12-04', standing, daysLeft })
  })

  test('answered on the last day it was met, a day later missed, whatever day it is now; taken back it is none', () => {
    const ended = (endedOn: string) => requestClock(open({ state: 'answered', endedOn }), '2027-06-01')
    expect(ended('2026-12-04')).toMatchObject({ standing: 'met', daysLeft: 0 })
    expect(ended('2026-12-05')).toMatchObject({ standing: 'missed', daysLeft: -1 })
    expect(requestClock(open({ state: 'withdrawn', endedOn: '2026-11-25' }), '2027-06-01').standing).toBe('none')
  })

  test('put off, it runs until that day', () => {
    const request = open({ extendedUntil: '2026-12-20' })
    expect(requestClock(request, '2026-12-10')).toEqual({ due: '2026-12-20', standing: 'running', daysLeft: 10 })
    expect(requestClock(request, '2026-12-21').standing).toBe('late')
  })

  test('[DR9] the most urgent stands first, what is over last', () => {
    const row = (receivedOn: string, about: Partial<RequestDays> = {}) => ({
      receivedOn,
      clock: requestClock(open({ receivedOn, ...about }), '2026-12-01'),
    })
    const rows = [
      row('2026-11-01', { state: 'answered', endedOn: '2026-11-05' }),
      row('2026-11-28'),
      row('2026-11-10', { state: 'withdrawn', endedOn: '2026-11-12' }),
      row('2026-11-15'),
      row('2026-11-14', { extendedUntil: '2026-12-20' }),
    ]
    expect(rows.sort(byUrgency).map(one => one.receivedOn)).toEqual([
      '2026-11-15',
      '2026-11-28',
      '2026-11-14',
      '2026-11-10',
      '2026-11-01',
    ])
  })
})

describe('what may be done', () => {
  const kinds = Object.keys(REQUEST_KINDS) as RequestKind[]
  const known = (kind: RequestKind, about: Partial<RequestDays> = {}) => ({ ...open(about), kind })

  test('[DR1] who asks is checked by what fits, and by nothing else', () => {
    for (const asker of Object.keys(REQUEST_ASKERS) as RequestAsker[]) {
      const fitting = checksFor(asker)
      expect(fitting.length).toBeGreaterThan(0)
      for (const checked of Object.keys(REQUEST_CHECKS) as (keyof typeof REQUEST_CHECKS)[]) {
        const fault = faultOfEntering({ asker, checked, receivedOn: RECEIVED }, RECEIVED)
        expect(fault).toBe(fitting.includes(checked) ? undefined : 'request-check')
      }
    }
    const day = { asker: 'client', checked: 'identity_card' } as const
    expect(faultOfEntering({ ...day, receivedOn: addDays(RECEIVED, 1) }, RECEIVED)).toBe('request-day')
    expect(faultOfEntering({ ...day, receivedOn: '2026-10-01' }, RECEIVED)).toBeUndefined()
  })

  test('[DR4] [LR-29] access alone is put off, once, before its day, by thirty days at most', () => {
    const until = '2026-12-10'
    const fault = (request: Parameters<typeof faultOfExtension>[0], to = until, today = '2026-12-04') =>
      faultOfExtension(request, to, today)
    expect(fault(known('access'))).toBeUndefined()
    for (const kind of kinds.filter(one => one !== 'access')) expect(fault(known(kind))).toBe('request-not-put-off')
    expect(fault(known('access', { extendedUntil: '2026-12-09' }))).toBe('request-put-off-twice')
    expect(fault(known('access'), until, '2026-12-05')).toBe('request-put-off-late')
    expect(fault(known('access'), '2026-12-04')).toBe('request-put-off-day')
    expect(fault(known('access'), addDays('2026-12-04', EXTENSION_DAYS))).toBeUndefined()
    expect(fault(known('access'), addDays('2026-12-04', EXTENSION_DAYS + 1))).toBe('request-put-off-day')
    expect(fault(known('access', { state: 'answered', endedOn: '2026-12-01' }))).toBe('request-over')
  })

  test('[DR5] less than granted names a ground of the law that fits what was asked', () => {
    for (const kind of kinds) {
      const fitting = groundsFor(kind)
      expect(fitting).toContain('not_entitled')
      for (const ground of Object.keys(REQUEST_GROUNDS) as (keyof typeof REQUEST_GROUNDS)[]) {
        for (const decision of ['partly', 'refused'] as const) {
          const fault = faultOfAnswer(known(kind), { decision, ground, on: '2026-12-01' }, '2026-12-01')
          expect(fault).toBe(fitting.includes(ground) ? undefined : 'request-ground')
        }
      }
      const answer = (ground: '' | 'not_entitled', decision: 'granted' | 'refused') =>
        faultOfAnswer(
          known(kind),
          { decision, ground, on: '2026-12-01', ...(asksScope(kind, decision) && { scope: 'part' as const }) },
          '2026-12-01',
        )
      expect(answer('', 'granted')).toBeUndefined()
      expect(answer('not_entitled', 'granted')).toBe('request-ground')
      expect(answer('', 'refused')).toBe('request-ground')
    }
    expect(groundsFor('deletion')).toContain('law_collects')
    expect(groundsFor('access')).not.toContain('law_collects')
  })

  test('[DR5] answered between the day of receipt and today, also when it is late; once', () => {
    const answer = (on: string, today: string, about: Partial<RequestDays> = {}) =>
      faultOfAnswer(known('deletion', about), { decision: 'granted', ground: '', on, scope: 'case' }, today)
    expect(answer('2026-11-23', '2026-12-01')).toBe('request-day')
    expect(answer('2026-12-02', '2026-12-01')).toBe('request-day')
    expect(answer('2027-01-10', '2027-01-10')).toBeUndefined()
    expect(answer('2026-12-01', '2026-12-01', { state: 'withdrawn', endedOn: '2026-11-30' })).toBe('request-over')
  })
})

describe('[DR16] when people are told that an answer is due', () => {
  test.each([
    // A Friday; the last day on a Sunday and on a public holiday; a week of holidays before the end (설날, 2027-02-06 to 09).
    ['2026-12-04', '2026-12-01', '2026-12-04'],
    ['2026-12-06', '2026-12-01', '2026-12-04'],
    ['2026-12-25', '2026-12-21', '2026-12-24'],
    ['2027-02-10', '2027-02-03', '2027-02-10'],
  ])('answered by %s: from %s on, and on %s', (due, near, last) => {
    expect(toldDays(due)).toEqual({ near, last })
  })
})

describe('[DR12] what follows from an answer', () => {
  const answered = (
    kind: RequestKind,
    decision: 'granted' | 'partly' | 'refused',
    about: { scope?: 'case' | 'part'; on?: string; settledOn?: string } = {},
  ) => ({
    kind,
    state: 'answered' as const,
    answer: { decision, on: about.on ?? '2026-11-24', ...(about.scope && { scope: about.scope }) },
    settled: about.settledOn ? { on: about.settledOn } : null,
  })

  test('a deletion of the whole case destroys, of a part removes; a suspension suspends, in part as well; nothing follows from what was refused', () => {
    expect(followUpOf(answered('deletion', 'granted', { scope: 'case' }))).toBe('destroys')
    expect(followUpOf(answered('deletion', 'granted', { scope: 'part' }))).toBe('removes')
    expect(followUpOf(answered('deletion', 'partly'))).toBe('removes')
    expect(followUpOf(answered('suspension', 'granted'))).toBe('suspends')
    expect(followUpOf(answered('suspension', 'partly'))).toBe('suspends')
    for (const kind of Object.keys(REQUEST_KINDS) as RequestKind[]) {
      expect(followUpOf(answered(kind, 'refused'))).toBeUndefined()
      expect(followUpOf({ kind, state: 'open' })).toBeUndefined()
    }
    for (const kind of ['access', 'correction'] as const) expect(followUpOf(answered(kind, 'granted'))).toBeUndefined()
  })

  test('it goes on until it is settled, once, not before the answer and not later than today', () => {
    const suspension = answered('suspension', 'granted')
    expect(faultOfSettling(suspension, '2026-11-23', '2026-11-30')).toBe('request-day')
    expect(faultOfSettling(suspension, '2026-12-01', '2026-11-30')).toBe('request-day')
    expect(faultOfSettling(suspension, '2026-11-30', '2026-11-30')).toBeUndefined()
    const settled = answered('suspension', 'granted', { settledOn: '2026-11-30' })
    expect(openFollowUpOf(settled)).toBeUndefined()
    expect(faultOfSettling(settled, '2026-11-30', '2026-11-30')).toBe('request-settled')
    expect(faultOfSettling(answered('access', 'granted'), '2026-11-30', '2026-11-30')).toBe('request-settled')
  })

  test('of two suspensions the case is suspended from the earlier on, and until both are lifted', () => {
    const [one, other] = [{ on: '2026-11-20' }, { on: '2026-11-24' }]
    const suspended = (about: object) => answered('suspension', 'granted', about)
    expect(suspendedSince([suspended(other), suspended(one)])).toBe('2026-11-20')
    expect(suspendedSince([suspended(other), suspended({ ...one, settledOn: '2026-11-25' })])).toBe('2026-11-24')
    expect(suspendedSince([suspended({ ...one, settledOn: '2026-11-25' })])).toBeUndefined()
  })

  test('[DR5] a deletion that is granted says how much of it, and nothing else does', () => {
    const today = '2026-11-30'
    const known = (kind: RequestKind) => ({ ...open(), kind })
    const said = (kind: RequestKind, decision: 'granted' | 'partly', scope?: 'case' | 'part') =>
      faultOfAnswer(
        known(kind),
        { decision, ground: decision === 'granted' ? '' : 'law_collects', on: today, scope },
        today,
      )
    expect(said('deletion', 'granted')).toBe('request-scope')
    expect(said('deletion', 'granted', 'part')).toBeUndefined()
    expect(said('deletion', 'partly', 'part')).toBe('request-scope')
    expect(said('deletion', 'partly')).toBeUndefined()
    expect(said('suspension', 'granted', 'case')).toBe('request-scope')
  })
})
