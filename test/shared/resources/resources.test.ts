import { describe, expect, test } from 'vitest'
import { emergencyCount, monthsOf } from '../../../shared/resources/emergency-limits.ts'
import { doublesOf, type Giving, givingDays, leftOf, monthsLater, sumOf } from '../../../shared/resources/giving.ts'
import { guessService } from '../../../shared/resources/service-guess.ts'

const giving = (about: Partial<Giving> = {}): Giving => ({
  agencyId: 'a',
  service: 'caregiving_cost',
  emergency: '',
  rhythm: 'once',
  from: '2026-11-24',
  until: '2026-11-24',
  endedOn: '',
  ...about,
})

describe('the days of what is given', () => {
  test('[AL7] once, every week, and every month on its day or the month’s last', () => {
    expect(givingDays(giving())).toEqual(['2026-11-24'])
    expect(givingDays(giving({ rhythm: 'weekly', until: '2026-12-15' }))).toEqual([
      '2026-11-24',
      '2026-12-01',
      '2026-12-08',
      '2026-12-15',
    ])
    expect(givingDays(giving({ rhythm: 'monthly', from: '2026-12-31', until: '2027-04-30' }))).toEqual([
      '2026-12-31',
      '2027-01-31',
      '2027-02-28',
      '2027-03-31',
      '2027-04-30',
    ])
    expect(monthsLater('2027-01-31', 13)).toBe('2028-02-29')
  })

  test('[AL9] from the day on which it ends nothing more is given', () => {
    const weekly = giving({ rhythm: 'weekly', until: '2026-12-31', endedOn: '2026-12-08' })
    expect(givingDays(weekly)).toEqual(['2026-11-24', '2026-12-01'])
    expect(givingDays(giving({ endedOn: '2026-11-24' }))).toEqual([])
    expect(givingDays(giving({ endedOn: '2026-11-25' }))).toEqual(['2026-11-24'])
  })
})

describe('the same help twice', () => {
  const next = giving({ rhythm: 'monthly', until: '2027-02-23' })

  test('[AL5] the same kind in the same time, whoever gives it', () => {
    const known = [
      giving({ agencyId: 'b', rhythm: 'weekly', from: '2027-02-01', until: '2027-03-01' }),
      giving({ agencyId: 'c', service: 'exam_cost', rhythm: 'weekly', until: '2027-03-01' }),
      giving({ agencyId: 'd', from: '2027-02-24', until: '2027-02-24' }),
    ]
    expect(doublesOf(next, known).map(one => one.agencyId)).toEqual(['b'])
  })

  test('[AL5] [AL9] what was ended before is no longer there', () => {
    const ended = giving({
      agencyId: 'b',
      rhythm: 'weekly',
      from: '2026-11-01',
      until: '2027-03-01',
      endedOn: '2026-11-24',
    })
    expect(doublesOf(next, [ended])).toEqual([])
    expect(doublesOf(next, [{ ...ended, endedOn: '2026-11-25' }])).toHaveLength(1)
    const cancelled = giving({
      agencyId: 'b',
      rhythm: 'weekly',
      from: '2026-12-01',
      until: '2026-12-31',
      endedOn: '2026-12-01',
    })
    expect(doublesOf(next, [cancelled])).toEqual([])
  })

  test('[AL5] emergency support is not given for what another law gives already (긴급복지지원법 제3조②)', () => {
    const livelihood = giving({ service: 'emergency_welfare', emergency: 'livelihood' })
    const benefit = giving({ agencyId: 'b', service: 'livelihood_benefit' })
    expect(doublesOf(livelihood, [benefit])).toHaveLength(1)
    expect(doublesOf(benefit, [livelihood])).toHaveLength(1)
    expect(doublesOf(giving({ service: 'emergency_welfare', emergency: 'housing' }), [benefit, livelihood])).toEqual([])
  })

  test('[AL5] advice from two sides is no double help', () => {
    expect(doublesOf(giving({ service: 'counselling' }), [giving({ agencyId: 'b', service: 'counselling' })])).toEqual(
      [],
    )
  })
})

