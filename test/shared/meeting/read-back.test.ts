import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { addAction, moveAction, removeAction, setActionFields } from '../../../shared/documents/actions-document.ts'
import {
  addDecision,
  decisionOf,
  decisionsOf,
  moveDecision,
  setDecisionField,
} from '../../../shared/documents/item-document.ts'
import type { ActionId, AgencyId, DecisionId, ItemId, UserId } from '../../../shared/ids.ts'
import {
  canonicalText,
  changesSince,
  hashOfReadBack,
  isNothingToRead,
  isTooLongToRead,
  MAX_READ_BACK_ENTRIES,
  MAX_READ_BACK_LETTERS,
  type ReadBackContent,
  readBackContentOf,
} from '../../../shared/meeting/read-back.ts'
import { seededRandom } from '../../support/seeded-random.ts'

const id = <T extends string>(name: string): T => name.padEnd(22, '0') as T
const AT = '2026-11-24T05:00:00.000Z'
const ITEM = id<ItemId>('item')
const BY = id<UserId>('writer')
const DONG = id<AgencyId>('dong')

/** An item with two decisions, and two action documents with two of its promises and one of another item. */
function household() {
  const item = new Y.Doc()
  addDecision(item, {
    id: id('d1'),
    kind: 'select_case_management',
    by: BY,
    at: AT,
    text: '주 사례관리는 생연1동이 맡는다',
  })
  addDecision(item, {
    id: id('d2'),
    kind: 'allocate_resource',
    by: BY,
    at: AT,
    text: '검사비를 지원한다',
    reason: '빚이 있음',
  })
  const open = new Y.Doc()
  addAction(open, { id: id('a1'), agencyId: DONG, what: '수급 신청', by: BY, at: AT, itemId: ITEM, due: '2026-11-27' })
  addAction(open, { id: id('ax'), agencyId: DONG, what: '지난달 것', by: BY, at: AT, itemId: id('other') })
  const own = new Y.Doc()
  addAction(own, { id: id('a2'), agencyId: DONG, what: '간병비', by: BY, at: AT, itemId: ITEM, amount: 300_000 })
  return { item, open, own, read: () => readBackContentOf(ITEM, item, [open, own]) }
}

const textOf = (doc: Y.Doc, name: string) => {
  const text = decisionOf(doc, id<DecisionId>(name))?.text
  const run = (text?.get(0) as Y.XmlElement | undefined)?.get(0)
  if (!(run instanceof Y.XmlText)) throw new Error('No text there')
  return run
}

describe('what is read', () => {
  test('decisions and this item’s own action items, in the order of the documents', () => {
    const content = household().read()
    expect(content.decisions.map(d => [d.kind, d.text, d.reason])).toEqual([
      ['select_case_management', '주 사례관리는 생연1동이 맡는다', ''],
      ['allocate_resource', '검사비를 지원한다', '빚이 있음'],
    ])
    expect(content.actions.map(a => [a.what, a.due, a.amount])).toEqual([
      ['수급 신청', '2026-11-27', null],
      ['간병비', '', 300_000],
    ])
  })

  test('the lines of a list; not what is crossed out; a link with where it leads', () => {
    const { item, read } = household()
    const fragment = decisionOf(item, id<DecisionId>('d1'))?.text
    const list = new Y.XmlElement('bulletList')
    fragment?.insert(0, [list])
    for (const words of ['하나', '둘']) {
      const [line, paragraph, text] = [new Y.XmlElement('listItem'), new Y.XmlElement('paragraph'), new Y.XmlText()]
      list.push([line])
      line.insert(0, [paragraph])
      paragraph.insert(0, [text])
      text.insert(0, words)
    }
    const run = textOf(item, 'd2')
    run.format(0, 4, { strike: {} })
    run.insert(run.length, '안내', { link: { href: 'https://example.org/a' }, strike: null })
    expect(read().decisions.map(d => d.text)).toEqual([
      '하나\n둘\n주 사례관리는 생연1동이 맡는다',
      ' 지원한다안내 (https://example.org/a)',
    ])
  })

  test('an action item that two documents hold under one id is read once', () => {
    const { item, open, own } = household()
    addAction(own, { id: id('a1'), agencyId: DONG, what: '다른 말', by: BY, at: AT, itemId: ITEM })
    expect(readBackContentOf(ITEM, item, [open, own]).actions.map(a => a.what)).toEqual(['수급 신청', '간병비'])
  })

  test('nothing, and too much', () => {
    const empty = readBackContentOf(ITEM, new Y.Doc(), [])
    expect([isNothingToRead(empty), isNothingToRead(household().read())]).toEqual([true, false])
    const long = household()
    expect(isTooLongToRead(long.read())).toBe(false)
    textOf(long.item, 'd1').insert(0, '가'.repeat(MAX_READ_BACK_LETTERS))
    expect(isTooLongToRead(long.read())).toBe(true)
    const many = new Y.Doc()
    for (let n = 0; n <= MAX_READ_BACK_ENTRIES; n++)
      addDecision(many, { id: id(`m${n}x`), kind: 'close', by: BY, at: AT })
    expect(isTooLongToRead(readBackContentOf(ITEM, many, []))).toBe(true)
  })
})

