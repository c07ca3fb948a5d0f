import { describe, expect, test } from 'vitest'
import {
  type FollowMode,
  mayTakeChair,
  minutesHeard,
  modeAfterOpening,
  modeOf,
  nextItem,
  stepOnMove,
  wouldLead,
} from '../../../client/features/room/follow/follow-rules.ts'
import { meetingEn } from '../../../client/features/room/follow/texts-en.ts'
import { meetingKo } from '../../../client/features/room/follow/texts-ko.ts'
import { timeWords } from '../../../client/features/room/follow/time-words.ts'
import { createTexts } from '../../../client/i18n/i18n.ts'
import type { ItemProgressState } from '../../../shared/codes.ts'
import type { ItemId, UserId } from '../../../shared/ids.ts'

const item = (name: string) => name as ItemId
const [A, B, C, D] = [item('a'), item('b'), item('c'), item('d')]
const person = (name: string) => name as UserId
const [leader, deputy, minuteTaker] = [person('leader'), person('deputy'), person('minute-taker')]

describe('a move of the pointer', () => {
  const modes: FollowMode[] = ['lead', 'together', 'alone']

  test('[MF2] takes along who is together or leads, and did not type', () => {
    for (const mode of ['lead', 'together'] as const) {
      expect(stepOnMove({ mode, at: A, isBusy: false }, { itemId: B })).toBe('go')
      expect(stepOnMove({ mode, at: null, isBusy: false }, { itemId: B })).toBe('go')
    }
  })

  test('[MF1] never moves who is writing, in any mode; a chip says where the meeting is', () => {
    for (const mode of modes) expect(stepOnMove({ mode, at: A, isBusy: true }, { itemId: B })).toBe('offer')
  })

  test('never moves who looks alone', () => {
    expect(stepOnMove({ mode: 'alone', at: A, isBusy: false }, { itemId: B })).toBe('offer')
  })

  test('asks nothing of who is there already and must not be moved', () => {
    for (const mode of modes) expect(stepOnMove({ mode, at: B, isBusy: true }, { itemId: B })).toBe('stay')
    expect(stepOnMove({ mode: 'alone', at: B, isBusy: false }, { itemId: B })).toBe('stay')
  })

  test('a place inside the same item is gone to as well', () => {
    expect(stepOnMove({ mode: 'together', at: B, isBusy: false }, { itemId: B })).toBe('go')
  })

  test('to nowhere moves nobody', () => {
    for (const mode of modes) expect(stepOnMove({ mode, at: A, isBusy: false }, null)).toBe('stay')
  })
})

describe('who leads, follows and looks alone', () => {
  test('[MF4] the chair leads unless they choose otherwise; everybody else is together', () => {
    expect(modeOf(null, { isChair: true, mayLead: true })).toBe('lead')
    expect(modeOf('alone', { isChair: true, mayLead: true })).toBe('alone')
    expect(modeOf(null, { isChair: false, mayLead: true })).toBe('together')
    expect(modeOf(null, { isChair: false, mayLead: false })).toBe('together')
  })

  test('the minute-taker leads when they chose to', () => {
    expect(modeOf('lead', { isChair: false, mayLead: true })).toBe('lead')
  })

  test('who led and may not any more is together, not alone', () => {
    expect(modeOf('lead', { isChair: false, mayLead: false })).toBe('together')
  })

  test('opening another item than the meeting’s is looking alone', () => {
    expect(modeAfterOpening('together', A, { itemId: B }, true)).toBe('alone')
    expect(modeAfterOpening('together', B, { itemId: B }, true)).toBe('together')
    expect(modeAfterOpening('together', A, null, false)).toBe('together')
    expect(modeAfterOpening('lead', A, { itemId: B }, true)).toBe('lead')
  })

  test('[MF5] who may not open the meeting’s item does other things meanwhile and is still brought back', () => {
    expect(modeAfterOpening('together', A, { itemId: B }, false)).toBe('together')
  })
})

