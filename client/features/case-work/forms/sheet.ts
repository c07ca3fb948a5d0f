/** A printed form as plain values: the parts it has, in its order, each a grid of named fields, a table, a text or lines to sign. */
import type { FormPart } from '../../../../shared/protocol/case-forms.ts'

/** A named field; an empty value is left to the pen. */
export interface SheetFact {
  label: string
  value: string
  /** The whole width. */
  isWide?: boolean
}

export type SheetBlock =
  | { kind: 'facts'; facts: readonly SheetFact[] }
  /** `blank`: so many empty lines follow, to write in by hand. */
  | { kind: 'table'; title?: string; columns: readonly string[]; rows: readonly (readonly string[])[]; blank: number }
  /** `lines`: how much room is left where nothing was written. */
  | { kind: 'text'; title: string; value: string; lines: number }
  | { kind: 'consent'; title: string; facts: readonly SheetFact[]; choices: readonly string[] }
  | { kind: 'note'; words: string }
  | { kind: 'signatures'; signers: readonly string[] }

export interface SheetPart {
  part: FormPart
  /** A heading above it; none for the first fields of a form. */
  title: string
  blocks: readonly SheetBlock[]
}

export interface FormSheet {
  title: string
  parts: readonly SheetPart[]
}
