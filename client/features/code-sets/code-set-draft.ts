/** A code set being edited, without its screen: each step can be taken back, and what somebody else published meanwhile is kept together with it. */
import { type CodeEntry, entryOf, nextOwnCode } from '../../../shared/code-sets/code-sets.ts'

export interface CodeSetDraft {
  /** The version that is edited. */
  version: number
  base: readonly CodeEntry[]
  /** What there was after each step, the last one now. */
  steps: readonly (readonly CodeEntry[])[]
}

export const beginDraft = (version: number, entries: readonly CodeEntry[]): CodeSetDraft => ({
  version,
  base: entries.map(plainEntry),
  steps: [],
})

/** An entry without what is told beside it, so that what is sent is what is published. */
export const plainEntry = ({ code, ko, en, of, official, retired }: CodeEntry): CodeEntry => ({
  code,
  ko,
  en,
  ...(of !== undefined && { of }),
  ...(official !== undefined && { official }),
  ...(retired && { retired }),
})

export const entriesOf = ({ base, steps }: CodeSetDraft): readonly CodeEntry[] => steps.at(-1) ?? base

const step = (draft: CodeSetDraft, entries: readonly CodeEntry[]): CodeSetDraft => ({
  ...draft,
  steps: [...draft.steps, entries],
})

export const undone = (draft: CodeSetDraft): CodeSetDraft => ({ ...draft, steps: draft.steps.slice(0, -1) })

/** Typing into one name is one step, however many letters. */
export function renamed(draft: CodeSetDraft, code: string, names: Partial<Pick<CodeEntry, 'ko' | 'en'>>): CodeSetDraft {
  const entries = entriesOf(draft).map(entry => (entry.code === code ? { ...entry, ...names } : entry))
  const before = draft.steps.at(-2) ?? (draft.steps.length === 1 ? draft.base : undefined)
  const isSameTyping = before !== undefined && differsOnlyIn(before, entries, code, Object.keys(names))
  return isSameTyping ? { ...draft, steps: [...draft.steps.slice(0, -1), entries] } : step(draft, entries)
}

function differsOnlyIn(
  before: readonly CodeEntry[],
  after: readonly CodeEntry[],
  code: string,
  names: readonly string[],
): boolean {
  return (
    before.length === after.length &&
    before.every((old, at) => {
      const now = after[at]
      if (now === undefined || now.code !== old.code) return false
      if (old.retired !== now.retired) return false
      const others = (['ko', 'en'] as const).filter(name => old.code !== code || !names.includes(name))
      return others.every(name => old[name] === now[name])
    })
  )
}

export function added(
  draft: CodeSetDraft,
  of: string | undefined,
  past: readonly (readonly CodeEntry[])[],
): CodeSetDraft {
  const entries = entriesOf(draft)
  const all = [...past, entries].map(version => ({ entries: version }))
  const entry: CodeEntry = { code: nextOwnCode(all), ko: '', en: '', ...(of !== undefined && { of }) }
  // Behind the last one of its heading, where somebody looks for it.
  const last = of === undefined ? entries.length - 1 : entries.map(one => one.of).lastIndexOf(of)
  const place = last < 0 ? entries.length : last + 1
  return step(draft, [...entries.slice(0, place), entry, ...entries.slice(place)])
}

export function retired(draft: CodeSetDraft, code: string, isRetired: boolean): CodeSetDraft {
  const isNew = entryOf({ entries: draft.base }, code) === undefined
  const entries = entriesOf(draft)
  // What nobody has ever used needs no retiring.
  if (isNew && isRetired)
    return step(
      draft,
      entries.filter(entry => entry.code !== code),
    )
  return step(
    draft,
    entries.map(entry => {
      if (entry.code !== code) return entry
      const { retired: _, ...used } = entry
      return isRetired ? { ...used, retired: true as const } : used
    }),
  )
}

/** One place up or down among those under its heading. */
export function moved(draft: CodeSetDraft, code: string, by: -1 | 1): CodeSetDraft {
  const entries = [...entriesOf(draft)]
  const at = entries.findIndex(entry => entry.code === code)
  const one = entries[at]
  if (one === undefined) return draft
  for (let to = at + by; to >= 0 && to < entries.length; to += by) {
    const other = entries[to]
    if (other === undefined || other.of !== one.of) continue
    entries[at] = other
    entries[to] = one
    return step(draft, entries)
  }
  return draft
}

/**
 * My draft on top of what somebody else published meanwhile (CODE-SETS.md CO6): what only one of us changed is as they left it; where both did, mine stands
 * in the draft and theirs in the version beside it. Codes that I added come behind theirs with numbers of their own.
 */
export function broughtOnto(draft: CodeSetDraft, version: number, theirs: readonly CodeEntry[]): CodeSetDraft {
  const mine = entriesOf(draft)
  const based = (code: string) => entryOf({ entries: draft.base }, code)
  const merged = theirs.map(plainEntry).map(entry => {
    const own = entryOf({ entries: mine }, entry.code)
    const old = based(entry.code)
    if (own === undefined || old === undefined) return entry
    const { retired: theirState, ...rest } = entry
    const state = own.retired === old.retired ? theirState : own.retired
    return {
      ...rest,
      ko: own.ko === old.ko ? entry.ko : own.ko,
      en: own.en === old.en ? entry.en : own.en,
      ...(state && { retired: state }),
    }
  })
  for (const entry of mine) {
    if (based(entry.code) !== undefined) continue
    const code = entryOf({ entries: merged }, entry.code)
      ? nextOwnCode([{ entries: merged }, { entries: mine }])
      : entry.code
    merged.push({ ...entry, code })
  }
  const isOrdered = orderOf(mine, draft.base) !== orderOf(draft.base, mine)
  const ordered = isOrdered ? [...merged].sort((a, b) => placeIn(mine, a.code) - placeIn(mine, b.code)) : merged
  return { version, base: theirs.map(plainEntry), steps: [ordered] }
}

/** The codes that both have, in the order of the first. */
const orderOf = (entries: readonly CodeEntry[], other: readonly CodeEntry[]): string =>
  entries
    .map(({ code }) => code)
    .filter(code => entryOf({ entries: other }, code))
    .join(' ')

function placeIn(entries: readonly CodeEntry[], code: string): number {
  const place = entries.findIndex(entry => entry.code === code)
  return place < 0 ? entries.length : place
}
