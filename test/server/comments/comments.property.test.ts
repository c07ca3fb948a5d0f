/** Several people at once say, ask, reply and mark at random: nothing that stands is ever changed, and what is open is what a plain count says. */
import { expect, test } from 'vitest'
import { admitToComment } from '../../../server/comments/comment-admission.ts'
import { writeComment } from '../../../server/comments/comment-commands.ts'
import { createCommentRepository } from '../../../server/comments/comment-repository.ts'
import { newId } from '../../../server/lib/random.ts'
import type { StoredRecord } from '../../../server/storage/port.ts'
import { must } from '../../../shared/assert.ts'
import type { AgencyId, CommandId, CommentThreadId, UserId } from '../../../shared/ids.ts'
import { type WriteCommentBody, writeCommentBody } from '../../../shared/protocol/comments.ts'
import { Refusal } from '../../../shared/protocol/refusals.ts'
import { seededRandom, seedsToRun } from '../../support/seeded-random.ts'
import { meet, openWorld, settle } from '../conferences/world.ts'

interface Raw extends StoredRecord {
  threadId: CommentThreadId
  kind: WriteCommentBody['kind']
  by: UserId
  agencyId: AgencyId
  asked: AgencyId | null
  command: CommandId
  sequence: number
}

test.for(seedsToRun(3))('[CM3] lines are only added, each by who gave its command (seed %i)', async seed => {
  const random = seededRandom(seed)
  const world = await openWorld()
  const town = await settle(world)
  const taker = world.person('taker', [town.dong, 'case_worker'])
  const other = world.person('other', [town.muhan, 'case_worker'])
  const { conferenceId, itemId } = await meet(world, town, 'live', {
    more: [
      [taker, town.dong, 'minute_taker'],
      [other, town.muhan, 'attendee'],
    ],
  })
  const parts = { ...world.parts, comments: createCommentRepository({ store: world.store, keyring: world.keyring }) }
  const people = [town.leader, taker, town.co, other]
  const given = new Map<CommandId, Set<UserId>>()
  const seen = new Map<string, Raw>()
  const counted = { written: 0, refused: 0, marks: 0 }
  const stored = async () =>
    world.store
      .collection<Raw>('comments')
      .find({ itemId }, { sort: { sequence: 1, _id: 1 } })
      .toArray()

  async function give(): Promise<void> {
    const by = world.by(random.pick(people))
    const threads = [...seen.values()].filter(line => line.kind === 'remark' || line.kind === 'question')
    const command = given.size > 0 && random.chance(0.1) ? random.pick([...given.keys()]) : newId<CommandId>()
    const threadId = threads.length > 0 ? random.pick(threads).threadId : newId<CommentThreadId>()
    const text = `줄 ${random.below(1000)}`
    const body = random.pick([
      { kind: 'remark', about: null, text },
      { kind: 'question', about: null, text, asked: random.pick([town.dong, town.muhan]), due: '2026-11-30' },
      { kind: 'reply', threadId, text },
      { kind: 'reply', threadId, text },
      { kind: 'resolved', threadId },
      { kind: 'reopened', threadId },
    ])
    given.set(command, (given.get(command) ?? new Set()).add(by.actor.userId))
    try {
      const admitted = await admitToComment(parts, by, conferenceId, itemId)
      await writeComment(parts, by, admitted, writeCommentBody.parse({ ...body, command }))
      counted.written += 1
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      counted.refused += 1
    }
  }

  for (let step = 0; step < 16; step++) {
    await Promise.all(Array.from({ length: 1 + random.below(4) }, give))
    const lines = await stored()
    for (const [id, before] of seen) expect(lines.find(line => line._id === id)).toEqual(before)
    for (const line of lines) seen.set(line._id, line)
    expect(lines.length).toBe(seen.size)

    let [open, waiting] = [0, 0]
    for (const opening of lines.filter(line => line.kind === 'remark' || line.kind === 'question')) {
      const thread = lines.filter(line => line.threadId === opening.threadId)
      const marks = thread.filter(line => line.kind === 'resolved' || line.kind === 'reopened')
      // One after another by turns, whoever came at once.
      expect(marks.map(mark => mark.kind)).toEqual(marks.map((_, at) => (at % 2 === 0 ? 'resolved' : 'reopened')))
      for (const mark of marks) expect([opening.by, town.leader, taker]).toContain(mark.by)
      counted.marks += marks.length
      if (marks.length % 2 === 1) continue
      open += 1
      const since = thread.slice(marks.length === 0 ? 0 : thread.indexOf(must(marks.at(-1), 'a mark')))
      const isAnswered = since.some(line => line.kind === 'reply' && line.agencyId === opening.asked)
      if (opening.kind === 'question' && !isAnswered) waiting += 1
    }
    const standing = (await parts.comments.openIn([itemId])).get(itemId) ?? { open: 0, waiting: 0 }
    expect({ open: standing.open, waiting: standing.waiting }).toEqual({ open, waiting })
  }
  for (const line of await parts.comments.lines(itemId)) {
    expect(given.get(line.command)?.has(line.by)).toBe(true)
    expect(line.agencyId).toBe(line.by === town.leader || line.by === taker ? town.dong : town.muhan)
  }
  expect([counted.written > 10, counted.refused > 0, counted.marks > 0]).toEqual([true, true, true])
  await world.close()
})
