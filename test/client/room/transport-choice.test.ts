import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { DocumentLink } from '../../../client/room/document-link.ts'
import { TransportChoice } from '../../../client/room/transport-choice.ts'
import { FakeSyncServer } from './fake-sync-server.ts'

/** One server that is reached in two ways; the network between is the test's. */
let sockets: FakeSyncServer
let polling: FakeSyncServer
let network: 'open' | 'refuses' | 'swallows' | 'cuts young' | 'away'
let choice: TransportChoice
let link: DocumentLink
let remembered: number
let asked: number
let chance: number

beforeEach(() => {
  vi.useFakeTimers()
  sockets = new FakeSyncServer()
  polling = new FakeSyncServer()
  network = 'open'
  remembered = 0
  asked = 0
  chance = 0.5
  begin()
})
afterEach(() => {
  link.close()
  choice.close()
  vi.useRealTimers()
})

function begin(): void {
  const Base = sockets.WebSocket
  choice = new TransportChoice({
    WebSocket: class extends Base {
      constructor(url: string | URL, protocols: string | string[] = []) {
        super(url, protocols)
        const socket = sockets.socket
        if (network === 'swallows') socket.readyState = 3
        if (network === 'refuses' || network === 'away') {
          socket.readyState = 3
          queueMicrotask(() => {
            socket.readyState = 0
            socket.break()
          })
        }
        if (network === 'cuts young') setTimeout(() => socket.readyState === 1 && socket.break(), 2_000)
      }
    },
    polling: polling.WebSocket,
    memory: {
      read: () => remembered,
      write: until => {
        remembered = until
      },
    },
  })
  link = new DocumentLink({
    serverUrl: 'ws://dure.test/sync',
    document: 'item.one',
    askWhyRefused: async () => {
      asked++
      if (network === 'away') return 'unknown'
      choice.noteAdmitted()
      return 'admitted'
    },
    onChange: () => {},
    WebSocket: choice.WebSocket,
    random: () => chance,
  })
  choice.onChange(() => {
    if (choice.transport === 'websocket') link.changeSocket()
    else if (link.state.line.phase === 'lost') link.retryNow()
  })
}

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)
const type = (text: string) => {
  const target = link.state.doc.getText('words')
  target.insert(target.length, text)
}

describe('going over to polling', () => {
  test('an open network is used as it is', async () => {
    link.open()
    await pass(60_000)
    expect(choice.transport).toBe('websocket')
    expect(link.state.line.phase).toBe('live')
    expect(polling.sockets).toHaveLength(0)
  })

  test('a refused upgrade that HTTP knows nothing of: live over polling within two seconds, the document’s name and subprotocol kept', async () => {
    network = 'refuses'
    link.open()
    await pass(2_000)
    expect(choice.transport).toBe('polling')
    expect(link.state.line.phase).toBe('live')
    expect(polling.socket).toMatchObject({ url: 'ws://dure.test/sync/item.one', protocols: ['dure.receipts.1'] })
    expect(asked).toBe(1)
  })

  test('one refused upgrade is not enough: the server may just have come back', async () => {
    network = 'refuses'
    link.open()
    await pass(10)
    network = 'open'
    await pass(5_000)
    expect(choice.transport).toBe('websocket')
    expect(link.state.line.phase).toBe('live')
  })

  test('three lines that failed while the server was away say nothing, although HTTP answers by the time it is asked', async () => {
    const begunAt = choice.now()
    await pass(100)
    for (let line = 0; line < 3; line++) choice.noteNeverOpened({ hung: false, begunAt })
    choice.noteAdmitted()
    choice.noteNeverOpened({ hung: false, begunAt })
    expect(choice.transport).toBe('websocket')
    choice.noteNeverOpened({ hung: false, begunAt: choice.now() })
    expect(choice.transport).toBe('polling')
  })

  test('a server that goes a second time: what HTTP answered between says nothing', async () => {
    link.open()
    await pass(60_000)
    // Another document's question is answered after this line opened.
    choice.noteAdmitted()
    network = 'away'
    sockets.socket.break()
    await pass(20_000)
    expect(choice.transport).toBe('websocket')
    network = 'open'
    await pass(30_000)
    expect(choice.transport).toBe('websocket')
    expect(link.state.line.phase).toBe('live')
  })

  test('an upgrade that nobody answers is given up, and one is enough', async () => {
    network = 'swallows'
    link.open()
    await pass(8_000)
    expect(sockets.sockets).toHaveLength(1)
    expect(choice.transport).toBe('polling')
    expect(link.state.line.phase).toBe('live')
  })

  test('without an answer over HTTP it is a lost line, and nothing else is tried', async () => {
    network = 'refuses'
    choice.noteAdmitted = () => {}
    link.open()
    await pass(60_000)
    expect(choice.transport).toBe('websocket')
    expect(polling.sockets).toHaveLength(0)
  })

  test.each([1, 7, 30, 95])(
    'a line that is gone for %i s and comes back without WebSockets is live within ten',
    async seconds => {
      // As slow as chance can make it.
      chance = 0.999
      link.open()
      await pass(10_000)
      network = 'away'
      sockets.socket.break()
      type('끊긴 동안 쓴 말')
      await pass(seconds * 1_000)
      expect(choice.transport).toBe('websocket')
      network = 'refuses'
      let tookMs = 0
      while (link.state.line.phase !== 'live' && tookMs < 60_000) {
        await pass(100)
        tookMs += 100
      }
      expect(choice.transport).toBe('polling')
      expect(polling.doc.getText('words').toString()).toBe('끊긴 동안 쓴 말')
      expect(tookMs).toBeLessThan(10_000)
    },
  )

  test('lines that die young, again and again', async () => {
    network = 'cuts young'
    link.open()
    await pass(3_000)
    type('첫 줄 ')
    await pass(12_000)
    expect(choice.transport).toBe('polling')
    expect(link.state.line.phase).toBe('live')
    // What was typed into a line that died is on the next.
    expect(link.state.doc.getText('words').toString()).toBe('첫 줄 ')
    expect(polling.doc.getText('words').toString()).toBe('첫 줄 ')
  })

  test('a server that closes for a reason of its own is no bad network', async () => {
    link.open()
    for (let i = 0; i < 5; i++) {
      await pass(1_000)
      sockets.socket.break(1012, 'server-restarting')
    }
    await pass(10_000)
    expect(choice.transport).toBe('websocket')
  })

  test('many lines that die in one moment are one death', async () => {
    link.open()
    await pass(10)
    for (let i = 0; i < 5; i++) choice.noteBroken(100)
    expect(choice.transport).toBe('websocket')
  })
})

