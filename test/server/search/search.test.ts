/** What search finds, for whom, and what is recorded of it. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type * as Y from 'yjs'
import { createCodeSetRepository } from '../../../server/code-sets/code-set-repository.ts'
import { changeCase } from '../../../server/conferences/case-commands.ts'
import { changeItem } from '../../../server/conferences/item-commands.ts'
import { createLog } from '../../../server/lib/log.ts'
import { newId } from '../../../server/lib/random.ts'
import { searchableDocuments, tellingStore } from '../../../server/search/filling.ts'
import { SearchIndex } from '../../../server/search/search-index.ts'
import type { CodeSetName } from '../../../shared/code-sets/shipped.ts'
import { addAction } from '../../../shared/documents/actions-document.ts'
import { notesOf } from '../../../shared/documents/conference-document.ts'
import { documentNameOf } from '../../../shared/documents/document-names.ts'
import {
  addDecision,
  discussionOf,
  opinionOf,
  removeDecision,
  setNeed,
} from '../../../shared/documents/item-document.ts'
import { paragraphsOf } from '../../../shared/documents/rich-text.ts'
import type { ActionId, AgencyId, DecisionId, ItemId, UserId } from '../../../shared/ids.ts'
import { type Meeting, meet, openWorld, settle, type Town, uninvite, type World } from '../conferences/world.ts'
import { type SearchUnderTest, searchUnderTest } from './search-under-test.ts'

const clock = { now: () => 0 }
const log = createLog({ level: 'silent' })
const AT = '2026-11-24T05:10:00.000Z'

let world: World
let town: Town
let s: SearchUnderTest

beforeEach(async () => {
  world = await openWorld()
  town = await settle(world)
  s = searchUnderTest(world)
})
afterEach(() => world.close())

const itemDocument = (itemId: ItemId) => documentNameOf({ kind: 'item', itemId })
const openLedger = () => documentNameOf({ kind: 'actions', caseId: town.caseId, zone: 'open' })
const say = (text: Y.XmlFragment, words: string) => text.push(paragraphsOf(words))

function decide(itemId: ItemId, text: string, id = newId<DecisionId>()) {
  const decision = { id, kind: 'allocate_resource' as const, by: town.leader, at: AT, text, need: 'health' as const }
  return s.writes(itemDocument(itemId), doc => addDecision(doc, decision))
}

function promise(document: string, itemId: ItemId, agencyId: AgencyId, what: string) {
  const action = { id: newId<ActionId>(), agencyId, what, by: town.leader, at: AT, itemId, due: '2026-12-31' }
  return s.writes(document, doc => addAction(doc, action))
}

/** A conference in that state in which a decision, an action item, a discussion and a note speak of the carer's costs. */
async function talkOfCare(state: Parameters<typeof meet>[2] = 'live', options: Parameters<typeof meet>[3] = {}) {
  const meeting = await meet(world, town, state, options)
  await decide(meeting.itemId, '간병비 월 30만 원을 12월까지 지원한다.')
  await promise(openLedger(), meeting.itemId, town.muhan, '간병비를 매달 5일에 입금한다.')
  await s.writes(itemDocument(meeting.itemId), doc => {
    setNeed(doc, 'health', true)
    say(opinionOf(doc, 'health', town.muhan), '간병비는 우리가 맡을 수 있다.')
    say(discussionOf(doc), '아들이 멀리 산다.\n간병비가 두 달 밀렸다.')
  })
  await s.writes(documentNameOf({ kind: 'conference', conferenceId: meeting.conferenceId }), doc =>
    say(notesOf(doc), '간병비 예산은 시에 묻는다.'),
  )
  return meeting
}