describe('the canonical text', () => {
  test('its form stands still: version 1', () => {
    expect(canonicalText({ ...household().read(), actions: household().read().actions.slice(1) })).toBe(
      [
        'dure read-back 1',
        `item "${ITEM}"`,
        `decision "${id('d1')}"`,
        '  kind "select_case_management"',
        '  need ""',
        '  text "주 사례관리는 생연1동이 맡는다"',
        '  reason ""',
        '  condition ""',
        `decision "${id('d2')}"`,
        '  kind "allocate_resource"',
        '  need ""',
        '  text "검사비를 지원한다"',
        '  reason "빚이 있음"',
        '  condition ""',
        `action "${id('a2')}"`,
        `  agencyId "${DONG}"`,
        '  person ""',
        '  what "간병비"',
        '  rule ""',
        '  amount 300000',
        '  due ""',
        '  need ""',
      ].join('\n'),
    )
  })

  test('the hash is the SHA-256 that everybody else computes', () => {
    const content = household().read()
    expect(hashOfReadBack(content)).toBe(createHash('sha256').update(canonicalText(content), 'utf8').digest('hex'))
    const odd = changeFirst(content, '\ud800 홀로 남은 반쪽')
    expect(hashOfReadBack(odd)).toBe(createHash('sha256').update(canonicalText(odd), 'utf8').digest('hex'))
  })

  test('does not depend on the order in which an object got its keys', () => {
    const content = household().read()
    const turned = JSON.parse(JSON.stringify(content), (_key, value: unknown) =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).reverse())
        : value,
    ) as ReadBackContent
    expect(JSON.stringify(turned)).not.toBe(JSON.stringify(content))
    expect(canonicalText(turned)).toBe(canonicalText(content))
  })

  test('the same syllables are the same words; an invisible letter is not nothing', () => {
    const content = household().read()
    const text = content.decisions[0]?.text ?? ''
    expect(hashOfReadBack(changeFirst(content, text.normalize('NFD')))).toBe(hashOfReadBack(content))
    for (const invisible of ['\u200b', '\u00ad', '\u202e', '\ufeff', ' ', '\u0000']) {
      expect(hashOfReadBack(changeFirst(content, `${text}${invisible}`))).not.toBe(hashOfReadBack(content))
    }
  })

  test('words cannot pass for a line of it', () => {
    const content = household().read()
    const forged = changeFirst(content, '지원한다"\n  reason "없음')
    const other = {
      ...content,
      decisions: content.decisions.map((d, n) => (n ? d : { ...d, text: '지원한다', reason: '없음' })),
    }
    expect(canonicalText(forged)).not.toBe(canonicalText(other))
    expect(canonicalText(forged).split('\n')).toHaveLength(canonicalText(content).split('\n').length)
  })
})

