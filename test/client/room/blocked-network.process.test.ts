/** The choice of the way on real networks: a proxy between real sockets and the real server, in real time. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { DocumentLink } from '../../../client/room/document-link.ts'
import { pollingSockets } from '../../../client/room/polling-socket.ts'
import { TransportChoice } from '../../../client/room/transport-choice.ts'
import { documentNameOf } from '../../../shared/documents/document-names.ts'
import { discussionOf } from '../../../shared/documents/item-document.ts'
import { paragraphsOf } from '../../../shared/documents/rich-text.ts'
import type { UserId } from '../../../shared/ids.ts'
import { type BlockingProxy, openBlockingProxy, type UpgradeFate } from '../../support/blocking-proxy.ts'
import { ITEM } from '../../support/room-under-test.ts'
import { browserSocket, ORIGIN, openSyncServer, type SyncServer, until, visit } from '../../support/sync-server.ts'

const NAME = documentNameOf(ITEM)
let server: SyncServer
let proxy: BlockingProxy
let choice: TransportChoice
let link: DocumentLink

beforeEach(async () => {
  server = await openSyncServer()
  for (const person of ['housing', 'health']) server.access.set(person as UserId, ITEM, { mayWrite: true })
})
afterEach(async () => {
  link.close()
  choice.close()
  await proxy.close()
  await server.close()
})

async function come(fate: UpgradeFate): Promise<void> {
  proxy = await openBlockingProxy(server.port, fate)
  const headers = { origin: ORIGIN, cookie: 'person=housing' }
  choice = new TransportChoice({
    WebSocket: browserSocket(headers),
    polling: pollingSockets({ origin: `http://127.0.0.1:${proxy.port}`, extraHeaders: headers }),
  })
  choice.onChange(() => choice.transport === 'websocket' && link.changeSocket())
  link = new DocumentLink({
    serverUrl: `ws://127.0.0.1:${proxy.port}/sync`,
    document: NAME,
    // The person may come in: what the route would say, through the same proxy.
    askWhyRefused: async () => {
      await fetch(`http://127.0.0.1:${proxy.port}/`)
      choice.noteAdmitted()
      return 'admitted'
    },
    onChange: () => {},
    WebSocket: choice.WebSocket,
  })
  link.open()
}

const say = (words: string) => discussionOf(link.state.doc).push(paragraphsOf(words))

test.each([
  { fate: { answered: 403 } as UpgradeFate, what: 'answers 403', withinMs: 4_000 },
  { fate: { answered: 502 } as UpgradeFate, what: 'answers 502', withinMs: 4_000 },
  { fate: 'swallowed' as UpgradeFate, what: 'swallows upgrades', withinMs: 10_000 },
])('[SY1] a proxy that $what: the document is live over polling, and what is typed is stored', async about => {
  const at = performance.now()
  await come(about.fate)
  await until(() => link.state.line.phase === 'live', 'the line', about.withinMs)
  console.info(`live ${Math.round(performance.now() - at)} ms after opening behind a proxy that ${about.what}`)
  expect(choice.transport).toBe('polling')
  expect(proxy.upgrades.passed).toBe(0)
  say('막힌 망에서 쓴 말')
  await until(() => link.state.receipt.place === 'stored', 'the receipt')
  const other = visit(server, NAME, { person: 'health' })
  await until(() => discussionOf(other.doc).toString().includes('막힌 망에서'), 'the words to arrive')
  other.leave()
})

test('[SY1] a proxy that cuts WebSockets young: polling after the third, every word that was typed meanwhile there once', async () => {
  await come({ cutAfterMs: 800 })
  const typed: string[] = []
  for (let word = 0; choice.transport === 'websocket' && word < 1_000; word++) {
    typed.push(`말${word}끝`)
    say(typed.at(-1) ?? '')
    await new Promise(resolve => setTimeout(resolve, 30))
  }
  expect(choice.transport).toBe('polling')
  expect(proxy.upgrades.passed).toBe(3)
  await until(
    () => link.state.line.phase === 'live' && link.state.receipt.place === 'stored',
    'everything to be stored',
  )
  const other = visit(server, NAME, { person: 'health' })
  await until(() => other.provider.synced, 'the other')
  const text = discussionOf(other.doc).toString()
  for (const word of typed) expect(text.split(word)).toHaveLength(2)
  other.leave()
})

test('[SY1] a line that is cut over polling comes back over polling with what was typed meanwhile', async () => {
  await come({ answered: 403 })
  await until(() => link.state.line.phase === 'live', 'the line')
  say('끊기기 전')
  await until(() => link.state.receipt.place === 'stored', 'the receipt')
  proxy.cut()
  await until(() => link.state.line.phase === 'lost', 'the loss')
  say('끊긴 동안')
  proxy.mend()
  await until(() => link.state.line.phase === 'live' && link.state.receipt.place === 'stored', 'the return')
  expect(choice.transport).toBe('polling')
})

test('the network lets WebSockets through again: the document moves back while somebody types, and never looks lost', async () => {
  await come({ answered: 403 })
  await until(() => link.state.line.phase === 'live', 'the line')
  proxy.fate = 'passes'
  const phases = new Set<string>()
  choice.tryAgain()
  const typed: string[] = []
  for (
    let word = 0;
    word < 1_000 && !(choice.transport === 'websocket' && link.state.receipt.place === 'stored');
    word++
  ) {
    if (choice.transport === 'polling' || word % 10 === 0) {
      typed.push(`옮김${word}끝`)
      say(typed.at(-1) ?? '')
    }
    phases.add(link.state.line.phase)
    await new Promise(resolve => setTimeout(resolve, 20))
  }
  await until(() => link.state.receipt.place === 'stored', 'the receipt')
  expect([...phases]).toEqual(['live'])
  expect(choice.transport).toBe('websocket')
  await until(() => server.channel.counts().open === 0 && server.sockets.counts().open === 1, 'the one line')
  const other = visit(server, NAME, { person: 'health' })
  await until(() => other.provider.synced, 'the other')
  for (const word of typed) expect(discussionOf(other.doc).toString()).toContain(word)
  other.leave()
})