describe('what is found', () => {
  test('[SQ2] the decision, the promise, the item and the conference’s notes, each with its sentence and its place', async () => {
    const { conferenceId, itemId } = await talkOfCare()
    const { words, groups } = await s.ask(town.leader, '간병비를 어떻게 하기로 했지?')
    expect(words).toEqual(['간병비'])
    expect(groups.map(({ kind, count }) => [kind, count])).toEqual([
      ['decision', 1],
      ['action', 1],
      ['item', 1],
      ['conference', 1],
    ])
    const [decision, action, item, conference] = groups.flatMap(group => group.hits)
    const place = { conferenceId, itemId, caseId: town.caseId, title: '김○○ 가구 2026-031' }
    expect(decision).toMatchObject({
      ...place,
      at: '2026-11-24T05:00:00.000Z',
      conferenceTitle: '11월 통합사례회의',
      decisionKind: 'allocate_resource',
      excerpt: { text: '간병비 월 30만 원을 12월까지 지원한다.', marks: [[0, 3]] },
    })
    expect(action).toMatchObject({ ...place, at: AT, agencyName: '무한돌봄', status: 'proposed', due: '2026-12-31' })
    expect(item).toMatchObject({ ...place, part: 'opinion', agencyName: '무한돌봄' })
    expect(conference).toMatchObject({ conferenceId, itemId: null, part: 'notes' })
  })

  test('[SQ4] words of the household, the month, the agency and the need narrow it, and find nothing by themselves', async () => {
    await talkOfCare()
    for (const query of ['김○○ 간병비', '11월 통합사례회의 간병비', '무한돌봄 입금', '건강 30만']) {
      expect(await s.finds(town.leader, query), query).not.toEqual([])
    }
    const { groups } = await s.ask(town.leader, '2026-031')
    expect(groups.map(group => group.kind)).toEqual(['item', 'case'])
    expect(await s.finds(town.leader, '10월 통합사례회의 간병비')).toEqual([])
  })

  test('[SQ4] [CO9] a need and a decision are found by what the installation calls them now', async () => {
    await talkOfCare()
    const codeSetVersions = createCodeSetRepository(world)
    const rename = async (set: CodeSetName, code: string, ko: string) => {
      const { version, entries } = (await s.parts.codeSets.now()).current(set)
      const renamed = entries.map(entry => (entry.code === code ? { ...entry, ko } : entry))
      const at = new Date(world.parts.now())
      await codeSetVersions.add({ set, version: version + 1, entries: renamed, by: town.leader, at, reason: '지침' })
    }
    expect(await s.finds(town.leader, '간병비 보건')).toEqual([])
    await rename('need_domain', 'health', '보건')
    await rename('decision_kind', 'allocate_resource', '재원을 씀')
    expect((await s.hits(town.leader, '간병비 보건')).map(({ kind }) => kind)).toContain('decision')
    expect((await s.hits(town.leader, '간병비 재원')).map(({ kind }) => kind)).toEqual(['decision'])
  })

  test('[SQ5] the line with the words, not the first one', async () => {
    const { itemId } = await meet(world, town)
    await s.writes(itemDocument(itemId), doc => say(discussionOf(doc), '아들이 멀리 산다.\n월세가 두 달 밀렸다.'))
    expect(await s.finds(town.leader, '월세')).toEqual(['item: 월세가 두 달 밀렸다.'])
  })

  test('[SQ2] more of one kind, from where the list ended', async () => {
    const { itemId } = await meet(world, town)
    for (let index = 0; index < 8; index++) await decide(itemId, `간병비 ${index}차 지원`)
    const first = await s.ask(town.leader, '간병비')
    expect(first.groups).toMatchObject([{ kind: 'decision', count: 8 }])
    const shown = first.groups[0]?.hits ?? []
    const rest = await s.ask(town.leader, '간병비', { kind: 'decision', from: shown.length })
    const keys = [...shown, ...(rest.groups[0]?.hits ?? [])].map(hit => hit.key)
    expect(new Set(keys).size).toBe(8)
  })
})

