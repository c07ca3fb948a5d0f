/** What a screen calls a code: now, when it was written, and once nobody chooses it any more. */
import { describe, expect, test } from 'vitest'
import { codesOnScreen } from '../../../../client/features/code-sets/codes-on-screen.ts'
import { serviceOptions } from '../../../../client/features/code-sets/service-options.ts'
import { codeSetsOf } from '../../../../server/code-sets/code-sets.ts'
import { newId } from '../../../../server/lib/random.ts'
import type { CodeEntry } from '../../../../shared/code-sets/code-sets.ts'
import { shippedSet } from '../../../../shared/code-sets/shipped.ts'
import type { UserId } from '../../../../shared/ids.ts'

const shipped = shippedSet('service').entries
const bath: CodeEntry = { code: 'own_1', ko: '이동 목욕', en: 'Bath on wheels' }
const versions: (readonly CodeEntry[])[] = [
  [...shipped, bath],
  [...shipped, { ...bath, en: 'Mobile bath' }],
  [...shipped, { ...bath, ko: '방문 목욕', en: 'Mobile bath', retired: true }],
]
const now = codeSetsOf(
  versions.map((entries, at) => ({
    set: 'service',
    version: at + 2,
    entries: [...entries],
    by: newId<UserId>(),
    at: new Date(at),
    reason: '지침',
  })),
)
const ko = codesOnScreen(now.view, 'ko')
const en = codesOnScreen(now.view, 'en')

describe('a code that was renamed and retired', () => {
  test('[CO3] is called by its name, said to be retired, and chosen only where a record holds it', () => {
    expect([ko.label('service', 'own_1'), ko.isRetired('service', 'own_1')]).toEqual(['방문 목욕', true])
    expect(serviceOptions(ko).map(({ id }) => id)).not.toContain('own_1')
    expect(serviceOptions(ko, 'own_1').at(-1)).toEqual({ id: 'own_1', label: '방문 목욕' })
  })

  test('[CO5] tells how it was called, in the language in which that was another name', () => {
    const formerly = (version: number | undefined) => [ko, en].map(codes => codes.formerly('service', 'own_1', version))
    expect(formerly(2)).toEqual(['이동 목욕', 'Bath on wheels'])
    expect(formerly(3)).toEqual(['이동 목욕', undefined])
    expect([formerly(4), formerly(undefined)]).toEqual([
      [undefined, undefined],
      [undefined, undefined],
    ])
  })

  test('[CO9] on a paper of then it is called as it was then', () => {
    const labels = [2, 3, 4, undefined].map(version => ko.labelAt('service', 'own_1', version))
    expect(labels).toEqual(['이동 목욕', '이동 목욕', '방문 목욕', '방문 목욕'])
  })
})
