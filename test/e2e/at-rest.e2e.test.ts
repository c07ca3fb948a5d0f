/**
 * What somebody finds who takes the disk, or reads the log, without the key file: nothing of what people typed, in any form that software writes
 * text in by habit. The same search finds all of it where it is in clear.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { Binary, type Document, MongoClient } from 'mongodb'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { DEMO_PASSWORD, demoPerson } from '../../server/demo/community.ts'
import { COLLECTIONS } from '../../server/storage/collections.ts'
import { openStore } from '../../server/storage/open-store.ts'
import { writeUpdate } from '../../shared/protocol/sync-frames.ts'
import {
  ALL_CANARIES,
  CANARIES,
  type Canary,
  describeFound,
  type Found,
  findCanaries,
  findCanariesDeep,
  findCanariesInValue,
} from '../support/canaries.ts'
import {
  type CanaryMeeting,
  closeMeeting,
  planMeeting,
  typeIntoConference,
  typeIntoItem,
} from '../support/canary-meeting.ts'
import { type AtRest, loadCold } from '../support/cold-documents.ts'
import { type DureProcess, startDure } from '../support/dure-process.ts'
import { type Person, signIn } from '../support/person.ts'
import { createMongoTestUrl, dropDatabase, mongodbTestUrl, NO_MONGODB } from '../support/stores.ts'

const fieldsOf = (found: readonly Found[]) => [...new Set(found.map(({ canary }) => canary.field))].sort()
const ALL_FIELDS = ALL_CANARIES.map(({ field }) => field).sort()

describe('the search itself', () => {
  test('finds every canary in plain text and in each kind of compressed stream', () => {
    const plain = Buffer.from(ALL_CANARIES.map(({ text }) => text).join('\n'))
    const surrounded = (bytes: Buffer) => Buffer.concat([Buffer.alloc(1000, 0x78), bytes, Buffer.alloc(1000, 0x1f)])
    expect(fieldsOf(findCanariesDeep(surrounded(plain)))).toEqual(ALL_FIELDS)
    expect(fieldsOf(findCanariesDeep(surrounded(deflateSync(plain))))).toEqual(ALL_FIELDS)
    expect(fieldsOf(findCanariesDeep(surrounded(gzipSync(plain))))).toEqual(ALL_FIELDS)
    const behindHeader = (bytes: Buffer) => Buffer.concat([Buffer.alloc(20, 7), bytes])
    expect(fieldsOf(findCanariesInValue(behindHeader(deflateRawSync(plain))))).toEqual(ALL_FIELDS)
    expect(fieldsOf(findCanariesInValue(behindHeader(brotliCompressSync(plain))))).toEqual(ALL_FIELDS)
  })

  test('finds every canary in each encoding, whatever stands around it', () => {
    for (const canary of ALL_CANARIES) {
      for (const around of ['', 'a', 'ab']) {
        const text = `${around}${canary.text}${around}`
        const utf16 = Buffer.from(text, 'utf16le')
        for (const bytes of [
          utf16,
          Buffer.from(utf16).swap16(),
          Buffer.from(text.normalize('NFD')),
          Buffer.from(Buffer.from(text).toString('base64')),
          Buffer.from(utf16.toString('base64url')),
          Buffer.from(Buffer.from(text).toString('hex')),
        ]) {
          expect(fieldsOf(findCanariesDeep(bytes)), canary.field).toContain(canary.field)
        }
      }
    }
  })

  test('finds what a Yjs document keeps, also a number', () => {
    const doc = new Y.Doc()
    doc.getMap('x').set('amount', CANARIES.actionAmount.value)
    doc.getText('y').insert(0, CANARIES.discussion.text)
    expect(fieldsOf(findCanariesDeep(Buffer.from(Y.encodeStateAsUpdate(doc))))).toEqual(
      [CANARIES.actionAmount.field, CANARIES.discussion.field].sort(),
    )
  })
})

const stores = [
  { on: 'the embedded store', skip: '', mongo: false },
  { on: 'a server of MongoDB’s protocol', skip: mongodbTestUrl === undefined ? ` ${NO_MONGODB}` : '', mongo: true },
]

describe.each(stores.filter(({ skip }) => skip === ''))(
  `${ALL_CANARIES.length} canaries typed into a conference, on $on`,
  ({ mongo }) => {
    let dure: DureProcess
    let atRest: AtRest
    let meeting: CanaryMeeting
    let people: Person[]

    beforeAll(async () => {
      const mongodbUrl = mongo ? createMongoTestUrl() : undefined
      dure = await startDure({ LOG_LEVEL: 'debug', ...(mongodbUrl !== undefined && { MONGODB_URL: mongodbUrl }) })
      atRest = { keyFile: dure.keyFile, dataFolder: dure.dataFolder, mongodbUrl }
      people = []
      for (const login of ['saengyeon.case', 'muhan.case', 'council.case', 'angel.case'])
        people.push(await signIn(dure.url, login, DEMO_PASSWORD))
      const [lead, second, third, other] = people
      if (!lead || !second || !third || !other) throw new Error('Nobody came')
      const cleared = { lead, second, third }
      meeting = await planMeeting(cleared, [other])
      await typeIntoConference(meeting, lead)
      await typeIntoItem(meeting, cleared)
      await addStaff(dure.url)
      await makeItFail(dure.url, meeting, lead)
      await closeMeeting(meeting, lead)
      for (const person of people) person.leave()
      expect(await dure.stop(), dure.output().slice(-2_000)).toBe(0)
    })

    afterAll(async () => {
      await dure.close()
      if (atRest.mongodbUrl !== undefined) await dropDatabase(atRest.mongodbUrl)
    })

    test('no canary is in the data folder, nor in anything else that the server left in its folder', () => {
      let bytes = 0
      const found: string[] = []
      for (const { path, content } of filesIn(dure.folder)) {
        bytes += content.length
        found.push(...describeFound(findCanariesDeep(content), path))
      }
      expect(found).toEqual([])
      if (!mongo) expect(bytes).toBeGreaterThan(100_000)
      console.log(
        `${(bytes / 1e6).toFixed(1)} MB in the data folder searched, ${mongo ? 'MongoDB protocol' : 'embedded'}`,
      )
    })

    test('no canary is in any value of any collection, as the store gives it without the key', async () => {
      let values = 0
      const found: string[] = []
      // Words are searched many at a time; where something is found, each by itself.
      let words: StoredValue[] = []
      const searchWords = () => {
        if (findCanaries(Buffer.concat(words.map(({ value }) => value))).length > 0)
          for (const { path, value } of words) found.push(...describeFound(findCanaries(value), path))
        words = []
      }
      for await (const one of storedValues(atRest)) {
        values += 1
        if (one.isText) words.push(one)
        else found.push(...describeFound(findCanariesInValue(one.value), one.path))
        if (words.length === 5_000) searchWords()
      }
      searchWords()
      expect(found).toEqual([])
      expect(values).toBeGreaterThan(500)
      console.log(`${values} stored values searched, ${mongo ? 'MongoDB protocol' : 'embedded'}`)
    })

    test('no canary is in anything that the server printed, at its most talkative', () => {
      expect(describeFound(findCanariesDeep(Buffer.from(dure.output())), 'output')).toEqual([])
      expect(dure.output()).toContain('Dure is listening')
    })

    test('the search finds all of them in a file that holds them in clear', () => {
      const path = join(dure.folder, 'in-clear.txt')
      writeFileSync(path, ALL_CANARIES.map(({ text }) => text).join('\n'))
      expect(fieldsOf(findCanariesDeep(readFileSync(path)))).toEqual(ALL_FIELDS)
    })

    test('with the key all of them are there', async () => {
      const documents = await loadCold(atRest, Object.values(meeting.documents))
      const clear: Buffer[] = documents.map(doc => Buffer.from(Y.encodeStateAsUpdate(doc)))
      await dure.start()
      const lead = await signIn(dure.url, 'saengyeon.case', DEMO_PASSWORD)
      const admin = await signIn(dure.url, 'saengyeon.admin', DEMO_PASSWORD)
      const { agencyId } = demoPerson('saengyeon.admin')
      for (const [person, path] of [
        [lead, `/api/cases/${meeting.caseId}`],
        [lead, `/api/conferences/${meeting.conferenceId}`],
        [lead, `/api/conferences/${meeting.conferenceId}/items/${meeting.secretItem}/comments`],
        [admin, `/api/agencies/${agencyId}/staff`],
      ] as const) {
        clear.push(Buffer.from(JSON.stringify(await person.get(path))))
      }
      const gone: Canary = CANARIES.titleReplaced
      expect(fieldsOf(findCanariesDeep(Buffer.concat(clear)))).toEqual(ALL_FIELDS.filter(field => field !== gone.field))
      expect(await dure.stop(), dure.output().slice(-2_000)).toBe(0)
    })
  },
)

for (const { on, skip } of stores)
  if (skip !== '') test.skip(`canaries typed into a conference, on ${on}${skip}`, () => {})

async function addStaff(url: string): Promise<void> {
  const admin = await signIn(url, 'saengyeon.admin', DEMO_PASSWORD)
  const { agencyId } = demoPerson('saengyeon.admin')
  await admin.post(`/api/agencies/${agencyId}/staff`, {
    name: CANARIES.staffName.text,
    login: CANARIES.staffLogin.text,
    role: 'case_worker',
  })
}

/** What is refused must leave no trace either: a wrong sign-in, broken bodies, unknown paths, an update that breaks a rule. */
async function makeItFail(url: string, meeting: CanaryMeeting, lead: Person): Promise<void> {
  const { text } = CANARIES.presentation
  const headers = { 'content-type': 'application/json', origin: url, cookie: lead.cookie }
  const post = (path: string, body: string) => fetch(`${url}${path}`, { method: 'POST', headers, body })
  await post('/api/session', JSON.stringify({ login: CANARIES.staffLogin.text, password: text }))
  await post('/api/session', `{"login": "${text}`)
  await post('/api/cases', JSON.stringify({ number: text, label: text, surprise: CANARIES.caseLabel.text }))
  await fetch(`${url}/api/cases/${encodeURIComponent(text)}?q=${encodeURIComponent(text)}`, { headers })
  await fetch(`${url}/sync/${encodeURIComponent(text)}`, { headers })
  const hidden = new Y.Doc()
  hidden.getText('hidden').insert(0, text)
  const line = await lead.openRaw(meeting.documents.item)
  line.send(writeUpdate(Y.encodeStateAsUpdate(hidden)))
  expect((await line.closed).code).toBe(4409)
}