describe('for whom', () => {
  const everything = ['leader', 'worker', 'co', 'watcher', 'partner', 'stranger'] as const

  async function countsOf(query: string) {
    const counts = await Promise.all(
      everything.map(async who => (await s.ask(town[who], query)).groups.reduce((sum, { count }) => sum + count, 0)),
    )
    return counts.join(' ')
  }

  test.each([
    ['draft', '4 0 1 0 0 0'],
    ['scheduled', '4 0 4 1 1 0'],
    ['live', '4 0 4 4 1 0'],
    ['closed', '4 0 4 4 1 0'],
  ] as const)(
    '[SQ6] in a conference that is %s leader, worker, co, watcher, partner, stranger find %s',
    async (state, counts) => {
      await talkOfCare(state)
      expect(await countsOf('간병비')).toBe(counts)
    },
  )

  test('[SQ7] before the statement is accepted there is the title and nothing else', async () => {
    const { conferenceId } = await talkOfCare('live', { accepted: false })
    // The ledger is open to who works on the case, meeting or not.
    expect(await s.finds(town.watcher, '간병비')).toEqual([])
    expect(await s.finds(town.watcher, '통합사례회의')).toEqual(['conference: 11월 통합사례회의'])
    await world.parts.conferences.accept(conferenceId, [town.watcher])
    expect(await s.finds(town.watcher, '간병비')).toHaveLength(4)
  })

  const narrow = async (meeting: Meeting, fields: { agencies?: AgencyId[]; recused?: UserId[] }) => {
    const admitted = await world.toChangeItem(town.leader, meeting.conferenceId, meeting.itemId)
    await changeItem(world.parts, world.by(town.leader), admitted, { _v: admitted.item._v, ...fields })
  }

  test('[SQ6] recusal takes the item, its case and its ledger out of the next search', async () => {
    const meeting = await talkOfCare()
    expect(await s.finds(town.co, '김○○')).toEqual(['item: 김○○ 가구 2026-031', 'case: 김○○ 가구 2026-031'])
    await narrow(meeting, { recused: [town.co] })
    expect(await s.finds(town.co, '김○○')).toEqual([])
    expect(await s.finds(town.co, '간병비')).toEqual(['conference: 간병비 예산은 시에 묻는다.'])
  })

  test('[SQ6] a narrowed clearance and a withdrawn invitation, in the next search', async () => {
    const meeting = await talkOfCare()
    expect(await s.finds(town.watcher, '30만')).toHaveLength(1)
    await narrow(meeting, { agencies: [town.dong] })
    expect(await s.finds(town.watcher, '30만')).toEqual([])
    await uninvite(world, town, meeting.conferenceId, town.muhan)
    expect(await s.finds(town.watcher, '예산')).toEqual([])
  })

  test('[SQ6] an agency that leaves the case takes its worker’s finds along', async () => {
    await talkOfCare('closed')
    await uninvite(world, town, (await world.parts.conferences.ofPerson(town.co))[0]?._id ?? newId(), town.muhan).catch(
      () => undefined,
    )
    await changeCase(world.parts, world.by(town.leader), await world.changeCase(town.leader, town.caseId), {
      _v: 1,
      agencies: [{ agencyId: town.dong, role: 'lead' }],
      workers: [{ userId: town.leader, agencyId: town.dong }],
    })
    expect((await s.hits(town.co, '김○○')).map(hit => hit.kind)).not.toContain('case')
  })

  test('[SQ6] action items of a restricted item lie in its own ledger and are found by its readers alone', async () => {
    const meeting = await meet(world, town)
    await narrow(meeting, { agencies: [town.dong] })
    const own = documentNameOf({ kind: 'actions', caseId: town.caseId, zone: meeting.itemId })
    await promise(own, meeting.itemId, town.dong, '경찰에 동행한다.')
    expect(await s.finds(town.leader, '동행')).toEqual(['action: 경찰에 동행한다.'])
    for (const who of ['co', 'watcher', 'partner', 'worker', 'stranger'] as const) {
      expect(await s.finds(town[who], '동행'), who).toEqual([])
    }
  })

  test('[SQ8] a supervision is found by nobody, its readers among them', async () => {
    const { itemId } = await meet(world, town)
    const supervision = documentNameOf({ kind: 'supervision', itemId })
    await s.writes(supervision, doc => say(doc.getXmlFragment('note'), '소진이 걱정된다'))
    await s.writes(supervision, doc => say(doc.getXmlFragment('text'), '소진이 걱정된다'))
    expect(await s.finds(town.leader, '소진')).toEqual([])
    expect(s.read.filter(document => document.startsWith('supervision'))).toEqual([])
  })
})

describe('what is recorded', () => {
  test('[SQ9] who, and whose data the answer shows; the words sealed beside, and nowhere else', async () => {
    await talkOfCare()
    await s.ask(town.leader, '간병비를 어떻게')
    const records = await world.records({ action: 'search.run' })
    expect(records).toMatchObject([{ actor: town.leader, subject: town.caseId, outcome: 'ok' }])
    const searchId = /^search\.(\S+) item\./.exec(records[0]?.object ?? '')?.[1] ?? ''
    expect(await s.searches.find(searchId)).toMatchObject({ by: town.leader, query: '간병비를 어떻게' })
    const raw = await world.store.collection('searches').find({}).toArray()
    expect(JSON.stringify([raw, records])).not.toContain('간병비')
    expect(Buffer.from(JSON.stringify(raw)).toString('latin1')).not.toContain(Buffer.from('간병비').toString('latin1'))
  })

  test('[SQ9] a search that shows no case is one record, too', async () => {
    await s.ask(town.stranger, '간병비')
    expect(await world.records({ action: 'search.run' })).toMatchObject([{ actor: town.stranger, outcome: 'ok' }])
  })

  test('[SQ9] what cannot be recorded is not answered', async () => {
    await talkOfCare()
    const audit = { record: () => Promise.reject(new Error('The disk is full')) }
    Object.assign(s.parts, { audit })
    await expect(s.ask(town.leader, '간병비')).rejects.toThrow('The disk is full')
  })
})

