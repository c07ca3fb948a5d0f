/** An office edits a set for years, well and badly: what was ever a code stays one, and every record can be read. */
import { expect, test } from 'vitest'
import { must } from '../../../shared/assert.ts'
import {
  type CodeEntry,
  type CodeSetVersion,
  changesOf,
  entryOf,
  faultsOfNext,
  isOffered,
  labelAt,
  nextOwnCode,
  offered,
} from '../../../shared/code-sets/code-sets.ts'
import { shippedSet } from '../../../shared/code-sets/shipped.ts'
import { type SeededRandom, seededRandom, seedsToRun } from '../../support/seeded-random.ts'

const RULES = { isFixed: false, headings: undefined, isHeadingOptional: false }
const ROUNDS = 60

/** One thing that somebody does to a draft, allowed or not. */
function edited(random: SeededRandom, versions: readonly CodeSetVersion[], draft: readonly CodeEntry[]): CodeEntry[] {
  const next = draft.map(entry => ({ ...entry }))
  const at = random.below(next.length)
  const one = must(next[at], 'an entry')
  switch (random.below(8)) {
    case 0:
      next[at] = { ...one, ko: `이름 ${random.below(30)}` }
      break
    case 1:
      next[at] = { ...one, en: `Name ${random.below(1000)}` }
      break
    case 2: {
      const { retired, ...rest } = one
      next[at] = retired ? rest : { ...rest, retired: true }
      break
    }
    case 3:
      next.splice(random.below(next.length + 1), 0, {
        code: nextOwnCode([...versions, { entries: next }]),
        ko: `새 항목 ${random.below(1000)}`,
        en: 'New one',
      })
      break
    case 4:
      next.splice(at, 1)
      next.splice(random.below(next.length + 1), 0, one)
      break
    case 5: // What no version may do.
      next.splice(at, 1)
      break
    case 6:
      next[at] = { ...one, code: `${one.code}_x` }
      break
    case 7:
      next[at] = { ...one, ko: random.pick(['', ' 앞에 빈칸', 'x'.repeat(81), '두\n줄']) }
      break
  }
  return next
}

test.for(seedsToRun(8))(
  '[CO1] [CO2] [CO5] what is published keeps every code, and what a record holds has the name of then and one of now (seed %i)',
  seed => {
    const random = seededRandom(seed)
    const versions: CodeSetVersion[] = [{ version: 1, entries: shippedSet('contact_method').entries }]
    const records: { code: string; version: number; ko: string }[] = []
    let refused = 0
    for (let round = 0; round < ROUNDS; round++) {
      const before = must(versions.at(-1), 'a version')
      let draft: readonly CodeEntry[] = before.entries
      for (let step = random.below(3); step >= 0; step--) draft = edited(random, versions, draft)
      const faults = faultsOfNext(before.entries, draft, RULES)
      if (faults.length === 0) {
        versions.push({ version: before.version + 1, entries: draft })
        // The preview names exactly the codes that are other.
        const changed = new Set(changesOf(before.entries, draft).map(({ code }) => code))
        expect(changed.size).toBeGreaterThan(0)
        for (const entry of draft) {
          const old = entryOf(before, entry.code)
          const isOther =
            old === undefined || old.ko !== entry.ko || old.en !== entry.en || old.retired !== entry.retired
          if (isOther) expect(changed).toContain(entry.code)
        }
      } else refused++
      const now = must(versions.at(-1), 'a version')
      const chosen = random.pick(offered(now))
      records.push({ code: chosen.code, version: now.version, ko: chosen.ko })
      for (const record of records) {
        expect(labelAt(versions, record.code, record.version)?.ko).toBe(record.ko)
        const entry = must(entryOf(now, record.code), 'every code that was ever chosen')
        expect(isOffered(now, record.code)).toBe(entry.retired !== true)
      }
      const names = offered(now).map(({ ko }) => ko)
      expect(new Set(names).size).toBe(names.length)
      expect(names.length).toBeGreaterThan(0)
      expect(new Set(now.entries.map(({ code }) => code)).size).toBe(now.entries.length)
    }
    // Both kinds of round came about.
    expect(versions.length).toBeGreaterThan(5)
    expect(refused).toBeGreaterThan(5)
  },
)

test.for(seedsToRun(20))(
  'applying the moves that a preview names gives the order, and nobody else has moved (seed %i)',
  seed => {
    const random = seededRandom(seed)
    const before = shippedSet('service').entries
    const next = [...before]
    for (let step = random.below(6); step >= 0; step--) {
      const [one] = next.splice(random.below(next.length), 1)
      next.splice(random.below(next.length + 1), 0, must(one, 'an entry'))
    }
    const moved = new Set(changesOf(before, next).map(({ code }) => code))
    const stays = (entries: readonly CodeEntry[]) => entries.map(({ code }) => code).filter(code => !moved.has(code))
    expect(stays(next)).toEqual(stays(before))
    expect(moved.size).toBeLessThan(7)
  },
)
