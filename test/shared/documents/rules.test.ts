import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { putAgendaItem } from '../../../shared/documents/conference-document.ts'
import { brokenInvariants } from '../../../shared/documents/invariants.ts'
import { addDecision, decisionsOf, discussionOf, parseOpinionRoot } from '../../../shared/documents/item-document.ts'
import { isDay, isMoment } from '../../../shared/documents/layout-language.ts'
import { byOrder, isOrderKey, keysFor, type Ordered } from '../../../shared/documents/ordering.ts'
import { isAllowedLink, paragraphsOf, plainTextOf, richTextOf } from '../../../shared/documents/rich-text.ts'
import { LAYOUT_VERSION, MIGRATIONS, migrateDocument } from '../../../shared/documents/versions.ts'
import type { DecisionId, ItemId, UserId } from '../../../shared/ids.ts'
import { seededRandom } from '../../support/seeded-random.ts'

const id = <T extends string>(name: string): T => name.padEnd(22, '0') as T
const AT = '2026-11-21T05:00:00.000Z'

describe('values', () => {
  test.each(['2026-12-05', '2028-02-29', '2000-01-01', '2199-12-31'])('%s is a day', day =>
    expect(isDay(day)).toBe(true),
  )
  test.each(['2026-02-29', '2026-13-01', '2026-00-10', '9999-01-01', '1999-12-31', '2026-1-1', ' 2026-01-01', ''])(
    '%j is no day',
    day => expect(isDay(day)).toBe(false),
  )
  test('moments are those of the standard library', () => {
    expect(isMoment(new Date(1_800_000_000_000).toISOString())).toBe(true)
    for (const not of ['2026-11-21', '2026-11-21T24:00:00.000Z', '2026-11-21T05:00:00Z', `${AT} `, 5])
      expect(isMoment(not)).toBe(false)
  })
  test('an opinion root names a need and an agency, and nothing else is one', () => {
    const agencyId = id('housing')
    expect(parseOpinionRoot(`opinion:health:${agencyId}`)).toEqual({ need: 'health', agencyId })
    for (const not of [
      `opinion:toString:${agencyId}`,
      'opinion:health:x',
      `opinion:health:${agencyId}:`,
      `x:health:${agencyId}`,
    ]) {
      expect(parseOpinionRoot(not)).toBeUndefined()
    }
  })
})

describe('order', () => {
  test('whatever is moved where, the list is as asked and every key is one that others take', () => {
    for (let seed = 1; seed <= 30; seed += 1) {
      const random = seededRandom(seed)
      let list: Ordered[] = ['a', 'b', 'c', 'd', 'e'].map(name => ({ id: name, order: 'a0' }))
      for (let move = 0; move < 60; move += 1) {
        list.sort(byOrder)
        const moved = random.pick(list).id
        const target = random.pick(list).id
        const before = list.map(entry => entry.id).filter(name => name !== moved)
        const place = random.chance(0.5) ? { before: target } : { after: target }
        const at = before.indexOf(target)
        const expected = before.toSpliced(at < 0 ? before.length : 'before' in place ? at : at + 1, 0, moved)
        const keys = keysFor(list, moved, place)
        list = list.map(entry => ({ id: entry.id, order: keys.get(entry.id) ?? entry.order }))
        for (const key of keys.values()) expect(isOrderKey(key), key).toBe(true)
        // Ties before the place keep their order by id, so the asked order may only differ where ids tie.
        expect(
          list.toSorted(byOrder).map(entry => entry.id),
          `seed ${seed}, move ${move}`,
        ).toEqual(expected)
      }
    }
  })

  test.each(['', 'a', 'a00', 'b0', '0', 'a0 ', `A${'0'.repeat(26)}`, `a0${'1'.repeat(150)}`, 'a-', 7])(
    '%j is no key',
    key => expect(isOrderKey(key)).toBe(false),
  )
})

