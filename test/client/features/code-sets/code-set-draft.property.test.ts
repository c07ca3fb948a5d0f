/** Editing a code set: every step can be taken back, and of two who edit one version at once neither loses what only they changed. */
import { expect, test } from 'vitest'
import {
  added,
  beginDraft,
  broughtOnto,
  type CodeSetDraft,
  entriesOf,
  moved,
  renamed,
  retired,
  undone,
} from '../../../../client/features/code-sets/code-set-draft.ts'
import { must } from '../../../../shared/assert.ts'
import { entryOf, faultsOfNext } from '../../../../shared/code-sets/code-sets.ts'
import { shippedSet } from '../../../../shared/code-sets/shipped.ts'
import { type SeededRandom, seededRandom, seedsToRun } from '../../../support/seeded-random.ts'

const SHIPPED = shippedSet('contact_purpose').entries
const RULES = { isFixed: false, headings: undefined, isHeadingOptional: false }

function stepped(random: SeededRandom, draft: CodeSetDraft, who: string): CodeSetDraft {
  const { code } = random.pick(entriesOf(draft))
  switch (random.below(5)) {
    case 0:
      return renamed(draft, code, { ko: `${who}의 이름 ${random.below(1000)}` })
    case 1:
      return renamed(draft, code, { en: `${who} ${random.below(1000)}` })
    case 2:
      return retired(draft, code, random.chance(0.7))
    case 3: {
      const next = added(draft, undefined, [SHIPPED])
      const own = must(entriesOf(next).at(-1), 'the new one').code
      return renamed(next, own, { ko: `${who}의 새것 ${random.below(1000)}`, en: 'New' })
    }
    default:
      return moved(draft, code, random.chance(0.5) ? 1 : -1)
  }
}

const edited = (random: SeededRandom, who: string) => {
  let draft = beginDraft(1, SHIPPED)
  for (let n = 1 + random.below(6); n > 0; n--) draft = stepped(random, draft, who)
  return draft
}

test.for(seedsToRun(100))('taken back step by step, the version is there again (seed %i)', seed => {
  const random = seededRandom(seed)
  let draft = edited(random, 'A')
  while (draft.steps.length > 0) draft = undone(draft)
  expect(entriesOf(draft)).toEqual(SHIPPED)
})

test.for(seedsToRun(200))(
  '[CO6] brought on to what another published, mine and theirs are both there (seed %i)',
  seed => {
    const random = seededRandom(seed)
    const mine = edited(random, 'A')
    const theirs = entriesOf(edited(random, 'B'))
    const together = broughtOnto(mine, 2, theirs)
    const now = entriesOf(together)
    expect([together.version, together.base]).toEqual([2, theirs])
    // Nothing that was published is taken away: whatever is refused is a name that both gave, or a list without anything in use.
    const faults = faultsOfNext(theirs, now, RULES).map(({ fault }) => fault)
    expect(faults.filter(fault => !['unchanged', 'same-name', 'none-in-use'].includes(fault))).toEqual([])
    for (const old of SHIPPED) {
      const own = must(entryOf({ entries: entriesOf(mine) }, old.code), 'mine')
      const other = must(entryOf({ entries: theirs }, old.code), 'theirs')
      const both = must(entryOf({ entries: now }, old.code), 'both')
      expect(both.ko).toBe(own.ko === old.ko ? other.ko : own.ko)
      expect(both.en).toBe(own.en === old.en ? other.en : own.en)
      expect(both.retired).toBe(own.retired === old.retired ? other.retired : own.retired)
    }
    const names = now.map(({ ko }) => ko)
    for (const { ko } of entriesOf(mine).filter(({ code }) => code.startsWith('own_'))) expect(names).toContain(ko)
    for (const { code, ko } of theirs.filter(one => one.code.startsWith('own_'))) {
      expect(entryOf({ entries: now }, code)?.ko).toBe(ko)
    }
  },
)

test('typing a name is one step', () => {
  let draft = beginDraft(1, SHIPPED)
  for (const ko of ['ㅅ', '사', '상', '상담하기']) draft = renamed(draft, 'counselling', { ko })
  draft = renamed(draft, 'checking', { ko: '확인' })
  expect(draft.steps).toHaveLength(2)
  expect(entryOf({ entries: entriesOf(undone(draft)) }, 'counselling')?.ko).toBe('상담하기')
})

test('one that was only just added is gone when it is not wanted; one that was published is retired', () => {
  const draft = added(beginDraft(1, SHIPPED), undefined, [SHIPPED])
  expect(entriesOf(retired(draft, 'own_1', true))).toEqual(SHIPPED)
  expect(entryOf({ entries: entriesOf(retired(draft, 'checking', true)) }, 'checking')?.retired).toBe(true)
})
