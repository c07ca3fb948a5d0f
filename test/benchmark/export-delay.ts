/**
 *   npx tsx test/benchmark/export-delay.ts
 *
 * Whether making a long export delays those who write: two people in one room of the built application, each typing a letter every 50 ms, over
 * sockets of their own. Rounds come in pairs, one while minutes of 500 pages are written as a PDF and fetched, one of the same length without,
 * taking turns in going first. Measured is from the letter typed to the letter seen by the other. `ROUNDS=`, `PAGES=`, `FORMAT=` for others.
 */
import { loadavg } from 'node:os'
import * as Y from 'yjs'
import { demoDocument } from '../../server/demo/stage.ts'
import { documentNameOf } from '../../shared/documents/document-names.ts'
import { discussionOf } from '../../shared/documents/item-document.ts'
import { paragraphsOf } from '../../shared/documents/rich-text.ts'
import type { ConferenceId } from '../../shared/ids.ts'
import type { ExportView } from '../../shared/protocol/exports.ts'
import type { ConferenceView, SessionView } from '../../shared/protocol/http-api.ts'
import { signInAtTable } from '../support/demo-people.ts'
import { startDure } from '../support/dure-process.ts'
import type { OpenDocument, Person } from '../support/person.ts'

const ROUNDS = Number(process.env.ROUNDS ?? 3)
const PAGES = Number(process.env.PAGES ?? 500)
const FORMAT = process.env.FORMAT ?? 'pdf'
const EVERY_MS = 50
const GOAL = 1.2
const ITEM = demoDocument.item('saengyeon-integrated-closing')
const PARAGRAPH = '간병비와 난방비를 어떻게 나눌지 논의하고, 방문 상담은 매주 화요일에 하기로 하였다. '.repeat(8).trim()
/** Of these on a page of the minutes, as measured. */
const PARAGRAPHS_ON_A_PAGE = 8.3
const ITEMS = 10

async function main(): Promise<void> {
  const dure = await startDure({ DURE_IDLE_MINUTES: '60' })
  try {
    const leader = await signInAtTable(dure.url, 'saengyeon.team')
    const conferenceId = await longConference(leader)
    const writers: OpenDocument[] = []
    for (const login of ['saengyeon.case', 'muhan.case']) {
      const document = (await signInAtTable(dure.url, login)).open(ITEM)
      await document.live()
      writers.push(document)
    }
    const [one, other] = writers
    if (!one || !other) throw new Error('Nobody came')
    const typist = new Typists(one, other)
    // A process that has just started compiles its code while it runs; whichever half came first would carry that.
    await typist.typeFor(30_000)
    const all = { without: [] as number[], during: [] as number[] }
    let lengthMs = 30_000
    console.log(
      '| round | export | seconds | letters | p50 ms | p95 ms | longest ms | load |\n| --- | --- | --- | --- | --- | --- | --- | --- |',
    )
    for (let round = 1; round <= ROUNDS; round++) {
      const during = async () => {
        const from = performance.now()
        const made = exported(leader, conferenceId)
        const delays = await typist.typeUntil(made)
        lengthMs = performance.now() - from
        const { pages, kilobytes } = await made
        all.during.push(...delays)
        show(`${round}`, `${pages} pages, ${kilobytes} kB`, lengthMs, delays)
      }
      const without = async () => {
        const delays = await typist.typeFor(lengthMs)
        all.without.push(...delays)
        show(`${round}`, 'none', lengthMs, delays)
      }
      for (const half of round % 2 === 1 ? [during, without] : [without, during]) await half()
    }
    const [with95, without95] = [at(all.during, 0.95), at(all.without, 0.95)]
    const ratio = with95 / without95
    console.log(
      `\np95 ${with95.toFixed(1)} ms during exports, ${without95.toFixed(1)} ms without: ${ratio.toFixed(2)} times; within ${GOAL}: ${ratio <= GOAL ? 'yes' : 'no'}`,
    )
  } finally {
    await dure.close()
  }
}