describe('long text', () => {
  test('reads as words, and as nodes with marks', () => {
    const doc = new Y.Doc()
    const discussion = discussionOf(doc)
    discussion.insert(0, paragraphsOf('첫 줄\r\n\n끝'))
    const first = discussion.get(0)
    const run = first instanceof Y.XmlElement ? first.get(0) : undefined
    if (run instanceof Y.XmlText) run.format(0, 1, { bold: {}, link: { href: 'tel:119' } })
    expect(plainTextOf(discussion)).toBe('첫 줄\n\n끝')
    expect(richTextOf(discussion)[0]).toEqual({
      type: 'paragraph',
      content: [
        {
          type: 'text',
          text: '첫',
          marks: expect.arrayContaining([{ type: 'bold' }, { type: 'link', attrs: { href: 'tel:119' } }]),
        },
        { type: 'text', text: ' 줄' },
      ],
    })
    expect(brokenInvariants(doc, 'item')).toEqual([])
  })

  test('links are for people to follow and nothing else', () => {
    for (const link of ['https://www.gov.kr', 'mailto:a@b.kr', 'tel:119']) expect(isAllowedLink(link)).toBe(true)
    for (const not of [
      'javascript:1',
      'java\u0000script:1',
      'https://',
      'https:///x',
      'ftp://x',
      'https://a@b',
      '//x',
      '',
      5,
    ]) {
      expect(isAllowedLink(not)).toBe(false)
    }
  })
})

describe('invariants', () => {
  test.each<[string, (doc: Y.Doc) => void]>([
    ['a hidden root', doc => void doc.getMap('hidden').set('x', 1)],
    ['text in a map root', doc => doc.getText('needs').insert(0, 'x')],
    ['a flag that is no need', doc => void doc.getMap('needs').set('hunger', true)],
    ['a record that is none', doc => void doc.getMap('decisions').set(id('d1'), 'x')],
    ['a value of the wrong kind', doc => void decision(doc).set('kind', 5)],
    ['a field that is none', doc => void decision(doc).set('x', 5)],
    ['a text that is none', doc => void decision(doc).set('text', 'x')],
    ['an unknown node', doc => discussionOf(doc).insert(0, [new Y.XmlElement('script')])],
    ['an unknown mark', doc => mark(doc, 'color')],
    ['something pending', doc => Y.applyUpdate(doc, Uint8Array.of(1, 1, 9, 5, 0, 1, 0))],
  ])('%s is noticed', (_what, change) => {
    const doc = new Y.Doc()
    change(doc)
    expect(brokenInvariants(doc, 'item').length).toBeGreaterThan(0)
  })

  test('a decision that lost its kind is still there, and one that lost its text is not', () => {
    const doc = new Y.Doc()
    decision(doc).delete('kind')
    expect(decisionsOf(doc)).toEqual([expect.objectContaining({ kind: undefined })])
    decision(doc).delete('text')
    expect(brokenInvariants(doc, 'item')).toEqual([])
  })

  function decision(doc: Y.Doc): Y.Map<unknown> {
    const records = doc.getMap<Y.Map<unknown>>('decisions')
    const by = id<UserId>('kim')
    if (!records.has(id('d1'))) addDecision(doc, { id: id<DecisionId>('d1'), kind: 'deferred', by, at: AT })
    const record = records.get(id('d1'))
    if (record === undefined) throw new Error('No decision')
    return record
  }

  function mark(doc: Y.Doc, name: string): void {
    discussionOf(doc).insert(0, paragraphsOf('글'))
    const paragraph = discussionOf(doc).get(0)
    const run = paragraph instanceof Y.XmlElement ? paragraph.get(0) : undefined
    if (run instanceof Y.XmlText) run.format(0, 1, { [name]: {} })
  }
})

describe('versions', () => {
  test('migrations are in order and none goes beyond the version', () => {
    const versions = MIGRATIONS.map(migration => migration.to)
    expect(versions).toEqual([...versions].sort((a, b) => a - b))
    expect(Math.max(1, ...versions)).toBe(LAYOUT_VERSION)
  })

  test('a migration is asked of documents of its kind alone, and twice does no more', () => {
    const doc = new Y.Doc()
    putAgendaItem(doc, { id: id<ItemId>('i1'), minutes: 5 })
    const apply = (d: Y.Doc): void => {
      const line = d.getMap<Y.Map<unknown>>('agenda').get(id('i1'))
      if (line?.get('label') === '') line.set('label', '기타')
    }
    const migrations = [{ to: 2, kind: 'conference' as const, apply }]
    migrateDocument(doc, 'item', migrations)
    expect(Y.getState(doc.store, doc.clientID)).toBe(4)
    migrateDocument(doc, 'conference', migrations)
    migrateDocument(doc, 'conference', migrations)
    expect(Y.getState(doc.store, doc.clientID)).toBe(5)
  })
})
