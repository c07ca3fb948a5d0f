import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import { DocumentLink, type DocumentLinkOptions } from '../../../client/room/document-link.ts'
import { writeChanged, writeMayWrite, writeUpdate } from '../../../shared/protocol/sync-frames.ts'
import { FakeSyncServer } from './fake-sync-server.ts'

let server: FakeSyncServer
let links: DocumentLink[]

beforeEach(() => {
  vi.useFakeTimers()
  server = new FakeSyncServer()
  links = []
})

afterEach(() => {
  for (const link of links) link.close()
  vi.useRealTimers()
})

function openLink(options: Partial<DocumentLinkOptions> = {}): DocumentLink {
  const link = new DocumentLink({
    serverUrl: 'ws://dure.test/sync',
    document: 'item.one',
    askWhyRefused: async () => 'unknown',
    onChange: () => {},
    WebSocket: server.WebSocket,
    random: () => 0.5,
    ...options,
  })
  links.push(link)
  link.open()
  return link
}

/** Lets everything that is on the way arrive, without time passing. */
const settle = () => vi.advanceTimersByTimeAsync(0)
const type = (link: DocumentLink, text: string) => {
  const target = link.state.doc.getText('words')
  target.insert(target.length, text)
}
const kindsOn = (index: number) => server.received.filter(r => r.socket === server.sockets[index]).map(r => r.kind)

describe('opening', () => {
  test('asks for receipts, becomes live, knows whether it may write', async () => {
    const link = openLink()
    expect(link.state.line.phase).toBe('connecting')
    await settle()
    expect(server.socket.url).toBe('ws://dure.test/sync/item.one')
    expect(server.socket.protocols).toEqual(['dure.receipts.1'])
    expect(link.state).toMatchObject({ line: { phase: 'live' }, loaded: true, mayWrite: true })
    server.receipt(1, 1, 5_000)
    await settle()
    expect(link.state.receipt).toEqual({ place: 'stored', pendingSince: null, storedAt: 5_000 })
  })

  test('notices are handed on without content', async () => {
    const topics: string[] = []
    openLink({ onNotice: topic => topics.push(topic) })
    await settle()
    server.socket.deliver(writeChanged('item'))
    await settle()
    expect(topics).toEqual(['item'])
  })
})

describe('receipts', () => {
  test('my words are here, then in the room, then stored, exactly by the frames that carried them', async () => {
    const link = openLink()
    await settle()
    server.receipt(1, 1, 1_000)
    await settle()
    type(link, '간')
    type(link, '병')
    expect(link.state.receipt.place).toBe('here')
    await settle()
    // The first of two words is logged: the second is still only here.
    server.receipt(2, 1)
    await settle()
    expect(link.state.receipt.place).toBe('here')
    server.receipt(3, 2)
    await settle()
    expect(link.state.receipt.place).toBe('room')
    expect(link.hasUnstored).toBe(true)
    server.receipt(3, 3, 9_000)
    await settle()
    expect(link.state.receipt).toEqual({ place: 'stored', pendingSince: null, storedAt: 9_000 })
    expect(link.hasUnstored).toBe(false)
  })

  test('what was in flight when the line broke is not called shared, and is sent again', async () => {
    const link = openLink()
    await settle()
    server.receipt(1, 1)
    server.automatic = false
    type(link, '검사비')
    await settle()
    server.socket.break()
    type(link, ' 지원')
    expect(link.state.receipt.place).toBe('here')
    expect(link.state.line.phase).toBe('lost')
    await vi.advanceTimersByTimeAsync(1_000)
    expect(server.sockets).toHaveLength(2)
    server.accept(server.socket)
    await settle()
    // Typing before the server has said what it knows leaves no gap behind: the answer to step 1 carries it.
    type(link, ' 요청')
    await settle()
    expect(kindsOn(1)).toEqual(['step1', 'awareness'])
    server.answer(server.socket, Y.encodeStateVector(link.state.doc))
    await settle()
    expect(kindsOn(1)).toEqual(['step1', 'awareness', 'step2'])
    expect(server.doc.getText('words').toString()).toBe('검사비 지원 요청')
    expect(link.state.receipt.place).toBe('here')
    server.receipt(1, 1)
    await settle()
    expect(link.state.receipt.place).toBe('stored')
    expect(link.state.merged).toMatchObject({ sentMine: true, receivedIn: [] })
  })

  test('a receipt for frames that were never sent proves nothing', async () => {
    const link = openLink()
    await settle()
    type(link, '값')
    server.receipt(40, 40)
    await settle()
    expect(link.state.receipt.place).toBe('here')
  })

  test('after a reconnect one line can say in which parts others wrote', async () => {
    const link = openLink()
    await settle()
    link.state.doc.getText('words')
    server.socket.break()
    server.doc.getText('words').insert(0, '다른 기관')
    await vi.advanceTimersByTimeAsync(1_000)
    expect(link.state.merged).toMatchObject({ sentMine: false, receivedIn: ['words'] })
  })
})

