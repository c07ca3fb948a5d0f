/** What may be chosen from code sets, and what a code is called: now, and when something was written. Pure. */
import { entryOf, offered } from '../../../shared/code-sets/code-sets.ts'
import type { CodeSetName } from '../../../shared/code-sets/shipped.ts'
import type { Label } from '../../../shared/codes.ts'
import type { CodeSetView } from '../../../shared/protocol/code-sets.ts'
import type { Language } from '../../lib/format.ts'

export interface CodesOnScreen {
  view(set: CodeSetName): CodeSetView
  /** The choices of a list, those under one heading where one is named. `kept` is offered as well, as a record may hold what is retired. */
  options(set: CodeSetName, of?: { heading?: string; kept?: string }): { id: string; label: string }[]
  /** What a code is called now; the code itself for one that is not known. */
  label(set: CodeSetName, code: string): string
  /** In both languages; undefined for one that is not known. */
  named(set: CodeSetName, code: string): Label | undefined
  /** How it was called when that version held; undefined where that is how it is called now. */
  formerly(set: CodeSetName, code: string, version: number | undefined): string | undefined
  /** What it was called when that version held; what it is called now where that is not known. For what must not change any more (CO9). */
  labelAt(set: CodeSetName, code: string, version: number | undefined): string
  isRetired(set: CodeSetName, code: string): boolean
}

export function codesOnScreen(view: CodesOnScreen['view'], language: Language): CodesOnScreen {
  const label = (set: CodeSetName, code: string) => entryOf(view(set), code)?.[language] ?? code
  const formerly = (set: CodeSetName, code: string, version: number | undefined) => {
    const entry = view(set).entries.find(one => one.code === code)
    if (version === undefined || entry?.formerly === undefined) return undefined
    // The earliest name that held until that version or later; it may be another in the other language only.
    const then = entry.formerly.filter(({ until }) => until >= version).at(-1)?.[language]
    return then === entry[language] ? undefined : then
  }
  return {
    view,
    options(set, { heading, kept } = {}) {
      const choices = offered(view(set), heading)
      const held = kept === undefined ? undefined : entryOf(view(set), kept)
      const all = held && !choices.includes(held) ? [...choices, held] : choices
      return all.map(entry => ({ id: entry.code, label: entry[language] }))
    },
    label,
    named: (set, code) => entryOf(view(set), code),
    formerly,
    labelAt: (set, code, version) => formerly(set, code, version) ?? label(set, code),
    isRetired: (set, code) => entryOf(view(set), code)?.retired === true,
  }
}