describe('coming back', () => {
  beforeEach(async () => {
    network = 'refuses'
    link.open()
    await pass(2_000)
    expect(choice.transport).toBe('polling')
  })

  test('WebSocket is tried beside the line, and when it lives the document moves without a word lost', async () => {
    network = 'open'
    const states: string[] = []
    await pass(3 * 60_000 - 3_000)
    expect(choice.transport).toBe('polling')
    const trials = sockets.sockets.length
    await pass(4_000)
    expect(sockets.sockets).toHaveLength(trials + 1)
    // The trial says nothing: nobody sees it.
    expect(sockets.received).toEqual([])
    polling.automatic = false
    type('옮기는 동안 쓴 말')
    const stop = setInterval(() => states.push(link.state.line.phase), 1)
    await pass(6_000)
    clearInterval(stop)
    expect(choice.transport).toBe('websocket')
    expect(new Set(states)).toEqual(new Set(['live']))
    expect(sockets.doc.getText('words').toString()).toBe('옮기는 동안 쓴 말')
    expect(remembered).toBe(0)
  })

  test('while the network blocks, it is tried ever more rarely and the line stays', async () => {
    const polled = polling.sockets.length
    const before = sockets.sockets.length
    await pass(60 * 60_000)
    // After 3, 6, 12 and 24 minutes of waiting.
    expect(sockets.sockets.length - before).toBe(4)
    expect(polling.sockets).toHaveLength(polled)
    expect(link.state.line.phase).toBe('live')
  })

  test('a page that had a WebSocket before tries again soon: the server was only slow to come back', async () => {
    link.close()
    choice.close()
    remembered = 0
    network = 'open'
    begin()
    link.open()
    await pass(60_000)
    network = 'swallows'
    sockets.socket.break()
    await pass(10_000)
    expect(choice.transport).toBe('polling')
    network = 'open'
    await pass(30_000)
    expect(choice.transport).toBe('websocket')
    expect(link.state.line.phase).toBe('live')
  })

  test('a line that opens and dies young does not bring anybody back', async () => {
    network = 'cuts young'
    await pass(4 * 60_000)
    expect(choice.transport).toBe('polling')
    expect(link.state.line.phase).toBe('live')
  })

  test('the browser is online again: tried at once, but not each time it says so', async () => {
    network = 'open'
    const before = sockets.sockets.length
    choice.tryAgain()
    choice.tryAgain()
    await pass(6_000)
    expect(sockets.sockets.length - before).toBe(2)
    expect(choice.transport).toBe('websocket')
  })

  test('the tab remembers: who reloads does not wait again', async () => {
    link.close()
    choice.close()
    begin()
    expect(choice.transport).toBe('polling')
    const before = sockets.sockets.length
    link.open()
    await pass(10)
    expect(link.state.line.phase).toBe('live')
    expect(sockets.sockets).toHaveLength(before)
  })
})
