import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { setCaseFacts, setCaseFlag } from '../../../shared/documents/case-parts/case-facts.ts'
import { snapshotOfCase } from '../../../shared/documents/case-parts/case-snapshot.ts'
import { members } from '../../../shared/documents/case-parts/household.ts'
import { needs } from '../../../shared/documents/case-parts/needs.ts'
import { type CaseNeedId, idFromBytes } from '../../../shared/ids.ts'
import {
  begunWith,
  FIELD_MAX,
  fieldsOfCase,
  type KnownNeed,
  leaveNeed,
  needsOfCase,
  takeNeed,
} from '../../../shared/referrals/from-case.ts'
import { givenOf, type ReferralDraft, showsSensitive } from '../../../shared/referrals/referral-content.ts'

const EMPTY: ReferralDraft = { request: '', contact: '', needs: [], fields: {}, chosen: [], givesNeeds: true }

const need = (id: string, domain: KnownNeed['domain'], phenomenon: string, wanted = ''): KnownNeed => ({
  id: id as KnownNeed['id'],
  domain,
  phenomenon,
  wanted,
})
let rows = 0
const rowId = () => idFromBytes<CaseNeedId>(new Uint8Array(16).fill(++rows))

const MEALS = need('n1', 'daily_living', '혼자 끼니를 챙기지 못함', '밑반찬')
const DEBT = need('n2', 'economy', '월세가 세 달 밀림')
const ILLNESS = need('n3', 'health', '당뇨로 식단을 가려야 함', '영양 상담')

test('[RF18] a taken need names its domain, and its words stand in the fields for them', () => {
  const draft = [MEALS, DEBT].reduce(takeNeed, EMPTY)
  expect(draft.needs).toEqual(['daily_living', 'economy'])
  expect(draft.fields).toEqual({ problem: '혼자 끼니를 챙기지 못함\n월세가 세 달 밀림', wishes: '밑반찬' })
  // Taken twice it stands there once.
  expect(takeNeed(draft, MEALS)).toEqual(draft)
})

test('[RF18] [RF6] what a need of health says goes into the sensitive field alone', () => {
  const draft = takeNeed({ ...EMPTY, chosen: ['problem', 'wishes'], givesNeeds: false }, ILLNESS)
  expect(draft.fields).toEqual({ health: '당뇨로 식단을 가려야 함\n영양 상담' })
  expect(showsSensitive(givenOf(draft))).toBe(false)
  expect(showsSensitive(givenOf({ ...draft, chosen: ['health'] }))).toBe(true)
})

test('[RF18] [RF5] taken is not given: the receiver gets none of it until its field is chosen', () => {
  const draft = { ...[MEALS, DEBT].reduce(takeNeed, EMPTY), givesNeeds: false }
  expect(givenOf(draft)).toEqual({ request: '', contact: '', needs: [], fields: {} })
  expect(givenOf({ ...draft, chosen: ['wishes'] }).fields).toEqual({ wishes: '밑반찬' })
})

test('[RF18] left again its lines go, what somebody wrote or changed stays, and a domain stays while another need has it', () => {
  const other = need('n4', 'economy', '전기가 끊김')
  const taken = [MEALS, DEBT, other].reduce(takeNeed, { ...EMPTY, fields: { problem: '내가 적은 글' } })
  const left = leaveNeed(taken, DEBT, [MEALS, other])
  expect(left.needs).toEqual(['daily_living', 'economy'])
  expect(left.fields.problem).toBe('내가 적은 글\n혼자 끼니를 챙기지 못함\n전기가 끊김')
  const changed = { ...left, fields: { ...left.fields, problem: '전기가 끊김 (11월부터)' } }
  expect(leaveNeed(changed, other, [MEALS])).toMatchObject({
    needs: ['daily_living'],
    fields: { problem: '전기가 끊김 (11월부터)' },
  })
})

test('[RF18] words that do not fit are cut where one sees it', () => {
  const long = takeNeed({ ...EMPTY, fields: { problem: '가'.repeat(FIELD_MAX - 3) } }, DEBT).fields.problem ?? ''
  expect([long.length, long.at(-1)]).toEqual([FIELD_MAX, '…'])
})

test('[RF18] the case answers the fields that it can, and nothing that was written is replaced', () => {
  const doc = new Y.Doc()
  members.add(doc, rowId(), { name: '김○○', relation: 'self', birth: '1957-03-02', phone: '010-0000-0001' })
  members.add(doc, rowId(), { name: '김△△', relation: 'child', birth: '1990' })
  setCaseFacts(doc, { address: '생연로 1', livesAt: '생연로 2' })
  setCaseFlag(doc, 'householdTypes', 'elder_alone', true)
  const id = rowId()
  needs.add(doc, id, { domain: 'economy' }, { texts: { phenomenon: '월세가\n밀림' } })
  needs.add(doc, rowId(), { domain: 'safety' })
  const snapshot = snapshotOfCase(doc)
  const known = fieldsOfCase(snapshot, {
    label: '김○○ 가구',
    labelOf: code => (code === 'elder_alone' ? '독거노인' : code),
  })
  expect(known).toEqual({
    name: '김○○',
    birthYear: '1957',
    phone: '010-0000-0001',
    address: '생연로 2',
    householdType: '독거노인',
  })
  expect(begunWith({ ...EMPTY, fields: { name: '김 씨', phone: ' ' } }, known).fields).toMatchObject({
    name: '김 씨',
    phone: '010-0000-0001',
  })
  // A row about which nothing is said yet is no need to take.
  expect(needsOfCase(snapshot)).toEqual([{ id, domain: 'economy', phenomenon: '월세가 밀림', wanted: '' }])
})

test('[RF18] the only member is whose name the case bears; of several nobody is guessed', () => {
  const doc = new Y.Doc()
  const known = () => fieldsOfCase(snapshotOfCase(doc), { label: '정○○ 가구', labelOf: code => code })
  expect(known()).toEqual({ name: '정○○ 가구' })
  members.add(doc, rowId(), { name: '정순자', birth: '1948' })
  expect(known()).toEqual({ name: '정순자', birthYear: '1948' })
  members.add(doc, rowId(), { name: '정△△', birth: '1970' })
  expect(known()).toEqual({ name: '정○○ 가구' })
})
