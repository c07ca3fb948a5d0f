/** A program of the house that looks at papers: what it gets, what its answers mean, and what comes of no answer. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AuditRecord } from '../../../server/audit/audit.ts'
import { openScanner, ScanFailed } from '../../../server/papers/scanner.ts'
import { must } from '../../../shared/assert.ts'
import type { CaseView, ConferenceView } from '../../../shared/protocol/http-api.ts'
import type { PaperView } from '../../../shared/protocol/papers.ts'
import { type AppUnderTest, startAppUnderTest, type TestClient } from '../../support/app-under-test.ts'
import { pdfOf } from '../../support/paper-files.ts'

/**
 * Answers as scanners do, by what stands in the file: `harmful` is found, `unreadable` is an error of its own, `stubborn` never ends, `at-once` is
 * found before the rest was read. Tells in a file what it was given.
 */
const SCANNER = `
import { writeFileSync } from 'node:fs'
const pieces = []
for await (const piece of process.stdin) {
  pieces.push(piece)
  if (String(piece).includes('at-once')) process.exit(1)
}
const file = Buffer.concat(pieces)
writeFileSync(process.argv[2], JSON.stringify({ bytes: file.length, arguments: process.argv.slice(2), environment: Object.keys(process.env) }))
const holds = word => file.includes(word)
if (holds('stubborn')) await new Promise(() => setInterval(() => {}, 1000))
process.exit(holds('harmful') ? 1 : holds('unreadable') ? 2 : 0)
`

let folder: string
let script: string
let seen: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dure-scanner-'))
  script = join(folder, 'scanner.mjs')
  seen = join(folder, 'seen.json')
  await writeFile(script, SCANNER)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function* pieces(...words: string[]): AsyncGenerator<Buffer> {
  for (const word of words) yield Buffer.from(word)
}

describe('the program', () => {
  const scanner = (limitMs = 20_000) => openScanner({ command: [process.execPath, script, seen], limitMs })

  test('gets every byte in order through its standard input, its own arguments and nothing of our environment', async () => {
    const many = Array.from({ length: 40 }, () => 'x'.repeat(100_000))
    expect(await (await scanner()).isHarmless(pieces(...many))).toBe(true)
    const told = JSON.parse(await readFile(seen, 'utf8'))
    expect(told.bytes).toBe(4_000_000)
    expect(told.arguments).toEqual([seen])
    // What the system itself gives every program is no setting of ours.
    expect(told.environment.filter((name: string) => name.startsWith('DURE_') || name === 'MONGODB_URL')).toEqual([])
    expect(process.env.HOME === undefined || !told.environment.includes('HOME')).toBe(true)
  })

  test('1 is something found, also before it has read the rest', async () => {
    expect(await (await scanner()).isHarmless(pieces('harmful'))).toBe(false)
    const rest = Array.from({ length: 200 }, () => 'y'.repeat(100_000))
    expect(await (await scanner()).isHarmless(pieces('at-once', ...rest))).toBe(false)
  })

  test('any other end is no answer', async () => {
    await expect((await scanner()).isHarmless(pieces('unreadable'))).rejects.toThrow(new ScanFailed('Exit code 2'))
    await expect((await scanner(700)).isHarmless(pieces('stubborn'))).rejects.toThrow(/within 700 ms/)
  })

  test('content that breaks off is its own error, and leaves no program behind', async () => {
    async function* broken(): AsyncGenerator<Buffer> {
      yield Buffer.from('half')
      throw new Error('damaged')
    }
    await expect((await scanner()).isHarmless(broken())).rejects.toThrow('damaged')
  })

  test('many at once are looked at one after the other, and each has its own answer', async () => {
    const one = await scanner()
    const words = ['fine', 'harmful', 'fine', 'harmful', 'fine']
    expect(await Promise.all(words.map(word => one.isHarmless(pieces(word))))).toEqual([true, false, true, false, true])
  })

  test('one that is not there does not start the service', async () => {
    const command: [string] = [join(folder, 'nothing')]
    await expect(openScanner({ command, limitMs: 1000 })).rejects.toThrow(/DURE_SCAN_COMMAND/)
  })
})

