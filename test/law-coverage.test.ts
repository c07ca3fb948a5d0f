/** Every requirement of the law that the application must keep by itself has a test that is named after it. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

/** 안전성 확보조치 기준, 개인정보 보호법, 사회보장급여법 …: numbered like the table of requirements. */
const KEPT = [
  ...['LR-01', 'LR-02', 'LR-03', 'LR-04', 'LR-05', 'LR-06'],
  ...['LR-11', 'LR-12', 'LR-13', 'LR-14', 'LR-15', 'LR-17', 'LR-21'],
  ...['LR-23', 'LR-24', 'LR-25', 'LR-26', 'LR-27', 'LR-28', 'LR-29', 'LR-30'],
  ...['LR-34', 'LR-35', 'LR-36', 'LR-37', 'LR-40', 'LR-41'],
]

/** In the names of tests and of what they stand under, e.g. `test('[BS5] [LR-24] …`; a sentence in a comment is no test. */
function named(): Map<string, string[]> {
  const found = new Map<string, string[]>()
  for (const file of readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })) {
    if (!/\.test\.tsx?$/.test(file)) continue
    const text = readFileSync(join(import.meta.dirname, file), 'utf8')
    const names = text.matchAll(
      /^\s*(?:test|describe|describeInBrowser)(?:\.\w+)?(?:\([^'"`]*?\))?\(\s*(['"`])(.*)\1/gm,
    )
    for (const [, , name = ''] of names) {
      for (const [, law = ''] of name.matchAll(/\[(LR-\d{2})\]/g)) found.set(law, [...(found.get(law) ?? []), file])
    }
  }
  return found
}

test('every requirement has a test that is named after it', () => {
  const tests = named()
  expect({ withoutTest: KEPT.filter(law => !tests.has(law)) }).toEqual({ withoutTest: [] })
})

test('a name that is no requirement would be found out: numbers run to 54', () => {
  const odd = [...named().keys()].filter(law => Number(law.slice(3)) < 1 || Number(law.slice(3)) > 54)
  expect(odd).toEqual([])
})
