/** Papers through the whole application: who, what comes in, what goes out, what is kept, and what goes with an item. */
import { readdirSync, readFileSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { AuditRecord } from '../../../server/audit/audit.ts'
import { newId } from '../../../server/lib/random.ts'
import { CHUNK_BYTES } from '../../../server/papers/paper-repository.ts'
import type { StoredRecord } from '../../../server/storage/port.ts'
import { must } from '../../../shared/assert.ts'
import type { AgencyId, ItemId, PaperId } from '../../../shared/ids.ts'
import type { CaseView, ConferenceView } from '../../../shared/protocol/http-api.ts'
import { PAPER_MAX_BYTES, PAPERS_PER_ITEM, type PaperView, type PrintView } from '../../../shared/protocol/papers.ts'
import { type Answer, type AppUnderTest, startAppUnderTest, type TestClient } from '../../support/app-under-test.ts'
import { giveBases } from '../../support/bases.ts'
import { HTML_PAGE, pdfOf, pngOf, ZIP_BOMB } from '../../support/paper-files.ts'
import { storeUnderTest } from '../../support/store-under-test.ts'

let app: AppUnderTest
let town: Awaited<ReturnType<typeof settle>>

beforeAll(async () => {
  app = await startAppUnderTest()
})
afterAll(() => app.close())

/** 동 leads a case and a live meeting with 센터, which is cleared for the case's item, and 협의회, which is not. */
async function settle() {
  const [dong, centre, council] = [await app.agency(), await app.agency(), await app.agency()]
  const leader = await app.person({ agencyId: dong._id })
  const member = await app.person({ agencyId: centre._id })
  const observer = await app.person({ agencyId: centre._id, role: 'observer' })
  const uncleared = await app.person({ agencyId: council._id })
  const outsider = await app.person({ agencyId: council._id })
  const made = async <T>(path: string, body: object) => {
    const answer = await leader.client.post(path, body)
    expect([path, answer.status, answer.text]).toEqual([path, 200, expect.any(String)])
    return answer.body as T
  }
  const { caseId } = await made<CaseView>('/api/cases', {
    number: '2026-044',
    label: '박○○ 가구',
    agencies: [
      { agencyId: dong._id, role: 'lead' },
      { agencyId: centre._id, role: 'partner' },
    ],
    workers: [
      { userId: leader.user._id, agencyId: dong._id },
      { userId: member.user._id, agencyId: centre._id },
    ],
  })
  await giveBases(app.app, caseId, [centre._id, council._id])
  const { conferenceId } = await made<ConferenceView>('/api/conferences', {
    type: 'integrated',
    title: '회의',
    startsAt: '2026-11-24T05:00:00Z',
    minutes: 60,
    place: '',
    remoteLink: '',
    hostAgencyId: dong._id,
    participants: [
      { userId: leader.user._id, agencyId: dong._id, role: 'leader' },
      { userId: member.user._id, agencyId: centre._id, role: 'attendee' },
      { userId: observer.user._id, agencyId: centre._id, role: 'observer' },
      { userId: uncleared.user._id, agencyId: council._id, role: 'attendee' },
    ],
  })
  const items = `/api/conferences/${conferenceId}/items`
  await made(items, { kind: 'case', caseId, agencies: [dong._id, centre._id], minutes: 20 })
  const { items: views } = await made<ConferenceView>(items, { kind: 'general', label: '공지', minutes: 5 })
  const idOf = (kind: 'case' | 'general') =>
    must(
      views.find(item => !item.restricted && item.kind === kind),
      kind,
    ).itemId
  await made(`/api/conferences/${conferenceId}/state`, { _v: 1, to: 'scheduled' })
  await made(`/api/conferences/${conferenceId}/state`, { _v: 2, to: 'live' })
  // What comes of not having accepted the confidentiality statement is asked of the items themselves.
  const everybody = [leader, member, observer, uncleared].map(person => person.user._id)
  await app.app.conferences.conferences.accept(conferenceId, everybody)
  const itemId = idOf('case')
  return {
    dong: dong._id,
    centre: centre._id,
    caseId,
    conferenceId,
    itemId,
    generalId: idOf('general'),
    leader: leader.client,
    member: member.client,
    observer: observer.client,
    uncleared: uncleared.client,
    outsider: outsider.client,
    people: { leader: leader.user._id, member: member.user._id },
    papers: `${items}/${itemId}/papers`,
    generalPapers: `${items}/${idOf('general')}/papers`,
  }
}

/** A busy machine, or a test server that takes one command at a time. */
const PATIENT = { timeout: 60_000 }

const aboutHeader = (about: object) => encodeURIComponent(JSON.stringify(about))
const lay = (client: TestClient, path: string, bytes: Buffer, fileName = '진단서.pdf', more: object = {}) =>
  client.ask('POST', path, {
    raw: bytes,
    headers: {
      'content-type': 'application/octet-stream',
      'dure-about': aboutHeader({ title: fileName.replace(/\.\w+$/, ''), fileName, ...more }),
    },
  })

async function laid(client: TestClient, path: string, bytes: Buffer, fileName?: string): Promise<PaperView> {
  const answer = await lay(client, path, bytes, fileName)
  expect([answer.status, answer.text]).toEqual([200, expect.any(String)])
  return answer.body as PaperView
}

const titles = (answer: Answer) => (answer.body as { papers: PaperView[] }).papers.map(paper => paper.title)
const records = (action: string) =>
  app.app.store
    .collection<AuditRecord>('audit')
    .find({ action }, { sort: { sequence: 1 } })
    .toArray()
const countOf = (name: string) => app.app.store.collection<StoredRecord>(name).countDocuments({})
const changeItem = async (itemId: ItemId, change: { agencies?: AgencyId[]; recused?: string[] }) => {
  const item = must(await app.app.conferences.items.find(itemId), 'item')
  const path = `/api/conferences/${town.conferenceId}/items/${itemId}`
  expect((await town.leader.patch(path, { _v: item._v, ...change })).status).toBe(200)
}

/** The bytes as they came, which {@link Answer} has as text only. */
function bytesOf(client: TestClient, path: string, onBytes: (bytes: Buffer) => void = () => {}): Promise<Buffer> {
  const { hostname, port } = new URL(app.url)
  return new Promise((resolve, reject) => {
    const headers = { host: new URL(app.origin).host, cookie: client.cookie ?? '' }
    const asking = request({ hostname, port, path, headers, agent: false }, response => {
      const all: Buffer[] = []
      response.on('data', (bytes: Buffer) => {
        all.push(bytes)
        onBytes(bytes)
      })
      response.on('error', reject)
      response.on('end', () => resolve(Buffer.concat(all)))
    })
    asking.on('error', reject)
    asking.end()
  })
}

beforeEach(async () => {
  for (const name of ['papers', 'paperChunks']) await app.app.store.collection<StoredRecord>(name).deleteMany({})
})

/** A town of its own for each test, or one for all that change nothing in it. */
const freshTown = async () => {
  town = await settle()
}

describe('a paper that lies with an item', () => {
  beforeEach(freshTown)

  test('is there for everybody who may open the item, byte for byte, and for nobody else', async () => {
    const bytes = pdfOf('x'.repeat(2 * CHUNK_BYTES))
    const paper = await laid(town.member, town.papers, bytes)
    expect(paper).toMatchObject({
      kind: 'pdf',
      title: '진단서',
      fileName: '진단서.pdf',
      bytes: bytes.length,
      mayRemove: true,
    })
    for (const client of [town.leader, town.member, town.observer]) {
      expect(titles(await client.get(town.papers))).toEqual(['진단서'])
      expect((await bytesOf(client, `${town.papers}/${paper.paperId}`)).equals(bytes)).toBe(true)
    }
    for (const client of [town.uncleared, town.outsider]) {
      for (const path of [town.papers, `${town.papers}/${paper.paperId}`]) {
        const answer = await client.get(path)
        expect([path, answer.status, answer.reason]).toEqual([path, 404, 'not-found'])
      }
    }
    expect(titles(await town.uncleared.get(`/api/conferences/${town.conferenceId}/papers`))).toEqual([])
    expect(titles(await town.member.get(`/api/conferences/${town.conferenceId}/papers`))).toEqual(['진단서'])
  })

  test('[R26] leaves as an attachment that no browser takes for a page of ours', async () => {
    const paper = await laid(town.leader, town.papers, pngOf(2, 2), '거실 (창가) "1".exe')
    const { headers } = await town.leader.get(`${town.papers}/${paper.paperId}`)
    expect(headers['content-type']).toBe('image/png')
    expect(headers['content-disposition']).toBe(
      `attachment; filename="paper.png"; filename*=UTF-8''${encodeURIComponent('거실 (창가) "1".exe.png').replace(/[()]/g, c => `%${c.charCodeAt(0).toString(16)}`)}`,
    )
    expect(headers['content-security-policy']).toBe("default-src 'none'; sandbox")
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers['cache-control']).toBe('no-store')
    expect(headers['cross-origin-resource-policy']).toBe('same-origin')
  })

  test('[R03] is found only under its own item', async () => {
    const paper = await laid(town.leader, town.papers, pdfOf('a'))
    expect((await town.leader.get(`${town.generalPapers}/${paper.paperId}`)).status).toBe(404)
    expect((await town.leader.delete(`${town.generalPapers}/${paper.paperId}`)).status).toBe(404)
    expect((await town.leader.get(`${town.papers}/${paper.paperId}`)).status).toBe(200)
  })

  test('[R27] is gone with the clearance, at once and like one that never was', async () => {
    const paper = await laid(town.leader, town.papers, pdfOf('a'))
    const path = `${town.papers}/${paper.paperId}`
    expect((await town.member.get(path)).status).toBe(200)
    await changeItem(town.itemId, { agencies: [town.dong] })
    const withoutId = ({ status, text }: Answer) => [status, text.replace(/"requestId":"[^"]+"/, '')]
    expect(withoutId(await town.member.get(path))).toEqual(
      withoutId(await town.member.get(`${town.papers}/${newId()}`)),
    )
    expect((await town.member.get(town.papers)).status).toBe(404)
    expect((await lay(town.member, town.papers, pdfOf('b'))).status).toBe(404)
    expect((await town.member.delete(path)).status).toBe(404)
    expect((await town.leader.get(path)).status).toBe(200)
  })

  test('[R27] stops on its way when its reader is recused', async () => {
    // Larger than what the line takes at once, so that the answer is still being sent.
    const bytes = pdfOf('x'.repeat(PAPER_MAX_BYTES - 2000))
    const paper = await laid(town.leader, town.papers, bytes)
    let heard = 0
    let recusing: Promise<void> | undefined
    const { hostname, port } = new URL(app.url)
    const ended = await new Promise<string>(resolve => {
      const headers = { host: new URL(app.origin).host, cookie: town.member.cookie ?? '' }
      const path = `${town.papers}/${paper.paperId}`
      request({ hostname, port, path, headers, agent: false }, response => {
        response.on('data', (part: Buffer) => {
          heard += part.length
          if (recusing !== undefined) return
          response.pause()
          recusing = changeItem(town.itemId, { recused: [town.people.member] }).then(() => void response.resume())
        })
        response.on('error', error => resolve(error.message))
        response.on('end', () => resolve('whole'))
      }).end()
    })
    await recusing
    expect(ended).toBe('aborted')
    expect(heard).toBeLessThan(bytes.length)
  })

  test('[R27] does not begin for a reader who is recused in the moment in which it is asked', async () => {
    const { conferences } = app.app
    const paper = await laid(town.leader, town.papers, pdfOf('a'))
    const { find } = conferences.conferences
    let asked = 0
    conferences.conferences.find = async conferenceId => {
      const found = await find(conferenceId)
      // The second time it is asked for the piece: what it found is not so any more when it is answered.
      if (++asked === 2) {
        conferences.conferences.find = find
        const item = must(await conferences.items.find(town.itemId), 'item')
        const ofCase = conferences.items.ofCases
        conferences.items.ofCases = async caseIds => {
          conferences.items.ofCases = ofCase
          const before = await ofCase(caseIds)
          await conferences.items.update(item, { ...item, recused: [town.people.member] })
          conferences.changes.announce([`item:${town.itemId}`, `case:${town.caseId}`])
          return before
        }
      }
      return found
    }
    const answer = await town.member.get(`${town.papers}/${paper.paperId}`)
    expect(answer.status).toBe(404)
  })

  test('an upload that is under way when its writer is recused is not kept', async () => {
    const { hostname, port } = new URL(app.url)
    const answer = new Promise<number>((resolve, reject) => {
      const sending = request(
        {
          hostname,
          port,
          method: 'POST',
          path: town.papers,
          agent: false,
          headers: {
            host: new URL(app.origin).host,
            origin: app.origin,
            cookie: town.member.cookie ?? '',
            'content-type': 'application/octet-stream',
            'dure-about': aboutHeader({ title: 'a', fileName: 'a.pdf' }),
          },
        },
        response => {
          response.resume()
          resolve(response.statusCode ?? 0)
        },
      )
      sending.on('error', reject)
      const bytes = pdfOf('x'.repeat(2 * CHUNK_BYTES))
      sending.write(bytes.subarray(0, CHUNK_BYTES + 1000), () => {
        expect
          .poll(() => countOf('paperChunks'), PATIENT)
          .toBe(1)
          .then(() => changeItem(town.itemId, { recused: [town.people.member] }))
          .then(() => void sending.end(bytes.subarray(CHUNK_BYTES + 1000)), reject)
      })
    })
    expect(await answer).toBe(404)
    expect(await countOf('paperChunks')).toBe(0)
    expect(titles(await town.leader.get(town.papers))).toEqual([])
  })
})

describe('who may', () => {
  beforeEach(freshTown)

  test('an observer reads and lays nothing; a closed meeting keeps what it has', async () => {
    const paper = await laid(town.member, town.papers, pdfOf('a'))
    expect((await lay(town.observer, town.papers, pdfOf('b'))).reason).toBe('not-allowed')
    expect((await town.observer.delete(`${town.papers}/${paper.paperId}`)).reason).toBe('not-allowed')
    expect(
      (await town.leader.post(`/api/conferences/${town.conferenceId}/state`, { _v: 3, to: 'closed' })).status,
    ).toBe(200)
    expect((await lay(town.leader, town.papers, pdfOf('b'))).detail).toBe('conference-closed')
    expect((await town.member.delete(`${town.papers}/${paper.paperId}`)).detail).toBe('conference-closed')
    expect((await town.member.get(`${town.papers}/${paper.paperId}`)).status).toBe(200)
  })

  test('a paper is taken away by who laid it there and by who conducts', async () => {
    const [mine, theirs] = [
      await laid(town.member, town.papers, pdfOf('a')),
      await laid(town.leader, town.papers, pdfOf('b')),
    ]
    expect((await town.member.delete(`${town.papers}/${theirs.paperId}`)).reason).toBe('not-allowed')
    expect((await town.leader.delete(`${town.papers}/${mine.paperId}`)).status).toBe(200)
    expect((await town.leader.delete(`${town.papers}/${theirs.paperId}`)).status).toBe(200)
    expect((await town.leader.delete(`${town.papers}/${theirs.paperId}`)).status).toBe(404)
    expect([await countOf('papers'), await countOf('paperChunks')]).toEqual([0, 0])
  })

  test('each access is a record with the case, the item, the paper and its kind, and without its title', async () => {
    const before = (await records('paper.open')).length
    const paper = await laid(town.member, town.papers, pdfOf('a'), '카나리아진단서.pdf')
    await town.leader.get(town.papers)
    await town.leader.get(`${town.papers}/${paper.paperId}`)
    await town.uncleared.get(`${town.papers}/${paper.paperId}`)
    await town.leader.delete(`${town.papers}/${paper.paperId}`)
    const object = `item.${town.itemId} paper.${paper.paperId}`
    const same = { subject: town.caseId, object, outcome: 'ok', reason: 'pdf' }
    expect((await records('paper.add')).at(-1)).toMatchObject({ ...same, actor: town.people.member })
    const opened = (await records('paper.open')).slice(before)
    expect(opened).toHaveLength(1)
    expect(opened[0]).toMatchObject({ ...same, actor: town.people.leader })
    expect((await records('paper.remove')).at(-1)).toMatchObject({ ...same, actor: town.people.leader })
    expect((await records('paper.list')).at(-1)).toMatchObject({ subject: town.caseId, object: `item.${town.itemId}` })
    expect((await records('authz.deny')).at(-1)).toMatchObject({ subject: town.caseId, outcome: 'denied' })
    expect(JSON.stringify(await app.app.store.collection<AuditRecord>('audit').find({}).toArray())).not.toContain(
      '카나리아',
    )
    expect(await app.app.audit.verify()).toEqual([])
  })
})

describe('[R26] what comes in', () => {
  beforeAll(freshTown)

  test.each([
    ['a page that is called a PDF', 'a.pdf', HTML_PAGE, 415, 'paper-kind'],
    ['an archive', 'a.zip', ZIP_BOMB, 415, 'paper-kind'],
    ['a huge picture', 'a.png', pngOf(1, 1, { width: 50_000, height: 50_000 }), 413, 'paper-picture-size'],
    ['text in another code', 'a.txt', Buffer.from([0xb0, 0xa1]), 415, 'paper-text-encoding'],
    ['nothing', 'a.pdf', Buffer.alloc(0), 400, 'paper-empty'],
  ])('%s is refused and nothing of it is kept', async (_, fileName, bytes, status, detail) => {
    const answer = await lay(town.leader, town.papers, bytes, fileName)
    expect([answer.status, answer.detail]).toEqual([status, detail])
    expect([await countOf('papers'), await countOf('paperChunks')]).toEqual([0, 0])
  })

  test.each([
    ['a NUL', '진단서\0.pdf'],
    ['a line end', 'a\r\nSet-Cookie: x=1.pdf'],
    ['a reversed ending', 'a\u202efdp.exe'],
    ['half a character', 'a\ud800.pdf'],
    ['nothing', ' '],
    ['too many letters', `${'가'.repeat(160)}.pdf`],
  ])('a name with %s is refused', async (_, fileName) => {
    const answer = await lay(town.leader, town.papers, pdfOf('a'), '', { title: 'a', fileName })
    expect([answer.status, answer.detail]).toEqual([400, 'fileName'])
  })

  test('[R10] what is said about it takes no other field, and must be said', async () => {
    for (const extra of [{ createdBy: 'x' }, { kind: 'pdf' }, { _id: 'x' }]) {
      expect((await lay(town.leader, town.papers, pdfOf('a'), 'a.pdf', extra)).detail).toBe('unknown-field')
    }
    const headers = { 'content-type': 'application/octet-stream' }
    const silent = await town.leader.ask('POST', town.papers, { raw: pdfOf('a'), headers })
    expect([silent.status, silent.detail]).toEqual([400, 'no-about'])
    const broken = await town.leader.ask('POST', town.papers, {
      raw: pdfOf('a'),
      headers: { ...headers, 'dure-about': '%ff' },
    })
    expect([broken.status, broken.detail]).toEqual([400, 'not-json'])
  })

  test.each([
    ['no type', {}],
    ['its own type', { 'content-type': 'application/pdf' }],
    ['a form', { 'content-type': 'multipart/form-data; boundary=x' }],
    ['text', { 'content-type': 'text/plain' }],
    ['JSON', { 'content-type': 'application/json' }],
    ['packed', { 'content-type': 'application/octet-stream', 'content-encoding': 'gzip' }],
  ])('[R11] bytes of another kind are refused: %s', async (_, headers) => {
    const about = { 'dure-about': aboutHeader({ title: 'a', fileName: 'a.pdf' }) }
    const answer = await town.leader.ask('POST', town.papers, { raw: pdfOf('a'), headers: { ...about, ...headers } })
    expect([answer.status, answer.reason]).toEqual([415, 'bad-content-type'])
  })

  test('[R11] every other route takes no bytes', async () => {
    const headers = {
      'content-type': 'application/octet-stream',
      'dure-about': aboutHeader({ title: 'a', fileName: 'a' }),
    }
    const state = `/api/conferences/${town.conferenceId}/state`
    expect((await town.leader.ask('POST', state, { raw: '{"_v":3,"to":"closed"}', headers })).status).toBe(415)
    expect((await town.leader.ask('DELETE', town.papers, { raw: 'x', headers })).status).toBe(404)
  })

  test('one byte too many is refused, also when the length is not said, and the reason is heard', async () => {
    const most = pdfOf('x'.repeat(PAPER_MAX_BYTES - pdfOf('').length - String(PAPER_MAX_BYTES).length + 1))
    const fits = most.subarray(0, PAPER_MAX_BYTES)
    const over = Buffer.concat([fits, Buffer.alloc(1 + PAPER_MAX_BYTES - fits.length, 0x20)])
    const said = await lay(town.leader, town.papers, over)
    expect([said.status, said.reason]).toEqual([413, 'too-large'])
    const unsaid = await town.leader.ask('POST', town.papers, {
      raw: over,
      headers: {
        'content-type': 'application/octet-stream',
        'transfer-encoding': 'chunked',
        'dure-about': aboutHeader({ title: 'a', fileName: 'a.pdf' }),
      },
    })
    expect([unsaid.status, unsaid.reason]).toEqual([413, 'too-large'])
    // The whole of what is refused by its first bytes is taken, so that the browser reads the answer.
    const refused = await lay(town.leader, town.papers, Buffer.alloc(PAPER_MAX_BYTES, 0x20), 'a.pdf')
    expect([refused.status, refused.detail]).toEqual([415, 'paper-kind'])
    expect([await countOf('papers'), await countOf('paperChunks')]).toEqual([0, 0])
  })

  test('an upload that breaks off leaves nothing', async () => {
    const { hostname, port } = new URL(app.url)
    const sending = request({
      hostname,
      port,
      method: 'POST',
      path: town.papers,
      agent: false,
      headers: {
        host: new URL(app.origin).host,
        origin: app.origin,
        cookie: town.leader.cookie ?? '',
        'content-type': 'application/octet-stream',
        'content-length': 3 * CHUNK_BYTES,
        'dure-about': aboutHeader({ title: 'a', fileName: 'a.pdf' }),
      },
    })
    const broken = new Promise(resolve => sending.on('error', resolve))
    sending.write(Buffer.concat([Buffer.from('%PDF-1.4'), Buffer.alloc(2 * CHUNK_BYTES)]))
    await expect.poll(() => countOf('paperChunks'), PATIENT).toBe(2)
    sending.destroy()
    await broken
    await expect.poll(() => countOf('papers'), PATIENT).toBe(0)
    expect(await countOf('paperChunks')).toBe(0)
    expect((await town.leader.get(town.papers)).body).toEqual({ papers: [] })
  })

  test('two people who lay the last paper at once: never more than fit', async () => {
    for (let at = 1; at < PAPERS_PER_ITEM; at++) await laid(town.leader, town.papers, pdfOf(String(at)))
    const answers = await Promise.all(
      [town.leader, town.member, town.leader].map(c => lay(c, town.papers, pdfOf('last'))),
    )
    const kept = titles(await town.leader.get(town.papers)).length
    expect(kept).toBeLessThanOrEqual(PAPERS_PER_ITEM)
    expect(answers.filter(answer => answer.status === 200)).toHaveLength(kept - (PAPERS_PER_ITEM - 1))
    expect(answers.some(answer => answer.detail === 'papers-full')).toBe(true)
    for (let left = kept; left < PAPERS_PER_ITEM; left++) await laid(town.leader, town.papers, pdfOf('fits'))
    expect((await lay(town.leader, town.papers, pdfOf('over'))).detail).toBe('papers-full')
    expect((await lay(town.leader, town.generalPapers, pdfOf('elsewhere'))).status).toBe(200)
  })
})

describe('at rest', () => {
  beforeEach(freshTown)

  const CANARY = '카나리아 진단서 F32.1'
  const drawerOf = async (paperId: PaperId) =>
    (await app.app.store.collection<StoredRecord & { drawer: string }>('papers').findOne({ _id: paperId }))?.drawer

  test('a paper lies in the drawer of those who may open its item at that moment', async () => {
    const open = await laid(town.leader, town.papers, pdfOf('a'))
    await changeItem(town.itemId, { agencies: [town.dong] })
    const own = await laid(town.leader, town.papers, pdfOf('b'))
    const general = await laid(town.leader, town.generalPapers, pdfOf('c'))
    expect([await drawerOf(open.paperId), await drawerOf(own.paperId), await drawerOf(general.paperId)]).toEqual([
      'case',
      'item',
      'conference',
    ])
    expect(titles(await town.leader.get(town.papers))).toHaveLength(2)
  })

  test('neither bytes nor title are found in any record or file, and no piece is larger than it should be', async () => {
    const text = Buffer.from(`${CANARY}\n`.repeat(30_000))
    const paper = await laid(town.leader, town.papers, text, `${CANARY}.txt`)
    expect((await bytesOf(town.leader, `${town.papers}/${paper.paperId}`)).equals(text)).toBe(true)
    const forms = [Buffer.from(CANARY), Buffer.from(CANARY.normalize('NFD')), Buffer.from(CANARY, 'utf16le')]
    const isIn = (bytes: Buffer) => forms.some(form => bytes.includes(form))
    for (const name of ['papers', 'paperChunks', 'prints', 'audit']) {
      for (const record of await app.app.store.collection<StoredRecord>(name).find({}).toArray()) {
        for (const value of Object.values(record)) {
          const bytes = Buffer.isBuffer(value) ? value : Buffer.from(String(value))
          expect(isIn(bytes)).toBe(false)
          expect(bytes.length).toBeLessThanOrEqual(256 * 1024)
        }
      }
    }
    expect(isIn(text)).toBe(true)
    if (storeUnderTest !== 'embedded') return
    const files = readdirSync(app.folder, { recursive: true, withFileTypes: true }).filter(file => file.isFile())
    expect(files.length).toBeGreaterThan(1)
    for (const file of files) expect(isIn(readFileSync(join(file.parentPath, file.name)))).toBe(false)
    expect(isIn(Buffer.from(app.logged()))).toBe(false)
  })

  test('a piece that is missing, or another’s, is never given for the paper', async () => {
    const bytes = pdfOf('x'.repeat(CHUNK_BYTES))
    const [one, other] = [await laid(town.leader, town.papers, bytes), await laid(town.leader, town.papers, bytes)]
    const pieces = app.app.store.collection<StoredRecord & { bytes: Buffer }>('paperChunks')
    const foreign = must(await pieces.findOne({ _id: `${other.paperId}:0` }), 'a piece')
    await pieces.updateOne({ _id: `${one.paperId}:0` }, { $set: { bytes: foreign.bytes } })
    expect((await town.leader.get(`${town.papers}/${one.paperId}`)).reason).toBe('internal')
    await pieces.deleteOne({ _id: `${other.paperId}:1` })
    await expect(bytesOf(town.leader, `${town.papers}/${other.paperId}`)).rejects.toThrow('aborted')
  })

  test('what lay with an item goes with it', async () => {
    await laid(town.leader, town.papers, pdfOf('a'))
    await laid(town.leader, town.generalPapers, pdfOf('b'))
    expect((await town.leader.delete(`/api/conferences/${town.conferenceId}/items/${town.itemId}`)).status).toBe(200)
    await expect.poll(() => countOf('papers'), PATIENT).toBe(1)
    await expect.poll(() => countOf('paperChunks'), PATIENT).toBe(1)
    expect(titles(await town.leader.get(town.generalPapers))).toEqual(['진단서'])
  })

  test('what a stopped server left half done is gone after its next start, and the rest is there', async () => {
    const kept = await laid(town.leader, town.papers, pdfOf('kept'))
    const leaving = await laid(town.leader, town.papers, pdfOf('leaving'))
    const stored = app.app.store.collection<StoredRecord & { standing: string; itemId: string }>('papers')
    await stored.updateOne({ _id: leaving.paperId }, { $set: { standing: 'leaving' } })
    const orphan = await laid(town.leader, town.papers, pdfOf('orphan'))
    await stored.updateOne({ _id: orphan.paperId }, { $set: { itemId: newId() } })
    const arriving = await laid(town.leader, town.papers, pdfOf('arriving'))
    await stored.updateOne({ _id: arriving.paperId }, { $set: { standing: 'arriving' } })
    app = await app.restart()
    const ids = (await app.app.store.collection<StoredRecord>('papers').find({}).toArray()).map(record => record._id)
    expect(ids).toContain(kept.paperId)
    for (const gone of [leaving, orphan, arriving]) expect(ids).not.toContain(gone.paperId)
    const left = await app.app.store.collection<StoredRecord & { paperId: string }>('paperChunks').find({}).toArray()
    expect(left.filter(piece => !ids.includes(piece.paperId))).toEqual([])
  })
})

describe('[R40] printing', () => {
  beforeAll(freshTown)

  const prints = () => `/api/conferences/${town.conferenceId}/prints`
  const print = (client: TestClient, body: object) => client.post(prints(), body)

  test('is recorded for each household with what and how; what for is sealed', async () => {
    const papers = [
      await laid(town.leader, town.papers, pdfOf('a')),
      await laid(town.member, town.generalPapers, pdfOf('b')),
    ]
    const ids = papers.map(paper => paper.paperId)
    const purpose = '회의 참석자 배부용'
    const answer = await print(town.member, { what: 'pack', how: 'print', purpose, papers: ids })
    expect(answer.status).toBe(200)
    const { printId } = answer.body as PrintView
    const printed = (await records('paper.print')).slice(-2)
    expect(printed.map(record => record.object).sort()).toEqual(
      [town.itemId, town.generalId].map(itemId => `item.${itemId} print.${printId}`).sort(),
    )
    expect(printed.map(record => record.subject)).toContain(town.caseId)
    expect(printed[0]).toMatchObject({ actor: town.people.member, outcome: 'ok', reason: 'print' })
    const stored = must(await app.app.store.collection<StoredRecord>('prints').findOne({ _id: printId }), 'a print')
    expect(JSON.stringify(stored)).not.toContain('배부용')
    const named = await print(town.member, { what: 'plan', how: 'copy', purpose, items: [town.itemId] })
    expect(named.status).toBe(200)
    expect((await records('plan.print')).at(-1)).toMatchObject({ subject: town.caseId, reason: 'copy' })
  })

  test.each([
    ['no reason', {}],
    ['one letter', { purpose: '가' }],
    ['spaces', { purpose: '        ' }],
    ['5,000 letters', { purpose: '가'.repeat(5000) }],
    ['a second log line', { purpose: 'for the meeting\nactor=somebody' }],
    ['colours of a terminal', { purpose: 'for the \u001b[31mmeeting' }],
  ])('with %s is refused', async (_, reason) => {
    const paper = await laid(town.leader, town.papers, pdfOf('a'))
    const before = (await records('paper.print')).length
    const answer = await print(town.leader, { what: 'pack', how: 'print', papers: [paper.paperId], ...reason })
    expect([answer.status, answer.detail]).toEqual([400, 'purpose'])
    expect(await records('paper.print')).toHaveLength(before)
  })

  test('what one may not open one does not print, nor learns that it is there', async () => {
    const paper = await laid(town.leader, town.papers, pdfOf('a'))
    const purpose = '회의 참석자 배부용'
    for (const body of [
      { what: 'pack', how: 'print', purpose, papers: [paper.paperId] },
      { what: 'pack', how: 'print', purpose, papers: [newId()] },
      { what: 'plan', how: 'print', purpose, items: [town.itemId] },
    ]) {
      const answer = await print(town.uncleared, body)
      expect([answer.status, answer.reason]).toEqual([404, 'not-found'])
    }
    const twice = await print(town.leader, {
      what: 'pack',
      how: 'print',
      purpose,
      papers: [paper.paperId, paper.paperId],
    })
    expect(twice.detail).toBe('named-twice')
  })
})
