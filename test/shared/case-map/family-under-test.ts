/** Families for tests: said in a few words, as a document or as plain data. */
import * as Y from 'yjs'
import type { FigureSex, UnionKind } from '../../../shared/case-map/case-map-codes.ts'
import { derivedId } from '../../../shared/case-map/derived-id.ts'
import type { Genogram } from '../../../shared/case-map/genogram.ts'
import {
  genogramOf,
  type PersonFields,
  putChild,
  putPerson,
  putUnion,
} from '../../../shared/documents/case-map-genogram.ts'

/** Latin names are their own ids, so that tests can read them. */
export const id = (name: string): string => (/^\w+$/.test(name) ? name.padEnd(22, '0') : derivedId('test', name))

export interface FamilyUnderTest {
  doc: Y.Doc
  person(name: string, sex: FigureSex, fields?: PersonFields): string
  /** Partners by name; `b` may be empty. */
  couple(a: string, b: string, kind?: UnionKind, since?: number): string
  children(union: string, ...names: string[]): void
  genogram(): Genogram
}

export function familyUnderTest(): FamilyUnderTest {
  const doc = new Y.Doc()
  return {
    doc,
    person(name, sex, fields = {}) {
      putPerson(doc, id(name), { name, sex, ...fields })
      return id(name)
    },
    couple: (a, b, kind = 'married', since) =>
      putUnion(doc, id(a), b === '' ? '' : id(b), { kind, ...(since !== undefined && { since }) }),
    children(union, ...names) {
      for (const name of names) putChild(doc, id(name), union)
    },
    genogram: () => genogramOf(doc, []),
  }
}
