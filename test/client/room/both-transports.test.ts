/** The browser's lines against the real server, over either transport: what is promised to a person holds on both. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { DocumentLink } from '../../../client/room/document-link.ts'
import { documentNameOf } from '../../../shared/documents/document-names.ts'
import { discussionOf } from '../../../shared/documents/item-document.ts'
import { paragraphsOf } from '../../../shared/documents/rich-text.ts'
import type { UserId } from '../../../shared/ids.ts'
import { WITHIN_A_SECOND_MS } from '../../support/promised-times.ts'
import { ITEM } from '../../support/room-under-test.ts'
import { ORIGIN, openSyncServer, type SyncServer, socketsOf, until, type Via } from '../../support/sync-server.ts'

const NAME = documentNameOf(ITEM)

describe.each(['websocket', 'polling'] as const)('over %s', via => {
  let server: SyncServer
  let links: DocumentLink[] = []

  beforeAll(async () => {
    server = await openSyncServer({ limits: { lingerMs: 50 } })
  })
  afterEach(async () => {
    for (const link of links) link.close()
    links = []
    await until(() => server.rooms.counts().sessions === 0, 'everybody to have left')
  })
  afterAll(() => server.close())

  async function come(person: string, by: Via = via): Promise<DocumentLink> {
    server.access.set(person as UserId, ITEM, { mayWrite: true })
    const link = new DocumentLink({
      serverUrl: `ws://127.0.0.1:${server.port}/sync`,
      document: NAME,
      askWhyRefused: async () => 'unknown',
      onChange: () => {},
      WebSocket: socketsOf(server, by, { origin: ORIGIN, cookie: `person=${person}` }),
      random: () => 0,
    })
    links.push(link)
    link.open()
    await until(() => link.state.line.phase === 'live', `${person} to be live`)
    return link
  }
  const say = (link: DocumentLink, words: string) => discussionOf(link.state.doc).push(paragraphsOf(words))
  const words = (link: DocumentLink) => discussionOf(link.state.doc).toString()

  test('[RC1] my words are stored, and the other line has them when I am told so', async () => {
    const mine = await come('housing')
    const theirs = await come('health', via === 'polling' ? 'websocket' : 'polling')
    say(mine, '병원 동행을 맡겠습니다')
    expect(mine.state.receipt.place).toBe('here')
    await until(() => mine.state.receipt.place === 'stored', 'the receipt')
    await until(() => words(theirs).includes('병원 동행을'), 'the words to arrive')
    say(theirs, '검사비를 살펴보겠습니다')
    await until(() => words(mine).includes('검사비를'), 'the answer')
    await until(() => mine.state.awareness.getStates().size === 2, 'the presence of both')
  })

  test('[AX3] the right to write goes and comes back on the open line; what was typed meanwhile goes out then', async () => {
    const mine = await come('housing')
    server.access.set('housing' as UserId, ITEM, { mayWrite: false })
    await until(() => mine.state.mayWrite === false, 'the right to go')
    say(mine, '읽기만 하는 동안')
    server.access.set('housing' as UserId, ITEM, { mayWrite: true })
    await until(() => mine.state.receipt.place === 'stored', 'the receipt')
    expect(mine.state.line.phase).toBe('live')
  })

  test('[AX2] access withdrawn: within a second the document is wiped, and what was typed last comes back to the person', async () => {
    const mine = await come('housing')
    say(mine, '저장된 말')
    await until(() => mine.state.receipt.place === 'stored', 'the receipt')
    const at = performance.now()
    server.access.set('housing' as UserId, ITEM, undefined)
    say(mine, '보내지 못한 말')
    await until(() => mine.state.line.phase === 'refused', 'the end')
    expect(performance.now() - at).toBeLessThan(WITHIN_A_SECOND_MS)
    expect(mine.state.line).toMatchObject({ reason: 'not-found', gone: true })
    expect(words(mine)).toBe('')
    expect(mine.state.returned?.words).toEqual(['보내지 못한 말'])
  })

  test('[SY5] an update that breaks a rule: the copy is loaded anew, the words are given back, and the line stands again', async () => {
    const mine = await come('housing')
    say(mine, '앞의 말')
    await until(() => mine.state.receipt.place === 'stored', 'the receipt')
    const refused = mine.state.doc
    refused.getMap('nobody knows this root').set('a', '어디에도 없는 칸')
    await until(() => mine.state.doc !== refused && mine.state.line.phase === 'live', 'the new copy')
    expect(mine.state.returned?.reason).toBe('update-refused')
    expect(words(mine)).toContain('앞의 말')
  })

  test('[PS2] the store fails: the person is told and comes back, and nothing typed is lost', async () => {
    const mine = await come('housing')
    const other = await come('health')
    const append = server.store.append
    server.store.append = () => Promise.reject(new Error('the disk is full'))
    say(mine, '저장되지 않은 말')
    await until(() => mine.state.line.phase === 'lost', 'the loss')
    expect(mine.state.line).toMatchObject({ reason: 'store-unavailable' })
    expect(mine.state.receipt.place).toBe('here')
    expect(words(other)).not.toContain('저장되지 않은 말')
    server.store.append = append
    await until(() => mine.state.receipt.place === 'stored', 'the receipt')
    await until(() => words(other).includes('저장되지 않은 말'), 'the words to arrive')
  })

  test('[SY1] four people who type at once end with one text, equal to what is stored', async () => {
    const people = await Promise.all(
      ['housing', 'health', 'city', 'charity'].map((person, at) => come(person, at < 3 ? via : 'websocket')),
    )
    for (let round = 0; round < 20; round++) {
      for (const [at, link] of people.entries()) say(link, `${at}의 ${round}번째`)
      await new Promise(resolve => setImmediate(resolve))
    }
    await until(() => people.every(link => link.state.receipt.place === 'stored'), 'all receipts')
    await until(() => new Set(people.map(words)).size === 1, 'one text')
    expect(words(people[0] as DocumentLink).match(/번째/g)?.length).toBeGreaterThanOrEqual(80)
    const vectors = people.map(link => Y.encodeStateVector(link.state.doc).length)
    expect(new Set(vectors).size).toBe(1)
  })
})