describe('write right', () => {
  test('without it nothing is sent; when it is back, everything typed meanwhile goes out without a gap', async () => {
    const link = openLink()
    await settle()
    type(link, '가')
    await settle()
    server.socket.deliver(writeMayWrite(false))
    await settle()
    expect(link.state.mayWrite).toBe(false)
    type(link, '나')
    type(link, '다')
    await settle()
    expect(server.doc.getText('words').toString()).toBe('가')
    expect(link.state.receipt.place).toBe('here')
    server.socket.deliver(writeMayWrite(true))
    await settle()
    expect(server.doc.getText('words').toString()).toBe('가나다')
    server.receipt(server.socket.updates, server.socket.updates)
    await settle()
    expect(link.state.receipt.place).toBe('stored')
  })

  test('a reader sends only an empty answer', async () => {
    server.mayWrite = false
    const link = openLink()
    await settle()
    expect(kindsOn(0)).toContain('step2')
    expect(link.state.line.phase).toBe('live')
    expect(link.state.receipt.place).toBe('stored')
  })
})

describe('refusals', () => {
  test('a refused update: the copy is loaded anew, my words come back to me, others’ do not', async () => {
    const link = openLink()
    await settle()
    server.receipt(1, 1)
    server.doc.getText('words').insert(0, '남의 말 ')
    server.socket.deliver(writeUpdate(Y.encodeStateAsUpdate(server.doc)))
    await settle()
    const refusedDoc = link.state.doc
    server.automatic = false
    type(link, '봉인된 뒤에 쓴 말')
    server.socket.break(4409, 'sealed')
    expect(link.state.returned).toEqual({ reason: 'sealed', detail: '', words: ['봉인된 뒤에 쓴 말'] })
    expect(link.state.doc).not.toBe(refusedDoc)
    expect(link.state.loaded).toBe(false)
    server.automatic = true
    await vi.advanceTimersByTimeAsync(1_000)
    expect(link.state).toMatchObject({ line: { phase: 'live' }, loaded: true })
    expect(link.state.doc.getText('words').toString()).not.toContain('봉인')
    link.putAwayReturned()
    expect(link.state.returned).toBeNull()
  })

  test('refused again and again: it stops in words', async () => {
    const link = openLink()
    await settle()
    for (let i = 0; i < 4; i += 1) {
      type(link, `${i}번째 시도 `)
      server.socket.break(4409, 'update-refused')
      await vi.advanceTimersByTimeAsync(5_000)
    }
    expect(link.state.line).toMatchObject({ phase: 'refused', reason: 'update-refused', gone: false })
    expect(link.state.returned?.words).toHaveLength(4)
    const opened = server.sockets.length
    await vi.advanceTimersByTimeAsync(60_000)
    expect(server.sockets).toHaveLength(opened)
  })

  test('no longer mine to see: everything is wiped, my unsent words are shown once', async () => {
    const link = openLink()
    await settle()
    server.receipt(1, 1)
    server.doc.getText('words').insert(0, '비밀 ')
    server.socket.deliver(writeUpdate(Y.encodeStateAsUpdate(server.doc)))
    await settle()
    type(link, '보내지 못한 말')
    server.socket.break(4404, 'not-found')
    expect(link.state.line).toEqual({ phase: 'refused', reason: 'not-found', detail: '', gone: true })
    expect(link.state.doc.getText('words').toString()).toBe('')
    expect(link.state.returned?.words).toEqual(['보내지 못한 말'])
    link.retryNow()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(server.sockets).toHaveLength(1)
  })

  test('signed out: waits for the sign-in, keeps the words and sends them then', async () => {
    const link = openLink()
    await settle()
    server.socket.break(4401, 'session-locked')
    type(link, '덮개 아래의 말')
    await vi.advanceTimersByTimeAsync(60_000)
    expect(link.state.line.phase).toBe('signed-out')
    expect(server.sockets).toHaveLength(1)
    link.resumeAfterSignIn()
    await settle()
    expect(server.doc.getText('words').toString()).toBe('덮개 아래의 말')
  })

  test('the server restarts or cannot write: comes back with growing delays and says why', async () => {
    const link = openLink()
    await settle()
    server.automatic = false
    server.socket.break(1013, 'store-unavailable')
    expect(link.state.line).toMatchObject({ phase: 'lost', reason: 'store-unavailable' })
    const since = link.state.line.phase === 'lost' ? link.state.line.since : 0
    for (let i = 0; i < 6; i += 1) {
      await vi.advanceTimersByTimeAsync(10_000)
      server.socket.break(1012, 'server-restarting')
    }
    expect(server.sockets.length).toBeGreaterThanOrEqual(6)
    expect(link.state.line).toEqual({ phase: 'lost', since, reason: 'server-restarting' })
  })

  test('a refused upgrade: HTTP says why, once in 30 s', async () => {
    server.automatic = false
    const asked = vi.fn(async () => 'admitted' as 'admitted' | 'not-found')
    const link = openLink({ askWhyRefused: asked })
    server.socket.break()
    await vi.advanceTimersByTimeAsync(2_000)
    server.socket.break()
    await vi.advanceTimersByTimeAsync(10_000)
    expect(asked).toHaveBeenCalledTimes(1)
    asked.mockResolvedValue('not-found')
    await vi.advanceTimersByTimeAsync(30_000)
    server.socket.break()
    await settle()
    expect(asked).toHaveBeenCalledTimes(2)
    expect(link.state.line).toMatchObject({ phase: 'refused', reason: 'not-found', gone: true })
  })

  test('what could not be asked is asked again soon, but not at each of many tries', async () => {
    server.automatic = false
    const asked = vi.fn(async () => 'unknown' as const)
    openLink({ askWhyRefused: asked })
    const began = Date.now()
    for (let tried = 0; tried < 12; tried++) {
      server.socket.break()
      await vi.advanceTimersByTimeAsync(5_000)
    }
    expect(server.sockets.length).toBeGreaterThan(10)
    const seconds = (Date.now() - began) / 1_000
    expect(asked.mock.calls.length).toBeGreaterThan(10)
    expect(asked.mock.calls.length).toBeLessThanOrEqual(seconds / 2 + 1)
  })

  test('a question that is swallowed holds nobody up: the line is tried again meanwhile', async () => {
    server.automatic = false
    const link = openLink({ askWhyRefused: () => new Promise(() => {}) })
    server.socket.break()
    await vi.advanceTimersByTimeAsync(4_000)
    expect(server.sockets).toHaveLength(1)
    server.automatic = true
    await vi.advanceTimersByTimeAsync(2_000)
    expect(server.sockets).toHaveLength(2)
    expect(link.state.line.phase).toBe('live')
  })

  test('too fast: stops, keeps the document, goes on when asked', async () => {
    const link = openLink()
    await settle()
    const { doc } = link.state
    server.socket.break(4429, 'too-fast')
    expect(link.state.line).toMatchObject({ phase: 'refused', reason: 'too-fast', gone: false })
    expect(link.state.doc).toBe(doc)
    link.retryNow()
    await settle()
    expect(link.state.line.phase).toBe('live')
  })

  test('a frame that the transport finds too big is a text too long', async () => {
    const link = openLink()
    await settle()
    type(link, '아주 긴 글')
    server.socket.break(1009)
    expect(link.state.returned).toEqual({ reason: 'too-large', detail: '', words: ['아주 긴 글'] })
  })

  test('a document that is full is told from a text too long', async () => {
    const link = openLink()
    await settle()
    type(link, '한 글자 더')
    server.socket.break(4413, 'too-large:document-full')
    expect(link.state.returned).toEqual({ reason: 'too-large', detail: 'document-full', words: ['한 글자 더'] })
  })
})