describe('the next item', () => {
  const agenda = [A, B, C, D].map(id => ({ id }))
  const at = (states: Record<string, ItemProgressState>) =>
    Object.fromEntries(
      Object.entries(states).map(([id, state]) => [id, { state, openedAt: null, spentMs: 0 }]),
    ) as Parameters<typeof nextItem>[1]

  test('is the first when nothing has begun', () => {
    expect(nextItem(agenda, {}, null)?.id).toBe(A)
  })

  test('is the one after the present', () => {
    expect(nextItem(agenda, at({ a: 'done', b: 'open' }), B)?.id).toBe(C)
  })

  test('leaves out what is done or deferred', () => {
    expect(nextItem(agenda, at({ b: 'open', c: 'deferred' }), B)?.id).toBe(D)
  })

  test('comes back to what was passed over, and is none when all are done', () => {
    expect(nextItem(agenda, at({ b: 'done', c: 'done', d: 'open' }), D)?.id).toBe(A)
    expect(nextItem(agenda, at({ a: 'done', b: 'done', c: 'deferred', d: 'open' }), D)).toBeUndefined()
  })

  test('after an item that left the agenda begins with the first that is not done', () => {
    expect(nextItem(agenda, at({ a: 'done' }), item('gone'))?.id).toBe(B)
  })
})

describe('time', () => {
  const now = Date.UTC(2026, 10, 24, 5, 30)
  const minutesAgo = (minutes: number) => new Date(now - minutes * 60_000).toISOString()

  test('[MP3] is what the item was open for, over breaks, by the server’s clock', () => {
    expect(minutesHeard({ state: 'open', openedAt: minutesAgo(4), spentMs: 3 * 60_000 }, now)).toBe(7)
    expect(minutesHeard({ state: 'done', openedAt: null, spentMs: 179_999 }, now)).toBe(2)
    expect(minutesHeard(undefined, now)).toBe(0)
  })

  test('an item that began a moment in the future of this estimate was heard for no time', () => {
    expect(minutesHeard({ state: 'open', openedAt: minutesAgo(-1), spentMs: 0 }, now)).toBe(0)
  })

  test('is said calmly, and an overrun in the same words', () => {
    const texts = createTexts('ko')
    texts.addResourceBundle('ko', 'meeting', meetingKo)
    const t = texts.getFixedT('ko', 'meeting')
    expect(timeWords(t, 7, 10)).toBe('7분 / 10분')
    expect(timeWords(t, 12, 10)).toBe('12분 / 10분 · 2분 넘음')
    expect(timeWords(t, 3, 0)).toBe('3분')
  })
})

describe('[MC4] the chair', () => {
  const chair = (userId: UserId | null) => ({
    chair: { userId, since: null, awaySince: null, order: [leader, deputy, minuteTaker] },
  })

  test('is taken only by who stands earlier in the order', () => {
    expect(mayTakeChair(chair(deputy), leader)).toBe(true)
    expect(mayTakeChair(chair(deputy), minuteTaker)).toBe(false)
    expect(mayTakeChair(chair(deputy), deputy)).toBe(false)
    expect(mayTakeChair(chair(null), minuteTaker)).toBe(true)
    expect(mayTakeChair(chair(deputy), person('somebody'))).toBe(false)
  })

  test('[MC3] would go to the first of the order who is connected', () => {
    expect(wouldLead({ ...chair(leader), online: [minuteTaker, deputy] })).toBe(deputy)
    expect(wouldLead({ ...chair(leader), online: [minuteTaker] })).toBe(minuteTaker)
    expect(wouldLead({ ...chair(leader), online: [leader, person('somebody')] })).toBeNull()
  })
})

describe('the words', () => {
  const flat = (words: object, path = ''): [string, string][] =>
    Object.entries(words).flatMap(([name, value]) =>
      typeof value === 'string' ? [[path + name, value] as [string, string]] : flat(value, `${path}${name}.`),
    )
  const blanks = (text: string) => [...text.matchAll(/\{\{(\w+)/g)].map(found => found[1]).sort()

  test('every Korean text of a meeting has an English one with the same blanks, and carries no English', () => {
    const english = new Map(flat(meetingEn))
    const korean = flat(meetingKo)
    expect(korean.length).toBeGreaterThan(100)
    expect([...english.keys()].sort()).toEqual(korean.map(([key]) => key).sort())
    for (const [key, text] of korean) {
      expect([key, blanks(english.get(key) ?? '')]).toEqual([key, blanks(text)])
      expect([key, /[A-Za-z]/.test(text.replace(/\{\{[^}]*\}\}/g, ''))]).toEqual([key, false])
    }
  })
})
