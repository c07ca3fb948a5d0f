/** How cards lie on the board. */
import { expect, test } from 'vitest'
import { boardOf, freeTitle, type GroupView } from '../../../client/features/room/brainstorm/board.ts'
import { brainstormEn } from '../../../client/features/room/brainstorm/texts-en.ts'
import { brainstormKo } from '../../../client/features/room/brainstorm/texts-ko.ts'
import type { AgencyId, CardGroupId, CardId, UserId } from '../../../shared/ids.ts'
import type { CardView } from '../../../shared/meeting/meeting-view.ts'

const id = <T extends string>(letter: string) => letter.repeat(22) as T
const group = (letter: string, title: string): GroupView => ({ groupId: id<CardGroupId>(letter), title })
const card = (letter: string, of: string | null): CardView => ({
  cardId: id<CardId>(letter),
  by: id<UserId>('u'),
  name: '사람',
  agencyId: id<AgencyId>('a'),
  text: letter,
  groupId: of === null ? null : id<CardGroupId>(of),
  hidden: false,
})

test('cards lie in their groups, in the order in which groups and cards were made; the others lie loose', () => {
  const groups = [group('p', '돈'), group('q', '집')]
  const { groups: lain, loose } = boardOf({
    groups,
    cards: [card('a', 'q'), card('b', null), card('c', 'p'), card('d', 'q')],
  })
  expect(lain.map(one => [one.group.title, one.cards.map(({ text }) => text)])).toEqual([
    ['돈', ['c']],
    ['집', ['a', 'd']],
  ])
  expect(loose.map(({ text }) => text)).toEqual(['b'])
})

test('a card whose group is not told lies loose and is not lost', () => {
  expect(boardOf({ groups: [], cards: [card('a', 'q')] }).loose).toHaveLength(1)
})

test('two cards that are dropped on each other get the first usual name that is free', () => {
  const usual = (number: number) => `묶음 ${number}`
  expect(freeTitle([], usual)).toBe('묶음 1')
  expect(freeTitle([group('p', '묶음 1'), group('q', '묶음 3')], usual)).toBe('묶음 2')
})

test('English has every Korean text, with the same blanks', () => {
  const blanks = (words: string) => [...words.matchAll(/\{\{(\w+)/g)].map(match => match[1]).sort()
  expect(Object.keys(brainstormEn).sort()).toEqual(Object.keys(brainstormKo).sort())
  for (const [key, words] of Object.entries(brainstormKo)) {
    expect(blanks(brainstormEn[key as keyof typeof brainstormKo]), key).toEqual(blanks(words))
  }
})
