import { expect, test } from 'vitest'
import { parsePreferences } from '../../../client/lib/preferences.ts'

const defaults = { language: 'ko', contrast: 'normal', textSize: 'normal' }

test.each([null, '', '{', '3', 'null', '[]', '{"language":"fr","contrast":1,"textSize":"huge"}'])(
  'odd stored values fall back to the defaults: %s',
  stored => {
    expect(parsePreferences(stored)).toEqual(defaults)
  },
)

test('each good field is kept beside a bad one', () => {
  expect(parsePreferences('{"language":"en","textSize":"larger","contrast":"x"}')).toEqual({
    language: 'en',
    contrast: 'normal',
    textSize: 'larger',
  })
})
