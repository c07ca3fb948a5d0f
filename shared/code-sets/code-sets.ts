/** A code set and its versions, without storage or screen: what it holds, what the next version may be, what a code is called (CODE-SETS.md). */
import type { Label } from '../codes.ts'

export interface CodeEntry extends Label {
  code: string
  /** The code of the set's heading set to which this one belongs, e.g. the need domain of a subdomain. */
  of?: string
  /** A public body's own code for it. */
  official?: string
  /** Offered to nobody any more; records that hold it still show it. */
  retired?: true
}

/** One version: all codes in the order in which they are offered. */
export interface CodeSetVersion {
  /** Counts from 1, the shipped one. */
  version: number
  entries: readonly CodeEntry[]
}

export const CODE_LABEL_MAX = 80
/** A set is a list that people look through; with more it is a search. */
export const CODE_ENTRIES_MAX = 400
/** A code that an installation has added (CO8). */
export type OwnCode = `own_${number}`
/** What installations call the codes that they add. */
const OWN_CODE = /^own_([1-9]\d{0,5})$/

export const entryOf = ({ entries }: Pick<CodeSetVersion, 'entries'>, code: string): CodeEntry | undefined =>
  entries.find(entry => entry.code === code)

/** The codes that are offered, in their order, those under one heading where one is named. */
export function offered({ entries }: Pick<CodeSetVersion, 'entries'>, of?: string): CodeEntry[] {
  return entries.filter(entry => entry.retired !== true && (of === undefined || entry.of === of))
}

/** Whether something new may hold the code. */
export const isOffered = (set: Pick<CodeSetVersion, 'entries'>, code: string): boolean => {
  const entry = entryOf(set, code)
  return entry !== undefined && entry.retired !== true
}

export const isOwnCode = (code: unknown): code is OwnCode => typeof code === 'string' && OWN_CODE.test(code)

/** The identifier that the next added code gets. `versions` are all there ever were, and what stands in the draft. */
export function nextOwnCode(versions: readonly Pick<CodeSetVersion, 'entries'>[]): string {
  const taken = versions.flatMap(({ entries }) => entries.map(({ code }) => Number(OWN_CODE.exec(code)?.[1] ?? 0)))
  return `own_${Math.max(0, ...taken) + 1}`
}

export type CodeSetFault =
  | { fault: 'removed' | 'moved' | 'renumbered' | 'own-code' | 'twice' | 'fixed' | 'label'; code: string }
  | { fault: 'same-name' | 'heading'; code: string }
  | { fault: 'none-in-use' | 'too-many' | 'unchanged' }

interface Rules {
  /** Codes are only renamed (CO4). */
  isFixed: boolean
  /** The codes of the heading set; undefined for a set without headings. */
  headings: readonly string[] | undefined
  /** A code need not stand under a heading. */
  isHeadingOptional: boolean
}

const isLabel = (label: string) => {
  const words = label.trim()
  // biome-ignore lint/suspicious/noControlCharactersInRegex: refusing them is the point
  return words !== '' && words.length <= CODE_LABEL_MAX && words === label && !/[\u0000-\u001f\u007f]/.test(words)
}

