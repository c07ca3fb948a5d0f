/** The days of a data subject request, and what may be done to it when, as plain functions. */
import { describe, expect, test } from 'vitest'
import {
  ANSWER_DAYS,
  byUrgency,
  EXTENSION_DAYS,
  lastDayOf,
  type RequestDays,
  requestClock,
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
import { faultOfAnswer, faultOfEntering, faultOfExtension } from '../../../shared/subject-requests/request-moves.ts'
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
        faultOfAnswer(known(kind), { decision, ground, on: '2026-12-01' }, '2026-12-01')
      expect(answer('', 'granted')).toBeUndefined()
      expect(answer('not_entitled', 'granted')).toBe('request-ground')
      expect(answer('', 'refused')).toBe('request-ground')
    }
    expect(groundsFor('deletion')).toContain('law_collects')
    expect(groundsFor('access')).not.toContain('law_collects')
  })

  test('[DR5] answered between the day of receipt and today, also when it is late; once', () => {
    const answer = (on: string, today: string, about: Partial<RequestDays> = {}) =>
      faultOfAnswer(known('deletion', about), { decision: 'granted', ground: '', on }, today)
    expect(answer('2026-11-23', '2026-12-01')).toBe('request-day')
    expect(answer('2026-12-02', '2026-12-01')).toBe('request-day')
    expect(answer('2027-01-10', '2027-01-10')).toBeUndefined()
    expect(answer('2026-12-01', '2026-12-01', { state: 'withdrawn', endedOn: '2026-11-30' })).toBe('request-over')
  })
})
