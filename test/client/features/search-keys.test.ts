import { expect, test } from 'vitest'
import { placeOf } from '../../../client/features/search/place-of.ts'
import { asksForSearch } from '../../../client/features/search/search-keys.ts'
import type { CaseId, ConferenceId, ItemId } from '../../../shared/ids.ts'

const NO_KEY = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false }

test('Ctrl+K asks for search anywhere, a slash only where nobody is typing', () => {
  const editor = { tagName: 'DIV', isContentEditable: true }
  const chord = { ...NO_KEY, code: 'KeyK', ctrlKey: true }
  const slash = { ...NO_KEY, code: 'Slash' }
  for (const focused of [null, editor, { tagName: 'INPUT' }]) expect(asksForSearch(chord, focused)).toBe(true)
  expect(asksForSearch({ ...NO_KEY, code: 'KeyK', metaKey: true }, editor)).toBe(true)
  expect(asksForSearch(slash, null)).toBe(true)
  expect(asksForSearch(slash, { tagName: 'BODY' })).toBe(true)
  for (const focused of [editor, { tagName: 'INPUT' }, { tagName: 'TEXTAREA' }]) {
    expect(asksForSearch(slash, focused)).toBe(false)
  }
})

test('keys of others stay theirs: Ctrl+/ is the room’s help, Ctrl+Alt+K the room’s own, Shift+/ a question mark', () => {
  for (const key of [
    { ...NO_KEY, code: 'Slash', ctrlKey: true },
    { ...NO_KEY, code: 'Slash', shiftKey: true },
    { ...NO_KEY, code: 'KeyK', ctrlKey: true, altKey: true },
    { ...NO_KEY, code: 'KeyK' },
  ]) {
    expect(asksForSearch(key, null)).toBe(false)
  }
})

test('a hit leads to its item in the room, else to the conference, else to the case', () => {
  const [conferenceId, itemId, caseId] = ['c' as ConferenceId, 'i' as ItemId, 'k' as CaseId]
  expect(placeOf({ conferenceId, itemId, caseId })).toBe('/conferences/c?item=i')
  expect(placeOf({ conferenceId, itemId: null, caseId: null })).toBe('/conferences/c')
  expect(placeOf({ conferenceId: null, itemId: null, caseId })).toBe('/cases/k')
})