describe('a house with a scanner', () => {
  let app: AppUnderTest
  let leader: TestClient
  let papers: string

  beforeAll(async () => {
    app = await startAppUnderTest({
      environment: { DURE_SCAN_COMMAND: `${process.execPath} ${script} ${seen}`, DURE_SCAN_SECONDS: '2' },
    })
    ;({ client: leader, papers } = await atTheTable(app))
  })
  afterAll(() => app.close())

  const lay = (client: TestClient, words: string) =>
    client.ask('POST', papers, {
      raw: pdfOf(words),
      headers: {
        'content-type': 'application/octet-stream',
        'dure-about': encodeURIComponent(JSON.stringify({ title: '진단서', fileName: '진단서.pdf' })),
      },
    })
  const listed = async () => ((await leader.get(papers)).body as { papers: PaperView[] }).papers
  const kept = () => app.app.store.collection('paperChunks').countDocuments({})

  test('says of a paper that it was looked at, and when', async () => {
    const laid = await lay(leader, 'a diagnosis')
    expect([laid.status, laid.text]).toEqual([200, expect.any(String)])
    const scannedAt = must((laid.body as PaperView).scannedAt, 'a time')
    expect(Math.abs(Date.parse(scannedAt) - app.app.clock.now())).toBeLessThan(60_000)
    expect((await listed()).map(paper => paper.scannedAt)).toEqual([scannedAt])
  })

  test('refuses what was found, keeps no byte of it, and the attempt is on record', async () => {
    const [before, bytes] = [await listed(), await kept()]
    const refused = await lay(leader, 'harmful')
    expect([refused.status, refused.detail]).toEqual([415, 'paper-harmful'])
    expect(await listed()).toEqual(before)
    expect(await kept()).toBe(bytes)
    const records = await app.app.store.collection<AuditRecord>('audit').find({ action: 'paper.add' }).toArray()
    expect(records.at(-1)).toMatchObject({ outcome: 'denied', reason: 'paper-harmful' })
  })

  test.each(['unreadable', 'stubborn'])('what nobody could look at (%s) does not open either', async words => {
    const [before, bytes] = [await listed(), await kept()]
    const refused = await lay(leader, words)
    expect([refused.status, refused.reason, refused.detail]).toEqual([503, 'store-unavailable', 'paper-not-scanned'])
    expect(await listed()).toEqual(before)
    expect(await kept()).toBe(bytes)
    expect(app.logged()).toContain('A paper could not be scanned')
  })
})

test('a house without one says that nobody looked', async () => {
  const app = await startAppUnderTest()
  try {
    const { client, papers } = await atTheTable(app)
    const laid = await client.ask('POST', papers, {
      raw: pdfOf('harmful'),
      headers: {
        'content-type': 'application/octet-stream',
        'dure-about': encodeURIComponent(JSON.stringify({ title: '진단서', fileName: '진단서.pdf' })),
      },
    })
    expect(laid.body).toMatchObject({ scannedAt: null })
  } finally {
    await app.close()
  }
})

/** Somebody who leads a live meeting with an item about a case of theirs. */
async function atTheTable(app: AppUnderTest): Promise<{ client: TestClient; papers: string }> {
  const agency = await app.agency()
  const { user, client } = await app.person({ agencyId: agency._id })
  const made = async <T>(path: string, body: object) => {
    const answer = await client.post(path, body)
    if (answer.status !== 200) throw new Error(`${path}: ${answer.text}`)
    return answer.body as T
  }
  const { caseId } = await made<CaseView>('/api/cases', {
    number: '2026-044',
    label: '박○○ 가구',
    agencies: [{ agencyId: agency._id, role: 'lead' }],
    workers: [{ userId: user._id, agencyId: agency._id }],
  })
  const { conferenceId } = await made<ConferenceView>('/api/conferences', {
    type: 'integrated',
    title: '회의',
    startsAt: '2026-11-24T05:00:00Z',
    minutes: 60,
    place: '',
    remoteLink: '',
    hostAgencyId: agency._id,
    participants: [{ userId: user._id, agencyId: agency._id, role: 'leader' }],
  })
  const items = `/api/conferences/${conferenceId}/items`
  const { items: views } = await made<ConferenceView>(items, {
    kind: 'case',
    caseId,
    agencies: [agency._id],
    minutes: 20,
  })
  return { client, papers: `${items}/${must(views[0], 'the item').itemId}/papers` }
}
