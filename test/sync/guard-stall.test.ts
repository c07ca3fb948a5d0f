/**
 * Updates made to be slow. Whatever they are, judging and applying one never holds up everybody else for long; without the guard some of them
 * hold the process for many seconds. Times are processor time, the best of five. The published figure (100 ms) is asked for in the deep run; beside
 * other tests, whose caches and collector share the processor, only what would be a stall of another order fails.
 */
import * as encoding from 'lib0/encoding'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { discussionOf } from '../../shared/documents/item-document.ts'
import { GuardedCopy, writerFacts } from './guard-people.ts'

const STALL_MS = process.env.DEEP ? 100 : 400
const LEADER = writerFacts(0)
const NURSE = writerFacts(1)

/** A document whose one paragraph is made of so many structs that do not join. */
function longDocument(structs: number): { server: GuardedCopy; text: Y.XmlText; first: Y.ID; last: Y.ID } {
  const doc = new Y.Doc()
  doc.clientID = 1
  const text = new Y.XmlText()
  const paragraph = new Y.XmlElement('paragraph')
  paragraph.insert(0, [text])
  discussionOf(doc).insert(0, [paragraph])
  // Written from the end, so that no letter follows the one typed before it.
  doc.transact(() => {
    for (let i = 0; i < structs; i += 1) text.insert(0, '가나')
  })
  const server = new GuardedCopy('item')
  expect(server.take(Y.encodeStateAsUpdate(doc), LEADER).ok).toBe(true)
  const found = discussionOf(server.doc).get(0)
  const run = found instanceof Y.XmlElement ? found.get(0) : undefined
  if (!(run instanceof Y.XmlText) || run._start === null) throw new Error('The document is not as it should be')
  let last = run._start
  while (last.right !== null) last = last.right
  return { server, text: run, first: run._start.id, last: last.lastId }
}

function write(fill: (encoder: encoding.Encoder) => void): Uint8Array {
  const encoder = encoding.createEncoder()
  fill(encoder)
  return encoding.toUint8Array(encoder)
}

const numbers = (encoder: encoding.Encoder, ...values: number[]): void => {
  for (const value of values) encoding.writeVarUint(encoder, value)
}

const letter = (encoder: encoding.Encoder, info: number, ...ids: number[]): void => {
  encoding.writeUint8(encoder, info)
  numbers(encoder, ...ids)
  encoding.writeVarString(encoder, 'x')
}

/** Processor milliseconds to judge and, if it passes, apply; and what became of it. */
function costOf(make: () => { server: GuardedCopy; updates: Uint8Array[] }): { ms: number; verdict: string } {
  let best = Number.POSITIVE_INFINITY
  let verdict = ''
  for (let i = 0; i < 5; i += 1) {
    const { server, updates } = make()
    let worst = 0
    for (const update of updates) {
      const before = process.cpuUsage()
      const outcome = server.take(update, NURSE)
      const used = process.cpuUsage(before)
      worst = Math.max(worst, (used.user + used.system) / 1000)
      verdict = outcome.ok ? 'accepted' : `${outcome.reason} ${outcome.detail}`
    }
    best = Math.min(best, worst)
  }
  return { ms: best, verdict }
}

const MANY = 20_000

