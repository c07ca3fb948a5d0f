import { describe, expect, test } from 'vitest'
import { instantsOf, proposedTime } from '../../../client/features/guests/guest-time.ts'
import { linkOf } from '../../../client/features/guests/shown-once.tsx'
import { guestsEn } from '../../../client/features/guests/texts-en.ts'
import { guestsKo } from '../../../client/features/guests/texts-ko.ts'

describe('when a guest may come in', () => {
  const planned = { startsAt: '2026-11-24T05:00:00Z', minutes: 90, state: 'scheduled' }

  test('half an hour before the plan until an hour after it, in Seoul', () => {
    const time = proposedTime(planned, Date.parse('2026-11-20T00:00:00Z'))
    expect(time).toEqual({ date: '2026-11-24', from: '13:30', until: '16:30' })
    expect(instantsOf(time)).toEqual({ from: '2026-11-24T04:30:00Z', until: '2026-11-24T07:30:00Z' })
  })

  test('into a meeting that is going on from now, also long after its plan', () => {
    const soon = proposedTime({ ...planned, state: 'live' }, Date.parse('2026-11-24T05:40:00Z'))
    expect(soon).toEqual({ date: '2026-11-24', from: '14:40', until: '16:30' })
    const days = proposedTime({ ...planned, state: 'live' }, Date.parse('2026-11-27T01:00:00Z'))
    expect(days).toEqual({ date: '2026-11-27', from: '10:00', until: '11:00' })
  })

  test('an end before its beginning is the next day’s, and something unfinished is no time', () => {
    const night = instantsOf({ date: '2026-11-24', from: '23:30', until: '00:30' })
    expect(night).toEqual({ from: '2026-11-24T14:30:00Z', until: '2026-11-24T15:30:00.000Z' })
    expect(instantsOf({ date: '', from: '14:00', until: '15:00' })).toBeUndefined()
    expect(instantsOf({ date: '2026-11-24', from: '', until: '15:00' })).toBeUndefined()
  })
})

test('the token stands behind the #, which no browser sends', () => {
  const url = new URL(linkOf('https://dure.example.kr', 'x'.repeat(43)))
  expect([url.pathname, url.search, url.hash]).toEqual(['/guest', '', `#${'x'.repeat(43)}`])
})

describe('the words', () => {
  const flat = (texts: object, path = ''): [string, string][] =>
    Object.entries(texts).flatMap(([key, value]) =>
      typeof value === 'string' ? [[`${path}${key}`, value] as [string, string]] : flat(value, `${path}${key}.`),
    )
  const blanks = (words: string) => [...new Set([...words.matchAll(/\{\{(\w+)/g)].map(match => match[1]))].sort()

  test('English has every text with the same blanks, and the letter to be sent has no place for the code', () => {
    const english = new Map(flat(guestsEn))
    const korean = flat(guestsKo)
    expect(korean.length).toBeGreaterThan(70)
    for (const [key, words] of korean) expect([key, blanks(english.get(key) ?? '')]).toEqual([key, blanks(words)])
    expect(blanks(guestsKo.letter)).toEqual(['from', 'host', 'link', 'name', 'until', 'when'])
  })
})
