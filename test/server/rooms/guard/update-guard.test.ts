import * as encoding from 'lib0/encoding'
import { beforeEach, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { GUARD_LIMITS } from '../../../../server/rooms/guard/limits.ts'
import { judgeUpdate, type Verdict } from '../../../../server/rooms/guard/update-guard.ts'
import { actionsOf, addAction } from '../../../../shared/documents/actions-document.ts'
import { agendaOf, putAgendaItem } from '../../../../shared/documents/conference-document.ts'
import { brokenInvariants } from '../../../../shared/documents/invariants.ts'
import { addDecision, decisionsOf, discussionOf, opinionOf } from '../../../../shared/documents/item-document.ts'
import { layoutOf } from '../../../../shared/documents/layout.ts'
import { paragraphsOf, plainTextOf } from '../../../../shared/documents/rich-text.ts'
import type { ActionId, DecisionId, ItemId } from '../../../../shared/ids.ts'
import { AGENCIES, AT, GuardedCopy, setAttribute, writerFacts } from '../../../sync/guard-people.ts'

const LEADER = writerFacts(0)
const NURSE = writerFacts(1)
const TEACHER = writerFacts(2)
const [HOUSING, HEALTH, SCHOOL] = AGENCIES
const id = <T extends string>(name: string): T => name.padEnd(22, '0') as T

/** A copy of what the server has, under a client id of its own. */
function copyOf(server: GuardedCopy, clientId: number): Y.Doc {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(server.doc))
  doc.clientID = clientId
  return doc
}

/** What somebody's change sends. */
function updateOf(doc: Y.Doc, change: (doc: Y.Doc) => void): Uint8Array {
  const before = Y.snapshot(doc)
  const updates: Uint8Array[] = []
  const note = (update: Uint8Array): void => {
    updates.push(update)
  }
  doc.on('update', note)
  doc.transact(() => change(doc))
  doc.off('update', note)
  expect(Y.equalSnapshots(before, Y.snapshot(doc)), 'the change has to change something').toBe(false)
  return Y.mergeUpdates(updates)
}

/** Expects a refusal that leaves the document byte for byte as it was. */
function expectRefused(server: GuardedCopy, update: Uint8Array, detail: string, writer = NURSE): void {
  const before = Y.encodeStateAsUpdate(server.doc)
  const roots = [...server.doc.share.keys()]
  const verdict = server.take(update, writer)
  expect(verdict).toMatchObject({ ok: false, detail })
  expect(Buffer.compare(Y.encodeStateAsUpdate(server.doc), before)).toBe(0)
  expect([...server.doc.share.keys()]).toEqual(roots)
}

function expectTaken(server: GuardedCopy, update: Uint8Array, writer = NURSE): Extract<Verdict, { ok: true }> {
  const verdict = server.take(update, writer)
  if (!verdict.ok) throw new Error(`Refused: ${verdict.reason} ${verdict.detail}`)
  expect(brokenInvariants(server.doc, server.kind)).toEqual([])
  return verdict
}

let item: GuardedCopy
let nurse: Y.Doc
beforeEach(() => {
  item = new GuardedCopy('item')
  const leader = new Y.Doc()
  leader.clientID = 1
  const update = updateOf(leader, doc => {
    discussionOf(doc).insert(0, paragraphsOf('첫 줄\n둘째 줄'))
    addDecision(doc, { id: id<DecisionId>('d1'), kind: 'deferred', by: LEADER.userId, at: AT, text: '보류' })
    opinionOf(doc, 'health', HOUSING).insert(0, paragraphsOf('주거 의견'))
  })
  expectTaken(item, update, LEADER)
  nurse = copyOf(item, 2)
})

const typing = (doc: Y.Doc): void => discussionOf(doc).insert(0, paragraphsOf('간호사'))