/** What keeps `next` from being the version after `before`; empty where nothing does. */
export function faultsOfNext(before: readonly CodeEntry[], next: readonly CodeEntry[], rules: Rules): CodeSetFault[] {
  const faults: CodeSetFault[] = []
  const seen = new Set<string>()
  const names = new Set<string>()
  for (const entry of next) {
    const { code, ko, en, of, official, retired } = entry
    if (seen.has(code)) faults.push({ fault: 'twice', code })
    seen.add(code)
    if (!isLabel(ko) || !isLabel(en)) faults.push({ fault: 'label', code })
    const old = entryOf({ entries: before }, code)
    if (old === undefined) {
      if (rules.isFixed) faults.push({ fault: 'fixed', code })
      if (!OWN_CODE.test(code)) faults.push({ fault: 'own-code', code })
      const isKnownHeading = of === undefined ? rules.isHeadingOptional : rules.headings?.includes(of)
      if (rules.headings === undefined ? of !== undefined : !isKnownHeading) faults.push({ fault: 'heading', code })
      if (official !== undefined) faults.push({ fault: 'renumbered', code })
    } else {
      if (old.of !== of) faults.push({ fault: 'moved', code })
      if (old.official !== official) faults.push({ fault: 'renumbered', code })
      if (rules.isFixed && old.retired !== retired) faults.push({ fault: 'fixed', code })
    }
    if (retired === true) continue
    const name = `${of ?? ''}\n${ko}`
    if (names.has(name)) faults.push({ fault: 'same-name', code })
    names.add(name)
  }
  for (const { code } of before) if (!seen.has(code)) faults.push({ fault: 'removed', code })
  if (rules.isFixed && before.some(({ code }, at) => next[at]?.code !== code) && faults.length === 0) {
    faults.push({ fault: 'fixed', code: before.find(({ code }, at) => next[at]?.code !== code)?.code ?? '' })
  }
  if (next.length > CODE_ENTRIES_MAX) faults.push({ fault: 'too-many' })
  if (offered({ entries: next }).length === 0) faults.push({ fault: 'none-in-use' })
  if (faults.length === 0 && changesOf(before, next).length === 0) faults.push({ fault: 'unchanged' })
  return faults
}

export type CodeChange =
  | { change: 'added' | 'retired' | 'restored' | 'moved'; code: string; label: Label }
  | { change: 'renamed'; code: string; from: Label; label: Label }

/** What is other in `next`, code by code in its order; for the preview, and for the record of a version. */
export function changesOf(before: readonly CodeEntry[], next: readonly CodeEntry[]): CodeChange[] {
  const changes: CodeChange[] = []
  const stays = next.filter(({ code }) => entryOf({ entries: before }, code) !== undefined).map(({ code }) => code)
  const order = before.filter(({ code }) => stays.includes(code)).map(({ code }) => code)
  const moved = movedOf(order, stays)
  for (const { code, ko, en, retired } of next) {
    const old = entryOf({ entries: before }, code)
    const label = { ko, en }
    if (old === undefined) {
      changes.push({ change: 'added', code, label })
      continue
    }
    if (old.ko !== ko || old.en !== en) {
      changes.push({ change: 'renamed', code, from: { ko: old.ko, en: old.en }, label })
    }
    if (old.retired !== retired) changes.push({ change: retired === true ? 'retired' : 'restored', code, label })
    if (moved.has(code)) changes.push({ change: 'moved', code, label })
  }
  return changes
}

/** The fewest codes that must have changed their place for `before` to become `next`: those outside of a longest common order. */
function movedOf(before: readonly string[], next: readonly string[]): Set<string> {
  const place = new Map(before.map((code, at) => [code, at]))
  // Of each code the longest run of codes in the old order that ends with it, and the one before it in that run.
  const runs: { length: number; from: number }[] = []
  let best = -1
  for (const [at, code] of next.entries()) {
    let run = { length: 1, from: -1 }
    for (const [earlier, known] of runs.entries()) {
      const isAfter = (place.get(next[earlier] ?? '') ?? 0) < (place.get(code) ?? 0)
      if (isAfter && known.length + 1 > run.length) run = { length: known.length + 1, from: earlier }
    }
    runs.push(run)
    if (best < 0 || run.length > (runs[best]?.length ?? 0)) best = at
  }
  const stays = new Set<string>()
  for (let at = best; at >= 0; at = runs[at]?.from ?? -1) stays.add(next[at] ?? '')
  return new Set(next.filter(code => !stays.has(code)))
}

/** How a code was called, by the version that a record was written with. Undefined for one that no version up to it knows. */
export function labelAt(versions: readonly CodeSetVersion[], code: string, version: number): Label | undefined {
  const known = versions
    .filter(one => one.version <= version)
    .sort((a, b) => b.version - a.version)
    .find(one => entryOf(one, code) !== undefined)
  const entry = known && entryOf(known, code)
  return entry && { ko: entry.ko, en: entry.en }
}