describe('composition', () => {
  test('what others write waits for the syllable, but not for a writer who thinks', async () => {
    const link = openLink()
    await settle()
    const read = () => link.state.doc.getText('words').toString()
    link.noteComposition('going-on')
    server.doc.getText('words').insert(0, '옆에서')
    server.socket.deliver(writeUpdate(Y.encodeStateAsUpdate(server.doc)))
    await settle()
    expect(read()).toBe('')
    link.noteComposition('ended')
    await settle()
    expect(read()).toBe('옆에서')
    link.noteComposition('going-on')
    server.doc.getText('words').insert(3, ' 또')
    server.socket.deliver(writeUpdate(Y.encodeStateAsUpdate(server.doc)))
    await vi.advanceTimersByTimeAsync(200)
    expect(read()).toBe('옆에서')
    await vi.advanceTimersByTimeAsync(100)
    expect(read()).toBe('옆에서 또')
  })

  test('what changes the paragraph with the syllable waits for its end, however long the writer thinks, up to a bound', async () => {
    const link = openLink()
    await settle()
    const words = server.doc.getXmlFragment('words')
    const [composed, other] = [new Y.XmlElement('paragraph'), new Y.XmlElement('paragraph')]
    words.push([composed, other])
    composed.push([new Y.XmlText('여기')])
    other.push([new Y.XmlText('저기')])
    const send = () => server.socket.deliver(writeUpdate(Y.encodeStateAsUpdate(server.doc)))
    send()
    await settle()
    const read = () =>
      link.state.doc
        .getXmlFragment('words')
        .toString()
        .replace(/<[^>]+>/g, '|')
    const finish = vi.fn(() => link.noteComposition('ended'))
    const compose = () =>
      link.noteComposition('going-on', {
        place: link.state.doc.getXmlFragment('words').get(0) as Y.XmlElement,
        finish,
      })
    const textOf = (paragraph: Y.XmlElement) => paragraph.get(0) as Y.XmlText

    compose()
    textOf(other).insert(2, '!')
    send()
    await vi.advanceTimersByTimeAsync(300)
    expect(read()).toBe('|여기||저기!|')

    textOf(composed).insert(0, '또')
    send()
    textOf(other).insert(3, '!')
    send()
    await vi.advanceTimersByTimeAsync(5_000)
    expect(read()).toBe('|여기||저기!|')
    link.noteComposition('ended')
    await settle()
    expect(read()).toBe('|또여기||저기!!|')

    compose()
    textOf(composed).delete(0, 1)
    send()
    await vi.advanceTimersByTimeAsync(7_000)
    expect(read()).toBe('|또여기||저기!!|')
    await vi.advanceTimersByTimeAsync(1_500)
    expect(finish).toHaveBeenCalledOnce()
    expect(read()).toBe('|여기||저기!!|')
  })
})