describe('whose writing it is', () => {
  test('an unknown client id is claimed by whoever writes under it first, and stays theirs', () => {
    expect(expectTaken(item, updateOf(nurse, typing)).newClients).toEqual([2])
    expect(expectTaken(item, updateOf(nurse, typing)).newClients).toEqual([])
    expectRefused(item, updateOf(nurse, typing), 'author', TEACHER)
  })

  test('structs under somebody else’s client id are refused, whole or as an addition to it', () => {
    const forger = copyOf(item, 1)
    expectRefused(item, updateOf(forger, typing), 'author')
  })

  test('a client id that the document knows but nobody owns cannot be claimed', () => {
    item.owners.clear()
    const forger = copyOf(item, 1)
    expectRefused(item, updateOf(forger, typing), 'author')
  })

  test('writing from an earlier tab of the same person is accepted', () => {
    expectTaken(item, updateOf(nurse, typing))
    const tab = copyOf(item, 3)
    expectTaken(item, updateOf(tab, typing))
    Y.applyUpdate(nurse, Y.encodeStateAsUpdate(item.doc))
    expectTaken(item, updateOf(nurse, typing))
  })

  test('the same update twice changes nothing the second time', () => {
    const update = updateOf(nurse, typing)
    expect(expectTaken(item, update).changesNothing).toBe(false)
    expect(expectTaken(item, update).changesNothing).toBe(true)
  })

  test('a stock client’s whole state changes nothing when all of it is known', () => {
    expect(expectTaken(item, Y.encodeStateAsUpdate(item.doc))).toMatchObject({ changesNothing: true, newClients: [] })
    expect(expectTaken(item, Uint8Array.of(0, 0)).changesNothing).toBe(true)
  })

  test('an update that overlaps what is known adds only the rest', () => {
    const all: Uint8Array[] = []
    nurse.on('update', (update: Uint8Array) => all.push(update))
    const text = new Y.XmlText('가')
    discussionOf(nurse).insert(0, [new Y.XmlElement('paragraph')])
    const paragraph = discussionOf(nurse).get(0)
    if (paragraph instanceof Y.XmlElement) paragraph.insert(0, [text])
    for (let i = 0; i < 5; i += 1) text.insert(text.length, '나')
    const half = Y.mergeUpdates(all.slice(0, 4))
    for (let i = 0; i < 5; i += 1) text.insert(text.length, '다')
    expectTaken(item, half)
    expectTaken(item, Y.mergeUpdates(all))
    expect(discussionOf(item.doc).get(0).toString()).toBe('<paragraph>가나나나나나다다다다다</paragraph>')
  })

  test('a gap is refused', () => {
    updateOf(nurse, typing)
    expectRefused(item, updateOf(nurse, typing), 'gap')
  })

  test('more client ids at once than anybody has are refused', () => {
    const docs = Array.from({ length: GUARD_LIMITS.newClients + 1 }, (_, i) => copyOf(item, 100 + i))
    expectRefused(item, Y.mergeUpdates(docs.map(doc => updateOf(doc, typing))), 'clients')
  })
})

describe('deleting', () => {
  const deletion = (client: number, clock: number, length: number): Uint8Array =>
    write(e => numbers(e, 0, 1, client, 1, clock, length))

  test('what does not exist yet cannot be deleted', () => {
    expectRefused(item, deletion(1, 0, 2 ** 31 - 1), 'deletion')
    expectRefused(item, deletion(9, 0, 1), 'deletion')
    expect(plainTextOf(discussionOf(item.doc))).toBe('첫 줄\n둘째 줄')
  })

  test('another agency’s opinion cannot be deleted; who conducts may, and so may the agency', () => {
    const opinion = (doc: Y.Doc): Y.XmlFragment => opinionOf(doc, 'health', HOUSING)
    expectRefused(
      item,
      updateOf(nurse, doc => opinion(doc).delete(0, 1)),
      'right',
    )
    const colleague = { ...writerFacts(3), conducts: false }
    expectTaken(
      item,
      updateOf(copyOf(item, 5), doc => opinion(doc).delete(0, 1)),
      colleague,
    )
  })

  test('somebody else’s words in the shared discussion can be deleted', () => {
    expectTaken(
      item,
      updateOf(nurse, doc => discussionOf(doc).delete(0, 1)),
    )
    expect(plainTextOf(discussionOf(item.doc))).toBe('둘째 줄')
  })
})

