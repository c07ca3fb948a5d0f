import { describe, expect, test } from 'vitest'
import {
  compareNames,
  daysBetween,
  formatDate,
  formatDateTime,
  formatDay,
  formatElapsed,
  formatMinutes,
  formatMoney,
  formatShortDate,
  formatTime,
  fromSeoulTime,
  seoulDay,
  toSeoulTime,
} from '../../../client/lib/format.ts'

describe('dates and times are those of Seoul, wherever the browser stands', () => {
  test('an afternoon is written as offices write it', () => {
    expect(formatDateTime('2026-11-24T05:00:00Z', 'ko')).toBe('2026. 11. 24.(화) 14:00')
    expect(formatDateTime('2026-11-24T05:00:00Z', 'en')).toBe('Tue 24 Nov 2026, 14:00')
  })

  test('an evening in UTC is already the next day in Seoul, also over the turn of the year', () => {
    expect(formatDate('2026-12-31T15:00:00Z', 'ko')).toBe('2027. 1. 1.(금)')
    expect(seoulDay('2026-12-31T14:59:59Z')).toBe('2026-12-31')
    expect(formatTime('2026-12-31T15:05:00Z')).toBe('00:05')
  })

  test('a wall clock in Seoul and back is the same wall clock', () => {
    const instant = fromSeoulTime({ year: 2028, month: 2, day: 29, hour: 8, minute: 30 })
    expect(instant).toBe('2028-02-28T23:30:00Z')
    expect(toSeoulTime(instant)).toEqual({ year: 2028, month: 2, day: 29, weekday: 2, hour: 8, minute: 30 })
  })

  test('near days leave the year out; a day without a time keeps its weekday', () => {
    expect(formatShortDate('2026-11-27T00:00:00Z', 'ko')).toBe('11. 27.(금)')
    expect(formatDay('2026-11-27', 'ko')).toBe('2026. 11. 27.(금)')
    expect(formatDay('2026-11-27', 'en')).toBe('Fri 27 Nov 2026')
  })

  test('days are counted by the calendar', () => {
    expect(daysBetween('2026-11-24', '2026-11-27')).toBe(3)
    expect(daysBetween('2026-12-31', '2026-12-30')).toBe(-1)
  })
})

describe('numbers', () => {
  test('money carries its unit', () => {
    expect(formatMoney(1_250_000, 'ko')).toBe('1,250,000원')
    expect(formatMoney(0, 'en')).toBe('KRW 0')
  })

  test('lengths are hours and minutes', () => {
    expect([0, 45, 60, 90].map(minutes => formatMinutes(minutes, 'ko'))).toEqual(['0분', '45분', '1시간', '1시간 30분'])
    expect(formatMinutes(90, 'en')).toBe('1 h 30 min')
  })

  test('a running clock grows hours when it needs them and never runs below zero', () => {
    expect([-5, 42_000, 3_909_000].map(formatElapsed)).toEqual(['00:00', '00:42', '1:05:09'])
  })
})

test('names sort as Koreans sort: Hangul, then Latin, numbers by their value', () => {
  expect(['Zoe', '하늘', '가람 10동', '가람 2동', 'amy'].sort(compareNames)).toEqual([
    '가람 2동',
    '가람 10동',
    '하늘',
    'amy',
    'Zoe',
  ])
})
