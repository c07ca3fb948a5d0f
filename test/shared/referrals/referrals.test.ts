import { describe, expect, test } from 'vitest'
import {
  DECLINE_REASONS,
  REFERRAL_MOVES,
  REFERRAL_STATUSES,
  type ReferralField,
  type ReferralMove,
  type ReferralStatus,
} from '../../../shared/referrals/referral-codes.ts'
import {
  fieldsInOrder,
  givenOf,
  type ReferralDraft,
  showsSensitive,
} from '../../../shared/referrals/referral-content.ts'
import { groundRefused } from '../../../shared/referrals/referral-grounds.ts'
import { lackingIn, mayMoveReferral, referralMovesFor, statusAfter } from '../../../shared/referrals/referral-moves.ts'
import { silenceOf } from '../../../shared/referrals/silence.ts'

const SENDER = { sends: true, leads: false, takes: false }
const LEADER = { sends: false, leads: true, takes: false }
const RECEIVER = { sends: false, leads: false, takes: true }
const NOBODY = { sends: false, leads: false, takes: false }
const STATUSES = Object.keys(REFERRAL_STATUSES) as ReferralStatus[]
const MOVES = Object.keys(REFERRAL_MOVES) as ReferralMove[]

describe('the table of moves', () => {
  test('[RF1] says for each state what each side may do', () => {
    const table = Object.fromEntries(
      STATUSES.map(status => [
        status,
        { sender: referralMovesFor(status, SENDER), receiver: referralMovesFor(status, RECEIVER) },
      ]),
    )
    expect(table).toEqual({
      draft: { sender: ['send', 'discard'], receiver: [] },
      sent: { sender: ['ask', 'revoke'], receiver: ['receive', 'accept', 'decline'] },
      received: { sender: ['ask', 'revoke'], receiver: ['accept', 'decline'] },
      accepted: { sender: ['ask', 'revoke'], receiver: ['start', 'report', 'complete'] },
      in_progress: { sender: ['ask', 'revoke'], receiver: ['report', 'complete'] },
      declined: { sender: [], receiver: [] },
      completed: { sender: [], receiver: [] },
      revoked: { sender: [], receiver: [] },
    })
  })

  test('[RF1] who is neither side moves nothing, and the lead agency asks and revokes only', () => {
    for (const status of STATUSES) {
      expect(referralMovesFor(status, NOBODY)).toEqual([])
      expect(referralMovesFor(status, LEADER).filter(move => move !== 'ask' && move !== 'revoke')).toEqual([])
    }
  })

  test('[RF1] whatever is pressed, what is over stays over and a draft is left by sending alone', () => {
    for (const move of MOVES) {
      for (const status of ['declined', 'completed', 'revoked'] as const) {
        expect([move, mayMoveReferral(status, { sends: true, leads: true, takes: true }, move)]).toEqual([move, false])
      }
      if (move !== 'send' && mayMoveReferral('draft', SENDER, move)) expect(statusAfter('draft', move)).toBe('draft')
    }
  })

  test('[RF9] a refusal takes code and words, an acceptance its first day, a completion its result', () => {
    const said = { note: '', declined: undefined, plannedOn: undefined }
    expect(lackingIn('decline', said)).toBe('referral-needs-reason')
    expect(lackingIn('decline', { ...said, note: '정원이 찼습니다' })).toBe('referral-needs-reason')
    expect(lackingIn('decline', { ...said, declined: 'no_capacity' })).toBe('referral-needs-reason')
    expect(lackingIn('decline', { ...said, note: '정원이 찼습니다', declined: 'no_capacity' })).toBeUndefined()
    expect(lackingIn('accept', said)).toBe('referral-needs-day')
    expect(lackingIn('accept', { ...said, plannedOn: '2026-12-01' })).toBeUndefined()
    expect(lackingIn('complete', { ...said, note: '  ' })).toBe('referral-needs-result')
    expect(lackingIn('report', said)).toBe('referral-needs-note')
    expect(lackingIn('revoke', said)).toBe('referral-needs-reason')
    expect(lackingIn('receive', said)).toBeUndefined()
    expect(Object.keys(DECLINE_REASONS)).toContain('not_eligible')
  })
})