describe('who may write which root', () => {
  test('an agency writes its own opinion and no other', () => {
    expectTaken(
      item,
      updateOf(nurse, doc => opinionOf(doc, 'health', HEALTH).insert(0, paragraphsOf('간호'))),
    )
    expectRefused(
      item,
      updateOf(nurse, doc => opinionOf(doc, 'health', SCHOOL).insert(0, paragraphsOf('x'))),
      'right',
    )
  })

  test('who conducts writes for every cleared agency, and for no other', () => {
    const leader = copyOf(item, 6)
    expectTaken(
      item,
      updateOf(leader, doc => opinionOf(doc, 'health', SCHOOL).insert(0, paragraphsOf('대신'))),
      LEADER,
    )
    expectRefused(
      item,
      updateOf(leader, doc => opinionOf(doc, 'health', id('stranger')).insert(0, paragraphsOf('x'))),
      'right',
      LEADER,
    )
  })

  test('only who conducts orders the agenda', () => {
    const conference = new GuardedCopy('conference')
    const put = (doc: Y.Doc): void => putAgendaItem(doc, { id: id<ItemId>('i1'), minutes: 10 })
    const leader = copyOf(conference, 1)
    expectTaken(conference, updateOf(leader, put), LEADER)
    expectRefused(
      conference,
      updateOf(copyOf(conference, 2), doc => doc.getMap('agenda').delete(id('i1'))),
      'right',
    )
    const other = copyOf(conference, 2)
    expectRefused(
      conference,
      updateOf(other, doc => putAgendaItem(doc, { id: id<ItemId>('i2'), minutes: 5 })),
      'right',
    )
    expect(agendaOf(conference.doc)).toHaveLength(1)
  })

  test('what hangs on a neighbour in a foreign root is refused too', () => {
    // The opinion's paragraph is the left neighbour; the update itself never names the root.
    const forged = updateOf(nurse, doc => opinionOf(doc, 'health', HOUSING).insert(1, paragraphsOf('x')))
    expectRefused(item, forged, 'right')
  })
})

describe('formatting that Yjs tidies by itself', () => {
  const root = (doc: Y.Doc): Y.XmlFragment => opinionOf(doc, 'health', HOUSING)
  const run = (doc: Y.Doc): Y.XmlText => {
    const paragraph = root(doc).get(0)
    const text = paragraph instanceof Y.XmlElement ? paragraph.get(0) : undefined
    if (!(text instanceof Y.XmlText)) throw new Error('No text')
    return text
  }
  const formatsOf = (text: Y.XmlText): Y.Item[] => {
    const found: Y.Item[] = []
    for (let at = text._start; at !== null; at = at.right)
      if (at.content instanceof Y.ContentFormat && !at.deleted) found.push(at)
    return found
  }
  /** Items of one client that follow one another. */
  const deletionOf = (...items: Y.Item[]): Uint8Array =>
    write(e => numbers(e, 0, 1, items[0]?.id.client ?? 0, 1, items[0]?.id.clock ?? 0, items.length))

  test('a reader of a foreign root may send the removal of marks that nobody sees, and no other', () => {
    const leader = copyOf(item, 7)
    // Bold around letters that are then deleted leaves two marks around nothing.
    expectTaken(
      item,
      updateOf(leader, doc => run(doc).insert(0, '강조', { bold: {} })),
      LEADER,
    )
    const visible = formatsOf(run(item.doc))
    expect(visible.length).toBeGreaterThanOrEqual(2)
    expectRefused(item, deletionOf(...visible.slice(0, 1)), 'right')
    // Made without Yjs's own tidying, as a copy can have it that saw things in another order.
    const bare = write(e => {
      const client = visible[0]?.id.client ?? 0
      numbers(e, 1, 2, client, Y.getState(item.doc.store, client))
      const last = lastOf(run(item.doc))
      for (const [clock, value] of [
        [last.clock, '{}'],
        [Y.getState(item.doc.store, client), 'null'],
      ] as const) {
        encoding.writeUint8(e, 0x86)
        numbers(e, clock === last.clock ? last.client : client, clock)
        encoding.writeVarString(e, 'italic')
        encoding.writeVarString(e, value)
      }
      numbers(e, 0)
    })
    expectTaken(item, bare, LEADER)
    const useless = formatsOf(run(item.doc)).filter(
      i => i.content instanceof Y.ContentFormat && i.content.key === 'italic',
    )
    expect(useless).toHaveLength(2)
    expect(expectTaken(item, deletionOf(...useless))).toMatchObject({ onlyTidies: true, changesNothing: false })
  })

  function lastOf(text: Y.XmlText): Y.ID {
    let at = text._start
    while (at?.right) at = at.right
    if (at === null) throw new Error('Empty')
    return at.lastId
  }
})

