import { expect, test } from 'vitest'
import { conversationOf } from '../../../client/features/room/supervision/conversation.ts'
import { supervisionEn } from '../../../client/features/room/supervision/texts-en.ts'
import { supervisionKo } from '../../../client/features/room/supervision/texts-ko.ts'
import type { SupervisionEntryId, UserId } from '../../../shared/ids.ts'
import type { SupervisionEntryView } from '../../../shared/protocol/supervision.ts'

const line = (entryId: string, kind: SupervisionEntryView['kind'], about?: string): SupervisionEntryView => ({
  entryId: entryId as SupervisionEntryId,
  kind,
  about: (about ?? null) as SupervisionEntryId | null,
  by: 'someone' as UserId,
  at: `2026-11-22T05:00:0${entryId.length}.000Z`,
  text: kind,
})

test('questions stand with their answers, in the order in which they were asked; notes in between', () => {
  const topics = conversationOf([
    line('a', 'question'),
    line('b', 'note'),
    line('c', 'question'),
    line('d', 'answer', 'a'),
    line('e', 'answer', 'c'),
    line('f', 'answer', 'a'),
    line('ggg', 'resolved', 'a'),
  ])
  expect(topics.map(one => [one.entry.entryId, one.answers.map(answer => answer.entryId), one.isOpen])).toEqual([
    ['a', ['d', 'f'], false],
    ['b', [], null],
    ['c', ['e'], true],
  ])
  expect(topics[0]?.resolvedAt).toBe('2026-11-22T05:00:03.000Z')
})

test('asked again it is open, and when it was resolved is not said', () => {
  const [topic] = conversationOf([line('a', 'question'), line('b', 'resolved', 'a'), line('c', 'reopened', 'a')])
  expect([topic?.isOpen, topic?.resolvedAt]).toEqual([true, null])
})

test('both languages fill the same blanks, and no English stands in the Korean', () => {
  interface Words {
    readonly [key: string]: string | Words
  }
  const flat = (words: Words, path = ''): [string, string][] =>
    Object.entries(words).flatMap(([key, value]) =>
      typeof value === 'string' ? [[path + key, value] as [string, string]] : flat(value, `${path}${key}.`),
    )
  const blanks = (text: string) => [...text.matchAll(/\{\{(\w+)/g)].map(found => found[1]).sort()
  const english = new Map(flat(supervisionEn))
  expect(english.size).toBeGreaterThan(40)
  for (const [key, text] of flat(supervisionKo)) {
    expect([key, blanks(english.get(key) ?? '')]).toEqual([key, blanks(text)])
    expect([key, /[A-Za-z]/.test(text.replace(/\{\{[^}]*\}\}/g, ''))]).toEqual([key, false])
  }
})
