import { expect, test } from 'vitest'
import { roomEn } from '../../../client/features/room/i18n/en.ts'
import { roomKo } from '../../../client/features/room/i18n/ko.ts'

interface Words {
  readonly [name: string]: string | Words
}

function flat(words: Words, path = ''): Map<string, string> {
  const all = new Map<string, string>()
  for (const [name, value] of Object.entries(words)) {
    if (typeof value === 'string') all.set(path + name, value)
    else for (const [key, text] of flat(value, `${path}${name}.`)) all.set(key, text)
  }
  return all
}

const placeholders = (text: string) => [...text.matchAll(/\{\{(\w+)/g)].map(found => found[1]).sort()

test('every Korean text of the room has an English one with the same placeholders', () => {
  const ko = flat(roomKo)
  const en = flat(roomEn)
  expect([...en.keys()].sort()).toEqual([...ko.keys()].sort())
  expect(ko.size).toBeGreaterThan(150)
  for (const [key, text] of ko) expect([key, placeholders(en.get(key) ?? '')]).toEqual([key, placeholders(text)])
})

test('no English stands in a Korean text but names of keys', () => {
  for (const [key, text] of flat(roomKo)) {
    const words = text.replace(/\{\{[^}]*\}\}/g, '').replace(/Ctrl|Shift|Enter|PC/g, '')
    expect([key, /[A-Za-z]/.test(words)]).toEqual([key, false])
  }
})