describe('shapes', () => {
  test.each<[string, string, (doc: Y.Doc) => void]>([
    ['a root that is not in the layout', 'root', doc => doc.getMap('hidden').set('x', 1)],
    ['a root of another kind of document', 'root', doc => doc.getXmlFragment('summary').insert(0, paragraphsOf('x'))],
    [
      'an opinion root with a wrong need',
      'root',
      doc => doc.getXmlFragment(`opinion:toString:${HEALTH}`).insert(0, paragraphsOf('x')),
    ],
    [
      'an opinion root with more behind it',
      'root',
      doc => doc.getXmlFragment(`opinion:health:${HEALTH}:x`).insert(0, paragraphsOf('x')),
    ],
    ['a key on a text root', 'key', doc => doc.getMap('presentation').set('x', 1)],
    ['text on a map root', 'key', doc => doc.getText('needs').insert(0, 'x')],
    ['a list on a map root', 'type', doc => doc.getArray('decisions').insert(0, [new Y.Map()])],
    ['bare text on a text root', 'value', doc => doc.getText('presentation').insert(0, 'x')],
    ['a record under something that is no id', 'type', doc => doc.getMap('decisions').set('__proto__', new Y.Map())],
    ['a plain value for a record', 'value', doc => doc.getMap('decisions').set(id('d2'), 'x')],
    ['an array for a record', 'type', doc => doc.getMap('decisions').set(id('d2'), new Y.Array())],
    ['an unknown flag', 'key', doc => doc.getMap('needs').set('hunger', true)],
    ['a flag that is false', 'value', doc => doc.getMap('needs').set('health', false)],
    ['a flag named __proto__', 'key', doc => doc.getMap('needs').set('__proto__', true)],
    ['an unknown node', 'type', doc => discussionOf(doc).insert(0, [new Y.XmlElement('script')])],
    ['an image', 'type', doc => discussionOf(doc).insert(0, [new Y.XmlElement('image')])],
    ['a line break among blocks', 'type', doc => discussionOf(doc).insert(0, [new Y.XmlElement('hardBreak')])],
    ['text among blocks', 'type', doc => discussionOf(doc).insert(0, [new Y.XmlText('x')])],
    ['a hook', 'type', doc => doc.getArray('discussion').insert(0, [new Y.XmlHook('x')])],
    ['a heading of level 9', 'value', doc => insertWith(doc, 'heading', 'level', 9)],
    ['a heading of level "1"', 'value', doc => insertWith(doc, 'heading', 'level', '1')],
    ['a style', 'key', doc => insertWith(doc, 'paragraph', 'style', 'position:fixed')],
    ['an onclick', 'key', doc => insertWith(doc, 'paragraph', 'onclick', 'alert(1)')],
    ['an unknown mark', 'value', doc => mark(doc, 'textStyle', { color: 'red' })],
    ['a mark with an attribute it has not', 'value', doc => mark(doc, 'bold', { onclick: 'x' })],
    ['a mark named __proto__', 'value', doc => mark(doc, '__proto__x', {})],
    ['a mark that overlaps itself', 'value', doc => mark(doc, 'bold--AAAAAAAA', {})],
    ['a mark that is a number', 'value', doc => mark(doc, 'bold', 1)],
  ])('%s is refused', (_what, detail, change) => expectRefused(item, updateOf(nurse, change), detail))

  test.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'data:text/html,<script>',
    'vbscript:x',
    ' java\nscript:alert(1)',
    'java\tscript:x',
    '//evil.example',
    'https://bokjiro.go.kr@evil.example/',
    'https:\\\\evil.example',
    'file:///etc/passwd',
    'relative/path',
    `https://a.kr/${'x'.repeat(2001)}`,
  ])('a link to %s is refused', href =>
    expectRefused(
      item,
      updateOf(nurse, doc => mark(doc, 'link', { href })),
      'value',
    ),
  )

  test.each([
    'https://www.bokjiro.go.kr/a?b=c#d',
    'http://x.kr',
    'mailto:a@b.kr',
    'tel:031-860-2114',
    'https://한국.kr/가',
  ])('a link to %s is taken', href => {
    const link = { href, target: '_blank', rel: 'noopener noreferrer nofollow', class: null, title: null }
    expectTaken(
      item,
      updateOf(nurse, doc => mark(doc, 'link', link)),
    )
  })

  test.each<[string, unknown, string]>([
    ['kind', 'abolish', 'value'],
    ['kind', 7, 'value'],
    ['kind', null, 'value'],
    ['kind', new Y.XmlFragment(), 'type'],
    ['text', 'plain', 'value'],
    ['text', new Y.Text('x'), 'type'],
    ['need', 'hasOwnProperty', 'value'],
    ['order', 'a', 'value'],
    ['order', 'a00', 'value'],
    ['order', `a${'1'.repeat(200)}`, 'value'],
    ['at', '9999-01-01T00:00:00.000Z', 'value'],
    ['at', '2026-11-21', 'value'],
    ['by', '<b>', 'value'],
    ['constructor', 'x', 'key'],
    ['__proto__', 'x', 'key'],
  ])('a decision’s %s cannot be %s', (field, value, detail) => {
    const change = (doc: Y.Doc): void => {
      const record = doc.getMap<Y.Map<unknown>>('decisions').get(id('d1'))
      record?.set(field, value)
    }
    expectRefused(item, updateOf(nurse, change), detail)
    expect(decisionsOf(item.doc)).toHaveLength(1)
  })

  test.each<[string, unknown]>([
    ['due', '2026-02-29'],
    ['due', '9999-12-31'],
    ['due', 20_261_221],
    ['amount', 1.5],
    ['amount', -1],
    ['amount', 1e15],
    ['amount', Number.NaN],
    ['amount', '5'],
    ['person', '가'.repeat(61)],
    ['agencyId', ''],
  ])('an action item’s %s cannot be %s', (field, value) => {
    const ledger = new GuardedCopy('actions')
    const doc = copyOf(ledger, 2)
    expectTaken(
      ledger,
      updateOf(doc, d =>
        addAction(d, {
          id: id<ActionId>('a1'),
          agencyId: HOUSING,
          what: '신청',
          by: NURSE.userId,
          at: AT,
        }),
      ),
    )
    expectRefused(
      ledger,
      updateOf(doc, d => d.getMap<Y.Map<unknown>>('actions').get(id('a1'))?.set(field, value)),
      'value',
    )
    expect(actionsOf(ledger.doc)).toHaveLength(1)
  })

  test.each<[string, unknown]>([
    ['an object', { a: 1 }],
    ['an array', [1]],
    ['bytes', Uint8Array.of(1)],
    ['a big integer', 5n],
    ['a subdocument', new Y.Doc()],
  ])('%s is refused before anything is looked at', (_what, value) => {
    expectRefused(
      item,
      updateOf(nurse, doc => doc.getMap('needs').set('health', value)),
      'update',
    )
  })

  test('ten thousand roots are refused and none is kept', () => {
    expectRefused(
      item,
      updateOf(nurse, doc => {
        for (let i = 0; i < 10_000; i += 1) doc.getMap(`root${i}`).set('x', 1)
      }),
      'root',
    )
  })

  test('neighbours that stand in two different texts are refused', () => {
    const [first, second] = discussionOf(item.doc)
      .toArray()
      .map(block => (block instanceof Y.XmlElement ? block.get(0) : undefined))
    const left = first instanceof Y.XmlText ? first._start : null
    const right = second instanceof Y.XmlText ? second._start : null
    if (left === null || right === null) throw new Error('No text')
    const forged = write(e => {
      numbers(e, 1, 1, 2, 0)
      encoding.writeUint8(e, 0xc4)
      numbers(e, left.id.client, left.id.clock, right.id.client, right.id.clock)
      encoding.writeVarString(e, 'x')
      numbers(e, 0)
    })
    expectRefused(item, forged, 'neighbours')
  })

  test('what is put under a parent that was collected meanwhile is harmless and passes', () => {
    const teacher = copyOf(item, 8)
    const late = updateOf(teacher, doc => {
      const paragraph = discussionOf(doc).get(0)
      const text = paragraph instanceof Y.XmlElement ? paragraph.get(0) : undefined
      if (text instanceof Y.XmlText) text.insert(1, '늦게')
    })
    expectTaken(
      item,
      updateOf(nurse, doc => discussionOf(doc).delete(0, 1)),
    )
    expectTaken(item, late, TEACHER)
    expect(plainTextOf(discussionOf(item.doc))).toBe('둘째 줄')
  })

  test('a character is not cut in two', () => {
    expectTaken(
      item,
      updateOf(nurse, doc => discussionOf(doc).insert(0, paragraphsOf('가😀나'))),
    )
    const half = (doc: Y.Doc): void => {
      const paragraph = discussionOf(doc).get(0)
      const text = paragraph instanceof Y.XmlElement ? paragraph.get(0) : undefined
      if (text instanceof Y.XmlText) text.delete(1, 1)
    }
    expectRefused(item, updateOf(copyOf(item, 9), half), 'surrogate')
    expect(plainTextOf(discussionOf(item.doc))).toContain('가😀나')
  })
})