function filesIn(folder: string): { path: string; content: Buffer }[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
    .map(path => ({ path, content: readFileSync(path) }))
}

/** Every text, number and byte array of every record, with where it stands. */
async function* storedValues({ dataFolder, mongodbUrl }: AtRest): AsyncGenerator<StoredValue> {
  if (mongodbUrl !== undefined) {
    // Everything in the database, whether Dure declares it or not.
    const client = new MongoClient(mongodbUrl)
    try {
      for (const { name } of await client.db().listCollections().toArray()) {
        for await (const record of client.db().collection(name).find()) yield* valuesIn(record, name)
      }
    } finally {
      await client.close()
    }
    return
  }
  const store = await openStore({ dataDirectory: dataFolder, declarations: COLLECTIONS })
  try {
    for (const name of Object.keys(COLLECTIONS) as (keyof typeof COLLECTIONS)[]) {
      for (const record of await store.collection<Document & { _id: string }>(name).find({}).toArray())
        yield* valuesIn(record, name)
    }
  } finally {
    await store.close()
  }
}

interface StoredValue {
  path: string
  value: Buffer
  /** Keys, texts, numbers: nothing compressed can be in there. */
  isText: boolean
}

function* valuesIn(value: unknown, path: string): Generator<StoredValue> {
  const bytes = bytesOf(value)
  if (bytes !== undefined) yield { path, value: bytes, isText: false }
  else if (value instanceof Date || value === null || value === undefined) return
  else if (typeof value === 'object') {
    for (const [key, inner] of Object.entries(value)) {
      yield { path: `${path}.key`, value: Buffer.from(key), isText: true }
      yield* valuesIn(inner, `${path}.${key}`)
    }
  } else yield { path, value: Buffer.from(String(value)), isText: true }
}

/** A byte array as the embedded store gives it, or the driver's `Binary`. */
function bytesOf(value: unknown): Buffer | undefined {
  if (value instanceof Uint8Array) return Buffer.from(value)
  return value instanceof Binary ? Buffer.from(value.value()) : undefined
}