describe('limits of emergency support', () => {
  const month = (kind: 'livelihood' | 'housing' | 'facility' | 'other', from: string, until: string) => ({
    kind,
    from,
    until,
  })

  test('[AL6] months begun are counted from the first day', () => {
    expect(monthsOf({ from: '2026-11-24', until: '2026-11-24' })).toBe(1)
    expect(monthsOf({ from: '2026-11-24', until: '2026-12-23' })).toBe(1)
    expect(monthsOf({ from: '2026-11-24', until: '2026-12-24' })).toBe(2)
    expect(monthsOf({ from: '2026-11-01', until: '2027-01-31' })).toBe(3)
  })

  test('[AL6] livelihood: three months, with review six, and no seventh (제10조①, ③)', () => {
    const past = [month('livelihood', '2026-09-01', '2026-11-30')]
    expect(emergencyCount('livelihood', past)).toMatchObject({ before: 3, after: 3, standing: 'within' })
    const more = (until: string) => emergencyCount('livelihood', past, month('livelihood', '2026-12-01', until))
    expect(more('2026-12-31')).toMatchObject({ before: 3, after: 4, most: 6, standing: 'review' })
    expect(more('2027-02-28').standing).toBe('review')
    expect(more('2027-03-31')).toMatchObject({ after: 7, standing: 'beyond' })
  })

  test('[AL6] housing: one month, two more by extension, with review twelve', () => {
    const until = (day: string) => emergencyCount('housing', [], month('housing', '2026-12-01', day)).standing
    expect([
      until('2026-12-31'),
      until('2027-02-28'),
      until('2027-03-31'),
      until('2027-11-30'),
      until('2027-12-31'),
    ]).toEqual(['within', 'extension', 'review', 'review', 'beyond'])
  })

  test('[AL6] facilities and other help: one month, two more, with review six', () => {
    for (const kind of ['facility', 'other'] as const) {
      const until = (day: string) => emergencyCount(kind, [], month(kind, '2026-12-01', day)).standing
      expect([until('2026-12-31'), until('2027-02-28'), until('2027-05-31'), until('2027-06-30')]).toEqual([
        'within',
        'extension',
        'review',
        'beyond',
      ])
    }
  })

  test('[AL6] medical help once, with review twice; schooling once, with review four times', () => {
    const times = (kind: 'medical' | 'education', n: number) =>
      emergencyCount(
        kind,
        Array.from({ length: n }, () => ({ kind, from: '2026-11-24', until: '2026-11-24' })),
      ).standing
    expect([1, 2, 3].map(n => times('medical', n))).toEqual(['within', 'review', 'beyond'])
    expect([1, 2, 4, 5].map(n => times('education', n))).toEqual(['within', 'review', 'review', 'beyond'])
  })

  test('[AL6] each kind is counted for itself', () => {
    expect(emergencyCount('medical', [month('livelihood', '2026-11-01', '2026-11-30')]).before).toBe(0)
  })
})

describe('sums and what is left', () => {
  const summed = [
    {
      ...giving({ rhythm: 'monthly' as const, until: '2027-02-23' }),
      amount: 100_000,
      given: ['2026-11-24', '2026-12-24'],
    },
    {
      ...giving({ agencyId: 'b', rhythm: 'weekly' as const, until: '2026-12-08' }),
      amount: null,
      given: ['2026-11-24'],
    },
  ]

  test('[AL8] what was given and what is promised apart, by agency and in all; what has no amount is counted', () => {
    expect(sumOf(summed)).toEqual({ given: 200_000, promised: 100_000, givenTimes: 1, promisedTimes: 2 })
    expect(sumOf(summed, 'b')).toEqual({ given: 0, promised: 0, givenTimes: 1, promisedTimes: 2 })
  })

  test('[AL9] what was given stays given after an end', () => {
    const ended = summed.map(one => ({ ...one, endedOn: '2026-12-25' }))
    expect(sumOf(ended, 'a')).toEqual({ given: 200_000, promised: 0, givenTimes: 0, promisedTimes: 0 })
  })

  test('[RD3] what is left is places less what is taken elsewhere and what runs today', () => {
    const running = [
      giving({ rhythm: 'weekly', until: '2026-12-31' }),
      giving({ from: '2026-12-01', until: '2026-12-01' }),
    ]
    expect(leftOf(10, 3, running, '2026-11-30')).toBe(6)
    expect(leftOf(10, 3, running, '2026-12-01')).toBe(5)
    expect(leftOf(10, 3, running, '2027-01-01')).toBe(7)
    expect(leftOf(null, 0, running, '2026-11-30')).toBeNull()
    expect(leftOf(1, 2, [], '2026-11-30')).toBe(-1)
  })
})

test('a promise’s words propose the kind of help that they name', () => {
  expect(guessService('간병비 60만 원 지급')).toBe('caregiving_cost')
  expect(guessService('국민기초생활보장 신청')).toBe('basic_livelihood')
  expect(guessService('긴급복지 생계지원 신청')).toBe('emergency_welfare')
  expect(guessService('밑반찬 배달')).toBe('donation_goods')
  expect(guessService('안부 확인')).toBe('other_service')
})