describe('limits', () => {
  test('a paste of a megabyte is too large', () => {
    expectRefused(
      item,
      updateOf(nurse, doc => discussionOf(doc).insert(0, paragraphsOf('x'.repeat(900_000)))),
      'text',
    )
    expect(item.judge(new Uint8Array(1_000_001), NURSE)).toEqual({ ok: false, reason: 'too-large', detail: 'update' })
  })

  test('a text grows to its limit and no further', () => {
    const text = (doc: Y.Doc): void => discussionOf(doc).insert(0, paragraphsOf('가'.repeat(GUARD_LIMITS.textLength)))
    expectTaken(item, updateOf(nurse, text))
    const more = (doc: Y.Doc): void => {
      const paragraph = discussionOf(doc).get(0)
      const run = paragraph instanceof Y.XmlElement ? paragraph.get(0) : undefined
      if (run instanceof Y.XmlText) run.insert(5, '나')
    }
    expectRefused(item, updateOf(nurse, more), 'text')
  })

  test('deep nesting is too large', () => {
    const nest =
      (levels: number) =>
      (doc: Y.Doc): void => {
        let block = new Y.XmlElement('paragraph')
        for (let i = 0; i < levels; i += 1) {
          const around = new Y.XmlElement('blockquote')
          around.insert(0, [block])
          block = around
        }
        discussionOf(doc).insert(0, [block])
      }
    expectTaken(item, updateOf(nurse, nest(GUARD_LIMITS.depth - 1)))
    expectRefused(item, updateOf(nurse, nest(GUARD_LIMITS.depth)), 'depth')
  })

  test('a document does not grow beyond its limit, and takes deletions and then text again', () => {
    const limits = { ...GUARD_LIMITS, documentBytes: 20_000 }
    const judge = (update: Uint8Array): Verdict => {
      const { doc, owners, memory } = item
      return judgeUpdate(update, { doc, layout: layoutOf('item'), writer: NURSE, owners, limits, memory })
    }
    const paste = (doc: Y.Doc): void => discussionOf(doc).insert(0, paragraphsOf('가'.repeat(2000)))
    let pasted = 0
    let update = updateOf(nurse, paste)
    while (judge(update).ok) {
      expectTaken(item, update)
      update = updateOf(nurse, paste)
      pasted += 1
    }
    expect(pasted).toBe(3)
    expect(judge(update)).toMatchObject({ reason: 'too-large', detail: 'document-full' })
    nurse = copyOf(item, 22)
    const erase = updateOf(nurse, doc => discussionOf(doc).delete(0, discussionOf(doc).length))
    expect(judge(erase).ok).toBe(true)
    expectTaken(item, erase)
    expect(judge(updateOf(nurse, paste)).ok).toBe(true)
  })
})

function insertWith(doc: Y.Doc, node: string, name: string, value: string | number): void {
  const element = new Y.XmlElement(node)
  setAttribute(element, name, value)
  discussionOf(doc).insert(0, [element])
}

function mark(doc: Y.Doc, name: string, value: unknown): void {
  const paragraph = new Y.XmlElement('paragraph')
  const text = new Y.XmlText()
  text.insert(0, '글', { [name]: value })
  paragraph.insert(0, [text])
  discussionOf(doc).insert(0, [paragraph])
}

function write(fill: (encoder: encoding.Encoder) => void): Uint8Array {
  const encoder = encoding.createEncoder()
  fill(encoder)
  return encoding.toUint8Array(encoder)
}

function numbers(encoder: encoding.Encoder, ...values: number[]): void {
  for (const value of values) encoding.writeVarUint(encoder, value)
}
