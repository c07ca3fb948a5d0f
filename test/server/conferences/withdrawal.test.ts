/** Withdrawn access over real rooms: from the commit on nothing reaches the one, and the others notice nothing (SECURITY P8, Y28). */
import * as decoding from 'lib0/decoding'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as Y from 'yjs'
import { admitToChangeConference, admitToChangeItem } from '../../../server/conferences/admission.ts'
import { changeConference } from '../../../server/conferences/conference-commands.ts'
import { changeItem } from '../../../server/conferences/item-commands.ts'
import { DEMO_AGENCIES } from '../../../server/demo/community.ts'
import { loadDemo } from '../../../server/demo/demo.ts'
import { fixedId } from '../../../server/demo/fixed-ids.ts'
import { LIVE_CONFERENCE } from '../../../server/demo/integrated-conference.ts'
import type { RoomSocket } from '../../../server/rooms/ports.ts'
import { must } from '../../../shared/assert.ts'
import { type DocumentRef, documentNameOf } from '../../../shared/documents/document-names.ts'
import { discussionOf } from '../../../shared/documents/item-document.ts'
import { paragraphsOf, plainTextOf } from '../../../shared/documents/rich-text.ts'
import type { ConferenceId, ItemId, UserId } from '../../../shared/ids.ts'
import { MESSAGE, SYNC, writeStep1 } from '../../../shared/protocol/sync-frames.ts'
import { WITHIN_A_SECOND_MS } from '../../support/promised-times.ts'
import { storeUnderTest } from '../../support/store-under-test.ts'
import { type DemoHouse, openDemoHouse } from '../demo/demo-house.ts'

const conferenceId = fixedId<ConferenceId>('conference', LIVE_CONFERENCE)
const itemId = fixedId<ItemId>('item', 'saengyeon-integrated-kim')
const item: DocumentRef = { kind: 'item', itemId }
const document = documentNameOf(item)

let house: DemoHouse

beforeAll(async () => {
  house = await openDemoHouse()
  await loadDemo(house.demoParts)
  await house.accepted(conferenceId, 'saengyeon.team', 'council.case', 'angel.case', 'mind.case', 'muhan.case')
})
afterAll(() => house.close())

/** Somebody with the item open, who keeps what arrives. */
class Reader implements RoomSocket {
  readonly doc = new Y.Doc()
  readonly bufferedBytes = 0
  isOpen = true
  framesHeard = 0
  closedAt = 0
  reason: string | undefined
  #tell: () => void = () => {}

  send(frames: readonly Uint8Array[]): void {
    for (const frame of frames) {
      this.framesHeard += 1
      const decoder = decoding.createDecoder(frame)
      if (decoding.readVarUint(decoder) === MESSAGE.sync && decoding.readVarUint(decoder) !== SYNC.step1) {
        Y.applyUpdate(this.doc, decoding.readVarUint8Array(decoder))
      }
    }
    this.#tell()
  }

  close(reason: string): void {
    this.isOpen = false
    this.reason = reason
    this.closedAt = performance.now()
    this.#tell()
  }

  /** Resolves when it holds. */
  until(holds: () => boolean): Promise<void> {
    return new Promise(resolve => {
      this.#tell = () => holds() && resolve()
      this.#tell()
    })
  }

  get text(): string {
    return plainTextOf(discussionOf(this.doc))
  }
}

async function sitDown(login: string): Promise<Reader> {
  const { actor, sessionId } = await house.by(login)
  const person = { userId: actor.userId, sessionId: must(sessionId, 'a session') }
  const since = house.rooms.markAccess()
  const grant = must(await house.access.grantFor(person, item), 'a grant')
  const reader = new Reader()
  const handle = house.rooms.join({ person, ref: item, grant, socket: reader, receipts: true, since })
  since.end()
  handle.receive(writeStep1(Y.encodeStateVector(reader.doc)))
  await reader.until(() => reader.text !== '')
  return reader
}

const write = (text: string, behalfOf: UserId) =>
  house.conferences.documents.edit(document, { behalfOf }, doc => discussionOf(doc).insert(0, paragraphsOf(text)))

test.each([
  ['clearance', 'council.case'],
  ['recusal', 'angel.case'],
  ['invitation', 'mind.case'],
] as const)('of the %s: closed within a second, nothing after the commit, the others stay', async (by, login) => {
  const leader = await house.by('saengyeon.team')
  const [leaving, staying] = [await sitDown(login), await sitDown('muhan.case')]
  const { actor } = await house.by(login)
  await write(`${by} 이전`, leader.actor.userId)
  await leaving.until(() => leaving.text.includes(`${by} 이전`))

  let heardAtCommit = -1
  let committedAt = Number.POSITIVE_INFINITY
  const stop = house.conferences.changes.onChange(() => {
    if (heardAtCommit >= 0) return
    heardAtCommit = leaving.framesHeard
    committedAt = performance.now()
  })
  const start = performance.now()
  if (by === 'invitation') {
    const admitted = await admitToChangeConference(house.conferences, leader, conferenceId)
    await changeConference(house.conferences, leader, admitted, {
      _v: admitted.conference._v,
      participants: admitted.conference.participants.filter(p => p.userId !== actor.userId),
    })
  } else {
    const admitted = await admitToChangeItem(house.conferences, leader, conferenceId, itemId)
    await changeItem(house.conferences, leader, admitted, {
      _v: admitted.item._v,
      ...(by === 'clearance'
        ? { agencies: admitted.item.agencies.filter(id => id !== DEMO_AGENCIES.council.agencyId) }
        : { recused: [actor.userId] }),
    })
  }
  await write(`${by} 이후`, leader.actor.userId)
  await leaving.until(() => !leaving.isOpen)
  stop()
  await staying.until(() => staying.text.includes(`${by} 이후`))

  expect(leaving.reason).toBe('not-found')
  // The second begins with the click; a test server that takes one command at a time may need much of it until the commit.
  expect(leaving.closedAt - (storeUnderTest === 'embedded' ? start : committedAt)).toBeLessThan(WITHIN_A_SECOND_MS)
  expect(leaving.framesHeard).toBe(heardAtCommit)
  expect(leaving.text).not.toContain(`${by} 이후`)
  expect(staying.isOpen).toBe(true)
  const person = { userId: actor.userId, sessionId: must((await house.by(login)).sessionId, 'a session') }
  expect(await house.access.grantFor(person, item)).toBeUndefined()
})