/** A closed conference whose minutes have so many pages. */
async function longConference(leader: Person): Promise<ConferenceId> {
  const session = await leader.get<SessionView>('/api/session')
  const agencyId = session.state === 'signed-in' ? session.person.memberships[0]?.agencyId : undefined
  const { conferenceId } = await leader.post<ConferenceView>('/api/conferences', {
    type: 'integrated',
    title: '긴 회의',
    startsAt: new Date().toISOString(),
    minutes: 90,
    place: '',
    remoteLink: '',
    participants: [{ userId: leader.userId, agencyId, role: 'leader' }],
    hostAgencyId: agencyId,
  })
  const path = `/api/conferences/${conferenceId}`
  for (let n = 1; n <= ITEMS; n++) {
    await leader.post(`${path}/items`, { kind: 'general', label: `긴 안건 ${n}`, minutes: 5 })
  }
  const move = async (to: string) => {
    const { _v } = await leader.get<ConferenceView>(path)
    await leader.post(`${path}/state`, { _v, to })
  }
  await move('scheduled')
  await move('live')
  await leader.acceptStatement(conferenceId)
  const { items } = await leader.get<ConferenceView>(path)
  const paragraphs = Math.ceil((PAGES * PARAGRAPHS_ON_A_PAGE) / ITEMS)
  for (const { itemId } of items) {
    const document = leader.open(documentNameOf({ kind: 'item', itemId }))
    await document.live()
    const text = Array.from({ length: paragraphs }, () => PARAGRAPH).join('\n')
    document.doc.transact(() => discussionOf(document.doc).push(paragraphsOf(text)))
    await document.stored(60_000)
    document.close()
  }
  await move('closed')
  return conferenceId
}

/** Asked for, waited for as the page does, and fetched. */
async function exported(leader: Person, conferenceId: ConferenceId): Promise<{ pages: number; kilobytes: string }> {
  const path = `/api/conferences/${conferenceId}/exports`
  const body = { form: 'minutes', format: FORMAT, purpose: '기관 내 보고' }
  let view = await leader.post<ExportView>(path, body)
  while (view.state === 'waiting' || view.state === 'making') {
    await new Promise(resolve => setTimeout(resolve, 1_000))
    view = await leader.get<ExportView>(`${path}/${view.exportId}`)
  }
  if (view.state !== 'ready') throw new Error(`The export failed: ${view.problem}`)
  const answer = await fetch(`${leader.url}${path}/${view.exportId}/file`, { headers: { cookie: leader.cookie } })
  const bytes = Buffer.from(await answer.arrayBuffer())
  const pages = [...bytes.toString('latin1').matchAll(/\/Type \/Page\b(?!s)/g)].length
  return { pages, kilobytes: (bytes.length / 1000).toFixed(0) }
}

/** Two who type in turn at two places of one document. */
class Typists {
  readonly #writers: readonly { document: OpenDocument; text: Y.XmlText; sent: Map<number, number> }[]
  #delays: number[] = []

  constructor(...documents: OpenDocument[]) {
    this.#writers = documents.map(document => {
      const text = new Y.XmlText()
      const paragraph = new Y.XmlElement('paragraph')
      paragraph.insert(0, [text])
      discussionOf(document.doc).push([paragraph])
      return { document, text, sent: new Map() }
    })
    for (const { document } of this.#writers) document.doc.on('update', () => this.#look(document))
  }

  async typeFor(lengthMs: number): Promise<number[]> {
    return this.typeUntil(new Promise(resolve => setTimeout(resolve, lengthMs)))
  }

  /** @returns milliseconds from each letter typed until the other saw it */
  async typeUntil(end: Promise<unknown>): Promise<number[]> {
    this.#delays = []
    const timers = this.#writers.map((_, at) => setInterval(() => this.#type(at), EVERY_MS))
    try {
      await end
    } finally {
      for (const timer of timers) clearInterval(timer)
    }
    // What is still on its way counts as well.
    while (this.#writers.some(({ sent }) => sent.size > 0)) await new Promise(resolve => setTimeout(resolve, 20))
    return this.#delays
  }

  #type(at: number): void {
    const writer = this.#writers[at]
    if (writer === undefined) return
    const { doc } = writer.document
    const now = performance.now()
    // One long paragraph would cost the clients more with every letter.
    if (writer.text.length > 200) writer.text.delete(0, 100)
    writer.text.insert(writer.text.length, '가')
    writer.sent.set(Y.getState(doc.store, doc.clientID), now)
  }

  #look(seenBy: OpenDocument): void {
    const now = performance.now()
    for (const { document, sent } of this.#writers) {
      if (document === seenBy) continue
      const known = Y.getState(seenBy.doc.store, document.doc.clientID)
      for (const [clock, typedAt] of sent) {
        if (clock > known) break
        sent.delete(clock)
        this.#delays.push(now - typedAt)
      }
    }
  }
}

function show(round: string, what: string, lengthMs: number, delays: readonly number[]): void {
  const figures = [at(delays, 0.5), at(delays, 0.95), at(delays, 1)].map(ms => ms.toFixed(1))
  const cells = [round, what, (lengthMs / 1000).toFixed(0), delays.length, ...figures, loadavg()[0]?.toFixed(1)]
  console.log(`| ${cells.join(' | ')} |`)
}

function at(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}

await main()