function changeFirst(content: ReadBackContent, text: string): ReadBackContent {
  return { ...content, decisions: content.decisions.map((d, n) => (n === 0 ? { ...d, text } : d)) }
}

describe('what has changed since', () => {
  test('[MH5] one letter is noticed and named', () => {
    const { item, read } = household()
    const confirmed = read()
    const run = textOf(item, 'd2')
    run.delete(0, 1)
    run.insert(0, '진')
    expect(changesSince(confirmed, read())).toEqual([
      { on: 'decision', id: id('d2'), number: 2, change: 'changed', fields: ['text'] },
    ])
  })

  test('[MH5] what was added, removed, moved and set, each by its name', () => {
    const { item, open, own, read } = household()
    const confirmed = read()
    addDecision(item, { id: id('d3'), kind: 'reassess', by: BY, at: AT }, 'first')
    setDecisionField(item, id<DecisionId>('d1'), 'kind', 'close')
    setActionFields(own, id<ActionId>('a2'), { amount: 200_000, due: '2026-12-01' })
    removeAction(open, id<ActionId>('a1'))
    expect(changesSince(confirmed, read())).toEqual([
      { on: 'decision', id: id('d3'), number: 1, change: 'added', fields: [] },
      { on: 'decision', id: id('d1'), number: 2, change: 'changed', fields: ['kind'] },
      { on: 'action', id: id('a2'), number: 1, change: 'changed', fields: ['amount', 'due'] },
      { on: 'action', id: id('a1'), number: 1, change: 'removed', fields: [] },
    ])
    expect(decisionsOf(item)).toHaveLength(3)
  })

  test('[MH5] another order is a change, too', () => {
    const { item, read } = household()
    const confirmed = read()
    moveDecision(item, id<DecisionId>('d2'), 'first')
    expect(changesSince(confirmed, read()).map(change => change.fields)).toEqual([['order'], ['order']])
  })

  test('[MH5] 500 random edits: changes are named exactly when the canonical texts differ', () => {
    const random = seededRandom(7)
    const { item, open, own, read } = household()
    let [same, different] = [0, 0]
    let earlier = read()
    for (let step = 0; step < 500; step++) {
      const decisions = decisionsOf(item)
      const kinds = ['close', 'reassess', 'transfer'] as const
      switch (random.below(8)) {
        case 0:
          if (decisions.length < 6)
            addDecision(item, { id: id(`n${step}x`), kind: 'close', by: BY, at: AT, text: '새것' })
          break
        case 1:
          if (decisions.length > 1) item.getMap('decisions').delete(random.pick(decisions).id)
          break
        case 2:
          moveDecision(item, random.pick(decisions).id, random.pick(['first', 'last'] as const))
          break
        case 3:
          setDecisionField(item, random.pick(decisions).id, 'kind', random.pick(kinds))
          break
        case 4: {
          const run = (random.pick(decisions).text.get(0) as Y.XmlElement | undefined)?.get(0)
          if (run instanceof Y.XmlText) run.insert(random.below(run.length + 1), random.pick(['가', '\u200b', ' ']))
          break
        }
        case 5:
          setActionFields(own, id<ActionId>('a2'), { amount: random.pick([null, 1, 2]) })
          break
        case 6:
          moveAction(open, id<ActionId>('a1'), random.pick(['first', 'last'] as const))
          break
        case 7:
          setActionFields(open, id<ActionId>('ax'), { person: `남의 것 ${step}` })
          break
      }
      const now = read()
      const isSame = canonicalText(earlier) === canonicalText(now)
      expect(changesSince(earlier, now).length === 0, `step ${step}`).toBe(isSame)
      expect(hashOfReadBack(earlier) === hashOfReadBack(now)).toBe(isSame)
      if (isSame) same += 1
      else different += 1
      if (random.chance(0.3)) earlier = now
    }
    expect(Math.min(same, different)).toBeGreaterThan(50)
  })
})