describe('the index', () => {
  test('[SQ10] what is stored is found two seconds later, what was taken out is not; what did not change is not read again', async () => {
    const { itemId } = await meet(world, town)
    const id = newId<DecisionId>()
    await decide(itemId, '난방비 지원', id)
    expect(await s.finds(town.leader, '난방비')).toHaveLength(1)
    s.read.length = 0
    expect(await s.finds(town.leader, '난방비')).toHaveLength(1)
    expect(s.read).toEqual([])
    await s.writes(itemDocument(itemId), doc => removeDecision(doc, id))
    expect(await s.finds(town.leader, '난방비')).toEqual([])
    expect(s.read).toEqual([itemDocument(itemId)])
  })

  test('[SQ10] while it is being written a document is read every two seconds at most', async () => {
    const { itemId } = await meet(world, town)
    await s.finds(town.leader, '난방비')
    s.read.length = 0
    for (let index = 0; index < 5; index++) {
      s.index.noteStored(itemDocument(itemId))
      await s.finds(town.leader, '난방비')
    }
    expect(s.read).toEqual([])
    s.later()
    await s.finds(town.leader, '난방비')
    expect(s.read).toEqual([itemDocument(itemId)])
  })

  test('[SQ10] what is stored while a document is being read is read at the next search', async () => {
    const { itemId } = await meet(world, town)
    let now = 0
    let wait = Promise.resolve()
    const index = new SearchIndex({
      documents: {
        load: async document => {
          const stored = await s.source.load(document)
          await wait
          return stored
        },
      },
      clock: { now: () => now },
      log,
    })
    const document = itemDocument(itemId)
    let release = () => {}
    wait = new Promise(resolve => {
      release = resolve
    })
    const reading = index.of([document])
    await decide(itemId, '그 사이의 결정')
    index.noteStored(document)
    release()
    expect((await reading).get(document)?.decisions).toEqual([])
    now = 2_000
    expect((await index.of([document])).get(document)?.decisions).toHaveLength(1)
  })

  test('[SQ10] a store tells of what is durable, not of what failed', async () => {
    const told: string[] = []
    let fails = false
    const store = tellingStore(
      {
        load: async () => ({ snapshot: undefined, tail: [] }),
        append: async () => {
          if (fails) throw new Error('away')
        },
        compact: async () => {},
      },
      document => told.push(document),
    )
    await store.append('item.a', { sequence: 1, payload: new Uint8Array() })
    fails = true
    await expect(store.append('item.b', { sequence: 1, payload: new Uint8Array() })).rejects.toThrow('away')
    expect(told).toEqual(['item.a'])
  })

  test('[SQ11] filled beforehand or not, a search answers the same', async () => {
    await talkOfCare()
    const cold = await s.ask(town.leader, '간병비')
    const warm = searchUnderTest(world)
    await warm.index.fill(await searchableDocuments(world.store))
    warm.read.length = 0
    expect(await warm.ask(town.leader, '간병비')).toEqual(cold)
    expect(warm.read).toEqual([])
  })

  test('[SQ11] what does not fit goes, the least lately asked for first, and is read again when it is asked for', async () => {
    const meeting = await talkOfCare()
    const documents = await searchableDocuments(world.store)
    const small = new SearchIndex({ documents: s.source, clock, log, maxCharacters: 30 })
    for (const document of documents) await small.of([document])
    expect(small.size.characters).toBeLessThanOrEqual(30)
    const again = await small.of([itemDocument(meeting.itemId)])
    expect(again.get(itemDocument(meeting.itemId))?.decisions).toHaveLength(1)
  })

  test('[SQ11] a document that cannot be read has nothing to be found, and the others are', async () => {
    await talkOfCare()
    const lines: string[] = []
    const index = new SearchIndex({
      documents: {
        load: document => (document === openLedger() ? Promise.reject(new Error('damaged')) : s.source.load(document)),
      },
      clock,
      log: createLog({ level: 'warn', destination: { write: line => void lines.push(line) } }),
    })
    Object.assign(s.parts, { index })
    expect((await s.hits(town.leader, '간병비')).map(hit => hit.kind)).toEqual(['decision', 'item', 'conference'])
    expect(lines.join('')).toContain(openLedger())
  })
})