const HOSTILE: readonly (readonly [string, () => { server: GuardedCopy; updates: Uint8Array[] }])[] = [
  [
    'a claim of 2³² structs',
    () => ({ server: new GuardedCopy('item'), updates: [write(e => numbers(e, 1, 2 ** 32 - 1, 2, 0))] }),
  ],
  [
    'a claim of 2³² sections',
    () => ({ server: new GuardedCopy('item'), updates: [write(e => numbers(e, 2 ** 32 - 1))] }),
  ],
  [
    'a claim of 2³² deletions',
    () => ({ server: new GuardedCopy('item'), updates: [write(e => numbers(e, 0, 1, 2, 2 ** 32 - 1, 0, 1))] }),
  ],
  [
    'a number that never ends',
    () => ({ server: new GuardedCopy('item'), updates: [new Uint8Array(900_000).fill(0xff)] }),
  ],
  [
    'half a million collected structs',
    () => ({
      server: new GuardedCopy('item'),
      updates: [
        write(e => {
          numbers(e, 1, 499_000, 2, 0)
          for (let i = 0; i < 499_000; i += 1) numbers(e, 0, 1)
          numbers(e, 0)
        }),
      ],
    }),
  ],
  [
    'letters that all claim to stand between the beginning and the far end',
    () => {
      const { server, last } = longDocument(MANY)
      const update = write(e => {
        numbers(e, 1, MANY, 2, 0)
        for (let i = 0; i < MANY; i += 1) letter(e, 0x44, last.client, last.clock)
        numbers(e, 0)
      })
      return { server, updates: [update] }
    },
  ],
  [
    'letters in front of letters of the same update, from the far end inwards',
    () => {
      const { server, last } = longDocument(10)
      const update = write(e => {
        numbers(e, 1, MANY, 2, 0)
        letter(e, 0x84, last.client, last.clock)
        for (let i = 1; i < MANY / 2; i += 1) letter(e, 0x84, 2, i - 1)
        for (let i = MANY / 2; i < MANY; i += 1) letter(e, 0xc4, last.client, last.clock, 2, MANY - i - 1)
        numbers(e, 0)
      })
      return { server, updates: [update] }
    },
  ],
  [
    'the same key set by two ids, each as the first',
    () => {
      const server = new GuardedCopy('item')
      const set = (client: number): Uint8Array =>
        write(e => {
          numbers(e, 1, MANY, client, 0)
          for (let i = 0; i < MANY; i += 1) {
            encoding.writeUint8(e, 0x28)
            numbers(e, 1)
            encoding.writeVarString(e, 'needs')
            encoding.writeVarString(e, 'health')
            numbers(e, 1, 120)
          }
          numbers(e, 0)
        })
      return { server, updates: [set(2), set(3)] }
    },
  ],
  [
    'every other letter deleted, one range each',
    () => {
      const { server } = longDocument(MANY)
      const update = write(e => {
        numbers(e, 0, 1, 1, MANY)
        for (let i = 0; i < MANY; i += 1) numbers(e, 2 + 2 * i, 1)
      })
      return { server, updates: [update] }
    },
  ],
  [
    'as many far claims as pass',
    () => {
      const { server, last } = longDocument(MANY)
      const update = write(e => {
        numbers(e, 1, 9, 2, 0)
        for (let i = 0; i < 9; i += 1) letter(e, 0x44, last.client, last.clock)
        numbers(e, 0)
      })
      return { server, updates: [update] }
    },
  ],
  [
    'as many single deletions as pass',
    () => {
      const { server } = longDocument(MANY)
      const update = write(e => {
        numbers(e, 0, 1, 1, 950)
        for (let i = 0; i < 950; i += 1) numbers(e, 2 + 2 * i, 1)
      })
      return { server, updates: [update] }
    },
  ],
  [
    'everything deleted in a text that has a mark',
    () => {
      const { server, last } = longDocument(MANY)
      const mark = write(e => {
        numbers(e, 1, 1, 2, 0)
        encoding.writeUint8(e, 0x86)
        numbers(e, last.client, last.clock)
        encoding.writeVarString(e, 'bold')
        encoding.writeVarString(e, '{}')
        numbers(e, 0)
      })
      return { server, updates: [mark, write(e => numbers(e, 0, 1, 1, 1, 2, 2 * MANY - 1))] }
    },
  ],
  [
    'letters in the middle of every pair of letters',
    () => {
      const { server } = longDocument(MANY)
      const update = write(e => {
        numbers(e, 1, MANY, 2, 0)
        for (let i = 0; i < MANY; i += 1) letter(e, 0xc4, 1, 2 + 2 * i, 1, 3 + 2 * i)
        numbers(e, 0)
      })
      return { server, updates: [update] }
    },
  ],
]

/** What honest people could do too has to pass, and these are as much of it as the budgets allow. */
const PASSING = /as many .* as pass/

test.each(HOSTILE)(`%s cost less than ${STALL_MS} ms`, (what, make) => {
  const { ms, verdict } = costOf(make)
  console.info(`${what}: ${verdict}, ${ms.toFixed(1)} ms`)
  expect(ms).toBeLessThan(STALL_MS)
  expect(verdict === 'accepted').toBe(PASSING.test(what))
})