describe('presence', () => {
  test('several tabs are one person; a person without a server identity is nobody', async () => {
    const link = openLink()
    await settle()
    const user = {
      id: 'AAAAAAAAAAAAAAAAAAAAAA',
      name: '김담당',
      agencyId: 'BBBBBBBBBBBBBBBBBBBBBB',
      agencyName: '생연1동',
      color: '#0b5cad',
      colorLight: '#0b5cad33',
      mode: 'remote',
    }
    server.presence(
      [
        { client: 11, state: { user, field: 'discussion' } },
        { client: 12, state: { user, typing: true } },
        { client: 13, state: { cursor: null } },
        { client: 14, state: { user: { id: 'short', name: 'x' } } },
      ],
      5,
    )
    await settle()
    expect(link.state.people).toHaveLength(1)
    expect(link.state.people[0]).toMatchObject({
      name: '김담당',
      typing: true,
      fields: ['discussion'],
      clientIds: [11, 12],
      mode: 'remote',
    })
    server.socket.break()
    expect(link.state.people).toEqual([])
  })

  test('a screen for others to look at says nothing of itself, and is no other window of its person', async () => {
    const link = openLink()
    const wall = openLink({ watches: true })
    await settle()
    wall.setWhereabouts({ field: 'discussion', typing: true })
    type(link, '말')
    await vi.advanceTimersByTimeAsync(20_000)
    expect(kindsOn(0)).toContain('awareness')
    expect(kindsOn(1)).not.toContain('awareness')
    expect(wall.state.line.phase).toBe('live')
    expect(wall.state.awareness.getLocalState()).toBeNull()
  })
})