describe('on what ground it leaves the house', () => {
  const CENTRE = { isPublic: false }
  const basis = (sensitive: boolean) => ({ kind: 'consent' as const, sensitive, until: '' })

  test('[LR-24] [LR-35] an agency that no consent names is sent nothing without a ground of its own', () => {
    expect(groundRefused(undefined, undefined, CENTRE, false)).toBe('referral-needs-ground')
    expect(groundRefused(basis(false), undefined, CENTRE, false)).toBeUndefined()
    expect(
      groundRefused(undefined, { ground: 'consent', words: '11월 20일 서면', sensitive: false }, CENTRE, false),
    ).toBe(undefined)
  })

  test('[RF3] an entered ground says what it is, and a public task is for public bodies alone', () => {
    const entered = { ground: 'consent' as const, words: ' ', sensitive: false }
    expect(groundRefused(undefined, entered, CENTRE, false)).toBe('referral-needs-ground')
    const task = { ground: 'public_task' as const, words: '사회보장급여법 제42조의2', sensitive: false }
    expect(groundRefused(undefined, task, CENTRE, false)).toBe('referral-ground-public')
    expect(groundRefused(undefined, task, { isPublic: true }, false)).toBeUndefined()
  })

  test('[RF6] [LR-26] health goes out on a consent or law that covers it, and on no urgency', () => {
    expect(groundRefused(basis(false), undefined, CENTRE, true)).toBe('referral-sensitive')
    expect(groundRefused(basis(true), undefined, CENTRE, true)).toBeUndefined()
    for (const [ground, sensitive, refused] of [
      ['consent', true, undefined],
      ['consent', false, 'referral-sensitive'],
      ['statute', true, undefined],
      ['urgent_interest', true, 'referral-sensitive'],
    ] as const) {
      expect([ground, groundRefused(undefined, { ground, words: '근거', sensitive }, CENTRE, true)]).toEqual([
        ground,
        refused,
      ])
    }
  })
})

describe('what is given', () => {
  const draft = (chosen: ReferralField[], givesNeeds = true): ReferralDraft => ({
    request: '밑반찬 배달을 부탁합니다',
    contact: '031-000-0000',
    needs: ['health', 'daily_living'],
    fields: Object.fromEntries(fieldsInOrder.map(field => [field, `카나리아-${field}`])),
    chosen,
    givesNeeds,
  })

  test('[RF5] only what was chosen and is said, whatever else was written', () => {
    const given = givenOf({
      ...draft(['name', 'problem', 'wishes'], false),
      fields: { name: '김○○', problem: ' ', phone: '010' },
    })
    expect(given).toEqual({
      request: '밑반찬 배달을 부탁합니다',
      contact: '031-000-0000',
      needs: [],
      fields: { name: '김○○' },
    })
  })

  test('[RF6] health is told by its field and by naming the need', () => {
    expect(showsSensitive(givenOf(draft(['name'], false)))).toBe(false)
    expect(showsSensitive(givenOf(draft(['health'], false)))).toBe(true)
    expect(showsSensitive(givenOf(draft(['name'], true)))).toBe(true)
  })
})

describe('how long nothing was heard', () => {
  const days = { sentOn: '2026-11-15', plannedOn: '', heardOn: '' }

  test('[RF10] [LR-42] a referral without reply ages and shows', () => {
    const of = (status: ReferralStatus, today: string) => silenceOf({ ...days, status }, today)
    expect(of('sent', '2026-11-15')).toEqual({ of: 'answer', days: 0, level: 'fresh' })
    expect(of('sent', '2026-11-18')).toEqual({ of: 'answer', days: 3, level: 'waiting' })
    expect(of('received', '2026-11-24')).toEqual({ of: 'answer', days: 9, level: 'late' })
    for (const status of ['draft', 'declined', 'completed', 'revoked'] as const)
      expect(of(status, '2027-11-24')).toBeUndefined()
  })

  test('[RF10] a first day that passed is said, and a month without news of what is under way', () => {
    const accepted = { ...days, status: 'accepted' as const, plannedOn: '2026-12-01', heardOn: '2026-11-20' }
    expect(silenceOf(accepted, '2026-12-01')).toBeUndefined()
    expect(silenceOf(accepted, '2026-12-04')).toEqual({ of: 'start', days: 3, level: 'waiting' })
    const running = { ...accepted, status: 'in_progress' as const, heardOn: '2026-12-01' }
    expect(silenceOf(running, '2026-12-30')).toBeUndefined()
    expect(silenceOf(running, '2026-12-31')).toEqual({ of: 'news', days: 30, level: 'waiting' })
  })
})
